package incidents

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"candor/probes"
)

// Band says when a probe whose answers are right is degraded all the same: when a percentile of its times over a
// window is too high. It ends below a lower bound than it begins above, so that it does not flutter. The zero Band
// is none.
type Band struct {
	Step       string        // the step that is timed; empty means the whole run
	Percentile float64       // over 0, at most 100; nearest rank
	Over       time.Duration // degraded begins above this
	Until      time.Duration // and lasts until the percentile is at or below this
	Window     time.Duration // of results, back from the newest
}

// minBand is how many results a window must hold before its percentile says anything.
const minBand = 5

// takes returns the time that the band looks at, of a result that answers at all.
func (b Band) takes(r probes.Result) (time.Duration, bool) {
	if r.Outcome != probes.OK && r.Outcome != probes.Degraded {
		return 0, false
	}
	if b.Step == "" {
		return r.Took, true
	}
	i := slices.IndexFunc(r.Steps, func(s probes.Step) bool { return s.Name == b.Step })
	if i < 0 {
		return 0, false
	}
	return r.Steps[i].Took, true
}

// near says whether a result is reason to look at the window.
func (b Band) near(r probes.Result) bool {
	took, ok := b.takes(r)
	return b.Over > 0 && ok && took > min(b.Until, b.Over)
}

// late returns the percentile of the times in the window, newest first, and the start of the earliest run that took
// longer than the bound. It says nothing of a window that is not half full.
func (b Band) late(seen []probes.Result, bound time.Duration) (at time.Duration, since time.Time, ok bool) {
	if b.Over <= 0 || len(seen) == 0 {
		return 0, time.Time{}, false
	}
	var times []time.Duration
	first := seen[0].At
	for _, r := range seen {
		if seen[0].At.Sub(r.At) > b.Window {
			break
		}
		if took, answers := b.takes(r); answers {
			times, first = append(times, took), r.At
			if took > bound {
				since = r.At
			}
		}
	}
	if len(times) < minBand || seen[0].At.Sub(first) < b.Window/2 {
		return 0, time.Time{}, false
	}
	slices.Sort(times)
	rank := int(math.Ceil(b.Percentile / 100 * float64(len(times))))
	return times[max(rank, 1)-1], since, true
}

// judge adds to what single results say what the window says. A probe that fails by itself needs no window.
func (b Band) judge(j *judgement, seen []probes.Result, ongoing bool) {
	bound := b.Over
	if ongoing {
		bound = min(cmp.Or(b.Until, b.Over), b.Over)
	}
	took, since, ok := b.late(seen, bound)
	if !ok || took <= bound {
		return
	}
	if j.suspect = true; j.failing && j.until.IsZero() && j.outcome != "" {
		return
	}
	j.failing, j.until, j.since, j.status, j.outcome = true, time.Time{}, since, DegradedPerformance, probes.Degraded
	j.last = seen[0]
	j.last.Reason = probes.Slow
	j.last.Detail = fmt.Sprintf("expected %g %% of the answers of %s within %s, got %s", b.Percentile, b.Window, bound, took.Round(time.Millisecond))
}
