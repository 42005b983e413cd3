package web

import (
	"bytes"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"candor/incidents"
	"candor/web/pictures"
)

// branded opens a house with everything of a brand.
func branded(o *Options) {
	const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><script>window.top.wrong.push("the logo ran")</script><path d="M0 0h4v1H0z" fill="purple"/></svg>`
	o.Look = Look{Logo: Picture{"image/svg+xml", []byte(logo)}, LogoDark: Picture{"image/png", pictures.IconPNG(incidents.SightOK, pictures.Own{})},
		Icon: Picture{"image/png", pictures.IconPNG(incidents.SightMaint, pictures.Own{})}, Style: []byte(":root { --link: rgb(1, 2, 3); }")}
	o.Site.Brand = incidents.Brand{HeadLinks: []incidents.Link{{Name: "Studio itself", URL: "https://studio.example.com"}},
		FootLinks: []incidents.Link{{Name: "Write to us", URL: "mailto:help@example.com"}}, HeadText: "**Welcome.** <script>no</script>", FootText: "Example Ltd."}
}

func TestABrandIsServed(t *testing.T) {
	v := open(t, branded).visitor()
	page := v.get("/").is(200).says("Studio itself", "Write to us", "Welcome.", "Example Ltd.").lacks("<script>no")
	if !strings.Contains(page.body, `alt="Studio status"`) {
		t.Error("the logo does not say what it shows")
	}
	types := map[string]string{"svg": "image/svg+xml", "png": "image/png", "css": "text/css; charset=utf-8"}
	found := regexp.MustCompile(`/static/(?:logo|logo-dark|brand|favicon-[a-z]+)\.[0-9a-f]{16}\.([a-z]+)`).FindAllStringSubmatch(page.body, -1)
	if len(found) != 5 {
		t.Fatalf("the page names %q, want two logos, a style sheet and two icons", found)
	}
	for _, f := range found {
		a := v.get(f[0]).is(200)
		if got := a.header.Get("Content-Type"); got != types[f[1]] {
			t.Errorf("%s is %s", f[0], got)
		}
		if got := a.header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s may be kept %s", f[0], got)
		}
		if got := a.header.Get("Content-Security-Policy"); f[1] == "svg" && !strings.Contains(got, "sandbox") {
			t.Errorf("%s, opened by itself, may do %s", f[0], got)
		}
	}
	v.get("/console/sign-in").lacks("brand.")
}

func TestFaviconForThoseWhoAskForIt(t *testing.T) {
	v := open(t, nil).visitor()
	a := v.get("/favicon.ico").is(200)
	if got := a.header.Get("Content-Type"); got != "image/x-icon" || !strings.HasPrefix(a.body, "\x00\x00\x01\x00\x01\x00") {
		t.Fatalf("it is %s: %.20q", got, a.body)
	}
	if _, err := png.Decode(bytes.NewReader([]byte(a.body[22:]))); err != nil {
		t.Error(err)
	}
}

// A real browser shows the logo, takes the colour, runs nothing of the logo, and changes the icon while the page is open.
func TestABrandInABrowser(t *testing.T) {
	h := open(t, func(o *Options) { o.Probes = nil; branded(o) })
	h.run()
	responder := h.responder("ada")
	b := browse(t)
	b.do(chromedp.Navigate(h.web.URL))
	b.becomes(says("All of Studio works."), patience)
	h.eventually("the page listens", func() bool { return h.server.live.count() == 1 })
	if got := tells[string](b, `getComputedStyle(document.querySelector("nav a")).color`); got != "rgb(1, 2, 3)" {
		t.Errorf("links are %s", got)
	}
	if !tells[bool](b, `document.querySelector(".brand img").naturalWidth > 0`) {
		t.Error("the logo is not shown")
	}
	const icons = `[...document.querySelectorAll("link[rel=icon]")].map((l) => l.href.match(/favicon-([a-z]+)/)[1]).join()`
	const styles = `[...document.querySelectorAll("link[rel=stylesheet]")].map((l) => l.href).join()`
	sheets := tells[string](b, styles)
	b.becomes(icons+` === "ok,ok"`, patience)
	responder.declare("Studio is slow")
	b.becomes(says("Some of Studio is not working."), patience)
	b.becomes(icons+` === "partial,partial"`, patience)
	if got := tells[string](b, styles); got != sheets {
		t.Errorf("the style sheets became %s, were %s", got, sheets)
	}
	if wrong := tells[[]string](b, "wrong"); len(wrong) > 0 {
		t.Errorf("went wrong: %q", wrong)
	}
}
