package incidents

import (
	"slices"
	"time"
)

// pageView turns the domain's values into public ones.
type pageView struct {
	facts      PageFacts
	components map[string]PageComponent // public ones by id
	impacts    map[string][]Impact      // of public incidents and maintenances, by component id
	corrected  map[string]bool          // component ids that a correction is about
}

// viewOf returns a view without components. It looks at each incident once, however many components there are.
func viewOf(f PageFacts) pageView {
	v := pageView{facts: f, components: make(map[string]PageComponent, len(f.Components)), impacts: map[string][]Impact{}, corrected: map[string]bool{}}
	add := func(list []Impact) {
		for _, i := range list {
			v.impacts[i.Component] = append(v.impacts[i.Component], i)
		}
	}
	for _, inc := range f.Incidents {
		if !inc.Public() {
			continue
		}
		add(inc.Impacts())
		for _, c := range inc.corrections {
			v.corrected[c.Component] = true
		}
	}
	for _, m := range f.Maintenances {
		add(m.Impacts())
	}
	return v
}

func (v pageView) component(c Component) PageComponent {
	out := PageComponent{ID: c.ID, Name: c.Name, Group: c.Group, Description: c.Description, Position: c.Position,
		Status: Operational, CreatedAt: c.CreatedAt, UpdatedAt: c.CreatedAt, Watched: v.facts.Watched[c.ID], Blind: v.facts.Blind[c.ID]}
	impacts := v.impacts[c.ID]
	for _, i := range impacts {
		if i.Until.IsZero() {
			out.Status = out.Status.Worse(i.Status)
		}
		for _, t := range []time.Time{i.From, i.Until} {
			if t.After(out.UpdatedAt) {
				out.UpdatedAt = t
			}
		}
	}
	if v.facts.Days > 0 {
		out.Days = days(v.facts, c, impacts)
		v.compare(out.Days, c, impacts)
	}
	v.components[c.ID] = out
	return out
}

func (v pageView) incident(inc *Incident) PageIncident {
	out := PageIncident{ID: inc.ID, Title: inc.Title, Automatic: inc.Automatic(), StartedAt: inc.StartedAt,
		NoticedAt: inc.NoticedAt(), ToldAt: inc.ToldAt(), ResolvedAt: inc.ResolvedAt(), Promise: inc.Promise()}
	out.Kept, out.Due = inc.Promises(v.facts.Now)
	public := inc.PublicTimeline()
	for i, u := range public {
		out.UpdatedAt, out.Status = latest(out.UpdatedAt, latest(u.At, u.EditedAt())), u.Status
		seen := PageUpdate{ID: u.ID, At: u.At, Status: u.Status, Body: u.Wording(), Earlier: u.Earlier(), Automatic: u.Author == "", NextBy: u.NextBy,
			Repeated: i > 0 && public[i-1].Status == u.Status}
		for _, c := range u.Changes {
			if pc, ok := v.components[c.Component]; ok {
				seen.Changes = append(seen.Changes, PageChange{Component: c.Component, Name: pc.FullName(), From: c.From, To: c.To})
			}
		}
		out.Updates = append(out.Updates, seen)
	}
	slices.Reverse(out.Updates)
	for _, id := range concerned(inc) {
		if pc, ok := v.components[id]; ok {
			pc.Days = nil
			out.Components = append(out.Components, pc)
		}
	}
	for _, i := range inc.Impacts() {
		if _, ok := v.components[i.Component]; ok {
			out.Impacts = append(out.Impacts, i)
		}
	}
	out.Worst = v.worst(inc)
	out.Impact = LevelOf(v.ever(inc))
	for _, s := range inc.Symptoms {
		i := slices.IndexFunc(out.Symptoms, func(p PageSymptom) bool { return p.Text == s.Text })
		switch {
		case s.Internal || s.Text == "":
		case i >= 0:
			out.Symptoms[i].Lasts = out.Symptoms[i].Lasts || s.Lasts()
		default:
			out.Symptoms = append(out.Symptoms, PageSymptom{Text: s.Text, Lasts: s.Lasts()})
		}
	}
	v.care(&out, inc)
	out.Evidence = pageEvidence(v.facts.Evidence[inc.ID])
	if pm, ok := v.facts.Postmortems[inc.ID]; ok && pm.Published() {
		out.Postmortem = &PagePostmortem{Body: pm.Body, PublishedAt: pm.PublishedAt, RevisedAt: pm.RevisedAt}
	}
	return out
}

// ever returns the worst status that the incident ever gave a public component.
func (v pageView) ever(inc *Incident) ComponentStatus {
	worst := Operational
	for _, i := range inc.Impacts() {
		if _, ok := v.components[i.Component]; ok {
			worst = worst.Worse(i.Status)
		}
	}
	return worst
}

// worst returns what colours the incident: its present worst status, or the worst it ever had once nothing is impaired.
func (v pageView) worst(inc *Incident) ComponentStatus {
	worst := Operational
	for id, s := range inc.Affected() {
		if _, ok := v.components[id]; ok {
			worst = worst.Worse(s)
		}
	}
	if worst == Operational {
		return v.ever(inc)
	}
	return worst
}
