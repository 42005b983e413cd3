package templates

import (
	"fmt"
	"strconv"
	"strings"

	"candor/incidents"
	"candor/probes"
)

// What charts say in words.
const (
	chartsTitle = "How fast it is"
	aroundTitle = "Measured around it"
)

func chartsExplained(p incidents.Page) string {
	return "Half of what was measured is at or below the median, 95 of 100 at or below the 95th percentile, each within 2%. " +
		"Where a line is missing, no check ran or none got an answer. Shaded times are incidents. Times below a chart are those of " +
		zoneNote(p.Site, p.At) + "."
}

// rangeWords name the ranges of charts.
var rangeWords = map[string]string{"24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days"}

// percentileWords names a percentile for those who do not know what one is.
func percentileWords(p int) string {
	switch {
	case p == 50:
		return "median"
	case p == 100:
		return "maximum"
	case p%10 == 1 && p != 11:
		return strconv.Itoa(p) + "st percentile"
	case p%10 == 2 && p != 12:
		return strconv.Itoa(p) + "nd percentile"
	case p%10 == 3 && p != 13:
		return strconv.Itoa(p) + "rd percentile"
	}
	return strconv.Itoa(p) + "th percentile"
}

// overChart draws a chart of the page, with the incidents of its component.
func overChart(p incidents.Page, c incidents.PageComponent, chart incidents.PageChart) Chart {
	var spans []Span
	for _, s := range dayStories(p, c, chart.From, chart.Until) {
		spans = append(spans, Span{s.From, s.Until, s.Worst.Sight(), s.Incident.Title})
	}
	return drawn(p, chart, "In the last "+rangeWords[chart.Range]+": ", spans)
}

// aroundChart draws a chart around an incident, with the times at which that impaired the chart's component.
func aroundChart(p incidents.Page, inc incidents.PageIncident, chart incidents.PageChart) Chart {
	var spans []Span
	for _, i := range inc.Impacts {
		if i.Component == chart.Component {
			spans = append(spans, Span{i.From, i.Until, i.Status.Sight(), i.Status.Words()})
		}
	}
	return drawn(p, chart, "From an hour before to an hour after: ", spans)
}

func drawn(p incidents.Page, chart incidents.PageChart, of string, spans []Span) Chart {
	out := Chart{ID: "chart-" + chart.ID, Title: chart.Title, Words: of + wholeWords(chart) + ".", Now: p.At, From: chart.From, Until: chart.Until,
		Step: chart.Step, Gap: chart.Gap, Spans: spans}
	for i, percentile := range chart.Percentiles {
		course := incidents.Course{Name: percentileWords(percentile), Unit: chart.Unit}
		for _, point := range chart.Points {
			course.Samples = append(course.Samples, incidents.Sample{At: point.At, Value: point.Values[i]})
		}
		out.Courses = append(out.Courses, course)
	}
	return out
}

// wholeWords says what was measured over all the time of a chart.
func wholeWords(chart incidents.PageChart) string {
	if len(chart.Whole) == 0 {
		return "nothing was measured"
	}
	var words []string
	for i, v := range chart.Whole {
		words = append(words, percentileWords(chart.Percentiles[i])+" "+readingUnit(probes.Measurement{Value: v, Unit: chart.Unit}))
	}
	return strings.Join(words, ", ")
}

// wholeShort is the first figure over all the time: "120 ms".
func wholeShort(chart incidents.PageChart) string {
	if len(chart.Whole) == 0 {
		return "–"
	}
	return readingUnit(probes.Measurement{Value: chart.Whole[0], Unit: chart.Unit})
}

func chartPath(chart incidents.PageChart) string {
	return "/components/" + chart.Component + "#chart-" + chart.ID
}

func rangePath(c incidents.PageComponent, name string) string {
	if name == incidents.ChartRanges[0].Name {
		return componentPath(c) + "#charts"
	}
	return componentPath(c) + "?charts=" + name + "#charts"
}

// chartLines draws a chart as its lines alone.
func chartLines(p incidents.Page, chart incidents.PageChart) []string {
	d, ok := newDrawing(p.Site, drawn(p, chart, "", nil))
	if !ok {
		return nil
	}
	return d.Lines
}

var chartBox = fmt.Sprintf("0 0 %d %d", chartWide, chartHigh)
