package languages

import (
	"strconv"
	"strings"
)

// The words of Italian for what one looks into.

func (it) WhatChecksSaw() string { return "Che cosa hanno visto i nostri controlli" }
func (it) UprightLine() string   { return "{} – {} · la linea verticale segna l’inizio del guasto." }
func (it) RunTime() string       { return "durata dell’esecuzione" }
func (it) NoResults() string     { return "Non ci sono risultati di quel periodo." }
func (it) ChartWords(name, first, from, last, until, low, high string) string {
	return name + ": " + first + " (" + from + "), " + last + " (" + until + "), tra " + low + " e " + high
}

func (it) PastIncidents(product string) string { return "Incidenti passati di " + product + "." }
func (it) AllPostmortems() string              { return "Tutti i post mortem" }
func (it) NoneOnRecord() string                { return "Nessun incidente registrato." }
func (it) OtherMonths() string                 { return "Altri mesi" }
func (it) OlderIncidents() string              { return "Incidenti precedenti" }
func (it) NewerIncidents() string              { return "Incidenti più recenti" }
func (it) Component() string                   { return "Componente" }
func (it) All() string                         { return "Tutti" }
func (it) AtLeast() string                     { return "Almeno" }
func (it) AnyImpact() string                   { return "Qualsiasi impatto" }
func (it) WithPostmortem() string              { return "Con post mortem" }
func (it) Show() string                        { return "Mostra" }
func (it) ShowAll() string                     { return "Mostra tutto" }
func (it) NoSuchIncident() string              { return "Nessun incidente di questo tipo." }
func (it) NoIncident() string                  { return "Nessun incidente." }

func (it) NoCheck() string {
	return "Nessun controllo osserva questo componente: quanto riportato qui è stato pubblicato da persone."
}
func (it) UptimeOver(span string) string { return "Disponibilità in " + span }
func (it) Calendar() string              { return "Calendario" }
func (it) MonthsAndComponents() string   { return "Altri mesi e componenti" }
func (it) Incidents() string             { return "Incidenti" }
func (it) NoneInYear() string {
	return "Nessuno nell’ultimo anno o da quando questo componente è sulla pagina."
}
func (it) FollowIt() string             { return "Segui questo componente" }
func (it) Badge() string                { return "Badge" }
func (it) UptimeIn(month string) string { return "Disponibilità: " + month }
func (it) UptimeOfIn(product, month string) string {
	return "Disponibilità di " + product + ": " + month + "."
}
func (it) MonthBefore() string { return "Mese precedente" }
func (it) MonthAfter() string  { return "Mese successivo" }
func (it) NoComponent() string { return "In questa pagina non c’è alcun componente." }
func (it) ChooseDay() string {
	return "Ogni giorno è un giorno in UTC. Sceglierne uno per vedere che cosa è successo."
}

func (it) DayIsUTC() string  { return "Ogni giorno è un giorno in UTC, da mezzanotte a mezzanotte." }
func (it) DayBefore() string { return "Giorno precedente" }
func (it) DayAfter() string  { return "Giorno successivo" }

func (it) UptimeOf(name string) string          { return "Disponibilità di " + name }
func (it) HowItCame(uptime, span string) string { return uptime + " in " + span + ": come si calcola" }
func (it) SecondsCounted() string               { return "Secondi conteggiati" }
func (it) Time() string                         { return "Tempo" }
func (it) Seconds() string                      { return "Secondi" }
func (it) CountsAsDown() string                 { return "Vale come interruzione" }
func (it) AllTime() string                      { return "Totale" }
func (it) NotSeenLeftOut() string               { return "Non osservato: escluso" }
func (it) SeenCounted() string                  { return "Osservato: conteggiato" }
func (it) OfItMajor() string                    { return "di cui interruzione grave" }
func (it) OfItPartial() string                  { return "di cui interruzione parziale" }
func (it) OfItDegraded() string                 { return "di cui prestazioni ridotte" }
func (it) OfItMaintenance() string              { return "di cui manutenzione" }
func (it) InFull() string                       { return "per intero" }
func (it) ForShare(percent string) string       { return "per il " + percent }
func (it) No() string                           { return "no" }
func (it) TheRule() string                      { return "La regola" }
func (it) RuleFormula(weight string) string {
	return "La disponibilità è 1 − (interruzione grave + " + weight + " × interruzione parziale) ÷ tempo osservato. È il calcolo pubblicato da Statuspage."
}
func (it) RuleOverlap() string {
	return "Dove gli incidenti si sovrappongono, ogni secondo conta una volta sola, come il peggiore di essi."
}
func (it) RuleBegins() string {
	return "Un’interruzione inizia con il primo controllo fallito, non quando è stata confermata o comunicata."
}
func (it) RuleSeen() string {
	return "Il tempo è osservato quando i controlli hanno dato un risultato: di ogni giorno, la quota corrispondente delle esecuzioni previste. Le esecuzioni senza risultato e quelle mancate non sono osservate. Non lo sono nemmeno i giorni prima della prima esecuzione."
}
func (it) RuleUnwatched() string {
	return "Nessun controllo osserva questo componente. Il tempo da quando è sulla pagina vale come osservato, e fa fede quanto pubblicato da persone."
}
func (it) RuleNotSeen() string {
	return "Ciò che non è osservato non conta né come disponibile né come interruzione. Un’interruzione riportata da un incidente è sempre conteggiata."
}
func (it) RuleRounds() string {
	return "La pagina arrotonda per difetto, così che non si dica mai 100% di qualcosa di meno."
}
func (it) IncidentsInDays() string { return "Incidenti in questi giorni" }
func (it) NothingKnown() string    { return "Di questi giorni non si sa nulla." }

func (it) WhatWeLearned(product string) string {
	return "Che cosa abbiamo imparato dagli incidenti di " + product + "."
}
func (it) WhatHappened() string {
	return "Che cosa è successo, perché, e che cosa evita che succeda di nuovo."
}
func (it) Published() string { return "pubblicato: {}" }
func (it) Changed() string   { return "modificato: {}" }
func (it) Search() string    { return "Ricerca" }
func (it) Find() string      { return "Cerca" }
func (it) NoneYet() string   { return "Non ne è stato ancora pubblicato alcuno." }
func (it) NoneHasWords() string {
	return "Nessuno contiene tutte queste parole. Provare con meno parole, o con parte di una."
}

func (it) WhatWeDo() string { return "Che cosa stiamo facendo" }
func (it) DoneOf(done, all int) string {
	return strconv.Itoa(done) + " su " + strconv.Itoa(all) + " completate"
}
func (it) DoneOn() string                { return "Completato: {}" }
func (it) DroppedOn() string             { return "Abbandonato: {}" }
func (it) DueOn(date string) string      { return "Scadenza: " + date }
func (it) DueNotDone(date string) string { return "Scadenza: " + date + ", non ancora completato" }
func (it) NotDoneYet() string            { return "Non ancora completato" }
func (it) WatchedSince() string          { return "Sorvegliato da un controllo dal giorno {}" }
func (it) FailingSince() string          { return "non rispettato dal giorno {}" }
func (it) CheckRemoved() string          { return "il controllo è stato rimosso e non ha mai dato notizie" }
func (it) CheckRemovedOn() string        { return "il controllo è stato rimosso; ultimo risultato: {}" }
func (it) NotReportedYet() string        { return "non ha ancora dato notizie" }
func (it) NotReportedSince() string      { return "nessun risultato dopo: {}" }
func (it) HoldsAgain(date string) string {
	return "di nuovo rispettato; non rispettato il giorno " + date
}
func (it) Holding() string { return "rispettato" }
func (it) HeldOf(percent, checks string) string {
	return percent + " di " + checks + " controlli riusciti"
}

func (it) CorrectedTimes() string          { return "Orari corretti" }
func (it) CorrectedOn() string             { return "Correzione: {}" }
func (it) Was() string                     { return "prima: {}" }
func (it) NoImpact() string                { return "nessun impatto" }
func (it) ImpactFrom(status string) string { return strings.ToLower(status) + ", in corso da: {}" }
func (it) ImpactFromUntil(status, span string) string {
	return strings.ToLower(status) + ", {} – {} (" + span + ")"
}
func (it) EditedOn() string                 { return "Modificato: {} · testo precedente" }
func (it) CorrectedInDays() string          { return "Correzioni in questi giorni" }
func (it) BeforeCorrections() string        { return "Prima delle correzioni era {}:" }
func (it) OfItCorrected(span string) string { return "Di cui corretto da persone: " + span }
func (it) CorrectedByPeople() string        { return "Corretto da persone" }
func (it) AsCorrected() string              { return "come corretto" }
func (it) RuleCorrected() string {
	return "Quando si è constatato che gli orari di un incidente erano sbagliati, sono stati corretti da persone: conta ciò che è giusto, e quanto comunicato in precedenza resta leggibile."
}

func (it) HowFast() string        { return "Tempi di risposta" }
func (it) MeasuredAround() string { return "Misurazioni intorno all’incidente" }
func (it) AroundIncident(list string) string {
	return "Da un’ora prima a un’ora dopo: " + list + "."
}
func (it) Measured(name, value string) string { return name + " " + value }
func (it) NothingMeasured() string            { return "nessuna misurazione" }
func (it) ChartsHowFar() string               { return "Periodo dei grafici" }
func (it) NothingToDraw() string              { return "Non c’è ancora nulla da mostrare." }
func (it) Figures() string                    { return "Valori" }
func (it) Incident() string                   { return "Incidente" }
func (it) ChartsExplained(zone string) string {
	return "Metà delle misurazioni non supera la mediana e 95 su 100 non superano il 95º percentile, con un’approssimazione del 2%. Dove la linea manca, nessun controllo è stato eseguito o nessuno ha ottenuto risposta. I periodi ombreggiati sono incidenti. Gli orari sotto un grafico sono in " + zone + "."
}
func (it) Percentile(p int) string { return percentile(p, "mediana", "massimo", "{0}º percentile") }
