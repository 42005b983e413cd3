package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// probesAt returns a configuration with a probe of each of the paths of a server.
func probesAt(t *testing.T, server string, paths ...string) *Config {
	t.Helper()
	src := pageOnly + "components: [{key: studio, name: Studio}]\nprobes:\n"
	for _, path := range paths {
		src += "- {key: p-" + path + ", component: studio, symptom: s, http: {url: " + server + "/" + path + ", expect: {body: fine}}}\n"
	}
	return parse(t, src)
}

func TestCheckTellsWhatEachProbeFinds(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/broken" {
			w.WriteHeader(http.StatusTeapot)
		}
		w.Write([]byte("all is fine\n"))
	}))
	defer server.Close()
	tests := []struct {
		name  string
		paths []string
		ok    bool
		want  string // with the times left out
	}{
		{"all pass", []string{"one", "two-is-longer"}, true, `
   probe            component  outcome  reason  took  detail
✓  p-one            studio     ok               ?     
✓  p-two-is-longer  studio     ok               ?     
2 of 2 probes pass
`},
		{"one fails", []string{"one", "broken"}, false, `
   probe     component  outcome  reason      took  detail
✓  p-one     studio     ok                   ?     
✗  p-broken  studio     failed   unexpected  ?     HOST/broken: expected status 2xx, got 418 I'm a teapot: all is fine
1 of 2 probes pass
`},
	}
	took := regexp.MustCompile(`\b\d+(ms|(\.\d+)?s)\b`)
	squeeze := func(text string) string { return regexp.MustCompile(` {2,}`).ReplaceAllString(text, "  ") } // a long time makes its column wider
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			ok := Check(t.Context(), probesAt(t, server.URL, tt.paths...), &out)
			got := "\n" + took.ReplaceAllString(out.String(), "?")
			got = strings.ReplaceAll(got, strings.TrimPrefix(server.URL, "http://"), "HOST")
			if got, want := squeeze(got), squeeze(tt.want); ok != tt.ok || got != want {
				t.Errorf("got %v and\n%s\nwant %v and\n%s", ok, got, tt.ok, want)
			}
		})
	}
}

func TestCheckRunsAFewAtOnce(t *testing.T) {
	var running, most, all atomic.Int32
	var once sync.Once
	full := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all.Add(1)
		n := running.Add(1)
		defer running.Add(-1)
		for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
		}
		if n == checksAtOnce {
			once.Do(func() { close(full) })
		}
		select {
		case <-full:
		case <-r.Context().Done():
		}
		w.Write([]byte("fine"))
	}))
	defer server.Close()
	var paths []string
	for i := range checksAtOnce + 4 {
		paths = append(paths, strings.Repeat("x", i+1))
	}
	var out strings.Builder
	if !Check(t.Context(), probesAt(t, server.URL, paths...), &out) {
		t.Errorf("not all pass:\n%s", out.String())
	}
	if got := most.Load(); got != checksAtOnce || all.Load() != int32(len(paths)) {
		t.Errorf("%d of %d at once, want %d", got, all.Load(), checksAtOnce)
	}
}

func TestCheckEndsWithItsContext(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var out strings.Builder
	if Check(ctx, probesAt(t, server.URL, "a", "b"), &out) || !strings.Contains(out.String(), "interrupted\n0 of 2 probes pass\n") {
		t.Errorf("got\n%s", out.String())
	}
}
