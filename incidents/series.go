package incidents

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"candor/probes"
)

// Bounds of a Series.
const (
	MaxPoints  = 360
	MaxReading = 8 // measurements, besides how long the runs took
)

// Series is what a probe measured over some time.
type Series struct {
	Readings []Reading `json:"readings"` // what is measured
	Points   []Point   `json:"points"`   // oldest first
}

// Reading names a measurement, with its unit.
type Reading struct {
	Name  string  `json:"name"`
	Unit  string  `json:"unit"`
	Limit float64 `json:"limit,omitempty"`
}

// Point is one run.
type Point struct {
	At      time.Time      `json:"at"`
	Outcome probes.Outcome `json:"outcome"`
	Took    float64        `json:"took"`   // seconds
	Values  []*float64     `json:"values"` // of each reading; null where the run did not measure it
}

// NewSeries computes a series from results, newest first: the newest MaxPoints, and the measurements that came first
// in the newest runs.
func NewSeries(results []probes.Result) Series {
	s := Series{Readings: []Reading{}, Points: []Point{}}
	results = results[:min(len(results), MaxPoints)]
	for _, r := range results {
		for _, m := range r.Measurements {
			if len(s.Readings) < MaxReading && s.column(m.Name) < 0 && finite(m.Limit) {
				s.Readings = append(s.Readings, Reading{m.Name, m.Unit, m.Limit})
			}
		}
	}
	for _, r := range slices.Backward(results) {
		p := Point{At: r.At.UTC(), Outcome: r.Outcome, Took: r.Took.Seconds(), Values: make([]*float64, len(s.Readings))}
		for _, m := range r.Measurements {
			if i := s.column(m.Name); i >= 0 && finite(m.Value) {
				p.Values[i] = &m.Value
			}
		}
		s.Points = append(s.Points, p)
	}
	return s
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

func (s Series) column(name string) int {
	return slices.IndexFunc(s.Readings, func(r Reading) bool { return r.Name == name })
}

// JSON writes the series.
func (s Series) JSON() []byte {
	text, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("a series cannot be written: %v", err)) // it holds finite numbers only
	}
	return text
}

// ReadSeries reads what JSON wrote.
func ReadSeries(text []byte) (Series, error) {
	var s Series
	if err := json.Unmarshal(text, &s); err != nil {
		return Series{}, fmt.Errorf("read a series: %w", err)
	}
	for i := range s.Points {
		if len(s.Points[i].Values) != len(s.Readings) {
			return Series{}, fmt.Errorf("read a series: point %d has %d values, not %d", i, len(s.Points[i].Values), len(s.Readings))
		}
	}
	return s, nil
}
