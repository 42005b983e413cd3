package templates

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
	"candor/templates/languages"
)

func TestStrip(t *testing.T) {
	words := map[rune]incidents.Day{
		'.': {},
		'o': {Seen: true, Worst: incidents.Operational},
		'd': {Seen: true, Worst: incidents.DegradedPerformance},
		'p': {Seen: true, Worst: incidents.PartialOutage},
		'X': {Seen: true, Worst: incidents.MajorOutage},
		'm': {Seen: true, Worst: incidents.UnderMaintenance},
	}
	for _, c := range []struct {
		name, days string
		want       strip
	}{
		{"no days", "", strip{Words: "The last 0 days: ."}},
		{"one state is one line", "oooo", strip{37, "The last 4 days: No trouble (4 days).", []stripPath{{"ok", "M0 24h40"}}}},
		{"a state that returns stays one path", "odo", strip{27, "The last 3 days: No trouble (2 days), Degraded performance (1 day).",
			[]stripPath{{"ok", "M0 24h10M20 24h10"}, {"degraded", "M10 22h10"}}}},
		{"what was not seen is not well", "..oX", strip{37, "The last 4 days: No trouble (1 day), Major outage (1 day), No data (2 days).",
			[]stripPath{{"ok", "M20 24h10"}, {"major", "M30 18h10"}, {"nodata", "M0 30h20"}}}},
		{"maintenance is split", "pm", strip{17, "The last 2 days: Maintenance (1 day), Partial outage (1 day).",
			[]stripPath{{"maint", "M10 17h10M10 31h10"}, {"partial", "M0 20h10"}}}},
	} {
		var days []incidents.Day
		for _, r := range c.days {
			days = append(days, words[r])
		}
		if diff := cmp.Diff(c.want, newStrip(languages.English, days)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

func TestPast(t *testing.T) {
	list := func(daysAgo ...int) []incidents.PageIncident {
		var out []incidents.PageIncident
		for _, d := range daysAgo {
			start := now.AddDate(0, 0, -d).Add(-time.Hour)
			out = append(out, incidents.PageIncident{StartedAt: start, ResolvedAt: start.Add(time.Minute)})
		}
		return out
	}
	page := func(age int, past []incidents.PageIncident, open ...incidents.PageIncident) incidents.Page {
		c := incidents.PageComponent{CreatedAt: now.AddDate(0, 0, -age)}
		return incidents.Page{Site: site, At: now, Past: past, Open: open, Groups: []incidents.PageGroup{{Components: []incidents.PageComponent{c}}}}
	}
	month := func(m time.Month, n int) monthCount { return monthCount{time.Date(2024, m, 1, 0, 0, 0, 0, newYork), n} }
	for _, c := range []struct {
		name string
		page incidents.Page
		want past
	}{
		{"nothing", page(400, nil), past{Empty: "No incident in the last 15 days."}},
		{"one is open", page(400, nil, incidents.PageIncident{}), past{Empty: "No other incident in the last 15 days."}},
		{"the page is young", page(3, nil), past{Empty: "No incident since this page began on 29 April 2024."}},
		{"one was today", page(400, list(0)), past{Today: list(0), Empty: "No other incident in the last 15 days."}},
		{"one was lately", page(400, list(4)), past{Recent: list(4)}},
		{"older ones are counted", page(400, list(20, 25, 40)), past{Empty: "No incident in the last 15 days.",
			Months: []monthCount{month(4, 2), month(3, 1)}}},
	} {
		if diff := cmp.Diff(c.want, newPast(in(c.page))); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}
