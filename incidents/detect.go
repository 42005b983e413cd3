package incidents

import (
	"fmt"
	"slices"
	"time"

	"candor/probes"
)

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

// apply does to the incident what the verdict wants.
func (v Verdict) apply(inc *Incident) error {
	if v.Title != "" {
		inc.Title = v.Title
	}
	if !v.StartedAt.IsZero() {
		inc.StartedAt = v.StartedAt
	}
	inc.Symptoms = v.Symptoms
	for _, u := range v.Updates {
		if err := inc.Post(u); err != nil {
			return fmt.Errorf("post an automatic update to incident %s: %w", inc.ID, err)
		}
	}
	return nil
}

// Facts are what Detect decides from.
type Facts struct {
	Now    time.Time
	Recent map[string][]probes.Result // by probe, newest first: at most Policy.Window of each
	Known  []*Incident                // newest first: those that are open, and those resolved within Policy.Memory
	// Excused says, by component id, until when failures are maintenance's: they open nothing. What goes on is
	// followed and ended as ever.
	Excused map[string]time.Time
	// Foresight says, by WarningKey, which limits come near.
	Foresight map[string]Foresight
}

// Detect decides what should change. It is pure: the same facts give the same verdicts.
func Detect(p Policy, f Facts) []Verdict {
	d := newDetector(p, f)
	open := slices.DeleteFunc(slices.Clone(f.Known), func(inc *Incident) bool { return !inc.Open() })
	d.lookAll(open)
	for _, inc := range open {
		d.cases = append(d.cases, &dossier{inc: inc, symptoms: slices.Clone(inc.Symptoms)})
	}
	d.follow()
	d.assign()
	d.foresee()
	var verdicts []Verdict
	for _, c := range d.cases {
		if v, ok := d.decide(c); ok {
			verdicts = append(verdicts, v)
		}
	}
	return verdicts
}

func newDetector(p Policy, f Facts) *detector {
	return &detector{Policy: p, Facts: f, graph: newGraph(p.Components),
		rules: make(map[string]*Rule, len(p.Rules)), judged: map[string]judgement{}, suspects: map[string]bool{}}
}

// lookAll judges every probe that has a rule.
func (d *detector) lookAll(open []*Incident) {
	told, ongoing := told(d.Known), ongoing(open)
	for i := range d.Rules {
		rule := &d.Rules[i]
		d.rules[rule.Probe] = rule
		if results := d.Recent[rule.Probe]; len(results) > 0 {
			since, going := ongoing[rule.Probe]
			d.look(*rule, results, latest(told[rule.Probe], d.Excused[rule.Component]), since, going)
		}
	}
	d.doubted = d.together()
}

// look judges one probe by its results after a time or, when it is going on failing, since it began.
func (d *detector) look(rule Rule, results []probes.Result, after, since time.Time, going bool) {
	results = d.clear(d.Recent, results[:min(len(results), rule.view())])
	if going {
		results = slices.DeleteFunc(slices.Clone(results), func(r probes.Result) bool { return r.At.Before(since) })
	} else {
		results = rule.current(results, after, d.Now)
	}
	if len(results) == 0 {
		return
	}
	j := judge(rule, results, going)
	d.judged[rule.Probe] = j
	if j.suspect || j.failing {
		d.suspects[rule.Component] = true
	}
}

// told returns, by probe, the time up to which its failures are part of an incident that is over for it.
func told(known []*Incident) map[string]time.Time {
	until := map[string]time.Time{}
	for _, inc := range known {
		for _, s := range inc.Symptoms {
			until[s.Probe] = latest(until[s.Probe], latest(s.Until, inc.ResolvedAt()))
		}
	}
	return until
}

// ongoing returns, by probe, since when an open incident has had it among its lasting symptoms.
func ongoing(open []*Incident) map[string]time.Time {
	since := map[string]time.Time{}
	for _, inc := range open {
		for _, s := range inc.Symptoms {
			if _, had := since[s.Probe]; !had && s.Lasts() {
				since[s.Probe] = s.Since
			}
		}
	}
	return since
}

// detector is one run of Detect.
type detector struct {
	Policy
	Facts
	graph    graph
	doubted  time.Time            // when so much began to fail at once that the checks doubt themselves; zero when they do not
	rules    map[string]*Rule     // by probe
	judged   map[string]judgement // by probe
	suspects map[string]bool      // component ids with a bad result in view
	cases    []*dossier
}

// dossier is an incident, open or to be opened, with what changes about it now.
type dossier struct {
	inc      *Incident // nil when it is to be opened
	symptoms []Symptom
	moved    bool      // some symptom is not as it is stored
	joined   []Symptom // new, or back after customers were told that it is over
	repeated []Symptom // new, but customers know as much
	worse    []Symptom // with a worse status than before
	waiting  bool      // more has failed, which is told with the next update
	into     *dossier  // what it was merged into
}

// follow brings the symptoms of the open incidents up to date.
func (d *detector) follow() {
	for _, c := range d.cases {
		for i := range c.symptoms {
			switch s := &c.symptoms[i]; {
			case !s.Lasts():
			case s.Warning:
				d.followWarning(c, s)
			default:
				d.followOne(c, s)
			}
		}
		if !d.waits(c) {
			d.release(c)
		}
	}
}

func (d *detector) followOne(c *dossier, s *Symptom) {
	j, known := d.judged[s.Probe]
	_, ruled := d.rules[s.Probe]
	switch {
	case !ruled: // no longer configured: nothing would ever end it
		s.Until, c.moved = d.Now, true
	case !known:
	case !j.failing:
		s.Until, c.moved = j.until, true
	case !j.suspect || j.status == s.Status && j.symptom(*s).Text == s.Text:
	case j.status == s.Status:
		*s, c.moved = j.symptom(*s), true
	case j.status.Worse(s.Status) == j.status:
		*s, c.moved = j.symptom(*s), true
		c.worse = append(c.worse, *s)
	case c.inc.Untouched() && d.promiseDue(c): // better can wait for the next update, lest a flapping target be told of each time
		*s, c.moved = j.symptom(*s), true
	}
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

// join adds a symptom; one that the incident had before comes back to life. That is no news when nobody was told
// of its end.
func (d *detector) join(c *dossier, s Symptom) {
	c.moved = true
	i := slices.IndexFunc(c.symptoms, func(old Symptom) bool { return old.Probe == s.Probe })
	if i < 0 {
		c.symptoms = append(c.symptoms, s)
		if d.repeats(c, s) {
			c.repeated = append(c.repeated, s)
		} else {
			c.joined = append(c.joined, s)
		}
		return
	}
	old := c.symptoms[i]
	s.Returns = old.Returns + 1
	s.Internal = s.Internal && old.Internal // what customers know once is told again
	over := c.inc.Untouched() && c.inc.Affected()[s.Component] == "" && !d.withholds(c, s.Component)
	if over || !c.inc.Open() || d.endTold(c, old) {
		c.joined, c.symptoms[i] = append(c.joined, s), s
		return
	}
	s.Since = old.Since
	s.Internal = s.Internal && !d.tells(c.inc, s)
	switch {
	case old.Internal && !s.Internal:
		c.joined = append(c.joined, s)
	case s.Status.Worse(old.Status) != old.Status:
		c.worse = append(c.worse, s)
	default:
		s.Status, s.Text = old.Status, old.Text
	}
	c.symptoms[i] = s
}

// endTold says whether the checks have posted since the end of a symptom was certain: each update of theirs tells
// of all such ends.
func (d *detector) endTold(c *dossier, s Symptom) bool {
	for _, u := range slices.Backward(c.inc.timeline) {
		if u.Author == "" {
			return !u.At.Before(s.Until.Add(d.hold(s)))
		}
	}
	return false
}

// longestHold is how long an intermittent symptom must be over, at most, unless Policy.Hold is longer.
const longestHold = 15 * time.Minute

// hold returns how long a symptom must be over before it is believed. Each time it comes back, from the second on,
// makes that four times as long, so that a target which comes and goes makes one incident and few updates.
func (d *detector) hold(s Symptom) time.Duration {
	return max(d.Hold, min(d.Hold<<min(2*max(s.Returns-1, 0), 20), longestHold))
}

// held says whether every symptom that keeps the incident open has been over for its hold time.
func (d *detector) held(c *dossier) bool {
	return !slices.ContainsFunc(c.symptoms, func(s Symptom) bool { return !c.aside(s) && (s.Lasts() || d.Now.Sub(s.Until) < d.hold(s)) })
}

// lasting returns the symptoms that still last.
func (c *dossier) lasting() []Symptom {
	return slices.DeleteFunc(slices.Clone(c.symptoms), func(s Symptom) bool { return !s.Lasts() })
}

// aside says whether a symptom holds up nothing that customers read of the incident: a warning for the team alone.
func (c *dossier) aside(s Symptom) bool { return s.Warning && s.Internal && s.Lasts() && c.public() }

// wellSince returns when the last symptom ended; zero while one lasts that is not aside, or when there never was one.
func (c *dossier) wellSince() time.Time {
	var last time.Time
	for _, s := range c.symptoms {
		if c.aside(s) {
			continue
		}
		if s.Lasts() {
			return time.Time{}
		}
		if s.Until.After(last) {
			last = s.Until
		}
	}
	return last
}
