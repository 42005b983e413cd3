package languages

import "strconv"

// it is Italian.
type it struct{ two }

func (it) Skip() string        { return "Vai al contenuto" }
func (it) Pages() string       { return "Pagine" }
func (it) History() string     { return "Cronologia" }
func (it) Uptime() string      { return "Disponibilità" }
func (it) Postmortems() string { return "Post mortem" }
func (it) Languages() string   { return "Lingua" }
func (it) HowBars() string {
	return "Ogni barra è un giorno in UTC. La disponibilità riguarda il tempo osservato; ogni percentuale porta al suo calcolo."
}
func (it) PageOf() string             { return "Pagina aggiornata: {}" }
func (it) TimesIn(zone string) string { return "Gli orari sono in " + zone + "." }
func (it) PoweredBy() string          { return "Realizzato con Candor" }
func (it) Colon() string              { return ": " }
func (it) Semicolon() string          { return "; " }
func (it) Stop() string               { return "." }

func (it) YourZone() string { return "Gli orari sono nel fuso orario locale ({})." }
func (it) Due() string      { return "da un momento all’altro" }
func (it) Late() string     { return "{} di ritardo" }
func (it) For() string      { return "{}" }
func (it) Close() string    { return "Chiudi" }

func (it) Works(product string) Sentence {
	return Sentence{"Tutto in " + product + " ", "funziona", "."}
}
func (it) WorksAgain(product string) Sentence {
	return Sentence{"Tutto in " + product + " ", "funziona di nuovo", ". Continuiamo a osservare."}
}
func (it) NotWorking(product string) Sentence { return Sentence{product + " ", "non funziona", "."} }
func (it) AllTroubled(product string) Sentence {
	return Sentence{"Ogni parte di " + product + " ", "ha problemi", "."}
}
func (it) SomeNotWorking(product string) Sentence {
	return Sentence{"Una parte di " + product + " ", "non funziona", "."}
}
func (it) SomeSlow(product string) Sentence {
	return Sentence{"Una parte di " + product + " ", "funziona peggio del solito", "."}
}
func (it) SomeMaintained(product string) Sentence {
	return Sentence{"Una parte di " + product + " è ", "in manutenzione", "."}
}
func (it) AllMaintained(product string) Sentence {
	return Sentence{product + " è ", "in manutenzione", "."}
}
func (it) LookingInto(product string) Sentence {
	return Sentence{"Stiamo analizzando ", "un problema", " con " + product + "."}
}
func (it) CannotSee(product string) Sentence {
	return Sentence{"Al momento ", "non possiamo vedere", " se " + product + " funziona."}
}
func (it) AreAffected(names string, n int) string   { return "Con problemi: " + names + "." }
func (it) AreMaintained(names string, n int) string { return "In manutenzione: " + names + "." }
func (w it) AreWorking(names string, n int) string {
	return w.count(n, "Funziona: ", "Funzionano: ") + names + "."
}
func (it) AreUnseen(names string, n int) string { return "Al momento non visibili: " + names + "." }
func (it) ChecksSilent() string {
	return "I nostri controlli non danno notizie da un po’. Quanto segue è l’ultima situazione nota."
}
func (it) ChecksNotYet() string {
	return "I nostri controlli sono appena iniziati. Riprova tra un attimo."
}
func (it) ChecksMiss(names string) string {
	return "I nostri controlli non vedono: " + names + ". Il resto funziona."
}
func (it) Checked() string            { return "Controllato {}." }
func (it) AtTime(clock string) string { return "alle " + clock }
func (it) LookAgain() string          { return "Controlla di nuovo" }

func (it) Operational() string         { return "Operativo" }
func (it) UnderMaintenance() string    { return "In manutenzione" }
func (it) DegradedPerformance() string { return "Prestazioni ridotte" }
func (it) PartialOutage() string       { return "Interruzione parziale" }
func (it) MajorOutage() string         { return "Interruzione grave" }
func (it) NotKnown() string            { return "Al momento sconosciuto" }
func (it) NoTrouble() string           { return "Nessun problema" }
func (it) Maintenance() string         { return "Manutenzione" }
func (it) NoData() string              { return "Nessun dato" }
func (it) NotSeen() string             { return "Non osservato" }
func (it) Investigating() string       { return "In analisi" }
func (it) Identified() string          { return "Identificato" }
func (it) Monitoring() string          { return "In osservazione" }
func (it) Resolved() string            { return "Risolto" }
func (it) Scheduled() string           { return "Programmata" }
func (it) InProgress() string          { return "In corso" }
func (it) Verifying() string           { return "In verifica" }
func (it) Completed() string           { return "Completata" }
func (it) Cancelled() string           { return "Annullata" }
func (it) Update() string              { return "Aggiornamento" }

func (it) DaysMean() string                  { return "Significato dei giorni" }
func (it) HowFarBack() string                { return "Periodo mostrato" }
func (it) DaysLabel() string                 { return "Giorni" }
func (it) Components() string                { return "Componenti" }
func (w it) DaysAgo(n int) string            { return w.count(n, "{0} giorno fa", "{0} giorni fa") }
func (it) Today() string                     { return "oggi" }
func (it) UptimeIs(percent string) string    { return percent + " di disponibilità" }
func (it) NoDataYet() string                 { return "ancora nessun dato" }
func (it) Seen(percent string) string        { return percent + " osservato" }
func (it) LastDays(span, list string) string { return "In " + span + ": " + list + "." }
func (it) EarlierToday() string              { return "Oggi, in precedenza" }
func (it) BeforeToday() string               { return "Prima di oggi" }
func (it) NoIncidentSince(date string) string {
	return "Nessun incidente da quando esiste questa pagina (" + date + ")."
}
func (it) NoOtherIncidentSince(date string) string {
	return "Nessun altro incidente da quando esiste questa pagina (" + date + ")."
}
func (it) NoIncidentIn(span string) string { return "Nessun incidente negli ultimi " + span + "." }
func (it) NoOtherIncidentIn(span string) string {
	return "Nessun altro incidente negli ultimi " + span + "."
}
func (w it) MonthHad(n int) string   { return w.count(n, "{}: {0} incidente.", "{}: {0} incidenti.") }
func (it) OpenSince() string         { return "in corso da: {}" }
func (it) Lasted(span string) string { return "durata: " + span }
func (it) Postmortem() string        { return "Post mortem" }
func (w it) Others(names string, n int) string {
	return names + w.count(n, " e un altro", " e altri {0}")
}

func (it) Started() string                  { return "Inizio: {}" }
func (it) NoticedIn(span string) string     { return "rilevato dai nostri controlli in " + span }
func (it) Steps() string                    { return "Fasi" }
func (it) NoLonger() string                 { return "(non più)" }
func (it) MayNotice() string                { return "Che cosa si può notare" }
func (it) MayHaveNoticed() string           { return "Che cosa si può aver notato" }
func (it) NextUpdateBy() string             { return "Prossimo aggiornamento entro: {}" }
func (it) Affects(names string) string      { return "interessati: " + names }
func (it) ThisAffected(names string) string { return "Questo incidente ha interessato: " + names + "." }
func (it) Timeline() string                 { return "Sequenza degli eventi" }
func (it) NoticedAfter() string             { return "Rilevato dopo" }
func (it) ToldAfter() string                { return "Comunicato dopo" }
func (it) Open() string                     { return "In corso" }
func (it) SinceTime(clock string) string    { return "dalle " + clock }
func (it) FixedAfter() string               { return "Risolto dopo" }
func (it) UpdatesOnTime() string            { return "Aggiornamenti puntuali" }
func (it) KeptOf(kept, due int) string      { return strconv.Itoa(kept) + " su " + strconv.Itoa(due) }
func (it) PostedAutomatically() string      { return "Pubblicato automaticamente" }
func (it) ResolvedAfter(span string) string { return "Risolto dopo " + span }
func (it) NewUpdate(title, status string) string {
	return "Nuovo aggiornamento: " + title + ", " + status + "."
}
func (it) NewUpdateAgain(title string) string { return "Nuovo aggiornamento: " + title + "." }
func (it) NewPostmortem(title string) string  { return "Nuovo post mortem: " + title + "." }

func (it) PlannedMaintenance() string   { return "Manutenzione programmata" }
func (it) CancelledMaintenance() string { return "Manutenzione annullata" }
func (it) MaintainedSince() string      { return "Manutenzione programmata, inizio: {}" }
func (it) PlannedEnd() string           { return "Fine prevista: {}" }
func (it) PlannedFor() string           { return "programmata per: {}" }
func (it) FromUntil() string            { return "{} – {}" }
func (it) Planned() string              { return "Programmata: {} – {}" }
func (it) NowPlanned() string           { return "Nuovo orario: {} – {}" }
func (it) Describe(status, from, until string) string {
	return "Manutenzione, " + status + ". Inizio: " + from + ". Fine: " + until + "."
}
func (it) WillAffect(names string) string { return "interessa: " + names }
func (it) ThisMaintenance(names string) string {
	return "Questa manutenzione interessa: " + names + "."
}
func (it) CompletedAfter(span string) string { return "Completata dopo " + span }
func (it) AddToCalendar() string             { return "Aggiungi al calendario" }
func (it) MaintenanceCalendar() string       { return "Le manutenzioni come calendario a cui abbonarsi" }

func (it) StatusSince(status string) string { return status + " da: {}" }
func (w it) MoreNotices(n int) string       { return w.count(n, "e {0} altro avviso", "e {0} altri avvisi") }
func (it) More() string                     { return "Altro" }
func (it) Dismiss() string                  { return "Chiudi questo avviso" }

func (it) PrivatePage() string       { return "Pagina privata" }
func (it) PageIsPrivate() string     { return "Questa pagina è privata" }
func (it) Password() string          { return "Password" }
func (it) OpenThePage() string       { return "Apri la pagina" }
func (it) OpenByLink() string        { return "Si apre con il link ricevuto o dalla rete a cui è destinata." }
func (it) SignInAsResponder() string { return "Accedi come responsabile" }
func (it) LinkExpired() string {
	return "Questo link è scaduto o incompleto. Se ne può chiedere uno nuovo."
}
func (it) WrongPassword() string { return "Non è la password di questa pagina. Riprovare." }
func (it) DidNotWork() string    { return "Non ha funzionato." }

func (it) ToStatusPage() string { return "Alla pagina di stato" }
func (it) AskUs() string        { return "Per chiederci informazioni, indicare il numero della richiesta: {}" }
func (it) NotFound() string     { return "Questa pagina non esiste" }
func (it) NotFoundText() string {
	return "L’indirizzo potrebbe essere errato, oppure ciò che si trovava qui non esiste più."
}
func (it) Gone() string { return "Questo non è più sulla pagina" }
func (it) GoneText() string {
	return "Ciò che si trovava qui è stato tolto dalla pagina. I suoi incidenti restano nella cronologia."
}
func (it) NotAllowed() string     { return "Questa pagina non si usa così" }
func (it) NotAllowedText() string { return "Aprirla dalla pagina che vi rimanda." }
func (it) Forbidden() string      { return "Non consentito" }
func (it) ForbiddenText() string {
	return "La richiesta è arrivata da un altro sito, oppure l’account non è autorizzato."
}
func (it) TooLarge() string { return "Troppo in una volta" }
func (it) TooLargeText(most string) string {
	return "Quanto inviato supera " + most + ". Accorciarlo e inviarlo di nuovo."
}
func (it) TooMany() string     { return "Troppe richieste" }
func (it) TooManyText() string { return "Attendere un minuto e riprovare." }
func (it) NotReady() string    { return "La pagina non è ancora pronta" }
func (it) NotReadyText() string {
	return "Il server è appena partito. Riprovare tra qualche secondo. Questo non dice nulla di ciò che la pagina osserva."
}
func (it) BadRequest() string     { return "La richiesta non è comprensibile" }
func (it) BadRequestText() string { return "Tornare indietro e riprovare." }
func (it) Failed() string         { return "Qualcosa non ha funzionato da parte nostra" }
func (it) FailedText() string {
	return "L’errore è stato registrato. Questo non dice nulla di ciò che la pagina osserva: la pagina di stato potrebbe essere ancora leggibile."
}
