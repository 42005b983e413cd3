package templates

import (
	"testing"
	"time"

	"candor/incidents"
)

func TestMaintenanceOnTheFrontPage(t *testing.T) {
	check(t, render(t, StatusPage(in(maintained(t)))), expect{
		"h1":                              {"Some of Studio is under maintenance."},
		".incident[data-s=maint] h2":      {"Database upgrade"},
		".incident .soft":                 {"Planned maintenance since 11:00 EDT · EU Platform", ""},
		".incident .steps .done":          {"Scheduled"},
		".incident [aria-current=step]":   {"In progress"},
		".incident .text":                 {"We plan a quarter of an hour more. The EU Platform is read-only meanwhile; nothing is lost."},
		".incident .promise":              {"Planned to end by 12:00 EDT"},
		".component .state[data-s=maint]": {"Under maintenance"},
		"#eu path[data-s=maint]":          {""},
		"#new path[data-s=maint]":         {""},
		"#us path[data-s=maint]":          nil,
		".next h2":                        {"Planned maintenance", "Before today"},
		".told a":                         {"Mail moves to another sender", "New routers in the US", "Certificates renewed"},
		".told p": {"2 May 2024, 23:30 EDT until 3 May 2024, 01:00 EDT · 1 hour 30 minutes · Test e-mail delivery",
			"6 May 2024, 02:00 EDT until 04:00 EDT · 2 hours · US Platform", "Maintenance · 27 April 2024 · lasted 50 minutes"},
		".next p.soft.small": {"2 May 2024, 23:30 EDT until 3 May 2024, 01:00 EDT · 1 hour 30 minutes · Test e-mail delivery",
			"6 May 2024, 02:00 EDT until 04:00 EDT · 2 hours · US Platform", "Maintenance · 27 April 2024 · lasted 50 minutes", "No incident in the last 15 days."},
	})
}

func TestMaintenancePage(t *testing.T) {
	p := maintained(t)
	pages := map[string]string{}
	for _, m := range append(p.Planned, p.Done...) {
		pages[m.ID] = render(t, MaintenancePage(in(p), m))
	}
	for name, c := range map[string]struct {
		page string
		want expect
	}{
		"under way": {pages["m1"], expect{
			"h1": {"Database upgrade"}, ".answer .state[data-s=maint]": {"In progress"},
			".answer p":                  {"2 May 2024, 11:00 EDT until 12:00 EDT · 1 hour · affects EU Platform", "Add to your calendar"},
			".steps [aria-current=step]": {"In progress"},
			".timeline h3":               {"In progress", "Update", "Scheduled"},
			".timeline .changes li":      {"Under maintenance: EU Platform"},
			"#m1-0 p.small":              {"Planned from 2 May 2024, 11:00 EDT until 2 May 2024, 11:45 EDT"},
			"#m1-1 p.small":              {"Now planned from 2 May 2024, 11:00 EDT until 2 May 2024, 12:00 EDT"},
			"#m1-2 .small.soft":          {"Posted automatically"},
			".affected":                  {"This maintenance concerns: Platforms (EU Platform)."},
		}},
		"to come":   {pages["m2"], expect{".answer .state[data-s=maint]": {"Scheduled"}, ".steps [aria-current=step]": {"Scheduled"}, ".steps .done": nil, ".changes": nil}},
		"completed": {pages["m4"], expect{".answer .state[data-s=ok]": {"Completed after 50 minutes"}, ".steps": nil, ".timeline .changes li": {"Operational: New Studio", "Under maintenance: New Studio"}}},
		"cancelled": {pages["m5"], expect{".answer .state[data-s=nodata]": {"Cancelled"}, ".steps": nil, ".changes": nil}},
	} {
		t.Run(name, func(t *testing.T) { check(t, c.page, c.want) })
	}
}

func TestHistoryTellsOfMaintenance(t *testing.T) {
	p := maintained(t)
	check(t, render(t, HistoryPage(in(p), HistoryFilter{}, []Month{{First: now, Incidents: append(p.Planned[:1:1], p.Done...)}}, "", "")), expect{
		".told li p": {"Maintenance · open since 2 May 2024, 11:00 EDT", "Maintenance · 27 April 2024 · lasted 50 minutes", "Cancelled maintenance · planned for 27 April 2024"},
	})
	for _, a := range find(parse(t, render(t, HistoryPage(in(p), HistoryFilter{}, []Month{{First: now, Incidents: p.Done}}, "", ""))), ".told li a") {
		if got := attr(a, "href"); got != "/maintenance/m4" && got != "/maintenance/m5" {
			t.Errorf("%s leads to %s", textOf(a), got)
		}
	}
}

func TestEditionOfMaintenance(t *testing.T) {
	before := Edition(maintained(t))
	for name, change := range map[string]func(*incidents.Page){
		"another time":      func(p *incidents.Page) { p.Planned[1].From = p.Planned[1].From.Add(time.Minute) },
		"another title":     func(p *incidents.Page) { p.Planned[1].Title += "!" },
		"another status":    func(p *incidents.Page) { p.Planned[1].Status = incidents.InProgress },
		"an update":         func(p *incidents.Page) { p.Planned[1].UpdatedAt = now },
		"one is over":       func(p *incidents.Page) { p.Done, p.Planned = append(p.Done, p.Planned[0]), p.Planned[1:] },
		"one that was over": func(p *incidents.Page) { p.Done = p.Done[1:] },
	} {
		p := maintained(t)
		if change(&p); Edition(p) == before {
			t.Errorf("%s: the same edition", name)
		}
	}
	n := pageNews(in(maintained(t)))
	if n.Text != "New update: Database upgrade, in progress." {
		t.Errorf("the news are %q", n.Text)
	}
}
