package incidents

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// decide returns what should happen to one incident, and whether anything should.
func (d *detector) decide(c *dossier) (Verdict, bool) {
	switch {
	case c.inc == nil:
		return d.open(c), true
	case c.inc.Untouched():
		return d.drive(c)
	}
	return d.assist(c)
}

// open tells of a new incident: to customers when they can feel it, else to the team.
func (d *detector) open(c *dossier) Verdict {
	v := Verdict{Cause: d.cause(c.joined), Symptoms: c.symptoms}
	v.Title, v.StartedAt = d.heading(c)
	v.Updates = []Update{d.update(c, Investigating, d.Wording.Opened, c.joined)}
	return v
}

// drive moves an incident that is still the checks' own.
func (d *detector) drive(c *dossier) (Verdict, bool) {
	v := Verdict{Incident: c.inc.ID, Version: c.inc.Version, Symptoms: c.symptoms}
	status, well := c.inc.Status(), c.wellSince()
	switch {
	case len(c.joined) > 0 && !c.inc.Public() && len(public(c.joined)) > 0:
		v.Title, v.StartedAt = d.heading(c)
		v.Updates = []Update{d.update(c, Investigating, d.Wording.Opened, c.lasting())}
	case len(c.joined) > 0 && status == Monitoring:
		v.Updates = []Update{d.update(c, Investigating, d.Wording.Relapsed, c.joined)}
	case len(c.joined) > 0:
		v.Updates = []Update{d.update(c, status, d.Wording.Grew, c.joined)}
	case len(c.worse) > 0:
		v.Updates = []Update{d.update(c, status, d.Wording.Still, c.worse)}
	case !well.IsZero() && status != Monitoring && d.now.Sub(well) >= d.Hold:
		v.Updates = []Update{d.closing(c, Monitoring, d.Wording.Monitoring, well)}
	case !well.IsZero() && status == Monitoring && d.now.Sub(c.inc.UpdatedAt()) >= d.ResolveAfter:
		v.Updates = []Update{d.closing(c, Resolved, d.Wording.Resolved, well)}
	case well.IsZero() && len(d.mended(c)) > 0:
		v.Updates = []Update{d.update(c, status, d.Wording.Shrank, nil)}
	case well.IsZero() && d.promiseDue(c.inc):
		v.Updates = []Update{d.update(c, status, d.Wording.Still, c.lasting())}
	case len(c.ended) == 0:
		return Verdict{}, false
	}
	return v, true
}

// assist supports the person who took an incident over: team notes and proposals, nothing that customers see.
func (d *detector) assist(c *dossier) (Verdict, bool) {
	if len(c.joined)+len(c.worse)+len(c.ended) == 0 {
		return Verdict{}, false
	}
	v := Verdict{Incident: c.inc.ID, Version: c.inc.Version, Symptoms: c.symptoms}
	var lines []string
	for _, s := range append(slices.Clone(c.joined), c.worse...) {
		lines = append(lines, fmt.Sprintf("- %s: %s. Proposed: set %s to *%s*.", s.Probe, d.text(s), d.name(s.Component), s.Status.Words()))
	}
	for _, s := range c.ended {
		lines = append(lines, fmt.Sprintf("- %s passes again since %s.", s.Probe, d.clock(s.Until)))
	}
	body := "Our checks see:\n\n" + strings.Join(lines, "\n")
	if len(c.lasting()) == 0 {
		body += "\n\nEvery check of this incident passes. Proposed: *monitoring*, or *resolved* once you are sure."
	}
	v.Updates = []Update{{At: d.now, Team: true, Body: body}}
	return v, true
}

// heading returns the title and the beginning of an incident, from what customers notice first and most.
func (d *detector) heading(c *dossier) (string, time.Time) {
	told := public(c.lasting())
	if len(told) == 0 {
		told = c.lasting()
	}
	began := slices.MinFunc(told, func(a, b Symptom) int { return a.Since.Compare(b.Since) }).Since
	title := words{symptoms: d.texts(told), components: d.names(told), zone: d.Zone}.fill(d.Wording.Title)
	return shorten(title, MaxTitle), began
}

// update writes an update about some symptoms; it is the team's alone when customers feel none of it.
func (d *detector) update(c *dossier, status Status, text string, about []Symptom) Update {
	changes := d.changes(c)
	told := public(about)
	team := len(told) == 0 && !d.touchesPublic(changes)
	if team {
		told = about
	}
	u := Update{At: d.now, Status: status, Team: team, Changes: changes}
	w := words{symptoms: d.texts(told), components: d.names(told), zone: d.Zone}
	if about == nil {
		w.components = d.mended(c)
	}
	w.nextUpdate = d.now.Add(d.Promise).Truncate(time.Minute).Add(time.Minute)
	if !team {
		u.NextBy = w.nextUpdate
	}
	u.Body = w.fill(text)
	return u
}

// closing writes an update which says that every check passes.
func (d *detector) closing(c *dossier, status Status, text string, well time.Time) Update {
	u := Update{At: d.now, Status: status, Team: !c.inc.Public(), Changes: d.changes(c)}
	u.Body = words{symptoms: d.texts(c.symptoms), components: d.names(public(c.symptoms)), since: well, zone: d.Zone}.fill(text)
	return u
}

// changes returns the component changes that the symptoms ask for. A component is well again once all its
// symptoms have been over for the hold time; it is then said to be well since the last of them ended.
func (d *detector) changes(c *dossier) []Change {
	now := map[string]ComponentStatus{}
	if c.inc != nil {
		now = c.inc.Affected()
	}
	var ids []string
	for _, s := range c.symptoms {
		if !slices.Contains(ids, s.Component) {
			ids = append(ids, s.Component)
		}
	}
	var out []Change
	for _, id := range ids {
		to, since := d.wanted(c, id)
		if to != "" && to != Operational.Worse(now[id]) {
			out = append(out, Change{Component: id, To: to, Since: since})
		}
	}
	return out
}

// wanted returns the status that the symptoms ask for a component, and since when; empty while it is too early to say.
func (d *detector) wanted(c *dossier, id string) (ComponentStatus, time.Time) {
	var status ComponentStatus
	var ended time.Time
	for _, s := range c.symptoms {
		switch {
		case s.Component != id:
		case s.Lasts():
			status = s.Status.Worse(status)
		case s.Until.After(ended):
			ended = s.Until
		}
	}
	if status == "" {
		if d.now.Sub(ended) < d.Hold {
			return "", time.Time{}
		}
		return Operational, ended
	}
	since := d.now
	for _, s := range c.joined {
		if s.Component == id && s.Since.Before(since) {
			since = s.Since
		}
	}
	return status, since
}

// mended returns the names of the public components that an update now would call well again.
func (d *detector) mended(c *dossier) []string {
	var names []string
	for _, ch := range d.changes(c) {
		if ch.To == Operational && !d.graph[ch.Component].Internal {
			names = append(names, d.name(ch.Component))
		}
	}
	return names
}

func (d *detector) touchesPublic(changes []Change) bool {
	return slices.ContainsFunc(changes, func(c Change) bool { return !d.graph[c.Component].Internal })
}

// promiseDue says whether the time to keep the promise has come; a little early, so that it is kept.
func (d *detector) promiseDue(inc *Incident) bool {
	promise := inc.Promise()
	return !promise.IsZero() && !d.now.Before(promise.Add(-min(time.Minute, d.Promise/4)))
}

// cause returns the id of the most upstream component among those failing; of several, the one that failed first.
func (d *detector) cause(symptoms []Symptom) string {
	first := LikelyCause(d.Components, symptoms)
	return first.Component
}

func (d *detector) name(id string) string { return cmp.Or(d.graph[id].Name, id) }

func (d *detector) clock(t time.Time) string { return words{since: t, zone: d.Zone}.fill("{since}") }

// text returns what a symptom reads like, also for an internal component that has no words for customers.
func (d *detector) text(s Symptom) string {
	return cmp.Or(s.Text, d.name(s.Component)+" fails its checks")
}

// texts returns the symptoms' texts, each once, the worst and earliest first.
func (d *detector) texts(symptoms []Symptom) []string {
	symptoms = slices.Clone(symptoms)
	slices.SortStableFunc(symptoms, func(a, b Symptom) int {
		return cmp.Or(slices.Index(ComponentStatuses, b.Status)-slices.Index(ComponentStatuses, a.Status), a.Since.Compare(b.Since))
	})
	var out []string
	for _, s := range symptoms {
		if t := d.text(s); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// names returns the names of the symptoms' components, each once.
func (d *detector) names(symptoms []Symptom) []string {
	var out []string
	for _, s := range symptoms {
		if n := d.name(s.Component); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// public returns the symptoms that customers can feel.
func public(symptoms []Symptom) []Symptom {
	return slices.DeleteFunc(slices.Clone(symptoms), func(s Symptom) bool { return s.Internal })
}

// shorten cuts s to at most n bytes at a rune's boundary.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	cut := 0
	for i := range s {
		if i > n-len("…") {
			break
		}
		cut = i
	}
	return s[:cut] + "…"
}
