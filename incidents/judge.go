package incidents

import (
	"slices"
	"time"

	"candor/probes"
)

// Rule says what the results of one probe mean.
type Rule struct {
	Probe      string          // key
	Component  string          // id
	Symptom    string          // what a customer notices while it fails
	Degraded   string          // what a customer notices while it is degraded; empty: the same
	Warning    string          // what customers read when a limit that it measures comes near; empty: the team alone is told
	Status     ComponentStatus // the component's while the probe fails
	Failures   int             // bad results …
	Of         int             // … among so many that confirm a failure
	Recoveries int             // good results in a row that confirm a recovery
	Interval   time.Duration
	Slow       Band     // when right answers are too late all the same
	Places     []string // whose results count; none means all
	Quorum     int      // how many places must agree that it fails; 0 means one
}

// maxBand is how many results of a Band's window are looked at, at most.
const maxBand = 400

// needs is how many recent results the rule looks at.
func (r Rule) needs() int {
	n := max(r.Of, r.Recoveries, r.Failures, 1)
	if r.Slow.Over > 0 && r.Interval > 0 {
		n = max(n, min(int(r.Slow.Window/r.Interval)+1, maxBand))
	}
	return n * max(len(r.Places), r.Quorum, 1)
}

// view is how many recent results are looked at: twice what the rule counts, so that unknown results, which count for
// nothing, do not hide the others.
func (r Rule) view() int { return 2 * r.needs() }

// Gap is the longest time between two results that still belong to one series; 0 without an interval.
func (r Rule) Gap() time.Duration {
	if r.Interval <= 0 {
		return 0
	}
	return 3*r.Interval + time.Minute
}

// apart says whether the checking was interrupted between two times.
func (r Rule) apart(earlier, later time.Time) bool {
	return r.Gap() > 0 && later.Sub(earlier) > r.Gap()
}

// current returns the results, newest first, that can speak for a failure now: those after a time, and none at all
// when the newest is old.
func (r Rule) current(recent []probes.Result, after, now time.Time) []probes.Result {
	if len(recent) == 0 || r.apart(recent[0].At, now) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(recent), func(r probes.Result) bool { return !r.At.After(after) })
}

// judgement is what a probe's recent results come to.
type judgement struct {
	rule    Rule
	suspect bool // some recent result is bad
	failing bool
	since   time.Time       // of the first bad result, when failing
	until   time.Time       // of the first good result, when recovered
	status  ComponentStatus // while failing
	outcome probes.Outcome  // the worst that counts, while failing
	last    probes.Result   // the newest bad one
}

// judgePlace decides from the recent results of one place. Unknown results say nothing, and results from before a gap
// in checking are not held against the present.
func judgePlace(rule Rule, recent []probes.Result, ongoing bool) judgement {
	j := judgement{rule: rule, failing: ongoing}
	seen := unbroken(recent, rule)
	window := seen[:min(len(seen), max(rule.Of, rule.Failures, 1))]
	bad := 0
	for _, r := range window {
		if !r.Outcome.Bad() {
			continue
		}
		if bad++; bad == 1 {
			j.last = r
		}
		j.since = r.At
		j.status = j.status.Worse(rule.StatusOf(r))
		if j.outcome != probes.Failed {
			j.outcome = r.Outcome
		}
	}
	for _, r := range seen[len(window):] { // when all of the window failed, it may have begun before
		if bad < len(window) || !r.Outcome.Bad() {
			break
		}
		j.since = r.At
	}
	j.suspect = bad > 0
	n := max(rule.Recoveries, 1)
	recovered := len(seen) >= n && allGood(seen[:n])
	switch {
	case !ongoing:
		j.failing = bad >= max(rule.Failures, 1) && !recovered
	case recovered:
		j.failing, j.until = false, seen[n-1].At
	}
	rule.Slow.judge(&j, seen, ongoing)
	return j
}

// StatusOf returns what a bad result makes of the component: slow is never worse than degraded.
func (r Rule) StatusOf(result probes.Result) ComponentStatus {
	if result.Outcome == probes.Degraded {
		return DegradedPerformance
	}
	return r.Status
}

// Says returns what a customer notices of a bad outcome.
func (r Rule) Says(o probes.Outcome) string {
	if o == probes.Degraded && r.Degraded != "" {
		return r.Degraded
	}
	return r.Symptom
}

// symptom returns what the judgement comes to as a part of an incident that goes on.
func (j judgement) symptom(s Symptom) Symptom {
	s.Text, s.Status, s.Reason, s.Detail = j.rule.Says(j.outcome), j.status, string(j.last.Reason), j.last.Detail
	return s
}

// unbroken returns the results that tell something, back to the first gap in checking.
func unbroken(recent []probes.Result, rule Rule) []probes.Result {
	for i := 1; i < len(recent); i++ {
		if rule.apart(recent[i].At, recent[i-1].At) {
			recent = recent[:i]
			break
		}
	}
	return slices.DeleteFunc(slices.Clone(recent), func(r probes.Result) bool { return r.Outcome == probes.Unknown })
}

func allGood(results []probes.Result) bool {
	return !slices.ContainsFunc(results, func(r probes.Result) bool { return r.Outcome.Bad() })
}

// sure says whether the newest results bear out that all is well: none is bad, and they are not all old.
func (d *detector) sure(c *dossier) bool {
	tells := func(r probes.Result) bool { return r.Outcome != probes.Unknown }
	for _, s := range c.symptoms {
		results := d.Recent[s.Probe]
		i := slices.IndexFunc(results, tells)
		if _, ruled := d.rules[s.Probe]; ruled && i >= 0 && results[i].Outcome.Bad() {
			return false
		}
	}
	return d.heard(c, tells)
}

// heard says whether some probe of the incident has reported lately, or none of them is configured any more.
func (d *detector) heard(c *dossier, counts func(probes.Result) bool) bool {
	watched := false
	for _, s := range c.symptoms {
		rule, ruled := d.rules[s.Probe]
		if !ruled {
			continue
		}
		watched = true
		if slices.ContainsFunc(d.Recent[s.Probe], func(r probes.Result) bool { return counts(r) && !rule.apart(r.At, d.Now) }) {
			return true
		}
	}
	return !watched
}
