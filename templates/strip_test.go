package templates

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
)

func TestStrip(t *testing.T) {
	words := map[rune]bar{'-': absentBar, '.': unseenBar, 'o': okBar, 'd': degradedBar, 'p': partialBar, 'X': majorBar, 'm': maintBar}
	for _, c := range []struct {
		name, days, words string
		width             int
		paths             []string
	}{
		{"no days", "", "The last 0 days: .", 0, nil},
		{"one state is one line", "oooo", "The last 4 days: No trouble (4 days).", 37, []string{"ok M0 24h40"}},
		{"a state that returns stays one path", "odo", "The last 3 days: No trouble (2 days), Degraded performance (1 day).", 27,
			[]string{"ok M0 24h10M20 24h10", "degraded M10 22h10"}},
		{"what was not seen is not well", "..oX", "The last 4 days: No trouble (1 day), Major outage (1 day), No data (2 days).", 37,
			[]string{"ok M20 24h10", "major M30 18h10", "nodata M0 30h20"}},
		{"nor is what was not there yet", "-.o", "The last 3 days: No trouble (1 day), No data (2 days).", 27,
			[]string{"ok M20 24h10", "nodata M0 30h20"}},
		{"maintenance is split", "pm", "The last 2 days: Maintenance (1 day), Partial outage (1 day).", 17,
			[]string{"maint M10 17h10M10 31h10", "partial M0 20h10"}},
	} {
		var runs []run
		for _, r := range c.days {
			runs = prolong(runs, words[r])
		}
		p := in(incidents.Page{})
		svg := one(t, parse(t, render(t, newRows(&p).bars(runs))), "svg")
		if got := attr(svg, "aria-label"); got != c.words {
			t.Errorf("%s: it reads %q, want %q", c.name, got, c.words)
		}
		if got, want := attr(svg, "viewBox"), fmt.Sprintf("0 0 %d 36", c.width); got != want {
			t.Errorf("%s: it is %q large, want %q", c.name, got, want)
		}
		var paths []string
		for _, p := range find(svg, "path") {
			paths = append(paths, attr(p, "data-s")+" "+attr(p, "d"))
		}
		if diff := cmp.Diff(c.paths, paths); diff != "" {
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
