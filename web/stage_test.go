package web

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store"
)

// noon is when the pages of a stage are looked at, on the server and in the browser.
var noon = time.Date(2024, 5, 2, 15, 8, 8, 0, time.UTC)

const longWord = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikationsabteilung"

// fullReport is a postmortem with everything that its text may hold.
const fullReport = `## Summary

A backed-up queue used up the memory of the service that passes messages between Studio’s workers.

| what | how many |
|---|---:|
| campaigns stuck | 112 |
| ` + longWord + ` | 0 |

## Root cause

One consumer stopped acknowledging messages, and the queue ` + "`campaigns`" + ` had no limit.

> disk space was approaching critical limits

` + "```" + `
rabbitmqctl list_queues name messages_unacknowledged consumers memory --formatter pretty_table
` + "```" + `

- [x] Producers check the queue’s size before they enqueue
- [ ] Alert on a consumer that stops acknowledging, see <https://example.com/412>
`

// stage is a house whose clock stands at noon, and the addresses of its pages by what they show.
type stage struct {
	*house
	pages map[string]string
}

// cast is the components of a stage, besides the internal queue.
var cast = []incidents.Component{
	{Key: "site", Name: "Website"},
	{Key: "new", Name: "New Studio", Group: "Products", Description: "Where campaigns are written, tested and sent."},
	{Key: "classic", Name: "Classic Studio", Group: "Products"},
	{Key: "mail", Name: "Test e-mail delivery", Group: "Products"},
	{Key: "us", Name: "US Platform", Group: "Platforms"},
	{Key: "eu", Name: "EU Platform", Group: "Platforms"},
	{Key: "ap", Name: "Asia Platform", Group: "Platforms"},
	{Key: "api", Name: "API", Group: "Data"},
	{Key: "export", Name: "Exports", Group: "Data"},
	{Key: "sign-in", Name: "Sign-in", Group: "Accounts"},
}

// set opens a house with the components, each watched by a probe every minute; none are seen yet.
func set(t testing.TB, components []incidents.Component) *stage {
	h := open(t, func(o *Options) {
		stored, err := o.Store.Components(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		list := incidents.Reconcile(stored, components, noon)
		o.Probes, o.Stale = nil, 2*time.Minute
		for i := range list {
			list[i].CreatedAt = noon.AddDate(-1, 0, 0)
			if list[i].ArchivedAt.IsZero() {
				o.Probes = append(o.Probes, ProbeInfo{Rule: &incidents.Rule{Probe: list[i].Key, Component: list[i].ID, Interval: time.Minute}, Kind: "http"})
			} else {
				list[i].ArchivedAt, list[i].Internal = noon.AddDate(-1, 0, 0), true // what open made is not on
			}
		}
		if err := o.Store.SaveComponents(t.Context(), list); err != nil {
			t.Fatal(err)
		}
		if zone, err := time.LoadLocation("America/New_York"); err == nil {
			o.Site.Zone, o.Site.ZoneName = zone, "America/New_York"
		}
	})
	return &stage{h, map[string]string{}}
}

// watch stores that the probes of the components found nothing wrong for 70 days, until just now.
func (s *stage) watch(keys ...string) {
	s.Helper()
	var days []store.Day
	var now []probes.Result
	for _, key := range keys {
		for n := range 70 {
			days = append(days, store.Day{Probe: key, Place: "local", Day: noon.AddDate(0, 0, -n), Counts: store.Counts{OK: 1440}})
		}
		now = append(now, probes.Result{Probe: key, Place: "local", At: noon.Add(-8 * time.Second), Outcome: probes.OK, Took: time.Second})
	}
	if err := s.db.SaveResults(s.Context(), now); err != nil {
		s.Fatal(err)
	}
	if err := s.db.SaveDays(s.Context(), days); err != nil {
		s.Fatal(err)
	}
}

// tell stores an incident that began so long before noon.
func (s *stage) tell(title string, ago time.Duration, updates ...incidents.Update) *incidents.Incident {
	s.Helper()
	inc := &incidents.Incident{ID: incidents.NewID(), Title: title, StartedAt: noon.Add(-ago)}
	for _, u := range updates {
		if err := inc.Post(u); err != nil {
			s.Fatal(err)
		}
	}
	if err := s.db.SaveIncident(s.Context(), inc); err != nil {
		s.Fatal(err)
	}
	return inc
}

// over stores an incident of one component that is over.
func (s *stage) over(title, component string, status incidents.ComponentStatus, ago, lasted time.Duration) *incidents.Incident {
	s.Helper()
	return s.tell(title, ago,
		incidents.Update{At: noon.Add(-ago), Status: incidents.Investigating, Author: "Ada", Body: "We look into it.", Changes: s.change(component, status)},
		incidents.Update{At: noon.Add(lasted - ago), Status: incidents.Resolved, Author: "Ada", Body: "It is over."})
}

func (s *stage) change(component string, to incidents.ComponentStatus) []incidents.Change {
	return []incidents.Change{{Component: s.component(component), To: to}}
}

// announce stores a maintenance that was told four days before noon.
func (s *stage) announce(title, component string, in, lasts time.Duration, updates ...incidents.MaintenanceUpdate) *incidents.Maintenance {
	s.Helper()
	m, err := incidents.NewMaintenance(title, []string{s.component(component)}, incidents.MaintenanceUpdate{At: noon.AddDate(0, 0, -4), Author: "Ada",
		From: noon.Add(in), Until: noon.Add(in + lasts), Body: "We move to a newer version. **Nothing is lost.**"})
	if err != nil {
		s.Fatal(err)
	}
	s.goesOn(m, updates...)
	return m
}

// full is a stage on which everything happens that a page can show.
func full(t testing.TB) *stage {
	s := set(t, cast)
	s.watch("site", "new", "classic", "mail", "us", "eu", "api", "export", "sign-in") // ap is not seen
	minute, day := time.Minute, 24*time.Hour
	open := s.tell("Studio cannot send test campaigns", 29*minute,
		incidents.Update{At: noon.Add(-28 * minute), Status: incidents.Investigating, NextBy: noon.Add(-10 * minute),
			Body: "Our checks see that Studio cannot send test campaigns.", Changes: append(s.change("new", incidents.PartialOutage), s.change("mail", incidents.MajorOutage)...)},
		incidents.Update{At: noon.Add(-13 * minute), Status: incidents.Identified, Author: "Ada", NextBy: noon.Add(12 * minute),
			Body:    "**A message queue that Studio depends on is full.** We are draining it now. Nothing that you saved is lost; see [the guide](https://example.com/guide).",
			Changes: s.change("classic", incidents.DegradedPerformance)})
	s.show(open.ID)
	s.over("Publishing was slow", "new", incidents.DegradedPerformance, 23*day, 41*minute)
	s.over("The US Platform was slow", "us", incidents.DegradedPerformance, 41*day, 9*minute)
	s.over("Sign-in failed for some", "sign-in", incidents.PartialOutage, 9*time.Hour, 20*minute)
	late := s.over("E-mails were late", "mail", incidents.MajorOutage, 52*day, 200*minute)
	s.reported(late)
	running := s.announce("Database upgrade", "eu", -20*minute, time.Hour, incidents.MaintenanceUpdate{At: noon.Add(-20 * minute), Status: incidents.InProgress, Body: "It has begun."})
	planned := s.announce("New routers in the US", "us", 3*day, 2*time.Hour)
	s.announce("Certificates renewed", "new", -2*day, time.Hour, incidents.MaintenanceUpdate{At: noon.Add(-2 * day), Status: incidents.InProgress, Body: "It has begun."},
		incidents.MaintenanceUpdate{At: noon.Add(50*minute - 2*day), Status: incidents.Completed, Author: "Ada", Body: "Done early."})
	s.refreshAt(noon)
	mail := "/components/" + s.component("mail")
	s.pages = map[string]string{"front": "/", "front of a week": "/?days=7", "history": "/history", "narrowed history": "/history?impact=major_outage&postmortem=yes",
		"uptime": "/uptime", "uptime of a month": "/uptime?month=2024-03", "postmortems": "/postmortems", "search": "/postmortems?q=queue",
		"component": mail, "percentage": mail + "/uptime", "day": mail + "/days/2024-05-02", "open incident": "/incidents/" + open.ID, "postmortem": "/incidents/" + late.ID,
		"running maintenance": "/maintenance/" + running.ID, "planned maintenance": "/maintenance/" + planned.ID, "what is not there": "/nothing", "sign-in": "/console/sign-in"}
	return s
}

// reported publishes a postmortem a day after the end.
func (s *stage) reported(inc *incidents.Incident) {
	s.Helper()
	pm, at := incidents.Postmortem{Incident: inc.ID}, inc.StartedAt.Add(28*time.Hour)
	err := pm.Edit(fullReport, "Ada", at)
	if err == nil {
		err = pm.Publish(inc, "Ada", at)
	}
	if err == nil {
		err = s.db.SavePostmortem(s.Context(), &pm)
	}
	if err != nil {
		s.Fatal(err)
	}
}

// show publishes a picture and an answer as evidence.
func (s *stage) show(incident string) {
	s.Helper()
	var white bytes.Buffer
	if err := png.Encode(&white, image.NewGray(image.Rect(0, 0, 1280, 400))); err != nil {
		s.Fatal(err)
	}
	at := noon.Add(-29 * time.Minute)
	pieces := []incidents.Evidence{
		{ID: incidents.NewID(), Sighting: incidents.AtFailure, At: at, Name: "screenshot", Type: "image/png", Body: white.Bytes()},
		{ID: incidents.NewID(), Sighting: incidents.AtFailure, At: at, Name: "answer", Type: "text/plain", Body: []byte("HTTP/1.1 502 Bad Gateway\n" + strings.Repeat("x", 300))},
	}
	if err := s.db.Freeze(s.Context(), incidents.Moment{Incident: incident, Probe: "new", Since: at}, pieces); err != nil {
		s.Fatal(err)
	}
	for _, e := range pieces {
		e.Incident, e.Public, e.Caption, e.Alt, e.Author, e.Decided = incident, true, "What our checks saw of Studio", "A black page", "Ada", noon
		if err := s.db.ShowEvidence(s.Context(), e); err != nil {
			s.Fatal(err)
		}
	}
}

// barren is a stage with nothing on it.
func barren(t testing.TB) *stage {
	s := set(t, nil)
	s.refreshAt(noon)
	s.pages = map[string]string{"empty front": "/", "empty history": "/history", "empty uptime": "/uptime", "empty postmortems": "/postmortems"}
	return s
}

// broken is a stage whose checks are blind, with names as long as names get, and a story from right to left.
func broken(t testing.TB) *stage {
	s := set(t, []incidents.Component{{Key: "new", Name: longWord + longWord, Group: longWord}, {Key: "rtl", Name: "البريد", Group: "الخدمات"}})
	inc := s.tell("لا يستطيع الاستوديو إرسال الحملات التجريبية "+longWord, time.Hour, incidents.Update{At: noon.Add(-time.Hour), Status: incidents.Investigating,
		NextBy: noon.Add(-30 * time.Minute), Body: "نحن نبحث " + longWord + longWord, Changes: s.change("new", incidents.MajorOutage)})
	s.refreshAt(noon)
	s.pages = map[string]string{"broken front": "/", "broken history": "/history", "broken component": "/components/" + s.component("new"), "broken incident": "/incidents/" + inc.ID}
	return s
}
