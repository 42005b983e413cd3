package probes

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// grace is how long after its deadline a check may take to notice it.
const grace = time.Second

// Run runs every probe on its schedule until ctx ends, and hands each result to sink.
// It returns when the last run has ended, or grace after ctx: what ends later is not handed on. Starts are spread over the
// interval by the probe's key, so a restart is no stampede, and each run has a goroutine, so a slow target delays nobody else.
// Where the machine cannot keep up, runs begin late and are skipped, and results say so.
func Run(ctx context.Context, probes []Probe, sink func(context.Context, Result) error) {
	var runs sync.WaitGroup
	crew := make(map[string]*runner, len(probes))
	for _, p := range probes {
		crew[p.Key] = &runner{Probe: p, crew: crew, sink: sink, runs: &runs, last: OK}
	}
	gate, workers, began := newGate(), newWorkers(), time.Now()
	for _, r := range crew {
		r.start(ctx, gate, workers, began)
	}
	<-ctx.Done()
	for _, r := range crew {
		r.stop()
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		runs.Wait()
	}()
	await(ctx, ended)
}

// await waits for an end, but no longer than grace after ctx.
func await(ctx context.Context, end <-chan struct{}) {
	select {
	case <-end:
		return
	case <-ctx.Done():
	}
	select {
	case <-end:
	case <-time.After(grace):
	}
}

// runner keeps one probe on its schedule. Between two runs it is a timer, and no goroutine: their stacks would be what
// the collector has most to do with.
type runner struct {
	Probe
	crew map[string]*runner // by probe key
	sink func(context.Context, Result) error
	runs *sync.WaitGroup

	mu    sync.Mutex
	timer *time.Timer
	busy  bool // a run is under way
	again bool // and was asked for once more meanwhile
	over  bool // no more begin

	checking sync.Mutex // held while a check runs, so that one which never ends is not joined by others

	plan     schedule // these are the run's that is under way
	last     Outcome
	rechecks int
}

// start plans the first run; all probes began at once.
func (r *runner) start(ctx context.Context, gate gate, workers *workers, began time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.plan = schedule{due: began.Add(r.offset()), wait: r.Interval}
	run := func() { r.run(ctx, gate) }
	r.timer = time.AfterFunc(time.Until(r.plan.due), func() {
		if r.take() {
			workers.do(ctx, run)
		}
	})
	if r.Now != nil {
		r.runs.Go(func() { r.listen(ctx) })
	}
}

// take says whether a run may begin, which then ends with leave.
func (r *runner) take() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy || r.over {
		return false
	}
	r.busy = true
	r.runs.Add(1)
	return true
}

// leave ends a run, and waits for the next one.
func (r *runner) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.busy = false
	if r.again {
		r.again, r.plan.due = false, time.Now()
	}
	if !r.over {
		r.timer.Reset(time.Until(r.plan.due))
	}
	r.runs.Done()
}

// stop lets no more runs begin.
func (r *runner) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	r.timer.Stop()
}

// hurry asks for a run at once, or right after the one that is under way.
func (r *runner) hurry() {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.over || r.timer == nil:
	case r.busy:
		r.again = true
	default:
		r.plan.due = time.Now()
		r.timer.Reset(0)
	}
}

// listen hurries when it is asked to from outside.
func (r *runner) listen(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.Now:
			r.hurry()
		}
	}
}

// run runs the probe once, and plans the next run.
func (r *runner) run(ctx context.Context, gate gate) {
	if !gate.pass(ctx) {
		r.leave()
		return
	}
	late, skipped := r.plan.begin(time.Now())
	r.once(ctx, r.limit(late), func(result Result) {
		defer r.leave()
		if ctx.Err() != nil {
			return // an interrupted run says nothing about the target
		}
		ended := time.Now()
		result.Late, result.Skipped = late, skipped
		if err := r.sink(ctx, result); err != nil && ctx.Err() == nil {
			slog.Error("store a probe result", "probe", r.Key, "error", err)
		}
		if result.Outcome != r.last {
			r.last, r.rechecks = result.Outcome, r.Rechecks
			r.alertUpstream()
		} else if r.rechecks > 0 {
			r.rechecks--
		}
		wait := r.Interval
		if r.rechecks > 0 {
			wait = r.Recheck
		}
		r.plan.end(ended, wait)
	})
}

// alertUpstream asks for a fresh look at what the target depends on, so that the cause is known with the symptom.
func (r *runner) alertUpstream() {
	for _, key := range r.Upstream {
		if up := r.crew[key]; up != nil {
			up.hurry()
		}
	}
}

// together is how close starts may be before they become one: a core that wakes up for several probes takes less than one
// that wakes up for each.
const together = 5 * time.Millisecond

// offset spreads first runs over the interval, at most ten seconds, the same way after each restart.
func (r *runner) offset() time.Duration {
	h := fnv.New64a()
	h.Write([]byte(r.Key))
	return time.Duration(h.Sum64() % uint64(max(1, min(r.Interval, 10*time.Second)))).Truncate(together)
}

// ending is what a run takes to end, after its check.
const ending = 5 * time.Millisecond

// limit is how long a check may take whose run began so late. It ends before the next run is due: otherwise those that hang for
// the whole interval would put their next ones off again and again, and in the end all begin together. That takes no more
// than a twentieth of its time from a check.
func (r *runner) limit(late time.Duration) time.Duration {
	over := r.Timeout + late + ending - r.Interval
	return r.Timeout - max(0, min(over, r.Timeout/20))
}

// once runs the check and calls then with what it found, or without it when it ignores its deadline for longer than grace:
// such a check cannot stop the schedule.
func (r *runner) once(ctx context.Context, limit time.Duration, then func(Result)) {
	began := time.Now()
	var told atomic.Bool
	tell := func(result Result) {
		if told.CompareAndSwap(false, true) {
			then(r.complete(result, began))
		}
	}
	if !r.checking.TryLock() {
		tell(Result{Outcome: Unknown, Reason: Internal, Detail: "the check before this one has not ended yet"})
		return
	}
	ignored := time.AfterFunc(r.Timeout+grace, func() {
		tell(Result{Outcome: Unknown, Reason: Internal, Detail: fmt.Sprintf("the check ignored its time limit of %s", r.Timeout)})
	})
	defer ignored.Stop()
	tell(r.check(ctx, limit))
}

// check runs the check within its time.
func (r *runner) check(ctx context.Context, limit time.Duration) Result {
	defer r.checking.Unlock()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return guarded(ctx, r.Checker)
}

func (r *runner) complete(result Result, began time.Time) Result {
	result.Probe, result.Place, result.At = r.Key, r.Place, began.UTC()
	if result.Place == "" {
		result.Place = "local"
	}
	result.Took = time.Since(began)
	return bound(result)
}

// Once runs a probe a single time, within its timeout, outside any schedule.
func Once(ctx context.Context, p Probe) Result {
	r := &runner{Probe: p}
	var result Result
	ended := make(chan struct{})
	go r.once(ctx, p.Timeout, func(found Result) {
		result = found
		close(ended)
	})
	await(ctx, ended)
	if ctx.Err() != nil {
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
