package templates

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"candor/incidents"
)

// RoomEvidence is what a room shows of evidence, and the form to show a piece to customers.
type RoomEvidence struct {
	List    []incidents.Evidence // in the order of their moments
	Piece   string               // id of the piece whose form was refused; else empty
	Caption string               // as typed
	Alt     string               // as typed
	Field   string               // at fault
	Problem string
}

// evidenceMoment is all the evidence of one moment.
type evidenceMoment struct {
	incidents.Moment
	Pictures []incidents.Evidence // the failure's first
	Texts    []incidents.Evidence
	Series   []incidents.Evidence
}

// moments sorts evidence by moment, and in each by what it is.
func (r RoomEvidence) moments() []evidenceMoment {
	var out []evidenceMoment
	for _, e := range r.List {
		if n := len(out); n == 0 || out[n-1].Probe != e.Probe || !out[n-1].Since.Equal(e.Since) {
			out = append(out, evidenceMoment{Moment: e.Moment})
		}
		m := &out[len(out)-1]
		switch {
		case e.Picture():
			m.Pictures = append(m.Pictures, e)
		case e.Sighting == incidents.Around:
			m.Series = append(m.Series, e)
		default:
			m.Texts = append(m.Texts, e)
		}
	}
	return out
}

// holds says whether the moment has the piece.
func (m evidenceMoment) holds(piece string) bool {
	return slices.ContainsFunc(slices.Concat(m.Pictures, m.Texts, m.Series), func(e incidents.Evidence) bool { return e.ID == piece })
}

func (m evidenceMoment) id() string {
	for _, list := range [][]incidents.Evidence{m.Pictures, m.Texts, m.Series} {
		if len(list) > 0 {
			return "moment-" + list[0].ID
		}
	}
	return ""
}

// sightingWords names a piece of evidence.
func sightingWords(e incidents.Evidence) string {
	switch e.Sighting {
	case incidents.AtFailure:
		return "At the failure: " + e.Name
	case incidents.LastGood:
		return "Last good: " + e.Name
	}
	return "Before and after"
}

// momentAlt describes a picture in the console to those who do not see it.
func momentAlt(e incidents.Evidence) string {
	if e.Sighting == incidents.LastGood {
		return "What " + e.Probe + " saw while all was well"
	}
	return "What " + e.Probe + " saw when it failed"
}

// published says who decided that customers see a piece, or no longer do.
func published(e incidents.Evidence) string {
	switch {
	case e.Author == "":
		return ""
	case e.Public:
		return "Published by " + e.Author
	}
	return "Withdrawn by " + e.Author
}

func evidencePath(incident, id string) string {
	return roomPath(incident) + "/evidence/" + url.PathEscape(id)
}

func publicEvidencePath(incident, id string) string {
	return "/incidents/" + url.PathEscape(incident) + "/evidence/" + url.PathEscape(id)
}

// value returns what a field of a piece's form holds: what was refused, else what is stored.
func (r RoomEvidence) value(e incidents.Evidence, field string) string {
	caption, alt := e.Caption, e.Alt
	if r.Piece == e.ID {
		caption, alt = r.Caption, r.Alt
	}
	if field == "alt" {
		return alt
	}
	return caption
}

// fault marks a field of the form that was refused.
func (r RoomEvidence) fault(e incidents.Evidence, field string) templ.Attributes {
	if r.Piece != e.ID {
		return templ.Attributes{}
	}
	return wrong(r.Field, field)
}

func evidenceField(e incidents.Evidence, field string) string { return field + "-" + e.ID }

// chartWidth and chartHeight are the size of a line's box.
const chartWidth, chartHeight = 320.0, 56.0

// chart is one reading over time.
type chart struct {
	Name   string
	Lines  []string // of a polyline each; a gap in the readings parts them
	Limit  string   // y of the limit; empty when it has none in view
	Mark   string   // x of the moment; empty when it is not in view
	Words  string   // all of it in a sentence
	Newest string
}

// charts draws what a series holds: how long the runs took, and each reading. mark is when the failure began.
func charts(p Page, s incidents.Series, mark time.Time) []chart {
	if len(s.Points) == 0 {
		return nil
	}
	all := []chart{}
	draw := func(r incidents.Reading, value func(incidents.Point) *float64) {
		if c, ok := newChart(p, s.Points, r, value, mark); ok {
			all = append(all, c)
		}
	}
	draw(incidents.Reading{Name: p.Words.RunTime(), Unit: "s"}, func(p incidents.Point) *float64 { return &p.Took })
	for i, r := range s.Readings {
		draw(r, func(p incidents.Point) *float64 { return p.Values[i] })
	}
	return all
}

func newChart(page Page, points []incidents.Point, r incidents.Reading, value func(incidents.Point) *float64, mark time.Time) (chart, bool) {
	first, last := points[0].At, points[len(points)-1].At
	var known []float64
	for _, p := range points {
		if v := value(p); v != nil {
			known = append(known, *v)
		}
	}
	if len(known) == 0 {
		return chart{}, false
	}
	low, high := slices.Min(known), slices.Max(known)
	x := func(t time.Time) float64 {
		if !last.After(first) {
			return chartWidth / 2
		}
		return chartWidth * float64(t.Sub(first)) / float64(last.Sub(first))
	}
	y := func(v float64) float64 {
		if high <= low {
			return chartHeight / 2
		}
		return chartHeight - 4 - (chartHeight-8)*(v-low)/(high-low)
	}
	words := func(v float64) string { return readingIn(page.Words, v, r.Unit) }
	c := chart{Name: r.Name, Lines: polylines(points, value, x, y), Newest: words(known[len(known)-1])}
	if r.Limit > low && r.Limit < high {
		c.Limit = fmt.Sprintf("%.1f", y(r.Limit))
	}
	if !mark.Before(first) && !mark.After(last) && last.After(first) {
		c.Mark = fmt.Sprintf("%.1f", x(mark))
	}
	c.Words = page.Words.ChartWords(r.Name, words(known[0]), page.written(asExact, first), c.Newest, page.written(asExact, last), words(low), words(high))
	return c, true
}

// polylines joins neighbouring readings; a lone one is a line of no length, which its round ends show.
func polylines(points []incidents.Point, value func(incidents.Point) *float64, x func(time.Time) float64, y func(float64) float64) []string {
	var out []string
	var line []string
	end := func() {
		if len(line) == 1 {
			line = append(line, line[0])
		}
		if len(line) > 0 {
			out = append(out, strings.Join(line, " "))
		}
		line = nil
	}
	for _, p := range points {
		if v := value(p); v != nil {
			line = append(line, fmt.Sprintf("%.1f,%.1f", x(p.At), y(*v)))
		} else {
			end()
		}
	}
	end()
	return out
}
