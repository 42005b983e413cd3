package web

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
)

// charting adds a chart of the component that customers see, and one of a component that they do not.
func charting(o *Options) {
	ids := map[string]string{}
	for _, c := range o.Tracker.Policy().Components {
		ids[c.Key] = c.ID
	}
	o.Charts = []incidents.Chart{
		{Title: "Response time", Component: ids["new"], Probe: "new-loads", Interval: time.Minute, Quantity: incidents.Latency, Unit: "s", Percentiles: []int{50, 95}},
		{Title: secret, Component: ids["queue"], Probe: secret, Interval: time.Minute, Quantity: "measurement " + secret, Unit: secret, Percentiles: []int{100}},
	}
}

// charted opens a house with charts, whose probe ran each minute of the last three hours but one, at 100 ms and each
// tenth at 900 ms. It returns the address of the chart.
func charted(t *testing.T) (h *house, id string) {
	h = open(t, charting)
	if err := h.db.Chart(t.Context(), h.server.Charts); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	h.runs(now.Add(-3*time.Hour), now.Add(-2*time.Hour))
	h.runs(now.Add(-time.Hour), now)
	h.refresh()
	return h, h.server.Charts[0].ID()
}

func (h *house) runs(from, until time.Time) {
	h.Helper()
	var list []probes.Result
	for at := from; at.Before(until); at = at.Add(time.Minute) {
		r := probes.Result{Probe: "new-loads", Place: "local", At: at, Outcome: probes.OK, Took: 100 * time.Millisecond}
		if len(list)%10 == 9 {
			r.Took = 900 * time.Millisecond
		}
		list = append(list, r)
	}
	if err := h.db.SaveResults(h.Context(), list); err != nil {
		h.Fatal(err)
	}
}

type chartAnswer struct {
	Title       string
	Unit        string
	Range       string
	StepSeconds float64 `json:"step_seconds"`
	From, Until time.Time
	Points      []struct {
		At     time.Time
		Count  int
		Values []float64
	}
}

func (v *visitor) chart(address string) (c chartAnswer) {
	v.Helper()
	a := v.get(address).is(200)
	if err := json.Unmarshal([]byte(a.body), &c); err != nil {
		v.Fatal(err)
	}
	if a.header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(a.header.Get("Cache-Control"), "max-age=10") || a.header.Get("Etag") == "" {
		v.Errorf("%s: headers %v", address, a.header)
	}
	return c
}

func TestChartsAsJSON(t *testing.T) {
	h, id := charted(t)
	v := h.visitor()
	v.get("/charts.json").is(200).says(`"title":"Response time"`, id).lacks(secret, "new-loads")
	for name, long := range map[string]time.Duration{"": 24 * time.Hour, "7d": 7 * 24 * time.Hour, "30d": 30 * 24 * time.Hour, "90d": 90 * 24 * time.Hour} {
		c := v.chart("/charts/" + id + ".json?range=" + name)
		count, worst := 0, 0.0
		for _, p := range c.Points {
			count += p.Count
			worst = max(worst, p.Values[1])
			// One slow run of a minute or two is the median of its step, at the edges of what was run.
			if p.Count > 2 && math.Abs(p.Values[0]-.1) > .002 || p.At.Before(c.From) || !p.At.Before(c.Until) {
				t.Errorf("range %q: point %+v", name, p)
			}
		}
		if c.Until.Sub(c.From) != long || count != 120 || math.Abs(worst-.9) > .9*incidents.SketchError {
			t.Errorf("range %q is of %s with %d runs, the 95th percentile up to %g", name, c.Until.Sub(c.From), count, worst)
		}
	}
	for _, path := range []string{"/charts/" + id, "/charts/" + id + ".json?range=1y", "/charts/nothing00000.json",
		"/charts/" + h.server.Charts[1].ID() + ".json", "/components/" + h.component("new") + "?charts=1y", "/components/" + h.component("queue") + "?charts=7d"} {
		v.get(path).is(404)
	}
}

func TestChartsOfAComponent(t *testing.T) {
	h, id := charted(t)
	v := h.visitor()
	front := v.get("/").is(200).says("How fast it is", "Response time").lacks(secret)
	page := "/components/" + h.component("new")
	if !strings.Contains(front.body, `href="`+page+"#chart-"+id+`"`) {
		t.Error("the front page does not lead to the chart")
	}
	v.get(page).says("How fast it is", "The last 24 hours: median 100 ms, 95th percentile 90", "Figures").lacks(secret, "new-loads")
	week := v.get(page+"?charts=7d").is(200).says("The last 7 days: median").lacks(secret, "new-loads")
	if !strings.Contains(week.body, `href="`+page+`?charts=7d#charts" aria-current="page"`) {
		t.Error("the range that is shown is not marked")
	}
	v.get("/components/" + h.component("eu")).is(200).lacks("How fast it is")
}

// What is shown beside a postmortem is the results' as long as they are stored, and what was frozen ever after.
func TestChartsWithAPostmortem(t *testing.T) {
	h, _ := charted(t)
	start := time.Now().Add(-150 * time.Minute)
	inc := &incidents.Incident{ID: incidents.NewID(), Title: "It was slow", StartedAt: start}
	for i, u := range []incidents.Update{
		{Status: incidents.Investigating, Changes: []incidents.Change{{Component: h.component("new"), To: incidents.DegradedPerformance}, {Component: h.component("queue"), To: incidents.MajorOutage}}},
		{Status: incidents.Resolved, Changes: []incidents.Change{{Component: h.component("new"), To: incidents.Operational}, {Component: h.component("queue"), To: incidents.Operational}}},
	} {
		u.At, u.Body, u.Author = start.Add(time.Duration(i)*20*time.Minute), "Text.", person
		if err := inc.Post(u); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.db.SaveIncident(t.Context(), inc); err != nil {
		t.Fatal(err)
	}
	h.refresh()
	v := h.visitor()
	page := "/incidents/" + inc.ID
	v.get(page).is(200).lacks("Measured around it") // no postmortem yet
	h.publish(inc, "What we learned.")
	h.refresh()
	v.get(page).says("Measured around it", "From an hour before to an hour after: median 100 ms").lacks(secret, "new-loads")

	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); incidents.FreezeCharts(ctx, h.db, h.server.Charts, 24*time.Hour) }()
	h.eventually("the charts are frozen", func() bool { list, err := h.db.FrozenCharts(t.Context(), inc.ID); return err == nil && len(list) == 1 })
	stop()
	<-done
	if _, err := h.db.PruneResults(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := h.db.PruneBuckets(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	h.refresh()
	v.get("/components/" + h.component("new")).is(200).says("nothing to draw")
	v.get(page).says("From an hour before to an hour after: median 100 ms", "Degraded performance").lacks(secret, "new-loads")
	list, err := h.db.FrozenCharts(t.Context(), inc.ID)
	if err != nil || !slices.IsSortedFunc(list[0].Points, func(a, b incidents.PagePoint) int { return a.At.Compare(b.At) }) || len(list[0].Points) < 30 {
		t.Errorf("frozen: %v %s", err, fmt.Sprint(list))
	}
}
