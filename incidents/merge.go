package incidents

import (
	"fmt"
	"maps"
	"slices"
)

// mergeable says whether an incident may become part of another without anybody noticing: customers do not know of it,
// and no person has had a hand in it.
func (c *dossier) mergeable() bool {
	return c.inc == nil || !c.public() && c.inc.KeptBy == "" &&
		!slices.ContainsFunc(c.inc.timeline, func(u Update) bool { return u.Author != "" })
}

// public says whether customers know of the incident.
func (c *dossier) public() bool { return c.inc != nil && c.inc.Public() }

// merge makes those incidents part of c that a symptom of c shows to have the same cause.
func (d *detector) merge(c *dossier, s Symptom) {
	for _, o := range d.cases {
		if o == c || o.into != nil || !o.mergeable() || !d.linked(o, s) {
			continue
		}
		for _, moved := range o.symptoms {
			if moved.Lasts() {
				moved.Internal = !d.tells(c.inc, moved)
				d.join(c, moved)
			} else if !slices.ContainsFunc(c.symptoms, func(s Symptom) bool { return s.Probe == moved.Probe }) {
				c.symptoms = append(c.symptoms, moved)
			}
		}
		o.into, o.symptoms = c, nil
	}
	d.cases = slices.DeleteFunc(d.cases, func(o *dossier) bool { return o.into != nil && (o.inc == nil || !o.inc.Open()) })
}

// end closes an incident that was merged, and says for the team where its symptoms are.
func (d *detector) end(c *dossier) Verdict {
	var title string
	if c.into.inc != nil {
		title = c.into.inc.Title
	} else {
		title, _ = d.heading(c.into)
	}
	u := Update{At: d.Now, Status: Resolved, Team: true, Body: fmt.Sprintf("This goes on in the incident “%s”: they seem to have one cause.", title)}
	affected := c.inc.Affected()
	for _, id := range slices.Sorted(maps.Keys(affected)) {
		u.Changes = append(u.Changes, Change{Component: id, To: Operational, Since: d.Now})
	}
	return Verdict{Incident: c.inc.ID, Version: c.inc.Version, Updates: []Update{u}}
}
