package templates

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/templates/languages"
)

// Chart is series of one unit over time, with where the first of them is going.
type Chart struct {
	ID      string // unique on the page
	Title   string // what is shown: "Memory of the broker"
	Words   string // for those who do not see it; empty says what is now
	Courses []incidents.Course
	Outlook incidents.Outlook // of the first series; zero when there is none
	Now     time.Time

	// Of a chart by steps, whose samples have the times at which theirs begin.
	From, Until time.Time
	Step        time.Duration // zero of any other chart
	Gap         time.Duration // samples further apart are not joined
	Spans       []Span        // incidents, first to last
}

// Span is time that is shaded.
type Span struct {
	From, Until time.Time // Until is zero while it lasts
	Sight       incidents.Sight
	Words       string
}

// The box that lines are drawn in; it is stretched to whatever room there is.
const (
	chartWide = 1000
	chartHigh = 300
)

// tick is a place on an axis, in percent of its length, with what stands there.
type tick struct {
	At    float64
	Label string
}

// drawing is a chart in the units of its box.
type drawing struct {
	from, until time.Time
	low, high   float64
	unit        string
	middle, gap time.Duration

	Lines     []string // a path for each series
	Limit     float64  // height of the limit's line in percent; below 0 when there is none
	Cone, Way string   // paths of the outlook's range and of its expected way
	Shades    []shade
	Times     []tick
	Values    []tick
}

// shade is a span in the units of the box.
type shade struct {
	X, Wide float64
	Sight   incidents.Sight
}

func newDrawing(p Page, c Chart) (drawing, bool) {
	d := drawing{low: math.Inf(1), high: math.Inf(-1), Limit: -1, middle: c.Step / 2, gap: c.Gap}
	d.fit(c)
	if !d.until.After(d.from) || d.high < d.low {
		return d, false
	}
	first := c.Courses[0]
	d.unit = first.Unit
	if first.Limit != 0 {
		d.high = max(d.high, first.Limit)
	}
	d.low, d.high = min(0, d.low), max(0, d.high)
	d.high += (d.high - d.low) / 10
	if d.high <= d.low {
		d.high = d.low + 1
	}
	if !c.Outlook.At.IsZero() {
		d.until = c.Outlook.At.Add(min(c.Outlook.Latest.Sub(c.Outlook.At), d.until.Sub(d.from)/4))
	}
	if first.Limit != 0 {
		d.Limit = 100 * d.y(first.Limit) / chartHigh
	}
	for _, s := range c.Courses {
		d.Lines = append(d.Lines, d.line(s.Samples))
	}
	if o := c.Outlook; !o.At.IsZero() {
		x, y, limit := d.x(c.Now), d.y(o.Value), d.y(first.Limit)
		d.Cone = fmt.Sprintf("M%.0f %.0fL%.0f %.0fH%.0fz", x, y, d.x(o.Earliest), limit, d.x(o.Latest))
		d.Way = fmt.Sprintf("M%.0f %.0fL%.0f %.0f", x, y, d.x(o.At), limit)
	}
	d.Times, d.Values, d.Shades = d.times(p), d.values(p.Words), d.shades(c.Spans)
	return d, true
}

// fit makes room for all that there is, or for the times that the chart is of.
func (d *drawing) fit(c Chart) {
	for _, s := range c.Courses {
		for _, p := range s.Samples {
			d.low, d.high = min(d.low, p.Value), max(d.high, p.Value)
			if d.from.IsZero() || p.At.Before(d.from) {
				d.from = p.At
			}
			if p.At.After(d.until) {
				d.until = p.At
			}
		}
	}
	if c.Step > 0 {
		d.from, d.until = c.From, c.Until
	}
}

// shades are no narrower than one can see.
func (d drawing) shades(spans []Span) (list []shade) {
	const least = 3
	for _, s := range spans {
		from, until := max(0, d.x(s.From)), float64(chartWide)
		if !s.Until.IsZero() {
			until = min(until, d.x(s.Until))
		}
		if from < chartWide && until > 0 {
			list = append(list, shade{from, max(least, until-from), s.Sight})
		}
	}
	return list
}

func (d drawing) x(t time.Time) float64 {
	return chartWide * t.Sub(d.from).Seconds() / d.until.Sub(d.from).Seconds()
}

func (d drawing) y(v float64) float64 { return chartHigh * (d.high - v) / (d.high - d.low) }

// line draws what a reader can see of points: the least and the most of each column of the box. It leaves out
// what was not measured.
func (d drawing) line(points []incidents.Sample) string {
	var b strings.Builder
	for i, pen := 0, 'M'; i < len(points); {
		x := d.column(points[i])
		low, high := d.y(points[i].Value), d.y(points[i].Value)
		lowFirst := true
		for ; i < len(points) && d.column(points[i]) == x; i++ {
			switch y := d.y(points[i].Value); {
			case y < low:
				low, lowFirst = y, false
			case y > high:
				high, lowFirst = y, true
			}
		}
		if !lowFirst {
			low, high = high, low
		}
		fmt.Fprintf(&b, "%c%d %.0f", pen, x, low)
		if math.Abs(low-high) >= 1 {
			fmt.Fprintf(&b, "V%.0f", high)
		}
		alone := pen == 'M' && low == high
		if pen = 'L'; i == len(points) || d.apart(points, i) {
			pen = 'M'
			if alone {
				b.WriteString("h1") // or nothing would show
			}
		}
	}
	return b.String()
}

// column returns where a point is drawn: the left of one of the columns of the box.
func (d drawing) column(p incidents.Sample) int {
	const wide = 4
	return int(d.x(p.At.Add(d.middle))) / wide * wide
}

// apart says that the time before point i is too long, or else much longer than the times beside it.
func (d drawing) apart(points []incidents.Sample, i int) bool {
	if d.gap > 0 {
		return i > 0 && i < len(points) && points[i].At.Sub(points[i-1].At) > d.gap
	}
	if i < 2 || i >= len(points)-1 {
		return false
	}
	between := func(i int) time.Duration { return points[i].At.Sub(points[i-1].At) }
	return between(i) > 3*max(between(i-1), between(i+1))
}

var timeSteps = []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour}

const day = 24 * time.Hour

// times are about five moments that are round in the page's zone.
func (d drawing) times(p Page) (ticks []tick) {
	long := d.until.Sub(d.from)
	step := day * time.Duration(1+long/(5*day))
	if i := slices.IndexFunc(timeSteps, func(s time.Duration) bool { return long <= 6*s }); i >= 0 {
		step = timeSteps[i]
	}
	label := p.Words.Hour
	if step >= day {
		label = p.Words.Day
	}
	begin := inZone(p.Site, d.from)
	at := time.Date(begin.Year(), begin.Month(), begin.Day(), 0, 0, 0, 0, begin.Location())
	for ; at.Before(d.until); at = at.Add(step) {
		if percent := d.x(at) / chartWide * 100; percent > 4 && percent < 96 {
			ticks = append(ticks, tick{percent, label(at)})
		}
	}
	return ticks
}

// values are some round readings.
func (d drawing) values(w *languages.Language) (ticks []tick) {
	step := roundStep((d.high-d.low)/5, d.unit)
	for v := math.Ceil(d.low/step) * step; v < d.high; v += step {
		at := 100 * d.y(v) / chartHigh
		if beside := math.Abs(at-d.Limit) < 8; at > 6 && !beside { // the limit has a label of its own
			ticks = append(ticks, tick{at, axisReading(w, v, d.unit)})
		}
	}
	return ticks
}

// roundStep is the next step of 1, 2 or 5, of bytes in their units of 1024.
func roundStep(least float64, unit string) float64 {
	base := 1.0
	if unit == "bytes" {
		base = math.Pow(1024, math.Floor(math.Log2(least)/10))
	}
	ten := math.Pow(10, math.Floor(math.Log10(least/base)))
	for _, by := range []float64{1, 2, 5, 10} {
		switch step := ten * by; {
		case unit == "bytes" && step == 1000:
			return 1024 * base
		case step*base >= least:
			return step * base
		}
	}
	return 10 * ten * base
}

func axisReading(w *languages.Language, v float64, unit string) string {
	if v == 0 {
		return "0"
	}
	if unit == "s" {
		return readingIn(w, v, unit)
	}
	return w.Reading(reading(probes.Measurement{Value: v, Unit: unit}))
}

// figures is the table behind a chart: at most so many rows, each with the value of every series at about that time.
type figures struct {
	At     time.Time
	Values []string
	Spans  string // what went on meanwhile
}

func newFigures(w *languages.Language, c Chart) (rows []figures) {
	if c.Step > 0 {
		return stepFigures(w, c)
	}
	const most = 24
	points := c.Courses[0].Samples
	for i := range min(most, len(points)) {
		p := points[len(points)-1-i*len(points)/min(most, len(points))]
		row := figures{At: p.At}
		for _, s := range c.Courses {
			row.Values = append(row.Values, valueAt(w, s, p.At))
		}
		rows = append(rows, row)
	}
	return rows
}

// stepFigures has a row for every step, also for those without a value.
func stepFigures(w *languages.Language, c Chart) (rows []figures) {
	for at := c.Until.Add(-c.Step); !at.Before(c.From); at = at.Add(-c.Step) {
		row := figures{At: at}
		for _, s := range c.Courses {
			i, found := slices.BinarySearchFunc(s.Samples, at, func(p incidents.Sample, t time.Time) int { return p.At.Compare(t) })
			text := "–"
			if found {
				text = readingIn(w, s.Samples[i].Value, s.Unit)
			}
			row.Values = append(row.Values, text)
		}
		var words []string
		for _, s := range c.Spans {
			if s.From.Before(at.Add(c.Step)) && (s.Until.IsZero() || s.Until.After(at)) {
				words = append(words, s.Words)
			}
		}
		row.Spans = w.Row(words)
		rows = append(rows, row)
	}
	return rows
}

// valueAt writes the newest value up to a time.
func valueAt(w *languages.Language, s incidents.Course, at time.Time) string {
	i, found := slices.BinarySearchFunc(s.Samples, at, func(p incidents.Sample, t time.Time) int { return p.At.Compare(t) })
	if !found {
		i--
	}
	if i < 0 {
		return "–"
	}
	return readingIn(w, s.Samples[i].Value, s.Unit)
}

// outlookWords says when the limit is met: "limit in about 38 min: 30 min at the earliest, 55 min at the latest".
func outlookWords(o incidents.Outlook, now time.Time) string {
	rough := func(t time.Time) string {
		d := max(time.Minute, t.Sub(now))
		switch {
		case d < 2*time.Hour:
			return length(d.Round(time.Minute))
		case d < 2*day:
			return length(d.Round(10 * time.Minute))
		}
		return length(d.Round(time.Hour))
	}
	return "limit in about " + rough(o.At) + ": " + rough(o.Earliest) + " at the earliest, " + rough(o.Latest) + " at the latest"
}

// chartWords describes a chart to those who do not see it: one of the console, unless it says so itself.
func chartWords(c Chart) string {
	if c.Words != "" {
		return c.Words
	}
	s := c.Courses[0]
	words := valueAt(languages.English, s, c.Now)
	for i, other := range c.Courses {
		switch {
		case i == 0 && len(c.Courses) > 1:
			words = other.Name + " " + words
		case i > 0:
			words += ", " + other.Name + " " + valueAt(languages.English, other, c.Now)
		}
	}
	words += " now"
	if s.Limit != 0 {
		words += ", limit " + readingUnit(probes.Measurement{Value: s.Limit, Unit: s.Unit})
	}
	if !c.Outlook.At.IsZero() {
		words += ", " + outlookWords(c.Outlook, c.Now)
	}
	return words + "."
}
