package templates

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/templates/languages"
)

var (
	newYork = zone("America/New_York")
	// now is when every fixture is looked at: 2 May 2024, 11:08:08 in New York.
	now  = time.Date(2024, 5, 2, 15, 8, 8, 0, time.UTC)
	site = incidents.Site{Name: "Studio status", Product: "Studio", URL: "https://status.example.com", Zone: newYork,
		ZoneName: "America/New_York", ID: "kctbh9vrtdwd", About: "Studio is where campaigns are written, tested and sent."}
)

// in is a page in English, which a visitor may change.
func in(p incidents.Page) Page {
	return Page{Page: p, Words: languages.English, Offered: languages.All}
}

func zone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

// at returns a time on the day of the fixtures, in New York.
func at(hour, minute, second int) time.Time {
	return time.Date(2024, 5, 2, hour, minute, second, 0, newYork).UTC()
}

func component(id, group, name string, position int) incidents.Component {
	return incidents.Component{ID: id, Group: group, Name: name, Position: position, CreatedAt: now.AddDate(-1, 0, 0)}
}

var studio = []incidents.Component{
	component("new", "Products", "New Studio", 1),
	component("classic", "Products", "Classic Studio", 2),
	component("mail", "Products", "Test e-mail delivery", 3),
	component("us", "Platforms", "US Platform", 4),
	component("eu", "Platforms", "EU Platform", 5),
}

// covered says that every component was seen on each of the last so many days.
func covered(list []incidents.Component, days int) map[string][]float64 {
	out := map[string][]float64{}
	for _, c := range list {
		out[c.ID] = slices.Repeat([]float64{1}, days)
	}
	return out
}

func watched(list []incidents.Component) map[string]bool {
	out := map[string]bool{}
	for _, c := range list {
		out[c.ID] = true
	}
	return out
}

func factsOf(list []incidents.Component, open ...*incidents.Incident) incidents.PageFacts {
	f := incidents.PageFacts{Site: site, Now: now, UpdatedAt: now, CheckedAt: now.Add(-8 * time.Second), Stale: 2 * time.Minute,
		Days: 90, Components: list, Incidents: open, Covered: covered(list, 90), Watched: watched(list)}
	return f
}

// post makes an incident of updates that the domain accepts.
func post(t testing.TB, inc incidents.Incident, updates ...incidents.Update) *incidents.Incident {
	t.Helper()
	out := incidents.Stored(inc, nil)
	for i, u := range updates {
		u.ID = fmt.Sprintf("%s-%d", inc.ID, i)
		if err := out.Post(u); err != nil {
			t.Fatalf("post update %d of %q: %v", i, inc.Title, err)
		}
	}
	return out
}

// outage is the incident of 2 May: noticed by the checks, identified by a person.
func outage(t testing.TB, more ...incidents.Update) *incidents.Incident {
	start := at(10, 39, 0)
	return post(t, incidents.Incident{
		ID: "h3k9w2q7xv5z", Title: "Studio cannot send test campaigns", Cause: "queue", StartedAt: start, Version: 3,
		Symptoms: []incidents.Symptom{
			{Probe: "send-test-campaign", Component: "new", Text: "Test campaigns fail to send", Status: incidents.PartialOutage, Since: start},
			{Probe: "test-email-arrives", Component: "mail", Text: "Test e-mails arrive late or not at all", Status: incidents.MajorOutage, Since: start},
			{Probe: "classic-studio-loads", Component: "classic", Text: "Studio shows a white screen or does not finish loading", Status: incidents.PartialOutage, Since: start},
			{Probe: "queue-memory", Component: "queue", Text: "The broker refuses producers", Internal: true, Reason: "blocked", Since: start},
		},
	}, append([]incidents.Update{
		{At: at(10, 39, 21), Status: incidents.Investigating, NextBy: at(11, 0, 0),
			Body: "Our checks see that Studio cannot send test campaigns. We will update you by 11:00.",
			Changes: []incidents.Change{{Component: "new", To: incidents.PartialOutage, Since: start},
				{Component: "mail", To: incidents.MajorOutage, Since: start}}},
		{At: at(10, 41, 0), Team: true, Body: "Classic Studio joined: white screen on load.", Author: ""},
		{At: at(10, 43, 0), Team: true, Author: "Ada", Body: "Consumer restarted twice, still no acks. Going to purge `campaigns`."},
		{At: at(10, 55, 0), Status: incidents.Identified, Author: "Ada", NextBy: at(11, 20, 0),
			Body:    "**A message queue that Studio depends on is full.** We are draining it now. Nothing that you saved is lost; campaigns scheduled since 10:39 will be published once the queue is clear.",
			Changes: []incidents.Change{{Component: "classic", To: incidents.PartialOutage, Since: at(10, 40, 40)}}},
	}, more...)...)
}

// resolved is the same incident at its end.
func resolved(t testing.TB) *incidents.Incident {
	return outage(t,
		incidents.Update{At: at(10, 58, 0), Status: incidents.Identified, Author: "Ada", NextBy: at(11, 20, 0), Body: "The purge runs. One more minute of patience."},
		incidents.Update{At: at(11, 1, 0), Status: incidents.Monitoring, Author: "Ada", NextBy: at(11, 30, 0),
			Body:    "The queue is drained. There may be slight delays while tasks catch up.",
			Changes: []incidents.Change{{Component: "new", To: incidents.Operational}}},
		incidents.Update{At: at(11, 5, 0), Status: incidents.Resolved,
			Body: "Queues are empty and every check has passed for 10 minutes. Campaigns that were stuck have been published."})
}

// old is an incident of some days ago that lasted so long.
func old(t testing.TB, id, title string, daysAgo int, lasted time.Duration, component string, status incidents.ComponentStatus) *incidents.Incident {
	start := now.AddDate(0, 0, -daysAgo)
	return post(t, incidents.Incident{ID: id, Title: title, StartedAt: start, Version: 2},
		incidents.Update{At: start.Add(time.Minute), Status: incidents.Investigating, Author: "Ada", Body: "We look into it.",
			Changes: []incidents.Change{{Component: component, To: status, Since: start}}},
		incidents.Update{At: start.Add(lasted), Status: incidents.Resolved, Author: "Ada", Body: "It is over."})
}

const report = `## Summary

A backed-up queue used up the memory of the service that passes messages between Studio’s workers.
New requests could not connect to it, so test campaigns, test e-mails and page loads failed.

## Impact

All who opened Studio or started something new, for 26 minutes.

| what | how many |
|---|---:|
| campaigns stuck | 112 |
| data lost | 0 |

## Root cause

One consumer stopped acknowledging messages, and the queue ` + "`campaigns`" + ` had no limit.

> disk space on a service used to pass messages was approaching critical limits

## Recurrence prevention

- [x] Producers check the queue’s size before they enqueue
- [ ] Alert on a consumer that stops acknowledging, see <https://example.com/412>
`

// planned makes a maintenance of updates that the domain accepts.
func planned(t testing.TB, id, title, component string, updates ...incidents.MaintenanceUpdate) *incidents.Maintenance {
	t.Helper()
	m := incidents.StoredMaintenance(incidents.Maintenance{ID: id, Title: title, Components: []string{component}, Version: 1}, nil)
	for i, u := range updates {
		u.ID = fmt.Sprintf("%s-%d", id, i)
		if err := m.Post(u); err != nil {
			t.Fatalf("post update %d of %q: %v", i, title, err)
		}
	}
	return m
}

// maintained is a page on which one component is under maintenance, two maintenances are to come, one was completed
// and one cancelled, and nothing is wrong.
func maintained(t testing.TB) incidents.Page {
	f := factsOf(studio)
	day := func(n int) time.Time { return at(2, 0, 0).AddDate(0, 0, n) }
	upgrade := planned(t, "m1", "Database upgrade", "eu",
		incidents.MaintenanceUpdate{At: day(-3), Status: incidents.Scheduled, Author: "Ada", From: at(11, 0, 0), Until: at(11, 45, 0),
			Body: "We move to a newer database. **The EU Platform is read-only meanwhile**; nothing is lost."},
		incidents.MaintenanceUpdate{At: day(-1), Author: "Ada", Until: at(12, 0, 0), Body: "We plan a quarter of an hour more. **The EU Platform is read-only meanwhile**; nothing is lost."})
	due, _ := upgrade.Due(now)
	due.ID = "m1-2"
	if err := upgrade.Post(due); err != nil {
		t.Fatal(err)
	}
	told := incidents.MaintenanceUpdate{At: day(-9), Status: incidents.Scheduled, Author: "Ada", From: day(4), Until: day(4).Add(2 * time.Hour), Body: "We replace the routers."}
	night := told
	night.From, night.Until = at(23, 30, 0), at(25, 0, 0)
	over := told
	over.From, over.Until = day(-5), day(-5).Add(time.Hour)
	f.Maintenances = []*incidents.Maintenance{
		planned(t, "m2", "New routers in the US", "us", told), planned(t, "m3", "Mail moves to another sender", "mail", night), upgrade,
		planned(t, "m4", "Certificates renewed", "new", over, incidents.MaintenanceUpdate{At: day(-5), Status: incidents.InProgress, Body: "It has begun."},
			incidents.MaintenanceUpdate{At: day(-5).Add(50 * time.Minute), Status: incidents.Completed, Author: "Ada", Body: "Done early."}),
		planned(t, "m5", "A second try", "new", over, incidents.MaintenanceUpdate{At: day(-6), Status: incidents.Cancelled, Author: "Ada", Body: "Not needed."}),
	}
	return incidents.NewPage(f)
}

func pastFacts(t testing.TB, open ...*incidents.Incident) incidents.PageFacts {
	f := factsOf(studio, append(open,
		old(t, "p1", "Publishing was slow", 23, 41*time.Minute, "new", incidents.DegradedPerformance),
		old(t, "p2", "The US Platform was slow", 41, 9*time.Minute, "us", incidents.DegradedPerformance),
		old(t, "p3", "E-mails were late", 52, 3*time.Hour+20*time.Minute, "mail", incidents.PartialOutage))...)
	f.Covered["eu"] = f.Covered["eu"][12:]
	return f
}

// pages are the states of the front page.
func pages(t testing.TB) map[string]incidents.Page {
	blind := factsOf(studio)
	blind.CheckedAt = now.Add(-20 * time.Minute)
	young := factsOf(studio)
	young.Components = nil
	for _, c := range studio {
		c.CreatedAt = now.Add(-3 * time.Hour)
		young.Components = append(young.Components, c)
	}
	young.Covered = covered(studio, 1)
	never := young
	never.Covered, never.CheckedAt, never.Stale = nil, time.Time{}, 0
	long := outage(t)
	long.Title = strings.Repeat("Something rather long-winded happened to Donaudampfschifffahrtsgesellschaftskapitänsmützen ", 2)
	rtl := outage(t)
	rtl.Title = "لا يستطيع الاستوديو إرسال الحملات التجريبية"
	return map[string]incidents.Page{
		"status":      incidents.NewPage(pastFacts(t, outage(t))),
		"well":        incidents.NewPage(pastFacts(t)),
		"recent":      incidents.NewPage(factsOf(studio, resolved(t), old(t, "p4", "Publishing was slow", 4, time.Hour, "new", incidents.MajorOutage))),
		"three":       incidents.NewPage(three(t)),
		"blind":       incidents.NewPage(blind),
		"young":       incidents.NewPage(young),
		"never":       incidents.NewPage(never),
		"maintenance": maintained(t),
		"sixty":       incidents.NewPage(factsOf(many(60))),
		"long":        incidents.NewPage(factsOf(studio, long)),
		"rtl":         incidents.NewPage(factsOf(studio, rtl)),
		"empty":       incidents.NewPage(incidents.PageFacts{Site: site, Now: now, Days: 90}),
	}
}

func three(t testing.TB) incidents.PageFacts {
	late := post(t, incidents.Incident{ID: "b", Title: "Analytics are late", StartedAt: at(9, 0, 0), Version: 1},
		incidents.Update{At: at(9, 20, 0), Status: incidents.Investigating, Author: "Bo", NextBy: at(11, 0, 0), Body: "Numbers of today are two hours late.",
			Changes: []incidents.Change{{Component: "us", To: incidents.DegradedPerformance}}})
	watch := post(t, incidents.Incident{ID: "c", Title: "Sign-in with SAML failed", StartedAt: at(8, 0, 0), Version: 1},
		incidents.Update{At: at(8, 1, 0), Status: incidents.Investigating, Author: "Bo", Body: "Some cannot sign in.",
			Changes: []incidents.Change{{Component: "eu", To: incidents.PartialOutage}}},
		incidents.Update{At: at(10, 1, 0), Status: incidents.Monitoring, Author: "Bo", Body: "A fix is in place.",
			Changes: []incidents.Change{{Component: "eu", To: incidents.Operational}}})
	return factsOf(studio, outage(t), late, watch)
}

// many returns so many components in groups of ten.
func many(n int) []incidents.Component {
	var out []incidents.Component
	for i := range n {
		out = append(out, component(fmt.Sprintf("component%03d", i), fmt.Sprintf("Group %c", 'A'+i/10), fmt.Sprintf("Part number %d", i+1), i+1))
	}
	return out
}
