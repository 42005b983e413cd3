package languages

import (
	"strconv"
	"strings"
)

// en is English.
type en struct{ two }

func (en) Skip() string        { return "Skip to the content" }
func (en) Pages() string       { return "Pages" }
func (en) History() string     { return "History" }
func (en) Uptime() string      { return "Uptime" }
func (en) Postmortems() string { return "Postmortems" }
func (en) Languages() string   { return "Language" }
func (en) HowBars() string {
	return "A bar is a day in UTC. Uptime is of the time that was seen; each percentage says how it came about."
}
func (en) PageOf() string             { return "This page is of {}" }
func (en) TimesIn(zone string) string { return "Times are in " + zone + "." }
func (en) PoweredBy() string          { return "Powered by Candor" }
func (en) Colon() string              { return ": " }
func (en) Semicolon() string          { return "; " }
func (en) Stop() string               { return "." }

func (en) YourZone() string { return "Times are in your time zone ({})." }
func (en) Due() string      { return "any moment now" }
func (en) Late() string     { return "{} late" }
func (en) For() string      { return "for {}" }
func (en) Close() string    { return "Close" }

func (en) Works(product string) Sentence { return Sentence{"All of " + product + " ", "works", "."} }
func (en) WorksAgain(product string) Sentence {
	return Sentence{"All of " + product + " ", "works again", ". We keep watching."}
}
func (en) NotWorking(product string) Sentence { return Sentence{product + " is ", "not working", "."} }
func (en) AllTroubled(product string) Sentence {
	return Sentence{"Every part of " + product + " ", "has problems", "."}
}
func (en) SomeNotWorking(product string) Sentence {
	return Sentence{"Some of " + product + " is ", "not working", "."}
}
func (en) SomeSlow(product string) Sentence {
	return Sentence{"Some of " + product + " is ", "not at its best", "."}
}
func (en) SomeMaintained(product string) Sentence {
	return Sentence{"Some of " + product + " is ", "under maintenance", "."}
}
func (en) AllMaintained(product string) Sentence {
	return Sentence{product + " is ", "under maintenance", "."}
}
func (en) LookingInto(product string) Sentence {
	return Sentence{"We are looking into ", "a problem", " with " + product + "."}
}
func (en) CannotSee(product string) Sentence {
	return Sentence{"We ", "cannot see", " right now whether " + product + " works."}
}
func (w en) AreAffected(names string, n int) string {
	return names + w.count(n, " is affected.", " are affected.")
}
func (w en) AreMaintained(names string, n int) string {
	return names + w.count(n, " is under maintenance.", " are under maintenance.")
}
func (w en) AreWorking(names string, n int) string { return names + w.count(n, " works.", " work.") }
func (en) AreUnseen(names string, n int) string    { return names + " cannot be seen now." }
func (w en) ChecksSilent() string {
	return "Our checks have not reported for a while. What stands below is what we last knew."
}
func (en) ChecksNotYet() string {
	return "Our checks have only just begun. Look again in a moment."
}
func (en) ChecksMiss(names string) string {
	return "Our checks cannot see " + names + ". The rest works."
}
func (en) Checked() string            { return "Checked {}." }
func (en) AtTime(clock string) string { return "at " + clock }
func (en) LookAgain() string          { return "Look again" }

func (en) Operational() string         { return "Operational" }
func (en) UnderMaintenance() string    { return "Under maintenance" }
func (en) DegradedPerformance() string { return "Degraded performance" }
func (en) PartialOutage() string       { return "Partial outage" }
func (en) MajorOutage() string         { return "Major outage" }
func (en) NotKnown() string            { return "Not known now" }
func (en) NoTrouble() string           { return "No trouble" }
func (en) Maintenance() string         { return "Maintenance" }
func (en) NoData() string              { return "No data" }
func (en) NotSeen() string             { return "Not seen" }
func (en) Investigating() string       { return "Investigating" }
func (en) Identified() string          { return "Identified" }
func (en) Monitoring() string          { return "Monitoring" }
func (en) Resolved() string            { return "Resolved" }
func (en) Scheduled() string           { return "Scheduled" }
func (en) InProgress() string          { return "In progress" }
func (en) Verifying() string           { return "Verifying" }
func (en) Completed() string           { return "Completed" }
func (en) Cancelled() string           { return "Cancelled" }
func (en) Update() string              { return "Update" }

func (en) DaysMean() string                  { return "What the days mean" }
func (en) HowFarBack() string                { return "How far back" }
func (en) DaysLabel() string                 { return "Days" }
func (en) Components() string                { return "Components" }
func (w en) DaysAgo(n int) string            { return w.count(n, "{0} day ago", "{0} days ago") }
func (en) Today() string                     { return "today" }
func (en) UptimeIs(percent string) string    { return percent + " uptime" }
func (en) NoDataYet() string                 { return "no data yet" }
func (en) Seen(percent string) string        { return percent + " seen" }
func (en) LastDays(span, list string) string { return "The last " + span + ": " + list + "." }
func (en) EarlierToday() string              { return "Earlier today" }
func (en) BeforeToday() string               { return "Before today" }
func (en) NoIncidentSince(date string) string {
	return "No incident since this page began on " + date + "."
}
func (en) NoOtherIncidentSince(date string) string {
	return "No other incident since this page began on " + date + "."
}
func (en) NoIncidentIn(span string) string      { return "No incident in the last " + span + "." }
func (en) NoOtherIncidentIn(span string) string { return "No other incident in the last " + span + "." }
func (en) MonthHad(n int) string                { return "{} had " + number(n) + "." }
func (en) OpenSince() string                    { return "open since {}" }
func (en) Lasted(span string) string            { return "lasted " + span }
func (en) Postmortem() string                   { return "Postmortem" }
func (w en) Others(names string, n int) string {
	return names + w.count(n, " and {0} other", " and {0} others")
}

func (en) Started() string                  { return "Started {}" }
func (en) NoticedIn(span string) string     { return "noticed by our checks in " + span }
func (en) Steps() string                    { return "Steps" }
func (en) NoLonger() string                 { return "(no longer)" }
func (en) MayNotice() string                { return "What you may notice" }
func (en) MayHaveNoticed() string           { return "What you may have noticed" }
func (en) NextUpdateBy() string             { return "Next update by {}" }
func (en) Affects(names string) string      { return "affected " + names }
func (en) ThisAffected(names string) string { return "This incident affected: " + names + "." }
func (en) Timeline() string                 { return "Timeline" }
func (en) NoticedAfter() string             { return "Noticed after" }
func (en) ToldAfter() string                { return "Told you after" }
func (en) Open() string                     { return "Open" }
func (en) SinceTime(clock string) string    { return "since " + clock }
func (en) FixedAfter() string               { return "Fixed after" }
func (en) UpdatesOnTime() string            { return "Updates on time" }
func (en) KeptOf(kept, due int) string      { return strconv.Itoa(kept) + " of " + strconv.Itoa(due) }
func (en) PostedAutomatically() string      { return "Posted automatically" }
func (en) ResolvedAfter(span string) string { return "Resolved after " + span }
func (en) NewUpdate(title, status string) string {
	return "New update: " + title + ", " + strings.ToLower(status) + "."
}
func (en) NewUpdateAgain(title string) string { return "New update: " + title + "." }
func (en) NewPostmortem(title string) string  { return "New postmortem: " + title + "." }

func (en) PlannedMaintenance() string   { return "Planned maintenance" }
func (en) CancelledMaintenance() string { return "Cancelled maintenance" }
func (en) MaintainedSince() string      { return "Planned maintenance since {}" }
func (en) PlannedEnd() string           { return "Planned to end by {}" }
func (en) PlannedFor() string           { return "planned for {}" }
func (en) FromUntil() string            { return "{} until {}" }
func (en) Planned() string              { return "Planned from {} until {}" }
func (en) NowPlanned() string           { return "Now planned from {} until {}" }
func (en) Describe(status, from, until string) string {
	return "Maintenance, " + status + ". From " + from + " until " + until + "."
}
func (en) WillAffect(names string) string      { return "affects " + names }
func (en) ThisMaintenance(names string) string { return "This maintenance concerns: " + names + "." }
func (en) CompletedAfter(span string) string   { return "Completed after " + span }
func (en) AddToCalendar() string               { return "Add to your calendar" }
func (en) MaintenanceCalendar() string         { return "Maintenance as a calendar to subscribe to" }

func (en) StatusSince(status string) string { return status + " since {}" }
func (w en) MoreNotices(n int) string {
	return w.count(n, "and {0} more notice", "and {0} more notices")
}
func (en) More() string    { return "More" }
func (en) Dismiss() string { return "Dismiss this notice" }

func (en) PrivatePage() string   { return "Private page" }
func (en) PageIsPrivate() string { return "This page is private" }
func (en) Password() string      { return "Password" }
func (en) OpenThePage() string   { return "Open the page" }
func (en) OpenByLink() string {
	return "Open it with the link that you were given, or from the network that it is for."
}
func (en) SignInAsResponder() string { return "Sign in as a responder" }
func (en) LinkExpired() string       { return "That link has expired, or is not whole. Ask for a new one." }
func (en) WrongPassword() string     { return "That is not the password of this page. Try again." }
func (en) DidNotWork() string        { return "That did not work." }

func (en) ToStatusPage() string { return "To the status page" }
func (en) AskUs() string        { return "If you ask us about this, give us the number of the request: {}" }
func (en) NotFound() string     { return "There is no such page" }
func (en) NotFoundText() string { return "The address may be mistyped, or what stood here is gone." }
func (en) Gone() string         { return "This is no longer on the page" }
func (en) GoneText() string {
	return "What stood here was taken off the page. Its incidents stay in the history."
}
func (en) NotAllowed() string     { return "That is not how this page is used" }
func (en) NotAllowedText() string { return "Open it from the page that links to it." }
func (en) Forbidden() string      { return "Not allowed" }
func (en) ForbiddenText() string {
	return "The request came from another site, or your account may not do this."
}
func (en) TooLarge() string { return "Too much at once" }
func (en) TooLargeText(most string) string {
	return "What you sent is larger than " + most + ". Shorten it and send it again."
}
func (en) TooMany() string     { return "Too many requests" }
func (en) TooManyText() string { return "Wait a minute and try again." }
func (en) NotReady() string    { return "The page is not ready yet" }
func (en) NotReadyText() string {
	return "The server has just started. Try again in a few seconds. This says nothing about what the page watches."
}
func (en) BadRequest() string     { return "The request could not be understood" }
func (en) BadRequestText() string { return "Go back and try again." }
func (en) Failed() string         { return "Something failed on our side" }
func (en) FailedText() string {
	return "It has been logged. This says nothing about what the page watches: the status page itself may still be read."
}

var numbers = []string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

func number(n int) string {
	if n < len(numbers) {
		return numbers[n]
	}
	return strconv.Itoa(n)
}
