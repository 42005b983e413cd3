package sim

import (
	"sync"
	"time"
)

// Fault names one way to break Studio.
type Fault string

const (
	StopWorker        Fault = "stop-worker"        // nobody takes messages from the queue, so it fills up
	RefuseConnections Fault = "refuse-connections" // the queue accepts no connection
	ProcessingErrors  Fault = "processing-errors"  // the worker fails on every campaign
	LoseMail          Fault = "lose-mail"          // mail is sent, but never arrives
	WhiteScreen       Fault = "white-screen"       // Classic Studio answers with an empty page
	SlowPages         Fault = "slow-pages"         // both front ends open, but late
)

// card tells people what a fault does.
type card struct {
	Fault   Fault
	Name    string // what the button does
	Breaks  string // what a customer notices
	Symptom string // the line of the May 2 report
	Expect  string // what the status page should come to
}

// cards holds every fault, in the order of the control page.
var cards = []card{
	{StopWorker, "Stop the campaign worker",
		"Test campaigns stay queued. Once the queue is full they cannot be sent at all, New Studio does not load and Classic Studio stays white.",
		"One of the queues was backed up: the cause of everything else that day.",
		"Test campaigns fail first, with the backlog as the cause. When the queue is full, both Studios join the same incident."},
	{RefuseConnections, "Refuse connections to the queue",
		"From one moment to the next nothing starts: no Studio opens, no test campaign is accepted.",
		"New Studio requests could not establish connections to the service.",
		"One incident for both Studios, test campaigns and test e-mails; to responders, the queue that refuses is the cause."},
	{ProcessingErrors, "Fail on every campaign",
		"A test campaign is accepted, then ends in a processing error.",
		"Processing error messages.",
		"One incident for test campaigns and test e-mails; both Studios stay well."},
	{LoseMail, "Lose outgoing mail",
		"Test campaigns count as sent, but the mail does not arrive.",
		"Test campaign emails are not being delivered.",
		"An incident on test e-mail delivery alone, found only by a check that waits for the mail."},
	{WhiteScreen, "White screen in Classic Studio",
		"Classic Studio opens to an empty page. The answer is 200 OK, so a check of the status code alone sees nothing.",
		"White screens.",
		"An incident on Classic Studio alone; New Studio stays well."},
	{SlowPages, "Slow down both Studios",
		"Both Studios open, after several seconds of waiting.",
		"Studio loading issues.",
		"Both Studios degraded rather than down."},
}

func known(f Fault) bool {
	for _, c := range cards {
		if c.Fault == f {
			return true
		}
	}
	return false
}

// Break brings a fault about. A fault that is unknown or there already changes nothing.
func (s *Studio) Break(f Fault) { s.set(f, true) }

// Mend ends a fault. What it spoilt meanwhile stays spoilt: lost mail does not come back, a full queue drains as the worker gets on.
func (s *Studio) Mend(f Fault) { s.set(f, false) }

// MendAll ends every fault.
func (s *Studio) MendAll() {
	for _, c := range cards {
		s.Mend(c.Fault)
	}
}

// Faults returns what is broken now, in the order of the control page.
func (s *Studio) Faults() []Fault {
	var broken []Fault
	for _, c := range cards {
		if s.broken(c.Fault) {
			broken = append(broken, c.Fault)
		}
	}
	return broken
}

func (s *Studio) set(f Fault, broken bool) {
	s.changing.Lock() // the queue must end in the state that the fault says
	defer s.changing.Unlock()
	if known(f) && s.faults.set(f, broken) && f == RefuseConnections {
		s.queue.Refuse(broken)
	}
}

func (s *Studio) broken(f Fault) bool {
	since, _ := s.faults.state(f)
	return !since.IsZero()
}

// faults is the set of what is broken. The zero value is a Studio in good health.
type faults struct {
	mu     sync.Mutex
	states map[Fault]*faultState
}

type faultState struct {
	since   time.Time     // zero while mended
	flipped chan struct{} // closed at the next change
}

// set says whether it changed anything.
func (fs *faults) set(f Fault, broken bool) bool {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	state := fs.of(f)
	if broken != state.since.IsZero() {
		return false
	}
	close(state.flipped)
	fs.states[f] = &faultState{flipped: make(chan struct{})}
	if broken {
		fs.states[f].since = time.Now()
	}
	return true
}

// state returns since when f is broken, zero if it is not, and a channel that is closed at the next change.
func (fs *faults) state(f Fault) (since time.Time, flipped <-chan struct{}) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	state := fs.of(f)
	return state.since, state.flipped
}

func (fs *faults) of(f Fault) *faultState {
	if fs.states[f] == nil {
		if fs.states == nil {
			fs.states = make(map[Fault]*faultState)
		}
		fs.states[f] = &faultState{flipped: make(chan struct{})}
	}
	return fs.states[f]
}
