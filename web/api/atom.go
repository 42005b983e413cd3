package api

import (
	"encoding/xml"
	"fmt"
	"time"
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

// Atom answers /history.atom and /components/ID.atom (RFC 4287), with ids as Statuspage has them.
func (f Feed) Atom() ([]byte, error) {
	host := hostOf(f.page.Site.URL)
	out := atomFeed{Lang: "en-US", ID: "tag:" + host + ",2005:" + f.path, Title: f.title,
		Updated: f.updated.UTC().Format(time.RFC3339), Author: f.page.Site.Name,
		Links: []atomLink{{"alternate", "text/html", f.home}, {"self", "application/atom+xml", f.address(".atom")}}}
	for _, e := range f.entries {
		out.Entries = append(out.Entries, atomEntry{
			ID:        fmt.Sprintf("tag:%s,2005:%s/%d", host, e.kind, number(e.incident.ID)),
			Published: e.published.UTC().Format(time.RFC3339), Updated: e.changed.UTC().Format(time.RFC3339),
			Link:  atomLink{"alternate", "text/html", e.link},
			Title: e.incident.Title, Content: atomContent{"html", e.content},
		})
	}
	return document(out)
}

// document writes a whole XML document.
func document(root any) ([]byte, error) {
	body, err := xml.MarshalIndent(root, "", "  ")
	return append([]byte(xml.Header), body...), err
}
