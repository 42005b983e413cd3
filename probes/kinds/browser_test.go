package kinds

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"candor/probes"
)

// theBrowser is the Chromium of all tests of a run, as of all probes of a program.
var theBrowser = newChromium()

// browse runs a browser probe, as configured, with all the time that a cold browser needs on a busy machine.
func browse(t *testing.T, config string) probes.Result {
	t.Helper()
	return browseWithin(t, time.Minute, config)
}

func browseWithin(t *testing.T, limit time.Duration, config string) probes.Result {
	t.Helper()
	c := browserChecker(t, config)
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	began := time.Now()
	result := c.Check(ctx)
	if took := time.Since(began); took > limit+500*time.Millisecond {
		t.Errorf("took %s of %s", took, limit)
	}
	t.Logf("%s %s %q %v %v", result.Outcome, result.Reason, result.Detail, result.Steps, result.Measurements)
	return result
}

func browserChecker(t *testing.T, config string) probes.Checker {
	t.Helper()
	b := Browser{chromium: theBrowser}
	if err := yaml.NewDecoder(strings.NewReader(config), yaml.Strict()).Decode(&b); err != nil {
		t.Fatalf("decode: %v\n%s", err, config)
	}
	c, err := b.Checker()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// site serves pages by their path, each the body of an HTML document.
func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><title>A title is not on the page</title><body>%s", body)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

const sentence = "<p>Good morning, everything is here.</p>" // 29 characters without the spaces

func TestBrowserTellsAWhitePageFromAGoodOne(t *testing.T) {
	tests := []struct {
		name, page string
		detail     string // in the failure; empty when the page is good
	}{
		{"a good page", sentence, ""},
		{"nothing at all", "", "the page is white: 0 characters of visible text, 1 colour"},
		{"too little text", "<p>Oops</p>", "the page is nearly empty: 4 characters"},
		{"text that nobody can see", strings.Join([]string{"<div style=opacity:0>", "<div style=visibility:hidden>", "<div style=display:none>",
			"<div style=color:#fff>", "<div style=color:#fefefe>", "<div style=position:absolute;left:-5000px>", "<div style=height:3000px></div><div>"},
			sentence+"</div>") + sentence + "</div><script>/* " + sentence + " */</script>", "the page is white: 0 characters"},
		{"behind a white cover", sentence + "<div style='position:fixed;inset:0;background:#fff'></div>", "white: 0 characters"},
		{"white on black", "<body style=background:#000;color:#fff>" + sentence, ""},
		{"display: contents", "<div style=display:contents>Good morning, everything is here.</div>", ""},
		{"a shadow tree", "<div id=a></div><script>a.attachShadow({mode:'open'}).innerHTML=`" + sentence + "`</script>", ""},
		{"a frame", "<iframe srcdoc='" + sentence + "'></iframe>", ""},
		{"a form", "<input value='Write your message here'><input type=submit value='Send it to them'>", ""},
		{"only a canvas", "<canvas id=c width=600 height=400></canvas><script>const g=c.getContext('2d');" +
			"for(let i=0;i<9;i++){g.fillStyle=`hsl(${i*40},90%,50%)`;g.fillRect(i*60,20,50,300)}</script>", ""},
		{"an empty canvas", "<canvas width=600 height=400></canvas>", "white: 0 characters"},
		{"only a small spinner", "<svg width=60 height=60><circle cx=30 cy=30 r=20 fill=blue></svg>", "nearly empty: 0 characters"},
		{"a script that empties the page", "<div id=root>" + sentence + "</div><script>setTimeout(() => " +
			"{root.innerHTML = ''; throw new TypeError('no such thing')}, 50)</script>", "0 characters of visible text, 1 colour; uncaught exception: TypeError: no such thing"},
		{"a page that takes its time", "<script>setTimeout(() => document.body.innerHTML = '" + sentence + "', 1500)</script>", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := browse(t, "url: "+site(t, map[string]string{"/": tt.page}))
			if tt.detail == "" && r.Outcome != probes.OK {
				t.Errorf("got %s %s: %s, want ok", r.Outcome, r.Reason, r.Detail)
			}
			if tt.detail != "" && (r.Outcome != probes.Failed || r.Reason != probes.Unexpected || !strings.Contains(r.Detail, tt.detail)) {
				t.Errorf("got %s %s: %s, want unexpected: %s", r.Outcome, r.Reason, r.Detail, tt.detail)
			}
		})
	}
}
