package templates

import (
	"slices"
	"testing"
	"time"

	"candor/incidents"
)

func TestEdition(t *testing.T) {
	base := func() incidents.Page {
		f := pastFacts(t, outage(t))
		return incidents.NewPage(f)
	}
	tests := []struct {
		name   string
		change func(*incidents.Page)
		same   bool
	}{
		{"nothing", func(*incidents.Page) {}, true},
		{"the checks looked again", func(p *incidents.Page) { p.CheckedAt = p.CheckedAt.Add(time.Minute) }, true},
		{"the clock went on", func(p *incidents.Page) { p.At = p.At.Add(time.Minute) }, true},
		{"an outage got longer", func(p *incidents.Page) {
			c := &p.Groups[0].Components[0]
			c.Days = slices.Clone(c.Days)
			c.Days[len(c.Days)-1] = incidents.Day{}
		}, true},
		{"it is tomorrow", func(p *incidents.Page) { p.At = p.At.AddDate(0, 0, 1) }, false},
		{"the checks went blind", func(p *incidents.Page) { p.Answer.Says = incidents.CannotSee }, false},
		{"a component has another status", func(p *incidents.Page) { p.Groups[0].Components[0].Status = incidents.UnderMaintenance }, false},
		{"a component has another name", func(p *incidents.Page) { p.Groups[0].Components[0].Name = "Studio 2" }, false},
		{"an update came", func(p *incidents.Page) {
			u := p.Open[0].Updates[0]
			u.ID = "new"
			p.Open[0].Updates = append([]incidents.PageUpdate{u}, p.Open[0].Updates...)
		}, false},
		{"an update was reworded", func(p *incidents.Page) { p.Open[0].Updates[0].Body += "!" }, false},
		{"a symptom is gone", func(p *incidents.Page) { p.Open[0].Symptoms[0].Lasts = !p.Open[0].Symptoms[0].Lasts }, false},
		{"a promise was missed", func(p *incidents.Page) { p.Open[0].Due++ }, false},
		{"an incident is over", func(p *incidents.Page) { p.Past, p.Open = append(p.Open, p.Past...), nil }, false},
		{"evidence was published", func(p *incidents.Page) { p.Open[0].Evidence = []incidents.PageEvidence{{ID: "e"}} }, false},
		{"evidence of the past was published", func(p *incidents.Page) { p.Past[0].Evidence = []incidents.PageEvidence{{ID: "e"}} }, false},
		{"a postmortem was published", func(p *incidents.Page) { p.Past[0].Postmortem = &incidents.PagePostmortem{RevisedAt: now} }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := base()
			before := Edition(p)
			tt.change(&p)
			if same := Edition(p) == before; same != tt.same {
				t.Errorf("the same edition: %v, want %v", same, tt.same)
			}
		})
	}
}

func TestPagesSayWhatIsNew(t *testing.T) {
	p := pages(t)["status"]
	for name, page := range map[string]string{"/": render(t, StatusPage(in(p))), "incident": render(t, IncidentPage(in(p), p.Open[0])), "history": render(t, HistoryPage(in(p), HistoryFilter{}, nil, "", ""))} {
		doc := parse(t, page)
		main := one(t, doc, "main")
		if attr(main, "data-live") != Edition(p) || attr(main, "data-news") != p.Open[0].Updates[0].ID {
			t.Errorf("%s is edition %q with news %q", name, attr(main, "data-live"), attr(main, "data-news"))
		}
		if got, want := attr(main, "data-say"), "New update: Studio cannot send test campaigns, identified."; got != want {
			t.Errorf("%s says %q, want %q", name, got, want)
		}
		if got := find(doc, "[aria-live=polite]"); len(got) != 1 || textOf(got[0]) != "" {
			t.Errorf("%s has %d regions to be read out, want an empty one", name, len(got))
		}
	}
	if quiet := parse(t, render(t, ProblemPage(in(incidents.Page{Site: site}), 404, "There is no such page", "It is gone.", ""))); len(find(quiet, "[data-live], [aria-live]")) > 0 {
		t.Error("an error page listens for news")
	}
	report := incidents.PageIncident{ID: "x", Title: "Late e-mail", Updates: []incidents.PageUpdate{{ID: "u", At: now, Repeated: true, Status: incidents.Monitoring}}}
	if got := incidentNews(in(p), report).Text; got != "New update: Late e-mail." {
		t.Errorf("an update that repeats the status says %q", got)
	}
	report.Postmortem = &incidents.PagePostmortem{RevisedAt: now.Add(time.Hour)}
	if got := incidentNews(in(p), report).Text; got != "New postmortem: Late e-mail." {
		t.Errorf("a postmortem says %q", got)
	}
}
