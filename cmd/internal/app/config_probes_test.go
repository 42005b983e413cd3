package app

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

func TestScheduleGivesWay(t *testing.T) {
	tests := []struct {
		name, defaults, probe string
		want                  Schedule
	}{
		{"a short interval bounds what is not said", "", "interval: 2s", Schedule{2 * time.Second, 2 * time.Second, 2 * time.Second, 2, 3, 2}},
		{"defaults are bounded too", "timeout: 20s, recheck: 8s", "interval: 4s", Schedule{4 * time.Second, 4 * time.Second, 4 * time.Second, 2, 3, 2}},
		{"a short default interval leaves others alone", "interval: 2s", "interval: 30s", Schedule{30 * time.Second, 10 * time.Second, 5 * time.Second, 2, 3, 2}},
		{"more failures widen the window", "", "failures: 5", Schedule{30 * time.Second, 10 * time.Second, 5 * time.Second, 5, 5, 2}},
		{"a narrow window needs fewer failures", "", "of: 1", Schedule{30 * time.Second, 10 * time.Second, 5 * time.Second, 1, 1, 2}},
		{"a default window gives way to failures", "failures: 1, of: 2", "failures: 4", Schedule{30 * time.Second, 10 * time.Second, 5 * time.Second, 4, 4, 2}},
		{"default failures give way to a window", "failures: 6", "of: 4", Schedule{30 * time.Second, 10 * time.Second, 5 * time.Second, 4, 4, 2}},
		{"default failures alone widen the window", "failures: 6", "recoveries: 1", Schedule{30 * time.Second, 10 * time.Second, 5 * time.Second, 6, 6, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := "page: {name: x}\ndefaults: {" + tt.defaults + "}\ncomponents: [{key: a, name: A}]\nprobes:\n- key: p\n" +
				"  component: a\n  symptom: s\n  http: {url: http://h/}\n  " + tt.probe + "\n"
			compare(t, "schedule", parse(t, src).Probes[0].Schedule, tt.want)
		})
	}
}

func TestExpectationsOfAnyKind(t *testing.T) {
	server := httptest.NewServer(nil)
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	tests := []struct {
		name, probe string
		outcome     probes.Outcome
		detail      string
	}{
		{"one that holds", "tcp: {address: A}\n  expect: {latency: < 1m, steps: {connect: < 1m}, measurements: {latency: 0..60}}", probes.OK, ""},
		{"another kind", "http: {url: http://A/, expect: {status: 404}}\n  expect: {latency: 1m}", probes.OK, ""},
		{"one that is worse than expected", "tcp: {address: A}\n  degraded: {measurements: {latency: \"> 1h\"}}", probes.Degraded, "expected latency > 1h, got "},
		{"one that fails", "tcp: {address: A}\n  expect: {measurements: {latency: \"> 1h\"}}", probes.Failed, "expected latency > 1h, got "},
		{"a name that does not occur", "tcp: {address: A}\n  expect: {measurements: {latncy: < 1s}}", probes.Unknown,
			`expected a measurement "latncy", but this probe has only: latency`},
		{"no certificate", "tcp: {address: A}\n  expect: {certificate: 14d}", probes.Unknown, "saw none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := parse(t, "page: {name: x}\ncomponents: [{key: a, name: A}]\nprobes:\n- key: p\n  component: a\n  symptom: s\n  "+
				strings.ReplaceAll(tt.probe, "A", address)+"\n")
			got := probes.Once(t.Context(), c.Runnable()[0])
			if got.Outcome != tt.outcome || !strings.Contains(got.Detail, tt.detail) || (got.Detail == "") != (tt.detail == "") {
				t.Errorf("got %s: %q, want %s: %q", got.Outcome, got.Detail, tt.outcome, tt.detail)
			}
		})
	}
}
