package languages

import "strconv"

// pl is Polish.
type pl struct{ three }

func (pl) Skip() string        { return "Przejdź do treści" }
func (pl) Pages() string       { return "Strony" }
func (pl) History() string     { return "Historia" }
func (pl) Uptime() string      { return "Dostępność" }
func (pl) Postmortems() string { return "Analizy incydentów" }
func (pl) Languages() string   { return "Język" }
func (pl) HowBars() string {
	return "Jeden słupek to jeden dzień w UTC. Dostępność dotyczy czasu objętego obserwacją; każda wartość procentowa prowadzi do jej wyliczenia."
}
func (pl) PageOf() string             { return "Stan strony: {}" }
func (pl) TimesIn(zone string) string { return "Strefa czasowa: " + zone + "." }
func (pl) PoweredBy() string          { return "Działa dzięki Candor" }
func (pl) Colon() string              { return ": " }
func (pl) Semicolon() string          { return "; " }
func (pl) Stop() string               { return "." }

func (pl) YourZone() string { return "Godziny podano w Twojej strefie czasowej ({})." }
func (pl) Due() string      { return "lada chwila" }
func (pl) Late() string     { return "opóźnienie: {}" }
func (pl) For() string      { return "{}" }
func (pl) Close() string    { return "Zamknij" }

func (pl) Works(product string) Sentence { return Sentence{product + ": wszystko ", "działa", "."} }
func (pl) WorksAgain(product string) Sentence {
	return Sentence{product + ": wszystko ", "znowu działa", ". Nadal obserwujemy."}
}
func (pl) NotWorking(product string) Sentence { return Sentence{product + " ", "nie działa", "."} }
func (pl) AllTroubled(product string) Sentence {
	return Sentence{product + ": wszystkie części ", "mają problemy", "."}
}
func (pl) SomeNotWorking(product string) Sentence {
	return Sentence{product + ": część usług ", "nie działa", "."}
}
func (pl) SomeSlow(product string) Sentence {
	return Sentence{product + ": część usług ", "działa gorzej niż zwykle", "."}
}
func (pl) SomeMaintained(product string) Sentence {
	return Sentence{product + ": w części usług trwają ", "prace serwisowe", "."}
}
func (pl) AllMaintained(product string) Sentence {
	return Sentence{product + ": trwają ", "prace serwisowe", "."}
}
func (pl) LookingInto(product string) Sentence {
	return Sentence{"Badamy ", "problem", " z " + product + "."}
}
func (pl) CannotSee(product string) Sentence {
	return Sentence{"W tej chwili ", "nie widzimy", ", czy " + product + " działa."}
}
func (pl) AreAffected(names string, n int) string   { return "Problemy: " + names + "." }
func (pl) AreMaintained(names string, n int) string { return "Prace serwisowe: " + names + "." }
func (w pl) AreWorking(names string, n int) string {
	return w.count(n, "Działa: ", "Działają: ", "Działają: ") + names + "."
}
func (pl) AreUnseen(names string, n int) string { return "Obecnie niewidoczne: " + names + "." }
func (w pl) ChecksSilent() string {
	return "Nasze testy od pewnego czasu nie przekazują wyników. Poniżej widać ostatni znany stan."
}
func (pl) ChecksNotYet() string {
	return "Nasze testy dopiero się rozpoczęły. Zajrzyj ponownie za chwilę."
}
func (pl) ChecksMiss(names string) string {
	return "Nasze testy nie widzą: " + names + ". Reszta działa."
}
func (pl) Checked() string            { return "Sprawdzono {}." }
func (pl) AtTime(clock string) string { return "o " + clock }
func (pl) LookAgain() string          { return "Sprawdź ponownie" }

func (pl) Operational() string         { return "Działa" }
func (pl) UnderMaintenance() string    { return "Prace serwisowe" }
func (pl) DegradedPerformance() string { return "Obniżona wydajność" }
func (pl) PartialOutage() string       { return "Częściowa awaria" }
func (pl) MajorOutage() string         { return "Poważna awaria" }
func (pl) NotKnown() string            { return "Stan nieznany" }
func (pl) NoTrouble() string           { return "Bez problemów" }
func (pl) Maintenance() string         { return "Prace serwisowe" }
func (pl) NoData() string              { return "Brak danych" }
func (pl) NotSeen() string             { return "Bez obserwacji" }
func (pl) Investigating() string       { return "Badamy przyczynę" }
func (pl) Identified() string          { return "Przyczyna znana" }
func (pl) Monitoring() string          { return "Obserwujemy" }
func (pl) Resolved() string            { return "Rozwiązano" }
func (pl) Scheduled() string           { return "Zaplanowano" }
func (pl) InProgress() string          { return "W toku" }
func (pl) Verifying() string           { return "Weryfikacja" }
func (pl) Completed() string           { return "Zakończono" }
func (pl) Cancelled() string           { return "Odwołano" }
func (pl) Update() string              { return "Aktualizacja" }

func (pl) DaysMean() string   { return "Znaczenie dni" }
func (pl) HowFarBack() string { return "Pokazywany okres" }
func (pl) DaysLabel() string  { return "Dni" }
func (pl) Components() string { return "Komponenty" }
func (w pl) DaysAgo(n int) string {
	return w.count(n, "{0} dzień temu", "{0} dni temu", "{0} dni temu")
}
func (pl) Today() string                     { return "dziś" }
func (pl) UptimeIs(percent string) string    { return "dostępność " + percent }
func (pl) NoDataYet() string                 { return "jeszcze brak danych" }
func (pl) Seen(percent string) string        { return "obserwacja " + percent }
func (pl) LastDays(span, list string) string { return "Okres " + span + ": " + list + "." }
func (pl) EarlierToday() string              { return "Wcześniej dzisiaj" }
func (pl) BeforeToday() string               { return "Przed dzisiejszym dniem" }
func (pl) NoIncidentSince(date string) string {
	return "Brak incydentów od uruchomienia tej strony (" + date + ")."
}
func (pl) NoOtherIncidentSince(date string) string {
	return "Brak innych incydentów od uruchomienia tej strony (" + date + ")."
}
func (pl) NoIncidentIn(span string) string {
	return "Brak incydentów w ciągu ostatnich " + span + "."
}
func (pl) NoOtherIncidentIn(span string) string {
	return "Brak innych incydentów w ciągu ostatnich " + span + "."
}
func (w pl) MonthHad(n int) string {
	return w.count(n, "{}: {0} incydent.", "{}: {0} incydenty.", "{}: {0} incydentów.")
}
func (pl) OpenSince() string         { return "trwa od: {}" }
func (pl) Lasted(span string) string { return "czas trwania: " + span }
func (pl) Postmortem() string        { return "Analiza incydentu" }
func (w pl) Others(names string, n int) string {
	return names + w.count(n, " i {0} inny", " i {0} inne", " i {0} innych")
}

func (pl) Started() string                  { return "Początek: {}" }
func (pl) NoticedIn(span string) string     { return "wykryty przez nasze testy po: " + span }
func (pl) Steps() string                    { return "Etapy" }
func (pl) NoLonger() string                 { return "(już nie)" }
func (pl) MayNotice() string                { return "Możliwe objawy" }
func (pl) MayHaveNoticed() string           { return "Możliwe objawy w czasie incydentu" }
func (pl) NextUpdateBy() string             { return "Następna aktualizacja najpóźniej: {}" }
func (pl) Affects(names string) string      { return "dotyczy: " + names }
func (pl) ThisAffected(names string) string { return "Incydent dotyczył: " + names + "." }
func (pl) Timeline() string                 { return "Przebieg" }
func (pl) NoticedAfter() string             { return "Wykryty po" }
func (pl) ToldAfter() string                { return "Ogłoszony po" }
func (pl) Open() string                     { return "Trwa" }
func (pl) SinceTime(clock string) string    { return "od " + clock }
func (pl) FixedAfter() string               { return "Rozwiązany po" }
func (pl) UpdatesOnTime() string            { return "Aktualizacje na czas" }
func (pl) KeptOf(kept, due int) string      { return strconv.Itoa(kept) + " z " + strconv.Itoa(due) }
func (pl) PostedAutomatically() string      { return "Opublikowano automatycznie" }
func (pl) ResolvedAfter(span string) string { return "Rozwiązano po: " + span }
func (pl) NewUpdate(title, status string) string {
	return "Nowa aktualizacja: " + title + ", " + status + "."
}
func (pl) NewUpdateAgain(title string) string { return "Nowa aktualizacja: " + title + "." }
func (pl) NewPostmortem(title string) string  { return "Nowa analiza incydentu: " + title + "." }

func (pl) PlannedMaintenance() string   { return "Planowane prace serwisowe" }
func (pl) CancelledMaintenance() string { return "Odwołane prace serwisowe" }
func (pl) MaintainedSince() string      { return "Planowane prace serwisowe, początek: {}" }
func (pl) PlannedEnd() string           { return "Planowany koniec: {}" }
func (pl) PlannedFor() string           { return "termin: {}" }
func (pl) FromUntil() string            { return "{} – {}" }
func (pl) Planned() string              { return "Termin: {} – {}" }
func (pl) NowPlanned() string           { return "Nowy termin: {} – {}" }
func (pl) Describe(status, from, until string) string {
	return "Prace serwisowe: " + status + ". Początek: " + from + ". Koniec: " + until + "."
}
func (pl) WillAffect(names string) string      { return "dotyczy: " + names }
func (pl) ThisMaintenance(names string) string { return "Prace dotyczą: " + names + "." }
func (pl) CompletedAfter(span string) string   { return "Zakończono po: " + span }
func (pl) AddToCalendar() string               { return "Dodaj do kalendarza" }
func (pl) MaintenanceCalendar() string         { return "Prace serwisowe jako kalendarz do subskrypcji" }

func (pl) StatusSince(status string) string { return status + " od {}" }
func (w pl) MoreNotices(n int) string {
	return w.count(n, "i jeszcze {0} komunikat", "i jeszcze {0} komunikaty", "i jeszcze {0} komunikatów")
}
func (pl) More() string    { return "Więcej" }
func (pl) Dismiss() string { return "Zamknij ten komunikat" }

func (pl) PrivatePage() string   { return "Strona prywatna" }
func (pl) PageIsPrivate() string { return "Ta strona jest prywatna" }
func (pl) Password() string      { return "Hasło" }
func (pl) OpenThePage() string   { return "Otwórz stronę" }
func (pl) OpenByLink() string {
	return "Otwórz ją za pomocą otrzymanego linku albo z sieci, dla której jest przeznaczona."
}
func (pl) SignInAsResponder() string { return "Zaloguj się do konsoli" }
func (pl) LinkExpired() string       { return "Ten link wygasł lub jest niepełny. Poproś o nowy." }
func (pl) WrongPassword() string     { return "To nie jest hasło tej strony. Spróbuj ponownie." }
func (pl) DidNotWork() string        { return "Nie udało się." }

func (pl) ToStatusPage() string { return "Do strony statusu" }
func (pl) AskUs() string        { return "W razie pytań prosimy o podanie numeru żądania: {}" }
func (pl) NotFound() string     { return "Nie ma takiej strony" }
func (pl) NotFoundText() string {
	return "Adres może zawierać błąd albo tego, co tu było, już nie ma."
}
func (pl) Gone() string { return "Tego już nie ma na stronie" }
func (pl) GoneText() string {
	return "To, co tu było, usunięto ze strony. Incydenty pozostają w historii."
}
func (pl) NotAllowed() string     { return "Ta strona nie służy do tego" }
func (pl) NotAllowedText() string { return "Otwórz ją ze strony, która do niej prowadzi." }
func (pl) Forbidden() string      { return "Brak uprawnień" }
func (pl) ForbiddenText() string {
	return "Żądanie pochodzi z innej witryny albo Twoje konto nie ma uprawnień."
}
func (pl) TooLarge() string { return "Za dużo naraz" }
func (pl) TooLargeText(most string) string {
	return "Przesłane dane przekraczają " + most + ". Skróć je i wyślij ponownie."
}
func (pl) TooMany() string     { return "Zbyt wiele żądań" }
func (pl) TooManyText() string { return "Odczekaj minutę i spróbuj ponownie." }
func (pl) NotReady() string    { return "Strona nie jest jeszcze gotowa" }
func (pl) NotReadyText() string {
	return "Serwer dopiero się uruchomił. Spróbuj ponownie za kilka sekund. Nie mówi to nic o tym, co strona obserwuje."
}
func (pl) BadRequest() string     { return "Nie udało się zrozumieć żądania" }
func (pl) BadRequestText() string { return "Wróć i spróbuj ponownie." }
func (pl) Failed() string         { return "Coś zawiodło po naszej stronie" }
func (pl) FailedText() string {
	return "Błąd został zapisany. Nie mówi to nic o tym, co strona obserwuje: sama strona statusu może być nadal dostępna."
}
