package web

import (
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
)

func TestConsoleIsForResponders(t *testing.T) {
	h := open(t, nil)
	v := h.visitor()
	for _, path := range []string{"/console", "/console/incidents", "/console/incidents/new", "/console/incidents/x", "/console/incidents/x/postmortem", "/console/probes", "/console/probes/new-loads"} {
		if a := v.get(path).is(200); !strings.HasPrefix(a.url, "/console/sign-in") {
			t.Errorf("%s is open to everybody", path)
		}
	}
	for _, path := range []string{"/console/incidents", "/console/incidents/x/updates", "/console/incidents/x/postmortem", "/console/sign-out"} {
		if a := v.post(path, "title", "x", "status", "investigating", "body", "x", "promise", "none"); !strings.HasPrefix(a.url, "/console/sign-in") {
			t.Errorf("POST %s is open to everybody: %d", path, a.code)
		}
	}
	if list, err := h.db.Incidents(t.Context(), time.Time{}, 10); err != nil || len(list) != 0 {
		t.Errorf("a stranger made %d incidents (%v)", len(list), err)
	}
}

func TestInvitationWorksOnce(t *testing.T) {
	h := open(t, nil)
	secret, hash := NewInvitation()
	if err := h.db.SaveInvitation(t.Context(), hash, incidents.Owner, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	v := h.visitor()
	v.get("/console/welcome?token=" + secret).is(200)
	v.post("/console/welcome", "token", secret, "name", "Ada", "email", "ada", "password", "correct horse").is(422).says("Give an e-mail address", "Ada")
	v.post("/console/welcome", "token", secret, "name", "Ada", "email", "ada@example.com", "password", "short").is(422).says("at least 8")
	a := v.post("/console/welcome", "token", secret, "name", "Ada", "email", "Ada@Example.com", "password", "correct horse").is(200)
	if a.url != "/console" {
		t.Errorf("led to %s", a.url)
	}
	h.visitor().get("/console/welcome?token=" + secret).is(404)
	h.visitor().post("/console/welcome", "token", secret, "name", "Eve", "email", "eve@example.com", "password", "correct horse").is(404)
	people, err := h.db.People(t.Context())
	if err != nil || len(people) != 1 || people[0].Role != incidents.Owner || people[0].Email != "ada@example.com" {
		t.Errorf("people %+v, %v", people, err)
	}
	for _, p := range people {
		if strings.Contains(p.PasswordHash, "correct") {
			t.Error("the password is stored as it is")
		}
	}
}

func TestSignInAndOut(t *testing.T) {
	h := open(t, nil)
	h.responder("ada")
	v := h.visitor()
	v.post("/console/sign-in", "email", "ada@example.com", "password", "wrong horse").is(422).says("do not belong together", "ada@example.com").lacks("wrong horse")
	v.post("/console/sign-in", "email", "eve@example.com", "password", "correct horse").is(422).says("do not belong together")
	if a := v.post("/console/sign-in", "email", " ADA@example.com", "password", "correct horse", "next", "/console/probes").is(200); a.url != "/console/probes" {
		t.Errorf("led to %s", a.url)
	}
	a := v.get("/console").is(200)
	if a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("the console may be cached: %q", a.header.Get("Cache-Control"))
	}
	v.post("/console/sign-out").is(200)
	if a := v.get("/console"); a.url != "/console/sign-in" {
		t.Errorf("still signed in: %s", a.url)
	}
	for _, evil := range []string{"https://evil.example", "//evil.example", "/console\\evil", "/consol"} {
		if got := localPath(evil); got != "/console" {
			t.Errorf("localPath(%q) = %q", evil, got)
		}
	}
}

func TestGuessingIsSlow(t *testing.T) {
	v := open(t, nil).visitor()
	var code int
	for range 15 {
		code = v.post("/console/sign-in", "email", "ada@example.com", "password", "guess").code
	}
	if code != 429 {
		t.Errorf("the fifteenth try was answered with %d", code)
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	h := open(t, nil)
	v := h.responder("ada")
	form := "title=Evil&status=investigating&body=x&promise=none&action=post"
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
		r := v.request("POST", "/console/incidents", strings.NewReader(form), append(header, "Content-Type", "application/x-www-form-urlencoded")...)
		v.do(r).is(403)
	}
}

func TestDeclareUpdateResolveAndReport(t *testing.T) {
	h := open(t, nil)
	v := h.responder("grace.hopper")
	id := h.component("new")
	v.get("/console/incidents/new").is(200).says("New Studio", "EU Platform")
	v.post("/console/incidents", "title", "Studio is slow", "status", "investigating", "body", "We look *into* it.", "promise", "", "action", "post").
		is(422).says("Say when the next update comes", "Studio is slow", "We look *into* it.")
	v.post("/console/incidents", "title", "", "status", "investigating", "body", "We look.", "promise", "30", "action", "post").is(422).says("Give a title")
	v.post("/console/incidents", "title", "Studio is slow", "status", "investigating", "body", "We look *into* it.", "promise", "30", "action", "preview").
		is(200).says("We look into it.")
	h.visitor().get("/").lacks("Studio is slow")
	room := v.post("/console/incidents", "title", "Studio is slow", "status", "investigating", "body", "We look *into* it.", "promise", "30",
		"component."+id, "partial_outage", "action", "post").is(200).says("Studio is slow", "Incident declared.")
	h.visitor().get("/").says("Some of Studio is not working", "Studio is slow", "Next update by").lacks("hopper")
	path := room.url
	version := room.field("version")

	v.post(path+"/updates", "version", version, "status", "note", "body", "CANARY for the team", "promise", "none", "action", "post").is(200).says("CANARY for the team")
	h.visitor().get(strings.TrimPrefix(path, "/console")).is(200).lacks("CANARY")

	stale := v.post(path+"/updates", "version", version, "status", "identified", "body", "It is the cache.", "promise", "60", "action", "post").
		is(409).says("CANARY for the team", "It is the cache.")
	version = stale.field("version")
	v.post(path+"/updates", "version", version, "status", "identified", "body", "It is the cache.", "promise", "60", "action", "post").is(200).says("Update posted.")
	v.post(path+"/postmortem", "version", "0", "draft", "## Summary\n\nTold early.", "action", "publish").is(422).says("Resolve the incident before", "Told early.")
	version = v.get(path).field("version")
	v.post(path+"/updates", "version", version, "status", "resolved", "body", "Over.", "promise", "none", "action", "post").is(200)
	h.visitor().get("/").lacks("It is the cache.", "not working")

	public := strings.TrimPrefix(path, "/console")
	edit := v.get(path + "/postmortem").is(200).says("## Recurrence prevention")
	v.post(path+"/postmortem", "version", edit.field("version"), "draft", "## Summary\n\nThe *cache* was cold.<script>alert(1)</script>", "action", "save").is(200).says("Draft saved.")
	h.visitor().get(public).is(200).lacks("was cold")
	v.post(path+"/postmortem", "version", "0", "draft", "mine", "action", "save").is(409).says("Somebody saved another version", "mine")
	edit = v.get(path + "/postmortem").is(200).says("was cold")
	v.post(path+"/postmortem", "version", edit.field("version"), "draft", "## Summary\n\nThe *cache* was cold.<script>alert(1)</script>", "action", "publish").is(200).says("Postmortem published.")
	h.visitor().get(public).is(200).says("The cache was cold.").lacks("<script>alert")
	h.visitor().get("/history.atom").says("Postmortem", "was cold")
	v.get(path).is(200).lacks(`value="identified"`)
}

func TestTooLargeAFormIsRefused(t *testing.T) {
	h := open(t, nil)
	v := h.responder("ada")
	v.post("/console/incidents", "title", "x", "status", "investigating", "body", strings.Repeat("x", 300<<10), "promise", "none", "action", "post").is(413)
	v.post("/console/incidents", "title", "x", "status", "investigating", "body", strings.Repeat("x", 26<<10), "promise", "none", "action", "post").
		is(422).says("Shorten it", "xxx")
}

func TestFailingProbesInTheConsole(t *testing.T) {
	h := open(t, nil)
	h.fails("new-loads", "expected status 200, got 502")
	v := h.responder("ada")
	v.get("/console").is(200).says("new-loads", "New Studio does not load")
	v.get("/console/probes").is(200).says("new-loads", "http")
	v.get("/console/probes/new-loads").is(200).says("expected status 200, got 502", "refused")
	v.get("/console/probes/nothing").is(404)
	list, err := h.db.OpenIncidents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v.get("/console/incidents/"+list[0].ID).is(200).says("Likely cause: New Studio.", "refused")
}

func TestPublishingWhatOnlyTheTeamKnew(t *testing.T) {
	h := open(t, nil)
	inc := &incidents.Incident{ID: incidents.NewID(), Title: "CANARY broker node 3", StartedAt: time.Now()}
	if err := inc.Post(incidents.Update{At: time.Now(), Status: incidents.Investigating, Body: "CANARY", Team: true}); err != nil {
		t.Fatal(err)
	}
	if err := h.db.SaveIncident(t.Context(), inc); err != nil {
		t.Fatal(err)
	}
	v := h.responder("ada")
	path := "/console/incidents/" + inc.ID
	fields := []string{"version", "1", "status", "identified", "body", "Mails are late.", "promise", "30", "action", "post"}
	v.post(path+"/updates", fields...).is(422).says("in customers' words", "Mails are late.")
	v.post(path+"/updates", append(fields, "title", "Mails arrive late")...).is(200).says("Mails arrive late")
	for _, path := range []string{"/", "/incidents/" + inc.ID, "/history.atom", "/api/v2/summary.json"} {
		h.visitor().get(path).is(200).says("Mails arrive late").lacks("CANARY")
	}
	if room := v.get(path).is(200); strings.Contains(room.body, `name="title"`) {
		t.Error("a public incident is asked for another title")
	}
}

// publishing opens a house whose New Studio is published as told.
func publishing(t *testing.T, how incidents.Publish) *house {
	t.Helper()
	var tracker *incidents.Tracker
	h := open(t, func(o *Options) {
		p := o.Tracker.Policy()
		p.Publish = map[string]incidents.Publish{p.Components[0].ID: how}
		tracker = incidents.NewTracker(o.Store, p, nil)
		o.Tracker = tracker
	})
	h.tracker = tracker
	return h
}

func TestADraftIsPublishedByAPerson(t *testing.T) {
	h := publishing(t, incidents.Publish{Never: true})
	h.fails("new-loads", "got 502")
	h.visitor().get("/").is(200).lacks("New Studio does not load")
	list, err := h.db.OpenIncidents(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d incidents, %v", len(list), err)
	}
	v := h.responder("ada")
	path := "/console/incidents/" + list[0].ID
	room := v.get(path).is(200).says("This is a draft")
	v.post(path+"/updates", "version", room.field("version"), "title", room.field("title"), "status", "investigating", "body", "New Studio is down.",
		"promise", "30", "action", "post", "component."+h.component("new"), "major_outage").is(200)
	h.refresh()
	h.visitor().get("/incidents/"+list[0].ID).is(200).says("New Studio does not load", "New Studio is down.", "Major outage")
}

func TestAResponderKeepsAnIncidentForTheTeam(t *testing.T) {
	h := publishing(t, incidents.Publish{After: time.Hour})
	h.fails("new-loads", "got 502")
	list, err := h.db.OpenIncidents(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d incidents, %v", len(list), err)
	}
	v := h.responder("ada")
	path := "/console/incidents/" + list[0].ID
	v.get(path).is(200).says("The checks tell customers", "in 59 minutes", "Keep it for the team")
	v.post(path+"/keep").is(200).says("Kept for the team.", "ada keeps this for the team.").lacks("The checks tell customers")
	room := v.get(path)
	v.post(path+"/updates", "version", room.field("version"), "title", "New Studio is down", "status", "investigating", "body", "It is down.", "promise", "30", "action", "post").is(200)
	v.post(path + "/keep").is(422).says("told of this incident already")
}

func TestTheConsoleLinksWhatLookedAlike(t *testing.T) {
	h := open(t, nil)
	old := &incidents.Incident{ID: incidents.NewID(), Title: "Last month's trouble", StartedAt: time.Now().Add(-30 * 24 * time.Hour),
		Symptoms: []incidents.Symptom{{Probe: "new-loads", Component: h.component("new"), Reason: "refused", Status: incidents.MajorOutage}}}
	for _, status := range []incidents.Status{incidents.Investigating, incidents.Resolved} {
		if err := old.Post(incidents.Update{At: old.StartedAt, Status: status, Body: "x", Author: "Bob"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.db.SaveIncident(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	h.fails("new-loads", "got 502")
	list, err := h.db.OpenIncidents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.responder("ada").get("/console/incidents/"+list[0].ID).is(200).says("Looked alike before", "Last month's trouble")
}

func TestTheRoomDrawsWhereALimitComesFrom(t *testing.T) {
	h := open(t, nil)
	now := time.Now().UTC()
	var list []probes.Result
	for at := now.Add(-50 * time.Minute); at.Before(now); at = at.Add(30 * time.Second) {
		share := 0.1 + 0.9*at.Sub(now.Add(-50*time.Minute)).Minutes()/60
		list = append(list, probes.Result{Probe: "new-loads", Place: "local", At: at, Outcome: probes.OK,
			Measurements: []probes.Measurement{{Name: "memory", Unit: "bytes", Value: 1e9 * share, Limit: 1e9}}})
	}
	if err := h.db.SaveResults(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	inc := &incidents.Incident{ID: incidents.NewID(), Title: "memory meets its limit", StartedAt: now, Symptoms: []incidents.Symptom{
		{Probe: incidents.WarningKey("new-loads", "memory"), Component: h.component("new"), Warning: true, Internal: true, Since: now, Status: incidents.DegradedPerformance}}}
	if err := inc.Post(incidents.Update{At: now, Status: incidents.Investigating, Body: "Early signs.", Team: true}); err != nil {
		t.Fatal(err)
	}
	if err := h.db.SaveIncident(t.Context(), inc); err != nil {
		t.Fatal(err)
	}
	if room := h.responder("ada").get("/console/incidents/" + inc.ID).is(200).says("new-loads → memory"); !strings.Contains(room.body, "limit in about ") {
		t.Error("the chart has no outlook")
	}
}
