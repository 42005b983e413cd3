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

func TestScheduleSkipsWhatIsOvertaken(t *testing.T) {
	due := time.Date(2024, 5, 2, 10, 0, 0, 0, time.UTC)
	tests := []struct {
		name    string
		began   time.Duration // after it was due
		late    time.Duration
		skipped int
	}{
		{"on time", 0, 0, 0},
		{"asked for before it is due", -time.Second, 0, 0},
		{"late", 9 * time.Second, 9 * time.Second, 0},
		{"the next is due as well", 10 * time.Second, 0, 1},
		{"three are overtaken", 34 * time.Second, 4 * time.Second, 3},
	}
	for _, tt := range tests {
		s := schedule{due: due, wait: 10 * time.Second}
		late, skipped := s.begin(due.Add(tt.began))
		if late != tt.late || skipped != tt.skipped {
			t.Errorf("%s: %v late, %d skipped; want %v, %d", tt.name, late, skipped, tt.late, tt.skipped)
		}
		if want := due.Add(time.Duration(tt.skipped) * 10 * time.Second); !s.due.Equal(want) {
			t.Errorf("%s: it was due at %v, want %v", tt.name, s.due, want)
		}
	}
}

func TestScheduleKeepsItsGrid(t *testing.T) {
	due := time.Date(2024, 5, 2, 10, 0, 0, 0, time.UTC)
	s := schedule{due: due, wait: 10 * time.Second}
	s.begin(due.Add(time.Second))
	if s.end(due.Add(4*time.Second), 10*time.Second); !s.due.Equal(due.Add(10 * time.Second)) {
		t.Errorf("a run that began late moves the next one to %v", s.due)
	}
	if s.end(due.Add(25*time.Second), 10*time.Second); !s.due.Equal(due.Add(25 * time.Second)) {
		t.Errorf("after a check that took longer than the interval, the next is due at %v, want at its end", s.due)
	}
}

// A store that takes nothing for a while must cost the runs of that while, and no burst of them afterwards.
func TestRunSkipsWhatItCannotKeepUpWith(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &log{}
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		defer cancel()
		n := 0
		Run(ctx, []Probe{{Key: "p", Interval: 10 * time.Second, Timeout: time.Second, Checker: &script{outcomes: "o"}}}, func(ctx context.Context, r Result) error {
			if n++; n == 2 {
				time.Sleep(34 * time.Second)
			}
			return l.take(ctx, r)
		})
		if got := l.gaps("p"); got[:len("10s 34s 6s 10s")] != "10s 34s 6s 10s" {
			t.Errorf("runs came after %s", got)
		}
		var told string
		for _, r := range l.results[:5] {
			told += fmt.Sprintf("%v/%d ", r.Late, r.Skipped)
		}
		if want := "0s/0 0s/0 4s/2 0s/0 0s/0 "; told != want {
			t.Errorf("late and skipped %s, want %s", told, want)
		}
	})
}

// A quarter of the targets accepts and says nothing: the others are asked at the same moments as without them.
func TestRunHangingTargetsDelayNobody(t *testing.T) {
	well := checkerFunc(func(context.Context) Result { return Result{Outcome: OK} })
	hanging := checkerFunc(func(ctx context.Context) Result { <-ctx.Done(); return Result{Outcome: Failed, Reason: TimedOut} })
	moments := func(t *testing.T, quarter Checker) (out []string) {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			var list []Probe
			for i := range 200 {
				p := Probe{Key: fmt.Sprint(i), Interval: time.Second, Timeout: time.Second, Recheck: time.Second, Checker: &script{outcomes: "o"}}
				if i%4 == 0 {
					p.Key, p.Checker = fmt.Sprint("quarter-", i), quarter
				}
				list = append(list, p)
			}
			for _, r := range runFor(t, 5*time.Second, list...).results {
				if !strings.HasPrefix(r.Probe, "quarter") {
					out = append(out, fmt.Sprintln(r.Probe, r.At.Sub(began)))
				}
			}
		})
		slices.Sort(out)
		return out
	}
	alone, beside := moments(t, well), moments(t, hanging)
	if !slices.Equal(alone, beside) || len(alone) < 600 {
		t.Errorf("%d runs without hanging targets, %d beside them:\n%.300s\n%.300s", len(alone), len(beside), alone, beside)
	}
}

func TestGateHoldsRunsBackWhileCoresAreCrowded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		relief := began.Add(5 * time.Millisecond)
		g := newGate()
		g.crowded = func() bool { return time.Now().Before(relief) }
		if !g.pass(t.Context()) || time.Since(began) != 5*time.Millisecond {
			t.Errorf("a run began after %v, want when the crowd was gone", time.Since(began))
		}
		g.crowded = func() bool { return true }
		began = time.Now()
		for range glances - 1 {
			if !g.pass(t.Context()) || !time.Now().Equal(began) {
				t.Errorf("right after it, a run began after %v, want at once", time.Since(began))
			}
		}
		if !g.pass(t.Context()) || time.Since(began) != goAhead {
			t.Errorf("in a crowd that stays, a run began after %v, want %v", time.Since(began), goAhead)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		if g.pass(ctx) {
			t.Error("a run began after the end")
		}
	})
}

// The runtime must know the number that the gate asks for: without it, nothing would ever be crowded.
func TestGateSeesACrowd(t *testing.T) {
	g := newGate()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	stop := make(chan struct{})
	var crowding sync.WaitGroup
	for range 3 * crowd * runtime.GOMAXPROCS(0) {
		crowding.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					runtime.Gosched()
				}
			}
		})
	}
	for !g.crowded() && ctx.Err() == nil {
		runtime.Gosched()
	}
	close(stop)
	crowding.Wait() // the next test is to see none of them
	if ctx.Err() != nil {
		t.Error("no crowd was seen")
	}
}
