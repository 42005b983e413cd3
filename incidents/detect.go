package incidents

import (
	"slices"
	"time"

	"candor/probes"
)

// Policy says how results become incidents.
type Policy struct {
	Rules        []Rule
	Components   []Component
	Hold         time.Duration // all well for so long: monitoring
	ResolveAfter time.Duration // monitoring for so long and still well: resolved
	Promise      time.Duration // until the next automatic update
	Wording      Wording       // complete: see Wording.Or
	Zone         *time.Location
}

// Window returns how many recent results of each probe Detect looks at.
func (p Policy) Window() int {
	n := 1
	for _, r := range p.Rules {
		n = max(n, r.needs())
	}
	return n
}

// Verdict is what Detect wants done to one incident.
type Verdict struct {
	Incident  string    // id; empty to open a new one
	Version   int       // of the incident the verdict is about
	Cause     string    // id of the component a new incident is opened for
	Title     string    // empty keeps the present one
	StartedAt time.Time // zero keeps the present one
	Symptoms  []Symptom // what the incident's symptoms become
	Updates   []Update  // to post, in order; may be none
}

// Detect decides, from each probe's recent results (newest first) and the open incidents, what should change.
// It is pure: the same facts give the same verdicts.
func Detect(p Policy, recent map[string][]probes.Result, open []*Incident, now time.Time) []Verdict {
	d := detector{Policy: p, graph: newGraph(p.Components), now: now, judged: map[string]judgement{}, suspects: map[string]bool{}}
	for _, rule := range p.Rules {
		results := recent[rule.Probe]
		if len(results) == 0 {
			continue
		}
		j := judge(rule, results, ongoing(open, rule.Probe))
		d.judged[rule.Probe] = j
		if j.suspect || j.failing {
			d.suspects[rule.Component] = true
		}
	}
	for _, inc := range open {
		d.cases = append(d.cases, &dossier{inc: inc, symptoms: slices.Clone(inc.Symptoms)})
	}
	d.follow()
	d.assign()
	var verdicts []Verdict
	for _, c := range d.cases {
		if v, ok := d.decide(c); ok {
			verdicts = append(verdicts, v)
		}
	}
	return verdicts
}

// ongoing says whether an open incident has the probe among its lasting symptoms.
func ongoing(open []*Incident, probe string) bool {
	return slices.ContainsFunc(open, func(inc *Incident) bool {
		return slices.ContainsFunc(inc.Symptoms, func(s Symptom) bool { return s.Probe == probe && s.Lasts() })
	})
}

// detector is one run of Detect.
type detector struct {
	Policy
	graph    graph
	now      time.Time
	judged   map[string]judgement // by probe
	suspects map[string]bool      // component ids with a bad result in view
	cases    []*dossier
}

// dossier is an incident, open or to be opened, with what changes about it now.
type dossier struct {
	inc      *Incident // nil when it is to be opened
	symptoms []Symptom
	joined   []Symptom // new, or back again
	worse    []Symptom // with another status than before
	ended    []Symptom // recovered just now
}

// follow brings the symptoms of the open incidents up to date.
func (d *detector) follow() {
	for _, c := range d.cases {
		for i, s := range c.symptoms {
			j, known := d.judged[s.Probe]
			switch {
			case !known || !s.Lasts():
			case !j.failing:
				c.symptoms[i].Until = j.until
				c.ended = append(c.ended, c.symptoms[i])
			case j.suspect && j.status != s.Status:
				c.symptoms[i].Status, c.symptoms[i].Reason, c.symptoms[i].Detail = j.status, string(j.last.Reason), j.last.Detail
				c.worse = append(c.worse, c.symptoms[i])
			}
		}
	}
}

// assign gives each newly failing probe to an open incident that it belongs to, or to a new one.
func (d *detector) assign() {
	for _, rule := range d.Rules {
		j := d.judged[rule.Probe]
		if !j.failing || d.claimed(rule.Probe) {
			continue
		}
		s := Symptom{Probe: rule.Probe, Component: rule.Component, Text: rule.Symptom, Internal: d.graph[rule.Component].Internal,
			Status: j.status, Reason: string(j.last.Reason), Detail: j.last.Detail, Since: j.since}
		c := d.home(s)
		if c == nil {
			c = &dossier{}
			d.cases = append(d.cases, c)
		}
		c.join(s)
	}
}

// claimed says whether an incident already has the probe among its lasting symptoms.
func (d *detector) claimed(probe string) bool {
	return slices.ContainsFunc(d.cases, func(c *dossier) bool {
		return slices.ContainsFunc(c.symptoms, func(s Symptom) bool { return s.Probe == probe && s.Lasts() })
	})
}

// home returns the incident that a symptom belongs to: first one that affects its component, then the oldest linked one.
func (d *detector) home(s Symptom) *dossier {
	for _, c := range slices.Backward(d.cases) { // open incidents come newest first
		if slices.Contains(c.components(), s.Component) {
			return c
		}
	}
	suspect := func(id string) bool { return d.suspects[id] }
	for _, c := range slices.Backward(d.cases) {
		if slices.ContainsFunc(c.components(), func(id string) bool { return d.graph.linked(id, s.Component, suspect) }) {
			return c
		}
	}
	return nil
}

// components returns the ids of what the incident is about now.
func (c *dossier) components() []string {
	var ids []string
	if c.inc != nil {
		ids = append(ids, c.inc.Touched()...)
	}
	for _, s := range c.symptoms {
		ids = append(ids, s.Component)
	}
	return ids
}

// join adds a symptom; one that the incident had before comes back to life.
func (c *dossier) join(s Symptom) {
	c.joined = append(c.joined, s)
	for i, old := range c.symptoms {
		if old.Probe == s.Probe {
			s.Since = old.Since
			c.symptoms[i] = s
			return
		}
	}
	c.symptoms = append(c.symptoms, s)
}

// lasting returns the symptoms that still last.
func (c *dossier) lasting() []Symptom {
	return slices.DeleteFunc(slices.Clone(c.symptoms), func(s Symptom) bool { return !s.Lasts() })
}

// wellSince returns when the last symptom ended; zero while one lasts or when there never was one.
func (c *dossier) wellSince() time.Time {
	var last time.Time
	for _, s := range c.symptoms {
		if s.Lasts() {
			return time.Time{}
		}
		if s.Until.After(last) {
			last = s.Until
		}
	}
	return last
}
