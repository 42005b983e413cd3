package incidents

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// Quantity names what a chart shows of a probe's results: "latency", "step NAME" or "measurement NAME".
type Quantity string

// Latency is how long a run took.
const Latency Quantity = "latency"

// Valid says whether the quantity is one of the three.
func (q Quantity) Valid() bool {
	sort, name := q.parts()
	return q == Latency || (sort == "step" || sort == "measurement") && name != ""
}

// Timed says whether the quantity is in seconds, whatever the probe.
func (q Quantity) Timed() bool {
	sort, _ := q.parts()
	return sort != "measurement"
}

// Of returns the quantity of a result. A run that failed has no time, because its end is not the target's answer.
func (q Quantity) Of(r probes.Result) (float64, bool) {
	sort, name := q.parts()
	if sort == "measurement" {
		i := slices.IndexFunc(r.Measurements, func(m probes.Measurement) bool { return m.Name == name && finite(m.Value) })
		if i < 0 {
			return 0, false
		}
		return r.Measurements[i].Value, true
	}
	took, ok := Band{Step: name}.takes(r)
	return took.Seconds(), ok
}

func (q Quantity) parts() (sort, name string) {
	sort, name, _ = strings.Cut(string(q), " ")
	return sort, name
}

// Chart is a measurement that customers may see over time.
type Chart struct {
	Title       string // what is shown, in customers' words
	Component   string // id
	Probe       string // key
	Interval    time.Duration
	Quantity    Quantity
	Unit        string
	Percentiles []int // from 1 to 100, in order
}

// ID returns the chart's id for customers, which tells nothing of the probe.
func (c Chart) ID() string { return DerivedID(c.Component, c.Title) }

// ChartGrain is the finest step that charts are summed up by.
const ChartGrain = 15 * time.Minute

// ChartKept is how long those sums are kept: a little longer than the longest chart.
const ChartKept = 100 * 24 * time.Hour

// ChartRange is a length of charts that customers may choose.
type ChartRange struct {
	Name       string // in addresses: "24h"
	Long, Step time.Duration
}

// ChartRanges are those that the page offers, all of about as many points.
var ChartRanges = []ChartRange{
	{"24h", 24 * time.Hour, ChartGrain},
	{"7d", 7 * 24 * time.Hour, 2 * time.Hour},
	{"30d", 30 * 24 * time.Hour, 8 * time.Hour},
	{"90d", 90 * 24 * time.Hour, 24 * time.Hour},
}

// Bucket is what was measured in one step of time.
type Bucket struct {
	Start  time.Time
	Values Sketch
}

// ChartStore is what charts are drawn from.
type ChartStore interface {
	// Buckets returns what was measured from a time until another, a bucket for each step in which anything was.
	// The steps begin at the Unix epoch.
	Buckets(ctx context.Context, probe string, q Quantity, from, until time.Time, step time.Duration) ([]Bucket, error)
}

// PageChart is a chart as customers see it.
type PageChart struct {
	ID          string        `json:"id"`
	Title       string        `json:"title"`
	Component   string        `json:"component"` // id
	Unit        string        `json:"unit"`
	Percentiles []int         `json:"percentiles"`
	Range       string        `json:"range,omitempty"` // empty around an incident
	From        time.Time     `json:"from"`
	Until       time.Time     `json:"until"`
	Step        time.Duration `json:"step"`
	Gap         time.Duration `json:"gap"`             // points further apart are not joined
	Points      []PagePoint   `json:"points"`          // oldest first; none where nothing was measured
	Whole       []float64     `json:"whole,omitempty"` // each percentile of all the time; empty when nothing was measured
}

// PagePoint is what was measured in one step.
type PagePoint struct {
	At     time.Time `json:"at"` // its start
	Runs   uint64    `json:"runs"`
	Values []float64 `json:"values"` // of each percentile
}

// Over reads the chart over a range that ends now.
func (c Chart) Over(ctx context.Context, store ChartStore, r ChartRange, now time.Time) (PageChart, error) {
	until := now.UTC().Truncate(r.Step).Add(r.Step)
	out, err := c.between(ctx, store, until.Add(-r.Long), until, r.Step)
	out.Range = r.Name
	return out, err
}

// aroundSteps are the steps of a chart around an incident: no more than aroundPoints of them.
var aroundSteps = []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, ChartGrain, time.Hour, 2 * time.Hour, 8 * time.Hour, 24 * time.Hour}

const (
	aroundPoints = 120
	beside       = time.Hour // how much is shown before and after an incident
)

// Around reads the chart around an incident.
func (c Chart) Around(ctx context.Context, store ChartStore, started, resolved, now time.Time) (PageChart, error) {
	from, until := started.Add(-beside), resolved.Add(beside)
	if until.After(now) {
		until = now
	}
	step := aroundSteps[len(aroundSteps)-1]
	for _, s := range slices.Backward(aroundSteps) {
		if until.Sub(from) <= aroundPoints*s && s >= c.Interval {
			step = s
		}
	}
	until = until.UTC().Add(step - 1).Truncate(step)
	return c.between(ctx, store, from.UTC().Truncate(step), until, step)
}

func (c Chart) between(ctx context.Context, store ChartStore, from, until time.Time, step time.Duration) (PageChart, error) {
	out := PageChart{ID: c.ID(), Title: c.Title, Component: c.Component, Unit: c.Unit, Percentiles: c.Percentiles,
		From: from, Until: until, Step: step, Gap: step + c.Interval}
	list, err := store.Buckets(ctx, c.Probe, c.Quantity, from, until, step)
	if err != nil {
		return out, fmt.Errorf("read the chart %q: %w", c.Title, err)
	}
	var all Sketch
	for _, b := range list {
		out.Points = append(out.Points, PagePoint{b.Start, b.Values.Count(), c.values(b.Values)})
		all.Merge(b.Values)
	}
	if all.Count() > 0 {
		out.Whole = c.values(all)
	}
	return out, nil
}

// values returns each of the chart's percentiles with the four digits that the error leaves of a value.
func (c Chart) values(s Sketch) []float64 {
	var out []float64
	for _, p := range c.Percentiles {
		v := s.Percentile(float64(p))
		if v != 0 {
			ten := math.Pow(10, 3-math.Floor(math.Log10(math.Abs(v))))
			v = math.Round(v*ten) / ten
		}
		out = append(out, v)
	}
	return out
}

// chartsOf returns the charts that belong to one of the components.
func chartsOf(list []PageChart, components []PageComponent) []PageChart {
	return slices.DeleteFunc(slices.Clone(list), func(c PageChart) bool {
		return !slices.ContainsFunc(components, func(of PageComponent) bool { return of.ID == c.Component })
	})
}

// ChartsOf returns the page's charts of one component.
func (p Page) ChartsOf(c PageComponent) []PageChart { return chartsOf(p.Charts, []PageComponent{c}) }

// Charting returns the page with other charts.
func (p Page) Charting(list []PageChart) Page {
	p.Charts = chartsOf(list, p.Components())
	return p
}

// Charting returns the incident with charts around it, those of the components that it touched.
func (inc PageIncident) Charting(list []PageChart) PageIncident {
	inc.Charts = chartsOf(list, inc.Components)
	return inc
}
