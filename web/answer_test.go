package web

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"

	"candor/incidents"
)

func TestCodingByWeight(t *testing.T) {
	all := &answer{plain: coded{body: []byte{}}, gzip: coded{encoding: []string{"gzip"}, body: []byte{}}, brotli: coded{encoding: []string{"br"}, body: []byte{}}}
	late := &answer{plain: all.plain, gzip: all.gzip} // has no brotli
	for _, tt := range []struct {
		lines       []string
		first, late string
	}{
		{nil, "", ""},
		{[]string{""}, "", ""},
		{[]string{"identity"}, "", ""},
		{[]string{"deflate, zstd"}, "", ""},
		{[]string{"gzip, deflate, br, zstd"}, "br", "gzip"},
		{[]string{"GZIP"}, "gzip", "gzip"},
		{[]string{"x-gzip"}, "gzip", "gzip"},
		{[]string{"gzipped"}, "", ""},
		{[]string{"gzip;q=0"}, "", ""},
		{[]string{"gzip; q=0.000, br;Q=0.001"}, "br", ""},
		{[]string{"br;q=0.5, gzip"}, "gzip", "gzip"},
		{[]string{"gzip;q=0.5, br;q=0.5"}, "br", "gzip"},
		{[]string{"identity, gzip;q=0.5"}, "", ""},
		{[]string{"identity;q=0.5, gzip;q=0.5"}, "gzip", "gzip"},
		{[]string{"identity;q=0, gzip"}, "gzip", "gzip"},
		{[]string{"*"}, "br", "gzip"},
		{[]string{"br;q=0, *"}, "gzip", "gzip"},
		{[]string{"*;q=0, gzip"}, "gzip", "gzip"},
		{[]string{"*;q=0"}, "", ""},
		{[]string{"deflate", "gzip"}, "gzip", "gzip"},
		{[]string{"br;q=NaN, gzip;q=2"}, "", ""},
		{[]string{"br;level=5, gzip"}, "gzip", "gzip"},
	} {
		first, late := strings.Join(all.choose(tt.lines).encoding, ""), strings.Join(late.choose(tt.lines).encoding, "")
		if first != tt.first || late != tt.late {
			t.Errorf("%q: got %q and %q, want %q and %q", tt.lines, first, late, tt.first, tt.late)
		}
	}
}

func TestMatches(t *testing.T) {
	const tag = `"abc-gz"`
	for _, tt := range []struct {
		line string
		want bool
	}{
		{`"abc-gz"`, true},
		{`W/"abc-gz"`, true},
		{`"x", W/"y" ,"abc-gz"`, true},
		{`,, "abc-gz"`, true},
		{`*`, true},
		{`"a,b", "abc-gz"`, true},
		{`"abc"`, false},
		{`"abc-gz-gz"`, false},
		{`abc-gz`, false},
		{`"abc-gz`, false},
		{`"`, false},
		{`W/`, false},
		{``, false},
	} {
		if got := matches([]string{tt.line}, tag); got != tt.want {
			t.Errorf("%s: %v", tt.line, got)
		}
	}
	if !matches([]string{`"x"`, tag}, tag) {
		t.Error("a second line is not read")
	}
}

// Each size meets the buffers of net/http differently: within one, filling it to the byte, and beyond all.
func TestKeptAnswersArriveWhole(t *testing.T) {
	server := New(Options{Site: incidents.Site{}})
	answers, kept := map[string]*answer{}, map[string]lazy{}
	var sizes []int
	for n := 0; n < 9<<10; n += 97 {
		sizes = append(sizes, n)
	}
	sizes = append(sizes, 64<<10, 1<<20)
	for _, edge := range []int{2 << 10, 4<<10 - 350} { // with the headers the buffer of 4 KB ends at the second
		for n := edge - 200; n < edge+200; n++ {
			sizes = append(sizes, n)
		}
	}
	for _, n := range sizes {
		path := "/" + lengthOf(make([]byte, n))[0]
		answers[path] = newPlain(textType, apiCache, bytes.Repeat([]byte("x"), n))
		kept[path] = ready(answers[path])
	}
	server.snapshot.current.Store(&rendered{lazy: kept})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := server.HTTP()
	var serving sync.WaitGroup
	serving.Go(func() { served.Serve(Listener(l)) })
	defer serving.Wait()
	defer served.Close()
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		in := bufio.NewReader(conn)
		for path, a := range answers { // one connection for all
			for range 2 { // the second time without net/http
				r, err := http.NewRequestWithContext(t.Context(), method, "http://status.example.com"+path, nil)
				if err != nil {
					t.Fatal(err)
				}
				if err := r.Write(conn); err != nil {
					t.Fatal(err)
				}
				resp, err := http.ReadResponse(in, r)
				if err != nil {
					t.Fatalf("%s %s: %v", method, path, err)
				}
				body, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				if err != nil || resp.Header.Get("Content-Length") != path[1:] || method == http.MethodGet && !bytes.Equal(body, a.plain.body) {
					t.Fatalf("%s %s: %d bytes of %s, %v", method, path, len(body), resp.Header.Get("Content-Length"), err)
				}
			}
		}
	}
}

func TestCodingsAndTags(t *testing.T) {
	a := newFullAnswer(htmlType, publicCache, []byte(strings.Repeat("Studio works. ", 500)))
	ask := func(method string, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, "/", nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Add(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		a.write(w, r)
		return w
	}
	unpack := map[string]func(io.Reader) io.Reader{
		"":     func(r io.Reader) io.Reader { return r },
		"br":   func(r io.Reader) io.Reader { return brotli.NewReader(r) },
		"gzip": func(r io.Reader) io.Reader { z, _ := gzip.NewReader(r); return z },
	}
	tags := map[string]bool{}
	for coding, reader := range unpack {
		w := ask(http.MethodGet, "Accept-Encoding", coding)
		if w.Header().Get("Content-Encoding") != coding || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %v", coding, w.Header())
		}
		if got := lengthOf(w.Body.Bytes())[0]; got != w.Header().Get("Content-Length") {
			t.Errorf("%q: %s bytes, told %s", coding, got, w.Header().Get("Content-Length"))
		}
		if body, err := io.ReadAll(reader(w.Body)); err != nil || !bytes.Equal(body, a.plain.body) {
			t.Errorf("%q: another body, %v", coding, err)
		}
		tag := w.Header().Get("Etag")
		tags[tag] = true
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			known := ask(method, "Accept-Encoding", coding, "If-None-Match", "W/"+tag)
			h := known.Header()
			if known.Code != 304 || h.Get("Etag") != tag || h.Get("Cache-Control") != publicCache || h.Get("Vary") == "" || h.Get("Content-Length") != "" || known.Body.Len() > 0 {
				t.Errorf("%s %q: %d %v", method, coding, known.Code, h)
			}
		}
	}
	if len(tags) != 3 {
		t.Errorf("the three codings have %d tags", len(tags))
	}
	if w := ask(http.MethodHead); w.Code != 200 || w.Body.Len() > 0 || w.Header().Get("Content-Length") != "7000" {
		t.Errorf("HEAD: %d %v", w.Code, w.Header())
	}
}

// kept returns the finished answer of an address, for a visitor who asks for nothing else.
func (h *house) kept(path string) *answer {
	h.Helper()
	a, err := h.server.kept(h.server.snapshot.current.Load(), httptest.NewRequest(http.MethodGet, path, nil))
	if a == nil || err != nil {
		h.Fatalf("%s is not kept: %v", path, err)
	}
	return a
}

// What a request is answered from the snapshot, end to end: each header case, over a real connection.
func TestAnswersOverHTTP(t *testing.T) {
	h := open(t, nil)
	a := map[string]*answer{}
	vary := map[string]string{"/": "Accept-Language, Accept-Encoding", "/api/v2/summary.json": "Accept-Encoding"}
	for _, path := range []string{"/", "/api/v2/summary.json"} {
		a[path] = h.kept(path)
		tag := func(c coded) string { return c.etag[0] }
		for _, tt := range []struct {
			name, method string
			header       http.Header
			code         int
			coding, tag  string
		}{
			{"nothing said", "GET", http.Header{"Accept-Encoding": {"identity"}}, 200, "", tag(a[path].plain)},
			{"gzip", "GET", http.Header{"Accept-Encoding": {"gzip"}}, 200, "gzip", tag(a[path].gzip)},
			{"a browser", "GET", http.Header{"Accept-Encoding": {"gzip, deflate, br, zstd"}}, 200, "br", tag(a[path].brotli)},
			{"rather gzip", "GET", http.Header{"Accept-Encoding": {"gzip, br;q=0.5"}}, 200, "gzip", tag(a[path].gzip)},
			{"HEAD", "HEAD", http.Header{"Accept-Encoding": {"br"}}, 200, "br", tag(a[path].brotli)},
			{"known", "GET", http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {tag(a[path].gzip)}}, 304, "", tag(a[path].gzip)},
			{"known weakly", "GET", http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {"W/" + tag(a[path].gzip)}}, 304, "", tag(a[path].gzip)},
			{"known among others", "GET", http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {`"x", W/"y", ` + tag(a[path].gzip)}}, 304, "", tag(a[path].gzip)},
			{"anything", "HEAD", http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {"*"}}, 304, "", tag(a[path].gzip)},
			{"known in another coding", "GET", http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {tag(a[path].plain)}}, 200, "gzip", tag(a[path].gzip)},
			{"known of long ago", "GET", http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {`"x"`}}, 200, "gzip", tag(a[path].gzip)},
			{"a broken tag", "GET", http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {`W/"`}}, 200, "gzip", tag(a[path].gzip)},
		} {
			r, err := http.NewRequestWithContext(t.Context(), tt.method, h.web.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header = tt.header
			r.Header.Set("Origin", "https://elsewhere.example.com")
			resp, err := http.DefaultTransport.RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			got := resp.Header
			if err != nil || resp.StatusCode != tt.code || got.Get("Content-Encoding") != tt.coding || got.Get("Etag") != tt.tag {
				t.Errorf("%s %s: %d %v %v, want %d, %q and %s", path, tt.name, resp.StatusCode, got, err, tt.code, tt.coding, tt.tag)
			}
			if got.Get("Vary") != vary[path] || got.Get("Cache-Control") == "" || got.Get("Date") == "" {
				t.Errorf("%s %s: %v", path, tt.name, got)
			}
			if open := got.Get("Access-Control-Allow-Origin"); (open == "*") != (path != "/") {
				t.Errorf("%s %s: other sites' scripts: %q", path, tt.name, open)
			}
			if safe := got.Get("Content-Security-Policy") != ""; tt.code == 200 && safe != (path == "/") {
				t.Errorf("%s %s: content security policy: %v", path, tt.name, safe)
			}
			if (len(body) > 0) != (tt.method == "GET" && tt.code == 200) {
				t.Errorf("%s %s: %d bytes", path, tt.name, len(body))
			}
		}
	}
}

// The guard of a private page names what an answer depends on before it is written.
func TestAnswersKeepWhatTheyVaryBy(t *testing.T) {
	a := newAnswer(htmlType, publicCache, []byte("Studio works."))
	for range 2 {
		w := httptest.NewRecorder()
		w.Header().Add("Vary", "Cookie")
		a.write(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil))
		w.Header().Add("Vary", "Origin")
		if got := strings.Join(w.Header().Values("Vary"), ", "); got != "Cookie, Accept-Encoding, Origin" {
			t.Errorf("varies by %s", got)
		}
	}
	if a.vary[0] != "Accept-Encoding" || len(varyEncoding) != 1 {
		t.Error("the shared list was changed")
	}
}
