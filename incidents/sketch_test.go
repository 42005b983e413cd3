package incidents

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// sketched counts values in a few sketches, writes and reads each, and merges them.
func sketched(t interface {
	Helper()
	Fatal(...any)
}, values []float64, parts int) Sketch {
	t.Helper()
	list := make([]Sketch, parts)
	for i, v := range values {
		list[i%parts].Add(v)
	}
	var all Sketch
	for _, s := range list {
		if err := all.MergeBinary(s.Binary()); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// nearest is the reference: the percentile of all the values, sorted.
func nearest(values []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[max(1, int(math.Ceil(p/100*float64(len(sorted)))))-1]
}

func TestMergedPercentilesAreWithinTheStatedError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.Custom(func(t *rapid.T) float64 {
			size := math.Pow(10, rapid.Float64Range(-8, 14).Draw(t, "power"))
			return rapid.SampledFrom([]float64{size, size, size, -size, 0}).Draw(t, "value")
		})
		values := rapid.SliceOfN(one, 1, 400).Draw(t, "values")
		s := sketched(t, values, rapid.IntRange(1, 9).Draw(t, "parts"))
		if s.Count() != uint64(len(values)) {
			t.Fatalf("it counts %d of %d values", s.Count(), len(values))
		}
		for _, p := range []float64{1, 50, 95, 99, 100} {
			got, want := s.Percentile(p), nearest(values, p)
			if math.Abs(got-want) > math.Abs(want)*SketchError*1.000001+sketchLeast {
				t.Fatalf("percentile %g of %d values is %g, want %g within %g", p, len(values), got, want, SketchError)
			}
		}
	})
}

// What is averaged from percentiles of parts is wrong; what is merged is not.
func TestMergedPercentileOfUnequalParts(t *testing.T) {
	var busy, quiet Sketch
	var all []float64
	for i := range 1000 {
		busy.Add(0.1)
		all = append(all, 0.1)
		if i < 10 {
			quiet.Add(9)
			all = append(all, 9)
		}
	}
	busy.Merge(quiet)
	if got, want := busy.Percentile(95), nearest(all, 95); math.Abs(got-want) > want*SketchError {
		t.Errorf("percentile 95 is %g, want %g", got, want)
	}
}

func TestSketchOfOddValues(t *testing.T) {
	s := sketched(t, []float64{math.Inf(1), math.MaxFloat64, 1e-300, math.Inf(-1)}, 2)
	if got := []float64{s.Percentile(1), s.Percentile(50), s.Percentile(100)}; !(got[0] < -9e14) || got[1] != 0 || !(got[2] > 9e14) {
		t.Errorf("percentiles are %v", got)
	}
	if got := (Sketch{}).Percentile(50); got != 0 {
		t.Errorf("of nothing: %g", got)
	}
	for _, b := range [][]byte{{1}, {0x80}, {2, 0x80}, {0xfe, 0xff, 0xff, 0x0f, 1}} {
		if err := new(Sketch).MergeBinary(b); err == nil {
			t.Errorf("%v is read", b)
		}
	}
}

// A quarter of an hour of response times is small to store.
func TestSketchIsSmall(t *testing.T) {
	var s Sketch
	for i := range 900 {
		s.Add(.2 * math.Exp(.5*math.Sin(float64(i)*1.7)))
	}
	if n := len(s.Binary()); n > 120 {
		t.Errorf("it takes %d bytes", n)
	}
}
