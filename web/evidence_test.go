package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
)

// jpegLike is what stands for a picture; no part of the server looks into it.
const jpegLike = "\xff\xd8 " + secret + " picture"

// freezes stores evidence of a failure with an incident, and returns the ids: a picture, a text, the numbers.
func (h *house) freezes(incident, probe string) (shot, head, numbers string) {
	h.Helper()
	now := time.Now().UTC()
	m := incidents.Moment{Incident: incident, Probe: probe + " again", Since: now}
	series := incidents.NewSeries([]probes.Result{{At: now, Outcome: probes.Failed, Took: time.Second,
		Measurements: []probes.Measurement{{Name: secret, Value: 1, Unit: secret}}}}).JSON()
	list := []incidents.Evidence{
		{ID: incidents.NewID(), Sighting: incidents.AtFailure, At: now, Name: secret, Type: "image/jpeg", Body: []byte(jpegLike)},
		{ID: incidents.NewID(), Sighting: incidents.AtFailure, At: now, Name: secret, Type: "text/plain", Body: []byte("502 " + secret)},
		{ID: incidents.NewID(), Sighting: incidents.Around, At: now, Name: secret, Type: incidents.SeriesType, Body: series},
	}
	if err := h.db.Freeze(h.Context(), m, list); err != nil {
		h.Fatal(err)
	}
	return list[0].ID, list[1].ID, list[2].ID
}

func TestEvidenceIsForResponders(t *testing.T) {
	h := open(t, nil)
	h.fails("new-loads", "expected status 200, got 502")
	list, err := h.db.OpenIncidents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id := list[0].ID
	shot, head, numbers := h.freezes(id, "new-loads")
	path := "/console/incidents/" + id + "/evidence/"
	ada := h.responder("ada")
	ada.get("/console/incidents/"+id).is(200).says("Evidence", "At the failure: "+secret, "502 "+secret)
	for piece, want := range map[string][2]string{shot: {"image/jpeg", ""}, head: {"text/plain; charset=utf-8", ""}, numbers: {"application/json; charset=utf-8", "attachment"}} {
		a := ada.get(path + piece).is(200)
		got := [2]string{a.header.Get("Content-Type"), a.header.Get("Content-Disposition")}
		if got != want || !strings.Contains(a.body, secret) {
			t.Errorf("%s: got %q, want %q", piece, got, want)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Content-Security-Policy": evidencePolicy} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s of %s: got %q, want %q", name, piece, got, want)
			}
		}
		stranger := h.visitor()
		stranger.get(path + piece).is(404).lacks(secret)
		stranger.get("/incidents/" + id + "/evidence/" + piece).is(404).lacks(secret)
		if a := stranger.post(path+piece, "action", "publish", "caption", "x", "alt", "y"); !strings.HasPrefix(a.url, "/console/sign-in") {
			t.Errorf("a stranger may publish: %d", a.code)
		}
	}
	ada.get(path + "unknown").is(404)
	ada.get("/console/incidents/unknown/evidence/" + shot).is(404)
	ada.post(path+"unknown", "action", "publish", "caption", "x", "alt", "y").is(404)
}

// What was stored by another version, or by hand, must do nothing in a browser.
func TestEvidenceOfAnotherTypeIsSavedNotShown(t *testing.T) {
	for _, stored := range []string{"text/html", "image/svg+xml", "", "text/plain; charset=utf-7"} {
		if got, inline := evidenceType(stored); got != "application/octet-stream" || inline {
			t.Errorf("%q is sent as %q, inline %v", stored, got, inline)
		}
	}
}

func TestPublishAndWithdrawEvidence(t *testing.T) {
	h := open(t, nil)
	h.fails("new-loads", "expected status 200, got 502")
	list, err := h.db.OpenIncidents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id := list[0].ID
	shot, head, numbers := h.freezes(id, "new-loads")
	room, public := "/console/incidents/"+id, "/incidents/"+id
	ada := h.responder("ada")
	ada.post(room+"/evidence/"+shot, "action", "publish", "caption", "Our page went white", "alt", " ").is(422).
		says("Describe the picture in at most", "Our page went white")
	h.visitor().get(public + "/evidence/" + shot).is(404)

	ada.post(room+"/evidence/"+shot, "action", "publish", "caption", "Our page went white", "alt", "An empty page").is(200).says("Evidence published.", "Published by ada")
	v := h.visitor()
	page := v.get(public).is(200).says("What our checks saw", "Our page went white").lacks("ada", secret)
	if !strings.Contains(page.body, `alt="An empty page"`) {
		t.Error("the picture has no alternative text")
	}
	a := v.get(public + "/evidence/" + shot).is(200)
	if a.body != jpegLike || a.header.Get("Content-Type") != "image/jpeg" || a.header.Get("Content-Security-Policy") != evidencePolicy ||
		a.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the picture came as %q with %v", a.body, a.header)
	}
	v.get(room + "/evidence/" + shot).is(404) // the console's address stays the console's
	v.get(public + "/evidence/" + head).is(404)

	ada.post(room+"/evidence/"+head, "action", "publish", "caption", "The answer").is(200)
	ada.post(room+"/evidence/"+numbers, "action", "publish", "caption", "The numbers").is(200)
	v.get(public).is(200).says("502 "+secret, "The numbers", "run time")
	v.get(public + "/evidence/" + head).is(404) // a text is part of the page

	e, err := h.db.Evidence(t.Context(), id, shot)
	if err != nil {
		t.Fatal(err)
	}
	h.refresh() // nothing is remembered of the picture
	e.Withdraw("eve", time.Now())
	if err := h.db.ShowEvidence(t.Context(), e); err != nil { // by another machine: this one has not rendered anew
		t.Fatal(err)
	}
	v.get(public + "/evidence/" + shot).is(404)

	before := h.server.snapshot.current.Load()
	for _, piece := range []string{shot, head, numbers} {
		h.responder("bob-"+piece).post(room+"/evidence/"+piece, "action", "withdraw").is(200).says("Evidence withdrawn.", "Withdrawn by bob-"+piece)
	}
	if before == h.server.snapshot.current.Load() {
		t.Error("the public page was not rendered again")
	}
	v.get(public).is(200).lacks("What our checks saw", secret)
	if a := v.do(v.request(http.MethodGet, public+"/evidence/"+shot, nil)); a.code != 404 {
		t.Errorf("a withdrawn picture is answered with %d", a.code)
	}
}

func TestEvidenceOfATeamIncidentStaysInside(t *testing.T) {
	h := open(t, nil)
	inc := h.past("A matter of the team", time.Hour, true)
	shot, _, _ := h.freezes(inc.ID, "new-loads")
	h.responder("ada").post("/console/incidents/"+inc.ID+"/evidence/"+shot, "action", "publish", "caption", "a", "alt", "b").is(422).
		says("Customers do not know of this incident yet.")
	h.visitor().get("/incidents/" + inc.ID + "/evidence/" + shot).is(404)
}
