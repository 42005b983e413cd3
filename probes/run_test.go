package probes

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// script is a checker that comes to the given outcomes, one a run, the last for ever.
type script struct {
	outcomes string // o ok, x failed
	took     time.Duration
	n        int
}

func (s *script) Check(ctx context.Context) Result {
	time.Sleep(s.took)
	c := s.outcomes[min(s.n, len(s.outcomes)-1)]
	s.n++
	if c == 'x' {
		return Result{Outcome: Failed, Reason: Refused}
	}
	return Result{Outcome: OK}
}

// log collects results.
type log struct {
	mu      sync.Mutex
	results []Result
}

func (l *log) take(_ context.Context, r Result) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.results = append(l.results, r)
	return nil
}

// gaps returns the times between the runs of a probe, as "10s 10s 2s".
func (l *log) gaps(key string) string {
	var out []string
	var last time.Time
	for _, r := range l.results {
		if r.Probe != key {
			continue
		}
		if !last.IsZero() {
			out = append(out, fmt.Sprint(r.At.Sub(last)))
		}
		last = r.At
	}
	return strings.Join(out, " ")
}

// runFor runs probes for some time of a synctest bubble and returns what they found.
func runFor(t *testing.T, d time.Duration, list ...Probe) *log {
	t.Helper()
	l := &log{}
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	Run(ctx, list, l.take)
	return l
}

func TestRunRechecksASurprise(t *testing.T) {
	tests := []struct {
		name     string
		outcomes string
		took     time.Duration
		want     string
	}{
		{"a steady target is seen once an interval", "o", 0, "10s 10s 10s 10s 10s"},
		{"a slow one too: the interval is between starts", "o", 3 * time.Second, "10s 10s 10s 10s 10s"},
		{"a failure is looked at twice more, then the interval is back", "oxxxxx", 0, "10s 2s 2s 10s 10s"},
		{"so is a recovery", "xxxxoooo", 0, "2s 2s 10s 10s 2s 2s"},
		{"a single failure is two surprises", "oxoooo", 0, "10s 2s 2s 2s 10s"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := Probe{Key: "p", Interval: 10 * time.Second, Timeout: 5 * time.Second, Recheck: 2 * time.Second, Rechecks: 2,
					Checker: &script{outcomes: tt.outcomes, took: tt.took}}
				got := runFor(t, 10*time.Minute, p).gaps("p")
				if !strings.HasPrefix(got, tt.want+" ") {
					t.Errorf("runs came after %.60s…, want %s", got, tt.want)
				}
			})
		})
	}
}

func TestRunHurriesTheUpstreamProbes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := runFor(t, 100*time.Second,
			Probe{Key: "studio", Interval: 10 * time.Second, Timeout: time.Second, Recheck: time.Second, Checker: &script{outcomes: "ooox"}, Upstream: []string{"queue", "not here"}},
			Probe{Key: "queue", Interval: time.Hour, Timeout: time.Second, Recheck: time.Second, Checker: &script{outcomes: "o"}})
		var failed, looked time.Time
		for _, r := range l.results {
			if r.Probe == "studio" && r.Outcome == Failed && failed.IsZero() {
				failed = r.At
			}
			if r.Probe == "queue" {
				looked = r.At
			}
		}
		if failed.IsZero() || !looked.Equal(failed) {
			t.Errorf("studio failed at %v, the queue was looked at at %v; want the same moment", failed, looked)
		}
	})
}

func TestRunLooksAtOnceWhenItIsAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := make(chan struct{}, 1)
		began := time.Now()
		time.AfterFunc(30*time.Minute, func() { now <- struct{}{} })
		l := runFor(t, 91*time.Minute, Probe{Key: "p", Interval: time.Hour, Timeout: time.Second, Now: now, Checker: &script{outcomes: "o"}})
		if len(l.results) != 3 || l.results[1].At.Sub(began) != 30*time.Minute || l.results[2].At.Sub(began) != 90*time.Minute {
			t.Errorf("ran %d times, after the first with gaps of %s", len(l.results), l.gaps("p"))
		}
	})
}

func TestRunLooksOnceMoreWhenItIsAskedMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := make(chan struct{}, 1)
		p := Probe{Key: "p", Interval: time.Hour, Timeout: 10 * time.Second, Now: now}
		n := 0
		p.Checker = checkerFunc(func(context.Context) Result {
			if n++; n == 1 {
				time.AfterFunc(2*time.Second, func() { now <- struct{}{} })
			}
			time.Sleep(5 * time.Second)
			return Result{Outcome: OK}
		})
		if got := runFor(t, 2*time.Hour, p).gaps("p"); got != "5s 1h0m0s" {
			t.Errorf("asked during its first run, which took 5 s, it ran again after %s", got)
		}
	})
}

func TestRunEndsAlthoughACheckDoesNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := make(chan struct{})
		p := Probe{Key: "p", Interval: time.Minute, Timeout: time.Minute, Checker: checkerFunc(func(context.Context) Result { <-stuck; return Result{Outcome: OK} })}
		began := time.Now()
		l := runFor(t, 30*time.Second, p)
		if took := time.Since(began); took != 30*time.Second+grace || len(l.results) > 0 {
			t.Errorf("it ended after %v with %+v", took, l.results)
		}
		close(stuck)
		synctest.Wait()
		if len(l.results) > 0 {
			t.Errorf("a check that ended after the end was told: %+v", l.results)
		}
	})
}

func TestRunWaitsWithoutGoroutines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var list []Probe
		for i := range 1000 {
			list = append(list, Probe{Key: fmt.Sprint(i), Interval: time.Hour, Timeout: time.Second, Checker: &script{outcomes: "o"}})
		}
		before, counted := runtime.NumGoroutine(), make(chan int, 1)
		time.AfterFunc(time.Minute, func() { counted <- runtime.NumGoroutine() })
		l := runFor(t, 2*time.Minute, list...)
		if more := <-counted - before; len(l.results) != len(list) || more > len(list)/10 {
			t.Errorf("%d results; between two runs of %d probes there are %d goroutines", len(l.results), len(list), more)
		}
	})
}

func TestRunKeepsNeighboursOnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := make(chan struct{})
		hanging := checkerFunc(func(context.Context) Result { <-stuck; return Result{Outcome: OK} }) // ignores its deadline
		l := &log{}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		Run(ctx, []Probe{
			{Key: "hangs", Interval: 10 * time.Second, Timeout: 2 * time.Second, Checker: hanging},
			{Key: "well", Interval: 10 * time.Second, Timeout: 2 * time.Second, Checker: &script{outcomes: "o"}},
		}, l.take)
		if got := l.gaps("well"); got != "10s 10s 10s 10s 10s" && got != "10s 10s 10s 10s" {
			t.Errorf("beside a hanging target, runs came after %s", got)
		}
		var said []string
		for _, r := range l.results {
			if r.Probe == "hangs" {
				said = append(said, string(r.Outcome)+": "+r.Detail)
			}
		}
		if len(said) < 2 || said[0] != "unknown: the check ignored its time limit of 2s" ||
			said[1] != "unknown: the check before this one has not ended yet" {
			t.Errorf("the hanging check gave %q", said)
		}
		close(stuck)
	})
}

func TestRunSurvivesAPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := Probe{Key: "p", Interval: 10 * time.Second, Timeout: time.Second, Checker: checkerFunc(func(context.Context) Result { panic("secret") })}
		l := runFor(t, time.Minute, p)
		if len(l.results) < 5 || l.results[0].Outcome != Unknown || strings.Contains(l.results[0].Detail, "secret") {
			t.Errorf("results %+v", l.results)
		}
	})
}

func TestRunSpreadsItsStartsTheSameWayEachTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var list []Probe
		for i := range 100 {
			list = append(list, Probe{Key: fmt.Sprint(i), Interval: 10 * time.Second, Timeout: time.Second, Checker: &script{outcomes: "o"}})
		}
		starts := func() []time.Duration {
			began := time.Now()
			var out []time.Duration
			for _, r := range runFor(t, 9999*time.Millisecond, list...).results {
				out = append(out, r.At.Sub(began))
			}
			return out
		}
		first := starts()
		if len(first) < 95 || first[len(first)/2] < 2*time.Second || first[len(first)/2] > 8*time.Second {
			t.Errorf("%d of 100 probes started in their interval, the middle one after %v", len(first), first[len(first)/2])
		}
		if i := slices.IndexFunc(first, func(start time.Duration) bool { return start%together != 0 }); i >= 0 {
			t.Errorf("a probe started after %v, want a multiple of %v", first[i], together)
		}
		if again := starts(); !slices.Equal(first, again) {
			t.Error("after a restart the starts are spread another way")
		}
	})
}

func TestAnInterruptedRunSaysNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := Probe{Key: "p", Interval: time.Second, Timeout: time.Minute,
			Checker: checkerFunc(func(ctx context.Context) Result { <-ctx.Done(); return Result{Outcome: Failed} })}
		if l := runFor(t, 30*time.Second, p); len(l.results) != 0 {
			t.Errorf("the server stopped, and the target was blamed: %+v", l.results)
		}
	})
}

func TestResultsAreBounded(t *testing.T) {
	flood := Result{Outcome: Failed, Detail: strings.Repeat("ä", 10_000) + "\x00\xff"}
	for range 1000 {
		flood.Steps = append(flood.Steps, Step{Name: strings.Repeat("s", 1000)})
		flood.Measurements = append(flood.Measurements, Measurement{Name: strings.Repeat("m", 1000)})
	}
	got := Once(context.Background(), Probe{Key: "p", Timeout: time.Second, Checker: checkerFunc(func(context.Context) Result { return flood })})
	if len(got.Detail) > maxDetail || len(got.Steps) > maxSteps || len(got.Measurements) > maxMeasurements ||
		len(got.Steps[0].Name) > maxName || len(got.Measurements[0].Name) > maxName {
		t.Errorf("detail %d bytes, %d steps, %d measurements", len(got.Detail), len(got.Steps), len(got.Measurements))
	}
	if got.Place != "local" || got.Probe != "p" || got.At.IsZero() {
		t.Errorf("result %+v lacks where, what or when", got)
	}
}

type checkerFunc func(context.Context) Result

func (f checkerFunc) Check(ctx context.Context) Result { return f(ctx) }

// Whoever hangs for the whole interval is still asked on the grid, and not a little later each time.
func TestRunKeepsWhatHangsOnItsGrid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var began []time.Time
		hanging := checkerFunc(func(ctx context.Context) Result {
			began = append(began, time.Now())
			<-ctx.Done()
			time.Sleep(time.Millisecond) // to make a result of it
			return Result{Outcome: Failed}
		})
		runFor(t, time.Minute, Probe{Key: "hangs", Interval: time.Second, Timeout: time.Second, Checker: hanging})
		if n := len(began); n < 50 || began[n-1].Sub(began[0]) != time.Duration(n-1)*time.Second {
			t.Errorf("the last of %d runs began %s after the first", n, began[n-1].Sub(began[0]))
		}
	})
}
