package incidents

import (
	"testing"
	"time"

	"candor/probes"
)

// timed turns milliseconds into results that are right, the last of which came at epoch, 10 s apart; 0 is a failed one.
func timed(all ...int) []probes.Result {
	var out []probes.Result
	for i, ms := range all {
		at := epoch.Add(-time.Duration(len(all)-1-i) * 10 * time.Second)
		r := probes.Result{At: at, Outcome: probes.OK, Took: time.Duration(ms) * time.Millisecond}
		if r.Steps = []probes.Step{{Name: "login", Took: r.Took / 2}}; ms == 0 {
			r.Outcome, r.Reason = probes.Failed, probes.TimedOut
		}
		out = append([]probes.Result{r}, out...)
	}
	return out
}

func TestBand(t *testing.T) {
	band := Band{Percentile: 80, Over: time.Second, Until: 800 * time.Millisecond, Window: time.Minute}
	login := band
	login.Step = "login"
	never := band
	never.Step = "logout"
	ago := func(n int) time.Time { return epoch.Add(-time.Duration(n) * 10 * time.Second) }
	tests := []struct {
		name    string
		band    Band
		took    []int
		ongoing bool
		failing bool
		status  ComponentStatus
		since   time.Time
	}{
		{"quick answers are well", band, []int{100, 100, 100, 100, 100, 100}, false, false, "", time.Time{}},
		{"one late answer of six is no band", band, []int{100, 100, 2000, 100, 100, 100}, false, false, "", time.Time{}},
		{"two of six are, since the first of them", band, []int{100, 100, 2000, 100, 100, 1500}, false, true, DegradedPerformance, ago(3)},
		{"four results say nothing", band, []int{2000, 2000, 2000, 2000}, false, false, "", time.Time{}},
		{"what is older than the window is forgotten", band, []int{2000, 2000, 2000, 100, 100, 100, 100, 100, 100, 100}, false, false, "", time.Time{}},
		{"between the bounds nothing begins", band, []int{900, 900, 900, 900, 900, 900}, false, false, "", time.Time{}},
		{"and nothing ends", band, []int{900, 900, 900, 900, 900, 900}, true, true, DegradedPerformance, ago(5)},
		{"below the lower bound it is over", band, []int{700, 700, 700, 700, 700, 700}, true, false, "", time.Time{}},
		{"a failure that is confirmed is worse", band, []int{2000, 2000, 2000, 2000, 2000, 0, 0}, false, true, MajorOutage, ago(1)},
		{"one that is not leaves it slow", band, []int{2000, 2000, 2000, 2000, 2000, 0}, false, true, DegradedPerformance, ago(5)},
		{"a step counts by its own time", login, []int{1500, 1500, 1500, 1500, 1500, 1500}, false, false, "", time.Time{}},
		{"and may be late alone", login, []int{2500, 2500, 2500, 2500, 2500, 2500}, false, true, DegradedPerformance, ago(5)},
		{"a step that never ran says nothing", never, []int{2500, 2500, 2500, 2500, 2500, 2500}, false, false, "", time.Time{}},
		{"without a band nothing is slow", Band{}, []int{9000, 9000, 9000, 9000, 9000, 9000}, false, false, "", time.Time{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rule := Rule{Status: MajorOutage, Failures: 2, Of: 3, Recoveries: 2, Interval: 10 * time.Second, Slow: tt.band}
			got := judge(rule, timed(tt.took...), tt.ongoing)
			if got.failing != tt.failing || tt.failing && (got.status != tt.status || !got.since.Equal(tt.since)) || got.failing == !got.until.IsZero() && tt.ongoing {
				t.Errorf("failing %v as %q since %v until %v, want %v %q %v", got.failing, got.status, got.since, got.until, tt.failing, tt.status, tt.since)
			}
		})
	}
}

func TestABandOfItsOwnIsSaidToBeSlow(t *testing.T) {
	w := newState(t)
	w.policy.Rules[0].Slow = Band{Percentile: 80, Over: time.Second, Window: time.Minute}
	w.policy.Rules[0].Degraded = "New Studio is slow"
	w.recent["new-loads"] = timed(2000, 2000, 2000, 2000, 2000, 2000)
	w.sees(0)
	if inc := w.all[0]; inc.Title != "New Studio is slow" || inc.Affected()["new"] != DegradedPerformance || inc.Symptoms[0].Reason != string(probes.Slow) {
		t.Errorf("%q %v %+v", inc.Title, inc.Affected(), inc.Symptoms)
	}
	if e := newEye(w.policy); true {
		e.suspects = map[string]bool{}
		e.see([]probes.Result{{Probe: "new-loads", Outcome: probes.OK, Took: 1200 * time.Millisecond}, {Probe: "classic-loads", Outcome: probes.OK, Took: time.Hour}})
		if !e.suspects["new-loads"] || e.suspects["classic-loads"] {
			t.Errorf("suspects %v, want the late probe that has a band", e.suspects)
		}
	}
}
