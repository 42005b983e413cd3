package probes

import (
	"context"
	"runtime"
	"runtime/metrics"
	"time"
)

const (
	crowd   = 100                    // goroutines that wait for a core, for each core: too many to begin more
	glances = 8                      // so many runs begin before the crowd is looked at again
	breath  = time.Millisecond       // until then while it is too large
	goAhead = 100 * time.Millisecond // a run waits no longer for a crowd: it may not be the probes'
)

// gate lets runs begin one after another, and only while the cores keep up. Past what they can do it is starts that are
// late, and are skipped, and not answers, which would be held against the targets. Runs that wait for an answer do not
// count, however many they are.
type gate struct {
	turn    chan int // how many more begin without a look
	crowded func() bool
}

func newGate() gate {
	waiting := []metrics.Sample{{Name: "/sched/goroutines/runnable:goroutines"}}
	cores := min(runtime.GOMAXPROCS(0), runtime.NumCPU())
	g := gate{make(chan int, 1), func() bool { // only whoever has the turn asks
		metrics.Read(waiting)
		return waiting[0].Value.Uint64() > uint64(crowd*cores)
	}}
	g.turn <- 0
	return g
}

// pass returns once a run may begin; false when ctx ended before.
func (g gate) pass(ctx context.Context) bool {
	var more int
	select {
	case more = <-g.turn:
	case <-ctx.Done():
		return false
	}
	defer func() { g.turn <- more }()
	if more > 0 {
		more--
		return true
	}
	for began := time.Now(); g.crowded(); {
		if time.Since(began) >= goAhead {
			return true
		}
		select {
		case <-time.After(breath):
		case <-ctx.Done():
			return false
		}
	}
	more = glances - 1
	return true
}
