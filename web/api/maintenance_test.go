package api

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	calendar "github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"candor/incidents"
)

// planned are maintenances of the fixture's page, as the domain makes them: to come and moved once, cancelled, under
// way, and completed, the latest scheduled first.
func planned(p incidents.Page) []incidents.PageIncident {
	eu := incidents.Component{ID: "eu0000000000", Name: "EU", Group: "Platforms", Position: 3, CreatedAt: at("2026-01-01", "23:30:00")}
	facts := incidents.PageFacts{Site: p.Site, Now: p.At, Components: []incidents.Component{eu}}
	told := at("2026-05-01", "09:00:00")
	var out []incidents.PageIncident
	for _, m := range []struct {
		id, title   string
		from, until time.Time
		more        []incidents.MaintenanceUpdate
	}{
		{"mnt000000001", "New routers, part 1; \\ \"careful\"", at("2026-05-09", "02:00:00"), at("2026-05-09", "04:00:00"),
			[]incidents.MaintenanceUpdate{{ID: "mup000000012", At: told.Add(time.Hour), From: at("2026-05-10", "22:30:00"), Until: at("2026-05-11", "00:30:00"), Author: "Ada", Body: "A day later,\nand at night."}}},
		{"mnt000000002", "Another sender", at("2026-05-05", "02:00:00"), at("2026-05-05", "04:00:00"),
			[]incidents.MaintenanceUpdate{{ID: "mup000000022", At: told.Add(time.Hour), Status: incidents.Cancelled, Author: "Ada", Body: "Not needed."}}},
		{"mnt000000003", "Database upgrade", at("2026-05-02", "12:00:00"), at("2026-05-02", "14:00:00"),
			[]incidents.MaintenanceUpdate{{ID: "mup000000032", At: at("2026-05-02", "12:00:00"), Status: incidents.InProgress, Body: "It has begun."}}},
		{"mnt000000004", "Certificates", at("2026-05-01", "20:00:00"), at("2026-05-01", "21:00:00"),
			[]incidents.MaintenanceUpdate{
				{ID: "mup000000042", At: at("2026-05-01", "20:00:00"), Status: incidents.InProgress, Body: "It has begun."},
				{ID: "mup000000043", At: at("2026-05-01", "20:45:00"), Status: incidents.Completed, Author: "Ada", Body: "Done early."}}},
	} {
		plan := incidents.StoredMaintenance(incidents.Maintenance{ID: m.id, Title: m.title, Components: []string{eu.ID}}, nil)
		first := incidents.MaintenanceUpdate{ID: "mup0000000" + m.id[10:] + "1", At: told, Status: incidents.Scheduled, From: m.from, Until: m.until, Author: "Ada", Body: "We tell you **early**."}
		for _, u := range append([]incidents.MaintenanceUpdate{first}, m.more...) {
			if err := plan.Post(u); err != nil {
				panic(err)
			}
		}
		seen, err := incidents.NewPageMaintenance(facts, plan)
		if err != nil {
			panic(err)
		}
		out = append(out, seen)
	}
	return out
}

func TestMaintenancesAreListedByState(t *testing.T) {
	p, _ := fixture()
	for _, tt := range []struct {
		name   string
		states []incidents.Status
		want   []string
	}{
		{"all", nil, []string{"mnt000000001 scheduled", "mnt000000002 completed", "mnt000000003 in_progress", "mnt000000004 completed"}},
		{"upcoming", []incidents.Status{incidents.Scheduled}, []string{"mnt000000001 scheduled"}},
		{"active", []incidents.Status{incidents.InProgress, incidents.Verifying}, []string{"mnt000000003 in_progress"}},
	} {
		body, err := MaintenancesJSON(p, planned(p), tt.states...)
		var read struct {
			List []struct{ ID, Status string } `json:"scheduled_maintenances"`
		}
		if err == nil {
			err = json.Unmarshal(body, &read)
		}
		var got []string
		for _, m := range read.List {
			got = append(got, m.ID+" "+m.Status)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v, want (-), got (+):\n%s", tt.name, err, diff)
		}
	}
}

func TestMaintenanceInFeeds(t *testing.T) {
	p, _ := fixture()
	feed := NewFeed(p, planned(p), paragraph)
	var atom atomRead
	body, err := feed.Atom()
	parse(t, &atom, body, err)
	moved := atom.Entries[0]
	if !strings.HasPrefix(moved.ID, "tag:status.example.com,2005:Maintenance/") || moved.Link.Href != "https://status.example.com/maintenance/mnt000000001" {
		t.Errorf("entry %+v", moved)
	}
	const want = "<p><strong>THIS IS A SCHEDULED EVENT May <var data-var='date'>11</var>, <var data-var='time'>00:30</var> - <var data-var='time'>02:30</var> CEST</strong></p>" +
		"<p><small>May <var data-var='date'> 1</var>, <var data-var='time'>12:00</var> CEST</small><br><strong>Update</strong> - </p><p>A day later,\nand at night.</p>" +
		"<p><small>May <var data-var='date'> 1</var>, <var data-var='time'>11:00</var> CEST</small><br><strong>Scheduled</strong> - </p><p>We tell you **early**.</p>"
	if diff := cmp.Diff(want, moved.Content.HTML); diff != "" {
		t.Errorf("content, want (-), got (+):\n%s", diff)
	}
	var rss struct {
		Items []struct {
			PubDate string `xml:"pubDate"`
			End     string `xml:"maintenanceEndDate"`
		} `xml:"channel>item"`
	}
	body, err = feed.RSS()
	parse(t, &rss, body, err)
	if got := rss.Items[0]; got.PubDate != "Sun, 10 May 2026 22:30:00 +0000" || got.End != "Mon, 11 May 2026 00:30:00 +0000" {
		t.Errorf("to come: dated %q until %q", got.PubDate, got.End)
	}
	if got := rss.Items[3].PubDate; got != "Fri, 01 May 2026 20:45:00 +0000" {
		t.Errorf("completed: dated %q", got)
	}
}

// TestCalendarIsReadByAnother reads the calendar with another library than the one that wrote it.
func TestCalendarIsReadByAnother(t *testing.T) {
	p, _ := fixture()
	body := Calendar(p, planned(p))
	if lone := bytes.ReplaceAll(body, []byte("\r\n"), nil); bytes.ContainsAny(lone, "\r\n") || !bytes.HasSuffix(body, []byte("END:VCALENDAR\r\n")) {
		t.Error("some line does not end in CRLF")
	}
	for line := range bytes.Lines(body) {
		if len(line) > 77 {
			t.Errorf("a line has %d bytes: %s", len(line), line)
		}
	}
	if !bytes.Equal(body, Calendar(p, planned(p))) {
		t.Error("the same maintenances give other bytes")
	}
	cal, err := calendar.NewDecoder(bytes.NewReader(body)).Decode()
	if err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	if name, _ := cal.Props.Text("X-WR-CALNAME"); name != "Studio status maintenance" {
		t.Errorf("the calendar is called %q", name)
	}
	type event struct {
		UID, Summary, Status, Sequence, URL string
		Stamp, Modified, Start, End         string
	}
	var got []event
	for _, e := range cal.Events() {
		text := func(name string) string {
			s, err := e.Props.Text(name)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			return s
		}
		raw := func(name string) string { return e.Props.Get(name).Value }
		got = append(got, event{text("UID"), text("SUMMARY"), text("STATUS"), raw("SEQUENCE"), raw("URL"), raw("DTSTAMP"), raw("LAST-MODIFIED"), raw("DTSTART"), raw("DTEND")})
	}
	want := []event{
		{"mnt000000001@candor", "New routers, part 1; \\ \"careful\"", "CONFIRMED", "1", "https://status.example.com/maintenance/mnt000000001", "20260501T100000Z", "20260501T100000Z", "20260510T223000Z", "20260511T003000Z"},
		{"mnt000000002@candor", "Another sender", "CANCELLED", "1", "https://status.example.com/maintenance/mnt000000002", "20260501T100000Z", "20260501T100000Z", "20260505T020000Z", "20260505T040000Z"},
		{"mnt000000003@candor", "Database upgrade", "CONFIRMED", "1", "https://status.example.com/maintenance/mnt000000003", "20260502T120000Z", "20260502T120000Z", "20260502T120000Z", "20260502T140000Z"},
		{"mnt000000004@candor", "Certificates", "CONFIRMED", "2", "https://status.example.com/maintenance/mnt000000004", "20260501T204500Z", "20260501T204500Z", "20260501T200000Z", "20260501T210000Z"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events, want (-), got (+):\n%s", diff)
	}
	text, err := cal.Events()[0].Props.Text("DESCRIPTION")
	if wantText := "A day later,\nand at night.\n\nAffects Platforms - EU.\n\nhttps://status.example.com/maintenance/mnt000000001"; err != nil || text != wantText {
		t.Errorf("description %q, %v, want %q", text, err, wantText)
	}
}

// What somebody types must not become a line of the calendar.
func TestCalendarOfControlCharacters(t *testing.T) {
	p, _ := fixture()
	list := planned(p)[:1]
	list[0].Title = "a\r\nATTENDEE:mailto:eve@example.com\x00\xff"
	list[0].Updates[0].Body = "b\r\nEND:VEVENT\rATTACH:x\x1b\xff" + strings.Repeat("ü", 200)
	p.Site.Name = "c\r\nX-EVIL:1;d"
	body := Calendar(p, list)
	cal, err := calendar.NewDecoder(bytes.NewReader(body)).Decode()
	if err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	if e := cal.Events(); len(e) != 1 || e[0].Props.Get("ATTENDEE") != nil || e[0].Props.Get("ATTACH") != nil || cal.Props.Get("X-EVIL") != nil {
		t.Errorf("a text became a property: %s", body)
	}
	if name, err := cal.Props.Text("X-WR-CALNAME"); name != "c X-EVIL:1;d maintenance" || err != nil {
		t.Errorf("the calendar is called %q, %v", name, err)
	}
	if bytes.ContainsAny(body, "\x00\x1b") {
		t.Errorf("control characters in %q", body)
	}
}
