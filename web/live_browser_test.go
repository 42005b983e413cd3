package web

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// watch is what every page of these tests runs before its own script: it keeps what went wrong and what was read out.
const watch = `
	window.wrong = []; window.said = [];
	addEventListener("error", (e) => wrong.push(e.message));
	addEventListener("unhandledrejection", (e) => wrong.push(String(e.reason)));
	addEventListener("securitypolicyviolation", (e) => wrong.push(e.violatedDirective + " " + e.blockedURI));
	addEventListener("DOMContentLoaded", () => {
		const region = document.querySelector("[aria-live=polite]");
		if (region) new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
	});`

// chromium is a tab of a real browser with a small window.
type chromium struct {
	*testing.T
	ctx context.Context
}

// browse starts Chromium. Each page runs the scripts before its own.
func browse(t *testing.T, scripts ...string) *chromium {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("these tests need Chromium: %v", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("window-size", "420,400"))
	allocator, kill := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(kill)
	ctx, _ := chromedp.NewContext(allocator) // ends with the allocator
	b := &chromium{t, ctx}
	b.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: strings.Join(append(scripts, watch), ";\n")})
		return chromedp.Void{}, err
	})
	return b
}

func (b *chromium) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// tells returns the value of a JavaScript expression.
func tells[V any](b *chromium, expression string) V {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[V](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// becomes waits until a JavaScript expression is true, for d at most.
func (b *chromium) becomes(expression string, d time.Duration) {
	b.Helper()
	began := time.Now()
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(d))); err != nil {
		b.Fatalf("%s is not so after %v: %v; wrong: %q; main is %s", expression, d, err, tells[[]string](b, "wrong"), tells[string](b, "document.querySelector('main').outerHTML"))
	}
	b.Logf("%s after %v", expression, time.Since(began))
}

// returning counts who asks for the page and has it already.
type returning struct {
	next http.Handler
	mu   sync.Mutex
	kept int // answers with 304
}

func (f *returning) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		f.next.ServeHTTP(w, r)
		return
	}
	answer := httptest.NewRecorder()
	f.next.ServeHTTP(answer, r)
	f.mu.Lock()
	defer f.mu.Unlock()
	if answer.Code == http.StatusNotModified {
		f.kept++
	}
	maps.Copy(w.Header(), answer.Header())
	w.WriteHeader(answer.Code)
	w.Write(answer.Body.Bytes())
}

const sentence = `document.querySelector("h1").textContent`

func says(text string) string { return sentence + " === " + strconv.Quote(text) }

// calm is a house whose page says that all is well.
func calm(t *testing.T) (*house, *returning) {
	f := &returning{}
	h := open(t, func(o *Options) { o.Probes = nil })
	f.next = h.server
	h.web.Close()
	h.web = httptest.NewServer(f)
	t.Cleanup(h.web.Close)
	h.run()
	return h, f
}

func TestAPageLeftOpenThroughAnIncident(t *testing.T) {
	h, _ := calm(t)
	h.past("Publishing was slow", 2*time.Hour, false)
	h.refresh()
	responder := h.responder("ada")
	b := browse(t)
	b.do(chromedp.Navigate(h.web.URL))
	b.becomes(says("All of Studio works."), soon)
	h.eventually("the page listens", func() bool { return h.server.live.count() == 1 })
	tells[bool](b, `window.held = document.querySelector(".told a"), held.focus(), window.fold = document.querySelector("details"), fold.open = true,
		window.row = document.querySelector(".component"), scrollTo(0, row.getBoundingClientRect().top + scrollY - 30), true`)
	if tells[float64](b, "scrollY") < 50 {
		t.Fatal("the page is too short for this test")
	}
	place := tells[float64](b, "row.getBoundingClientRect().top")
	same := func(when string) {
		t.Helper()
		if !tells[bool](b, "document.activeElement === held && held.isConnected") {
			t.Errorf("%s the focus is lost", when)
		}
		if !tells[bool](b, "fold.isConnected && fold.open") {
			t.Errorf("%s the open detail is closed", when)
		}
		if got := tells[float64](b, "row.getBoundingClientRect().top"); got-place > 1 || place-got > 1 {
			t.Errorf("%s what was read moved from %v to %v", when, place, got)
		}
	}
	room := responder.declare("Studio is slow")
	b.becomes(says("Some of Studio is not working."), soon)
	same("after the post")
	if got := tells[string](b, "document.title"); got != "Studio status: Some of Studio is not working." {
		t.Errorf("the title is %q", got)
	}
	responder.update(room, "identified", "It is the cache.")
	b.becomes(`document.querySelector(".incident .text").textContent.trim() === "It is the cache."`, soon)
	same("after the update")
	responder.update(room, "resolved", "Over.")
	b.becomes(says("All of Studio works."), soon)
	same("after the end")
	if !tells[bool](b, `!document.querySelector(".incident") && [...document.querySelectorAll(".told a")].length === 2`) {
		t.Error("the incident does not stand with those that are over")
	}
	h.refresh() // without news
	want := []string{"Some of Studio is not working.", "New update: Studio is slow, identified.", "All of Studio works."}
	if diff := cmp.Diff(want, tells[[]string](b, "said")); diff != "" {
		t.Errorf("what was read out:\n%s", diff)
	}
	if wrong := tells[[]string](b, "wrong"); len(wrong) > 0 {
		t.Errorf("went wrong: %q", wrong)
	}
}

func TestOtherPagesChangeWhileTheyAreOpen(t *testing.T) {
	h, _ := calm(t)
	responder := h.responder("ada")
	room := responder.declare("Studio is slow")
	b := browse(t)
	b.do(chromedp.Navigate(h.web.URL + strings.TrimPrefix(room.url, "/console")))
	b.becomes(`document.querySelectorAll(".timeline > li").length === 1`, soon)
	h.eventually("the page listens", func() bool { return h.server.live.count() == 1 })
	responder.update(room, "identified", "It is the cache.")
	b.becomes(`document.querySelectorAll(".timeline > li").length === 2`, soon)
	if got := tells[[]string](b, "said"); !slices.Equal(got, []string{"New update: Studio is slow, identified."}) {
		t.Errorf("read out: %q", got)
	}
	b.do(chromedp.Navigate(h.web.URL + "/history"))
	h.eventually("the new page listens, the old one does not", func() bool { return h.server.live.count() == 1 })
	responder.update(room, "resolved", "Over.")
	b.becomes(`document.querySelector(".told li").textContent.includes("lasted")`, soon)
}

func TestHiddenPagesCostNothing(t *testing.T) {
	h, _ := calm(t)
	responder := h.responder("ada")
	b := browse(t, `Object.defineProperty(document, "hidden", { get: () => window.away })`)
	b.do(chromedp.Navigate(h.web.URL))
	h.eventually("the page listens", func() bool { return h.server.live.count() == 1 })
	turn := func(away string) {
		tells[bool](b, `window.away = `+away+`, document.dispatchEvent(new Event("visibilitychange"))`)
	}
	turn("true")
	h.eventually("the hidden page has hung up", func() bool { return h.server.live.count() == 0 })
	responder.declare("Studio is slow")
	if tells[bool](b, says("Some of Studio is not working.")) {
		t.Error("the hidden page changed")
	}
	turn("false")
	b.becomes(says("Some of Studio is not working."), soon)
}

func TestAPageComesBackToItsServer(t *testing.T) {
	h, _ := calm(t)
	responder := h.responder("ada")
	b := browse(t)
	b.do(chromedp.Navigate(h.web.URL))
	h.eventually("the page listens", func() bool { return h.server.live.count() == 1 })
	h.server.live.send([]byte("retry: 1\n\n")) // the page keeps to its own, longer times
	h.server.live.keep(func(viewer) bool { return false })
	responder.declare("Studio is slow")
	b.becomes(says("Some of Studio is not working."), 10*time.Second)
	if wrong := tells[[]string](b, "wrong"); len(wrong) > 0 {
		t.Errorf("went wrong: %q", wrong)
	}
}

func TestPagesWithoutEventsAskNowAndThen(t *testing.T) {
	for name, script := range map[string]string{
		"a browser without EventSource": `delete window.EventSource`,
		"a proxy that refuses":          `window.EventSource = class { addEventListener() {} close() {} constructor() { setTimeout(() => this.onerror()) } }`,
	} {
		t.Run(name, func(t *testing.T) {
			h, f := calm(t)
			responder := h.responder("ada")
			b := browse(t, script, `Math.random = () => -.45`) // so that nobody waits for long
			b.do(chromedp.Navigate(h.web.URL))
			h.eventually("the page asks with what it has", func() bool {
				f.mu.Lock()
				defer f.mu.Unlock()
				return f.kept > 0
			})
			responder.declare("Studio is slow")
			b.becomes(says("Some of Studio is not working."), 10*time.Second)
		})
	}
}
