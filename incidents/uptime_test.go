package incidents

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCoverage(t *testing.T) {
	today := time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)
	now := today.Add(12 * time.Hour)
	ago := func(n int) time.Time { return today.AddDate(0, 0, -n) }
	hourly := func(told map[time.Time]int) Watch { return Watch{time.Hour, told} }
	for _, tt := range []struct {
		name   string
		probes []Watch
		want   map[time.Time]float64
	}{
		{"no probe", nil, map[time.Time]float64{}},
		{"one that never ran", []Watch{hourly(nil)}, map[time.Time]float64{}},
		{"every run told something", []Watch{hourly(map[time.Time]int{ago(1): 24, today: 12})}, map[time.Time]float64{ago(1): 1, today: 1}},
		{"a run fell beyond midnight, another is under way", []Watch{hourly(map[time.Time]int{ago(1): 23, today: 11})}, map[time.Time]float64{ago(1): 1, today: 1}},
		{"rechecks are no better than all", []Watch{hourly(map[time.Time]int{today: 500})}, map[time.Time]float64{today: 1}},
		{"half of the runs", []Watch{hourly(map[time.Time]int{ago(1): 12, today: 6})}, map[time.Time]float64{ago(1): .5, today: .5}},
		{"all runs were unknown", []Watch{hourly(map[time.Time]int{today: 0})}, map[time.Time]float64{today: 0}},
		{"a day without runs between others", []Watch{hourly(map[time.Time]int{ago(2): 24, today: 12})}, map[time.Time]float64{ago(2): 1, ago(1): 0, today: 1}},
		{"one of two was blind", []Watch{hourly(map[time.Time]int{today: 12}), hourly(map[time.Time]int{today: 0})}, map[time.Time]float64{today: .5}},
		{"one of two began today", []Watch{hourly(map[time.Time]int{ago(1): 24, today: 12}), hourly(map[time.Time]int{today: 6})}, map[time.Time]float64{ago(1): 1, today: .75}},
		{"one run a day", []Watch{{day, map[time.Time]int{today: 1}}}, map[time.Time]float64{today: 1}},
		{"no interval is known", []Watch{{0, map[time.Time]int{today: 1}}}, map[time.Time]float64{today: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Coverage(tt.probes, time.Time{}, now)); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
		})
	}
}

func TestUptimeOf(t *testing.T) {
	const h = time.Hour
	for _, tt := range []struct {
		name     string
		days     []Day
		share    float64
		coverage float64
		known    bool
	}{
		{"no days", nil, 0, 0, false},
		{"nothing seen", []Day{{Length: 24 * h}}, 0, 0, false},
		{"a well day", []Day{{Seen: true, Length: 24 * h, Known: 24 * h}}, 1, 1, true},
		{"what was not seen is left out", []Day{{Length: 24 * h}, {Seen: true, Length: 24 * h, Known: 12 * h, Major: 3 * h}}, .75, .25, true},
		{"a partial outage counts 30%", []Day{{Seen: true, Length: 10 * h, Known: 10 * h, Partial: 10 * h}}, .7, 1, true},
		{"degraded and maintenance count as up", []Day{{Seen: true, Length: 10 * h, Known: 10 * h, Degraded: 5 * h, Maintenance: 5 * h}}, 1, 1, true},
		{"all of it down", []Day{{Seen: true, Length: 10 * h, Known: 10 * h, Major: 10 * h}}, 0, 1, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u := UptimeOf(tt.days)
			if near := func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }; u.Known != tt.known || !near(u.Share, tt.share) || !near(u.Coverage(), tt.coverage) {
				t.Errorf("got %+v with coverage %v, want %v of %v, known: %v", u, u.Coverage(), tt.share, tt.coverage, tt.known)
			}
		})
	}
}

// An outage that an incident tells of is counted although no check saw it.
func TestAnOutageOfABlindDayCounts(t *testing.T) {
	today := epoch.UTC().Truncate(day)
	inc := &Incident{ID: "i", StartedAt: today.AddDate(0, 0, -1)}
	must(t, inc.Post(Update{At: today.AddDate(0, 0, -1), Status: Investigating, Body: "x", Changes: []Change{{Component: "a", To: MajorOutage}}}))
	must(t, inc.Post(Update{At: today.AddDate(0, 0, -1).Add(time.Hour), Status: Resolved, Body: "x"}))
	f := PageFacts{Now: today.Add(time.Hour), Days: 2, Components: []Component{{ID: "a"}}, Incidents: []*Incident{inc}, Watched: map[string]bool{"a": true}}
	got := NewPage(f).Components()[0].Days[0]
	want := Day{Date: today.AddDate(0, 0, -1), Seen: true, Worst: MajorOutage, Major: time.Hour, Length: day, Known: time.Hour}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

// The names of states in a day add up to what is known of it.
func TestADayAddsUp(t *testing.T) {
	d := Day{Length: day, Known: 20 * time.Hour, Major: time.Hour, Partial: 2 * time.Hour, Degraded: 3 * time.Hour, Maintenance: 4 * time.Hour}
	if got := d.Well(); got != 10*time.Hour {
		t.Errorf("well for %v, want 10 h", got)
	}
}

func TestPageOfAnotherLength(t *testing.T) {
	f := PageFacts{Now: epoch, Days: MaxDays, Components: []Component{{ID: "a", CreatedAt: epoch}}}
	for days, site := range map[int]Site{UsualDays: {}, 30: {Days: 30}, MaxDays: {Days: 1000}} {
		f.Site = site
		if p := NewPage(f); p.Days != days || len(p.Components()[0].Last(p.Days)) != days {
			t.Errorf("%+v: %d days, want %d", site, p.Days, days)
		}
	}
	if got := NewPage(f).Over(7).Days; got != 7 {
		t.Errorf("over a week: %d days", got)
	}
}
