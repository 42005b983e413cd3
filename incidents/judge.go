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
	Status     ComponentStatus // the component's while the probe fails
	Failures   int             // bad results …
	Of         int             // … among so many that confirm a failure
	Recoveries int             // good results in a row that confirm a recovery
	Interval   time.Duration
}

// needs is how many recent results the rule looks at.
func (r Rule) needs() int { return max(r.Of, r.Recoveries, r.Failures, 1) }

// judgement is what a probe's recent results come to.
type judgement struct {
	rule    Rule
	suspect bool // some recent result is bad
	failing bool
	since   time.Time       // of the first bad result, when failing
	until   time.Time       // of the first good result, when recovered
	status  ComponentStatus // while failing
	last    probes.Result   // the newest bad one
}

// judge decides from the recent results, newest first, whether a probe fails. A probe that is part of an open
// incident (ongoing) fails until it has recovered; another one fails once enough of its window is bad.
// Unknown results say nothing, and results from before a gap in checking are not held against the present.
func judge(rule Rule, recent []probes.Result, ongoing bool) judgement {
	j := judgement{rule: rule, failing: ongoing}
	seen := unbroken(recent, rule.Interval)
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
	}
	j.suspect = bad > 0
	if ongoing {
		if n := max(rule.Recoveries, 1); len(seen) >= n && allGood(seen[:n]) {
			j.failing, j.until = false, seen[n-1].At
		}
		return j
	}
	j.failing = bad >= max(rule.Failures, 1)
	return j
}

// StatusOf returns what a bad result makes of the component: slow is never worse than degraded.
func (r Rule) StatusOf(result probes.Result) ComponentStatus {
	if result.Outcome == probes.Degraded {
		return DegradedPerformance
	}
	return r.Status
}

// unbroken returns the results that tell something, back to the first gap in checking.
func unbroken(recent []probes.Result, interval time.Duration) []probes.Result {
	longest := 3*interval + time.Minute
	for i := 1; i < len(recent); i++ {
		if interval > 0 && recent[i-1].At.Sub(recent[i].At) > longest {
			recent = recent[:i]
			break
		}
	}
	return slices.DeleteFunc(slices.Clone(recent), func(r probes.Result) bool { return r.Outcome == probes.Unknown })
}

func allGood(results []probes.Result) bool {
	return !slices.ContainsFunc(results, func(r probes.Result) bool { return r.Outcome.Bad() })
}
