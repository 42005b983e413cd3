package kinds

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// shop is a site to sign in to: the page answers when its server does.
func shop(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<!doctype html><body><h1>Sign in to the little shop</h1>
<form method=post action=/session><input id=user name=user value=old><input id=pass name=pass type=password>
<select id=lang name=lang><option value=en>English<option value=de>Deutsch</select>
<input id=day name=day type=date><button id=go disabled>Sign in</button></form>
<script>setTimeout(() => document.getElementById('go').disabled = false, 300)</script>`)
	})
	mux.HandleFunc("POST /session", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("user") != "anna" || r.FormValue("pass") != "open sesame" || r.FormValue("lang") != "de" || r.FormValue("day") != "2026-02-03" {
			fmt.Fprintf(w, "<p>Wrong password %s for the user %s, %s, %s", r.FormValue("pass"), r.FormValue("user"), r.FormValue("lang"), r.FormValue("day"))
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "anna"})
		http.Redirect(w, r, "/shop", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /shop", func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("who"); err != nil {
			http.Error(w, "sign in first", http.StatusForbidden)
			return
		}
		fmt.Fprint(w, `<!doctype html><body><p>Welcome to the little shop, Anna</p><div id=late></div>
<script>setTimeout(() => late.innerHTML = '<b class=cart>Your cart is empty</b>', 400)</script>`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

func TestBrowserWalksThroughSteps(t *testing.T) {
	url := shop(t)
	steps := `url: ` + url + `
steps:
- fill: {selector: "#user", text: anna}
- fill: {selector: "#pass", text: %s}
- fill: {selector: "#lang", text: Deutsch}
- fill: {selector: "#day", text: "2026-02-03"}
- {name: sign in, click: "#go", expect: {text: welcome TO the little shop}}
- wait: .cart
expect: {selector: b.cart, text: Your cart is empty, no_errors: true, largest_paint: 10s}
`
	r := browse(t, fmt.Sprintf(steps, "open sesame"))
	if r.Outcome != probes.OK || len(r.Steps) != 8 || r.Steps[5].Name != "sign in" {
		t.Errorf("got %s: %s, steps %v, want ok and eight steps", r.Outcome, r.Detail, r.Steps)
	}
	r = browseWithin(t, 10*time.Second, fmt.Sprintf(steps, "wrong sesame"))
	want := "step sign in: expected the page to show \"welcome TO the little shop\", but it does not; the page says \"Wrong password *** for the user ***"
	if r.Outcome != probes.Failed || r.Reason != probes.TimedOut || !strings.HasPrefix(r.Detail, want) {
		t.Errorf("got %s %s: %s, want %s", r.Outcome, r.Reason, r.Detail, want)
	}
	r = browse(t, "url: "+url+"/shop") // nothing is left of the session before
	if r.Reason != probes.AuthFailed {
		t.Errorf("got %s %s: %s, want auth failed in a fresh context", r.Outcome, r.Reason, r.Detail)
	}
}

func TestBrowserSaysWhyAStepCannotBeDone(t *testing.T) {
	url := site(t, map[string]string{"/": sentence + `<button id=off disabled>Off</button><button id=gone hidden>Gone</button>
<button id=under>Under</button><div style="position:fixed;inset:0;background:#eee8"></div><p id=text>text</p><input id=read readonly><select id=one><option>1</select>`})
	tests := []struct {
		task pageTask
		want string
	}{
		{pageTask{Find: "#none", Act: "click"}, "there is none"},
		{pageTask{Find: "#gone", Act: "click"}, "it does not show"},
		{pageTask{Find: "#off", Act: "click"}, "it is disabled"},
		{pageTask{Find: "#under", Act: "click"}, "something else covers it"},
		{pageTask{Find: "#text", Act: "fill", Text: "a"}, "nothing can be typed into it"},
		{pageTask{Find: "#one", Act: "fill", Text: "a"}, "it has no such option"},
		{pageTask{Find: "#read", Act: "fill", Text: "a"}, "it is read-only"},
		{pageTask{Find: "#text"}, ""},
	}
	c := browserChecker(t, "url: "+url).(*browserCheck)
	page, err := c.chromium.open(t.Context(), c.program, newPageWatch())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := page.navigate(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	var got any
	for page.run(t.Context(), pageTask{Find: "#text"}, &got) != nil { // until the page is there
	}
	for _, tt := range tests {
		if err := page.run(t.Context(), tt.task, &got); err != nil || got != tt.want {
			t.Errorf("%v: got %v, %v, want %q", tt.task, got, err, tt.want)
		}
	}
	page.close()

	r := browseWithin(t, 6*time.Second, "url: "+url+"\nsteps: [{click: \"#off\"}]")
	wantResult(t, r, probes.Failed, probes.TimedOut, "step 1 (click #off): expected #off to show and to work, but it is disabled")
	r = browse(t, "url: "+url+"\nsteps: [{wait: \"p[[\"}]")
	wantResult(t, r, probes.Unknown, probes.Internal, "not a valid selector")
}

func TestBrowserSendsHeadersToItsOwnHostOnly(t *testing.T) {
	var other string
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { other = r.Header.Get("X-Key") }))
	defer stranger.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "<body><p>The key that came here is %s</p><script src=%s></script>", r.Header.Get("x-key"), stranger.URL)
	}))
	defer server.Close()
	r := browse(t, "url: "+server.URL+"\nheaders: {X-Key: sesame-42, User-Agent: candor}\nexpect: {text: the key that came here is sesame-42}")
	if r.Outcome != probes.OK {
		t.Errorf("got %s: %s, want ok", r.Outcome, r.Detail)
	}
	if other != "" {
		t.Errorf("another host got the header %q", other)
	}
	r = browse(t, "url: "+server.URL+"\nheaders: {X-Key: sesame-42}\nexpect: {text: something else}")
	if r.Outcome != probes.Failed || strings.Contains(r.Detail, "sesame") || !strings.Contains(r.Detail, "here is ***") {
		t.Errorf("got %s: %s, want a failure without the key", r.Outcome, r.Detail)
	}
}

func TestBrowserExpectations(t *testing.T) {
	url := site(t, map[string]string{
		"/":       sentence + "<script>setTimeout(() => { throw new Error('late trouble') }, 100)</script>",
		"/script": sentence + "<script src=/missing.js></script>",
		"/block":  "<body style=margin:0><div style='width:50vw;height:100vh;background:blue'></div>",
		"/slow":   "<script>setTimeout(() => document.body.innerHTML = '" + sentence + "', 700)</script>",
	})
	tests := []struct {
		name, path, expect string
		outcome            probes.Outcome
		reason             probes.Reason
		detail             string
	}{
		{"an error is no failure by itself", "/", "{}", probes.OK, "", ""},
		{"an error is one when none is expected", "/", "{no_errors: true}", probes.Failed, probes.Unexpected, "expected no errors in the page; uncaught exception: Error: late trouble"},
		{"so is a script that is missing", "/script", "{no_errors: true}", probes.Failed, probes.Unexpected, "/missing.js did not load: status 404"},
		{"more text than there is", "/", "{visible_text: 30}", probes.Failed, probes.Unexpected, "29 characters of visible text"},
		{"colour instead of text", "/block", "{painted: 0.4}", probes.OK, "", ""},
		{"more colour than there is", "/block", "{painted: 0.6}", probes.Failed, probes.Unexpected, "expected 60 % of the window to be painted, got 50 %"},
		{"painted late", "/slow", "{largest_paint: 500ms}", probes.Degraded, probes.Slow, "painted within 500ms, it took"},
		{"no such element", "/", "{selector: h1}", probes.Failed, probes.Unexpected, "expected h1 to show, but it does not; the page says \"Good morning"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := browse(t, "url: "+url+tt.path+"\nexpect: "+tt.expect)
			if r.Outcome != tt.outcome || r.Reason != tt.reason || !strings.Contains(r.Detail, tt.detail) {
				t.Errorf("got %s %s: %s, want %s %s: %s", r.Outcome, r.Reason, r.Detail, tt.outcome, tt.reason, tt.detail)
			}
		})
	}
}

func TestBrowserSettingsAreChecked(t *testing.T) {
	tests := []struct {
		settings Browser
		field    string
	}{
		{Browser{}, "url"},
		{Browser{URL: "ftp://studio.example.com"}, "url"},
		{Browser{URL: "http://a", Steps: []BrowserStep{{Click: "a", Wait: "b"}}}, "steps[0].name"},
		{Browser{URL: "http://a", Steps: []BrowserStep{{Click: "a"}, {}}}, "steps[1].name"},
		{Browser{URL: "http://a", Steps: []BrowserStep{{Fill: &BrowserFill{Text: "a"}}}}, "steps[0].fill.selector"},
		{Browser{URL: "http://a", Steps: []BrowserStep{{Go: "a"}}}, "steps[0].go"},
		{Browser{URL: "http://a", Expect: BrowserExpect{LargestPaint: -1}}, "expect.largest_paint"},
		{Browser{URL: "http://a", Expect: BrowserExpect{BrowserSight: BrowserSight{VisibleText: new(-1)}}}, "expect.visible_text"},
		{Browser{URL: "http://a", Steps: []BrowserStep{{Expect: BrowserSight{Painted: new(2.0)}}}}, "steps[0].expect.painted"},
		{Browser{URL: "http://a", Headers: map[string]string{"a b": ""}}, "headers"},
		{Browser{URL: "http://a", Viewport: BrowserViewport{Width: 10}}, "viewport.width"},
	}
	for _, tt := range tests {
		_, err := tt.settings.Checker()
		if field := (*FieldError)(nil); !errors.As(err, &field) || field.Path != tt.field {
			t.Errorf("%+v: got %v, want a problem with %s", tt.settings, err, tt.field)
		}
	}
}
