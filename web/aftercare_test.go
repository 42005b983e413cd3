package web

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/store"
)

// cares gives a public incident follow-ups, guards, an edit and corrections, with a text in whatever customers must not
// see. It returns the ids of what the team keeps for itself.
func (h *house) cares(inc *incidents.Incident, hidden string) []string {
	h.Helper()
	now := time.Now().UTC()
	f := []incidents.FollowUp{{Text: "Limit the queue", Owner: hidden, Author: hidden, Public: true}, {Text: hidden, Owner: hidden, Author: hidden},
		{Text: hidden, Author: hidden}}
	for i := range f {
		var err error
		if f[i], err = incidents.NewFollowUp(inc, i, f[i], now); err != nil {
			h.Fatal(err)
		}
	}
	if err := errors.Join(f[2].Drop(hidden, hidden, now), h.db.SaveFollowUp(h.Context(), &f[0]), h.db.SaveFollowUp(h.Context(), &f[1]), h.db.SaveFollowUp(h.Context(), &f[2])); err != nil {
		h.Fatal(err)
	}
	teams := []string{f[1].ID, f[2].ID}
	for i, g := range []incidents.Guard{{Probe: "new-loads", FollowUp: f[0].ID, Caption: "The queue stays short"}, {Probe: hidden, FollowUp: f[1].ID, Caption: "Nothing is lost"},
		{Probe: "new-loads", FollowUp: f[1].ID}} {
		g.Author, g.Since = hidden, inc.StartedAt.Add(time.Millisecond)
		g, err := incidents.NewGuard(inc, i, g, now)
		if err != nil {
			h.Fatal(err)
		}
		if err := h.db.SaveGuard(h.Context(), &g); err != nil {
			h.Fatal(err)
		}
		if g.Caption == "" {
			teams = append(teams, g.ID)
		}
	}
	correction := func(key, reason string) incidents.Correction {
		return incidents.Correction{Component: h.component(key), Status: incidents.MajorOutage, From: inc.StartedAt, Until: inc.StartedAt.Add(10 * time.Minute), Reason: reason, Author: hidden, At: now}
	}
	err := errors.Join(inc.Correct(correction("new", "The logs say so.")), inc.Correct(correction("queue", hidden)),
		inc.Reword(inc.Timeline()[0].ID, incidents.Edit{At: now, Author: hidden, Body: "Another text."}), h.db.SaveIncident(h.Context(), inc))
	if err != nil {
		h.Fatal(err)
	}
	h.refresh()
	return teams
}

func TestPageOfWhatCameAfter(t *testing.T) {
	h := open(t, func(o *Options) { o.Probes[0].Rule.Interval = time.Hour })
	h.seen(3, store.Counts{OK: 24})
	h.seen(2, store.Counts{OK: 24})
	h.seen(1, store.Counts{OK: 20, Failed: 4})
	inc := h.outage("It was down", 49*time.Hour, incidents.PartialOutage)
	h.cares(inc, "SECRET")
	v, id := h.visitor(), h.component("new")
	v.get("/incidents/"+inc.ID).is(200).says("Limit the queue", "Not done yet", "The queue stays short", ": it has not reported since", " checks held",
		"Nothing is lost", "was removed", "New Studio: major outage from", "was partial outage from", "The logs say so.",
		"Another text.", "what it said beforeText.").lacks("SECRET", "Message queue")
	v.get("/components/"+id+"/uptime?days=90").says("of it major outage600 10 min", "of it partial outage0 0 s", "Corrected by people3,600 1 h", "as corrected",
		"Before the corrections it was 99.5833%: 1 − (0 + 0.3 × 3,600) ÷ 259,200", "1 − (600 + 0.3 × 0) ÷ 259,200 = 99.7685%").lacks("SECRET")
	v.get("/components/"+h.component("eu")+"/uptime").lacks("Corrected by people", "Before the corrections")
	h.fails("new-loads", "refused")
	v.get("/incidents/" + inc.ID).says(": failing since")
	bob := h.responder("bob")
	bob.get("/console/probes/new-loads").says("Breaks a promise of the postmortem It was down · The queue stays short")
	bob.get("/console").says("Breaks a promise of the postmortem It was down · The queue stays short")
	bob.get("/console/incidents/"+inc.ID).says("Limit the queue", "team only", "by SECRET", "SECRET")
}

// Machines read the new text, and that it is new.
func TestEditsForMachines(t *testing.T) {
	h := open(t, nil)
	inc := h.outage("It was down", 49*time.Hour, incidents.PartialOutage)
	v := h.visitor()
	type update struct {
		Body      string    `json:"body"`
		CreatedAt time.Time `json:"created_at"`
		UpdatedAt time.Time `json:"updated_at"`
		DisplayAt time.Time `json:"display_at"`
		Affected  []struct {
			Old string `json:"old_status"`
			New string `json:"new_status"`
		} `json:"affected_components"`
	}
	read := func() (changed time.Time, first update) {
		var got struct {
			UpdatedAt time.Time `json:"updated_at"`
			Updates   []update  `json:"incident_updates"`
		}
		if err := json.Unmarshal([]byte(v.get("/incidents/"+inc.ID+".json").is(200).body), &got); err != nil || len(got.Updates) != 2 {
			t.Fatalf("%d updates, %v", len(got.Updates), err)
		}
		return got.UpdatedAt, got.Updates[1]
	}
	before, first := read()
	if !first.UpdatedAt.Equal(first.CreatedAt) {
		t.Errorf("an update that nobody edited is of %v and %v", first.CreatedAt, first.UpdatedAt)
	}
	h.cares(inc, "SECRET")
	after, edited := read()
	if edited.Body != "Another text." || !edited.CreatedAt.Equal(first.CreatedAt) || !edited.DisplayAt.Equal(first.CreatedAt) || time.Since(edited.UpdatedAt) > time.Minute {
		t.Errorf("edited: %+v", edited)
	}
	if !after.Equal(edited.UpdatedAt) || !after.After(before) {
		t.Errorf("the incident is of %v, its newest edit of %v", after, edited.UpdatedAt)
	}
	if len(edited.Affected) != 1 || edited.Affected[0].New != "partial_outage" {
		t.Errorf("a correction changed what was told: %+v", edited.Affected)
	}
	for _, feed := range []string{"/history.atom", "/history.rss", "/feed.json"} {
		a := v.get(feed).is(200)
		if !strings.Contains(a.body, "Another text.") || strings.Contains(a.body, "SECRET") || strings.Contains(a.body, ">Text.<") {
			t.Errorf("%s: %s", feed, a.body)
		}
	}
	if a := v.get("/history.atom"); !strings.Contains(a.body, "<updated>"+edited.UpdatedAt.UTC().Format(time.RFC3339)) {
		t.Errorf("the feed's entry is not of %v", edited.UpdatedAt)
	}
}
