package incidents

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/probes"
)

func TestGuardRefuses(t *testing.T) {
	team := &Incident{ID: "t", StartedAt: hour(0)}
	for _, tt := range []struct {
		name, field string
		inc         *Incident
		others      int
		g           Guard
	}{
		{"no probe", "probe", toldIncident(t), 0, Guard{}},
		{"a long caption", "caption", toldIncident(t), 0, Guard{Probe: "q", Caption: strings.Repeat("x", MaxCaption+1)}},
		{"a caption for a team's incident", "caption", team, 0, Guard{Probe: "q", Caption: "x"}},
		{"the future", "since", toldIncident(t), 0, Guard{Probe: "q", Since: hour(4)}},
		{"before the incident", "since", toldIncident(t), 0, Guard{Probe: "q", Since: hour(-1)}},
		{"one too many", "", toldIncident(t), MaxGuards, Guard{Probe: "q"}},
	} {
		var invalid *InvalidError
		if _, err := NewGuard(tt.inc, tt.others, tt.g, hour(3)); !errors.As(err, &invalid) || invalid.Field != tt.field {
			t.Errorf("%s: got %v", tt.name, err)
		}
	}
	g, err := NewGuard(toldIncident(t), 0, Guard{Probe: "q", Caption: " Short. "}, hour(3))
	if err != nil || g.Caption != "Short." || !g.Since.Equal(hour(3)) || g.ID == "" || g.Incident != "i" {
		t.Errorf("got %+v, %v", g, err)
	}
}

func TestWatch(t *testing.T) {
	since := time.Date(2026, 5, 2, 15, 0, 0, 0, time.UTC)
	now := time.Date(2026, 5, 10, 12, 0, 0, 0, time.UTC)
	on := func(n int) time.Time { return time.Date(2026, 5, n, 0, 0, 0, 0, time.UTC) }
	rule := &Rule{Probe: "q", Failures: 2, Of: 3, Recoveries: 2, Interval: 10 * time.Second}
	recent := func(marks string) []probes.Result { // newest first: o ok, d degraded, x failed, ? unknown
		var out []probes.Result
		for i, m := range marks {
			outcome := map[rune]probes.Outcome{'o': probes.OK, 'd': probes.Degraded, 'x': probes.Failed, '?': probes.Unknown}[m]
			out = append(out, probes.Result{Probe: "q", Place: "local", At: now.Add(-10 * time.Second * time.Duration(i+1)), Outcome: outcome})
		}
		return out
	}
	late := recent("oo")
	for i := range late {
		late[i].At = late[i].At.Add(-time.Hour)
	}
	quiet := map[time.Time]GuardDay{on(1): {100, 900}, on(2): {100, 900}, on(3): {1000, 0}, on(9): {999, 1}}
	hurt := map[time.Time]GuardDay{on(3): {1000, 0}, on(5): {998, 2}, on(9): {1000, 0}}
	first := map[time.Time]GuardDay{on(2): {1, 1000}}
	for _, tt := range []struct {
		name   string
		rule   *Rule
		days   map[time.Time]GuardDay
		recent string
		want   Watching
	}{
		{"it holds, and what was before it does not count", rule, quiet, "ooo", Watching{State: GuardHolds, Told: 2000, Held: 1999}},
		{"degraded holds", rule, quiet, "ddd", Watching{State: GuardHolds, Told: 2000, Held: 1999}},
		{"a single failure is none", rule, quiet, "xoo", Watching{State: GuardHolds, Told: 2000, Held: 1999}},
		{"unknown says nothing", rule, quiet, "??oo", Watching{State: GuardHolds, Told: 2000, Held: 1999}},
		{"it fails", rule, quiet, "xxo", Watching{State: GuardFails, Told: 2000, Held: 1999, FailedOn: on(10), Changed: now.Add(-20 * time.Second)}},
		{"it failed, and holds again", rule, hurt, "ooo", Watching{State: GuardHolds, Told: 3000, Held: 2998, FailedOn: on(5)}},
		{"a day without a good run", rule, map[time.Time]GuardDay{on(4): {0, 1}}, "ooo", Watching{State: GuardHolds, Told: 1, FailedOn: on(4)}},
		{"it began today", rule, first, "ooo", Watching{State: GuardHolds}},
		{"it never reported", rule, nil, "", Watching{State: GuardSilent}},
		{"only unknown", rule, nil, "???", Watching{State: GuardSilent}},
		{"silent for days", rule, hurt, "", Watching{State: GuardSilent, Told: 3000, Held: 2998, FailedOn: on(5), Changed: on(10)}},
		{"silent for an hour", rule, quiet, "late", Watching{State: GuardSilent, Told: 2000, Held: 1999, Changed: late[0].At}},
		{"no longer configured", nil, hurt, "ooo", Watching{State: GuardGone, Told: 3000, Held: 2998, FailedOn: on(5), Changed: on(10)}},
		{"never configured", nil, nil, "", Watching{State: GuardGone}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			results := late
			if tt.recent != "late" {
				results = recent(tt.recent)
			}
			g := Guard{ID: "g", Probe: "q", Since: since}
			tt.want.Guard = g
			if diff := cmp.Diff(tt.want, g.Watch(tt.rule, tt.days, results, now)); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
		})
	}
	young := Guard{Since: now.Add(-15 * time.Second)}
	if got := young.Watch(rule, nil, recent("oxxx"), now); got.State != GuardHolds || !got.FailedOn.IsZero() {
		t.Errorf("what failed before it began is held against it: %+v", got)
	}
}

func TestGuardedProbes(t *testing.T) {
	if diff := cmp.Diff([]string{"q", "m"}, GuardedProbes([]Guard{{Probe: "q"}, {Probe: "m"}, {Probe: "q"}})); diff != "" {
		t.Error(diff)
	}
}

// Customers see public follow-ups, captions and owners that are to be told, and nothing of a probe.
func TestPageOfWhatCameAfter(t *testing.T) {
	inc := toldIncident(t)
	must(t, inc.Correct(correction("queue", MajorOutage, 0, 1, 3)))
	must(t, inc.Correct(correction("a", Operational, 0, 0, 3)))
	open := FollowUp{State: FollowUpOpen, Text: "x", Owner: "Messaging"}
	with := func(id string, change func(*FollowUp)) FollowUp {
		f := open
		f.ID = id
		change(&f)
		return f
	}
	watch := func(id, followUp, caption string) Watching {
		return Watching{Guard: Guard{ID: id, FollowUp: followUp, Caption: caption, Probe: "secret"}, State: GuardHolds, Told: 2, Held: 1}
	}
	f := PageFacts{Now: hour(48), Components: []Component{{ID: "a", Name: "A"}, {ID: "b", Name: "B"}, {ID: "queue", Name: "Queue", Internal: true}},
		FollowUps: map[string][]FollowUp{"i": {
			with("hidden", func(*FollowUp) {}),
			with("late", func(f *FollowUp) { f.Public, f.Due = true, epoch.UTC().Truncate(day) }),
			with("told", func(f *FollowUp) { f.Public, f.OwnerTold = true, true }),
		}},
		Guards: map[string][]Watching{"i": {watch("g1", "late", "One"), watch("g2", "late", ""), watch("g3", "hidden", "Three"), watch("g4", "", "Four"), watch("g5", "", "")}}}
	got := NewPageIncident(f, inc)
	guard := func(id, caption string) PageGuard {
		return PageGuard{ID: id, Caption: caption, State: GuardHolds, Told: 2, Held: 1}
	}
	want := PageCare{
		FollowUps: []PageFollowUp{
			{ID: "late", Text: "x", Due: epoch.UTC().Truncate(day), Overdue: true, State: FollowUpOpen, Guards: []PageGuard{guard("g1", "One")}},
			{ID: "told", Text: "x", Owner: "Messaging", State: FollowUpOpen},
		},
		Guards:      []PageGuard{guard("g3", "Three"), guard("g4", "Four")},
		Corrections: []PageCorrection{{Component: "a", Name: "A", At: hour(3), Was: []Impact{impact("a", PartialOutage, 0, 2)}, Reason: "The logs say so."}},
	}
	if diff := cmp.Diff(want, got.PageCare); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
	if len(got.Components) != 1 || got.Components[0].ID != "b" || len(got.Impacts) != 1 {
		t.Errorf("it concerns %+v by %+v", got.Components, got.Impacts)
	}
}
