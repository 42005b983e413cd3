package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// elsewhere is a site of another host that holds a body, and hears what frames tell it.
func elsewhere(t *testing.T, body string) string {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!DOCTYPE html><title>A customer's own site</title><style>iframe { display: none; height: 3000px }</style>
			<script>window.heard = 0; addEventListener("message", () => heard++)</script><main><h1>Ours</h1><p aria-live="polite"></p>%s</main>`, body)
	}))
	t.Cleanup(site.Close)
	return strings.Replace(site.URL, "127.0.0.1", "localhost", 1)
}

const patience = time.Minute // frames of other sites are processes of their own

const (
	told   = `heard > 0`
	seen   = `(() => { const el = document.querySelector("iframe"); const r = el.getBoundingClientRect(); const s = getComputedStyle(el); return s.visibility === "visible" && !el.getAnimations().length && r.height > 50 && r.height < 300 && r.bottom <= innerHeight && r.left >= 0 && r.right <= innerWidth; })()`
	unseen = `getComputedStyle(document.querySelector("iframe")).visibility === "hidden"`
)

func TestTheFrameOnAnotherSite(t *testing.T) {
	h, _ := calm(t)
	responder := h.responder("ada")
	site := elsewhere(t, `<script async src="`+h.web.URL+`/embed/script.js"></script>`)
	b := browse(t)
	visit := func() {
		b.do(chromedp.Navigate(site))
		b.becomes(told, patience)
	}
	visit()
	if !tells[bool](b, unseen) {
		t.Error("the frame is seen although nothing is wrong")
	}
	room := responder.declare("Studio is <slow>")
	visit()
	b.becomes(seen, patience)
	if got := tells[string](b, `document.querySelector("iframe").title`); got != "Studio status" {
		t.Errorf("the frame is called %q", got)
	}
	h.eventually("the notice is dismissed", func() bool { // a click may come before the frame takes any
		if tells[bool](b, unseen) {
			return true
		}
		at := tells[[]float64](b, `(() => { const r = document.querySelector("iframe").getBoundingClientRect(); return [r.right - 20, r.top + 22]; })()`)
		b.do(chromedp.MouseClickXY(at[0], at[1]))
		return false
	})
	visit()
	if !tells[bool](b, unseen) {
		t.Error("what was dismissed is back")
	}
	responder.update(room, "identified", "It is the cache.")
	visit()
	if !tells[bool](b, unseen) {
		t.Error("what was dismissed is back after an update")
	}
	responder.declare("And something else")
	visit()
	b.becomes(seen, patience)
	if wrong := tells[[]string](b, "wrong"); len(wrong) > 0 {
		t.Errorf("went wrong: %q", wrong)
	}
}

func TestTheFrameMovesOnlyForThoseWhoWantIt(t *testing.T) {
	h, _ := calm(t)
	h.responder("ada").declare("Studio is slow")
	site := elsewhere(t, `<script async src="`+h.web.URL+`/embed/script.js" data-side="left"></script>`)
	b := browse(t)
	const moves = `getComputedStyle(document.querySelector("iframe")).transitionDuration`
	b.do(chromedp.Navigate(site))
	b.becomes(seen, patience)
	if got := tells[string](b, moves); got == "0s" {
		t.Error("the frame does not move at all")
	}
	b.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
		return chromedp.Void{}, err
	})
	b.do(chromedp.Navigate(site))
	b.becomes(seen, patience)
	if got := tells[string](b, moves); got != "0s" {
		t.Errorf("the frame moves for %s although the visitor wants none of it", got)
	}
}

func TestBannerBadgeAndScriptsOnAnotherSite(t *testing.T) {
	h, _ := calm(t)
	h.responder("ada").declare("Studio is slow")
	script := func(path, more string) string { return `<script src="` + h.web.URL + path + `" ` + more + `></script>` }
	site := elsewhere(t, script("/embed/script.js", `data-variant="banner"`)+script("/embed/script.js", `data-variant="badge"`)+
		`<p style="color: #eee; background: #111">`+script("/embed/script.js", `data-variant="badge" data-look="plain"`)+`</p>`+
		script("/embed/se-v2.js", "")+script("/embed/uptime.js", ""))
	b := browse(t)
	b.do(chromedp.Navigate(site))
	b.becomes(seen, patience)
	if !tells[bool](b, `document.body.firstElementChild.tagName === "IFRAME" && document.body.firstElementChild.getBoundingClientRect().width >= document.body.clientWidth`) {
		t.Error("the banner does not stand across the top")
	}
	b.becomes(`document.querySelector("img")?.naturalWidth > 50 && document.querySelector("img").alt === "Studio status: Minor Service Outage"`, patience)
	if got := tells[string](b, `[...document.querySelectorAll("img")].map((i) => getComputedStyle(i).colorScheme).join()`); got != "light,dark" {
		t.Errorf("badges on a light and on a dark ground are for %s", got)
	}
	tells[bool](b, `new StatusPage.page({ page: "kctbh9vrtdwd", host: "statuspage.io" }).incidents({ filter: "unresolved", success: (said) => window.got = said }),
		new StatusPage.page({ page: "kctbh9vrtdwd", version: "v9" }).status({ success() {}, error: () => window.failed = true }), true`)
	b.becomes(`window.got?.incidents[0].name === "Studio is slow"`, patience)
	if !tells[bool](b, `Object.values(uptimeData).some((c) => c.component.name === "New Studio" && c.days.length === 90 && c.days[89].related_events[0].name === "Studio is slow")`) {
		t.Errorf("uptimeData is %s", tells[string](b, "JSON.stringify(window.uptimeData).slice(0, 500)"))
	}
	if wrong := tells[[]string](b, "wrong"); len(wrong) > 0 {
		t.Errorf("went wrong: %q", wrong)
	}
}
