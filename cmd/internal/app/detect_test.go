package app

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
)

// May 2: the queue refuses from 10:39 to 13:00, and a person tells customers at 12:50.
func TestDetectReplaysTheSecondOfMay(t *testing.T) {
	c := parse(t, `page: {name: Studio status}
components:
- {key: studio, name: Studio}
- {key: eu, name: EU Platform}
probes:
- {key: loads, component: studio, symptom: Studio does not load, interval: 10s, recheck: 2s, tcp: {address: "127.0.0.1:1"}}
- {key: eu-answers, component: eu, symptom: The EU does not answer, interval: 10s, tcp: {address: "127.0.0.1:1"}}
- {key: unheard, component: eu, symptom: Nothing, tcp: {address: "127.0.0.1:1"}}
`)
	c.Storage.Database = filepath.Join(t.TempDir(), "candor.db")
	db, err := OpenStore(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	components := incidents.Reconcile(nil, c.Components(), time.Now())
	if err := db.SaveComponents(t.Context(), components); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2024, 5, 2, 10, 0, 0, 0, time.UTC)
	broken, mended := day.Add(39*time.Minute), day.Add(3*time.Hour)
	var results []probes.Result
	for at := day; at.Before(day.Add(5 * time.Hour)); at = at.Add(10 * time.Second) {
		r := probes.Result{Probe: "loads", Place: "local", At: at, Took: 50 * time.Millisecond, Outcome: probes.OK}
		if !at.Before(broken) && at.Before(mended) {
			r.Outcome, r.Reason = probes.Failed, probes.Refused
		}
		blip := probes.Result{Probe: "eu-answers", Place: "local", At: at, Outcome: probes.OK}
		if at.Equal(day.Add(4*time.Hour)) || at.Equal(day.Add(4*time.Hour+20*time.Second)) {
			blip.Outcome = probes.Failed
		}
		results = append(results, r, blip)
	}
	if err := db.SaveResults(t.Context(), results); err != nil {
		t.Fatal(err)
	}
	declare := func(title, component string, began, ended time.Time) {
		inc := &incidents.Incident{ID: incidents.NewID(), Title: title, StartedAt: began}
		for _, u := range []incidents.Update{
			{At: began, Status: incidents.Investigating, Body: "We look.", Author: "Ada", Changes: []incidents.Change{{Component: component, To: incidents.MajorOutage}}},
			{At: ended, Status: incidents.Resolved, Body: "Over.", Author: "Ada"},
		} {
			if err := inc.Post(u); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.SaveIncident(t.Context(), inc); err != nil {
			t.Fatal(err)
		}
	}
	declare("Studio malfunctions", components[0].ID, day.Add(170*time.Minute), day.Add(185*time.Minute))
	declare("A rumour", components[1].ID, day.Add(30*time.Minute), day.Add(40*time.Minute))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	var out bytes.Buffer
	if err := Detect(t.Context(), c, day.Add(-time.Hour), day.Add(5*time.Hour), &out); err != nil {
		t.Fatal(err)
	}
	got := regexp.MustCompile(` +`).ReplaceAllString(out.String(), " ")
	for _, want := range []string{
		"3600 results of 2 probes, from 2024-05-02 10:00 UTC to 2024-05-02 15:00 UTC",
		"no results are stored of unheard",
		"2024-05-02 10:30:00 0s 10m A rumour a person declared it; would have been missed",
		"2024-05-02 10:39:00 10s 2h27m Studio does not load noticed 2h10m50s earlier, public 2h10m50s earlier, over 1m later, a person led it",
		"The EU does not answer would have opened as well",
		"1 as before or nearly, 1 more, 1 missed",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the replay does not say %q:\n%s", want, got)
		}
	}
	err = Detect(t.Context(), c, day.Add(-48*time.Hour), day.Add(-24*time.Hour), &out)
	if err == nil || !strings.Contains(err.Error(), "single results are kept for 14d") {
		t.Errorf("without results: %v", err)
	}
}

func TestStretch(t *testing.T) {
	now := time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ since, until, want string }{
		{"1d", "1h", "2026-05-01 00:00 to 2026-05-01 23:00"},
		{"yesterday", "0s", "--since takes how long ago"},
		{"1d", "-1h", "--until takes how long ago"},
		{"1h", "1d", "--until 1d is not after --since 1h"},
	} {
		from, to, err := Stretch(tt.since, tt.until, now)
		got := fmt.Sprintf("%s to %s", from.Format("2006-01-02 15:04"), to.Format("2006-01-02 15:04"))
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s, %s: %s, want %s", tt.since, tt.until, got, tt.want)
		}
	}
}
