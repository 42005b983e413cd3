package incidents

import (
	"maps"
	"slices"
	"time"
)

// Impact is what an incident did to one component for some time.
type Impact struct {
	Component string // id
	Status    ComponentStatus
	From      time.Time
	Until     time.Time // zero while it lasts
}

// overlap returns how much of the impact lies between from and until; an impact that lasts ends at until.
func (i Impact) overlap(from, until time.Time) (time.Time, time.Time, bool) {
	if i.From.After(from) {
		from = i.From
	}
	if !i.Until.IsZero() && i.Until.Before(until) {
		until = i.Until
	}
	return from, until, from.Before(until)
}

// same says whether two impacts are alike.
func (i Impact) same(o Impact) bool {
	return i.Component == o.Component && i.Status == o.Status && i.From.Equal(o.From) && i.Until.Equal(o.Until)
}

// settle fills in what the changes of u start from, and drops those that change nothing.
func (inc *Incident) settle(u Update) []Change {
	now := inc.Affected()
	wanted := u.Changes
	if u.Status == Resolved {
		wanted = slices.DeleteFunc(slices.Clone(wanted), func(c Change) bool { return c.To != Operational })
		for _, id := range slices.Sorted(maps.Keys(now)) {
			if !slices.ContainsFunc(wanted, func(c Change) bool { return c.Component == id }) {
				wanted = append(wanted, Change{Component: id, To: Operational})
			}
		}
	}
	var out []Change
	for _, c := range wanted {
		c.From = Operational.Worse(now[c.Component])
		if c.Since.IsZero() {
			c.Since = u.At
		}
		if c.From != c.To {
			out = append(out, c)
		}
	}
	return out
}

// Affected returns the components that the incident impairs now, by id.
func (inc *Incident) Affected() map[string]ComponentStatus {
	now := map[string]ComponentStatus{}
	for _, u := range inc.timeline {
		for _, c := range u.Changes {
			if now[c.Component] = c.To; c.To == Operational {
				delete(now, c.Component)
			}
		}
	}
	return now
}

// Touched returns the ids of all components that the incident ever impaired, in the order they joined.
func (inc *Incident) Touched() []string {
	var ids []string
	for _, u := range inc.timeline {
		for _, c := range u.Changes {
			if !slices.Contains(ids, c.Component) {
				ids = append(ids, c.Component)
			}
		}
	}
	return ids
}

// Impacts returns what the incident did to each component over time: what its updates tell, as people corrected it.
func (inc *Incident) Impacts() []Impact {
	if len(inc.corrections) == 0 {
		return inc.Told()
	}
	return corrected(inc.timeline, inc.corrections)
}

// Told returns what the incident's updates tell that it did to each component over time.
func (inc *Incident) Told() []Impact { return impactsOf(inc.timeline) }

func impactsOf(updates []Update) []Impact {
	var out []Impact
	lasting := map[string]int{} // component id → index into out
	for _, u := range updates {
		for _, c := range u.Changes {
			if i, ok := lasting[c.Component]; ok {
				if out[i].Until = c.Since; c.Since.Before(out[i].From) {
					out[i].Until = out[i].From
				}
				delete(lasting, c.Component)
			}
			if c.To != Operational {
				lasting[c.Component] = len(out)
				out = append(out, Impact{Component: c.Component, Status: c.To, From: c.Since})
			}
		}
	}
	return out
}
