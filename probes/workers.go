package probes

import (
	"context"
	"sync/atomic"
)

// spare is how many workers wait for something to do at most.
const spare = 64

// workers are goroutines that do one thing after another: a new one has to make its stack grow first, again and again until
// a request fits, which takes a twelfth of a run over HTTP.
type workers struct {
	jobs chan func()
	idle atomic.Int32
}

func newWorkers() *workers { return &workers{jobs: make(chan func())} }

// do has f done, by a worker that waits or else by a new one, which then waits for more until ctx ends.
func (w *workers) do(ctx context.Context, f func()) {
	select {
	case w.jobs <- f:
	default:
		go w.work(ctx, f)
	}
}

func (w *workers) work(ctx context.Context, f func()) {
	for {
		f()
		if w.idle.Add(1) > spare {
			w.idle.Add(-1)
			return
		}
		select {
		case f = <-w.jobs:
			w.idle.Add(-1)
		case <-ctx.Done():
			return
		}
	}
}
