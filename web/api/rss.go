package api

import (
	"encoding/xml"
	"time"
)

type rssDocument struct {
	XMLName     xml.Name  `xml:"rss"`
	Version     string    `xml:"version,attr"`
	AtomSpace   string    `xml:"xmlns:atom,attr"`
	Title       string    `xml:"channel>title"`
	Link        string    `xml:"channel>link"`
	Self        rssSelf   `xml:"channel>atom:link"`
	Description string    `xml:"channel>description"`
	Language    string    `xml:"channel>language"`
	PubDate     string    `xml:"channel>pubDate"`
	Items       []rssItem `xml:"channel>item"`
}

type rssSelf struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type rssItem struct {
	Title       string `xml:"title"`
	Description string `xml:"description"` // HTML
	PubDate     string `xml:"pubDate"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"`
	End         string `xml:"maintenanceEndDate,omitempty"`
}

// RSS answers /history.rss and /components/ID.rss (RSS 2.0). An item is dated by its newest update, and a
// maintenance that is not over by its beginning, as Statuspage's are.
func (f Feed) RSS() ([]byte, error) {
	out := rssDocument{Version: "2.0", AtomSpace: "http://www.w3.org/2005/Atom", Title: f.title, Link: f.home,
		Self:        rssSelf{"self", "application/rss+xml", f.address(".rss")},
		Description: f.about, Language: "en-US", PubDate: rssTime(f.updated)}
	for _, e := range f.entries {
		item := rssItem{Title: e.incident.Title, Description: e.content, PubDate: rssTime(e.changed), Link: e.link, GUID: e.link}
		if e.incident.Maintained() {
			item.End = rssTime(e.incident.Until)
			if e.incident.ResolvedAt.IsZero() {
				item.PubDate = rssTime(e.incident.From)
			}
		}
		out.Items = append(out.Items, item)
	}
	return document(out)
}

func rssTime(t time.Time) string { return t.UTC().Format(time.RFC1123Z) }
