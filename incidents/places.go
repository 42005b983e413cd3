package incidents

import (
	"maps"
	"slices"
	"time"

	"candor/probes"
)

// judge decides from the recent results, newest first, whether a probe fails: at each place by itself, and then by
// how many places agree. A probe that is part of an open incident (ongoing) fails until it has recovered; another one
// fails once enough of its window is bad.
func judge(rule Rule, recent []probes.Result, ongoing bool) judgement {
	at := map[string][]probes.Result{}
	for _, r := range recent {
		if len(rule.Places) == 0 || slices.Contains(rule.Places, r.Place) {
			at[r.Place] = append(at[r.Place], r)
		}
	}
	var all []judgement
	for _, place := range slices.Sorted(maps.Keys(at)) {
		all = append(all, judgePlace(rule, at[place], ongoing))
	}
	switch {
	case len(all) == 0: // the configuration now names other places
		return judgement{rule: rule, failing: ongoing}
	case len(all) == 1 && rule.Quorum <= 1:
		return all[0]
	}
	return agree(rule, all, ongoing)
}

// agree returns what the judgements of several places come to. The failure began when the quorum was first full, and
// ended when it was no longer.
func agree(rule Rule, all []judgement, ongoing bool) judgement {
	out := judgement{rule: rule}
	var failing []judgement
	for _, j := range all {
		out.suspect = out.suspect || j.suspect
		if j.failing {
			failing = append(failing, j)
		}
		if j.until.After(out.until) {
			out.until = j.until
		}
		if j.last.At.After(out.last.At) {
			out.last = j.last
		}
	}
	quorum := max(rule.Quorum, 1)
	if over := !out.until.IsZero(); len(failing) < quorum && (over || !ongoing) {
		if !ongoing {
			out.until = time.Time{}
		}
		return out
	}
	quorum = min(quorum, len(failing)) // places that no longer report take nothing back
	slices.SortStableFunc(failing, func(a, b judgement) int { return a.since.Compare(b.since) })
	out.failing, out.since, out.until = true, failing[quorum-1].since, time.Time{}
	for _, j := range failing {
		if out.status = out.status.Worse(j.status); out.outcome != probes.Failed {
			out.outcome = j.outcome
		}
	}
	return out
}
