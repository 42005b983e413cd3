package languages

// evidenceWords are what the checks saw.
type evidenceWords interface {
	WhatChecksSaw() string
	UprightLine() string // with {}
	RunTime() string
	NoResults() string
	ChartWords(name, first, from, last, until, low, high string) string
}

// historyWords are the history.
type historyWords interface {
	PastIncidents(product string) string
	AllPostmortems() string
	NoneOnRecord() string
	OtherMonths() string
	OlderIncidents() string
	NewerIncidents() string
	Component() string
	All() string
	AtLeast() string
	AnyImpact() string
	WithPostmortem() string
	Show() string
	ShowAll() string
	NoSuchIncident() string
	NoIncident() string
}

// componentWords are the page of a component, and of uptime.
type componentWords interface {
	NoCheck() string
	UptimeOver(span string) string
	Calendar() string
	MonthsAndComponents() string
	Incidents() string
	NoneInYear() string
	FollowIt() string
	Badge() string
	UptimeIn(month string) string
	UptimeOfIn(product, month string) string
	MonthBefore() string
	MonthAfter() string
	NoComponent() string
	ChooseDay() string
}

// dayWords are the page of a day.
type dayWords interface {
	DayIsUTC() string
	DayBefore() string
	DayAfter() string
}

// explainedWords are how a percentage came about.
type explainedWords interface {
	UptimeOf(name string) string
	HowItCame(uptime, span string) string
	SecondsCounted() string
	Time() string
	Seconds() string
	CountsAsDown() string
	AllTime() string
	NotSeenLeftOut() string
	SeenCounted() string
	OfItMajor() string
	OfItPartial() string
	OfItDegraded() string
	OfItMaintenance() string
	InFull() string
	ForShare(percent string) string
	No() string
	TheRule() string
	RuleFormula(weight string) string
	RuleOverlap() string
	RuleBegins() string
	RuleSeen() string
	RuleUnwatched() string
	RuleNotSeen() string
	RuleRounds() string
	IncidentsInDays() string
	NothingKnown() string
}

// reportsWords are the list of postmortems.
type reportsWords interface {
	WhatWeLearned(product string) string
	WhatHappened() string
	Published() string // with {}
	Changed() string   // with {}
	Search() string
	Find() string
	NoneYet() string
	NoneHasWords() string
}

// careWords are what a postmortem promises: follow-ups, and guards that watch.
type careWords interface {
	WhatWeDo() string
	DoneOf(done, all int) string
	DoneOn() string    // with {}
	DroppedOn() string // with {}
	DueOn(date string) string
	DueNotDone(date string) string
	NotDoneYet() string
	WatchedSince() string // with {}
	FailingSince() string // with {}
	CheckRemoved() string
	CheckRemovedOn() string // with {}
	NotReportedYet() string
	NotReportedSince() string // with {}
	HoldsAgain(date string) string
	Holding() string
	HeldOf(percent, checks string) string
}

// correctionWords are what was told and proved wrong: times, and wordings.
type correctionWords interface {
	CorrectedTimes() string
	CorrectedOn() string // with {}
	Was() string         // with {}
	NoImpact() string
	ImpactFrom(status string) string            // with {}
	ImpactFromUntil(status, span string) string // with {} twice
	EditedOn() string                           // with {}
	CorrectedInDays() string
	BeforeCorrections() string // with {}
	OfItCorrected(span string) string
	CorrectedByPeople() string
	AsCorrected() string
	RuleCorrected() string
}

// chartWords are charts of what was measured.
type chartWords interface {
	HowFast() string
	MeasuredAround() string
	AroundIncident(list string) string
	Measured(name, value string) string
	NothingMeasured() string
	ChartsHowFar() string
	NothingToDraw() string
	Figures() string
	Incident() string
	ChartsExplained(zone string) string
	Percentile(p int) string
}
