package incidents

import (
	"math"
	"slices"
	"sort"
)

// trend is a line through the points of a stretch that ends now, in seconds and in values that rise towards the limit.
type trend struct {
	length                float64
	level, slope          float64 // on the line, now; per second
	slowest, fastest      float64 // bounds of the slope
	eta, earliest, latest float64
}

// buckets is how many medians a stretch is thinned to, so that a forecast costs the same for every length.
const buckets = 32

// thinned is a stretch as the medians of equal parts of its time; empty parts are left out.
type thinned struct {
	n    int
	x, y [buckets]float64

	first, last float64 // slopes of the halves; see steady
}

// trend reads the stretch of so many seconds before now; ok is false when it shows no steady rise that meets the limit soon.
func (w *sight) trend(length float64, must demands) (trend, bool) {
	from := sort.SearchFloat64s(w.xs, -length)
	if len(w.xs)-from < enough {
		return trend{}, false
	}
	var b thinned
	b.fill(w.xs[from:], w.ys[from:], length)
	if b.n < enough || !b.steady(length) {
		return trend{}, false
	}
	t := trend{length: length}
	if !t.fit(&b, must.sure) {
		return trend{}, false
	}
	low, crest, top := w.residuals(from, t)
	// The newest readings must lie along the line, or it is about what was: a drop counts at once, a rise when two show it.
	if newest := w.newest(t); newest[0] < must.slack*min(low, -t.slope*length/16) || newest[1] > max(top, t.slope*length/4) {
		return trend{}, false
	}
	t.eta = (w.limit - t.level - crest) / t.slope
	t.earliest = min(.85*t.eta, (w.limit-t.level-top)/t.fastest)
	t.latest = max(1.15*t.eta, (w.limit-t.level-low)/t.slowest)
	near := t.eta <= min(must.reach*w.trust*length, w.horizon) && t.latest <= must.narrow*max(t.eta, length/8)
	return t, near && !(must.unusual && w.usual(from, t.level+crest))
}

// usual says that the measurement has gone as far before the stretch and turned without meeting the limit:
// what a consumer's batches, a collector or the time of day do.
func (w *sight) usual(from int, now float64) bool {
	if from == 0 {
		return false
	}
	before := slices.Max(w.ys[:from])
	now = min(now, slices.Max(w.ys[from:]))
	return before < w.limit && now < before+(w.limit-before)/4
}

// newest returns how far the newest three readings lie from the line, the lowest first.
func (w *sight) newest(t trend) (three [3]float64) {
	for i := range three {
		n := len(w.xs) - 1 - i
		three[i] = w.ys[n] - t.level - t.slope*w.xs[n]
	}
	slices.Sort(three[:])
	return three
}

// residuals returns how far the readings of the stretch lie from the line: the 5th, the 90th and the 98th percentile.
func (w *sight) residuals(from int, t trend) (low, crest, top float64) {
	list := make([]float64, 0, len(w.xs)-from)
	for i := from; i < len(w.xs); i++ {
		list = append(list, w.ys[i]-t.level-t.slope*w.xs[i])
	}
	slices.Sort(list)
	at := func(q float64) float64 { return list[int(q*float64(len(list)-1))] }
	return min(0, at(.05)), max(0, at(.9)), max(0, at(.98))
}

func (b *thinned) fill(xs, ys []float64, length float64) {
	part := func(x float64) int { return int((x + length) / length * buckets) }
	scratch := make([]float64, 0, 64)
	for i := 0; i < len(xs) && b.n < buckets; {
		here, sum := part(xs[i]), 0.0
		scratch = scratch[:0]
		for ; i < len(xs) && (part(xs[i]) == here || b.n == buckets-1); i++ {
			scratch = append(scratch, ys[i])
			sum += xs[i]
		}
		b.x[b.n], b.y[b.n] = sum/float64(len(scratch)), median(scratch)
		b.n++
	}
}

// steady says that each quarter of the stretch lies above the one before by a fair part of the whole rise.
// A step, a curve that flattens and many teeth of a saw do not. It keeps the slopes of both halves.
func (b *thinned) steady(length float64) bool {
	var medians [4]float64
	var scratch [buckets]float64
	for q, i := 0, 0; q < 4; q++ {
		n := 0
		for ; i < b.n && (q == 3 || b.x[i] < -length+float64(q+1)*length/4); i++ {
			scratch[n] = b.y[i]
			n++
		}
		if n < 2 {
			return false
		}
		medians[q] = median(scratch[:n])
	}
	rise := medians[3] - medians[0]
	for q := range 3 {
		if step := medians[q+1] - medians[q]; step <= 0 || step < rise/9 {
			return false
		}
	}
	b.first, b.last = (medians[2]-medians[0])/(length/2), (medians[3]-medians[1])/(length/2)
	return true
}

// fit lays the Theil–Sen line through the medians, with the 99 % range of its slope, and says whether the rise is as
// sure as it must be by the test of Mann and Kendall.
//
// The slope is the median of the slopes of all pairs, and its range two of their order statistics: P. K. Sen, Estimates
// of the regression coefficient based on Kendall's tau, JASA 63 (1968). The test: H. B. Mann, Nonparametric tests
// against trend, Econometrica 13 (1945). What follows on each other is alike, so the variance of Kendall's S grows by
// (1+r)/(1−r), with the serial correlation r of the residuals: S. Yue and C. Wang, The Mann-Kendall test modified by
// effective sample size, Water Resources Management 18 (2004).
func (t *trend) fit(b *thinned, sure float64) bool {
	var room [buckets * (buckets - 1) / 2]float64
	slopes, s := room[:0], 0.0
	for i := range b.n {
		for j := i + 1; j < b.n; j++ {
			slope := (b.y[j] - b.y[i]) / (b.x[j] - b.x[i])
			slopes = append(slopes, slope)
			if slope > 0 {
				s++
			} else if slope < 0 {
				s--
			}
		}
	}
	t.slope = median(slopes) // and sorts them
	var residuals, scratch [buckets]float64
	for i := range b.n {
		residuals[i] = b.y[i] - t.slope*b.x[i]
	}
	scratch = residuals
	t.level = median(scratch[:b.n])
	n, r := float64(b.n), serial(residuals[:b.n], t.level)
	deviation := math.Sqrt(n * (n - 1) * (2*n + 5) / 18 * (1 + r) / (1 - r))
	pairs, wide := float64(len(slopes)), 2.576*deviation
	t.slowest = min(slopes[int(max(0, (pairs-wide)/2))], b.first, b.last)
	t.fastest = max(slopes[int(min(pairs-1, (pairs+wide)/2))], b.first, b.last)
	return t.slowest > 0 && (s-1)/deviation >= sure
}

// serial returns the correlation of each value with the one before it, between 0 and 0.9.
func serial(list []float64, level float64) float64 {
	var with, own float64
	for i, v := range list {
		own += (v - level) * (v - level)
		if i > 0 {
			with += (v - level) * (list[i-1] - level)
		}
	}
	if own == 0 {
		return 0
	}
	return min(.9, max(0, with/own))
}
