package languages

import "strconv"

// The words of German for what one looks into.

func (de) WhatChecksSaw() string { return "Was unsere Prüfungen sahen" }
func (de) UprightLine() string {
	return "Von {} bis {} · die senkrechte Linie zeigt, wo der Fehler begann."
}
func (de) RunTime() string   { return "Laufzeit" }
func (de) NoResults() string { return "Aus dieser Zeit liegen keine Ergebnisse vor." }
func (de) ChartWords(name, first, from, last, until, low, high string) string {
	return name + ": von " + first + " um " + from + " bis " + last + " um " + until + ", zwischen " + low + " und " + high
}

func (de) PastIncidents(product string) string { return "Vergangene Vorfälle bei " + product + "." }
func (de) AllPostmortems() string              { return "Alle Postmortems" }
func (de) NoneOnRecord() string                { return "Es ist kein Vorfall verzeichnet." }
func (de) OtherMonths() string                 { return "Andere Monate" }
func (de) OlderIncidents() string              { return "Ältere Vorfälle" }
func (de) NewerIncidents() string              { return "Neuere Vorfälle" }
func (de) Component() string                   { return "Komponente" }
func (de) All() string                         { return "Alle" }
func (de) AtLeast() string                     { return "Mindestens" }
func (de) AnyImpact() string                   { return "Jede Auswirkung" }
func (de) WithPostmortem() string              { return "Mit Postmortem" }
func (de) Show() string                        { return "Anzeigen" }
func (de) ShowAll() string                     { return "Alle anzeigen" }
func (de) NoSuchIncident() string              { return "Kein solcher Vorfall." }
func (de) NoIncident() string                  { return "Kein Vorfall." }

func (de) NoCheck() string {
	return "Keine Prüfung beobachtet diese Komponente: Hier steht, was Menschen gemeldet haben."
}
func (de) UptimeOver(span string) string { return "Verfügbarkeit, " + span }
func (de) Calendar() string              { return "Kalender" }
func (de) MonthsAndComponents() string   { return "Andere Monate und Komponenten" }
func (de) Incidents() string             { return "Vorfälle" }
func (de) NoneInYear() string {
	return "Keine im letzten Jahr oder seit diese Komponente auf der Seite steht."
}
func (de) FollowIt() string             { return "Auf dem Laufenden bleiben" }
func (de) Badge() string                { return "Badge" }
func (de) UptimeIn(month string) string { return "Verfügbarkeit im " + month }
func (de) UptimeOfIn(product, month string) string {
	return "Verfügbarkeit von " + product + " im " + month + "."
}
func (de) MonthBefore() string { return "Monat davor" }
func (de) MonthAfter() string  { return "Monat danach" }
func (de) NoComponent() string { return "Auf dieser Seite steht keine Komponente." }
func (de) ChooseDay() string {
	return "Ein Tag ist ein Tag in UTC. Wählen Sie einen, um zu sehen, was geschah."
}

func (de) DayIsUTC() string  { return "Ein Tag ist ein Tag in UTC, von Mitternacht bis Mitternacht." }
func (de) DayBefore() string { return "Tag davor" }
func (de) DayAfter() string  { return "Tag danach" }

func (de) UptimeOf(name string) string { return "Verfügbarkeit von " + name }
func (de) HowItCame(uptime, span string) string {
	return uptime + ", " + span + ": So kommt der Wert zustande"
}
func (de) SecondsCounted() string         { return "Gezählte Sekunden" }
func (de) Time() string                   { return "Zeit" }
func (de) Seconds() string                { return "Sekunden" }
func (de) CountsAsDown() string           { return "Zählt als Ausfall" }
func (de) AllTime() string                { return "Gesamt" }
func (de) NotSeenLeftOut() string         { return "Nicht erfasst: ausgelassen" }
func (de) SeenCounted() string            { return "Erfasst: gezählt" }
func (de) OfItMajor() string              { return "davon schwerer Ausfall" }
func (de) OfItPartial() string            { return "davon Teilausfall" }
func (de) OfItDegraded() string           { return "davon eingeschränkte Leistung" }
func (de) OfItMaintenance() string        { return "davon Wartung" }
func (de) InFull() string                 { return "ganz" }
func (de) ForShare(percent string) string { return "zu " + percent }
func (de) No() string                     { return "nein" }
func (de) TheRule() string                { return "Die Regel" }
func (de) RuleFormula(weight string) string {
	return "Verfügbarkeit ist 1 − (schwerer Ausfall + " + weight + " × Teilausfall) ÷ erfasste Zeit. So rechnet auch Statuspage nach eigener Veröffentlichung."
}
func (de) RuleOverlap() string {
	return "Wo sich Vorfälle überschneiden, zählt jede Sekunde einmal, und zwar als der schwerste von ihnen."
}
func (de) RuleBegins() string {
	return "Ein Ausfall beginnt mit der ersten fehlgeschlagenen Prüfung, nicht erst mit der Bestätigung oder Mitteilung."
}
func (de) RuleSeen() string {
	return "Zeit ist erfasst, wenn die Prüfungen etwas aussagten: von einem Tag der entsprechende Anteil der fälligen Läufe. Läufe ohne Aussage und ausgebliebene Läufe gelten als nicht erfasst, ebenso Tage vor dem ersten Lauf."
}
func (de) RuleUnwatched() string {
	return "Keine Prüfung beobachtet diese Komponente. Die Zeit, seit sie auf der Seite steht, gilt als erfasst; maßgeblich ist, was Menschen gemeldet haben."
}
func (de) RuleNotSeen() string {
	return "Was nicht erfasst ist, zählt weder als verfügbar noch als Ausfall. Ein Ausfall, von dem ein Vorfall berichtet, zählt immer."
}
func (de) RuleRounds() string      { return "Die Seite rundet ab, damit 100 % nie für weniger steht." }
func (de) IncidentsInDays() string { return "Vorfälle in diesen Tagen" }
func (de) NothingKnown() string    { return "Über sie ist nichts bekannt." }

func (de) WhatWeLearned(product string) string {
	return "Was wir aus Vorfällen bei " + product + " gelernt haben."
}
func (de) WhatHappened() string {
	return "Was geschah, warum, und was verhindert, dass es wieder geschieht."
}
func (de) Published() string { return "veröffentlicht: {}" }
func (de) Changed() string   { return "geändert: {}" }
func (de) Search() string    { return "Suche" }
func (de) Find() string      { return "Finden" }
func (de) NoneYet() string   { return "Noch ist keines veröffentlicht." }
func (de) NoneHasWords() string {
	return "Keines enthält alle diese Wörter. Versuchen Sie es mit weniger Wörtern oder mit einem Wortteil."
}

func (de) WhatWeDo() string { return "Was wir dagegen tun" }
func (de) DoneOf(done, all int) string {
	return strconv.Itoa(done) + " von " + strconv.Itoa(all) + " erledigt"
}
func (de) DoneOn() string                { return "Erledigt am {}" }
func (de) DroppedOn() string             { return "Verworfen am {}" }
func (de) DueOn(date string) string      { return "Fällig am " + date }
func (de) DueNotDone(date string) string { return "Fällig am " + date + ", noch nicht erledigt" }
func (de) NotDoneYet() string            { return "Noch nicht erledigt" }
func (de) WatchedSince() string          { return "Von einer Prüfung überwacht seit {}" }
func (de) FailingSince() string          { return "nicht erfüllt seit {}" }
func (de) CheckRemoved() string          { return "die Prüfung wurde entfernt und hat sich nie gemeldet" }
func (de) CheckRemovedOn() string {
	return "die Prüfung wurde entfernt und meldete sich zuletzt am {}"
}
func (de) NotReportedYet() string        { return "sie hat sich noch nicht gemeldet" }
func (de) NotReportedSince() string      { return "sie meldet sich nicht mehr seit {}" }
func (de) HoldsAgain(date string) string { return "wieder erfüllt; zuletzt nicht erfüllt am " + date }
func (de) Holding() string               { return "erfüllt" }
func (de) HeldOf(percent, checks string) string {
	return percent + " von " + checks + " Prüfungen bestanden"
}

func (de) CorrectedTimes() string          { return "Korrigierte Zeiten" }
func (de) CorrectedOn() string             { return "Korrigiert: {}" }
func (de) Was() string                     { return "vorher: {}" }
func (de) NoImpact() string                { return "keine Auswirkung" }
func (de) ImpactFrom(status string) string { return status + " seit {}" }
func (de) ImpactFromUntil(status, span string) string {
	return status + " von {} bis {} (" + span + ")"
}
func (de) EditedOn() string                 { return "Bearbeitet: {} · frühere Fassung" }
func (de) CorrectedInDays() string          { return "Korrekturen in diesen Tagen" }
func (de) BeforeCorrections() string        { return "Vor den Korrekturen waren es {}:" }
func (de) OfItCorrected(span string) string { return "Davon von Menschen korrigiert: " + span }
func (de) CorrectedByPeople() string        { return "Von Menschen korrigiert" }
func (de) AsCorrected() string              { return "wie korrigiert" }
func (de) RuleCorrected() string {
	return "Wo Menschen feststellten, dass die Zeiten eines Vorfalls falsch waren, haben sie diese korrigiert: Es zählt, was richtig ist, und was zuvor mitgeteilt wurde, bleibt nachlesbar."
}

func (de) HowFast() string        { return "Antwortzeiten" }
func (de) MeasuredAround() string { return "Messwerte rund um den Vorfall" }
func (de) AroundIncident(list string) string {
	return "Von einer Stunde davor bis eine Stunde danach: " + list + "."
}
func (de) Measured(name, value string) string { return name + " " + value }
func (de) NothingMeasured() string            { return "nichts gemessen" }
func (de) ChartsHowFar() string               { return "Zeitraum der Diagramme" }
func (de) NothingToDraw() string              { return "Noch gibt es nichts zu zeichnen." }
func (de) Figures() string                    { return "Werte" }
func (de) Incident() string                   { return "Vorfall" }
func (de) ChartsExplained(zone string) string {
	return "Die Hälfte der Messwerte liegt höchstens beim Median, 95 von 100 höchstens beim 95. Perzentil, jeweils auf 2 % genau. Wo eine Linie fehlt, lief keine Prüfung oder keine erhielt eine Antwort. Schattierte Zeiten sind Vorfälle. Zeiten unter einem Diagramm gelten in " + zone + "."
}
func (de) Percentile(p int) string { return percentile(p, "Median", "Maximum", "{0}. Perzentil") }
