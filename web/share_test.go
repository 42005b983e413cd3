package web

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// metas returns a page's meta elements by their name or property.
func (r reply) metas() map[string]string {
	r.t.Helper()
	doc, err := html.Parse(strings.NewReader(r.is(200).body))
	if err != nil {
		r.t.Fatal(err)
	}
	out := map[string]string{}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "meta" {
			out[attr(n, "property")+attr(n, "name")] = attr(n, "content")
		}
	}
	return out
}

// picture returns the picture that a link to a page shows.
func (v *visitor) picture(page string) (address string, body string) {
	v.Helper()
	m := v.get(page).metas()
	path, ok := strings.CutPrefix(m["og:image"], "http://status.example.com")
	if !ok || m["og:title"] == "" || m["og:url"] != "http://status.example.com"+page || m["twitter:card"] != "summary_large_image" {
		v.Fatalf("%s says of itself %v", page, m)
	}
	a := v.get(path).is(200)
	if img, err := png.Decode(bytes.NewReader([]byte(a.body))); err != nil || img.Bounds().Dx() != 1200 || img.Bounds().Dy() != 630 {
		v.Fatalf("%s: %v", path, err)
	}
	return path, a.body
}

func TestPicturesOfSharedLinks(t *testing.T) {
	h := open(t, func(o *Options) { o.Probes = nil })
	v := h.visitor()
	address, well := v.picture("/")
	same, _ := v.picture("/")
	if same != address {
		t.Errorf("the picture moved from %s to %s though nothing happened", address, same)
	}
	room := h.responder("ada").declare("Studio is slow")
	later, broken := v.picture("/")
	if later == address || broken == well {
		t.Errorf("%s and %s show the same, in spite of an incident", address, later)
	}
	id := room.url[strings.LastIndex(room.url, "/")+1:]
	path, incident := v.picture("/incidents/" + id)
	if !strings.HasPrefix(path, "/share/"+id+".png?v=") || incident == broken {
		t.Errorf("the incident shows %s", path)
	}
	if path, _ := v.picture("/components/" + h.component("new")); !strings.HasPrefix(path, "/share.png?v=") {
		t.Errorf("the component shows %s", path)
	}
	v.get("/share/" + h.past(secret, time.Hour, true).ID + ".png").is(404)
	v.get("/share/" + id).is(404)
	if m := v.get("/nothing").is(404); strings.Contains(m.body, "og:image") {
		t.Error("a page that does not exist can be shared")
	}
}
