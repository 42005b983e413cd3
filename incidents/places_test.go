package incidents

import (
	"slices"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// from turns "eu=oxx us=ooo" into the results of several places, newest first, as the store gives them.
func from(text string) []probes.Result {
	var out []probes.Result
	for _, one := range strings.Fields(text) {
		place, results, _ := strings.Cut(one, "=")
		for _, r := range series(results) {
			r.Place = place
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b probes.Result) int { return b.At.Compare(a.At) })
	return out
}

func TestQuorum(t *testing.T) {
	ago := func(n int) time.Time { return epoch.Add(-time.Duration(n) * 10 * time.Second) }
	tests := []struct {
		name    string
		results string
		places  []string
		quorum  int
		ongoing bool
		failing bool
		at      time.Time // since, or until when it is over
	}{
		{"one place of one", "eu=oxx", nil, 0, false, true, ago(1)},
		{"one place of two, and one is enough", "eu=oxx us=ooo", nil, 1, false, true, ago(1)},
		{"one place of two is not, where two must agree", "eu=oxx us=ooo", nil, 2, false, false, time.Time{}},
		{"both are, since the later one", "eu=xxx us=oxx", nil, 2, false, true, ago(1)},
		{"two of three", "eu=xxx us=oxx asia=ooo", nil, 2, false, true, ago(1)},
		{"a place that is not asked does not count", "eu=oxx us=xxx", []string{"eu"}, 2, false, false, time.Time{}},
		{"bad results of two places do not add up to a failure of one", "eu=oox us=oox", nil, 1, false, false, time.Time{}},
		{"one recovers, and the quorum is lost then", "eu=xxx us=xoo", nil, 2, true, false, ago(1)},
		{"a third that never failed ends nothing", "eu=xxx us=xxx asia=ooo", nil, 2, true, true, ago(2)},
		{"a place that fell silent ends nothing", "eu=xxx", nil, 2, true, true, ago(2)},
		{"nor does one that cannot tell", "eu=xxx us=xuu", nil, 2, true, true, ago(2)},
		{"other places than before", "eu=xxx", []string{"us"}, 1, true, true, time.Time{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rule := Rule{Status: MajorOutage, Failures: 2, Of: 3, Recoveries: 2, Interval: 10 * time.Second, Places: tt.places, Quorum: tt.quorum}
			got := judge(rule, from(tt.results), tt.ongoing)
			at := got.since
			if !got.failing {
				at = got.until
			}
			if got.failing != tt.failing || !at.Equal(tt.at) {
				t.Errorf("failing %v at %v, want %v at %v", got.failing, at, tt.failing, tt.at)
			}
		})
	}
}
