package probes

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"sync"
	"time"
)

// grace is how long after its deadline a check may take to notice it.
const grace = time.Second

// Run runs every probe on its schedule until ctx ends, and hands each result to sink.
// It returns when the last run has ended. Starts are spread over the interval by the probe's key,
// so a restart is no stampede, and each probe has a goroutine, so a slow target delays nobody else.
// Where the machine cannot keep up, runs begin late and are skipped, and results say so.
func Run(ctx context.Context, probes []Probe, sink func(context.Context, Result) error) {
	hurry := make(map[string]chan struct{}, len(probes))
	for _, p := range probes {
		hurry[p.Key] = make(chan struct{}, 1)
	}
	gate, began := newGate(), time.Now()
	var wg sync.WaitGroup
	for _, p := range probes {
		wg.Go(func() { newRunner(p, hurry, sink).loop(ctx, gate, began) })
	}
	wg.Wait()
}

// runner keeps one probe on its schedule.
type runner struct {
	Probe
	hurry map[string]chan struct{} // by probe key: run now
	sink  func(context.Context, Result) error

	checking *sync.Mutex // held while a check runs, so that one which never ends is not joined by others
}

func newRunner(p Probe, hurry map[string]chan struct{}, sink func(context.Context, Result) error) runner {
	return runner{p, hurry, sink, &sync.Mutex{}}
}

// loop runs the probe until ctx ends; all probes began at once.
func (r runner) loop(ctx context.Context, gate gate, began time.Time) {
	last, rechecks := OK, 0
	plan := schedule{due: began.Add(r.offset()), wait: r.Interval}
	timer := time.NewTimer(time.Until(plan.due))
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-r.hurry[r.Key]:
			plan.due = time.Now()
		case <-r.Now:
			plan.due = time.Now()
		}
		if !gate.pass(ctx) {
			return
		}
		late, skipped := plan.begin(time.Now())
		result, ok := r.once(ctx)
		if !ok {
			return
		}
		ended := time.Now()
		result.Late, result.Skipped = late, skipped
		if err := r.sink(ctx, result); err != nil && ctx.Err() == nil {
			slog.Error("store a probe result", "probe", r.Key, "error", err)
		}
		if result.Outcome != last {
			last, rechecks = result.Outcome, r.Rechecks
			r.alertUpstream()
		} else if rechecks > 0 {
			rechecks--
		}
		wait := r.Interval
		if rechecks > 0 {
			wait = r.Recheck
		}
		plan.end(ended, wait)
		timer.Reset(time.Until(plan.due))
	}
}

// alertUpstream asks for a fresh look at what the target depends on, so that the cause is known with the symptom.
func (r runner) alertUpstream() {
	for _, key := range r.Upstream {
		select {
		case r.hurry[key] <- struct{}{}:
		default: // already asked, or no such probe here
		}
	}
}

// together is how close starts may be before they become one: a core that wakes up for several probes takes less than one
// that wakes up for each.
const together = 5 * time.Millisecond

// offset spreads first runs over the interval, at most ten seconds, the same way after each restart.
func (r runner) offset() time.Duration {
	h := fnv.New64a()
	h.Write([]byte(r.Key))
	return time.Duration(h.Sum64() % uint64(max(1, min(r.Interval, 10*time.Second)))).Truncate(together)
}

// once runs the check in its own goroutine, so that one which ignores its deadline cannot stop the schedule.
// ok is false when ctx ended before the check did: an interrupted run says nothing about the target.
func (r runner) once(ctx context.Context) (result Result, ok bool) {
	began := time.Now()
	if !r.checking.TryLock() {
		return r.complete(Result{Outcome: Unknown, Reason: Internal, Detail: "the check before this one has not ended yet"}, began), true
	}
	deadline, cancel := context.WithTimeout(ctx, r.Timeout)
	defer cancel()
	done := make(chan Result, 1)
	go func() {
		defer r.checking.Unlock()
		done <- guarded(deadline, r.Checker)
	}()
	select {
	case result = <-done:
	case <-deadline.Done():
		select {
		case result = <-done:
		case <-time.After(grace):
			result = Result{Outcome: Unknown, Reason: Internal,
				Detail: fmt.Sprintf("the check ignored its time limit of %s", r.Timeout)}
		}
	}
	if ctx.Err() != nil {
		return Result{}, false
	}
	return r.complete(result, began), true
}

func (r runner) complete(result Result, began time.Time) Result {
	result.Probe, result.Place, result.At = r.Key, r.Place, began.UTC()
	if result.Place == "" {
		result.Place = "local"
	}
	result.Took = time.Since(began)
	return bound(result)
}

// Once runs a probe a single time, within its timeout, outside any schedule.
func Once(ctx context.Context, p Probe) Result {
	r := newRunner(p, nil, nil)
	result, ok := r.once(ctx)
	if !ok {
		return r.complete(Result{Outcome: Unknown, Reason: Internal, Detail: "interrupted"}, time.Now())
	}
	return result
}

// guarded turns a panic of a checker into a result, so that one bad check cannot end the server.
func guarded(ctx context.Context, c Checker) (result Result) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("a check panicked", "panic", fmt.Sprint(p))
			result = Result{Outcome: Unknown, Reason: Internal, Detail: "the check panicked; see the server's log"}
		}
	}()
	return c.Check(ctx)
}
