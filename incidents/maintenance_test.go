package incidents

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// hour returns a time so many hours after the tests' beginning.
func hour(n float64) time.Time { return epoch.Add(time.Duration(n * float64(time.Hour))) }

// upgrade is a maintenance of a from hour 2 until hour 9, taken through some states; each update comes an hour after the one before.
func upgrade(t *testing.T, through ...Status) *Maintenance {
	t.Helper()
	m, err := NewMaintenance("Database upgrade", []string{"a"}, MaintenanceUpdate{At: hour(0), From: hour(2), Until: hour(9), Body: "x", Author: "Ada"})
	must(t, err)
	for i, s := range through {
		must(t, m.Post(MaintenanceUpdate{At: hour(float64(i + 1)), Status: s, Body: "x", Author: "Ada"}))
	}
	return m
}

func TestMaintenanceAllowsOnlyLegalMoves(t *testing.T) {
	legal := map[Status][]Status{
		Scheduled:  {Scheduled, InProgress, Cancelled},
		InProgress: {InProgress, Verifying, Completed},
		Verifying:  {InProgress, Verifying, Completed},
		Completed:  nil,
		Cancelled:  nil,
	}
	way := map[Status][]Status{InProgress: {InProgress}, Verifying: {InProgress, Verifying}, Completed: {InProgress, Completed}, Cancelled: {Cancelled}}
	for from, to := range legal {
		for _, next := range []Status{Scheduled, InProgress, Verifying, Completed, Cancelled, Investigating, "paused"} {
			m := upgrade(t, way[from]...)
			before := len(m.Timeline())
			err := m.Post(MaintenanceUpdate{At: hour(5), Status: next, Body: "x"})
			if allowed := slices.Contains(to, next); (err == nil) != allowed || allowed != (len(m.Timeline()) > before) {
				t.Errorf("%q → %q: error %v with %d more updates, want allowed %v", from, next, err, len(m.Timeline())-before, allowed)
			}
		}
	}
	m := upgrade(t)
	must(t, m.Post(MaintenanceUpdate{At: hour(1), Body: "A word more."}))
	if m.Status() != Scheduled {
		t.Errorf("without a status it became %q", m.Status())
	}
}

func TestMaintenanceRefuses(t *testing.T) {
	tests := []struct {
		name  string
		from  []Status
		u     MaintenanceUpdate
		field string
	}{
		{"a text of blanks", nil, MaintenanceUpdate{Body: " \n"}, "body"},
		{"a text that is too long", nil, MaintenanceUpdate{Body: strings.Repeat("x", MaxBody+1)}, "body"},
		{"an end before the beginning", nil, MaintenanceUpdate{From: hour(3), Until: hour(2), Body: "x"}, "until"},
		{"an end at the beginning", nil, MaintenanceUpdate{From: hour(3), Until: hour(3), Body: "x"}, "until"},
		{"an end that has passed", nil, MaintenanceUpdate{From: hour(-2), Until: hour(-1), Body: "x"}, "until"},
		{"a month too long", nil, MaintenanceUpdate{From: hour(1), Until: hour(1 + 31*24), Body: "x"}, "until"},
		{"a mistyped year", nil, MaintenanceUpdate{From: hour(367 * 24), Until: hour(367*24 + 1), Body: "x"}, "from"},
		{"another beginning once it has begun", []Status{InProgress}, MaintenanceUpdate{From: hour(3), Body: "x"}, "from"},
		{"cancelling what has begun", []Status{InProgress}, MaintenanceUpdate{Status: Cancelled, Body: "x"}, "status"},
		{"an end that moves the times", []Status{InProgress}, MaintenanceUpdate{Status: Completed, Until: hour(10), Body: "x"}, "until"},
		{"anything after the end", []Status{InProgress, Completed}, MaintenanceUpdate{Body: "x"}, "status"},
		{"anything after it was cancelled", []Status{Cancelled}, MaintenanceUpdate{Body: "x"}, "status"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := upgrade(t, tt.from...)
			before := m.Timeline()
			tt.u.At = epoch
			refused(t, m.Post(tt.u), tt.field)
			if diff := cmp.Diff(before, m.Timeline()); diff != "" {
				t.Errorf("refused, but added:\n%s", diff)
			}
		})
	}
	first := MaintenanceUpdate{At: epoch, From: hour(1), Until: hour(2), Body: "x"}
	_, err := NewMaintenance(" ", nil, first)
	refused(t, err, "title")
	_, err = NewMaintenance(strings.Repeat("x", MaxTitle+1), nil, first)
	refused(t, err, "title")
	_, err = NewMaintenance("No times", nil, MaintenanceUpdate{At: epoch, Body: "x"})
	refused(t, err, "from")
	_, err = NewMaintenance("Half a time", nil, MaintenanceUpdate{At: epoch, Until: hour(1), Body: "x"})
	refused(t, err, "from")
}

func refused(t *testing.T, err error, field string) {
	t.Helper()
	var invalid *InvalidError
	if !errors.As(err, &invalid) || invalid.Field != field {
		t.Errorf("error %#v, want an InvalidError of field %q", err, field)
	}
}

func TestRescheduling(t *testing.T) {
	m := upgrade(t)
	must(t, m.Post(MaintenanceUpdate{At: hour(1), From: hour(5), Until: hour(6), Body: "Later."}))
	must(t, m.Post(MaintenanceUpdate{At: hour(5), Status: InProgress, Body: "Now."}))
	must(t, m.Post(MaintenanceUpdate{At: hour(5.5), Until: hour(7), Body: "We need longer."}))
	var got []time.Time
	for _, u := range m.Timeline() {
		got = append(got, u.From, u.Until)
	}
	if diff := cmp.Diff([]time.Time{hour(2), hour(9), hour(5), hour(6), hour(5), hour(6), hour(5), hour(7)}, got); diff != "" {
		t.Errorf("the story's times (-want +got):\n%s", diff)
	}
	if from, until := m.Window(); !from.Equal(hour(5)) || !until.Equal(hour(7)) {
		t.Errorf("scheduled from %v until %v", from, until)
	}
}

func TestDue(t *testing.T) {
	tests := []struct {
		name    string
		through []Status
		now     time.Time
		want    Status // none when empty
		at      time.Time
	}{
		{"before its time", nil, hour(2).Add(-time.Nanosecond), "", time.Time{}},
		{"at its time", nil, hour(2), InProgress, hour(2)},
		{"long after it", nil, hour(8), InProgress, hour(2)},
		{"while it lasts", []Status{InProgress}, hour(8), "", time.Time{}},
		{"at its end", []Status{InProgress}, hour(9), Completed, hour(9)},
		{"at its end, while somebody verifies", []Status{InProgress, Verifying}, hour(20), Completed, hour(9)},
		{"once completed", []Status{InProgress, Completed}, hour(20), "", time.Time{}},
		{"once cancelled", []Status{Cancelled}, hour(20), "", time.Time{}},
	}
	for _, tt := range tests {
		m := upgrade(t, tt.through...)
		u, due := m.Due(tt.now)
		if u.Status != tt.want || due != (tt.want != "") || !u.At.Equal(tt.at) {
			t.Errorf("%s: %v at %v", tt.name, u.Status, u.At)
		}
		if due {
			must(t, m.Post(u))
		}
	}
}

func TestHeld(t *testing.T) {
	held := func(m *Maintenance, now time.Time) time.Time { return Held([]*Maintenance{m}, now)["a"] }
	ended := upgrade(t, Scheduled, InProgress, Completed) // from hour 2 until hour 3
	for _, tt := range []struct {
		name string
		m    *Maintenance
		now  time.Time
		want time.Time
	}{
		{"nothing before it begins", upgrade(t), hour(1.9), time.Time{}},
		{"everything when it is due, also before that is told", upgrade(t), hour(2.5), hour(2.5)},
		{"everything while it is under way", upgrade(t, Scheduled, InProgress), hour(2.5), hour(2.5)},
		{"what came before its end", ended, hour(6), hour(3)},
		{"what came before its planned end, also before that is told", upgrade(t, Scheduled, InProgress), hour(9.1), hour(9)},
		{"nothing when it was cancelled", upgrade(t, Cancelled), hour(3), time.Time{}},
	} {
		if got := held(tt.m, tt.now); !got.Equal(tt.want) {
			t.Errorf("%s: held until %v, want %v", tt.name, got, tt.want)
		}
	}
	both := Held([]*Maintenance{ended, upgrade(t, Scheduled, InProgress)}, hour(6))
	if diff := cmp.Diff(map[string]time.Time{"a": hour(6)}, both); diff != "" {
		t.Errorf("of two, the later counts (-want +got):\n%s", diff)
	}
}

// maintainedPage is a page of a, which is under maintenance since an hour, b, and the internal q.
func maintainedPage(t *testing.T, change func(*PageFacts)) Page {
	t.Helper()
	m := upgrade(t, Scheduled, InProgress)
	f := PageFacts{Site: site(), Now: hour(3), CheckedAt: hour(3), Stale: time.Minute, Days: 2, Maintenances: []*Maintenance{m}, Components: []Component{
		{ID: "a", Name: "A", CreatedAt: epoch.AddDate(0, 0, -9)}, {ID: "b", Name: "B", CreatedAt: epoch.AddDate(0, 0, -9)}, {ID: "q", Name: "Q", Internal: true}}}
	if change != nil {
		change(&f)
	}
	return NewPage(f)
}

func TestMaintenanceOnThePage(t *testing.T) {
	p := maintainedPage(t, nil)
	if got := p.Answer; got.Says != SomeMaintained || got.Sight != SightMaint || strings.Join(got.Maintained, "") != "A" || strings.Join(got.Working, "") != "B" {
		t.Errorf("the page says %+v", got)
	}
	a := p.Components()[0]
	if a.Status != UnderMaintenance || a.Days[1].Worst != UnderMaintenance || a.Uptime(2).Share != 1 || !a.UpdatedAt.Equal(hour(2)) {
		t.Errorf("component %+v", a)
	}
	if len(p.Planned) != 1 || len(p.Planned[0].Updates) != 3 || p.Planned[0].Impact != ImpactMaint || p.Planned[0].Updates[0].Changes[0].To != UnderMaintenance {
		t.Errorf("planned %+v", p.Planned)
	}
	all := maintainedPage(t, func(f *PageFacts) { f.Components = f.Components[:1] })
	if got := all.Answer.Says; got != AllMaintained {
		t.Errorf("with nothing else, the page says %q", got)
	}
}

func TestAnIncidentIsWorseThanMaintenance(t *testing.T) {
	p := maintainedPage(t, func(f *PageFacts) {
		inc := &Incident{ID: "i", StartedAt: hour(2.5)}
		must(t, inc.Post(Update{At: hour(2.5), Status: Investigating, Body: "x", Changes: []Change{{Component: "a", To: PartialOutage}}}))
		f.Incidents = []*Incident{inc}
	})
	if a := p.Components()[0]; a.Status != PartialOutage || a.Days[1].Worst != PartialOutage || a.Days[1].Partial != 30*time.Minute {
		t.Errorf("component %s, today %+v", a.Status, a.Days[1])
	}
	if got := p.Answer.Says; got != SomeNotWorking {
		t.Errorf("the page says %q", got)
	}
}

func TestMaintenancesInOrder(t *testing.T) {
	p := maintainedPage(t, func(f *PageFacts) {
		next := upgrade(t)
		next.ID, next.timeline[0].From = "next", hour(8)
		done := upgrade(t, InProgress, Completed)
		gone := upgrade(t, Cancelled)
		done.ID, gone.ID = "done", "gone"
		f.Maintenances = append([]*Maintenance{next, gone, done}, f.Maintenances...)
		f.Maintenances[3].ID = "now"
	})
	var got []string
	for _, m := range append(p.Planned, p.Done...) {
		got = append(got, m.ID+" "+string(m.Status))
	}
	if diff := cmp.Diff([]string{"now in_progress", "next scheduled", "done completed", "gone cancelled"}, got); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

func TestMaintenanceOfInternalComponentsIsTheTeams(t *testing.T) {
	for _, tt := range []struct {
		name       string
		components []string
		told       bool
	}{{"internal ones alone", []string{"q"}, false}, {"also a public one", []string{"q", "b"}, true}, {"none", nil, true}} {
		p := maintainedPage(t, func(f *PageFacts) { f.Maintenances[0].Components = tt.components })
		if told := len(p.Planned) == 1; told != tt.told {
			t.Errorf("%s: told %v, want %v", tt.name, told, tt.told)
		}
		for _, m := range p.Planned {
			for _, c := range append(m.Components, PageComponent{}) {
				if c.ID == "q" || len(m.Updates[0].Changes) > 1 {
					t.Errorf("%s: the page names %+v", tt.name, m)
				}
			}
		}
	}
}
