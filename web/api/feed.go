package api

import (
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"html"
	"net/url"
	"strings"
	"time"

	"candor/incidents"
)

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Links   []atomLink  `xml:"link"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string      `xml:"id"`
	Published string      `xml:"published"`
	Updated   string      `xml:"updated"`
	Link      atomLink    `xml:"link"`
	Title     string      `xml:"title"`
	Content   atomContent `xml:"content"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// Atom answers /history.atom (RFC 4287): one entry per incident, newest first, with ids and wording as Statuspage has them.
// toHTML turns an update's Markdown into safe HTML.
func Atom(p incidents.Page, list []incidents.PageIncident, toHTML func(string) string) ([]byte, error) {
	host := hostOf(p.Site.URL)
	feed := atomFeed{Lang: "en-US", ID: "tag:" + host + ",2005:/history", Title: p.Site.Name + " - Incident History",
		Updated: p.UpdatedAt.UTC().Format(time.RFC3339), Author: p.Site.Name,
		Links: []atomLink{{"alternate", "text/html", p.Site.URL}, {"self", "application/atom+xml", p.Site.URL + "/history.atom"}}}
	for _, inc := range list {
		feed.Entries = append(feed.Entries, atomEntry{
			ID:        fmt.Sprintf("tag:%s,2005:Incident/%d", host, number(inc.ID)),
			Published: inc.ToldAt.UTC().Format(time.RFC3339), Updated: lastChange(inc).UTC().Format(time.RFC3339),
			Link:  atomLink{"alternate", "text/html", p.Site.URL + "/incidents/" + inc.ID},
			Title: inc.Title, Content: atomContent{"html", story(p, inc, toHTML)},
		})
	}
	body, err := xml.MarshalIndent(feed, "", "  ")
	return append([]byte(xml.Header), body...), err
}

// story is an incident's updates as Statuspage writes them into feeds, newest first.
func story(p incidents.Page, inc incidents.PageIncident, toHTML func(string) string) string {
	var b strings.Builder
	entry := func(at time.Time, label, body string) {
		t := at.In(zoneOf(p))
		fmt.Fprintf(&b, "<p><small>%s <var data-var='date'>%s</var>, <var data-var='time'>%s</var> %s</small><br><strong>%s</strong> - </p>%s",
			t.Format("Jan"), t.Format("02"), t.Format("15:04"), html.EscapeString(t.Format("MST")), label, toHTML(body))
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
	return strings.ToUpper(string(u.Status[:1])) + string(u.Status[1:])
}

func lastChange(inc incidents.PageIncident) time.Time {
	if inc.Postmortem != nil && inc.Postmortem.RevisedAt.After(inc.UpdatedAt) {
		return inc.Postmortem.RevisedAt
	}
	return inc.UpdatedAt
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
