package api

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
)

type atomRead struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"lang,attr"`
	ID      string   `xml:"id"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Title   string `xml:"title"`
	Updated string `xml:"updated"`
	Author  string `xml:"author>name"`
	Entries []struct {
		ID        string `xml:"id"`
		Published string `xml:"published"`
		Updated   string `xml:"updated"`
		Link      struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Title   string `xml:"title"`
		Content struct {
			Type string `xml:"type,attr"`
			HTML string `xml:",chardata"`
		} `xml:"content"`
	} `xml:"entry"`
}

type rssRead struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Title   string   `xml:"channel>title"`
	Links   []struct {
		XMLName xml.Name
		Href    string `xml:"href,attr"`
		Text    string `xml:",chardata"`
	} `xml:"channel>link"`
	Description string `xml:"channel>description"`
	PubDate     string `xml:"channel>pubDate"`
	Items       []struct {
		Title       string `xml:"title"`
		Description string `xml:"description"`
		PubDate     string `xml:"pubDate"`
		Link        string `xml:"link"`
		GUID        string `xml:"guid"`
	} `xml:"channel>item"`
}

// parse reads a document as a feed reader would, by the names and namespaces of the format.
func parse(t *testing.T, into any, body []byte, err error) {
	t.Helper()
	if err == nil {
		err = xml.Unmarshal(body, into)
	}
	if err != nil {
		t.Fatalf("%v in %s", err, body)
	}
}

const shortStory = "<p><small>Mar <var data-var='date'> 3</var>, <var data-var='time'>11:30</var> CEST</small><br><strong>Resolved</strong> - </p><p>Over.</p>"

func TestAtom(t *testing.T) {
	p, list := fixture()
	var got atomRead
	body, err := NewFeed(p, list, paragraph).Atom()
	parse(t, &got, body, err)
	if got.Lang != "en-US" || got.ID != "tag:status.example.com,2005:/history" || got.Title != "Studio status - Incident History" ||
		got.Updated != "2026-05-02T11:55:08Z" || got.Author != "Studio status" || len(got.Entries) != 3 {
		t.Errorf("feed %+v", got)
	}
	if len(got.Links) != 2 || got.Links[0].Href != "https://status.example.com" || got.Links[1].Href != "https://status.example.com/history.atom" {
		t.Errorf("links %+v", got.Links)
	}
	told, short := got.Entries[1], got.Entries[2]
	if told.Published != "2026-04-07T21:00:00Z" || told.Updated != "2026-04-10T21:00:00Z" || !strings.Contains(told.Content.HTML, "<strong>Postmortem</strong> - </p><p>## Summary") {
		t.Errorf("an incident with a postmortem %+v", told)
	}
	if got.Entries[0].Title != "New Studio <does> not load" || short.Title != "A short one" || short.Link.Href != "https://status.example.com/incidents/short0000000" ||
		short.ID != "tag:status.example.com,2005:Incident/3927882386313600" || short.Content.Type != "html" {
		t.Errorf("entries %+v", got.Entries)
	}
	if diff := cmp.Diff(shortStory, short.Content.HTML); diff != "" {
		t.Errorf("content, want (-), got (+):\n%s", diff)
	}
}

func TestRSS(t *testing.T) {
	p, list := fixture()
	var got rssRead
	body, err := NewFeed(p, list, paragraph).RSS()
	parse(t, &got, body, err)
	if got.Version != "2.0" || got.Title != "Studio status - Incident History" || got.PubDate != "Sat, 02 May 2026 11:55:08 +0000" ||
		got.Description != "Incidents of Studio, newest first" || len(got.Items) != 3 {
		t.Errorf("feed %+v", got)
	}
	if len(got.Links) != 2 || got.Links[0].Text != "https://status.example.com" || got.Links[1].XMLName.Space != "http://www.w3.org/2005/Atom" ||
		got.Links[1].Href != "https://status.example.com/history.rss" {
		t.Errorf("links %+v", got.Links)
	}
	short := got.Items[2]
	if short.Title != "A short one" || short.PubDate != "Tue, 03 Mar 2026 09:30:00 +0000" || short.Description != shortStory ||
		short.Link != "https://status.example.com/incidents/short0000000" || short.GUID != short.Link {
		t.Errorf("item %+v", short)
	}
}

func TestComponentFeedHoldsWhatTouchedIt(t *testing.T) {
	p, list := fixture()
	all := NewFeed(p, list, paragraph)
	classic := p.Groups[1].Components[1]
	var atom atomRead
	body, err := all.Of(classic).Atom()
	parse(t, &atom, body, err)
	if len(atom.Entries) != 1 || atom.Entries[0].Title != "A short one" || atom.Title != "Studio status - Products - Classic Studio" ||
		atom.ID != "tag:status.example.com,2005:/components/classic00000" || atom.Updated != "2026-03-03T09:30:00Z" {
		t.Errorf("feed of a component %+v", atom)
	}
	var none rssRead
	body, err = all.Of(p.Groups[0].Components[0]).RSS()
	parse(t, &none, body, err)
	if len(none.Items) != 0 || len(all.entries) != 3 {
		t.Errorf("%d items of a component that had none; %d are left of all", len(none.Items), len(all.entries))
	}
}

func TestFeedsOfControlCharactersAreXML(t *testing.T) {
	p, list := fixture()
	list[0].Title = "a\x00b\x1b ]]> & \xff"
	for _, write := range []func(Feed) ([]byte, error){Feed.Atom, Feed.RSS} {
		body, err := write(NewFeed(p, list, func(s string) string { return s + "\x07" }))
		var any struct{ XMLName xml.Name }
		parse(t, &any, body, err)
	}
	body, err := Sitemap(p, append(list, incidents.PageIncident{ID: "x&y"}))
	var urls struct {
		Locs []string `xml:"url>loc"`
	}
	parse(t, &urls, body, err)
	want := []string{"https://status.example.com/", "https://status.example.com/history", "https://status.example.com/uptime", "https://status.example.com/postmortems",
		"https://status.example.com/components/api000000000", "https://status.example.com/components/new000000000",
		"https://status.example.com/components/classic00000", "https://status.example.com/components/eu0000000000", "https://status.example.com/incidents/80d0cs6kpsps",
		"https://status.example.com/incidents/pm0000000000", "https://status.example.com/incidents/short0000000", "https://status.example.com/incidents/x&y"}
	if diff := cmp.Diff(want, urls.Locs); diff != "" {
		t.Errorf("addresses, want (-), got (+):\n%s", diff)
	}
}
