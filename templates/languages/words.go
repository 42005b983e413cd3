package languages

// Words are the fixed words of the public page. Each language has a method for each, so that the compiler misses none.
// Where {} stands in a text, something is put that is not only text: a time, a link.
type Words interface {
	frameWords
	scriptWords
	answerWords
	statusWords
	frontWords
	incidentWords
	maintenanceWords
	evidenceWords
	historyWords
	componentWords
	dayWords
	explainedWords
	reportsWords
	careWords
	correctionWords
	chartWords
	noticeWords
	accessWords
	problemWords
}

// Sentence is one whose middle is marked by colour: "All of Studio *works*."
type Sentence struct{ Before, Mark, After string }

// Text returns the sentence without its mark.
func (s Sentence) Text() string { return s.Before + s.Mark + s.After }

// frameWords are what stands on every page.
type frameWords interface {
	Skip() string
	Pages() string
	History() string
	Uptime() string
	Postmortems() string
	Languages() string
	HowBars() string
	PageOf() string // with {}
	TimesIn(zone string) string
	PoweredBy() string
	Colon() string
	Semicolon() string
	Stop() string
}

// scriptWords are what the scripts say. {} is a time zone or a duration.
type scriptWords interface {
	YourZone() string // with {}
	Due() string
	Late() string // with {}
	For() string  // with {}
	Close() string
}

// answerWords are the sentence that the page begins with.
type answerWords interface {
	Works(product string) Sentence
	WorksAgain(product string) Sentence
	NotWorking(product string) Sentence
	AllTroubled(product string) Sentence
	SomeNotWorking(product string) Sentence
	SomeSlow(product string) Sentence
	SomeMaintained(product string) Sentence
	AllMaintained(product string) Sentence
	LookingInto(product string) Sentence
	CannotSee(product string) Sentence
	AreAffected(names string, n int) string
	AreMaintained(names string, n int) string
	AreWorking(names string, n int) string
	AreUnseen(names string, n int) string
	ChecksSilent() string
	ChecksNotYet() string
	ChecksMiss(names string) string
	Checked() string // with {}
	AtTime(clock string) string
	LookAgain() string
}

// statusWords are how components and incidents are.
type statusWords interface {
	Operational() string
	UnderMaintenance() string
	DegradedPerformance() string
	PartialOutage() string
	MajorOutage() string
	NotKnown() string
	NoTrouble() string
	Maintenance() string
	NoData() string
	NotSeen() string
	Investigating() string
	Identified() string
	Monitoring() string
	Resolved() string
	Scheduled() string
	InProgress() string
	Verifying() string
	Completed() string
	Cancelled() string
	Update() string
}

// frontWords are the rest of the front page.
type frontWords interface {
	DaysMean() string
	HowFarBack() string
	DaysLabel() string
	Components() string
	DaysAgo(n int) string
	Today() string
	UptimeIs(percent string) string
	NoDataYet() string
	Seen(percent string) string
	LastDays(span, list string) string
	EarlierToday() string
	BeforeToday() string
	NoIncidentSince(date string) string
	NoOtherIncidentSince(date string) string
	NoIncidentIn(span string) string
	NoOtherIncidentIn(span string) string
	MonthHad(n int) string // with {}
	OpenSince() string     // with {}
	Lasted(span string) string
	Postmortem() string
	Others(names string, n int) string
}

// incidentWords are the page of an incident.
type incidentWords interface {
	Started() string // with {}
	NoticedIn(span string) string
	Steps() string
	NoLonger() string
	MayNotice() string
	MayHaveNoticed() string
	NextUpdateBy() string // with {}
	Affects(names string) string
	ThisAffected(names string) string
	Timeline() string
	NoticedAfter() string
	ToldAfter() string
	Open() string
	SinceTime(clock string) string
	FixedAfter() string
	UpdatesOnTime() string
	KeptOf(kept, due int) string
	PostedAutomatically() string
	ResolvedAfter(span string) string
	NewUpdate(title, status string) string
	NewUpdateAgain(title string) string
	NewPostmortem(title string) string
}

// maintenanceWords are planned maintenance.
type maintenanceWords interface {
	PlannedMaintenance() string
	CancelledMaintenance() string
	MaintainedSince() string // with {}
	PlannedEnd() string      // with {}
	PlannedFor() string      // with {}
	FromUntil() string       // with {}
	Planned() string         // with {}
	NowPlanned() string      // with {}
	Describe(status, from, until string) string
	WillAffect(names string) string
	ThisMaintenance(names string) string
	CompletedAfter(span string) string
	AddToCalendar() string
	MaintenanceCalendar() string
}

// noticeWords are what other sites show of the page in a frame.
type noticeWords interface {
	StatusSince(status string) string // with {}
	MoreNotices(n int) string
	More() string
	Dismiss() string
}

// accessWords are the way in to a private page.
type accessWords interface {
	PrivatePage() string
	PageIsPrivate() string
	Password() string
	OpenThePage() string
	OpenByLink() string
	SignInAsResponder() string
	LinkExpired() string
	WrongPassword() string
	DidNotWork() string
}

// problemWords are what went wrong with a request.
type problemWords interface {
	ToStatusPage() string
	AskUs() string // with {}
	NotFound() string
	NotFoundText() string
	Gone() string
	GoneText() string
	NotAllowed() string
	NotAllowedText() string
	Forbidden() string
	ForbiddenText() string
	TooLarge() string
	TooLargeText(most string) string
	TooMany() string
	TooManyText() string
	NotReady() string
	NotReadyText() string
	BadRequest() string
	BadRequestText() string
	Failed() string
	FailedText() string
}
