package incidents

import (
	"fmt"
	"slices"
	"time"

	"candor/probes"
)

// Replay lets Detect decide over results of the past as Tracker would have, without storing anything.
type Replay struct {
	policy Policy
	eye    *eye
	recent map[string][]probes.Result // by probe, oldest first
	now    time.Time
	all    []*Incident // newest first
}

// NewReplay begins a replay under a policy.
func NewReplay(p Policy) *Replay {
	return &Replay{policy: p, eye: newEye(p), recent: map[string][]probes.Result{}}
}

// See takes the next result. They come in the order in which their runs began.
func (r *Replay) See(result probes.Result) {
	if done := result.At.Add(result.Took); done.After(r.now) {
		r.pass(done)
	}
	list := append(r.recent[result.Probe], result)
	if n := r.policy.Window(); len(list) > 2*n {
		list = slices.Clone(list[len(list)-n:])
	}
	r.recent[result.Probe] = list
	r.eye.see([]probes.Result{result})
	r.step()
}

// End returns what would have been, oldest first: as it was at until.
func (r *Replay) End(until time.Time) []*Incident {
	r.pass(until)
	slices.Reverse(r.all)
	return r.all
}

// pass lets time pass as Tracker does, which looks at open incidents on each beat.
func (r *Replay) pass(until time.Time) {
	for r.eye.open && !r.now.IsZero() && r.now.Add(beat).Before(until) {
		r.now = r.now.Add(beat)
		r.step()
	}
	r.now = until
}

func (r *Replay) step() {
	if !r.eye.alert() {
		return
	}
	from := r.now.Add(-r.policy.Memory())
	known := slices.DeleteFunc(slices.Clone(r.all), func(inc *Incident) bool { return !inc.Open() && inc.ResolvedAt().Before(from) })
	recent := map[string][]probes.Result{}
	for _, key := range r.eye.watch(known) {
		list := slices.Clone(r.recent[key])
		slices.Reverse(list)
		recent[key] = list[:min(len(list), r.policy.Window())]
	}
	for _, v := range Detect(r.policy, Facts{Now: r.now, Recent: recent, Known: known}) {
		inc := &Incident{ID: fmt.Sprint(len(r.all) + 1), Cause: v.Cause}
		if i := slices.IndexFunc(known, func(o *Incident) bool { return o.ID == v.Incident }); i >= 0 {
			inc = known[i]
		} else {
			r.all = append([]*Incident{inc}, r.all...)
		}
		if err := v.apply(inc); err != nil {
			continue // Detect's updates are legal; were one not, the next step decides again
		}
	}
	slices.SortStableFunc(r.all, func(a, b *Incident) int { return b.StartedAt.Compare(a.StartedAt) })
	r.eye.settle(recent, r.all)
}

// Difference holds an incident that was against the one that would have been; one of them may be nil.
type Difference struct{ Was, Would *Incident }

// Compare pairs the incidents that were with those that would have been, by the symptoms or components they share
// while both went on, in the order of their beginnings.
func Compare(was, would []*Incident) []Difference {
	var out []Difference
	left := slices.Clone(was)
	for _, w := range would {
		i := slices.IndexFunc(left, func(o *Incident) bool { return o.during(w) && o.shares(w) })
		if i < 0 {
			out = append(out, Difference{Would: w})
			continue
		}
		out = append(out, Difference{left[i], w})
		left = slices.Delete(left, i, i+1)
	}
	for _, o := range left {
		out = append(out, Difference{Was: o})
	}
	began := func(d Difference) time.Time {
		if d.Would != nil {
			return d.Would.StartedAt
		}
		return d.Was.StartedAt
	}
	slices.SortStableFunc(out, func(a, b Difference) int { return began(a).Compare(began(b)) })
	return out
}

// during says whether two incidents were open at the same time.
func (inc *Incident) during(o *Incident) bool {
	before := func(a, b *Incident) bool { return !a.Open() && a.ResolvedAt().Before(b.StartedAt) }
	return !before(inc, o) && !before(o, inc)
}

// shares says whether two incidents have a probe or a component in common.
func (inc *Incident) shares(o *Incident) bool {
	return inc.likeness(o) > 0 || slices.ContainsFunc(inc.Touched(), func(id string) bool { return slices.Contains(o.Touched(), id) })
}
