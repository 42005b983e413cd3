package app

import (
	"testing"
	"time"
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
