package api

import (
	"fmt"
	"hash/fnv"
	"html"
	"net/url"
	"slices"
	"strings"
	"time"

	"candor/incidents"
)

// Feed is a list of incidents, newest first, to be written as Atom, RSS or JSON Feed with the wording of Statuspage's feeds.
type Feed struct {
	page    incidents.Page
	title   string
	about   string // in a sentence
	path    string // of the Atom and RSS documents, without the extension
	json    string // path of the JSON document
	home    string // address that a person reads instead
	updated time.Time
	entries []feedEntry
}

type feedEntry struct {
	kind      string // for its id
	incident  incidents.PageIncident
	link      string
	published time.Time
	changed   time.Time
	content   string // HTML
}

// NewFeed returns the feed of all incidents and maintenances of a list. toHTML turns Markdown into safe HTML.
func NewFeed(p incidents.Page, list []incidents.PageIncident, toHTML func(string) string) Feed {
	f := Feed{page: p, title: p.Site.Name + " - Incident History", about: "Incidents of " + p.Site.Product + ", newest first",
		path: "/history", json: "/feed.json", home: p.Site.URL, updated: p.UpdatedAt}
	for _, inc := range list {
		kind := "Incident"
		if inc.Maintained() {
			kind = "Maintenance"
		}
		f.entries = append(f.entries, feedEntry{kind, inc, p.Site.URL + inc.Path(), inc.ToldAt, lastChange(inc), story(p, inc, toHTML)})
	}
	return f
}

// NewPostmortemFeed returns the feed of the postmortems of a list, and of nothing else of its incidents.
func NewPostmortemFeed(p incidents.Page, list []incidents.PageIncident, toHTML func(string) string) Feed {
	f := Feed{page: p, title: p.Site.Name + " - Postmortems", about: "Postmortems of " + p.Site.Product + ", newest first",
		path: "/postmortems", json: "/postmortems.json", home: p.Site.URL + "/postmortems", updated: p.UpdatedAt}
	for _, inc := range list {
		if pm := inc.Postmortem; pm != nil {
			f.entries = append(f.entries, feedEntry{"Postmortem", inc, p.Site.URL + "/incidents/" + inc.ID + "#postmortem", pm.PublishedAt, pm.RevisedAt, toHTML(pm.Body)})
		}
	}
	slices.SortStableFunc(f.entries, func(a, b feedEntry) int { return b.published.Compare(a.published) })
	return f
}

// Of returns the feed of what touched one component.
func (f Feed) Of(c incidents.PageComponent) Feed {
	f.title = f.page.Site.Name + " - " + c.FullName()
	f.path, f.home = "/components/"+c.ID, f.page.Site.URL+"/#"+c.ID
	f.entries = slices.DeleteFunc(slices.Clone(f.entries), func(e feedEntry) bool {
		return !slices.ContainsFunc(e.incident.Components, func(touched incidents.PageComponent) bool { return touched.ID == c.ID })
	})
	f.updated = c.CreatedAt
	for _, e := range f.entries {
		if e.changed.After(f.updated) {
			f.updated = e.changed
		}
	}
	return f
}

// address returns where the feed itself is.
func (f Feed) address(extension string) string { return f.page.Site.URL + f.path + extension }

// story is an incident's updates as Statuspage writes them into feeds, newest first.
func story(p incidents.Page, inc incidents.PageIncident, toHTML func(string) string) string {
	var b strings.Builder
	entry := func(at time.Time, label, body string) {
		t := at.In(zoneOf(p))
		fmt.Fprintf(&b, "<p><small>%s%s %s</small><br><strong>%s</strong> - </p>%s",
			dateVar(t, "_2"), timeVar(t), html.EscapeString(t.Format("MST")), label, toHTML(body))
	}
	if inc.Maintained() {
		fmt.Fprintf(&b, "<p><strong>THIS IS A SCHEDULED EVENT %s</strong></p>", span(p, inc))
	}
	if inc.Postmortem != nil {
		entry(inc.Postmortem.PublishedAt, "Postmortem", inc.Postmortem.Body)
	}
	for _, u := range inc.Updates {
		entry(u.At, label(u), u.Body)
	}
	return b.String()
}

func label(u incidents.PageUpdate) string {
	if u.Repeated || u.Status == "" {
		return "Update"
	}
	return strings.ReplaceAll(strings.ToUpper(string(u.Status[:1]))+string(u.Status[1:]), "_", " ")
}

func zoneOf(p incidents.Page) *time.Location {
	if p.Site.Zone == nil {
		return time.UTC
	}
	return p.Site.Zone
}

// number derives the numeric id that Statuspage's feeds have from an incident's code; it never changes.
func number(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64() >> 12 // fits a double, as some readers want
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return "localhost"
}
