package api

import "encoding/json"

type jsonFeed struct {
	Version     string         `json:"version"`
	Title       string         `json:"title"`
	HomePageURL string         `json:"home_page_url"`
	FeedURL     string         `json:"feed_url"`
	Language    string         `json:"language"`
	Authors     []jsonAuthor   `json:"authors"`
	Items       []jsonFeedItem `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type jsonFeedItem struct {
	ID            string   `json:"id"`
	URL           string   `json:"url"`
	Title         string   `json:"title"`
	ContentHTML   string   `json:"content_html"`
	DatePublished Time     `json:"date_published"`
	DateModified  Time     `json:"date_modified"`
	Tags          []string `json:"tags"` // status and impact
}

// JSON answers /feed.json and /postmortems.json (JSON Feed 1.1).
func (f Feed) JSON() ([]byte, error) {
	out := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.title, HomePageURL: f.home, FeedURL: f.page.Site.URL + f.json,
		Language: "en-US", Authors: []jsonAuthor{{f.page.Site.Name, f.page.Site.URL}}, Items: []jsonFeedItem{}}
	for _, e := range f.entries {
		inc := incidentOf(f.page, e.incident)
		out.Items = append(out.Items, jsonFeedItem{ID: e.link, URL: e.link, Title: inc.Name, ContentHTML: e.content,
			DatePublished: in(f.page, e.published), DateModified: in(f.page, e.changed), Tags: []string{inc.Status, inc.Impact}})
	}
	return json.Marshal(out)
}
