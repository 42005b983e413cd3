package templates

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
)

func TestPublicComponentPages(t *testing.T) {
	all := gallery(t)
	for name, want := range map[string]expect{
		"component": {
			"h1": {"Test e-mail delivery"}, ".facts dt": {"Uptime in 7 days", "Uptime in 30 days", "Uptime in 90 days", "Uptime in 365 days"},
			".month caption":           {"May 2024 98.75%", "April 2024 100%", "March 2024 99.86%"},
			".months td[data-s=major]": {"2 Major outage"}, ".months td[data-s=partial]": {"11 Partial outage"},
			".told a": {"Studio cannot send test campaigns", "E-mails were late"}, "#elsewhere": {"Follow it"},
		},
		"day": {
			"h1": {"2 May 2024"}, ".day .head": {"2 May 2024Major outage"}, ".parts div": {"Major outage29 min", "No trouble14 h 39 min"},
			".stories li": {"Studio cannot send test campaigns Major outage · open since 2 May 2024, 10:39 EDT"}, ".day .turn a": {"Day before"},
		},
		"day-unseen": {".day .head": {"3 February 2024No data"}, ".parts div": {"Not seen1 d"}, ".day .turn a": {"Day after"}, ".stories": nil},
		"uptime": {
			"h1": {"Uptime in April 2024"}, ".group h2": {"Products", "Platforms"}, ".turn a": {"Month before", "Month after"},
			".month caption a":    {"New Studio", "Classic Studio", "Test e-mail delivery", "US Platform", "EU Platform"},
			"td[data-s=degraded]": {"9 Degraded performance"}, ".key li": {"No trouble", "Degraded performance"},
		},
		"explain": {
			"h1": {"100% uptime in 90 days: how it came about"}, ".windows [aria-current=page]": {"90"},
			".sums td.num": {"7,744,088 89 d 15 h", "1,036,800 12 d", "6,707,288 77 d 15 h", "0 0 s", "0 0 s", "0 0 s", "0 0 s"},
			".sum":         {"1 − (0 + 0.3 × 0) ÷ 6,707,288 = 100%"},
		},
		"postmortems":      {".told a": {"Studio cannot send test campaigns"}, ".told mark": {"queue"}, "#q[value=queue]": {""}},
		"postmortems-none": {".reports": nil, ".ask a": {"Show all"}},
		"history-filter":   {".next p": {"No such incident."}, "option[selected]": {"Products - New Studio", "Major outage"}, "input[checked]": {""}},
		"status-week":      {".windows [aria-current=page]": {"7"}, "#new .scale span": {"7 days ago", "99.90% uptime", "today"}},
	} {
		t.Run(name, func(t *testing.T) { check(t, render(t, all[name]), want) })
	}
}

// Every percentage leads to what it was computed from, and every bar to its days.
func TestNumbersAreExplained(t *testing.T) {
	doc := parse(t, render(t, StatusPage(in(pages(t)["status"]))))
	for _, c := range find(doc, ".component") {
		if got, want := attr(one(t, c, ".num a"), "href"), "/components/"+attr(c, "id")+"/uptime?days=90"; got != want {
			t.Errorf("%s leads to %s, want %s", textOf(c), got, want)
		}
		if got, want := attr(one(t, c, ".days"), "href"), "/components/"+attr(c, "id")+"#calendar"; got != want {
			t.Errorf("the bars of %s lead to %s, want %s", textOf(c), got, want)
		}
	}
}

func TestGroupsFoldWhileWell(t *testing.T) {
	for name, want := range map[string][]bool{"status": {true, false}, "well": {false, false}, "maintenance": {false, true}} {
		var got []bool
		for _, g := range find(parse(t, render(t, StatusPage(in(pages(t)[name])))), "details.group") {
			got = append(got, has(g, "open"))
			if len(find(one(t, g, "summary"), "svg")) != 1 {
				t.Errorf("%s: a folded group shows no bars", name)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s, open groups:\n%s", name, diff)
		}
	}
}

func TestWorstDays(t *testing.T) {
	day := now.Truncate(24 * time.Hour)
	with := func(created time.Time, days ...incidents.Day) incidents.PageComponent {
		return incidents.PageComponent{CreatedAt: created, Days: days}
	}
	ok := incidents.Day{Date: day, Seen: true, Worst: incidents.Operational}
	bad := incidents.Day{Date: day, Seen: true, Worst: incidents.MajorOutage}
	blind := incidents.Day{Date: day, Worst: incidents.Operational}
	for name, c := range map[string]struct {
		list []incidents.PageComponent
		want incidents.Sight
	}{
		"all are well":                 {[]incidents.PageComponent{with(day, ok), with(day, ok)}, incidents.SightOK},
		"one is not":                   {[]incidents.PageComponent{with(day, ok), with(day, bad)}, incidents.SightMajor},
		"one was not seen":             {[]incidents.PageComponent{with(day, ok), with(day, blind)}, incidents.SightNoData},
		"one was not there yet":        {[]incidents.PageComponent{with(day, ok), with(day.AddDate(0, 0, 2), blind)}, incidents.SightOK},
		"trouble beside what is blind": {[]incidents.PageComponent{with(day, bad), with(day, blind)}, incidents.SightMajor},
	} {
		var list [][]run
		for _, one := range c.list {
			list = append(list, newRuns(one.Days, one.CreatedAt))
		}
		if got := sights[places[worstRuns(list)[0].Bar]]; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestWhatIsFoundIsEscaped(t *testing.T) {
	evil := `<script>alert(1)</script>`
	inc := incidents.PageIncident{ID: "x", Title: evil, Postmortem: &incidents.PagePostmortem{}}
	page := render(t, PostmortemsPage(in(incidents.Page{}), evil, []Report{{inc, incidents.NewQuery("alert(1)").Passage(evil)}}))
	if strings.Contains(page, "<script>alert") || !strings.Contains(page, "<mark>alert(1)</mark>") {
		t.Error("what was typed or found is not escaped, or not marked")
	}
}

func TestPlainText(t *testing.T) {
	if got, want := strings.Join(strings.Fields(PlainText("## Cause\n\nA *full* queue & <b>more</b>.\n\n- one\n- two")), " "), "Cause A full queue & more. one two"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCalendar(t *testing.T) {
	c := incidents.PageComponent{}
	for n := range 40 {
		c.Days = append(c.Days, incidents.Day{Date: time.Date(2024, 3, 24+n, 0, 0, 0, 0, time.UTC)}) // to 2 May
	}
	got := newCalendar(c, time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC), time.Monday)
	first, last := got.Weeks[0], got.Weeks[len(got.Weeks)-1]
	if len(got.Weeks) != 5 || first[1].Number != 0 || first[2].Number != 1 || last[4].Number != 31 {
		t.Errorf("May 2024 is %+v", got.Weeks)
	}
	if !first[3].Known || first[4].Known || first[3].Day.Date.Day() != 2 {
		t.Error("the calendar does not end with today")
	}
	if before := newCalendar(c, time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC), time.Monday); before.Weeks[3][5].Known || !before.Weeks[3][6].Known {
		t.Error("the calendar does not begin with the first day")
	}
}
