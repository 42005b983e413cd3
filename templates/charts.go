package templates

import (
	"fmt"
	"time"

	"candor/incidents"
	"candor/templates/languages"
)

// rangeWords writes the range of a chart: "24 hours", "7 days".
func rangeWords(w *languages.Language, long time.Duration) string {
	if long > day {
		return w.Days(int(long / day))
	}
	return w.Hours(int(long / time.Hour))
}

// pastWords says what was measured over all the time of a chart up to now.
func pastWords(w *languages.Language, chart incidents.PageChart) string {
	return w.LastDays(rangeWords(w, chart.Until.Sub(chart.From)), wholeWords(w, chart))
}

// overChart draws a chart of the page, with the incidents of its component.
func overChart(p Page, c incidents.PageComponent, chart incidents.PageChart) Chart {
	var spans []Span
	for _, s := range dayStories(p.Page, c, chart.From, chart.Until) {
		spans = append(spans, Span{s.From, s.Until, s.Worst.Sight(), s.Incident.Title})
	}
	return drawn(p, chart, pastWords(p.Words, chart), spans)
}

// aroundChart draws a chart around an incident, with the times at which that impaired the chart's component.
func aroundChart(p Page, inc incidents.PageIncident, chart incidents.PageChart) Chart {
	var spans []Span
	for _, i := range inc.Impacts {
		if i.Component == chart.Component {
			spans = append(spans, Span{i.From, i.Until, i.Status.Sight(), componentWord(p.Words, i.Status)})
		}
	}
	return drawn(p, chart, p.Words.AroundIncident(wholeWords(p.Words, chart)), spans)
}

func drawn(p Page, chart incidents.PageChart, words string, spans []Span) Chart {
	out := Chart{ID: "chart-" + chart.ID, Title: chart.Title, Words: words, Now: p.At, From: chart.From, Until: chart.Until,
		Step: chart.Step, Gap: chart.Gap, Spans: spans}
	for i, percentile := range chart.Percentiles {
		course := incidents.Course{Name: p.Words.Percentile(percentile), Unit: chart.Unit}
		for _, point := range chart.Points {
			course.Samples = append(course.Samples, incidents.Sample{At: point.At, Value: point.Values[i]})
		}
		out.Courses = append(out.Courses, course)
	}
	return out
}

// wholeWords says what was measured over all the time of a chart.
func wholeWords(w *languages.Language, chart incidents.PageChart) string {
	if len(chart.Whole) == 0 {
		return w.NothingMeasured()
	}
	var words []string
	for i, v := range chart.Whole {
		words = append(words, w.Measured(w.Percentile(chart.Percentiles[i]), readingIn(w, v, chart.Unit)))
	}
	return w.Row(words)
}

// wholeShort is the first figure over all the time: "120 ms".
func wholeShort(w *languages.Language, chart incidents.PageChart) string {
	if len(chart.Whole) == 0 {
		return "–"
	}
	return readingIn(w, chart.Whole[0], chart.Unit)
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
func chartLines(p Page, chart incidents.PageChart) []string {
	d, ok := newDrawing(p, drawn(p, chart, "", nil))
	if !ok {
		return nil
	}
	return d.Lines
}

var chartBox = fmt.Sprintf("0 0 %d %d", chartWide, chartHigh)
