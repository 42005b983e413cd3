package incidents

import "time"

// Policy says how results become incidents.
type Policy struct {
	Rules        []Rule
	Witnesses    []Witness
	Components   []Component
	Publish      map[string]Publish // by component id; what is not named is told at once
	Hold         time.Duration      // all well for so long: monitoring
	ResolveAfter time.Duration      // monitoring for so long and still well: resolved
	MinOpen      time.Duration      // from being noticed to resolved, at least
	Reopen       time.Duration      // for so long after its end the same failure reopens an incident; 0 never does
	Promise      time.Duration      // until the next automatic update
	Wording      Wording            // complete: see Wording.Or
	Zone         *time.Location
}

// Window returns how many recent results of each probe to read for Detect.
func (p Policy) Window() int {
	n := 1
	if len(p.Witnesses) > 0 {
		n = witnessView
	}
	for _, r := range p.Rules {
		n = max(n, r.view())
	}
	return n
}

// Memory returns how long after its end an incident still matters to Detect: while results from before may be in view.
func (p Policy) Memory() time.Duration {
	var longest time.Duration
	for _, r := range p.Rules {
		longest = max(longest, time.Duration(r.view())*r.Gap())
	}
	return max(longest, p.Reopen, warnAgain)
}
