// Package probes checks a product from the outside and reports facts, never opinions.
package probes

import (
	"context"
	"time"
)

// Outcome is what one run of a probe came to.
type Outcome string

const (
	OK       Outcome = "ok"       // everything that was expected came
	Degraded Outcome = "degraded" // it works, but worse than it should
	Failed   Outcome = "failed"   // it does not work
	Unknown  Outcome = "unknown"  // the checker itself could not tell
)

// Bad says whether the outcome speaks against the target.
func (o Outcome) Bad() bool { return o == Degraded || o == Failed }

// Reason names the class of a finding, the same word for the same trouble in every kind.
type Reason string

const (
	Refused     Reason = "refused"     // the address is up, but nobody accepts the connection
	Unreachable Reason = "unreachable" // no way there: name, route or connect time-out
	TimedOut    Reason = "timed out"   // connected, but the answer did not come in time
	AuthFailed  Reason = "auth failed" // the target did not accept our credentials
	Blocked     Reason = "blocked"     // a broker accepts connections but holds back publishers
	Backlog     Reason = "backlog"     // messages pile up faster than they are worked off
	NoConsumer  Reason = "no consumer" // nobody takes messages from a queue
	NearLimit   Reason = "near limit"  // a resource is close to its limit
	Certificate Reason = "certificate" // the TLS certificate is not acceptable
	Unexpected  Reason = "unexpected"  // an answer came, but not the expected one
	TooLarge    Reason = "too large"   // the answer is larger than the cap
	Slow        Reason = "slow"        // the answer is right but late
	Missing     Reason = "missing"     // a report that was due has not come
	Internal    Reason = "internal"    // the checker has a problem of its own
)

// Result is what one run of a probe found. It is for responders: nothing of it but the outcome is ever public.
type Result struct {
	Probe        string        // key of the probe
	Place        string        // where the check ran; "local" on the server itself
	At           time.Time     // when the run began
	Took         time.Duration // how long it took
	Outcome      Outcome
	Reason       Reason // empty when the outcome is OK
	Detail       string // what was expected and what came, without secrets; empty when the outcome is OK
	Steps        []Step
	Measurements []Measurement
	Evidence     []Evidence // what the run saw, when that is worth keeping

	Late    time.Duration // how long after it was due the run began; not stored
	Skipped int           // how many runs right before this one were skipped because the machine fell behind; not stored
}

// Evidence is a piece of what a run saw: a screenshot, the head of an answer, a broker's numbers.
type Evidence struct {
	Name string // what it is, in a word or two: "answer"
	Type string // media type: one of EvidenceTypes
	Body []byte // without secrets
}

// EvidenceTypes are the media types that evidence may have.
var EvidenceTypes = []string{"text/plain", "image/png", "image/jpeg", "image/webp"}

// Step is one timed part of a run.
type Step struct {
	Name string        `json:"name"`
	Took time.Duration `json:"took"` // nanoseconds in JSON
}

// Measurement is a number that a run read, with its unit ("messages", "bytes", "ratio", "s").
type Measurement struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Limit float64 `json:"limit,omitempty"` // where trouble begins; 0 when there is no limit
	Floor bool    `json:"floor,omitempty"` // trouble begins below the limit, not above
}

// Checker looks at a target once. It returns soon after ctx ends and never panics on bad answers.
// It fills Outcome, Reason, Detail, Steps, Measurements and Evidence; Run fills the rest.
type Checker interface {
	Check(ctx context.Context) Result
}

// Probe is a check on a schedule.
type Probe struct {
	Key      string
	Place    string          // empty means "local"
	Interval time.Duration   // between the starts of two runs
	Timeout  time.Duration   // of one run
	Recheck  time.Duration   // between two runs after a surprise
	Rechecks int             // how many runs follow a surprise at the Recheck interval
	Upstream []string        // probes of what this target depends on; they run at once after a surprise here
	Now      <-chan struct{} // each value asks for a run at once; may be nil
	Checker  Checker
}
