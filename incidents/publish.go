package incidents

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// Publish says whether the checks tell customers by themselves that a component fails. The zero Publish does at once.
type Publish struct {
	Never bool          // a draft for the team: a person tells customers, or nobody does
	After time.Duration // since the failure began, unless a person keeps it for the team
}

// tells says whether customers are to read of a symptom in an incident, which is nil when it is to be opened.
func (d *detector) tells(inc *Incident, s Symptom) bool {
	at, ever := d.tellAt(inc, s)
	return ever && !d.Now.Before(at)
}

// tellAt returns when the checks tell customers of a symptom, and whether they ever do.
func (p Policy) tellAt(inc *Incident, s Symptom) (time.Time, bool) {
	kept := inc != nil && inc.KeptBy != "" && !inc.Public()
	if how := p.Publish[s.Component]; !how.Never && !kept && !p.forTeam(s) {
		return s.Since.Add(how.After), true
	}
	return time.Time{}, false
}

// forTeam says whether a symptom has no words for customers: one of an internal component, and a warning without a
// sentence for them.
func (p Policy) forTeam(s Symptom) bool {
	probe, _ := s.Warned()
	return slices.ContainsFunc(p.Components, func(c Component) bool { return c.ID == s.Component && c.Internal }) ||
		s.Warning && !slices.ContainsFunc(p.Rules, func(r Rule) bool { return r.Probe == probe && r.Warning != "" })
}

// release tells customers of the symptoms whose time has come.
func (d *detector) release(c *dossier) {
	if c.inc == nil || !c.inc.Untouched() {
		return
	}
	for i := range c.symptoms {
		if s := &c.symptoms[i]; s.Internal && s.Lasts() && d.tells(c.inc, *s) {
			s.Internal, c.moved = false, true
			c.joined = append(c.joined, *s)
		}
	}
}

// withholds says whether a component that customers see has symptoms they are not told of.
func (d *detector) withholds(c *dossier, id string) bool {
	return !d.graph[id].Internal && !c.shows(id)
}

// TellAt returns when the checks will tell customers of an incident that only the team knows; zero when they will not.
func (p Policy) TellAt(inc *Incident) time.Time {
	var first time.Time
	if inc.Public() || !inc.Untouched() {
		return first
	}
	for _, s := range inc.Symptoms {
		if at, ever := p.tellAt(inc, s); ever && s.Lasts() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

// Draft returns the title and the first update that the checks would publish an incident with; empty without a
// symptom that customers could notice.
func (p Policy) Draft(inc *Incident, now time.Time) (title, body string) {
	d := newDetector(p, Facts{Now: now})
	c := &dossier{}
	for _, s := range inc.Symptoms {
		if s.Internal = p.forTeam(s); s.Lasts() && !s.Internal {
			c.symptoms = append(c.symptoms, s)
		}
	}
	if len(c.symptoms) == 0 {
		return "", ""
	}
	title, _ = d.heading(c)
	return title, d.update(c, Investigating, p.Wording.Opened, c.symptoms, nil).Body
}

// approve makes the symptoms that customers may know part of what they see, once a person tells them of the incident.
func (p Policy) approve(inc *Incident) {
	for i := range inc.Symptoms {
		inc.Symptoms[i].Internal = p.forTeam(inc.Symptoms[i])
	}
}

// Keep lets a responder keep an incident for the team, so that the checks do not publish it. It returns an
// InvalidError when customers know already.
func (t *Tracker) Keep(ctx context.Context, id, name string) error {
	inc, err := t.store.Incident(ctx, id)
	if err != nil {
		return fmt.Errorf("read incident %s: %w", id, err)
	}
	if inc.Public() {
		return &InvalidError{"", "Customers have been told of this incident already."}
	}
	inc.KeptBy = cmp.Or(name, "a responder")
	if err := inc.Post(Update{At: time.Now().UTC(), Body: "Kept for the team: our checks will not publish this incident.", Author: inc.KeptBy, Team: true}); err != nil {
		return err
	}
	if err := t.store.SaveIncident(ctx, inc); err != nil {
		return fmt.Errorf("save incident %s: %w", id, err)
	}
	t.changed()
	return nil
}
