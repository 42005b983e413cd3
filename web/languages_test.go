package web

import (
	"net/http"
	"strings"
	"testing"

	"candor/templates/languages"
)

func TestPagesSpeakTheVisitorsLanguage(t *testing.T) {
	h := open(t, nil)
	h.fails("new-loads", "x")
	list, err := h.db.OpenIncidents(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d incidents, %v", len(list), err)
	}
	v := h.visitor()
	const public, mine = publicCache, "private, no-cache"
	for _, c := range []struct {
		name, query, accept, cookie string
		lang, cache, vary           string
	}{
		{"nothing asked", "", "", "", "en", public, "Accept-Language, Accept-Encoding"},
		{"the browser asks", "", "de-AT,de;q=0.9,en;q=0.5", "", "de", public, "Accept-Language, Accept-Encoding"},
		{"the browser asks for one that is not there", "", "sv", "", "en", public, "Accept-Language, Accept-Encoding"},
		{"the address says", "lang=ja", "de", "", "ja", public, "Accept-Encoding"},
		{"the address says a relative", "lang=zh-CN", "de", "", "zh-Hans", public, "Accept-Encoding"},
		{"the address says nonsense", "lang=%22%3E%3Cscript%3E", "de", "", "de", public, "Accept-Language, Accept-Encoding"},
		{"the visitor chose once", "", "de", "lang=ar", "ar", mine, "Accept-Language, Accept-Encoding"},
		{"the address is above the cookie", "lang=fr", "de", "lang=ar", "fr", public, "Accept-Encoding"},
		{"a cookie of another", "", "de", "lang=xx", "de", public, "Accept-Language, Accept-Encoding"},
	} {
		for _, path := range []string{"/", "/history", "/uptime", "/postmortems", "/postmortems?q=x", "/?days=7", "/incidents/" + list[0].ID, "/components/" + h.component("new")} {
			mark := "?"
			if strings.Contains(path, "?") {
				mark = "&"
			}
			a := v.get(path+mark+c.query, "Accept-Language", c.accept, "Cookie", c.cookie).is(200)
			l := languages.Find(c.lang)
			for _, text := range []string{`lang="` + c.lang + `"`, `dir="` + l.Direction() + `"`, ">" + l.History() + "</a>"} {
				if !strings.Contains(a.body, text) {
					t.Errorf("%s, %s: the page lacks %s", c.name, path, text)
				}
			}
			vary := c.vary
			if path == "/history" {
				vary = "Accept, " + vary // programs may ask for JSON
			}
			if got := strings.Join(a.header.Values("Vary"), ", "); got != vary {
				t.Errorf("%s, %s: Vary %q, want %q", c.name, path, got, vary)
			}
			if got := a.header.Get("Cache-Control"); got != c.cache {
				t.Errorf("%s, %s: Cache-Control %q, want %q", c.name, path, got, c.cache)
			}
			if len(a.header.Values("Set-Cookie")) > 0 {
				t.Errorf("%s, %s: a GET sets a cookie", c.name, path)
			}
		}
	}
}

func TestALanguageHasItsOwnTag(t *testing.T) {
	v := open(t, nil).visitor()
	tags := map[string]string{}
	for _, l := range languages.All {
		a := v.get("/", "Accept-Language", l.Code).is(200)
		tag := a.header.Get("Etag")
		if other, ok := tags[tag]; ok {
			t.Errorf("%s and %s have the tag %s", l.Code, other, tag)
		}
		tags[tag] = l.Code
		v.get("/", "Accept-Language", l.Code, "If-None-Match", tag).is(304)
		v.get("/", "Accept-Language", "sv", "If-None-Match", tag).is(map[bool]int{true: 304, false: 200}[l == languages.English])
	}
	first := v.get("/?lang=de").is(200)
	if again := v.get("/?lang=de&edition=0123456789abcdef", "If-None-Match", first.header.Get("Etag")); again.code != 304 {
		t.Errorf("an open page that looks again gets %d, want its language's 304", again.code)
	}
}

func TestProgramsAndRespondersReadEnglish(t *testing.T) {
	h := open(t, nil)
	v, german := h.visitor(), []string{"Accept-Language", "de"}
	v.get("/nothing", german...).is(404).says(languages.Find("de").NotFound())
	v.get("/nothing?lang=ar", german...).is(404).says(languages.Find("ar").NotFound())
	v.get("/api/v2/nothing.json", german...).is(404).says("There is no such page")
	for _, path := range []string{"/api/v2/summary.json", "/history.atom", "/llms.txt", "/badge.svg"} {
		if a := v.get(path, german...).is(200); a.header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s varies by %q", path, a.header.Get("Vary"))
		}
	}
	ada := h.responder("ada")
	ada.get("/console", german...).is(200).says("Public page")
	ada.get("/console/incidents/nothing", german...).is(404).says("There is no such page")
}

func TestOnePageLanguage(t *testing.T) {
	v := open(t, func(o *Options) { o.Languages = []*languages.Language{languages.Find("de")} }).visitor()
	for _, path := range []string{"/", "/?lang=fr", "/history?lang=fr"} {
		a := v.get(path, "Accept-Language", "fr", "Cookie", "lang=fr").is(200)
		if !strings.Contains(a.body, `lang="de"`) || strings.Contains(a.body, "hreflang") || strings.Contains(a.body, "data-languages") {
			t.Errorf("%s is not German alone", path)
		}
		if got := strings.Join(a.header.Values("Vary"), ", "); strings.Contains(got, "Language") {
			t.Errorf("%s varies by %q, though there is one language", path, got)
		}
	}
}

// A page in another language costs one rendering a snapshot, however many ask at once.
func TestAnotherLanguageIsRenderedOnce(t *testing.T) {
	h := open(t, nil)
	now := h.server.snapshot.current.Load()
	key := tongue{words: languages.Find("pl")}.key()
	found := make(chan *answer)
	for range 8 {
		go func() {
			a, err := now.pages["/"][key]()
			if err != nil {
				t.Error(err)
			}
			found <- a
		}()
	}
	first := <-found
	for range 7 {
		if <-found != first {
			t.Error("two requests got two renderings")
		}
	}
	h.server.snapshot.facts.Site.Name = "Another"
	h.refresh()
	h.visitor().get("/", "Accept-Language", "pl").says("Another")
}

func BenchmarkFrontByLanguage(b *testing.B) {
	h := open(b, nil)
	for name, accept := range map[string]string{"default": "", "negotiated": "de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7"} {
		r, _ := http.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Language", accept)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				h.server.tongue(r)
			}
		})
	}
}

func TestTheFrameSpeaksTheVisitorsLanguage(t *testing.T) {
	h := open(t, nil)
	h.fails("new-loads", "x")
	v, de := h.visitor(), languages.Find("de")
	for _, ask := range [][]string{{"/embed/frame?lang=de"}, {"/embed/frame", "Accept-Language", "de"}} {
		a := v.get(ask[0], ask[1:]...).is(200).says(de.MajorOutage(), "New Studio does not load")
		if got := a.header.Get("Content-Security-Policy"); !strings.HasSuffix(got, "; frame-ancestors *") || !strings.Contains(a.body, `lang="de"`) {
			t.Errorf("%s may not be framed, or is not German: %s", a.url, got)
		}
	}
	if a := v.get("/embed/frame", "Accept-Language", "de"); a.header.Get("Vary") != "Accept-Language, Accept-Encoding" || a.header.Get("Cache-Control") != publicCache {
		t.Errorf("a cache is told %q, %q", a.header.Get("Vary"), a.header.Get("Cache-Control"))
	}
}

func TestTheWayInSpeaksTheVisitorsLanguage(t *testing.T) {
	v := private(t, nil).visitor()
	v.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	fr := languages.Find("fr")
	a := v.get("/history?lang=fr", "Accept", "text/html").is(303)
	way := a.header.Get("Location")
	v.get(way).is(200).says(fr.PageIsPrivate(), fr.OpenThePage())
	v.get("/access", "Accept-Language", "fr").is(200).says(fr.PageIsPrivate())
	v.post("/access?lang=fr", "password", "wrong").is(422).says(fr.WrongPassword(), fr.DidNotWork())
	v.get("/access").is(200).says("This page is private")
}
