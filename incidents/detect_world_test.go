package incidents

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"candor/probes"
)

// tick is how often the worlds below let Detect decide.
const tick = 3 * time.Second

// world is a product with checks, people and a clock, drawn at random. Its incidents change as Tracker changes them.
type world struct {
	*rapid.T
	policy  Policy
	removed map[string]Rule      // rules taken out of the configuration for a while, by probe
	pattern map[string]string    // by probe: what it finds, one letter a run, over and over; '-' is no result, 'l' a late failure
	runs    map[string]int       // by probe
	due     map[string]time.Time // by probe: its next run
	results map[string][]probes.Result
	late    []probes.Result
	now     time.Time
	all     []*Incident // newest first
	ahead   map[string]Foresight
	taken   map[string]int // incident → length of the timeline when a person took it over
}

// loud is a wording that says all it can, so that whatever could leak does.
func loud() Wording {
	all := strings.Join(Placeholders, " / ")
	return Wording{all, "o " + all, "y " + all, "g " + all, "s " + all, "i " + all, "r " + all, "c " + all, "m " + all, "e " + all}
}

// pick draws a number below n, all about equally likely.
func pick(t *rapid.T, label string, n int) int {
	return int(rapid.Uint64().Draw(t, label) % uint64(n))
}

func among[V any](t *rapid.T, label string, from ...V) V { return from[pick(t, label, len(from))] }

func newWorld(t *rapid.T) *world {
	w := &world{T: t, removed: map[string]Rule{}, pattern: map[string]string{}, runs: map[string]int{},
		due: map[string]time.Time{}, results: map[string][]probes.Result{}, now: epoch, ahead: map[string]Foresight{}, taken: map[string]int{}}
	w.policy = Policy{Publish: map[string]Publish{}, Reopen: among(t, "reopen", 0, time.Minute, 30*time.Minute), MinOpen: among(t, "min open", 0, 0, 10*time.Minute), Hold: among(t, "hold", 0, 10*time.Second, time.Minute, 5*time.Minute),
		ResolveAfter: among(t, "resolve", 0, 10*time.Second, 5*time.Minute), Promise: among(t, "promise", time.Minute, 10*time.Minute, 30*time.Minute),
		Wording: among(t, "wording", DefaultWording, loud())}
	components := 1 + pick(t, "components", 6)
	for i := range components {
		c := Component{ID: fmt.Sprintf("c%d", i), Name: fmt.Sprintf("Public%d", i), Internal: pick(t, "internal", 3) == 0}
		if c.Internal {
			c.Name = fmt.Sprintf("Secret%d", i)
		}
		for range pick(t, "dependencies", 3) { // one more than there are: an unknown one
			c.DependsOn = append(c.DependsOn, fmt.Sprintf("c%d", pick(t, "depends on", components+1)))
		}
		switch pick(t, "publish", 5) {
		case 0:
			w.policy.Publish[c.ID], c.Name = Publish{Never: true}, fmt.Sprintf("Secret%d", i)
		case 1:
			w.policy.Publish[c.ID] = Publish{After: among(t, "after", 5*time.Second, 2*time.Minute, 20*time.Minute)}
		}
		w.policy.Components = append(w.policy.Components, c)
	}
	for i := range 1 + pick(t, "probes", 8) {
		c := w.policy.Components[pick(t, "component", components)]
		r := Rule{Probe: fmt.Sprintf("probe%d", i), Component: c.ID, Symptom: fmt.Sprintf("Customers notice %d", i/2),
			Status:     among(t, "status", ComponentStatuses[2:]...),
			Failures:   1 + pick(t, "failures", 3),
			Recoveries: 1 + pick(t, "recoveries", 4),
			Interval:   among(t, "interval", 2*time.Second, 10*time.Second, time.Minute, 5*time.Minute)}
		r.Of = r.Failures + pick(t, "more", 4)
		if pick(t, "warning", 3) == 0 {
			r.Warning = "Customers may notice"
		}
		if c.Internal || w.policy.Publish[c.ID].Never {
			r.Symptom = among(t, "symptom", "", "Secret trouble")
		}
		w.policy.Rules = append(w.policy.Rules, r)
		w.pattern[r.Probe] = "o"
	}
	return w
}

var patterns = []string{"o", "x", "d", "u", "-", "xo", "xoo", "xxoo", "xxxoooo", "xddd", "xuo", "xu", "ooou", "l", "xl", "xo-", strings.Repeat("xxo", 9) + strings.Repeat("-", 40)}

// run lets the probes run that are due, and delivers what is late.
func (w *world) run() {
	w.late = slices.DeleteFunc(w.late, func(r probes.Result) bool {
		if w.now.Sub(r.At) < 40*time.Second {
			return false
		}
		w.deliver(r)
		return true
	})
	for _, rule := range w.policy.Rules {
		if w.now.Before(w.due[rule.Probe]) {
			continue
		}
		w.due[rule.Probe] = w.now.Add(rule.Interval)
		n := w.runs[rule.Probe]
		w.runs[rule.Probe] = n + 1
		r := probes.Result{Probe: rule.Probe, At: w.now, Reason: "secret reason", Detail: "secret detail"}
		switch p := w.pattern[rule.Probe]; p[n%len(p)] {
		case 'o':
			r = probes.Result{Probe: rule.Probe, At: w.now, Outcome: probes.OK}
		case 'x', 'l':
			r.Outcome = probes.Failed
		case 'd':
			r.Outcome = probes.Degraded
		case 'u':
			r.Outcome = probes.Unknown
		}
		if p := w.pattern[rule.Probe]; p[n%len(p)] == 'l' {
			w.late = append(w.late, r)
		} else if r.Outcome != "" {
			w.deliver(r)
		}
	}
}

func (w *world) deliver(r probes.Result) {
	list := append(w.results[r.Probe], r)
	slices.SortStableFunc(list, func(a, b probes.Result) int { return b.At.Compare(a.At) })
	w.results[r.Probe] = list[:min(len(list), 60)]
}

func (w *world) open() []*Incident {
	return slices.DeleteFunc(slices.Clone(w.all), func(inc *Incident) bool { return !inc.Open() })
}

// decide calls Detect as Tracker does.
func (w *world) decide() []Verdict {
	recent := map[string][]probes.Result{}
	for key, list := range w.results {
		recent[key] = list[:min(len(list), w.policy.Window())]
	}
	known := slices.DeleteFunc(slices.Clone(w.all), func(inc *Incident) bool {
		return !inc.Open() && inc.ResolvedAt().Before(w.now.Add(-w.policy.Memory()))
	})
	for key, f := range w.ahead {
		f.At = w.now
		w.ahead[key] = f
	}
	return Detect(w.policy, Facts{Now: w.now, Recent: recent, Known: known, Foresight: w.ahead})
}

// apply carries verdicts out; an update that is refused fails the test.
func (w *world) apply(verdicts []Verdict) {
	for _, v := range verdicts {
		inc := &Incident{ID: fmt.Sprintf("i%d", len(w.all)+1), Cause: v.Cause}
		if i := slices.IndexFunc(w.all, func(o *Incident) bool { return o.ID == v.Incident }); i >= 0 {
			inc = w.all[i]
		} else {
			if slices.ContainsFunc(w.open(), func(o *Incident) bool { return o.Cause == v.Cause }) {
				w.Fatalf("two open incidents for %s", v.Cause)
			}
			w.checkStart(v)
			w.all = append([]*Incident{inc}, w.all...)
		}
		if err := v.apply(inc); err != nil {
			w.Fatalf("an automatic update is refused: %v\n%+v", err, v)
		}
	}
	slices.SortStableFunc(w.all, func(a, b *Incident) int { return b.StartedAt.Compare(a.StartedAt) })
}

// act lets a person, or the outside, do something.
func (w *world) act() {
	probe := fmt.Sprintf("probe%d", pick(w.T, "probe", len(w.pattern)))
	what := among(w.T, "act", "pattern", "pattern", "pattern", "pattern", "pattern", "pattern", "outage", "outage", "recovery", "note", "post", "resolve", "declare", "configure", "limit")
	switch what {
	case "pattern":
		w.pattern[probe] = among(w.T, "pattern", patterns...)
	case "outage", "recovery":
		p := map[string]string{"outage": "x", "recovery": "o"}[what]
		for key := range w.pattern {
			w.pattern[key] = p
		}
	case "limit":
		o := Outlook{At: w.now.Add(time.Hour), Earliest: w.now.Add(time.Minute), Latest: w.now.Add(2 * time.Hour)}
		w.ahead[WarningKey(probe, "secret memory")] = Foresight{Probe: probe, Measurement: "secret memory", Outlook: o, Move: among(w.T, "move", Warn, Keep, Lift)}
	case "configure":
		if r, ok := w.removed[probe]; ok {
			delete(w.removed, probe)
			w.policy.Rules = append(w.policy.Rules, r)
		} else {
			i := slices.IndexFunc(w.policy.Rules, func(r Rule) bool { return r.Probe == probe })
			w.removed[probe] = w.policy.Rules[i]
			w.policy.Rules = slices.Delete(slices.Clone(w.policy.Rules), i, i+1)
		}
	default:
		w.person(what)
	}
}

func (w *world) person(what string) {
	component := among(w.T, "component", w.policy.Components...).ID
	u := Update{At: w.now, Status: Identified, Body: "A person writes.", Author: "Ada", NextBy: w.now.Add(time.Hour),
		Changes: []Change{{Component: component, To: among(w.T, "to", ComponentStatuses...)}}}
	open := w.open()
	switch {
	case what == "declare":
		open = []*Incident{{ID: fmt.Sprintf("i%d", len(w.all)+1), Title: "A person says", StartedAt: w.now}}
		w.all = append(open, w.all...)
	case len(open) == 0:
		return
	case what == "note":
		u.Status, u.Team, u.NextBy, u.Changes = "", true, time.Time{}, nil
	case what == "resolve":
		u.Status, u.NextBy = Resolved, time.Time{}
	}
	inc := among(w.T, "incident", open...)
	if err := inc.Post(u); err != nil {
		w.Fatal(err)
	}
	if _, ok := w.taken[inc.ID]; !ok && !u.Team {
		w.taken[inc.ID] = len(inc.timeline)
	}
}
