package languages

import (
	"strconv"
	"strings"
)

// The words of Polish for what one looks into.

func (pl) WhatChecksSaw() string { return "Co wykazały nasze testy" }
func (pl) UprightLine() string   { return "{} – {} · pionowa linia wskazuje początek awarii." }
func (pl) RunTime() string       { return "czas wykonania" }
func (pl) NoResults() string     { return "Brak wyników z tego czasu." }
func (pl) ChartWords(name, first, from, last, until, low, high string) string {
	return name + ": " + first + " (" + from + "), " + last + " (" + until + "), zakres " + low + " – " + high
}

func (pl) PastIncidents(product string) string { return "Wcześniejsze incydenty: " + product + "." }
func (pl) AllPostmortems() string              { return "Wszystkie analizy incydentów" }
func (pl) NoneOnRecord() string                { return "Nie odnotowano żadnego incydentu." }
func (pl) OtherMonths() string                 { return "Inne miesiące" }
func (pl) OlderIncidents() string              { return "Starsze incydenty" }
func (pl) NewerIncidents() string              { return "Nowsze incydenty" }
func (pl) Component() string                   { return "Komponent" }
func (pl) All() string                         { return "Wszystkie" }
func (pl) AtLeast() string                     { return "Co najmniej" }
func (pl) AnyImpact() string                   { return "Dowolny wpływ" }
func (pl) WithPostmortem() string              { return "Z analizą" }
func (pl) Show() string                        { return "Pokaż" }
func (pl) ShowAll() string                     { return "Pokaż wszystko" }
func (w pl) NoSuchIncident() string            { return "Brak takich incydentów." }
func (w pl) NoIncident() string                { return "Brak incydentów." }

func (pl) NoCheck() string {
	return "Żaden test nie obserwuje tego komponentu: widać tu to, co opublikowali ludzie."
}
func (pl) UptimeOver(span string) string { return "Dostępność (" + span + ")" }
func (pl) Calendar() string              { return "Kalendarz" }
func (pl) MonthsAndComponents() string   { return "Inne miesiące i komponenty" }
func (pl) Incidents() string             { return "Incydenty" }
func (pl) NoneInYear() string {
	return "Brak w ostatnim roku lub odkąd komponent jest na tej stronie."
}
func (pl) FollowIt() string             { return "Śledź ten komponent" }
func (pl) Badge() string                { return "Plakietka" }
func (pl) UptimeIn(month string) string { return "Dostępność: " + month }
func (pl) UptimeOfIn(product, month string) string {
	return "Dostępność " + product + ": " + month + "."
}
func (pl) MonthBefore() string { return "Poprzedni miesiąc" }
func (pl) MonthAfter() string  { return "Następny miesiąc" }
func (pl) NoComponent() string { return "Na tej stronie nie ma żadnego komponentu." }
func (pl) ChooseDay() string {
	return "Dni liczone są w UTC. Wybierz dzień, aby zobaczyć, co się stało."
}

func (pl) DayIsUTC() string  { return "Dni liczone są w UTC, od północy do północy." }
func (pl) DayBefore() string { return "Poprzedni dzień" }
func (pl) DayAfter() string  { return "Następny dzień" }

func (pl) UptimeOf(name string) string { return "Dostępność: " + name }
func (pl) HowItCame(uptime, span string) string {
	return uptime + " (" + span + "): sposób wyliczenia"
}
func (pl) SecondsCounted() string         { return "Zliczone sekundy" }
func (pl) Time() string                   { return "Czas" }
func (pl) Seconds() string                { return "Sekundy" }
func (pl) CountsAsDown() string           { return "Liczy się jako awaria" }
func (pl) AllTime() string                { return "Łącznie" }
func (pl) NotSeenLeftOut() string         { return "Bez obserwacji: pominięto" }
func (pl) SeenCounted() string            { return "Z obserwacją: policzono" }
func (pl) OfItMajor() string              { return "w tym poważna awaria" }
func (pl) OfItPartial() string            { return "w tym częściowa awaria" }
func (pl) OfItDegraded() string           { return "w tym obniżona wydajność" }
func (pl) OfItMaintenance() string        { return "w tym prace serwisowe" }
func (pl) InFull() string                 { return "w całości" }
func (pl) ForShare(percent string) string { return "w " + percent }
func (pl) No() string                     { return "nie" }
func (pl) TheRule() string                { return "Zasada" }
func (pl) RuleFormula(weight string) string {
	return "Dostępność to 1 − (poważna awaria + " + weight + " × częściowa awaria) ÷ czas objęty obserwacją. Taki sposób liczenia opublikował Statuspage."
}
func (pl) RuleOverlap() string {
	return "Gdy incydenty się nakładają, każda sekunda liczy się raz, jako najgorszy z nich."
}
func (pl) RuleBegins() string {
	return "Awaria zaczyna się od pierwszego nieudanego testu, a nie od jej potwierdzenia lub ogłoszenia."
}
func (w pl) RuleSeen() string {
	return "Czas jest objęty obserwacją, gdy testy dały wynik: z każdego dnia liczy się odpowiednia część zaplanowanych przebiegów. Przebiegi bez wyniku oraz te, które się nie odbyły, nie są obserwacją. Nie są nią też dni przed pierwszym przebiegiem."
}
func (pl) RuleUnwatched() string {
	return "Żaden test nie obserwuje tego komponentu. Czas, odkąd jest na stronie, liczy się jako objęty obserwacją, a rozstrzyga to, co opublikowali ludzie."
}
func (pl) RuleNotSeen() string {
	return "Czas bez obserwacji nie liczy się ani jako dostępność, ani jako awaria. Awaria opisana w incydencie liczy się zawsze."
}
func (pl) RuleRounds() string {
	return "Strona zaokrągla w dół, aby 100% nigdy nie oznaczało mniej."
}
func (pl) IncidentsInDays() string { return "Incydenty w tych dniach" }
func (pl) NothingKnown() string    { return "Nic o nich nie wiadomo." }

func (pl) WhatWeLearned(product string) string {
	return "Czego nauczyły nas incydenty: " + product + "."
}
func (pl) WhatHappened() string { return "Co się stało, dlaczego i co zapobiega powtórzeniu." }
func (pl) Published() string    { return "opublikowano: {}" }
func (pl) Changed() string      { return "zmieniono: {}" }
func (pl) Search() string       { return "Szukane słowa" }
func (pl) Find() string         { return "Szukaj" }
func (pl) NoneYet() string      { return "Nic jeszcze nie opublikowano." }
func (w pl) NoneHasWords() string {
	return "Żadna analiza nie zawiera wszystkich tych słów. Spróbuj użyć mniejszej liczby słów albo fragmentu słowa."
}

func (pl) WhatWeDo() string { return "Co z tym robimy" }
func (pl) DoneOf(done, all int) string {
	return "Wykonano " + strconv.Itoa(done) + " z " + strconv.Itoa(all)
}
func (pl) DoneOn() string                       { return "Wykonano {}" }
func (pl) DroppedOn() string                    { return "Zaniechano {}" }
func (pl) DueOn(date string) string             { return "Termin: " + date }
func (pl) DueNotDone(date string) string        { return "Termin: " + date + ", jeszcze nie wykonano" }
func (pl) NotDoneYet() string                   { return "Jeszcze nie wykonano" }
func (pl) WatchedSince() string                 { return "Pilnowane przez test od {}" }
func (pl) FailingSince() string                 { return "niespełnione od {}" }
func (pl) CheckRemoved() string                 { return "test usunięto, zanim przekazał jakikolwiek wynik" }
func (pl) CheckRemovedOn() string               { return "test usunięto; ostatni wynik: {}" }
func (pl) NotReportedYet() string               { return "test nie przekazał jeszcze wyniku" }
func (pl) NotReportedSince() string             { return "brak wyników od {}" }
func (pl) HoldsAgain(date string) string        { return "ponownie spełnione; niespełnione " + date }
func (pl) Holding() string                      { return "spełnione" }
func (pl) HeldOf(percent, checks string) string { return "Udane testy: " + percent + " z " + checks }

func (pl) CorrectedTimes() string          { return "Poprawione czasy" }
func (pl) CorrectedOn() string             { return "Poprawiono {}" }
func (pl) Was() string                     { return "wcześniej: {}" }
func (pl) NoImpact() string                { return "bez wpływu" }
func (pl) ImpactFrom(status string) string { return strings.ToLower(status) + " od {}" }
func (pl) ImpactFromUntil(status, span string) string {
	return strings.ToLower(status) + " od {} do {} (" + span + ")"
}
func (pl) EditedOn() string                 { return "Zmieniono: {} · wcześniejsza treść" }
func (pl) CorrectedInDays() string          { return "Poprawki w tych dniach" }
func (pl) BeforeCorrections() string        { return "Przed poprawkami było {}:" }
func (pl) OfItCorrected(span string) string { return "W tym poprawione przez ludzi: " + span }
func (pl) CorrectedByPeople() string        { return "Poprawione przez ludzi" }
func (pl) AsCorrected() string              { return "zgodnie z poprawką" }
func (pl) RuleCorrected() string {
	return "Gdy ludzie stwierdzili, że czasy incydentu są błędne, poprawili je: liczy się to, co prawdziwe, a to, co podano wcześniej, nadal można przeczytać."
}

func (pl) HowFast() string                    { return "Czasy odpowiedzi" }
func (pl) MeasuredAround() string             { return "Pomiary wokół incydentu" }
func (pl) AroundIncident(list string) string  { return "Od godziny przed do godziny po: " + list + "." }
func (pl) Measured(name, value string) string { return name + " " + value }
func (pl) NothingMeasured() string            { return "brak pomiarów" }
func (pl) ChartsHowFar() string               { return "Okres wykresów" }
func (pl) NothingToDraw() string              { return "Nie ma jeszcze czego narysować." }
func (pl) Figures() string                    { return "Wartości" }
func (pl) Incident() string                   { return "Incydent" }
func (pl) ChartsExplained(zone string) string {
	return "Połowa pomiarów nie przekracza mediany, a 95 na 100 nie przekracza 95. percentyla, z dokładnością do 2%. Tam, gdzie brakuje linii, żaden test nie był wykonywany albo żaden nie otrzymał odpowiedzi. Zacieniowane okresy to incydenty. Godziny pod wykresem podano w strefie " + zone + "."
}
func (pl) Percentile(p int) string { return percentile(p, "mediana", "maksimum", "{0}. percentyl") }
