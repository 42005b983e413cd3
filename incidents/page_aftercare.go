package incidents

import (
	"slices"
	"time"
)

// PageCare is what came after an incident.
type PageCare struct {
	FollowUps   []PageFollowUp   // in the order that they were made
	Guards      []PageGuard      // of the whole postmortem
	Corrections []PageCorrection // oldest first
}

// PageFollowUp is a follow-up as customers see it.
type PageFollowUp struct {
	ID, Text string
	Owner    string    // empty when customers are not to read it
	Due      time.Time // midnight UTC of a day, or zero
	Overdue  bool
	State    FollowUpState
	At       time.Time // into its state
	Reason   string    // why it was dropped
	Guards   []PageGuard
}

// PageGuard is a guard as customers see it: nothing of its probe but whether it holds.
type PageGuard struct {
	ID, Caption string
	Since       time.Time
	State       GuardState
	Told, Held  int       // runs, without those of the day on which it began
	FailedOn    time.Time // midnight UTC of the newest day on which it failed, or zero
	Changed     time.Time // when it began to fail; where it is silent or gone, when it last told anything, or zero
}

// PageCorrection is a correction as customers see it.
type PageCorrection struct {
	Component, Name string // id; without its group
	At              time.Time
	Now, Was        []Impact // none: the incident did nothing to it
	Reason          string
}

// care adds what came after the incident: its follow-ups, guards and corrections.
func (v pageView) care(out *PageIncident, inc *Incident) {
	guards := v.facts.Guards[inc.ID]
	for _, f := range v.facts.FollowUps[inc.ID] {
		if !f.Public {
			continue
		}
		seen := PageFollowUp{ID: f.ID, Text: f.Text, Due: f.Due, Overdue: f.Overdue(v.facts.Now, v.facts.Site.Zone), State: f.State,
			At: f.ChangedAt, Reason: f.Reason, Guards: pageGuards(guards, f.ID)}
		if f.OwnerTold {
			seen.Owner = f.Owner
		}
		out.FollowUps = append(out.FollowUps, seen)
	}
	told := func(id string) bool {
		return slices.ContainsFunc(out.FollowUps, func(f PageFollowUp) bool { return f.ID == id })
	}
	for _, w := range guards {
		if !told(w.FollowUp) { // of the postmortem, or of what customers do not see
			out.Guards = append(out.Guards, pageGuards([]Watching{w}, w.FollowUp)...)
		}
	}
	for n, c := range inc.corrections {
		if pc, ok := v.components[c.Component]; ok {
			out.Corrections = append(out.Corrections, PageCorrection{Component: c.Component, Name: pc.Name, At: c.At, Now: c.impacts(),
				Was: inc.Replaced(n), Reason: c.Reason})
			out.UpdatedAt = latest(out.UpdatedAt, c.At)
		}
	}
}

// pageGuards returns what customers see of the guards of a follow-up: those with a caption.
func pageGuards(list []Watching, followUp string) []PageGuard {
	var out []PageGuard
	for _, w := range list {
		if w.FollowUp == followUp && w.Caption != "" {
			out = append(out, PageGuard{w.ID, w.Caption, w.Since, w.State, w.Told, w.Held, w.FailedOn, w.Changed})
		}
	}
	return out
}

// concerned returns the components that an incident touched as far as it is known now: without those that it did
// nothing to after all, and with those that a correction added.
func concerned(inc *Incident) []string {
	impacts := inc.Impacts()
	spared := func(id string) bool {
		return slices.ContainsFunc(inc.corrections, func(c Correction) bool { return c.Component == id }) && len(impactsOn(impacts, id)) == 0
	}
	ids := slices.DeleteFunc(inc.Touched(), spared)
	for _, i := range impacts {
		if !slices.Contains(ids, i.Component) {
			ids = append(ids, i.Component)
		}
	}
	return ids
}

// compare notes in each day of a component that somebody corrected what it was told to be like before.
func (v pageView) compare(list []Day, c Component, now []Impact) {
	if !v.corrected[c.ID] {
		return
	}
	was := v.told(c.ID)
	told := days(v.facts, c, was)
	for i := range list {
		d := &list[i]
		if d.Corrected = differ(now, was, d.Date, d.Date.Add(d.Length)); d.Corrected > 0 {
			d.Told = &told[i]
		}
	}
}

// told returns what public incidents and maintenances were told to do to a component, before all corrections.
func (v pageView) told(component string) []Impact {
	var out []Impact
	for _, inc := range v.facts.Incidents {
		if inc.Public() {
			out = append(out, impactsOn(inc.Told(), component)...)
		}
	}
	for _, m := range v.facts.Maintenances {
		out = append(out, impactsOn(m.Impacts(), component)...)
	}
	return out
}

// differ returns how long between two times the worst of two lists of impacts is not the same.
func differ(a, b []Impact, from, until time.Time) time.Duration {
	marks := []time.Time{from, until}
	for _, i := range slices.Concat(a, b) {
		if begin, end, ok := i.overlap(from, until); ok {
			marks = append(marks, begin, end)
		}
	}
	slices.SortFunc(marks, time.Time.Compare)
	var out time.Duration
	for i, at := range marks[1:] {
		if worstAt(a, marks[i], at) != worstAt(b, marks[i], at) {
			out += at.Sub(marks[i])
		}
	}
	return out
}

// worstAt returns the worst of the impacts between two times, in between which none begins or ends.
func worstAt(list []Impact, from, until time.Time) ComponentStatus {
	worst := Operational
	for _, i := range list {
		if _, _, ok := i.overlap(from, until); ok {
			worst = worst.Worse(i.Status)
		}
	}
	return worst
}
