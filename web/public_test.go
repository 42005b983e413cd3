package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"candor/incidents"
)

func TestPublicAnswers(t *testing.T) {
	v := open(t, nil).visitor()
	tests := []struct {
		path, contentType string
		cors              bool
	}{
		{"/", "text/html; charset=utf-8", false},
		{"/history", "text/html; charset=utf-8", false},
		{"/history?page=2", "text/html; charset=utf-8", false},
		{"/api/v2/summary.json", "application/json; charset=utf-8", true},
		{"/api/v2/status.json", "application/json; charset=utf-8", true},
		{"/history.atom", "application/atom+xml; charset=utf-8", true},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			a := v.get(tt.path).is(200)
			if got := a.header.Get("Content-Type"); got != tt.contentType {
				t.Errorf("content type %q, want %q", got, tt.contentType)
			}
			if got := a.header.Get("Access-Control-Allow-Origin") == "*"; got != tt.cors {
				t.Errorf("open to other sites: %v, want %v", got, tt.cors)
			}
			if got := a.header.Get("Cache-Control"); !strings.Contains(got, "stale-if-error") {
				t.Errorf("cache control %q", got)
			}
			if !tt.cors && !strings.Contains(a.header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Error("a page without a content security policy")
			}
			head := v.do(v.request(http.MethodHead, tt.path, nil)).is(200)
			if head.body != "" || head.header.Get("Etag") == "" {
				t.Errorf("HEAD gave %d bytes and ETag %q", len(head.body), head.header.Get("Etag"))
			}
			plain := v.get(tt.path, "Accept-Encoding", "identity").is(200)
			if plain.body != a.body {
				t.Error("gzip and plain differ")
			}
			for _, etag := range []string{head.header.Get("Etag"), plain.header.Get("Etag"), "W/" + plain.header.Get("Etag")} {
				v.get(tt.path, "If-None-Match", etag, "Accept-Encoding", "identity").is(304)
			}
			v.get(tt.path, "If-None-Match", `"other"`).is(200)
		})
	}
}

func TestWhatIsNotThere(t *testing.T) {
	v := open(t, nil).visitor()
	for _, path := range []string{"/nothing", "/incidents/nothing", "/history?page=0", "/history?page=x", "/console/welcome?token=wrong", "/static/nothing.css"} {
		a := v.get(path).is(404).says("There is no such page")
		if a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: a missing page may be cached: %q", path, a.header.Get("Cache-Control"))
		}
	}
	a := v.get("/api/v2/nothing.json").is(404)
	if a.body != "{\"code\":404,\"message\":\"There is no such page\"}\n" {
		t.Errorf("the API says %s", a.body)
	}
	v.do(v.request(http.MethodDelete, "/history", nil)).is(405)
}

func TestAnIncidentOfTheChecksOnThePage(t *testing.T) {
	h := open(t, nil)
	v := h.visitor()
	v.get("/").says("We cannot see") // no result yet
	h.fails("new-loads", "CANARY dial tcp 10.0.0.1:5672")
	page := v.get("/").is(200).says("Some of Studio is not working", "New Studio does not load", "Major outage").lacks("CANARY", "10.0.0.1", "Message queue")
	open, err := h.db.OpenIncidents(t.Context())
	if err != nil || len(open) != 1 {
		t.Fatalf("%d incidents, %v", len(open), err)
	}
	path := "/incidents/" + open[0].ID
	if !strings.Contains(page.body, path) {
		t.Errorf("the page does not link to %s", path)
	}
	v.get(path).is(200).says("New Studio does not load", "Our checks see a problem").lacks("CANARY", "10.0.0.1")
	v.get("/history").says("New Studio does not load").lacks("CANARY")
	v.get("/history.atom").says("New Studio does not load", "&lt;strong&gt;Investigating&lt;/strong&gt;", "tag:status.example.com,2005:Incident/").lacks("CANARY")
	var summary struct {
		Status     struct{ Indicator, Description string }
		Components []struct {
			Name, Status string
			Group        bool
		}
		Incidents []struct {
			ID, Name, Status, Impact string
			StartedAt                time.Time `json:"started_at"`
			Updates                  []struct {
				Affected []map[string]string `json:"affected_components"`
			} `json:"incident_updates"`
		}
		Scheduled *[]any `json:"scheduled_maintenances"`
	}
	body := v.get("/api/v2/summary.json").lacks("CANARY", "Message queue").body
	if err := json.Unmarshal([]byte(body), &summary); err != nil {
		t.Fatal(err)
	}
	if summary.Status.Indicator != "major" || summary.Status.Description != "Partial System Outage" || summary.Scheduled == nil {
		t.Errorf("status %+v, maintenances %v", summary.Status, summary.Scheduled)
	}
	inc := summary.Incidents[0]
	if inc.Name != "New Studio does not load" || inc.Status != "investigating" || inc.Impact != "critical" ||
		inc.Updates[0].Affected[0]["name"] != "Products - New Studio" || inc.Updates[0].Affected[0]["new_status"] != "major_outage" {
		t.Errorf("incident %+v", inc)
	}
	if len(summary.Components) != 4 || !summary.Components[0].Group || summary.Components[1].Status != "major_outage" {
		t.Errorf("components %+v", summary.Components)
	}
}

func TestTeamIncidentsStayInside(t *testing.T) {
	h := open(t, nil)
	inc := &incidents.Incident{ID: incidents.NewID(), Title: "CANARY", StartedAt: time.Now()}
	if err := inc.Post(incidents.Update{At: time.Now(), Status: incidents.Investigating, Body: "CANARY", Team: true}); err != nil {
		t.Fatal(err)
	}
	if err := h.db.SaveIncident(t.Context(), inc); err != nil {
		t.Fatal(err)
	}
	h.refresh()
	v := h.visitor()
	for _, path := range []string{"/", "/history", "/history.atom", "/api/v2/summary.json"} {
		v.get(path).is(200).lacks("CANARY")
	}
	v.get("/incidents/" + inc.ID).is(404).lacks("CANARY")
	h.responder("ada").get("/console/incidents/" + inc.ID).is(200).says("CANARY")
}

func TestMetricsAreNotForEverybody(t *testing.T) {
	metrics := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("candor_up 1\n")) })
	local := open(t, func(o *Options) { o.Metrics = metrics }).visitor()
	local.get("/metrics").is(200).says("candor_up 1")
	local.get("/metrics", "X-Forwarded-For", "198.51.100.7").is(404)
	secret := open(t, func(o *Options) { o.Metrics, o.Token = metrics, "s3cret" }).visitor()
	secret.get("/metrics").is(404)
	secret.get("/metrics", "Authorization", "Bearer wrong").is(404)
	secret.get("/metrics", "Authorization", "Bearer s3cret").is(200)
}

func TestHealth(t *testing.T) {
	h := open(t, nil)
	v := h.visitor()
	v.get("/healthz").is(200)
	v.get("/readyz").is(200)
	h.db.Close()
	v.get("/healthz").is(200)
	v.get("/readyz").is(503).says("the database does not answer")
	v.get("/").is(200) // the page outlives its database
}
