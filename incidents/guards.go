package incidents

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// MaxGuards is how many guards an incident has at most.
const MaxGuards = 20

// Guard is a probe that watches whether what prevents an incident holds.
type Guard struct {
	ID        string
	Incident  string // id
	Title     string // of the incident; filled in when it is read
	FollowUp  string // id of the follow-up whose result it watches; empty when it is the whole postmortem's
	Probe     string // key; never public
	Caption   string // what it watches, in customers' words; without it the guard is the team's
	Since     time.Time
	Author    string    // the responder's name
	RemovedAt time.Time // zero while it watches
	Version   int       // of the stored row; 0 when it was never stored
}

// NewGuard makes a guard of g's probe, caption and follow-up, of an incident that has so many others. It watches since
// g.Since, or now when that is zero. It refuses, with an InvalidError, one that cannot be.
func NewGuard(inc *Incident, others int, g Guard, now time.Time) (Guard, error) {
	g.Caption = strings.TrimSpace(g.Caption)
	if g.Since.IsZero() {
		g.Since = now
	}
	switch {
	case g.Probe == "":
		return g, &InvalidError{"probe", "Name the probe that watches."}
	case len(g.Caption) > MaxCaption:
		return g, &InvalidError{"caption", fmt.Sprintf("Say in at most %d letters what it watches: customers read it.", MaxCaption)}
	case g.Caption != "" && !inc.Public():
		return g, &InvalidError{"caption", "Customers were never told of this incident, so they cannot read a caption. Leave it out."}
	case g.Since.After(now):
		return g, &InvalidError{"since", "Give a day that has come."}
	case g.Since.Before(inc.StartedAt):
		return g, &InvalidError{"since", "That is before the incident. Give the day since which the prevention is in place."}
	case others >= MaxGuards:
		return g, &InvalidError{"", fmt.Sprintf("An incident has at most %d guards. Remove one.", MaxGuards)}
	}
	g.ID, g.Incident, g.Title = NewID(), inc.ID, inc.Title
	return g, nil
}

// Remove ends the watching.
func (g *Guard) Remove(author string, now time.Time) { g.Author, g.RemovedAt = author, now }

// GuardState is what a guard's probe says of the prevention.
type GuardState string

const (
	GuardHolds  GuardState = "holds"
	GuardFails  GuardState = "fails"
	GuardSilent GuardState = "silent" // the probe has not told anything for too long
	GuardGone   GuardState = "gone"   // the configuration has no such probe any more
)

// GuardDay is how often a guard's probe told that the prevention holds, and that it does not, on a day.
type GuardDay struct{ Held, Failed int }

// Watching is a guard with what its probe has found since it watches. The day on which it began counts only by the
// newest results: what failed before it began is not held against it.
type Watching struct {
	Guard
	State    GuardState
	Told     int       // runs that told something
	Held     int       // of these
	FailedOn time.Time // midnight UTC of the newest day on which it failed; zero when it never did
	Changed  time.Time // when it began to fail; where it is silent or gone, when it last told anything, or zero
}

// Watch computes what a guard's probe has found: from the days it ran on (midnight UTC), and its newest results, newest
// first. The rule is nil when the probe is not configured any more. Degraded holds: only a failure breaks a promise. A
// day failed when at least as many runs did as confirm a failure.
func (g Guard) Watch(rule *Rule, days map[time.Time]GuardDay, recent []probes.Result, now time.Time) Watching {
	out := Watching{Guard: g, State: GuardGone}
	began := g.Since.UTC().Truncate(day)
	confirm := 1
	if rule != nil {
		confirm = max(rule.Failures, 1)
	}
	for at, d := range days {
		if !at.After(began) {
			continue
		}
		out.Told, out.Held = out.Told+d.Held+d.Failed, out.Held+d.Held
		if d.Held+d.Failed > 0 {
			out.Changed = latest(out.Changed, earliest(at.Add(day), now))
		}
		if d.Failed >= confirm || d.Failed > 0 && d.Held == 0 {
			out.FailedOn = latest(out.FailedOn, at)
		}
	}
	if rule == nil {
		return out
	}
	return out.present(*rule, recent, now)
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// present adds what the newest results say.
func (w Watching) present(rule Rule, recent []probes.Result, now time.Time) Watching {
	var told []probes.Result
	for _, r := range recent {
		if r.Outcome == probes.Unknown || r.At.Before(w.Since) {
			continue
		}
		if r.Outcome == probes.Degraded {
			r.Outcome = probes.OK
		}
		told = append(told, r)
	}
	rule.Slow = Band{}
	switch j := judge(rule, told, false); {
	case len(told) == 0:
		w.State = GuardSilent
	case rule.apart(told[0].At, now):
		w.State, w.Changed = GuardSilent, told[0].At
	case j.failing:
		w.State, w.Changed = GuardFails, j.since
		w.FailedOn = latest(w.FailedOn, j.since.UTC().Truncate(day))
	default:
		w.State, w.Changed = GuardHolds, time.Time{}
	}
	return w
}

// GuardedProbes returns the keys of the probes that watch, each once.
func GuardedProbes(list []Guard) []string {
	var out []string
	for _, g := range list {
		if !slices.Contains(out, g.Probe) {
			out = append(out, g.Probe)
		}
	}
	return out
}
