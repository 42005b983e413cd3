package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/probes"
)

// scrape returns what /metrics says of the probes.
func (m *metrics) scrape() string {
	w := httptest.NewRecorder()
	m.handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	var out strings.Builder
	for line := range strings.Lines(w.Body.String()) {
		if strings.Contains(line, "candor_") {
			out.WriteString(line)
		}
	}
	return out.String()
}

func TestMetricsSayWhatTheProbesFound(t *testing.T) {
	m := newMetrics()
	for _, r := range []probes.Result{
		{Probe: "buys", Outcome: probes.OK, Took: 5 * time.Millisecond, Late: 2 * time.Millisecond}, // a bucket's bound is in it
		{Probe: "buys", Outcome: probes.Degraded, Took: 6 * time.Millisecond},
		{Probe: "buys", Outcome: probes.Failed, Took: 10 * time.Second, Skipped: 2}, // longer than every bucket
		{Probe: "buys", Outcome: probes.Unknown, Took: 100 * time.Millisecond, Skipped: 1},
		{Probe: "asks", Outcome: "odd"}, // is neither up nor down, like unknown
		{Probe: "reads", Outcome: probes.Degraded, Took: time.Second},
		{Probe: "reads", Outcome: probes.OK, Took: time.Second},
		{Probe: "reads", Outcome: probes.OK, Took: 250 * time.Millisecond},
	} {
		r.At = time.UnixMilli(1750000000250)
		m.observe(r)
	}
	want, err := os.ReadFile("testdata/metrics.txt")
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "metrics", m.scrape(), string(want))
}

// TestMetricsSinceWhen asks for what the text does not show: programs that read the binary form are told since when is counted.
func TestMetricsSinceWhen(t *testing.T) {
	m := newMetrics()
	m.observe(probes.Result{Probe: "buys", Outcome: probes.OK, Skipped: 1, At: time.Now()})
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	since := map[string]time.Time{}
	for _, f := range families {
		since[f.GetName()] = f.Metric[0].GetCounter().GetCreatedTimestamp().AsTime()
		if h := f.Metric[0].GetHistogram(); h != nil {
			since[f.GetName()] = h.GetCreatedTimestamp().AsTime()
		}
	}
	for _, name := range []string{"candor_probe_results_total", "candor_probe_skipped_total", "candor_probe_duration_seconds"} {
		if got := since[name]; !got.Equal(m.tallies.began) {
			t.Errorf("%s: counted since %s, want %s", name, got, m.tallies.began)
		}
	}
}

func TestMetricsAreReadWhileProbesRun(t *testing.T) {
	const runs, of = 200, 20
	m := newMetrics()
	var work sync.WaitGroup
	for i := range of {
		work.Go(func() {
			for range runs {
				m.observe(probes.Result{Probe: fmt.Sprintf("p%d", i/2), Outcome: probes.OK, At: time.Now()})
			}
		})
	}
	for range 5 {
		m.scrape()
	}
	work.Wait()
	text := m.scrape()
	for i := range of / 2 {
		for _, name := range []string{`candor_probe_results_total{outcome="ok",probe="p%d"}`, `candor_probe_duration_seconds_count{probe="p%d"}`} {
			if want := fmt.Sprintf(name+" %d\n", i, 2*runs); !strings.Contains(text, want) {
				t.Errorf("%q is missing from\n%.2000s", want, text)
			}
		}
	}
}
