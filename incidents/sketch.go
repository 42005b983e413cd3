package incidents

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
)

// SketchError is how far a percentile of a Sketch may be from the true one, as a share of it.
const SketchError = 0.02

// Bounds of what a Sketch tells apart: what is nearer to zero counts as zero, what is further away as the bound.
const (
	sketchLeast = 1e-9
	sketchMost  = 1e15
)

// sketchGrowth is how much wider each bucket is than the one before it.
const sketchGrowth = (1 + SketchError) / (1 - SketchError)

// Sketch counts values in buckets that grow with the values. Percentiles cannot be computed from percentiles, but
// sketches can be merged: the percentiles of the sum are as near to the true ones as those of each part. It is the
// DDSketch of Masson, Rim and Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with Relative-Error
// Guarantees" (PVLDB 12, 2019), with buckets fixed once and for all instead of a bounded number. The zero Sketch is empty.
type Sketch struct {
	buckets map[int]uint64 // in the order of their values: below 0 for what is negative, 0 for zero
	count   uint64
}

// Add counts a value.
func (s *Sketch) Add(v float64) { s.put(bucketOf(v), 1) }

// Merge adds all that another sketch counts.
func (s *Sketch) Merge(o Sketch) {
	for k, n := range o.buckets {
		s.put(k, n)
	}
}

// Count returns how many values were added.
func (s Sketch) Count() uint64 { return s.count }

// Percentile returns the value that so many of a hundred are not above: nearest rank, and 0 of an empty sketch.
func (s Sketch) Percentile(p float64) float64 {
	rank := max(1, uint64(math.Ceil(p/100*float64(s.count))))
	var seen uint64
	for _, k := range slices.Sorted(maps.Keys(s.buckets)) {
		if seen += s.buckets[k]; seen >= rank {
			return valueOf(k)
		}
	}
	return 0
}

// Binary writes the sketch: for each bucket the distance from the one before it, and its count.
func (s Sketch) Binary() []byte {
	out, last := []byte{}, 0
	for _, k := range slices.Sorted(maps.Keys(s.buckets)) {
		out = binary.AppendUvarint(binary.AppendVarint(out, int64(k-last)), s.buckets[k])
		last = k
	}
	return out
}

// MergeBinary adds all that Binary wrote of another sketch.
func (s *Sketch) MergeBinary(b []byte) error {
	for k := 0; len(b) > 0; {
		step, n := binary.Varint(b)
		if n <= 0 {
			return errSketch
		}
		count, m := binary.Uvarint(b[n:])
		if k += int(step); m <= 0 || k < -bucketOf(sketchMost) || k > bucketOf(sketchMost) {
			return errSketch
		}
		s.put(k, count)
		b = b[n+m:]
	}
	return nil
}

var errSketch = errors.New("a stored sketch is damaged")

func (s *Sketch) put(bucket int, n uint64) {
	if s.buckets == nil {
		s.buckets = map[int]uint64{}
	}
	s.buckets[bucket] += n
	s.count += n
}

func bucketOf(v float64) int {
	size := min(math.Abs(v), sketchMost)
	if !(size > sketchLeast) {
		return 0
	}
	k := 1 + int(math.Ceil(math.Log(size/sketchLeast)/math.Log(sketchGrowth)))
	if v < 0 {
		return -k
	}
	return k
}

// valueOf returns the middle of a bucket, which is as near to its lower bound as to its upper one.
func valueOf(bucket int) float64 {
	if bucket < 0 {
		return -valueOf(-bucket)
	}
	if bucket == 0 {
		return 0
	}
	return sketchLeast * math.Pow(sketchGrowth, float64(bucket-1)) * 2 / (sketchGrowth + 1)
}
