package incidents

import (
	"slices"
	"time"
)

// assign gives each newly failing probe to an open incident that it belongs to, or to a new one.
func (d *detector) assign() {
	for _, rule := range d.Rules {
		j := d.judged[rule.Probe]
		if !j.failing || d.claimed(rule.Probe) || d.awaitsWitness(j) {
			continue
		}
		d.place(j.symptom(Symptom{Probe: rule.Probe, Component: rule.Component, Since: j.since}))
	}
}

// place gives a symptom to the incident that it belongs to, unless what customers read must wait.
func (d *detector) place(s Symptom) {
	c := d.home(s)
	if c == nil {
		c = &dossier{inc: d.reopens(s)}
		if c.inc != nil {
			c.symptoms = slices.Clone(c.inc.Symptoms)
		}
		d.cases = append(d.cases, c)
	}
	s.Internal = !d.tells(c.inc, s)
	if d.waits(c) && !d.repeats(c, s) {
		c.waiting = true
		return
	}
	d.join(c, s)
	d.merge(c, s)
}

// reopens returns the incident that a symptom brings back: the last one that had this failure, when it was the checks'
// own and ended a short while ago.
func (d *detector) reopens(s Symptom) *Incident {
	var last *Incident
	for _, inc := range d.Known {
		ended := inc.ResolvedAt()
		if ended.IsZero() || d.Now.Sub(ended) > d.Reopen || d.Reopen <= 0 || !inc.Untouched() {
			continue
		}
		if s.Warning && inc.Public() || last != nil && last.ResolvedAt().After(ended) {
			continue
		}
		if slices.ContainsFunc(inc.Symptoms, func(old Symptom) bool { return old.Probe == s.Probe }) {
			last = inc
		}
	}
	return last
}

// together is how long after a public update more symptoms wait to be told in one update, and not in one each;
// Policy.Hold, if that is shorter.
const together = 15 * time.Second

// waits says whether customers were told of the incident too recently to be told of one more symptom.
func (d *detector) waits(c *dossier) bool {
	if c.inc == nil || !c.inc.Public() || !c.inc.Untouched() {
		return false
	}
	told := c.inc.PublicTimeline()
	return d.Now.Sub(told[len(told)-1].At) < min(together, d.Hold)
}

// repeats says whether a symptom tells customers nothing new: of its component they know the same from another probe.
func (d *detector) repeats(c *dossier, s Symptom) bool {
	return c.inc != nil && c.inc.Untouched() && !s.Internal &&
		slices.ContainsFunc(c.inc.Symptoms, func(o Symptom) bool {
			return !o.Internal && o.Lasts() && o.Component == s.Component && o.Text == s.Text && o.Status.Worse(s.Status) == o.Status
		})
}

// claimed says whether an incident already has the probe among its lasting symptoms.
func (d *detector) claimed(probe string) bool {
	return slices.ContainsFunc(d.cases, func(c *dossier) bool {
		return slices.ContainsFunc(c.symptoms, func(s Symptom) bool { return s.Probe == probe && s.Lasts() })
	})
}

// home returns the incident that a symptom belongs to: first one that affects its component, then the oldest linked one
// that customers know of, then the oldest linked one.
func (d *detector) home(s Symptom) *dossier {
	var first *dossier
	for _, c := range slices.Backward(d.cases) { // open incidents come newest first
		switch {
		case c.into != nil:
		case slices.Contains(c.components(), s.Component):
			return c
		case !d.linked(c, s):
		case first == nil || !first.public() && c.public():
			first = c
		}
	}
	return first
}

// linked says whether a symptom probably has the cause of an incident.
func (d *detector) linked(c *dossier, s Symptom) bool {
	suspect := func(id string) bool { return d.suspects[id] }
	return slices.ContainsFunc(c.components(), func(id string) bool { return d.graph.linked(id, s.Component, suspect) })
}
