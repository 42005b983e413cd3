package incidents

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func correction(component string, s ComponentStatus, from, until, at float64) Correction {
	c := Correction{Component: component, Status: s, Reason: "The logs say so.", Author: "Ada", At: hour(at)}
	if s != Operational {
		c.From, c.Until = hour(from), hour(until)
	}
	return c
}

func impact(component string, s ComponentStatus, from, until float64) Impact {
	return Impact{Component: component, Status: s, From: hour(from), Until: hour(until)}
}

func TestCorrections(t *testing.T) {
	for _, tt := range []struct {
		name string
		list []Correction
		want []Impact
	}{
		{"none", nil, []Impact{impact("a", PartialOutage, 0, 2), impact("b", MajorOutage, 0, 2)}},
		{"it ended earlier", []Correction{correction("b", MajorOutage, 0, 1, 3)}, []Impact{impact("b", MajorOutage, 0, 1), impact("a", PartialOutage, 0, 2)}},
		{"it began earlier and was less", []Correction{correction("a", DegradedPerformance, -1, 2, 3)}, []Impact{impact("a", DegradedPerformance, -1, 2), impact("b", MajorOutage, 0, 2)}},
		{"it did nothing", []Correction{correction("a", Operational, 0, 0, 3)}, []Impact{impact("b", MajorOutage, 0, 2)}},
		{"another one was affected too", []Correction{correction("c", MajorOutage, 1, 2, 3)}, []Impact{impact("a", PartialOutage, 0, 2), impact("b", MajorOutage, 0, 2), impact("c", MajorOutage, 1, 2)}},
		{"the newest counts", []Correction{correction("a", MajorOutage, 0, 1, 3), correction("b", Operational, 0, 0, 4), correction("a", PartialOutage, 1, 2, 5)}, []Impact{impact("a", PartialOutage, 1, 2)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inc := toldIncident(t)
			for _, c := range tt.list {
				must(t, inc.Correct(c))
			}
			if diff := cmp.Diff(tt.want, inc.Impacts()); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
			if diff := cmp.Diff(toldIncident(t).Impacts(), inc.Told()); diff != "" {
				t.Errorf("what was told has changed:\n%s", diff)
			}
			if diff := cmp.Diff(tt.list, inc.Corrections()); diff != "" {
				t.Errorf("corrections: want -, got +\n%s", diff)
			}
		})
	}
}

// What happens after a correction is not a part of it, also when it began before the correction was made.
func TestCorrectionsLeaveWhatComesLater(t *testing.T) {
	inc := toldIncident(t)
	must(t, inc.Correct(correction("a", Operational, 0, 0, 3)))
	must(t, inc.Post(Update{At: hour(4), Status: Investigating, Body: "It is back.", Changes: []Change{{Component: "a", To: MajorOutage, Since: hour(2.5)}}}))
	want := []Impact{impact("b", MajorOutage, 0, 2), {Component: "a", Status: MajorOutage, From: hour(2.5)}}
	if diff := cmp.Diff(want, inc.Impacts()); diff != "" {
		t.Errorf("reopened: want -, got +\n%s", diff)
	}
	if err := inc.Correct(correction("a", Operational, 0, 0, 5)); err == nil {
		t.Error("corrected what still lasts")
	}
	must(t, inc.Correct(correction("b", PartialOutage, 0, 2, 5))) // that one is over
	must(t, inc.Post(Update{At: hour(6), Status: Resolved, Body: "Over."}))
	must(t, inc.Correct(correction("a", MajorOutage, 3, 6, 7)))
	if diff := cmp.Diff([]Impact{impact("b", PartialOutage, 0, 2), impact("a", MajorOutage, 3, 6)}, inc.Impacts()); diff != "" {
		t.Errorf("corrected again: want -, got +\n%s", diff)
	}
	for n, want := range [][]Impact{{impact("a", PartialOutage, 0, 2)}, {impact("b", MajorOutage, 0, 2)}, {impact("a", MajorOutage, 2.5, 6)}} {
		if diff := cmp.Diff(want, inc.Replaced(n)); diff != "" {
			t.Errorf("before correction %d there was: want -, got +\n%s", n, diff)
		}
	}
}

func TestCorrectRefuses(t *testing.T) {
	c := correction("a", MajorOutage, 0, 1, 3)
	with := func(change func(*Correction)) Correction {
		out := c
		change(&out)
		return out
	}
	for _, tt := range []struct {
		name, field string
		c           Correction
	}{
		{"maintenance", "status", with(func(c *Correction) { c.Status = UnderMaintenance })},
		{"no status", "status", with(func(c *Correction) { c.Status = "" })},
		{"times of nothing", "from", with(func(c *Correction) { c.Status = Operational })},
		{"no beginning", "from", with(func(c *Correction) { c.From = time.Time{} })},
		{"no end", "from", with(func(c *Correction) { c.Until = time.Time{} })},
		{"the end first", "until", with(func(c *Correction) { c.From, c.Until = c.Until, c.From })},
		{"the future", "until", with(func(c *Correction) { c.Until = hour(3.1) })},
		{"too long", "from", with(func(c *Correction) { c.From = hour(-24 * 40) })},
		{"no reason", "reason", with(func(c *Correction) { c.Reason = " " })},
		{"a long reason", "reason", with(func(c *Correction) { c.Reason = strings.Repeat("x", MaxReason+1) })},
		{"what is told already", "", with(func(c *Correction) { c.Status, c.Until = PartialOutage, hour(2) })},
		{"nothing where nothing was", "", correction("c", Operational, 0, 0, 3)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inc := toldIncident(t)
			var invalid *InvalidError
			if err := inc.Correct(tt.c); !errors.As(err, &invalid) || invalid.Field != tt.field || len(inc.Corrections()) > 0 {
				t.Errorf("got %v, and %d corrections", err, len(inc.Corrections()))
			}
		})
	}
	team := &Incident{ID: "t", StartedAt: hour(0)}
	must(t, team.Post(Update{At: hour(0), Status: Investigating, Body: "x", Team: true}))
	if err := team.Correct(c); err == nil {
		t.Error("corrected what customers were never told of")
	}
	inc := toldIncident(t)
	var err error
	for n := 1; err == nil && n < 1000; n++ {
		err = inc.Correct(correction("a", MajorOutage, 0, float64(n)/1000, 3))
	}
	if len(inc.Corrections()) != MaxCorrections {
		t.Errorf("%d corrections, want %d at most", len(inc.Corrections()), MaxCorrections)
	}
}

// The uptime counts what is right; beside it stands how long is counted otherwise than told, and what that would come to.
func TestUptimeOfCorrections(t *testing.T) {
	today := epoch.UTC().Truncate(day).AddDate(0, 0, 5)
	began := today.AddDate(0, 0, -1).Add(23 * time.Hour) // an hour before midnight
	inc := &Incident{ID: "i", StartedAt: began}
	must(t, inc.Post(Update{At: began, Status: Investigating, Body: "x", Changes: []Change{{Component: "a", To: MajorOutage}}}))
	must(t, inc.Post(Update{At: began.Add(2 * time.Hour), Status: Resolved, Body: "x"}))
	must(t, inc.Correct(Correction{Component: "a", Status: PartialOutage, From: began.Add(30 * time.Minute), Until: began.Add(3 * time.Hour), Reason: "x", At: began.Add(4 * time.Hour)}))
	f := PageFacts{Now: today.Add(12 * time.Hour), Days: 3, Components: []Component{{ID: "a"}, {ID: "b"}}, Incidents: []*Incident{inc},
		Watched: map[string]bool{"a": true}, Covered: map[string][]float64{"a": {1, 1, 1}}}
	p := NewPage(f)
	c := p.Components()[0]
	now, was := c.Uptime(3), UncorrectedOf(c.Last(3))
	if now.Major != 0 || now.Partial != 150*time.Minute || now.Corrected != 3*time.Hour || now.Counted != 60*time.Hour {
		t.Errorf("now %+v", now)
	}
	if was.Major != 2*time.Hour || was.Partial != 0 || was.Corrected != 0 || was.Counted != 60*time.Hour {
		t.Errorf("before %+v", was)
	}
	if d := c.Days[0]; d.Told != nil || d.Corrected != 0 {
		t.Errorf("a day that nobody corrected: %+v", d)
	}
	if d := c.Days[1]; d.Corrected != time.Hour || d.Worst != PartialOutage || d.Told == nil || d.Told.Major != time.Hour || d.Told.Worst != MajorOutage {
		t.Errorf("the day before midnight: %+v, told %+v", d, d.Told)
	}
	for _, d := range p.Components()[1].Days {
		if d.Told != nil || d.Corrected != 0 {
			t.Errorf("another component: %+v", d)
		}
	}
}
