package languages

import "strconv"

// nl is Dutch.
type nl struct{ two }

func (nl) Skip() string        { return "Naar de inhoud" }
func (nl) Pages() string       { return "Pagina’s" }
func (nl) History() string     { return "Geschiedenis" }
func (nl) Uptime() string      { return "Beschikbaarheid" }
func (nl) Postmortems() string { return "Postmortems" }
func (nl) Languages() string   { return "Taal" }
func (nl) HowBars() string {
	return "Een balk is een dag in UTC. De beschikbaarheid geldt voor de waargenomen tijd; elk percentage leidt naar zijn berekening."
}
func (nl) PageOf() string             { return "Stand van deze pagina: {}" }
func (nl) TimesIn(zone string) string { return "Tijden staan in " + zone + "." }
func (nl) PoweredBy() string          { return "Mogelijk gemaakt door Candor" }
func (nl) Colon() string              { return ": " }
func (nl) Semicolon() string          { return "; " }
func (nl) Stop() string               { return "." }

func (nl) YourZone() string { return "Tijden staan in uw tijdzone ({})." }
func (nl) Due() string      { return "elk moment" }
func (nl) Late() string     { return "{} te laat" }
func (nl) For() string      { return "{}" }
func (nl) Close() string    { return "Sluiten" }

func (nl) Works(product string) Sentence { return Sentence{"Alles van " + product + " ", "werkt", "."} }
func (nl) WorksAgain(product string) Sentence {
	return Sentence{"Alles van " + product + " ", "werkt weer", ". We blijven opletten."}
}
func (nl) NotWorking(product string) Sentence { return Sentence{product + " ", "werkt niet", "."} }
func (nl) AllTroubled(product string) Sentence {
	return Sentence{"Alle onderdelen van " + product + " ", "hebben problemen", "."}
}
func (nl) SomeNotWorking(product string) Sentence {
	return Sentence{"Een deel van " + product + " ", "werkt niet", "."}
}
func (nl) SomeSlow(product string) Sentence {
	return Sentence{"Een deel van " + product + " ", "werkt minder goed dan normaal", "."}
}
func (nl) SomeMaintained(product string) Sentence {
	return Sentence{"Een deel van " + product + " is ", "in onderhoud", "."}
}
func (nl) AllMaintained(product string) Sentence {
	return Sentence{product + " is ", "in onderhoud", "."}
}
func (nl) LookingInto(product string) Sentence {
	return Sentence{"We onderzoeken ", "een probleem", " met " + product + "."}
}
func (nl) CannotSee(product string) Sentence {
	return Sentence{"We kunnen op dit moment ", "niet zien", " of " + product + " werkt."}
}
func (nl) AreAffected(names string, n int) string   { return "Getroffen: " + names + "." }
func (nl) AreMaintained(names string, n int) string { return "In onderhoud: " + names + "." }
func (w nl) AreWorking(names string, n int) string {
	return w.count(n, "Dit werkt: ", "Deze werken: ") + names + "."
}
func (nl) AreUnseen(names string, n int) string { return "Nu niet te zien: " + names + "." }
func (nl) ChecksSilent() string {
	return "Onze controles hebben al een tijd niets gemeld. Hieronder staat wat we het laatst wisten."
}
func (nl) ChecksNotYet() string {
	return "Onze controles zijn net begonnen. Kijk zo nog eens."
}
func (nl) ChecksMiss(names string) string {
	return "Onze controles kunnen dit niet zien: " + names + ". De rest werkt."
}
func (nl) Checked() string            { return "Gecontroleerd {}." }
func (nl) AtTime(clock string) string { return "om " + clock }
func (nl) LookAgain() string          { return "Opnieuw kijken" }

func (nl) Operational() string         { return "Operationeel" }
func (nl) UnderMaintenance() string    { return "In onderhoud" }
func (nl) DegradedPerformance() string { return "Verminderde prestaties" }
func (nl) PartialOutage() string       { return "Gedeeltelijke storing" }
func (nl) MajorOutage() string         { return "Grote storing" }
func (nl) NotKnown() string            { return "Nu niet bekend" }
func (nl) NoTrouble() string           { return "Geen problemen" }
func (nl) Maintenance() string         { return "Onderhoud" }
func (nl) NoData() string              { return "Geen gegevens" }
func (nl) NotSeen() string             { return "Niet waargenomen" }
func (nl) Investigating() string       { return "In onderzoek" }
func (nl) Identified() string          { return "Geïdentificeerd" }
func (nl) Monitoring() string          { return "Onder observatie" }
func (nl) Resolved() string            { return "Opgelost" }
func (nl) Scheduled() string           { return "Gepland" }
func (nl) InProgress() string          { return "Bezig" }
func (nl) Verifying() string           { return "Wordt gecontroleerd" }
func (nl) Completed() string           { return "Voltooid" }
func (nl) Cancelled() string           { return "Geannuleerd" }
func (nl) Update() string              { return "Update" }

func (nl) DaysMean() string                  { return "Wat de dagen betekenen" }
func (nl) HowFarBack() string                { return "Getoonde periode" }
func (nl) DaysLabel() string                 { return "Dagen" }
func (nl) Components() string                { return "Componenten" }
func (w nl) DaysAgo(n int) string            { return w.count(n, "{0} dag geleden", "{0} dagen geleden") }
func (nl) Today() string                     { return "vandaag" }
func (nl) UptimeIs(percent string) string    { return percent + " beschikbaar" }
func (nl) NoDataYet() string                 { return "nog geen gegevens" }
func (nl) Seen(percent string) string        { return percent + " waargenomen" }
func (nl) LastDays(span, list string) string { return "In " + span + ": " + list + "." }
func (nl) EarlierToday() string              { return "Eerder vandaag" }
func (nl) BeforeToday() string               { return "Vóór vandaag" }
func (nl) NoIncidentSince(date string) string {
	return "Geen incident sinds deze pagina op " + date + " begon."
}
func (nl) NoOtherIncidentSince(date string) string {
	return "Geen ander incident sinds deze pagina op " + date + " begon."
}
func (nl) NoIncidentIn(span string) string { return "Geen incident in de afgelopen " + span + "." }
func (nl) NoOtherIncidentIn(span string) string {
	return "Geen ander incident in de afgelopen " + span + "."
}
func (w nl) MonthHad(n int) string   { return w.count(n, "{}: {0} incident.", "{}: {0} incidenten.") }
func (nl) OpenSince() string         { return "open sinds {}" }
func (nl) Lasted(span string) string { return "duur: " + span }
func (nl) Postmortem() string        { return "Postmortem" }
func (w nl) Others(names string, n int) string {
	return names + w.count(n, " en {0} andere", " en {0} andere")
}

func (nl) Started() string                  { return "Begonnen: {}" }
func (nl) NoticedIn(span string) string     { return "door onze controles opgemerkt na " + span }
func (nl) Steps() string                    { return "Stappen" }
func (nl) NoLonger() string                 { return "(niet meer)" }
func (nl) MayNotice() string                { return "Wat u kunt merken" }
func (nl) MayHaveNoticed() string           { return "Wat u gemerkt kunt hebben" }
func (nl) NextUpdateBy() string             { return "Volgende update uiterlijk {}" }
func (nl) Affects(names string) string      { return "getroffen: " + names }
func (nl) ThisAffected(names string) string { return "Dit incident trof: " + names + "." }
func (nl) Timeline() string                 { return "Tijdlijn" }
func (nl) NoticedAfter() string             { return "Opgemerkt na" }
func (nl) ToldAfter() string                { return "Gemeld na" }
func (nl) Open() string                     { return "Open" }
func (nl) SinceTime(clock string) string    { return "sinds " + clock }
func (nl) FixedAfter() string               { return "Opgelost na" }
func (nl) UpdatesOnTime() string            { return "Updates op tijd" }
func (nl) KeptOf(kept, due int) string      { return strconv.Itoa(kept) + " van " + strconv.Itoa(due) }
func (nl) PostedAutomatically() string      { return "Automatisch geplaatst" }
func (nl) ResolvedAfter(span string) string { return "Opgelost na " + span }
func (nl) NewUpdate(title, status string) string {
	return "Nieuwe update: " + title + ", " + status + "."
}
func (nl) NewUpdateAgain(title string) string { return "Nieuwe update: " + title + "." }
func (nl) NewPostmortem(title string) string  { return "Nieuwe postmortem: " + title + "." }

func (nl) PlannedMaintenance() string   { return "Gepland onderhoud" }
func (nl) CancelledMaintenance() string { return "Geannuleerd onderhoud" }
func (nl) MaintainedSince() string      { return "Gepland onderhoud sinds {}" }
func (nl) PlannedEnd() string           { return "Gepland einde: {}" }
func (nl) PlannedFor() string           { return "gepland voor {}" }
func (nl) FromUntil() string            { return "{} tot {}" }
func (nl) Planned() string              { return "Gepland van {} tot {}" }
func (nl) NowPlanned() string           { return "Nu gepland van {} tot {}" }
func (nl) Describe(status, from, until string) string {
	return "Onderhoud, " + status + ". Van " + from + " tot " + until + "."
}
func (nl) WillAffect(names string) string      { return "treft: " + names }
func (nl) ThisMaintenance(names string) string { return "Dit onderhoud betreft: " + names + "." }
func (nl) CompletedAfter(span string) string   { return "Voltooid na " + span }
func (nl) AddToCalendar() string               { return "Aan uw agenda toevoegen" }
func (nl) MaintenanceCalendar() string         { return "Onderhoud als agenda om u op te abonneren" }

func (nl) StatusSince(status string) string { return status + " sinds {}" }
func (w nl) MoreNotices(n int) string {
	return w.count(n, "en nog {0} melding", "en nog {0} meldingen")
}
func (nl) More() string    { return "Meer" }
func (nl) Dismiss() string { return "Deze melding sluiten" }

func (nl) PrivatePage() string   { return "Privépagina" }
func (nl) PageIsPrivate() string { return "Deze pagina is privé" }
func (nl) Password() string      { return "Wachtwoord" }
func (nl) OpenThePage() string   { return "Pagina openen" }
func (nl) OpenByLink() string {
	return "Open de pagina met de link die u hebt gekregen, of vanuit het netwerk waarvoor ze bedoeld is."
}
func (nl) SignInAsResponder() string { return "Inloggen als beheerder" }
func (nl) LinkExpired() string       { return "Deze link is verlopen of niet volledig. Vraag om een nieuwe." }
func (nl) WrongPassword() string {
	return "Dat is niet het wachtwoord van deze pagina. Probeer het opnieuw."
}
func (nl) DidNotWork() string { return "Dat is niet gelukt." }

func (nl) ToStatusPage() string { return "Naar de statuspagina" }
func (nl) AskUs() string        { return "Als u ons hierover vraagt, geef dan het nummer van het verzoek: {}" }
func (nl) NotFound() string     { return "Deze pagina bestaat niet" }
func (nl) NotFoundText() string {
	return "Het adres is misschien verkeerd getypt, of wat hier stond is er niet meer."
}
func (nl) Gone() string { return "Dit staat niet meer op de pagina" }
func (nl) GoneText() string {
	return "Wat hier stond, is van de pagina gehaald. De incidenten blijven in de geschiedenis."
}
func (nl) NotAllowed() string     { return "Zo wordt deze pagina niet gebruikt" }
func (nl) NotAllowedText() string { return "Open haar vanaf de pagina die ernaar verwijst." }
func (nl) Forbidden() string      { return "Niet toegestaan" }
func (nl) ForbiddenText() string {
	return "Het verzoek kwam van een andere site, of uw account mag dit niet."
}
func (nl) TooLarge() string { return "Te veel in één keer" }
func (w nl) TooLargeText(most string) string {
	return "Wat u stuurde is groter dan " + most + ". Maak het korter en stuur het opnieuw."
}
func (nl) TooMany() string       { return "Te veel verzoeken" }
func (w nl) TooManyText() string { return "Wacht een minuut en probeer het opnieuw." }
func (nl) NotReady() string      { return "De pagina is nog niet klaar" }
func (w nl) NotReadyText() string {
	return "De server is net gestart. Probeer het over enkele seconden opnieuw. Dit zegt niets over wat de pagina in de gaten houdt."
}
func (nl) BadRequest() string       { return "Het verzoek was niet te begrijpen" }
func (w nl) BadRequestText() string { return "Ga terug en probeer het opnieuw." }
func (nl) Failed() string           { return "Er ging iets mis aan onze kant" }
func (nl) FailedText() string {
	return "De fout is vastgelegd. Dit zegt niets over wat de pagina in de gaten houdt: de statuspagina zelf is misschien nog leesbaar."
}
