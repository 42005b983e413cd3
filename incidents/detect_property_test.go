package incidents

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"candor/probes"
)

// live lets time pass, with everything checked at every tick.
func (w *world) live(ticks int) {
	for range ticks {
		w.now = w.now.Add(tick)
		w.run()
		verdicts := w.decide()
		w.apply(verdicts)
		w.check()
		if len(verdicts) == 0 {
			continue // and so it would be again
		}
		for _, inc := range w.all {
			w.checkTold(inc)
		}
		for _, v := range w.decide() {
			for _, u := range v.Updates {
				if !u.Team && !(w.policy.ResolveAfter == 0 && u.Status == Resolved) {
					w.Fatalf("the same results gave another public update at once: %+v\nafter %+v", u, verdicts)
				}
			}
		}
	}
}

func TestDetectInAnyWorld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		w.live(5)
		if len(w.all) > 0 {
			t.Fatalf("a healthy world has incidents: %v", w.all)
		}
		for range 1 + pick(t, "acts", 16) {
			w.act()
			w.live(among(t, "ticks", 1, 5, 10, 20, 50, 150, 400))
		}
		for _, key := range slices.Sorted(maps.Keys(w.pattern)) {
			w.pattern[key] = "o"
		}
		for key, f := range w.ahead {
			f.Move = Lift
			w.ahead[key] = f
		}
		w.live(1200) // an hour of health is longer than any recovery, hold and monitoring drawn
		for _, inc := range w.open() {
			if inc.Untouched() {
				t.Fatalf("%s is still %s after an hour of health: %+v", inc.ID, inc.Status(), inc.Symptoms)
			}
		}
		w.now = w.now.Add(tick)
		w.run()
		if verdicts := w.decide(); len(verdicts) > 0 {
			t.Fatalf("a healthy world is given verdicts: %+v", verdicts)
		}
	})
}

func TestDetectSurvivesTheClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range 1 + pick(t, "acts", 12) {
			w.act()
			w.now = w.now.Add(time.Duration(pick(t, "seconds", 97200)-7200) * time.Second)
			clear(w.due)
			for range 1 + pick(t, "ticks", 60) {
				w.now = w.now.Add(tick)
				w.run()
				w.apply(w.decide())
			}
		}
	})
}

// checkStart holds the beginnings in a new incident against the results that confirmed it.
func (w *world) checkStart(v Verdict) {
	for _, s := range v.Symptoms {
		if s.Warning {
			continue
		}
		i := slices.IndexFunc(w.policy.Rules, func(r Rule) bool { return r.Probe == s.Probe })
		rule, first, bad, seen := w.policy.Rules[i], time.Time{}, 0, 0
		for _, r := range w.results[s.Probe] {
			if r.Outcome == probes.Unknown || r.At.Before(s.Since) {
				continue
			}
			if seen == rule.Of {
				if bad < seen || !r.Outcome.Bad() {
					break
				}
				first = r.At // all of those failed, so it began before them
				continue
			}
			if seen++; r.Outcome.Bad() {
				bad, first = bad+1, r.At
			}
		}
		if bad < rule.Failures || !first.Equal(s.Since) {
			w.Fatalf("%s began at %v; the first of %d bad results among the last %d, of which %d confirm, came at %v", s.Probe, s.Since, bad, rule.Of, rule.Failures, first)
		}
		for _, c := range v.Updates[0].Changes {
			if c.Component == s.Component && c.Since.After(s.Since) {
				w.Fatalf("%s is impaired since %v, but %s fails since %v", c.Component, c.Since, s.Probe, s.Since)
			}
		}
	}
}

// check holds what must be so at every moment.
func (w *world) check() {
	holds, lasts := map[string]string{}, map[string]string{}
	for _, inc := range w.open() {
		mine := inc.Affected()
		for _, s := range inc.Symptoms {
			if mine[s.Component] = s.Status; !s.Lasts() {
				continue
			}
			if other, twice := lasts[s.Probe]; twice {
				w.Fatalf("%s lasts in %s and %s", s.Probe, other, inc.ID)
			}
			lasts[s.Probe] = inc.ID
		}
		if !inc.Untouched() {
			continue
		}
		for c := range mine {
			if other, twice := holds[c]; twice {
				w.Fatalf("%s is in %s and %s, which are both the checks' own", c, other, inc.ID)
			}
			holds[c] = inc.ID
		}
		if p := inc.Promise(); !p.IsZero() && w.now.After(p) {
			w.Fatalf("%s: the promise for %v is broken at %v", inc.ID, p, w.now)
		}
	}
	if slices.ContainsFunc(w.open(), func(inc *Incident) bool {
		told := inc.PublicTimeline()
		return len(told) > 0 && inc.Untouched() && w.now.Sub(told[len(told)-1].At) < min(together, w.policy.Hold)
	}) {
		return // what joins that incident waits
	}
	for _, rule := range w.policy.Rules {
		if _, ok := lasts[rule.Probe]; !ok && w.fails(rule) {
			w.Fatalf("%s fails, but is in no open incident", rule.Probe)
		}
	}
}

// fails says whether a probe fails beyond doubt: its results run on, are all bad, and belong to no incident that is over.
func (w *world) fails(rule Rule) bool {
	list := w.results[rule.Probe]
	if len(list) < 10 || w.now.Sub(list[0].At) > rule.Interval {
		return false
	}
	for _, inc := range w.all {
		over := func(s Symptom) bool { return s.Probe == rule.Probe && list[9].At.Before(s.Until) }
		if list[9].At.Before(inc.ResolvedAt()) || slices.ContainsFunc(inc.Symptoms, over) {
			return false
		}
	}
	return !slices.ContainsFunc(list[:10], func(r probes.Result) bool { return !r.Outcome.Bad() }) && list[0].At.Sub(list[9].At) < 12*rule.Interval
}

// checkTold looks for what customers must not read, and for what the checks must not say.
func (w *world) checkTold(inc *Incident) {
	text := ""
	if inc.Untouched() && inc.Public() {
		text = inc.Title
	}
	for i, u := range inc.timeline {
		if u.Author != "" {
			continue
		}
		for _, ch := range u.Changes {
			if i := slices.IndexFunc(w.policy.Components, func(c Component) bool { return c.ID == ch.Component }); u.Team && !w.policy.Components[i].Internal && inc.Public() {
				w.Fatalf("%s: a team note changes %s, which customers see", inc.ID, ch.Component)
			}
		}
		if !u.Team {
			text += "\n" + u.Body
			if n, ok := w.taken[inc.ID]; ok && i >= n {
				w.Fatalf("%s was taken over, and the checks told customers: %s", inc.ID, u.Body)
			}
		}
		if u.Status != Resolved {
			continue
		}
		if n, ok := w.taken[inc.ID]; ok && i >= n || u.At.Equal(inc.ResolvedAt()) && slices.ContainsFunc(inc.Symptoms, Symptom.Lasts) {
			w.Fatalf("%s: the checks resolved an incident that is led by a person or still has symptoms", inc.ID)
		}
	}
	for _, secret := range []string{"ecret", "probe"} {
		if strings.Contains(text, secret) {
			w.Fatalf("%s tells customers of %q:\n%s", inc.ID, secret, text)
		}
	}
	if strings.Contains(text, "- \n") || strings.Contains(text, "Something does not work") {
		w.Fatalf("%s has an update about nothing:\n%s", inc.ID, text)
	}
}
