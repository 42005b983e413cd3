package web

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"
)

func TestFeedsOfPostmortems(t *testing.T) {
	h := open(t, nil)
	h.past("A short one", 24*time.Hour, false)
	old := h.past("Mail was late", 72*time.Hour, false)
	h.publish(old, "## What we learned\n\nDisks fill. <script>no</script>")
	h.refresh()
	v := h.visitor()
	var atom struct {
		ID      string `xml:"id"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Content string `xml:"content"`
			Link    struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	a := v.get("/postmortems.atom").is(200).lacks("A short one")
	if err := xml.Unmarshal([]byte(a.body), &atom); err != nil || len(atom.Entries) != 1 {
		t.Fatalf("%v in %s", err, a.body)
	}
	e := atom.Entries[0]
	if atom.ID != "tag:status.example.com,2005:/postmortems" || !strings.HasPrefix(e.ID, "tag:status.example.com,2005:Postmortem/") || e.Title != "Mail was late" ||
		e.Link.Href != "http://status.example.com/incidents/"+old.ID+"#postmortem" {
		t.Errorf("%s: %+v", atom.ID, e)
	}
	if !strings.Contains(e.Content, "Disks fill.") || strings.Contains(e.Content, "<script") || strings.Contains(e.Content, "Text.") {
		t.Errorf("the entry says %s", e.Content)
	}
	v.get("/postmortems.rss").is(200).says("<title>Mail was late</title>", "Postmortems of Studio, newest first")
	var feed struct {
		Address string `json:"feed_url"`
		Items   []struct{ Title string }
	}
	if err := json.Unmarshal([]byte(v.get("/postmortems.json").is(200).body), &feed); err != nil || len(feed.Items) != 1 ||
		feed.Address != "http://status.example.com/postmortems.json" {
		t.Errorf("%v: %+v", err, feed)
	}
}

func TestHistoryIsJSONForThoseWhoAskForIt(t *testing.T) {
	h := open(t, nil)
	h.past("Mail was late", time.Hour, false)
	h.refresh()
	v := h.visitor()
	want := v.get("/history.json?page=2").is(200).body
	tests := []struct{ name, accept, contentType string }{
		{"a program", "application/json", jsonType},
		{"a program with second thoughts", "application/json, text/plain, */*", jsonType},
		{"a browser", "text/html,application/xhtml+xml,*/*;q=0.8", htmlType},
		{"whoever takes both", "text/html, application/json", htmlType},
		{"whoever takes anything", "*/*", htmlType},
	}
	for _, tt := range tests {
		a := v.get("/history?page=2", "Accept", tt.accept).is(200)
		if got := a.header.Get("Content-Type"); got != tt.contentType {
			t.Errorf("%s gets %s", tt.name, got)
		}
		vary := map[string]string{jsonType: "Accept, Accept-Encoding", htmlType: "Accept, Accept-Language, Accept-Encoding"}[tt.contentType]
		if got := strings.Join(a.header.Values("Vary"), ", "); got != vary {
			t.Errorf("%s: the answer varies with %q", tt.name, got)
		}
		if tt.contentType == jsonType && a.body != want {
			t.Errorf("%s gets another history: %s", tt.name, a.body)
		}
	}
}
