package incidents

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// Witness is a probe of something that should always answer, and that the product has no part in. While most
// witnesses fail at a place, bad results from there say nothing about the product.
type Witness struct {
	Probe    string // key
	Interval time.Duration
}

const (
	witnessTime = 2 * time.Second // how long a failure waits for what the witnesses find
	blindTime   = time.Minute     // how long failing together is taken for blindness, where no witness is
	blindGroups = 4               // how many unrelated groups of components must fail in the same second for that
)

// Blindness says that the checks of a place cannot see.
type Blindness struct {
	Place     string
	Since     time.Time
	Witnesses []string // probes that fail there; none when everything failed in the same second
}

// Blind returns the places whose checks cannot see now. The facts need the results of all witnesses and probes, and
// no incidents.
func Blind(p Policy, f Facts) []Blindness {
	var out []Blindness
	for _, place := range witnessPlaces(p, f.Recent) {
		if b, ok := p.witnessed(f.Recent, place, f.Now); ok {
			out = append(out, b)
		}
	}
	d := newDetector(p, f)
	d.lookAll(nil)
	if !d.doubted.IsZero() {
		out = append(out, Blindness{Place: "local", Since: d.doubted})
	}
	return out
}

func witnessPlaces(p Policy, recent map[string][]probes.Result) []string {
	places := map[string]bool{}
	for _, w := range p.Witnesses {
		for _, r := range recent[w.Probe] {
			places[r.Place] = true
		}
	}
	return slices.Sorted(maps.Keys(places))
}

// witnessed says whether most witnesses failed at a place at some time. What a witness found holds until it looks
// again; a failure reaches back to the last time that it did not fail, because it may have begun right after.
func (p Policy) witnessed(recent map[string][]probes.Result, place string, at time.Time) (Blindness, bool) {
	out := Blindness{Place: place}
	heard := 0
	for _, w := range p.Witnesses {
		before, after := around(w, recent[w.Probe], place, at)
		if before == nil && after == nil {
			continue
		}
		heard++
		switch {
		case before != nil && before.Outcome.Bad():
			out.Witnesses = append(out.Witnesses, w.Probe)
			out.Since = latest(out.Since, before.At)
		case after != nil && after.Outcome.Bad():
			out.Witnesses = append(out.Witnesses, w.Probe)
			out.Since = latest(out.Since, after.At)
		}
	}
	return out, 2*len(out.Witnesses) > heard
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// around returns a witness's last result up to a time, unless it is old, and the next one after it; those that tell
// nothing are passed over.
func around(w Witness, results []probes.Result, place string, at time.Time) (before, after *probes.Result) {
	rule := Rule{Interval: w.Interval}
	for i, r := range results { // newest first
		switch {
		case r.Place != place || r.Outcome == probes.Unknown:
		case r.At.After(at):
			after = &results[i]
		case rule.apart(r.At, at):
			return nil, after
		default:
			return &results[i], after
		}
	}
	return nil, after
}

// clear returns the results with those made unknown that were bad while their place was blind.
func (p Policy) clear(recent map[string][]probes.Result, results []probes.Result) []probes.Result {
	if len(p.Witnesses) == 0 {
		return results
	}
	out := slices.Clone(results)
	for i, r := range out {
		if !r.Outcome.Bad() {
			continue
		}
		if b, blind := p.witnessed(recent, r.Place, r.At); blind {
			out[i].Outcome, out[i].Reason = probes.Unknown, probes.Internal
			out[i].Detail = fmt.Sprintf("the checks at %s cannot see: %s fails too; found: %s", r.Place, strings.Join(b.Witnesses, ", "), r.Detail)
		}
	}
	return out
}

// awaitsWitness says whether a new failure must wait for the witnesses to be heard, or is one of very many.
func (d *detector) awaitsWitness(j judgement) bool {
	if len(d.Witnesses) == 0 {
		return !d.doubted.IsZero() && !j.since.Before(d.doubted) && j.since.Sub(d.doubted) <= time.Second
	}
	if !d.Now.Before(j.last.At.Add(j.last.Took + witnessTime)) {
		return false
	}
	heard := func(w Witness) bool {
		return slices.ContainsFunc(d.Recent[w.Probe], func(r probes.Result) bool { return r.Place == j.last.Place && !r.At.Before(j.since) })
	}
	n := 0
	for _, w := range d.Witnesses {
		if heard(w) {
			n++
		}
	}
	return 2*n <= len(d.Witnesses)
}

// together returns when most unrelated groups of components began to fail in the same second, a short while ago, or
// zero: then it is more likely the checks' own network than everything at once. Witnesses know better, where there are.
func (d *detector) together() time.Time {
	if len(d.Witnesses) > 0 || len(d.suspects) < blindGroups {
		return time.Time{}
	}
	groups := d.graph.groups()
	all, first := map[string]bool{}, map[string]time.Time{}
	for _, rule := range d.Rules {
		group := groups[rule.Component]
		all[group] = true
		j := d.judged[rule.Probe]
		if began := j.since; j.suspect && !began.IsZero() && d.Now.Sub(began) < blindTime && (first[group].IsZero() || began.Before(first[group])) {
			first[group] = began
		}
	}
	times := slices.SortedFunc(maps.Values(first), time.Time.Compare)
	for i, from := range times {
		n := 0
		for _, t := range times[i:] {
			if t.Sub(from) <= time.Second {
				n++
			}
		}
		if n >= blindGroups && 2*n > len(all) {
			return from
		}
	}
	return time.Time{}
}

// groups names for each component the group of those that depend on each other, however indirectly and in whichever
// direction.
func (g graph) groups() map[string]string {
	out := map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(g)) {
		out[id] = id
	}
	merge := func(a, b string) {
		for id, group := range out {
			if group == b {
				out[id] = a
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(g)) {
		for _, dep := range g[id].DependsOn {
			if _, known := g[dep]; known && out[dep] != out[id] {
				merge(out[id], out[dep])
			}
		}
	}
	return out
}

// discern makes bad results of a blind place unknown before they are stored, by what the witnesses found so far.
// When the store cannot tell, they stay as they are: Detect looks again.
func (t *Tracker) discern(ctx context.Context, batch []probes.Result) []probes.Result {
	if len(t.policy.Witnesses) == 0 || allGood(batch) {
		return batch
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	recent, err := t.store.RecentResults(ctx, t.policy.witnessKeys(), witnessView)
	if err != nil {
		return batch
	}
	for _, r := range batch {
		if slices.Contains(t.policy.witnessKeys(), r.Probe) {
			recent[r.Probe] = append([]probes.Result{r}, recent[r.Probe]...)
		}
	}
	out := t.policy.clear(recent, batch)
	for i, r := range batch {
		if slices.Contains(t.policy.witnessKeys(), r.Probe) {
			out[i] = r // a witness speaks for itself
		} else if out[i].Outcome != r.Outcome && time.Since(t.warned) > time.Minute {
			t.warned = time.Now()
			slog.Warn("the checks of a place cannot see", "place", r.Place, "probe", r.Probe)
		}
	}
	return out
}

// witnessView is how many recent results of each witness are looked at.
const witnessView = 20

func (p Policy) witnessKeys() []string {
	keys := make([]string, len(p.Witnesses))
	for i, w := range p.Witnesses {
		keys[i] = w.Probe
	}
	return keys
}
