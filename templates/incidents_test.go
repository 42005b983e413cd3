package templates

import (
	"strings"
	"testing"

	"candor/incidents"
	"candor/templates/languages"
)

func TestIncidentPage(t *testing.T) {
	f := pastFacts(t, resolved(t))
	f.Postmortems = map[string]incidents.Postmortem{"h3k9w2q7xv5z": {Body: "# Summary\n\nA queue was full.", PublishedAt: now, UpdatedAt: now, Version: 2}}
	over, open := incidents.NewPage(f), incidents.NewPage(pastFacts(t, outage(t)))
	for name, c := range map[string]struct {
		page string
		want expect
	}{
		"resolved": {render(t, IncidentPage(in(over), over.Past[0])), expect{
			"h1": {"Studio cannot send test campaigns"}, ".answer .state[data-s=ok]": {"Resolved after 26 minutes"},
			".answer p":                   {"2 May 2024 · affected New Studio, Test e-mail delivery and Classic Studio"},
			".facts dt":                   {"Noticed after", "Told you after", "Fixed after", "Updates on time"},
			".facts dd":                   {"21 s", "21 s", "26 min", "4 of 4"},
			"h2":                          {"Postmortem", "Timeline"},
			".prose h3":                   {"Summary"},
			".timeline h3":                {"Resolved", "Monitoring", "Update", "Identified", "Investigating"},
			".timeline .at":               {"11:05 EDT", "11:01 EDT", "10:58 EDT", "10:55 EDT", "10:39 EDT"},
			"#h3k9w2q7xv5z-0 .changes li": {"Partial outage: New Studio", "Major outage: Test e-mail delivery"},
			"#h3k9w2q7xv5z-0 .small.soft": {"Posted automatically"},
			"#h3k9w2q7xv5z-3 .small.soft": nil,
			"#h3k9w2q7xv5z-6 .changes li": {"Operational: Classic Studio, Test e-mail delivery"},
			".affected":                   {"This incident affected: Products (New Studio, Test e-mail delivery, Classic Studio)."},
			".label":                      {"What you may have noticed"}, ".steps": nil, ".promise": nil,
		}},
		"open": {render(t, IncidentPage(in(open), open.Open[0])), expect{
			".answer .state": {"Identified · Major outage"}, ".facts dd": {"21 s", "21 s", "since 10:39 EDT", "1 of 1"},
			".steps [aria-current=step]": {"Identified"}, ".promise": {"Next update by 11:20 EDT"},
			".label": {"What you may notice"}, "#postmortem": nil,
		}},
	} {
		t.Run(name, func(t *testing.T) { check(t, c.page, c.want) })
	}
}

func TestTimelineOfSeveralDaysHasDates(t *testing.T) {
	p := incidents.NewPage(factsOf(studio, outage(t, incidents.Update{At: at(25, 0, 0), Status: incidents.Identified, Author: "Ada", Body: "Still at it."})))
	got := texts(parse(t, render(t, IncidentPage(in(p), p.Open[0]))), ".timeline .at")
	if want := "3 May 2024, 01:00 EDT"; got[0] != want {
		t.Errorf("the newest update is from %q, want %q", got[0], want)
	}
}

func TestAffectedSentence(t *testing.T) {
	c := func(group, name string) incidents.PageComponent {
		return incidents.PageComponent{Group: group, Name: name}
	}
	for _, x := range []struct {
		name string
		list []incidents.PageComponent
		want string
	}{
		{"the customary form", []incidents.PageComponent{c("Products", "New Studio"), c("Platforms", "US Platform"), c("Products", "Classic Studio")},
			"Products (New Studio, Classic Studio) and Platforms (US Platform)"},
		{"without groups", []incidents.PageComponent{c("", "File uploads")}, "File uploads"},
		{"some of each", []incidents.PageComponent{c("", "API"), c("EU", "Web"), c("", "Mail")}, "API, Mail and EU (Web)"},
	} {
		if got := affectedSentence(languages.English, x.list); got != x.want {
			t.Errorf("%s: got %q, want %q", x.name, got, x.want)
		}
	}
}

func TestHistoryPage(t *testing.T) {
	all := gallery(t)
	check(t, render(t, all["history"]), expect{
		"h2": {"May 2024", "April 2024", "March 2024", "February 2024"},
		".told li p": {"Major outage · open since 2 May 2024, 10:39 EDT", "Major outage · 2 May 2024 · lasted 26 minutes · Postmortem",
			"Degraded performance · 9 April 2024 · lasted 41 minutes", "Degraded performance · 22 March 2024 · lasted 9 minutes", "Partial outage · 11 March 2024 · lasted 3 hours 20 minutes"},
		".next p.soft.small": {"Major outage · open since 2 May 2024, 10:39 EDT", "Major outage · 2 May 2024 · lasted 26 minutes · Postmortem",
			"Degraded performance · 9 April 2024 · lasted 41 minutes", "Degraded performance · 22 March 2024 · lasted 9 minutes", "Partial outage · 11 March 2024 · lasted 3 hours 20 minutes", "No incident."},
		".turn a": {"Older incidents"}, ".bar [aria-current=page]": {"History"},
	})
	check(t, render(t, all["history-empty"]), expect{"main p": {"All postmortems", "No incident is on record."}, ".turn a": {"Newer incidents"}})
}

// What people type stands on pages as text.
func TestTextsAreEscaped(t *testing.T) {
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	f := factsOf([]incidents.Component{component("new", evil, evil, 1)})
	f.Site.Name, f.Site.Product, f.Site.About = evil, evil, evil
	inc := post(t, incidents.Incident{ID: "x", Title: evil, StartedAt: now, Symptoms: []incidents.Symptom{{Text: evil}}},
		incidents.Update{At: now, Status: incidents.Investigating, Author: evil, Body: evil, Changes: []incidents.Change{{Component: "new", To: incidents.MajorOutage}}})
	f.Incidents = []*incidents.Incident{inc}
	p := incidents.NewPage(f)
	c := Console{Site: f.Site, Person: incidents.Person{Name: evil}, Open: f.Incidents, Now: now, Notice: evil}
	form := UpdateForm{Title: evil, Body: evil, Field: "title", Problem: evil, Components: choicesOf(f.Components, inc), Meanwhile: inc.Timeline(), Preview: true}
	row := ProbeRow{Key: evil, Kind: evil, Component: evil, Symptom: evil, Recent: failingRows()[0].Recent}
	row.Recent[0].Detail, row.Recent[0].Reason = evil, evil
	for name, page := range map[string]string{
		"status":   render(t, StatusPage(in(p))),
		"incident": render(t, IncidentPage(in(p), p.Open[0])),
		"room":     render(t, RoomPage(c, Room{Incident: inc, Form: form, Statuses: incidents.Statuses, Names: map[string]string{"new": evil}, Cause: evil, CauseNotes: []string{evil}, Failing: []ProbeRow{row}})),
		"declare":  render(t, DeclarePage(c, form)),
		"probe":    render(t, ProbePage(c, row)),
		"probes":   render(t, ProbesPage(c, []ProbeRow{row})),
		"now":      render(t, NowPage(c, f.Incidents, []ProbeRow{row})),
		"editor":   render(t, PostmortemPage(c, PostmortemForm{Incident: inc, Draft: "</textarea>" + evil})),
		"sign-in":  render(t, SignInPage(SignIn{Site: f.Site, Email: evil, Next: evil, Problem: evil})),
		"welcome":  render(t, WelcomePage(Welcome{Site: f.Site, Token: evil, Name: evil, Field: "name", Problem: evil})),
		"problem":  render(t, ProblemPage(in(incidents.Page{Site: f.Site}), 404, evil, evil, evil)),
	} {
		if strings.Contains(page, "<script>") || strings.Contains(page, "<img") {
			t.Errorf("%s: what somebody typed became a part of the page", name)
		}
		if name != "status" && name != "incident" {
			continue
		}
		houseRules(t, page)
	}
}
