package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
)

// plan stores a maintenance that begins after some time, or began when that is negative, and what else is told of it.
// It is told a day before it begins.
func (h *house) plan(title string, in, lasts time.Duration, components ...string) *incidents.Maintenance {
	h.Helper()
	from := time.Now().UTC().Add(in).Truncate(time.Millisecond)
	m, err := incidents.NewMaintenance(title, components, incidents.MaintenanceUpdate{At: from.AddDate(0, 0, -1), From: from, Until: from.Add(lasts),
		Body: "We tell you **early**.", Author: person})
	if err != nil {
		h.Fatal(err)
	}
	h.goesOn(m)
	return m
}

// goesOn stores a maintenance with more updates.
func (h *house) goesOn(m *incidents.Maintenance, updates ...incidents.MaintenanceUpdate) {
	h.Helper()
	for _, u := range updates {
		if u.Author == "" {
			u.Author = person
		}
		if err := m.Post(u); err != nil {
			h.Fatal(err)
		}
	}
	if err := h.db.SaveMaintenance(h.Context(), m); err != nil {
		h.Fatal(err)
	}
}

// plans stores a maintenance in every state, by title.
func (h *house) plans() map[string]*incidents.Maintenance {
	h.Helper()
	eu, now := h.component("eu"), time.Now()
	out := map[string]*incidents.Maintenance{}
	add := func(title string, in time.Duration, updates ...incidents.MaintenanceUpdate) {
		m := h.plan(title, in, 2*time.Hour, eu)
		h.goesOn(m, updates...)
		out[title] = m
	}
	begun := func(ago time.Duration) incidents.MaintenanceUpdate {
		return incidents.MaintenanceUpdate{At: now.Add(-ago), Status: incidents.InProgress, Body: "It has begun."}
	}
	add("New routers", 24*time.Hour)
	add("Mail moves", 48*time.Hour, incidents.MaintenanceUpdate{At: now, Status: incidents.Cancelled, Body: "Not needed."})
	add("Database upgrade", -time.Hour, begun(time.Hour), incidents.MaintenanceUpdate{At: now, Status: incidents.Verifying, Body: "We look at it."})
	add("Certificates", -130*24*time.Hour, begun(130*24*time.Hour), incidents.MaintenanceUpdate{At: now.AddDate(0, 0, -130).Add(time.Hour), Status: incidents.Completed, Body: "Done."})
	h.refresh()
	return out
}

type maintenanceList struct {
	List []struct {
		Name, Status, Impact string
		For                  time.Time `json:"scheduled_for"`
		Until                time.Time `json:"scheduled_until"`
		Components           []struct{ Name, Status string }
	} `json:"scheduled_maintenances"`
}

func (r reply) maintenances() (list maintenanceList) {
	r.t.Helper()
	if err := json.Unmarshal([]byte(r.is(200).body), &list); err != nil {
		r.t.Fatalf("%v in %s", err, r.body)
	}
	return list
}

func TestMaintenanceInTheAPI(t *testing.T) {
	h := open(t, nil)
	plans := h.plans()
	v := h.visitor()
	next, gone, now, old := "New routers: scheduled", "Mail moves: completed", "Database upgrade: verifying", "Certificates: completed"
	for path, want := range map[string][]string{
		"/api/v2/scheduled-maintenances.json":          {gone, next, now, old},
		"/api/v2/scheduled-maintenances/upcoming.json": {next},
		"/api/v2/scheduled-maintenances/active.json":   {now},
		"/api/v2/summary.json":                         {now, next},
	} {
		var got []string
		for _, m := range v.get(path).maintenances().List {
			got = append(got, m.Name+": "+m.Status)
			if m.Impact != "maintenance" || len(m.Components) != 1 || m.Components[0].Status != "under_maintenance" {
				t.Errorf("%s: %+v", path, m)
			}
			if from, until := plans[m.Name].Window(); !m.For.Equal(from) || !m.Until.Equal(until) {
				t.Errorf("%s: %s is scheduled for %v until %v", path, m.Name, m.For, m.Until)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", path, diff)
		}
	}
	v.get("/api/v2/status.json").says(`{"indicator":"maintenance","description":"Service Under Maintenance"}`)
	v.get("/api/v2/incidents.json").lacks("Database upgrade")
	v.get("/history.json").says("Database upgrade", `"impact":"maintenance"`).lacks("New routers")
	v.get("/history.json?page=2").says("Certificates")
	v.get("/feed.json").says("Database upgrade", "New routers")
	v.get("/history.rss").says("maintenanceEndDate")
	v.get("/sitemap.xml").says("/maintenance/" + plans["Certificates"].ID)
	v.get("/llms.txt").says("## Maintenance\n\n- Database upgrade: verifying, from ")
	v.get("/components/"+h.component("eu")+".ics").says("SUMMARY:Database upgrade", "STATUS:CANCELLED")
	v.get("/components/" + h.component("new") + ".ics").lacks("SUMMARY")
}

func TestMaintenanceOnThePages(t *testing.T) {
	h := open(t, func(o *Options) { o.Probes = nil })
	plans := h.plans()
	v := h.visitor()
	v.get("/").says("Some of Studio is under maintenance.", "Database upgrade", "Planned to end by", "Planned maintenance", "New routers").lacks(">Mail moves<", "Certificates")
	v.get("/history").says("Database upgrade", "Maintenance · open since").lacks("New routers")
	v.get("/history?page=1").says("Older incidents")
	for title, want := range map[string]string{"New routers": "Scheduled", "Mail moves": "Cancelled", "Database upgrade": "Verifying", "Certificates": "Completed after 1 hour"} {
		v.get("/maintenance/"+plans[title].ID).is(200).says(title, want, "We tell you early.").lacks(person)
	}
	id := plans["Database upgrade"].ID
	for from, to := range map[string]string{"/incidents/" + id: "/maintenance/" + id, "/incidents/" + id + ".json": "/maintenance/" + id + ".json"} {
		if got := v.get(from).is(200).url; got != to {
			t.Errorf("%s leads to %s", from, got)
		}
	}
	v.get("/maintenance/" + h.past("Mail was late", time.Hour, false).ID).is(404)
}

func TestACalendarIsFoundByTheBrowser(t *testing.T) {
	h := open(t, nil)
	m := h.plan("New routers", time.Hour, time.Hour)
	h.refresh()
	page := h.visitor().get("/maintenance/" + m.ID).is(http.StatusOK).body
	for _, part := range []string{`type="text/calendar"`, `href="/history.ics"`, `href="/maintenance/` + m.ID + `.ics"`} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
}

func TestAPageIsAnotherEditionWhenMaintenanceGoesOn(t *testing.T) {
	h := open(t, nil)
	m := h.plan("New routers", time.Hour, time.Hour)
	edition := func() string {
		h.refresh()
		return h.edition()
	}
	before := edition()
	if edition() != before {
		t.Error("another edition without a change")
	}
	h.goesOn(m, incidents.MaintenanceUpdate{At: time.Now(), Body: "A word more."})
	if edition() == before {
		t.Error("the same edition after an update")
	}
}
