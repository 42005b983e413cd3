package incidents

import (
	"maps"
	"slices"

	"candor/probes"
)

// eye remembers which probes are worth a look, so that a healthy one costs no read. It decides nothing: after a
// restart it looks at every probe once, and what Detect sees is always what is stored.
type eye struct {
	known    map[string]*Rule // the policy's, by probe
	suspects map[string]bool
	always   []string // witnesses, which are asked whenever there is something to look at
	open     bool     // there was an open incident
}

func newEye(p Policy) *eye {
	e := &eye{known: make(map[string]*Rule, len(p.Rules)), suspects: make(map[string]bool, len(p.Rules)), always: p.witnessKeys(), open: true}
	for i := range p.Rules {
		key := p.Rules[i].Probe
		e.known[key], e.suspects[key] = &p.Rules[i], true
	}
	return e
}

// see notes the probes with a result that may mean trouble.
func (e *eye) see(batch []probes.Result) {
	for _, r := range batch {
		if rule, ok := e.known[r.Probe]; ok && rule.suspicious(r) {
			e.suspects[r.Probe] = true
		}
	}
}

// suspicious says whether a result is reason to look closer.
func (r Rule) suspicious(result probes.Result) bool {
	return result.Outcome.Bad() || r.Slow.near(result)
}

// alert says whether there is anything to look at.
func (e *eye) alert() bool { return e.open || len(e.suspects) > 0 }

// watch returns the probes to read: the suspects, those with symptoms in open incidents, and the witnesses.
func (e *eye) watch(known []*Incident) []string {
	keys := maps.Clone(e.suspects)
	for _, key := range e.always {
		keys[key] = true
	}
	for _, inc := range known {
		if !inc.Open() {
			continue
		}
		for _, s := range inc.Symptoms {
			if _, ok := e.known[s.Probe]; ok {
				keys[s.Probe] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(keys))
}

// settle forgets the suspects whose stored results are all above suspicion, and notes whether incidents are still open.
func (e *eye) settle(recent map[string][]probes.Result, known []*Incident) {
	for key := range e.suspects {
		if !slices.ContainsFunc(recent[key], e.known[key].suspicious) {
			delete(e.suspects, key)
		}
	}
	e.open = slices.ContainsFunc(known, (*Incident).Open)
}
