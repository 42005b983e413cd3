package probes

import (
	"context"
	"sync/atomic"
)

// spare is how many goroutines wait for something to do at most.
const spare = 64

// hands do one thing after another: a new goroutine has to make its stack grow first, again and again until a request fits,
// which takes a twelfth of a run over HTTP.
type hands struct {
	work chan func()
	idle atomic.Int32
}

func newHands() *hands { return &hands{work: make(chan func())} }

// do has f done, by who waits for it or else by a new goroutine, which then waits for more until ctx ends.
func (h *hands) do(ctx context.Context, f func()) {
	select {
	case h.work <- f:
	default:
		go h.keepDoing(ctx, f)
	}
}

func (h *hands) keepDoing(ctx context.Context, f func()) {
	for {
		f()
		if h.idle.Add(1) > spare {
			h.idle.Add(-1)
			return
		}
		select {
		case f = <-h.work:
			h.idle.Add(-1)
		case <-ctx.Done():
			return
		}
	}
}
