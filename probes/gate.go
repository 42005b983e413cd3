package probes

import (
	"context"
	"runtime"
	"runtime/metrics"
	"time"
)

const (
	crowd   = 100                    // goroutines that wait for a core, for each core: too many to begin more
	breath  = time.Millisecond       // until the crowd is looked at again
	goAhead = 100 * time.Millisecond // a run waits no longer for a crowd: it may not be the probes'
)

// gate lets runs begin one after another, and only while the cores keep up. Past what they can do it is starts that are
// late, and are skipped, and not answers, which would be held against the targets. Runs that wait for an answer do not
// count, however many they are.
type gate struct {
	turn    chan struct{}
	crowded func() bool // only whoever has the turn asks
}

func newGate() gate {
	waiting := []metrics.Sample{{Name: "/sched/goroutines/runnable:goroutines"}}
	return gate{make(chan struct{}, 1), func() bool {
		metrics.Read(waiting)
		return waiting[0].Value.Uint64() > uint64(crowd*runtime.GOMAXPROCS(0))
	}}
}

// pass returns once a run may begin; false when ctx ended before.
func (g gate) pass(ctx context.Context) bool {
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	defer func() { <-g.turn }()
	for began := time.Now(); g.crowded() && time.Since(began) < goAhead; {
		select {
		case <-time.After(breath):
		case <-ctx.Done():
			return false
		}
	}
	return true
}
