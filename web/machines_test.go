package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
)

// past stores an incident that began some time ago and was resolved an hour later.
func (h *house) past(title string, ago time.Duration, team bool) *incidents.Incident {
	h.Helper()
	return h.lasted(title, ago, time.Hour, team)
}

// lasted stores an incident that was resolved so long after it began.
func (h *house) lasted(title string, ago, length time.Duration, team bool) *incidents.Incident {
	h.Helper()
	start := time.Now().Add(-ago)
	inc := &incidents.Incident{ID: incidents.NewID(), Title: title, StartedAt: start}
	for i, status := range []incidents.Status{incidents.Investigating, incidents.Resolved} {
		err := inc.Post(incidents.Update{At: start.Add(time.Duration(i) * length), Status: status, Body: "Text.", Author: person, Team: team})
		if err != nil {
			h.Fatal(err)
		}
	}
	if err := h.db.SaveIncident(h.Context(), inc); err != nil {
		h.Fatal(err)
	}
	return inc
}

// publish writes and publishes a postmortem.
func (h *house) publish(inc *incidents.Incident, text string) incidents.Postmortem {
	h.Helper()
	pm := incidents.Postmortem{Incident: inc.ID}
	err := pm.Edit(text, person, time.Now())
	if err == nil {
		err = pm.Publish(inc, person, time.Now())
	}
	if err == nil {
		err = h.db.SavePostmortem(h.Context(), &pm)
	}
	if err != nil {
		h.Fatal(err)
	}
	return pm
}

// incidentList is what an answer says of its incidents.
type incidentList struct {
	Incidents []struct {
		ID, Name, Status string
		Updates          []struct{ Status, Body string } `json:"incident_updates"`
	}
}

func (r reply) incidents() (list incidentList) {
	r.t.Helper()
	if err := json.Unmarshal([]byte(r.is(200).body), &list); err != nil {
		r.t.Fatalf("%v in %s", err, r.body)
	}
	return list
}

func (l incidentList) names() (out []string) {
	for _, inc := range l.Incidents {
		out = append(out, inc.Name+": "+inc.Status)
	}
	return out
}

func TestMachineAnswers(t *testing.T) {
	h := open(t, nil)
	v := h.visitor()
	inc := h.past("Mail was late", time.Hour*24, false)
	plan := h.plan("Database upgrade", time.Hour, time.Hour)
	h.refresh()
	component := h.component("new")
	for path, contentType := range map[string]string{
		"/api/v2/components.json":                      jsonType,
		"/api/v2/incidents.json":                       jsonType,
		"/api/v2/incidents/unresolved.json":            jsonType,
		"/api/v2/incidents/resolved.json":              jsonType,
		"/api/v2/incidents/" + inc.ID + ".json":        jsonType,
		"/api/v2/scheduled-maintenances.json":          jsonType,
		"/api/v2/scheduled-maintenances/upcoming.json": jsonType,
		"/api/v2/scheduled-maintenances/active.json":   jsonType,
		"/incidents/" + inc.ID + ".json":               jsonType,
		"/history.json":                                jsonType,
		"/history.json?page=2":                         jsonType,
		"/history.rss":                                 rssType,
		"/feed.json":                                   feedType,
		"/components/" + component + ".atom":           atomType,
		"/components/" + component + ".rss":            rssType,
		"/history.ics":                                 icsType,
		"/components/" + component + ".ics":            icsType,
		"/maintenance/" + plan.ID + ".ics":             icsType,
		"/maintenance/" + plan.ID + ".json":            jsonType,
		"/badge.svg":                                   svgType,
		"/badge/" + component + ".svg":                 svgType,
		"/robots.txt":                                  textType,
		"/sitemap.xml":                                 xmlType,
		"/llms.txt":                                    textType,
		"/api/openapi.yaml":                            openAPIType,
	} {
		t.Run(path, func(t *testing.T) {
			a := v.get(path).is(200)
			if a.header.Get("Content-Type") != contentType || a.header.Get("Access-Control-Allow-Origin") != "*" || a.header.Get("Cache-Control") != apiCache {
				t.Errorf("headers %v", a.header)
			}
			head := v.do(v.request(http.MethodHead, path, nil)).is(200)
			if head.body != "" || head.header.Get("Etag") == "" {
				t.Errorf("HEAD gave %d bytes and ETag %q", len(head.body), head.header.Get("Etag"))
			}
			plain := v.get(path, "Accept-Encoding", "identity").is(200)
			if plain.body != a.body || a.body == "" {
				t.Error("gzip and plain differ, or are empty")
			}
			v.get(path, "If-None-Match", plain.header.Get("Etag"), "Accept-Encoding", "identity").is(304)
			v.get(path, "If-None-Match", `"other"`).is(200)
		})
	}
}

func TestWhatIsNotThereForMachines(t *testing.T) {
	h := open(t, nil)
	team := h.past("For the team", time.Hour, true)
	h.refresh()
	v := h.visitor()
	for _, path := range []string{"/api/v2/incidents/nothing.json", "/api/v2/incidents/nothing", "/api/v2/incidents/" + team.ID + ".json", "/api/v2/nothing.json",
		"/incidents/nothing.json", "/incidents/" + team.ID + ".json", "/maintenance/nothing.json", "/history.json?page=0", "/history.json?page=x"} {
		a := v.get(path).is(404)
		if a.body != "{\"code\":404,\"message\":\"There is no such page\"}\n" || a.header.Get("Access-Control-Allow-Origin") != "*" ||
			a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %s %v", path, a.body, a.header)
		}
	}
	queue := h.component("queue")
	for _, path := range []string{"/badge/" + queue + ".svg", "/badge/" + h.component("new"), "/components/" + queue + ".atom", "/components/" + h.component("new") + ".json",
		"/components/" + queue + ".ics", "/maintenance/nothing", "/maintenance/nothing.ics", "/maintenance/nothing.txt"} {
		v.get(path).is(404)
	}
}

func TestListsOfIncidents(t *testing.T) {
	h := open(t, nil)
	old := h.past("Before the window", 200*24*time.Hour, false)
	h.past("For the team", 50*time.Hour, true)
	h.past("Last week", 7*24*time.Hour, false)
	h.publish(old, "What we learned.")
	h.fails("new-loads", "refused")
	v := h.visitor()
	now, week, before := "New Studio does not load: investigating", "Last week: resolved", "Before the window: postmortem"
	for path, want := range map[string][]string{
		"/api/v2/incidents.json":            {now, week, before},
		"/api/v2/incidents/unresolved.json": {now},
		"/api/v2/incidents/resolved.json":   {week, before},
	} {
		if diff := cmp.Diff(want, v.get(path).incidents().names()); diff != "" {
			t.Errorf("%s: want (-), got (+):\n%s", path, diff)
		}
	}
	told := v.get("/api/v2/incidents.json").incidents().Incidents[2]
	if len(told.Updates) != 3 || told.Updates[0].Status != "postmortem" || told.Updates[0].Body != "What we learned." {
		t.Errorf("updates %+v", told.Updates)
	}
	v.get("/incidents/"+old.ID+".json").is(200).says(`"status":"postmortem"`, "What we learned.")
	v.get("/history.json?page=3").is(200).says("Before the window")
	v.get("/history.json").is(200).says("New Studio does not load", "Last week").lacks("Before the window", "For the team")
	v.get("/components/" + h.component("new") + ".atom").says("New Studio does not load").lacks("Last week")
	v.get("/badge/" + h.component("new") + ".svg").says("New Studio: Major outage")
	v.get("/badge.svg").says("Some of Studio is not working")
	v.get("/llms.txt").says("New Studio does not load: investigating")
}

func TestListsHoldTheFiftyNewest(t *testing.T) {
	h := open(t, nil)
	for i := range 60 {
		h.past(fmt.Sprintf("Public %d", i), time.Duration(200+i)*time.Hour, false)
	}
	for range 110 {
		h.past("For the team", 50*time.Hour, true)
	}
	h.refresh()
	var want []string
	for i := range 50 {
		want = append(want, fmt.Sprintf("Public %d: resolved", i))
	}
	if diff := cmp.Diff(want, h.visitor().get("/api/v2/incidents.json").incidents().names()); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

func TestListsReachBeforeTheWindow(t *testing.T) {
	const year = incidents.MaxDays * 24 * time.Hour
	for within, before := range map[int][]string{
		45: {"Old 0: resolved", "Old 1: resolved", "Old 2: resolved", "Long: resolved", "Old 3: resolved"},
		49: {"Old 0: resolved"},
		50: nil,
	} {
		t.Run(fmt.Sprint(within, " within"), func(t *testing.T) {
			h := open(t, nil)
			var want []string
			for i := range within {
				h.past(fmt.Sprintf("New %d", i), time.Duration(200+i)*time.Hour, false)
				want = append(want, fmt.Sprintf("New %d: resolved", i))
			}
			for range 110 {
				h.past("For the team", year+24*time.Hour, true)
			}
			for i := range 10 {
				h.past(fmt.Sprintf("Old %d", i), year+time.Duration(48+i)*time.Hour, false)
			}
			h.lasted("Long", year+50*time.Hour+30*time.Minute, year, false) // resolved within the window
			h.refresh()
			if diff := cmp.Diff(append(want, before...), h.visitor().get("/api/v2/incidents.json").incidents().names()); diff != "" {
				t.Errorf("want (-), got (+):\n%s", diff)
			}
		})
	}
}

func TestMachinesReadWhileTheDatabaseIsAway(t *testing.T) {
	h := open(t, nil)
	v := h.visitor()
	h.db.Close()
	for path := range h.server.snapshot.current.Load().lazy {
		v.get(path).is(200)
	}
}
