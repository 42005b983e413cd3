package incidents

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestPostAllowsOnlyLegalMoves(t *testing.T) {
	legal := map[Status][]Status{
		"":            {Investigating, Identified, Monitoring},
		Investigating: {Investigating, Identified, Monitoring, Resolved},
		Identified:    {Investigating, Identified, Monitoring, Resolved},
		Monitoring:    {Investigating, Identified, Monitoring, Resolved},
		Resolved:      {Investigating},
	}
	for from, to := range legal {
		for _, next := range Statuses {
			inc := at(t, from)
			before := len(inc.Timeline())
			err := inc.Post(Update{At: epoch, Status: next, Body: "x"})
			allowed := false
			for _, s := range to {
				allowed = allowed || s == next
			}
			if (err == nil) != allowed {
				t.Errorf("%q → %q: error %v, want allowed %v", from, next, err, allowed)
			}
			if err != nil && len(inc.Timeline()) != before {
				t.Errorf("%q → %q: refused, but added", from, next)
			}
		}
	}
}

// at returns an incident in a status.
func at(t *testing.T, s Status) *Incident {
	t.Helper()
	inc := &Incident{ID: NewID(), StartedAt: epoch}
	if s == "" {
		return inc
	}
	must(t, inc.Post(Update{At: epoch, Status: Investigating, Body: "x"}))
	if s != Investigating {
		must(t, inc.Post(Update{At: epoch, Status: s, Body: "x"}))
	}
	return inc
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestPostRefuses(t *testing.T) {
	tests := []struct {
		name  string
		from  Status
		u     Update
		field string
	}{
		{"a text of blanks", Investigating, Update{Status: Identified, Body: " \n"}, "body"},
		{"a text that is too long", Investigating, Update{Status: Identified, Body: strings.Repeat("x", MaxBody+1)}, "body"},
		{"a public note without a status", Investigating, Update{Body: "x"}, "status"},
		{"a note that changes components", Investigating, Update{Body: "x", Team: true, Changes: []Change{{Component: "a", To: MajorOutage}}}, "status"},
		{"a promise in the past", Investigating, Update{Status: Identified, Body: "x", NextBy: epoch.Add(-time.Minute)}, "next_by"},
		{"a promise after the end", Investigating, Update{Status: Resolved, Body: "x", NextBy: epoch.Add(time.Minute)}, "next_by"},
		{"a component status that is none", Investigating, Update{Status: Identified, Body: "x", Changes: []Change{{Component: "a", To: "broken"}}}, "components"},
		{"anything after the end", Resolved, Update{Status: Monitoring, Body: "x"}, "status"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inc := at(t, tt.from)
			before := len(inc.Timeline())
			tt.u.At = epoch
			err := inc.Post(tt.u)
			var invalid *InvalidError
			if !errors.As(err, &invalid) || invalid.Field != tt.field {
				t.Errorf("error %#v, want an InvalidError of field %q", err, tt.field)
			}
			if len(inc.Timeline()) != before {
				t.Error("refused, but added")
			}
		})
	}
	t.Run("but a team note after the end is welcome", func(t *testing.T) {
		must(t, at(t, Resolved).Post(Update{At: epoch, Team: true, Body: "The graph of that day."}))
	})
}

func TestWhoLeadsAnIncident(t *testing.T) {
	tests := []struct {
		name      string
		updates   []Update
		untouched bool
		public    bool
	}{
		{"the checks, while nobody spoke", []Update{{Status: Investigating}}, true, true},
		{"the checks, when a person only noted something", []Update{{Status: Investigating}, {Team: true, Author: "Ada"}}, true, true},
		{"the person, after a public update", []Update{{Status: Investigating}, {Status: Identified, Author: "Ada"}}, false, true},
		{"the person who declared it", []Update{{Status: Investigating, Author: "Ada"}}, false, true},
		{"the checks, of what only the team knows", []Update{{Status: Investigating, Team: true}}, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inc := &Incident{}
			for _, u := range tt.updates {
				u.At, u.Body = epoch, "x"
				must(t, inc.Post(u))
			}
			if inc.Untouched() != tt.untouched || inc.Public() != tt.public {
				t.Errorf("untouched %v public %v, want %v %v", inc.Untouched(), inc.Public(), tt.untouched, tt.public)
			}
		})
	}
}

func TestPromises(t *testing.T) {
	inc := &Incident{}
	min := func(n int) time.Time { return epoch.Add(time.Duration(n) * time.Minute) }
	must(t, inc.Post(Update{At: min(0), Status: Investigating, Body: "x", NextBy: min(10)}))
	must(t, inc.Post(Update{At: min(5), Team: true, Body: "a note keeps no promise"}))
	if kept, due := inc.Promises(min(9)); kept != 0 || due != 0 {
		t.Errorf("before its time: %d of %d", kept, due)
	}
	if kept, due := inc.Promises(min(11)); kept != 0 || due != 1 {
		t.Errorf("overdue: %d of %d, want 0 of 1", kept, due)
	}
	must(t, inc.Post(Update{At: min(12), Status: Identified, Body: "late", NextBy: min(20)}))
	must(t, inc.Post(Update{At: min(20), Status: Monitoring, Body: "just in time"}))
	must(t, inc.Post(Update{At: min(50), Status: Resolved, Body: "nothing was promised"}))
	if kept, due := inc.Promises(min(60)); kept != 1 || due != 2 {
		t.Errorf("in the end: %d of %d, want 1 of 2", kept, due)
	}
}

func TestImpactsAreDerivedFromUpdates(t *testing.T) {
	inc := &Incident{}
	min := func(n int) time.Time { return epoch.Add(time.Duration(n) * time.Minute) }
	must(t, inc.Post(Update{At: min(1), Status: Investigating, Body: "x", Changes: []Change{{Component: "a", To: PartialOutage, Since: min(0)}, {Component: "b", To: Operational}}}))
	must(t, inc.Post(Update{At: min(3), Status: Identified, Body: "x", Changes: []Change{{Component: "a", To: MajorOutage}, {Component: "c", To: DegradedPerformance}}}))
	must(t, inc.Post(Update{At: min(9), Status: Resolved, Body: "x", Changes: []Change{{Component: "a", To: Operational, Since: min(7)}}}))
	want := []Impact{
		{"a", PartialOutage, min(0), min(3)},
		{"a", MajorOutage, min(3), min(7)},
		{"c", DegradedPerformance, min(3), min(9)},
	}
	if diff := cmp.Diff(want, inc.Impacts()); diff != "" {
		t.Errorf("impacts (-want +got):\n%s", diff)
	}
	if len(inc.Affected()) != 0 {
		t.Errorf("a resolved incident still affects %v", inc.Affected())
	}
	if diff := cmp.Diff([]string{"a", "c"}, inc.Touched()); diff != "" {
		t.Errorf("touched (-want +got):\n%s", diff)
	}
}

// TestAnyStoryHolds posts random updates and checks what must hold of every incident.
func TestAnyStoryHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inc := &Incident{}
		now := epoch
		for range rapid.IntRange(1, 20).Draw(t, "updates") {
			now = now.Add(time.Duration(rapid.IntRange(-60, 600).Draw(t, "later")) * time.Second)
			u := Update{At: now, Body: "x", Author: rapid.SampledFrom([]string{"", "Ada"}).Draw(t, "author"),
				Status: rapid.SampledFrom(append([]Status{""}, Statuses...)).Draw(t, "status"), Team: rapid.Bool().Draw(t, "team")}
			for range rapid.IntRange(0, 3).Draw(t, "changes") {
				u.Changes = append(u.Changes, Change{Component: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "component"),
					To: rapid.SampledFrom(ComponentStatuses).Draw(t, "to"), Since: now.Add(-time.Duration(rapid.IntRange(0, 300).Draw(t, "since")) * time.Second)})
			}
			_ = inc.Post(u) // refused ones must change nothing, as the properties below show
		}
		var last time.Time
		for _, u := range inc.Timeline() {
			if u.At.Before(last) {
				t.Fatalf("the timeline goes back from %v to %v", last, u.At)
			}
			last = u.At
		}
		lasting := map[string]ComponentStatus{}
		for _, i := range inc.Impacts() {
			if i.Status == Operational || (!i.Until.IsZero() && i.Until.Before(i.From)) {
				t.Fatalf("impossible impact %+v", i)
			}
			if i.Until.IsZero() {
				lasting[i.Component] = i.Status
			}
		}
		if diff := cmp.Diff(inc.Affected(), lasting); diff != "" {
			t.Fatalf("what lasts differs from what is affected:\n%s", diff)
		}
		if !inc.Open() && len(inc.Affected()) > 0 && inc.Status() == Resolved {
			t.Fatalf("resolved, but affects %v", inc.Affected())
		}
	})
}

func TestReconcile(t *testing.T) {
	stored := []Component{{ID: "1", Key: "web", Name: "Web", CreatedAt: epoch}, {ID: "2", Key: "old", Name: "Old", CreatedAt: epoch}, {ID: "3", Name: "By hand", CreatedAt: epoch}}
	now := epoch.Add(time.Hour)
	got := Reconcile(stored, []Component{{Key: "api", Name: "API"}, {Key: "web", Name: "Website", DependsOn: []string{"api"}}}, now)
	fresh := got[0].ID
	want := []Component{
		{ID: fresh, Key: "api", Name: "API", Position: 1, CreatedAt: now},
		{ID: "1", Key: "web", Name: "Website", Position: 2, DependsOn: []string{fresh}, CreatedAt: epoch},
		{ID: "2", Key: "old", Name: "Old", CreatedAt: epoch, ArchivedAt: now},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(fresh) != 12 {
		t.Errorf("reconciled, with new id %q (-want +got):\n%s", fresh, diff)
	}
}
