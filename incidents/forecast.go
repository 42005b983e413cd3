package incidents

import (
	"math"
	"slices"
	"time"
)

// Sample is what was measured at a time.
type Sample struct {
	At    time.Time
	Value float64
}

// Course is one measurement over time.
type Course struct {
	Name, Place, Unit string
	Limit             float64  // where trouble begins; 0 when there is no limit
	Floor             bool     // trouble begins below the limit, not above
	Samples           []Sample // oldest first, of any spacing
}

// Outlook says when a measurement meets its limit if it goes on as it has since a time.
type Outlook struct {
	At               time.Time // expected
	Earliest, Latest time.Time // the range it is expected in
	Since            time.Time // beginning of the stretch that the trend was read from
	Value            float64   // on the trend, now
	Rate             float64   // per second
}

// Looks says how far back a forecast looks, and how close together it wants the points of that time: the last
// hour shows what is quick, the days before show how far the measurement goes when nothing is wrong.
var Looks = []struct{ Back, Step time.Duration }{
	{time.Hour, 15 * time.Second},
	{8 * time.Hour, 2 * time.Minute},
	{8 * 24 * time.Hour, time.Hour},
}

const (
	shortest = 4 * time.Minute // the shortest stretch that shows a trend
	farthest = 24 * time.Hour  // limits that are farther away are nobody's concern yet
	newborn  = 2 * time.Hour   // the same, while less than a whole day is known
	daysAway = 7 * 24 * time.Hour
	growth   = 1.5 // from one stretch that is tried to the next
)

// demands is what a trend must be to be told.
type demands struct {
	sure    float64 // at least so many standard deviations of Kendall's S
	reach   float64 // prolonged to at most so many times its own length
	narrow  float64 // the latest time is at most so many times as far as the expected one
	slack   float64 // the newest readings may lie so many times as far below the line as the others
	unusual bool    // farther than the measurement has gone before
}

var (
	toOpen = demands{sure: 3.3, reach: 3, narrow: 4, slack: .5, unusual: true}
	toKeep = demands{sure: 2, reach: 6, narrow: 10, slack: 1.5}
)

// Forecast says when the measurement meets its limit, or nothing: without a limit, past it, without fresh points,
// without a steady trend, when the limit is far away, and when it has gone as far before and turned by itself.
//
// It tries stretches of several lengths that end now, and answers from the longest whose points lie along one line.
func Forecast(s Course, now time.Time) (Outlook, bool) { return forecast(s, now, toOpen) }

func forecast(s Course, now time.Time, must demands) (Outlook, bool) {
	w, ok := newSight(s, now)
	if !ok {
		return Outlook{}, false
	}
	var best Outlook
	found := false
	for length := shortest; ; length = time.Duration(float64(length) * growth) {
		length = min(length, w.known)
		if t, ok := w.trend(length.Seconds(), must); ok {
			best, found = w.outlook(t, s, now), true
		}
		if length >= w.known {
			return best, found
		}
	}
}

// sight is a series as the forecast sees it: seconds before now, and values that rise towards the limit.
type sight struct {
	xs, ys  []float64
	limit   float64
	sign    float64
	known   time.Duration
	horizon float64 // seconds
	trust   float64 // of 1, in a trend's being prolonged
}

// enough is the fewest points that show anything.
const enough = 12

func newSight(s Course, now time.Time) (*sight, bool) {
	if s.Limit == 0 || len(s.Samples) < enough {
		return nil, false
	}
	w := &sight{sign: 1, xs: make([]float64, 0, len(s.Samples)), ys: make([]float64, 0, len(s.Samples))}
	if s.Floor {
		w.sign = -1
	}
	w.limit = w.sign * s.Limit
	for _, p := range s.Samples {
		if !p.At.After(now) && !math.IsNaN(p.Value) && !math.IsInf(p.Value, 0) {
			w.xs, w.ys = append(w.xs, p.At.Sub(now).Seconds()), append(w.ys, w.sign*p.Value)
		}
	}
	n := len(w.xs)
	if n < enough || w.latest() >= w.limit || w.stale() {
		return nil, false
	}
	w.known = time.Duration(-w.xs[0] * float64(time.Second))
	w.horizon, w.trust = farthest.Seconds(), 1
	switch {
	case s.Unit == "days": // what counts days has no time of day
		w.horizon = daysAway.Seconds()
	case w.known < 24*time.Hour: // a rise may be what every day brings
		w.horizon, w.trust = newborn.Seconds(), 1./3
	}
	return w, w.known >= shortest
}

// latest is the median of the newest three, which one odd reading does not move.
func (w *sight) latest() float64 {
	var three [3]float64
	copy(three[:], w.ys[len(w.ys)-3:])
	return median(three[:])
}

// stale says that the newest point is older than the spacing of those before it explains.
func (w *sight) stale() bool {
	n := len(w.xs)
	var gaps [enough - 1]float64
	for i := range gaps {
		gaps[i] = w.xs[n-1-i] - w.xs[n-2-i]
	}
	return -w.xs[n-1] > 60+3*median(gaps[:])
}

// outlook is what a trend means in the series' own terms.
func (w *sight) outlook(t trend, s Course, now time.Time) Outlook {
	at := func(seconds float64) time.Time { return now.Add(time.Duration(max(0, seconds) * float64(time.Second))) }
	return Outlook{At: at(t.eta), Earliest: at(t.earliest), Latest: at(t.latest), Since: at(0).Add(-time.Duration(t.length * float64(time.Second))),
		Value: w.sign * t.level, Rate: w.sign * t.slope}
}

// median sorts its argument.
func median(list []float64) float64 {
	slices.Sort(list)
	n := len(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}
