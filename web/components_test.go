package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"candor/incidents"
	"candor/probes"
	"candor/store"
)

// seen stores what the probe of New Studio found on a day some days ago.
func (h *house) seen(daysAgo int, n store.Counts) {
	h.Helper()
	if err := h.db.SaveDays(h.Context(), []store.Day{{Probe: "new-loads", Place: "local", Day: time.Now().AddDate(0, 0, -daysAgo), Counts: n}}); err != nil {
		h.Fatal(err)
	}
	h.refresh()
}

// outage stores an incident of one hour that began so long ago.
func (h *house) outage(title string, ago time.Duration, s incidents.ComponentStatus) *incidents.Incident {
	h.Helper()
	start := time.Now().UTC().Add(-ago)
	inc := &incidents.Incident{ID: incidents.NewID(), Title: title, StartedAt: start}
	for _, u := range []incidents.Update{
		{At: start, Status: incidents.Investigating, Body: "Text.", Changes: []incidents.Change{{Component: h.component("new"), To: s}}},
		{At: start.Add(time.Hour), Status: incidents.Resolved, Body: "Over."},
	} {
		if err := inc.Post(u); err != nil {
			h.Fatal(err)
		}
	}
	if err := h.db.SaveIncident(h.Context(), inc); err != nil {
		h.Fatal(err)
	}
	h.refresh()
	return inc
}

func TestBarsOfAnyLength(t *testing.T) {
	v := open(t, func(o *Options) { o.Site.Days = 30 }).visitor()
	v.get("/").is(200).says("30 days ago")
	v.get("/?edition=0123456789abcdef").is(200).says("30 days ago")
	if days, components := strings.Count(v.get("/embed/uptime.js").is(200).body, `"date":`), len(v.server.snapshot.current.Load().page.Components()); days != 90*components {
		t.Errorf("uptimeData has %d days of %d components", days, components)
	}
	for days, text := range map[string]string{"7": "7 days ago", "1": "1 day ago", "365": "365 days ago"} {
		v.get("/?days=" + days).is(200).says(text)
		v.get("/components/" + v.component("new") + "?days=" + days).is(200).says(text)
		a := v.get("/components/" + v.component("eu") + "/uptime?days=" + days).is(200)
		if !strings.Contains(a.text(), "in "+days+" day") {
			t.Errorf("%s does not speak of %s days", a.url, days)
		}
	}
	for _, days := range []string{"0", "366", "-1", "x", "9999999999999999999"} {
		v.get("/?days=" + days).is(404)
		v.get("/components/" + v.component("new") + "/uptime?days=" + days).is(404)
	}
}

// What the probes saw and what they did not is told apart, on the page and where its number is explained.
func TestCoverageOnThePage(t *testing.T) {
	h := open(t, func(o *Options) { o.Probes[0].Rule.Interval = time.Hour })
	h.seen(3, store.Counts{OK: 24})
	h.seen(2, store.Counts{OK: 6, Unknown: 18})
	h.seen(1, store.Counts{Unknown: 24})
	v, id := h.visitor(), h.component("new")
	day := func(ago int) reply {
		return v.get("/components/" + id + "/days/" + time.Now().UTC().AddDate(0, 0, -ago).Format(time.DateOnly)).is(200)
	}
	day(3).says("No trouble", "No trouble1 d").lacks("Not seen")
	day(2).says("No trouble6 h", "Not seen18 h")
	day(1).says("No data", "Not seen1 d").lacks("No trouble")
	v.get("/").says("100% uptime", "% seen")
	v.get("/components/"+id+"/uptime?days=90").says("Seen: counted108,000 1 d 6 h", "1 − (0 + 0.3 × 0) ÷ 108,000 = 100%")
	h.outage("It was slow", 49*time.Hour, incidents.PartialOutage)
	v.get("/components/"+id+"/uptime?days=90").says("of it partial outage3,600 1 h", "1 − (0 + 0.3 × 3,600) ÷ 108,000 = 99.0000%", "It was slow")
	v.get("/components/" + h.component("eu")).says("No check looks at it")
}

func TestADayTellsWhatHappened(t *testing.T) {
	h := open(t, nil)
	inc := h.outage("It was slow", 49*time.Hour, incidents.MajorOutage)
	v, id := h.visitor(), h.component("new")
	at := inc.StartedAt.UTC()
	a := v.get("/components/"+id+"/days/"+at.Format(time.DateOnly)).is(200).says("It was slow", "Major outage")
	if !strings.Contains(a.body, `href="/incidents/`+inc.ID) || !strings.Contains(a.header.Get("Cache-Control"), "s-maxage") {
		t.Errorf("%s has no link to the incident, or may not be cached", a.url)
	}
	v.get("/components/" + h.component("eu") + "/days/" + at.Format(time.DateOnly)).is(200).lacks("It was slow")
	for _, day := range []string{"2024-5-2", "today", "2024-02-30", time.Now().AddDate(0, 0, 2).Format(time.DateOnly), time.Now().AddDate(-1, 0, -2).Format(time.DateOnly)} {
		v.get("/components/" + id + "/days/" + day).is(404)
	}
	v.get("/components/nothing/days/" + at.Format(time.DateOnly)).is(404)
}

func TestUptimeByMonth(t *testing.T) {
	v := open(t, nil).visitor()
	now := time.Now().UTC()
	this := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	a := v.get("/uptime").is(200).says(this.Format("January 2006"), "New Studio", "EU Platform").lacks("Month after", "Message queue")
	before := "/uptime?month=" + this.AddDate(0, -1, 0).Format("2006-01")
	if !strings.Contains(a.body, before) {
		t.Errorf("no link to %s", before)
	}
	v.get(before).is(200).says("Month before", "Month after")
	v.get("/uptime?month=" + this.AddDate(-1, 0, 0).Format("2006-01")).is(200).lacks("Month before")
	for _, month := range []string{"x", "2024-13", this.AddDate(0, 1, 0).Format("2006-01"), this.AddDate(-1, -1, 0).Format("2006-01")} {
		v.get("/uptime?month=" + month).is(404)
	}
}

// An archived component was public: its page is gone, which is not the same as never there.
func TestArchivedComponentsAreGone(t *testing.T) {
	h := open(t, nil)
	list, err := h.db.Components(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		list[i].ArchivedAt = time.Now()
	}
	if err := h.db.SaveComponents(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	h.refresh()
	v := h.visitor()
	v.get("/components/" + h.component("new")).is(410).says("This is no longer on the page")
	v.get("/components/" + h.component("new") + "/uptime").is(410)
	v.get("/components/" + h.component("queue")).is(404)
	v.get("/components/nothing").is(404)
}

func TestHistoryNarrowed(t *testing.T) {
	h := open(t, nil)
	h.outage("It was slow", 5*time.Hour, incidents.DegradedPerformance)
	down := h.outage("It was down", 3*time.Hour, incidents.MajorOutage)
	h.past("Nobody noticed", 2*time.Hour, false)
	h.publish(down, "What we learned.")
	h.refresh()
	v := h.visitor()
	for query, want := range map[string]string{
		"":                                  "Nobody noticed, It was down, It was slow",
		"component=" + h.component("new"):   "It was down, It was slow",
		"component=" + h.component("eu"):    "",
		"component=" + h.component("queue"): "",
		"impact=degraded_performance":       "It was down, It was slow",
		"impact=partial_outage":             "It was down",
		"postmortem=yes":                    "It was down",
		"component=" + h.component("new") + "&impact=major_outage&postmortem=yes": "It was down",
		"component=&impact=": "Nobody noticed, It was down, It was slow", // a form whose fields are empty
	} {
		if got := strings.Join(v.get("/history?"+query).is(200).titles(), ", "); got != want {
			t.Errorf("%q shows %q, want %q", query, got, want)
		}
	}
	a := v.get("/history?impact=major_outage&page=2").is(200)
	if !strings.Contains(a.body, `href="/history?impact=major_outage"`) {
		t.Error("the way back forgets the filter")
	}
	for _, query := range []string{"impact=worst", "impact=under_maintenance", "component=" + strings.Repeat("x", 100)} {
		v.get("/history?" + query).is(404)
	}
}

// titles returns the incidents that a list on a page names.
func (r reply) titles() []string {
	doc, err := html.Parse(strings.NewReader(r.body))
	if err != nil {
		r.t.Fatal(err)
	}
	var out []string
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/incidents/") && n.FirstChild.Data != "Postmortem" {
			out = append(out, n.FirstChild.Data)
		}
	}
	return out
}

func TestPostmortemsAreFound(t *testing.T) {
	h := open(t, nil)
	v := h.visitor()
	v.get("/postmortems").is(200).says("None has been published yet.")
	first, second := h.outage("It was slow", 50*time.Hour, incidents.DegradedPerformance), h.outage("It was down", 3*time.Hour, incidents.MajorOutage)
	h.publish(first, "## Cause\n\nA **full** queue & <b>no</b> alarm.")
	h.publish(second, "The disk was full.")
	draft := h.outage("Still being written", 2*time.Hour, incidents.MajorOutage)
	pm := incidents.Postmortem{Incident: draft.ID, Draft: "A full draft."}
	if err := h.db.SavePostmortem(t.Context(), &pm); err != nil {
		t.Fatal(err)
	}
	h.refresh()
	a := v.get("/postmortems").is(200).says("The disk was full.").lacks("Still being written")
	if got := strings.Join(a.titles(), ", "); got != "It was down, It was slow" {
		t.Errorf("the list is %q", got)
	}
	v.get("/postmortems?q=FULL").is(200).says("It was down", "It was slow")
	found := v.get("/postmortems?q=queue+alarm").is(200).lacks("<b>no")
	if !strings.Contains(found.body, "<mark>queue</mark>") || !strings.Contains(found.body, "<mark>alarm</mark>") {
		t.Error("what was found is not marked")
	}
	for query, want := range map[string]string{"queue+alarm": "It was slow", "slow": "It was slow", "disk": "It was down", "disk+queue": ""} {
		if got := strings.Join(v.get("/postmortems?q="+query).is(200).titles(), ", "); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	v.get("/postmortems?q=draft").says("None has all these words")
	v.get("/postmortems?q=%3Cscript%3Ealert(1)").is(200).lacks("<script>alert")
	v.get("/postmortems?q=" + strings.Repeat("x", 5000)).is(200)
	kept := 0
	h.server.snapshot.current.Load().late.Range(func(any, any) bool { kept++; return true })
	if kept != 1 {
		t.Errorf("%d pages are kept, want the list alone and no search", kept)
	}
}

// Before the first snapshot there is no page to show, and the server says so.
func TestBeforeTheFirstSnapshot(t *testing.T) {
	h := open(t, nil)
	h.server.snapshot.current.Store(nil)
	v := h.visitor()
	for _, path := range []string{"/", "/history", "/uptime", "/postmortems", "/components/" + h.component("new")} {
		a := v.get(path).is(503).says("The page is not ready yet")
		if a.header.Get("Retry-After") == "" || a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, a.header)
		}
	}
	v.do(v.request(http.MethodPost, "/", nil)).is(405)
}

// A result of today is seen at once.
func TestTodayIsCovered(t *testing.T) {
	h := open(t, func(o *Options) { o.Probes[0].Rule.Interval = 24 * time.Hour })
	if err := h.db.SaveResults(t.Context(), []probes.Result{{Probe: "new-loads", Place: "local", At: time.Now(), Outcome: probes.OK}}); err != nil {
		t.Fatal(err)
	}
	h.refresh()
	h.visitor().get("/components/" + h.component("new") + "/days/" + time.Now().UTC().Format(time.DateOnly)).says("No trouble").lacks("Not seen")
}
