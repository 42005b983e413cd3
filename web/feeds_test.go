package web

import (
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"candor/incidents"
)

// news is what a feed reader keeps of an entry.
type news struct {
	Title, Link, Text string
	At                time.Time
}

// reads returns a feed as a reader sees it.
func (s *stage) reads(path string) *gofeed.Feed {
	s.Helper()
	body := s.visitor().get(path).is(200).body
	feed, err := gofeed.NewParser().ParseString(body)
	if err != nil {
		s.Fatalf("%s: %v", path, err)
	}
	for z := xml.NewDecoder(strings.NewReader(body)); strings.HasPrefix(body, "<"); {
		if _, err := z.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			s.Fatalf("%s: %v", path, err)
		}
	}
	return feed
}

// entries returns a feed's entries without what its format adds.
func entries(f *gofeed.Feed) (out []news) {
	for _, i := range f.Items {
		text := i.Content
		if text == "" {
			text = i.Description
		}
		n := news{Title: i.Title, Link: i.Link, Text: strings.Join(strings.Fields(text), " ")}
		if i.PublishedParsed != nil {
			n.At = i.PublishedParsed.UTC().Truncate(time.Second)
		}
		out = append(out, n)
	}
	return out
}

// undated leaves the times of RSS out of a comparison: it has one only, of the newest update.
func undated(path string) cmp.Option {
	return cmp.FilterPath(func(p cmp.Path) bool { return strings.HasSuffix(path, ".rss") && p.Last().String() == ".At" }, cmp.Ignore())
}

func guids(f *gofeed.Feed) (out []string) {
	for _, i := range f.Items {
		out = append(out, i.GUID)
	}
	return out
}

var feedPaths = []string{"/history.atom", "/history.rss", "/feed.json"}

func TestFeedReadersReadTheSameInEachFormat(t *testing.T) {
	s := full(t)
	mail := "/components/" + s.component("mail")
	want := entries(s.reads(feedPaths[0]))
	if len(want) < 5 {
		t.Fatalf("only %d entries", len(want))
	}
	for _, path := range append(feedPaths, mail+".atom", mail+".rss") {
		f := s.reads(path)
		if f.Title == "" || f.Link == "" {
			t.Errorf("%s has the title %q and the link %q", path, f.Title, f.Link)
		}
		if !strings.HasPrefix(path, mail) {
			if diff := cmp.Diff(want, entries(f), undated(path)); diff != "" {
				t.Errorf("%s: %s has (-), it has (+):\n%s", path, feedPaths[0], diff)
			}
		}
		known := map[string]bool{}
		for _, i := range f.Items {
			if u, err := url.Parse(i.Link); err != nil || !u.IsAbs() {
				t.Errorf("%s: the link %q cannot be followed from a reader", path, i.Link)
			}
			if i.PublishedParsed == nil {
				t.Errorf("%s: %q has no time that a reader understands", path, i.Title)
			}
			if i.GUID == "" || known[i.GUID] {
				t.Errorf("%s: the id %q is empty or not the only one", path, i.GUID)
			}
			known[i.GUID] = true
		}
	}
	text := s.reads("/history.rss").Items
	for _, i := range text {
		if strings.Contains(i.Description+i.Content, "&lt;") || !strings.Contains(i.Description+i.Content, "<p>") {
			t.Errorf("%q is not HTML, or is escaped twice: %s", i.Title, i.Description+i.Content)
		}
	}
}

func TestFeedReadersShowNothingTwice(t *testing.T) {
	s := full(t)
	before := map[string]*gofeed.Feed{}
	for _, path := range feedPaths {
		before[path] = s.reads(path)
	}
	s.refreshAt(noon.Add(time.Hour))
	for _, path := range feedPaths {
		if diff := cmp.Diff(before[path].Items, s.reads(path).Items); diff != "" {
			t.Errorf("%s changes with time alone:\n%s", path, diff)
		}
	}
	open, err := s.db.OpenIncidents(t.Context())
	if err != nil || len(open) != 1 {
		t.Fatal(len(open), err)
	}
	if err := open[0].Post(incidents.Update{At: noon.Add(time.Hour), Status: incidents.Monitoring, Author: "Ada", Body: "1 < 2 & <b>so on</b>."}); err != nil {
		t.Fatal(err)
	}
	if err := s.db.SaveIncident(t.Context(), open[0]); err != nil {
		t.Fatal(err)
	}
	s.refreshAt(noon.Add(2 * time.Hour))
	for _, path := range feedPaths {
		after := s.reads(path)
		if diff := cmp.Diff(guids(before[path]), guids(after)); diff != "" && len(guids(after)) == len(guids(before[path])) {
			t.Errorf("%s: an update changes ids:\n%s", path, diff)
		}
		if first := after.Items[0]; strings.Contains(first.Content+first.Description, "<b>") || !strings.Contains(first.Content+first.Description, "1 &lt; 2 &amp;") {
			t.Errorf("%s: the update is not escaped: %s", path, first.Content+first.Description)
		}
	}
	if first := s.reads("/history.atom"); !first.Items[0].UpdatedParsed.Equal(noon.Add(time.Hour)) || !first.UpdatedParsed.Equal(noon.Add(time.Hour)) {
		t.Errorf("the entry was updated at %v, the feed at %v, the incident at %v", first.Items[0].UpdatedParsed, first.UpdatedParsed, noon.Add(time.Hour))
	}
}
