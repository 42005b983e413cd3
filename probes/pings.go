package probes

import (
	"errors"
	"strconv"
	"time"
)

// Signal is what a report from outside says of a job.
type Signal string

const (
	Started   Signal = "start"   // a run has begun
	Succeeded Signal = "success" // a run has ended well
	Broke     Signal = "fail"    // a run has ended badly
	Awaited   Signal = "awaited" // nobody's report: Candor's own mark of when it began to wait for one
)

// Ping is a report that came from outside.
type Ping struct {
	Probe  string // key of the probe that waits for it
	At     time.Time
	Signal Signal
	Exit   int    // the job's exit status, 0 when it told none
	Body   string // what the job said
}

// Bounds of what is kept of reports.
const (
	KeptPings   = 50       // of each probe, the newest
	MaxPingBody = 10 << 10 // bytes
)

var (
	// ErrNoHeartbeat says that no heartbeat has the secret of a report.
	ErrNoHeartbeat = errors.New("no heartbeat has this secret")
	// ErrTooOften says that a heartbeat's reports come faster than they are stored.
	ErrTooOften = errors.New("the reports come too often")
)

// ParseSignal reads what stands behind a heartbeat's secret: nothing, start, fail, or an exit status from 0 to 255.
func ParseSignal(text string) (signal Signal, exit int, ok bool) {
	switch text {
	case "":
		return Succeeded, 0, true
	case string(Started), string(Broke):
		return Signal(text), 0, true
	}
	n, err := strconv.ParseUint(text, 10, 8)
	switch {
	case err != nil:
		return "", 0, false
	case n > 0:
		return Broke, int(n), true
	}
	return Succeeded, 0, true
}

// Bounded returns the report with its body cut to what is kept, as text that every database takes.
func (p Ping) Bounded() Ping {
	p.Body = cut(p.Body, MaxPingBody)
	return p
}
