package incidents

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// decide returns what should happen to one incident, and whether anything should.
func (d *detector) decide(c *dossier) (Verdict, bool) {
	switch {
	case c.into != nil:
		return d.end(c), true
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
	v.Updates = []Update{d.update(c, Investigating, d.Wording.Opened, c.joined, nil)}
	return v
}

// drive moves an incident that is still the checks' own.
func (d *detector) drive(c *dossier) (Verdict, bool) {
	v := Verdict{Incident: c.inc.ID, Version: c.inc.Version, Symptoms: c.symptoms}
	if felt := public(c.joined); len(felt) > 0 && !c.inc.Public() {
		v.Title, v.StartedAt = d.heading(c)
	} else if felt = append(felt, c.repeated...); len(felt) > 0 && began(felt).Before(c.inc.StartedAt) {
		v.StartedAt = began(felt)
	}
	if d.outgrown(c) {
		v.Title, _ = d.heading(c)
	}
	if text, about := d.news(c); len(about) > 0 {
		status := c.inc.Status()
		if status == Monitoring || status == Resolved {
			status = Investigating
		}
		v.Updates = append(v.Updates, d.update(c, status, text, about, nil))
	}
	if len(v.Updates) == 0 || v.Updates[0].Team { // customers may be due a word all the same
		if u, ok := d.routine(c); ok {
			v.Updates = append(v.Updates, u)
		}
	}
	return v, c.moved || len(v.Updates) > 0
}

// outgrown says whether the title, which was written from the first symptoms, now says too little.
func (d *detector) outgrown(c *dossier) bool {
	return c.inc.Public() && worst(public(c.lasting())).Worse(worst(public(c.inc.Symptoms))) != worst(public(c.inc.Symptoms))
}

// news returns what joined or got worse, and the text to tell it with; what customers feel goes first.
func (d *detector) news(c *dossier) (string, []Symptom) {
	switch felt := len(public(c.joined)) > 0; {
	case felt && !c.inc.Public():
		return d.Wording.Opened, c.lasting()
	case len(c.joined) == 0 || (!felt && len(public(c.worse)) > 0):
		return d.Wording.Still, c.worse
	case c.inc.Status() == Monitoring || !c.inc.Open():
		return d.Wording.Relapsed, c.joined
	}
	return d.Wording.Grew, c.joined
}

// routine writes the update that time, and not news, asks for.
func (d *detector) routine(c *dossier) (Update, bool) {
	status, well, due := c.inc.Status(), c.wellSince(), d.promiseDue(c)
	sure := !well.IsZero() && !c.waiting && d.sure(c)
	about := public(c.lasting())
	felt := len(about) > 0
	if !felt {
		about = public(c.symptoms)
	}
	switch {
	case sure && status != Monitoring && (due && !comesAndGoes(c.symptoms) || d.held(c)):
		return d.closing(c, Monitoring, d.Wording.Monitoring, well), true
	case sure && status == Monitoring && d.Now.Sub(c.inc.UpdatedAt()) >= d.ResolveAfter && d.Now.Sub(c.inc.NoticedAt()) >= d.MinOpen:
		d.leave(c)
		return d.closing(c, Resolved, d.Wording.Resolved, well), true
	case well.IsZero() && len(d.mended(c)) > 0:
		return d.update(c, status, d.Wording.Shrank, about, d.mended(c)), true
	case due && well.IsZero() && !felt: // what lasts is internal
		return d.update(c, status, d.Wording.Shrank, about, d.names(about)), true
	case due:
		return d.update(c, status, d.Wording.Still, about, nil), true
	}
	return Update{}, false
}

// assist supports the person who took an incident over: team notes and proposals, nothing that customers see.
func (d *detector) assist(c *dossier) (Verdict, bool) {
	v := Verdict{Incident: c.inc.ID, Version: c.inc.Version, Symptoms: c.symptoms}
	var lines []string
	for _, s := range append(slices.Clone(c.joined), c.worse...) {
		lines = append(lines, fmt.Sprintf("- %s: %s. Proposed: set %s to *%s*.", s.Probe, d.text(s), d.name(s.Component), s.Status.Words()))
	}
	for _, s := range c.symptoms {
		_, ruled := d.rules[s.Probe]
		switch {
		case s.Warning && !s.Lasts() && d.Now.Sub(s.Until) >= d.hold(s) && !d.endTold(c, s):
			lines = append(lines, fmt.Sprintf("- %s: no limit is in sight any more.", s.Probe))
		case s.Lasts() || d.Now.Sub(s.Until) < d.hold(s) || d.endTold(c, s):
		case ruled:
			lines = append(lines, fmt.Sprintf("- %s passes again since %s.", s.Probe, d.clock(s.Until)))
		default:
			lines = append(lines, fmt.Sprintf("- %s is no longer configured.", s.Probe))
		}
	}
	if len(lines) == 0 {
		return v, c.moved
	}
	body := "Our checks see:\n\n" + strings.Join(lines, "\n")
	if len(c.lasting()) == 0 {
		body += "\n\nEvery check of this incident passes. Proposed: *monitoring*, or *resolved* once you are sure."
	}
	v.Updates = []Update{{At: d.Now, Team: true, Body: shorten(body, MaxBody)}}
	return v, true
}

// heading returns the title and the beginning of an incident, from what customers notice first and most.
func (d *detector) heading(c *dossier) (string, time.Time) {
	felt := public(c.lasting())
	if len(felt) == 0 {
		felt = c.lasting()
	}
	w := words{symptoms: d.texts(felt), components: d.names(felt), since: began(felt), nextUpdate: d.next(d.Promise), zone: d.Zone}
	title := w.fill(strings.ReplaceAll(d.Wording.Title, "{symptoms}", Join(w.symptoms, 3)))
	return shorten(title, MaxTitle), began(felt)
}

// update writes an update about some symptoms, and their components where no others are named. It is the team's
// alone when customers feel none of the symptoms, and then leaves the public components to an update of their own.
func (d *detector) update(c *dossier, status Status, text string, about []Symptom, components []string) Update {
	felt := public(about)
	u := Update{At: d.Now, Status: status, Team: len(felt) == 0, Changes: d.changes(c, false)}
	if warnsOnly(about) && slices.Contains([]string{d.Wording.Opened, d.Wording.Still, d.Wording.Grew, d.Wording.Relapsed}, text) {
		text = d.Wording.Early
	}
	if comesAndGoes(about) && slices.Contains([]string{d.Wording.Still, d.Wording.Grew, d.Wording.Relapsed}, text) {
		text = d.Wording.Intermittent
	}
	if u.Team {
		felt = about
		u.Changes = slices.DeleteFunc(u.Changes, func(ch Change) bool { return c.shows(ch.Component) })
	}
	w := words{symptoms: d.texts(felt), components: components, since: began(felt), nextUpdate: d.next(d.Promise), zone: d.Zone}
	if components == nil {
		w.components = d.names(felt)
	}
	if !u.Team {
		u.NextBy = w.nextUpdate
	}
	u.Body = shorten(w.fill(text), MaxBody)
	return u
}

// closing writes an update which says that every check passes, and so every component works.
func (d *detector) closing(c *dossier, status Status, text string, well time.Time) Update {
	u := Update{At: d.Now, Status: status, Team: !c.inc.Public(), Changes: d.changes(c, true)}
	felt := public(c.symptoms)
	if u.Team {
		felt = c.symptoms
	}
	w := words{symptoms: d.texts(felt), components: d.names(felt), since: well, nextUpdate: d.next(d.ResolveAfter), zone: d.Zone}
	u.Body = shorten(w.fill(text), MaxBody)
	return u
}

// next returns the full minute by which an update can be promised.
func (d *detector) next(in time.Duration) time.Time {
	return d.Now.Add(in).Truncate(time.Minute).Add(time.Minute)
}

// changes returns the component changes that the symptoms ask for. A component is well again once all its
// symptoms have been over for their hold time, or at once at the end; it is then said to be well since the last of
// them ended.
func (d *detector) changes(c *dossier, end bool) []Change {
	now := map[string]ComponentStatus{}
	if c.inc != nil {
		now = c.inc.Affected()
	}
	var ids []string
	for _, s := range c.symptoms {
		if !slices.Contains(ids, s.Component) && !d.withholds(c, s.Component) {
			ids = append(ids, s.Component)
		}
	}
	var out []Change
	for _, id := range ids {
		to, since := d.wanted(c, id, end)
		if to != "" && to != Operational.Worse(now[id]) {
			out = append(out, Change{Component: id, To: to, Since: since})
		}
	}
	return out
}

// wanted returns the status that the symptoms ask for a component, and since when; empty while it is too early to say.
func (d *detector) wanted(c *dossier, id string, end bool) (ComponentStatus, time.Time) {
	var status ComponentStatus
	var ended time.Time
	early := false
	for _, s := range c.symptoms {
		switch {
		case s.Component != id || c.aside(s) && c.shows(id):
		case s.Lasts():
			status = s.Status.Worse(status)
		default:
			early = early || d.Now.Sub(s.Until) < d.hold(s)
			if s.Until.After(ended) {
				ended = s.Until
			}
		}
	}
	if status == "" {
		if early && !end {
			return "", time.Time{}
		}
		return Operational, ended
	}
	since := d.Now
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
	for _, ch := range d.changes(c, false) {
		if ch.To == Operational && c.shows(ch.Component) {
			names = append(names, d.name(ch.Component))
		}
	}
	return names
}

// shows says whether customers are told of what the incident does to a component.
func (c *dossier) shows(id string) bool {
	return slices.ContainsFunc(c.symptoms, func(s Symptom) bool { return s.Component == id && !s.Internal })
}

// promiseDue says whether the time to keep the promise has come; a little early, so that it is kept. One that was
// missed, as over a restart, waits until the checks have looked again.
func (d *detector) promiseDue(c *dossier) bool {
	promise := c.inc.Promise()
	return !promise.IsZero() && !d.Now.Before(promise.Add(-min(time.Minute, d.Promise/4))) &&
		(!d.Now.After(promise) || d.heard(c, func(r probes.Result) bool { return true }))
}

// cause returns the id of the most upstream component among those failing; of several, the one that failed first.
func (d *detector) cause(symptoms []Symptom) string {
	first := LikelyCause(d.Components, symptoms)
	return first.Component
}
