package api

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
)

func at(day, clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05", day+" "+clock)
	if err != nil {
		panic(err)
	}
	return t
}

// fixture is a page of four components in a zone two hours ahead, with an open incident and two that are over, newest first.
func fixture() (incidents.Page, []incidents.PageIncident) {
	made := at("2026-01-01", "23:30:00")
	down := at("2026-05-02", "10:55:08").Add(5 * time.Millisecond)
	desk := incidents.PageComponent{ID: "api000000000", Name: "API", Position: 1, Status: incidents.Operational, CreatedAt: made, UpdatedAt: made}
	studio := incidents.PageComponent{ID: "new000000000", Name: "New Studio", Group: "Products", Description: "Where courses are made", Position: 2,
		Status: incidents.MajorOutage, CreatedAt: made, UpdatedAt: down}
	eu := incidents.PageComponent{ID: "eu0000000000", Name: "EU", Group: "Platforms", Position: 3, Status: incidents.DegradedPerformance,
		CreatedAt: made, UpdatedAt: down}
	classic := incidents.PageComponent{ID: "classic00000", Name: "Classic Studio", Group: "Products", Position: 4, Status: incidents.Operational,
		CreatedAt: made, UpdatedAt: made}
	open := incidents.PageIncident{ID: "80d0cs6kpsps", Title: "New Studio <does> not load", Status: incidents.Monitoring, Impact: incidents.ImpactCritical,
		Worst: incidents.MajorOutage, StartedAt: down, NoticedAt: down, ToldAt: down.Add(time.Minute), UpdatedAt: down.Add(time.Hour),
		Components: []incidents.PageComponent{studio, eu}, Updates: []incidents.PageUpdate{
			{ID: "upd000000002", At: down.Add(time.Hour), Status: incidents.Monitoring, Body: "A fix is in place.",
				Changes: []incidents.PageChange{{Component: eu.ID, Name: eu.FullName(), From: incidents.Operational, To: incidents.DegradedPerformance}}},
			{ID: "upd000000001", At: down.Add(time.Minute), Status: incidents.Investigating, Body: "We are **investigating**.",
				Changes: []incidents.PageChange{{Component: studio.ID, Name: studio.FullName(), From: incidents.Operational, To: incidents.MajorOutage}}}}}
	night := at("2026-04-07", "21:00:00")
	told := incidents.PageIncident{ID: "pm0000000000", Title: "Mail was late", Status: incidents.Resolved, Impact: incidents.ImpactNone,
		StartedAt: night, NoticedAt: night, ToldAt: night, ResolvedAt: night.Add(2 * time.Hour), UpdatedAt: night.Add(2 * time.Hour),
		Updates: []incidents.PageUpdate{
			{ID: "upd000000005", At: night.Add(2 * time.Hour), Status: incidents.Resolved, Body: "Mail is quick again."},
			{ID: "upd000000004", At: night.Add(time.Hour), Status: incidents.Identified, Repeated: true, Body: "Still."},
			{ID: "upd000000003", At: night, Status: incidents.Identified, Body: "Mail is late."}},
		Postmortem: &incidents.PagePostmortem{Body: "## Summary\n\nA full disk.", PublishedAt: night.AddDate(0, 0, 2), RevisedAt: night.AddDate(0, 0, 3)}}
	short := incidents.PageIncident{ID: "short0000000", Title: "A short one", Status: incidents.Resolved, Impact: incidents.ImpactMinor,
		StartedAt: at("2026-03-03", "08:00:00"), NoticedAt: at("2026-03-03", "08:00:00"), ToldAt: at("2026-03-03", "08:00:00"),
		ResolvedAt: at("2026-03-03", "09:30:00"), UpdatedAt: at("2026-03-03", "09:30:00"), Components: []incidents.PageComponent{classic},
		Updates: []incidents.PageUpdate{{ID: "upd000000006", At: at("2026-03-03", "09:30:00"), Status: incidents.Resolved, Body: "Over."}}}
	p := incidents.Page{
		Site: incidents.Site{Name: "Studio status", Product: "Studio", URL: "https://status.example.com", Zone: time.FixedZone("CEST", 2*3600),
			ZoneName: "Europe/Berlin", ID: "kctbh9vrtdwd"},
		At: down.Add(2 * time.Hour), UpdatedAt: down.Add(time.Hour), CheckedAt: down.Add(2 * time.Hour),
		Answer: incidents.Answer{Says: incidents.SomeNotWorking, Sight: incidents.SightMajor, Affected: []string{"New Studio", "EU"}},
		Open:   []incidents.PageIncident{open}, Past: []incidents.PageIncident{told, short},
		Groups: []incidents.PageGroup{{Components: []incidents.PageComponent{desk}}, {Name: "Products", Components: []incidents.PageComponent{studio, classic}},
			{Name: "Platforms", Components: []incidents.PageComponent{eu}}},
	}
	return p, []incidents.PageIncident{open, told, short}
}

// months are those that the fixture's incidents are in.
func months(p incidents.Page, list []incidents.PageIncident) []HistoryMonth {
	first := func(m time.Month) time.Time { return time.Date(2026, m, 1, 0, 0, 0, 0, p.Site.Zone) }
	return []HistoryMonth{{first(time.May), list[:1]}, {first(time.April), list[1:2]}, {first(time.March), list[2:]}, {first(time.February), nil}}
}

// golden reads a file of testdata, and what a JSON answer looks like when it is laid out in the same way.
func golden(t *testing.T, name string, body []byte, err error) (got, want string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, body, "", "  "); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return out.String() + "\n", string(file)
}

// TestShapes compares whole answers, and so the keys and their order, with what Statuspage sends.
func TestShapes(t *testing.T) {
	p, list := fixture()
	tests := map[string]func() ([]byte, error){
		"status.json":       func() ([]byte, error) { return StatusJSON(p) },
		"summary.json":      func() ([]byte, error) { return SummaryJSON(p) },
		"components.json":   func() ([]byte, error) { return ComponentsJSON(p) },
		"incidents.json":    func() ([]byte, error) { return IncidentsJSON(p, list) },
		"resolved.json":     func() ([]byte, error) { return ResolvedJSON(p, list) },
		"incident.json":     func() ([]byte, error) { return IncidentJSON(p, list[2]) },
		"bare.json":         func() ([]byte, error) { return BareIncidentJSON(p, list[2]) },
		"maintenances.json": func() ([]byte, error) { return MaintenancesJSON(p, planned(p)) },
		"maintenance.json":  func() ([]byte, error) { return BareMaintenanceJSON(p, planned(p)[2]) },
		"history.json":      func() ([]byte, error) { return HistoryJSON(p, months(p, list)) },
		"feed.json":         func() ([]byte, error) { return NewFeed(p, list, paragraph).JSON() },
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			body, err := answer()
			got, want := golden(t, name, body, err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

func paragraph(markdown string) string { return "<p>" + markdown + "</p>" }

// An empty list is [], for readers that stop at null.
func TestEmptyPage(t *testing.T) {
	for name, answer := range map[string]func(incidents.Page) ([]byte, error){
		"summary":      SummaryJSON,
		"components":   ComponentsJSON,
		"incidents":    func(p incidents.Page) ([]byte, error) { return IncidentsJSON(p, nil) },
		"resolved":     func(p incidents.Page) ([]byte, error) { return ResolvedJSON(p, nil) },
		"maintenances": func(p incidents.Page) ([]byte, error) { return MaintenancesJSON(p, nil) },
		"upcoming":     func(p incidents.Page) ([]byte, error) { return MaintenancesJSON(p, nil, incidents.Scheduled) },
		"history":      func(p incidents.Page) ([]byte, error) { return HistoryJSON(p, []HistoryMonth{{First: p.At}}) },
		"feed":         func(p incidents.Page) ([]byte, error) { return NewFeed(p, nil, paragraph).JSON() },
	} {
		body, err := answer(incidents.Page{Site: incidents.Site{URL: "https://status.example.com"}, At: at("2026-05-01", "00:00:00"), UpdatedAt: at("2026-05-01", "00:00:00")})
		if err != nil || strings.Contains(strings.ReplaceAll(string(body), `"component_filter":null`, ""), "null") {
			t.Errorf("%s: %v, %s", name, err, body)
		}
	}
}

func TestStatusFollowsTheCompatibleRule(t *testing.T) {
	const o, d, p, m, u = incidents.Operational, incidents.DegradedPerformance, incidents.PartialOutage, incidents.MajorOutage, incidents.UnderMaintenance
	type list []incidents.ComponentStatus
	tests := []struct {
		name     string
		statuses list
		want     Status
	}{
		{"a page without components", nil, Status{"none", "All Systems Operational"}},
		{"all well", list{o, o}, Status{"none", "All Systems Operational"}},
		{"all down", list{m, m}, Status{"critical", "Major System Outage"}},
		{"five of nine down", list{m, m, m, m, m, o, o, o, o}, Status{"major", "Partial System Outage"}},
		{"all partly down", list{p, p}, Status{"major", "Partial System Outage"}},
		{"four of six partly down", list{p, p, p, p, o, o}, Status{"minor", "Minor Service Outage"}},
		{"all degraded", list{d, d}, Status{"minor", "Degraded System Service"}},
		{"some degraded", list{d, u}, Status{"minor", "Partially Degraded Service"}},
		{"some under maintenance", list{u, o}, Status{"maintenance", "Service Under Maintenance"}},
	}
	for _, tt := range tests {
		var g incidents.PageGroup
		for _, s := range tt.statuses {
			g.Components = append(g.Components, incidents.PageComponent{Status: s})
		}
		if got := statusOf(incidents.Page{Groups: []incidents.PageGroup{g}}); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}
