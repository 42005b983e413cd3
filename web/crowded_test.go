package web

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store"
)

// crowded starts a server of so many components, each with a probe that looked for 90 days, and incidents over the year.
func crowded(t testing.TB, components, told int) *Server {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "candor.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	now := time.Now().UTC()
	var list []incidents.Component
	for i := range components {
		list = append(list, incidents.Component{Key: fmt.Sprint("c", i), Name: fmt.Sprint("Component ", i), Group: fmt.Sprint("Group ", i/10), CreatedAt: now.AddDate(-1, 0, 0)})
	}
	list = incidents.Reconcile(nil, list, now)
	if err := db.SaveComponents(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	o := Options{Store: db, Tracker: incidents.NewTracker(db, incidents.Policy{}, func() {}), Stale: time.Hour,
		Site: incidents.Site{Name: "Studio status", Product: "Studio", URL: "http://status.example.com", Zone: time.UTC, ZoneName: "UTC", ID: "kctbh9vrtdwd"}}
	var days []store.Day
	var results []probes.Result
	for i, c := range list {
		key := fmt.Sprint("p", i)
		o.Probes = append(o.Probes, ProbeInfo{Rule: &incidents.Rule{Probe: key, Component: c.ID, Interval: time.Minute}, Kind: "http"})
		results = append(results, probes.Result{Probe: key, Place: "local", At: now, Outcome: probes.OK})
		for n := range 90 {
			days = append(days, store.Day{Probe: key, Place: "local", Day: now.AddDate(0, 0, -n), Counts: store.Counts{OK: 1440}})
		}
	}
	if err := db.SaveDays(t.Context(), days); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveResults(t.Context(), results); err != nil {
		t.Fatal(err)
	}
	for i := range told {
		saveTold(t, db, list[i*7%components].ID, now.Add(-time.Duration(i+1)*(350*24*time.Hour/time.Duration(told))))
	}
	s := New(o)
	if err := s.Refresh(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// saveTold stores an incident of one component that lasted for an hour.
func saveTold(t testing.TB, db *store.DB, component string, from time.Time) {
	t.Helper()
	inc := &incidents.Incident{ID: incidents.NewID(), Title: "Studio is slow", StartedAt: from}
	for i, u := range []incidents.Update{
		{Status: incidents.Investigating, Body: "We are looking.", Changes: []incidents.Change{{Component: component, To: incidents.PartialOutage}}},
		{Status: incidents.Resolved, Body: "It is over."},
	} {
		u.At = from.Add(time.Duration(i) * time.Hour)
		if err := inc.Post(u); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.SaveIncident(t.Context(), inc); err != nil {
		t.Fatal(err)
	}
}
