package templates

import (
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/a-h/templ"

	"candor/incidents"
)

// Edition names what a page tells. It is another one when customers should look again, and the same, on every
// machine, when only the clock went on: the time of the last check, the length of an outage, uptime.
func Edition(p incidents.Page) string {
	h, line := fnv.New64a(), []byte(nil)
	put := func(texts ...string) {
		for _, text := range texts {
			line = append(append(line[:0], text...), 0)
			h.Write(line)
		}
	}
	put(p.Site.Name, p.Site.Product, p.Site.About, fmt.Sprint(p.Site.Brand), fmt.Sprint(p.Answer))
	put(p.At.UTC().Format(time.DateOnly), inZone(p.Site, p.At).Format(time.DateOnly)) // the bars and "today" move on
	for _, g := range p.Groups {
		for i := range g.Components { // they are large
			c := &g.Components[i]
			put(c.ID, c.Group, c.Name, c.Description, string(c.Status), string(c.Sight()))
		}
	}
	for _, c := range p.Charts {
		put(c.ID, c.Title) // what is measured goes on, like the clock
	}
	for _, inc := range p.Open {
		put(inc.ID, inc.Title, string(inc.Status), string(inc.Worst), iso(inc.StartedAt), iso(inc.Promise))
		put(fmt.Sprint(inc.Kept, inc.Due, inc.Symptoms))
		for _, u := range inc.Updates {
			put(u.ID, u.Body, iso(u.At), iso(u.NextBy), fmt.Sprint(u.Changes))
		}
		putEvidence(put, inc.Evidence)
		putCare(put, inc.PageCare)
	}
	for _, m := range p.Planned {
		put(m.ID, m.Title, string(m.Status), iso(m.From), iso(m.Until), iso(m.UpdatedAt))
	}
	for _, inc := range slices.Concat(p.Past, p.Done) {
		put(inc.ID, inc.Title, string(inc.Worst), iso(inc.StartedAt), iso(inc.UpdatedAt), iso(inc.ResolvedAt))
		if inc.Postmortem != nil {
			put(iso(inc.Postmortem.RevisedAt))
		}
		putEvidence(put, inc.Evidence)
		putCare(put, inc.PageCare)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// putEvidence puts what may change of evidence: which is shown, and what is said of it.
func putEvidence(put func(...string), list []incidents.PageEvidence) {
	for _, e := range list {
		put(e.ID, e.Caption, e.Alt)
	}
}

// putCare puts what may change of what came after an incident; how often a guard's probe ran is no news.
func putCare(put func(...string), care incidents.PageCare) {
	guards := slices.Clone(care.Guards)
	for _, f := range care.FollowUps {
		put(f.ID, f.Text, f.Owner, string(f.State), iso(f.Due), iso(f.At), f.Reason, fmt.Sprint(f.Overdue))
		guards = append(guards, f.Guards...)
	}
	for _, g := range guards {
		put(g.ID, g.Caption, string(g.State), iso(g.FailedOn))
	}
	for _, c := range care.Corrections {
		put(c.Component, iso(c.At))
	}
}

// news is what page.js needs to know of a page to keep it up to date while it is open.
type news struct {
	Edition string
	Key     string // of the newest update or postmortem
	Text    string // one sentence on it, to be read out
}

// pageNews returns the newest of all that the page tells.
func pageNews(p Page) news {
	var newest incidents.PageIncident
	for _, list := range [][]incidents.PageIncident{p.Open, p.Past, p.Planned, p.Done} {
		for _, inc := range list {
			if saidAt(inc).After(saidAt(newest)) {
				newest = inc
			}
		}
	}
	return incidentNews(p, newest)
}

func incidentNews(p Page, inc incidents.PageIncident) news {
	n := news{Edition: Edition(p.Page)}
	switch {
	case inc.Postmortem != nil && len(inc.Updates) > 0 && inc.Postmortem.RevisedAt.After(inc.Updates[0].At):
		n.Key, n.Text = inc.ID+iso(inc.Postmortem.RevisedAt), p.Words.NewPostmortem(inc.Title)
	case len(inc.Updates) > 0 && inc.Updates[0].Repeated:
		n.Key, n.Text = inc.Updates[0].ID, p.Words.NewUpdateAgain(inc.Title)
	case len(inc.Updates) > 0:
		n.Key, n.Text = inc.Updates[0].ID, p.Words.NewUpdate(inc.Title, p.statusWord(inc.Updates[0].Status))
	}
	return n
}

// saidAt returns when an incident was last told about.
func saidAt(inc incidents.PageIncident) time.Time {
	var at time.Time
	if len(inc.Updates) > 0 {
		at = inc.Updates[0].At
	}
	if inc.Postmortem != nil && inc.Postmortem.RevisedAt.After(at) {
		at = inc.Postmortem.RevisedAt
	}
	return at
}

func (n news) attributes() templ.Attributes {
	if n.Edition == "" {
		return templ.Attributes{}
	}
	return templ.Attributes{"data-live": n.Edition, "data-news": n.Key, "data-say": n.Text}
}
