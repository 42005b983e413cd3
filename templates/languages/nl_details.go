package languages

import (
	"strconv"
	"strings"
)

// The words of Dutch for what one looks into.

func (nl) WhatChecksSaw() string { return "Wat onze controles zagen" }
func (nl) UprightLine() string {
	return "Van {} tot {} · de verticale lijn geeft aan waar de storing begon."
}
func (nl) RunTime() string   { return "uitvoeringstijd" }
func (nl) NoResults() string { return "Er zijn geen resultaten uit die tijd." }
func (nl) ChartWords(name, first, from, last, until, low, high string) string {
	return name + ": van " + first + " om " + from + " tot " + last + " om " + until + ", tussen " + low + " en " + high
}

func (nl) PastIncidents(product string) string { return "Eerdere incidenten van " + product + "." }
func (nl) AllPostmortems() string              { return "Alle postmortems" }
func (nl) NoneOnRecord() string                { return "Er is geen incident vastgelegd." }
func (nl) OtherMonths() string                 { return "Andere maanden" }
func (nl) OlderIncidents() string              { return "Oudere incidenten" }
func (nl) NewerIncidents() string              { return "Nieuwere incidenten" }
func (nl) Component() string                   { return "Component" }
func (nl) All() string                         { return "Alle" }
func (nl) AtLeast() string                     { return "Ten minste" }
func (nl) AnyImpact() string                   { return "Elke impact" }
func (nl) WithPostmortem() string              { return "Met een postmortem" }
func (nl) Show() string                        { return "Tonen" }
func (nl) ShowAll() string                     { return "Alles tonen" }
func (nl) NoSuchIncident() string              { return "Geen incident van deze soort." }
func (nl) NoIncident() string                  { return "Geen incident." }

func (nl) NoCheck() string {
	return "Geen controle kijkt naar dit component: wat hier staat, is door mensen geplaatst."
}
func (nl) UptimeOver(span string) string { return "Beschikbaarheid in " + span }
func (nl) Calendar() string              { return "Kalender" }
func (nl) MonthsAndComponents() string   { return "Andere maanden en componenten" }
func (nl) Incidents() string             { return "Incidenten" }
func (nl) NoneInYear() string {
	return "Geen in het afgelopen jaar, of sinds dit component op de pagina staat."
}
func (nl) FollowIt() string             { return "Dit component volgen" }
func (nl) Badge() string                { return "Badge" }
func (nl) UptimeIn(month string) string { return "Beschikbaarheid in " + month }
func (nl) UptimeOfIn(product, month string) string {
	return "Beschikbaarheid van " + product + " in " + month + "."
}
func (nl) MonthBefore() string { return "Vorige maand" }
func (nl) MonthAfter() string  { return "Volgende maand" }
func (nl) NoComponent() string { return "Er staat geen component op deze pagina." }
func (nl) ChooseDay() string {
	return "Een dag is een dag in UTC. Kies er een om te zien wat er gebeurde."
}

func (nl) DayIsUTC() string  { return "Een dag is een dag in UTC, van middernacht tot middernacht." }
func (nl) DayBefore() string { return "Vorige dag" }
func (nl) DayAfter() string  { return "Volgende dag" }

func (nl) UptimeOf(name string) string { return "Beschikbaarheid van " + name }
func (nl) HowItCame(uptime, span string) string {
	return uptime + " in " + span + ": hoe dit is berekend"
}
func (nl) SecondsCounted() string         { return "Getelde seconden" }
func (nl) Time() string                   { return "Tijd" }
func (nl) Seconds() string                { return "Seconden" }
func (nl) CountsAsDown() string           { return "Telt als storing" }
func (nl) AllTime() string                { return "Totaal" }
func (nl) NotSeenLeftOut() string         { return "Niet waargenomen: weggelaten" }
func (nl) SeenCounted() string            { return "Waargenomen: geteld" }
func (nl) OfItMajor() string              { return "waarvan grote storing" }
func (nl) OfItPartial() string            { return "waarvan gedeeltelijke storing" }
func (nl) OfItDegraded() string           { return "waarvan verminderde prestaties" }
func (nl) OfItMaintenance() string        { return "waarvan onderhoud" }
func (nl) InFull() string                 { return "volledig" }
func (nl) ForShare(percent string) string { return "voor " + percent }
func (nl) No() string                     { return "nee" }
func (nl) TheRule() string                { return "De regel" }
func (nl) RuleFormula(weight string) string {
	return "Beschikbaarheid is 1 − (grote storing + " + weight + " × gedeeltelijke storing) ÷ waargenomen tijd. Zo heeft Statuspage de berekening gepubliceerd."
}
func (nl) RuleOverlap() string {
	return "Waar incidenten elkaar overlappen, telt elke seconde één keer, als het ergste ervan."
}
func (nl) RuleBegins() string {
	return "Een storing begint bij de eerste mislukte controle, niet bij de bevestiging of de melding."
}
func (nl) RuleSeen() string {
	return "Tijd is waargenomen als de controles iets zeiden: van een dag het deel van de geplande uitvoeringen waarvoor dat geldt. Uitvoeringen zonder uitkomst en uitvoeringen die uitbleven, zijn niet waargenomen. Dagen vóór de eerste uitvoering zijn dat ook niet."
}
func (nl) RuleUnwatched() string {
	return "Geen controle kijkt naar dit component. De tijd sinds het op de pagina staat, telt als waargenomen, en wat mensen plaatsten is wat er is waargenomen."
}
func (nl) RuleNotSeen() string {
	return "Wat niet is waargenomen, telt niet als beschikbaar en niet als storing. Een storing waarover een incident vertelt, telt altijd."
}
func (nl) RuleRounds() string {
	return "De pagina rondt naar beneden af, zodat 100% nooit voor minder staat."
}
func (nl) IncidentsInDays() string { return "Incidenten in deze dagen" }
func (nl) NothingKnown() string    { return "Daarover is niets bekend." }

func (nl) WhatWeLearned(product string) string {
	return "Wat we leerden van incidenten van " + product + "."
}
func (nl) WhatHappened() string {
	return "Wat er gebeurde, waarom, en wat voorkomt dat het opnieuw gebeurt."
}
func (nl) Published() string { return "gepubliceerd: {}" }
func (nl) Changed() string   { return "gewijzigd: {}" }
func (nl) Search() string    { return "Zoekterm" }
func (nl) Find() string      { return "Zoeken" }
func (nl) NoneYet() string   { return "Er is er nog geen gepubliceerd." }
func (nl) NoneHasWords() string {
	return "Geen enkele bevat al deze woorden. Probeer er minder, of een deel van een woord."
}

func (nl) WhatWeDo() string { return "Wat we eraan doen" }
func (nl) DoneOf(done, all int) string {
	return strconv.Itoa(done) + " van " + strconv.Itoa(all) + " afgerond"
}
func (nl) DoneOn() string                { return "Afgerond op {}" }
func (nl) DroppedOn() string             { return "Vervallen op {}" }
func (nl) DueOn(date string) string      { return "Uiterlijk " + date }
func (nl) DueNotDone(date string) string { return "Uiterlijk " + date + ", nog niet afgerond" }
func (nl) NotDoneYet() string            { return "Nog niet afgerond" }
func (nl) WatchedSince() string          { return "Bewaakt door een controle sinds {}" }
func (nl) FailingSince() string          { return "niet in orde sinds {}" }
func (nl) CheckRemoved() string          { return "de controle is verwijderd en heeft nooit iets gemeld" }
func (nl) CheckRemovedOn() string        { return "de controle is verwijderd en meldde zich het laatst op {}" }
func (nl) NotReportedYet() string        { return "de controle heeft nog niets gemeld" }
func (nl) NotReportedSince() string      { return "niets meer gemeld sinds {}" }
func (nl) HoldsAgain(date string) string { return "weer in orde; niet in orde op " + date }
func (nl) Holding() string               { return "in orde" }
func (nl) HeldOf(percent, checks string) string {
	return percent + " van " + checks + " controles geslaagd"
}

func (nl) CorrectedTimes() string          { return "Gecorrigeerde tijden" }
func (nl) CorrectedOn() string             { return "Gecorrigeerd op {}" }
func (nl) Was() string                     { return "eerder: {}" }
func (nl) NoImpact() string                { return "geen gevolgen" }
func (nl) ImpactFrom(status string) string { return strings.ToLower(status) + " sinds {}" }
func (nl) ImpactFromUntil(status, span string) string {
	return strings.ToLower(status) + " van {} tot {} (" + span + ")"
}
func (nl) EditedOn() string                 { return "Bewerkt: {} · eerdere tekst" }
func (nl) CorrectedInDays() string          { return "Correcties in deze dagen" }
func (nl) BeforeCorrections() string        { return "Vóór de correcties was het {}:" }
func (nl) OfItCorrected(span string) string { return "Waarvan door mensen gecorrigeerd: " + span }
func (nl) CorrectedByPeople() string        { return "Door mensen gecorrigeerd" }
func (nl) AsCorrected() string              { return "zoals gecorrigeerd" }
func (nl) RuleCorrected() string {
	return "Waar mensen vaststelden dat de tijden van een incident niet klopten, hebben ze die gecorrigeerd: wat klopt telt, en wat eerder is gemeld blijft te lezen."
}

func (nl) HowFast() string        { return "Responstijden" }
func (nl) MeasuredAround() string { return "Metingen rond het incident" }
func (nl) AroundIncident(list string) string {
	return "Van een uur ervoor tot een uur erna: " + list + "."
}
func (nl) Measured(name, value string) string { return name + " " + value }
func (nl) NothingMeasured() string            { return "niets gemeten" }
func (nl) ChartsHowFar() string               { return "Periode van de grafieken" }
func (nl) NothingToDraw() string              { return "Er is nog niets om te tekenen." }
func (nl) Figures() string                    { return "Cijfers" }
func (nl) Incident() string                   { return "Incident" }
func (nl) ChartsExplained(zone string) string {
	return "De helft van de metingen ligt op of onder de mediaan, 95 van de 100 op of onder het 95e percentiel, telkens op 2% nauwkeurig. Waar een lijn ontbreekt, liep er geen controle of kreeg er geen antwoord. Gearceerde tijden zijn incidenten. Tijden onder een grafiek zijn in " + zone + "."
}
func (nl) Percentile(p int) string { return percentile(p, "mediaan", "maximum", "{0}e percentiel") }
