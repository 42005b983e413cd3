package languages

import (
	"strconv"
	"strings"
)

// The words of English for what one looks into.

func (en) WhatChecksSaw() string { return "What our checks saw" }
func (en) UprightLine() string {
	return "From {} to {} · the upright line is where the failure began."
}
func (en) RunTime() string   { return "run time" }
func (en) NoResults() string { return "The probe has no results from that time." }
func (en) ChartWords(name, first, from, last, until, low, high string) string {
	return name + " from " + first + " at " + from + " to " + last + " at " + until + ", between " + low + " and " + high
}

func (en) PastIncidents(product string) string { return "Past incidents of " + product + "." }
func (en) AllPostmortems() string              { return "All postmortems" }
func (en) NoneOnRecord() string                { return "No incident is on record." }
func (en) OtherMonths() string                 { return "Other months" }
func (en) OlderIncidents() string              { return "Older incidents" }
func (en) NewerIncidents() string              { return "Newer incidents" }
func (en) Component() string                   { return "Component" }
func (en) All() string                         { return "All" }
func (en) AtLeast() string                     { return "At least" }
func (en) AnyImpact() string                   { return "Any impact" }
func (en) WithPostmortem() string              { return "With a postmortem" }
func (en) Show() string                        { return "Show" }
func (en) ShowAll() string                     { return "Show all" }
func (en) NoSuchIncident() string              { return "No such incident." }
func (en) NoIncident() string                  { return "No incident." }

func (en) NoCheck() string               { return "No check looks at it: what stands here is what people posted." }
func (en) UptimeOver(span string) string { return "Uptime in " + span }
func (en) Calendar() string              { return "Calendar" }
func (en) MonthsAndComponents() string   { return "Other months and components" }
func (en) Incidents() string             { return "Incidents" }
func (en) NoneInYear() string {
	return "None in the last year, or since this component is on the page."
}
func (en) FollowIt() string             { return "Follow it" }
func (en) Badge() string                { return "Badge" }
func (en) UptimeIn(month string) string { return "Uptime in " + month }
func (en) UptimeOfIn(product, month string) string {
	return "Uptime of " + product + " in " + month + "."
}
func (en) MonthBefore() string { return "Month before" }
func (en) MonthAfter() string  { return "Month after" }
func (en) NoComponent() string { return "No component is on this page." }
func (en) ChooseDay() string   { return "A day is one in UTC. Choose one to see what happened." }

func (en) DayIsUTC() string  { return "A day is one in UTC, from midnight to midnight." }
func (en) DayBefore() string { return "Day before" }
func (en) DayAfter() string  { return "Day after" }

func (en) UptimeOf(name string) string { return "Uptime of " + name }
func (en) HowItCame(uptime, span string) string {
	return uptime + " in " + span + ": how it came about"
}
func (en) SecondsCounted() string         { return "Seconds counted" }
func (en) Time() string                   { return "Time" }
func (en) Seconds() string                { return "Seconds" }
func (en) CountsAsDown() string           { return "Counts as down" }
func (en) AllTime() string                { return "All" }
func (en) NotSeenLeftOut() string         { return "Not seen: left out" }
func (en) SeenCounted() string            { return "Seen: counted" }
func (en) OfItMajor() string              { return "of it major outage" }
func (en) OfItPartial() string            { return "of it partial outage" }
func (en) OfItDegraded() string           { return "of it degraded performance" }
func (en) OfItMaintenance() string        { return "of it maintenance" }
func (en) InFull() string                 { return "in full" }
func (en) ForShare(percent string) string { return "for " + percent }
func (en) No() string                     { return "no" }
func (en) TheRule() string                { return "The rule" }
func (en) RuleFormula(weight string) string {
	return "Uptime is 1 − (major outage + " + weight + " × partial outage) ÷ the time that was seen. It is the arithmetic that Statuspage published."
}
func (en) RuleOverlap() string {
	return "Where incidents overlap, each second counts once, as the worst of them."
}
func (en) RuleBegins() string {
	return "An outage begins with the first check that failed, not when it was confirmed or told."
}
func (en) RuleSeen() string {
	return "Time is seen when the checks told something: of a day that share of the runs that were due. Runs that could not tell, and those that never came, are not seen. Days before the first run are not seen either."
}
func (en) RuleUnwatched() string {
	return "No check looks at this component. The time since it is on the page counts as seen, and what people posted is what was seen."
}
func (en) RuleNotSeen() string {
	return "What is not seen counts neither as up nor as down. An outage that an incident tells of is always counted."
}
func (en) RuleRounds() string      { return "The page rounds down, so that 100% is never said of less." }
func (en) IncidentsInDays() string { return "Incidents in these days" }
func (en) NothingKnown() string    { return "Nothing is known of them." }

func (en) WhatWeLearned(product string) string {
	return "What we learned from incidents of " + product + "."
}
func (en) WhatHappened() string { return "What happened, why, and what keeps it from happening again." }
func (en) Published() string    { return "published {}" }
func (en) Changed() string      { return "changed {}" }
func (en) Search() string       { return "Search" }
func (en) Find() string         { return "Find" }
func (en) NoneYet() string      { return "None has been published yet." }
func (en) NoneHasWords() string { return "None has all these words. Try fewer, or a part of one." }

func (en) WhatWeDo() string { return "What we do about it" }
func (en) DoneOf(done, all int) string {
	return strconv.Itoa(done) + " of " + strconv.Itoa(all) + " done"
}
func (en) DoneOn() string                       { return "Done {}" }
func (en) DroppedOn() string                    { return "Dropped {}" }
func (en) DueOn(date string) string             { return "Due " + date }
func (en) DueNotDone(date string) string        { return "Due " + date + ", not done yet" }
func (en) NotDoneYet() string                   { return "Not done yet" }
func (en) WatchedSince() string                 { return "Watched by a check since {}" }
func (en) FailingSince() string                 { return "failing since {}" }
func (en) CheckRemoved() string                 { return "the check was removed and never reported" }
func (en) CheckRemovedOn() string               { return "the check was removed, and reported last on {}" }
func (en) NotReportedYet() string               { return "it has not reported yet" }
func (en) NotReportedSince() string             { return "it has not reported since {}" }
func (en) HoldsAgain(date string) string        { return "holding again; it failed on " + date }
func (en) Holding() string                      { return "holding" }
func (en) HeldOf(percent, checks string) string { return percent + " of " + checks + " checks held" }

func (en) CorrectedTimes() string          { return "Corrected times" }
func (en) CorrectedOn() string             { return "Corrected on {}" }
func (en) Was() string                     { return "was {}" }
func (en) NoImpact() string                { return "no impact" }
func (en) ImpactFrom(status string) string { return strings.ToLower(status) + " from {}" }
func (en) ImpactFromUntil(status, span string) string {
	return strings.ToLower(status) + " from {} to {} (" + span + ")"
}
func (en) EditedOn() string                 { return "Edited {} · what it said before" }
func (en) CorrectedInDays() string          { return "Corrected in these days" }
func (en) BeforeCorrections() string        { return "Before the corrections it was {}:" }
func (en) OfItCorrected(span string) string { return "Of it corrected by people: " + span }
func (en) CorrectedByPeople() string        { return "Corrected by people" }
func (en) AsCorrected() string              { return "as corrected" }
func (en) RuleCorrected() string {
	return "Where people found that an incident’s times were wrong, they corrected them: what is right counts, and what was told stays to be read."
}

func (en) HowFast() string        { return "How fast it is" }
func (en) MeasuredAround() string { return "Measured around it" }
func (en) AroundIncident(list string) string {
	return "From an hour before to an hour after: " + list + "."
}
func (en) Measured(name, value string) string { return name + " " + value }
func (en) NothingMeasured() string            { return "nothing was measured" }
func (en) ChartsHowFar() string               { return "How far back the charts go" }
func (en) NothingToDraw() string              { return "There is nothing to draw yet." }
func (en) Figures() string                    { return "Figures" }
func (en) Incident() string                   { return "Incident" }
func (en) ChartsExplained(zone string) string {
	return "Half of what was measured is at or below the median, 95 of 100 at or below the 95th percentile, each within 2%. Where a line is missing, no check ran or none got an answer. Shaded times are incidents. Times below a chart are those of " + zone + "."
}
func (en) Percentile(p int) string {
	ending := map[int]string{1: "st", 2: "nd", 3: "rd"}[p%10]
	if ending == "" || p/10 == 1 {
		ending = "th"
	}
	return percentile(p, "median", "maximum", "{0}"+ending+" percentile")
}
