package incidents

import (
	"slices"
	"time"
)

// Cause is where an incident probably comes from, for responders.
type Cause struct {
	Component string // id; empty when there is no symptom
	Probe     string // that failed first there
	Since     time.Time
	Lead      time.Duration // how long it failed before any other component did; 0 when it is alone or was not first
	Dependent int           // symptoms of other components that need it
	Others    int           // symptoms of other components
}

// LikelyCause names the most upstream of the components with symptoms; of several the one that most of the others need,
// and of those the one that failed first.
func LikelyCause(components []Component, symptoms []Symptom) Cause {
	g := newGraph(components)
	var ids []string
	for _, s := range symptoms {
		if !slices.Contains(ids, s.Component) {
			ids = append(ids, s.Component)
		}
	}
	roots := g.upstream(ids)
	explains := map[string]int{}
	for _, id := range ids {
		for _, need := range g.needs(id) {
			explains[need]++
		}
	}
	var c Cause
	for _, s := range symptoms {
		if !slices.Contains(roots, s.Component) {
			continue
		}
		if more := explains[s.Component] - explains[c.Component]; c.Component == "" || more > 0 || more == 0 && s.Since.Before(c.Since) {
			c.Component, c.Probe, c.Since = s.Component, s.Probe, s.Since
		}
	}
	var next time.Time
	for _, s := range symptoms {
		if s.Component == c.Component {
			continue
		}
		c.Others++
		if slices.Contains(g.needs(s.Component), c.Component) {
			c.Dependent++
		}
		if next.IsZero() || s.Since.Before(next) {
			next = s.Since
		}
	}
	if next.After(c.Since) {
		c.Lead = next.Sub(c.Since)
	}
	return c
}
