package languages

import "strconv"

// de is German.
type de struct{ two }

func (de) Skip() string        { return "Zum Inhalt springen" }
func (de) Pages() string       { return "Seiten" }
func (de) History() string     { return "Verlauf" }
func (de) Uptime() string      { return "Verfügbarkeit" }
func (de) Postmortems() string { return "Postmortems" }
func (de) Languages() string   { return "Sprache" }
func (de) HowBars() string {
	return "Ein Balken ist ein Tag in UTC. Die Verfügbarkeit bezieht sich auf die erfasste Zeit; hinter jedem Prozentwert steht, wie er zustande kommt."
}
func (de) PageOf() string             { return "Stand dieser Seite: {}" }
func (de) TimesIn(zone string) string { return "Zeitangaben in " + zone + "." }
func (de) PoweredBy() string          { return "Betrieben mit Candor" }
func (de) Colon() string              { return ": " }
func (de) Semicolon() string          { return "; " }
func (de) Stop() string               { return "." }

func (de) YourZone() string { return "Zeitangaben in Ihrer Zeitzone ({})." }
func (de) Due() string      { return "jeden Moment" }
func (de) Late() string     { return "{} überfällig" }
func (de) For() string      { return "{}" }
func (de) Close() string    { return "Schließen" }

func (de) Works(product string) Sentence {
	return Sentence{product + " ", "funktioniert", " vollständig."}
}
func (de) WorksAgain(product string) Sentence {
	return Sentence{product + " ", "funktioniert wieder", " vollständig. Wir beobachten weiter."}
}
func (de) NotWorking(product string) Sentence {
	return Sentence{product + " ", "funktioniert nicht", "."}
}
func (de) AllTroubled(product string) Sentence {
	return Sentence{"Alle Teile von " + product + " ", "haben Probleme", "."}
}
func (de) SomeNotWorking(product string) Sentence {
	return Sentence{"Teile von " + product + " ", "funktionieren nicht", "."}
}
func (de) SomeSlow(product string) Sentence {
	return Sentence{"Teile von " + product + " ", "laufen eingeschränkt", "."}
}
func (de) SomeMaintained(product string) Sentence {
	return Sentence{"Teile von " + product + " werden ", "gewartet", "."}
}
func (de) AllMaintained(product string) Sentence {
	return Sentence{product + " wird ", "gewartet", "."}
}
func (de) LookingInto(product string) Sentence {
	return Sentence{"Wir untersuchen ", "ein Problem", " mit " + product + "."}
}
func (de) CannotSee(product string) Sentence {
	return Sentence{"Derzeit ist für uns ", "nicht erkennbar", ", ob " + product + " funktioniert."}
}
func (de) AreAffected(names string, n int) string   { return "Betroffen: " + names + "." }
func (de) AreMaintained(names string, n int) string { return "In Wartung: " + names + "." }
func (w de) AreWorking(names string, n int) string {
	return w.count(n, "Es funktioniert: ", "Es funktionieren: ") + names + "."
}
func (de) AreUnseen(names string, n int) string { return "Derzeit nicht erkennbar: " + names + "." }
func (de) ChecksSilent() string {
	return "Unsere Prüfungen haben sich seit einer Weile nicht gemeldet. Unten steht, was wir zuletzt wussten."
}
func (de) ChecksNotYet() string {
	return "Unsere ersten Prüfungen laufen noch. Sehen Sie gleich noch einmal nach."
}
func (de) ChecksMiss(names string) string {
	return "Unsere Prüfungen können Folgendes nicht sehen: " + names + ". Alles andere funktioniert."
}
func (de) Checked() string            { return "Geprüft {}." }
func (de) AtTime(clock string) string { return "um " + clock }
func (de) LookAgain() string          { return "Erneut nachsehen" }

func (de) Operational() string         { return "Funktionsfähig" }
func (de) UnderMaintenance() string    { return "In Wartung" }
func (de) DegradedPerformance() string { return "Eingeschränkte Leistung" }
func (de) PartialOutage() string       { return "Teilausfall" }
func (de) MajorOutage() string         { return "Schwerer Ausfall" }
func (de) NotKnown() string            { return "Derzeit unbekannt" }
func (de) NoTrouble() string           { return "Keine Störung" }
func (de) Maintenance() string         { return "Wartung" }
func (de) NoData() string              { return "Keine Daten" }
func (de) NotSeen() string             { return "Nicht erfasst" }
func (de) Investigating() string       { return "Wird untersucht" }
func (de) Identified() string          { return "Ursache erkannt" }
func (de) Monitoring() string          { return "Unter Beobachtung" }
func (de) Resolved() string            { return "Behoben" }
func (de) Scheduled() string           { return "Geplant" }
func (de) InProgress() string          { return "Läuft" }
func (de) Verifying() string           { return "Wird geprüft" }
func (de) Completed() string           { return "Abgeschlossen" }
func (de) Cancelled() string           { return "Abgesagt" }
func (de) Update() string              { return "Update" }

func (de) DaysMean() string                  { return "Bedeutung der Tage" }
func (de) HowFarBack() string                { return "Zeitraum" }
func (de) DaysLabel() string                 { return "Tage" }
func (de) Components() string                { return "Komponenten" }
func (w de) DaysAgo(n int) string            { return w.count(n, "vor {0} Tag", "vor {0} Tagen") }
func (de) Today() string                     { return "heute" }
func (de) UptimeIs(percent string) string    { return percent + " verfügbar" }
func (de) NoDataYet() string                 { return "noch keine Daten" }
func (de) Seen(percent string) string        { return percent + " erfasst" }
func (de) LastDays(span, list string) string { return "Zeitraum " + span + ": " + list + "." }
func (de) EarlierToday() string              { return "Heute bereits behoben" }
func (de) BeforeToday() string               { return "Vor heute" }
func (de) NoIncidentSince(date string) string {
	return "Kein Vorfall, seit diese Seite am " + date + " begann."
}
func (de) NoOtherIncidentSince(date string) string {
	return "Kein weiterer Vorfall, seit diese Seite am " + date + " begann."
}
func (de) NoIncidentIn(span string) string { return "Kein Vorfall (letzte " + span + ")." }
func (de) NoOtherIncidentIn(span string) string {
	return "Kein weiterer Vorfall (letzte " + span + ")."
}
func (w de) MonthHad(n int) string   { return w.count(n, "{}: {0} Vorfall.", "{}: {0} Vorfälle.") }
func (de) OpenSince() string         { return "offen seit {}" }
func (de) Lasted(span string) string { return "Dauer: " + span }
func (de) Postmortem() string        { return "Postmortem" }
func (w de) Others(names string, n int) string {
	return names + w.count(n, " und {0} weitere", " und {0} weitere")
}

func (de) Started() string                  { return "Beginn: {}" }
func (de) NoticedIn(span string) string     { return "von unseren Prüfungen bemerkt nach: " + span }
func (de) Steps() string                    { return "Schritte" }
func (de) NoLonger() string                 { return "(nicht mehr)" }
func (de) MayNotice() string                { return "Was Sie bemerken können" }
func (de) MayHaveNoticed() string           { return "Was Sie bemerkt haben können" }
func (de) NextUpdateBy() string             { return "Nächstes Update bis {}" }
func (de) Affects(names string) string      { return "betroffen: " + names }
func (de) ThisAffected(names string) string { return "Von diesem Vorfall betroffen: " + names + "." }
func (de) Timeline() string                 { return "Zeitverlauf" }
func (de) NoticedAfter() string             { return "Bemerkt nach" }
func (de) ToldAfter() string                { return "Mitgeteilt nach" }
func (de) Open() string                     { return "Offen" }
func (de) SinceTime(clock string) string    { return "seit " + clock }
func (de) FixedAfter() string               { return "Behoben nach" }
func (de) UpdatesOnTime() string            { return "Pünktliche Updates" }
func (de) KeptOf(kept, due int) string      { return strconv.Itoa(kept) + " von " + strconv.Itoa(due) }
func (de) PostedAutomatically() string      { return "Automatisch veröffentlicht" }
func (de) ResolvedAfter(span string) string { return "Behoben nach: " + span }
func (de) NewUpdate(title, status string) string {
	return "Neues Update: " + title + ", " + status + "."
}
func (de) NewUpdateAgain(title string) string { return "Neues Update: " + title + "." }
func (de) NewPostmortem(title string) string  { return "Neues Postmortem: " + title + "." }

func (de) PlannedMaintenance() string   { return "Geplante Wartung" }
func (de) CancelledMaintenance() string { return "Abgesagte Wartung" }
func (de) MaintainedSince() string      { return "Geplante Wartung seit {}" }
func (de) PlannedEnd() string           { return "Geplantes Ende: {}" }
func (de) PlannedFor() string           { return "geplant für {}" }
func (de) FromUntil() string            { return "{} bis {}" }
func (de) Planned() string              { return "Geplant: {} bis {}" }
func (de) NowPlanned() string           { return "Neu geplant: {} bis {}" }
func (de) Describe(status, from, until string) string {
	return "Wartung, " + status + ". Von " + from + " bis " + until + "."
}
func (de) WillAffect(names string) string      { return "betrifft: " + names }
func (de) ThisMaintenance(names string) string { return "Diese Wartung betrifft: " + names + "." }
func (de) CompletedAfter(span string) string   { return "Abgeschlossen nach: " + span }
func (de) AddToCalendar() string               { return "In den Kalender eintragen" }
func (de) MaintenanceCalendar() string         { return "Wartungen als Kalender zum Abonnieren" }

func (de) StatusSince(status string) string { return status + " seit {}" }
func (w de) MoreNotices(n int) string {
	return w.count(n, "und {0} weiterer Hinweis", "und {0} weitere Hinweise")
}
func (de) More() string    { return "Mehr" }
func (de) Dismiss() string { return "Diesen Hinweis schließen" }

func (de) PrivatePage() string   { return "Private Seite" }
func (de) PageIsPrivate() string { return "Diese Seite ist privat" }
func (de) Password() string      { return "Passwort" }
func (de) OpenThePage() string   { return "Seite öffnen" }
func (de) OpenByLink() string {
	return "Öffnen Sie sie über den Link, den Sie erhalten haben, oder aus dem Netzwerk, für das sie bestimmt ist."
}
func (de) SignInAsResponder() string { return "Als zuständige Person anmelden" }
func (de) LinkExpired() string {
	return "Dieser Link ist abgelaufen oder unvollständig. Bitten Sie um einen neuen."
}
func (de) WrongPassword() string {
	return "Das ist nicht das Passwort dieser Seite. Versuchen Sie es erneut."
}
func (de) DidNotWork() string { return "Das hat nicht geklappt." }

func (de) ToStatusPage() string { return "Zur Statusseite" }
func (de) AskUs() string {
	return "Wenn Sie uns dazu fragen, nennen Sie bitte die Nummer der Anfrage: {}"
}
func (de) NotFound() string { return "Diese Seite gibt es nicht" }
func (de) NotFoundText() string {
	return "Die Adresse ist vielleicht falsch geschrieben, oder was hier stand, gibt es nicht mehr."
}
func (de) Gone() string { return "Das steht nicht mehr auf der Seite" }
func (de) GoneText() string {
	return "Was hier stand, wurde von der Seite genommen. Die Vorfälle dazu bleiben im Verlauf."
}
func (de) NotAllowed() string     { return "So wird diese Seite nicht verwendet" }
func (de) NotAllowedText() string { return "Öffnen Sie sie von der Seite aus, die auf sie verweist." }
func (de) Forbidden() string      { return "Nicht erlaubt" }
func (de) ForbiddenText() string {
	return "Die Anfrage kam von einer anderen Website, oder Ihr Konto darf das nicht."
}
func (de) TooLarge() string { return "Zu viel auf einmal" }
func (de) TooLargeText(most string) string {
	return "Was Sie gesendet haben, ist größer als " + most + ". Kürzen Sie es und senden Sie es erneut."
}
func (de) TooMany() string     { return "Zu viele Anfragen" }
func (de) TooManyText() string { return "Warten Sie eine Minute und versuchen Sie es erneut." }
func (de) NotReady() string    { return "Die Seite ist noch nicht bereit" }
func (de) NotReadyText() string {
	return "Der Server ist gerade erst gestartet. Versuchen Sie es in einigen Sekunden erneut. Das sagt nichts über das aus, was die Seite beobachtet."
}
func (de) BadRequest() string     { return "Die Anfrage war nicht verständlich" }
func (de) BadRequestText() string { return "Gehen Sie zurück und versuchen Sie es erneut." }
func (de) Failed() string         { return "Bei uns ist etwas fehlgeschlagen" }
func (de) FailedText() string {
	return "Der Fehler ist protokolliert. Das sagt nichts über das aus, was die Seite beobachtet: Die Statusseite selbst ist vielleicht weiterhin lesbar."
}
