package templates

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
)

// What is put into words once for many components is said of those that it is true of.
func TestRowsSayTheirOwn(t *testing.T) {
	today := now.Truncate(24 * time.Hour)
	with := func(name string, last time.Time, worst ...incidents.ComponentStatus) incidents.PageComponent {
		c := incidents.PageComponent{ID: name, Name: name}
		for n, s := range worst {
			c.Days = append(c.Days, incidents.Day{Date: last.AddDate(0, 0, n+1-len(worst)), Seen: true, Worst: s})
		}
		return c
	}
	const ok, bad = incidents.Operational, incidents.MajorOutage
	list := []incidents.PageComponent{with("a", today, ok, ok, bad), with("b", today, ok, bad), with("c", today, bad, ok, ok),
		with("d", today.AddDate(0, 0, -1), ok, ok, bad), with("e", today, ok, ok, ok), with("none", today)}
	doc := parse(t, render(t, StatusPage(in(incidents.Page{Site: site, At: now, Days: 90, Groups: []incidents.PageGroup{{Components: list}}}))))
	var got [][]string
	for _, c := range find(doc, ".component") {
		row := []string{attr(c, "id")}
		for _, days := range find(c, ".days") {
			row = append(row, attr(days, "data-days"), attr(days, "data-to"), attr(one(t, days, "svg"), "aria-label"), textOf(find(c, ".scale span")[0]))
		}
		got = append(got, row)
	}
	want := [][]string{
		{"a", "3", "2024-05-02", "The last 3 days: No trouble (2 days), Major outage (1 day).", "3 days ago"},
		{"b", "2", "2024-05-02", "The last 2 days: No trouble (1 day), Major outage (1 day).", "2 days ago"},
		{"c", "3", "2024-05-02", "The last 3 days: No trouble (2 days), Major outage (1 day).", "3 days ago"},
		{"d", "3", "2024-05-01", "The last 3 days: No trouble (2 days), Major outage (1 day).", "3 days ago"},
		{"e", "3", "2024-05-02", "The last 3 days: No trouble (3 days).", "3 days ago"},
		{"none"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRowsAreEscaped(t *testing.T) {
	const evil = `"><script>alert('1')</script>&amp;`
	c := incidents.PageComponent{ID: evil, Name: evil, Description: evil, Days: []incidents.Day{{Date: now, Seen: true, Worst: incidents.Operational}}}
	p := in(incidents.Page{Site: site, At: now, Days: 1, Groups: []incidents.PageGroup{{Name: evil, Components: []incidents.PageComponent{c}}}})
	p.Site.Language = evil
	row := one(t, parse(t, render(t, StatusPage(p))), ".component")
	got := []string{attr(row, "id"), textOf(one(t, row, "h3")), attr(one(t, row, "h3"), "lang"), attr(one(t, row, "h3 a"), "href"), textOf(one(t, row, ".about")),
		attr(one(t, row, ".days"), "href"), attr(one(t, row, ".num a"), "href")}
	path := "/components/" + evil
	if diff := cmp.Diff([]string{evil, evil, evil, path, evil, path + "#calendar", path + "/uptime?days=1"}, got); diff != "" {
		t.Error(diff)
	}
	if n := len(find(row, "script")); n != 0 {
		t.Errorf("what somebody typed became %d scripts", n)
	}
}
