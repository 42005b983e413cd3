package kinds

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"candor/probes"
)

// httpSettings decodes a configuration as the product does.
func httpSettings(t *testing.T, text string) *HTTP {
	t.Helper()
	var h HTTP
	if err := yaml.NewDecoder(strings.NewReader(text), yaml.Strict()).Decode(&h); err != nil {
		t.Fatalf("decode: %v\n%s", err, text)
	}
	return &h
}

// checkHTTP runs a probe once, with a time limit.
func checkHTTP(t *testing.T, limit time.Duration, text string) probes.Result {
	t.Helper()
	c, err := httpSettings(t, text).Checker()
	if err != nil {
		t.Fatalf("checker: %v\n%s", err, text)
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	began := time.Now()
	r := c.Check(ctx)
	if took := time.Since(began); took > limit+5*time.Second {
		t.Errorf("the check took %s, with a limit of %s", took, limit)
	}
	return r
}

// expectResult compares what matters of a result; detail is a text that occurs.
func expectResult(t *testing.T, r probes.Result, outcome probes.Outcome, reason probes.Reason, detail string) {
	t.Helper()
	if r.Outcome != outcome || r.Reason != reason || !strings.Contains(r.Detail, detail) || (detail == "") != (r.Detail == "") {
		t.Errorf("got %s, %q, %q\nwant %s, %q, %q", r.Outcome, r.Reason, r.Detail, outcome, reason, detail)
	}
}

func measured(r probes.Result, name string) (float64, bool) {
	for _, m := range r.Measurements {
		if m.Name == name {
			return m.Value, true
		}
	}
	return 0, false
}

const (
	whitePage = `<!doctype html><html><head><title>Campaign Studio, the place for campaigns</title><style>body{color:red}</style></head>
		<body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript><script>var app = "start the studio"</script></body></html>`
	realPage = `<!doctype html><html><head><title>Studio</title></head><body><h1>Campaigns</h1><p>Spring sale, 12 recipients</p></body></html>`
)

// testTarget is a product with many ways to answer.
func testTarget() http.Handler {
	mux := http.NewServeMux()
	say := func(path, contentType, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			io.WriteString(w, body)
		})
	}
	say("/ok", "text/plain", "all is well")
	say("/json", "application/json", `{"state":"sent","items":[{"n":3},{"n":3}],"big":9007199254740993,"none":null,"ok":true}`)
	say("/white", "text/html; charset=utf-8", whitePage)
	say("/page", "text/html; charset=utf-8", realPage)
	mux.HandleFunc("/status/{code}", func(w http.ResponseWriter, r *http.Request) {
		var code int
		fmt.Sscan(r.PathValue("code"), &code)
		http.Error(w, "upstream is away", code)
	})
	mux.Handle("/there", http.RedirectHandler("/ok", http.StatusFound))
	mux.Handle("/round", http.RedirectHandler("/round", http.StatusFound))
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %s host=%s type=%s auth=%s x=%s body=%s", r.Method, r.Proto, r.UserAgent(), r.Host,
			r.Header.Get("Content-Type"), r.Header.Get("Authorization"), r.Header.Get("X-A"), body)
	})
	mux.HandleFunc("/chunked", func(w http.ResponseWriter, _ *http.Request) {
		for range 5 {
			io.WriteString(w, "piece ")
			w.(http.Flusher).Flush()
		}
		io.WriteString(w, "end")
	})
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		io.WriteString(z, "all is well")
		z.Close()
	})
	mux.HandleFunc("/gzip-bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		zeros := make([]byte, 1<<20)
		for range 8 {
			z.Write(zeros)
		}
		z.Close()
	})
	mux.HandleFunc("/not-gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		io.WriteString(w, "plain text")
	})
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 32<<10)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/slow-header", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/slow-body", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "begin")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	return mux
}

func TestHTTPAnswers(t *testing.T) {
	server := httptest.NewServer(testTarget())
	t.Cleanup(server.Close)
	ok, failed, degraded := probes.OK, probes.Failed, probes.Degraded
	for _, c := range []struct {
		name, path, more string
		outcome          probes.Outcome
		reason           probes.Reason
		detail           string
	}{
		{"2xx is well by default", "/ok", "", ok, "", ""},
		{"another status is not", "/status/502", "", failed, probes.Unexpected, "expected status 2xx, got 502 Bad Gateway: upstream is away"},
		{"a wanted status is well", "/status/404", "expect: {status: 404}", ok, "", ""},
		{"one of several statuses is well", "/status/503", "expect: {status: [200, 503]}", ok, "", ""},
		{"a class of statuses is well", "/status/418", `expect: {status: "4xx"}`, ok, "", ""},
		{"a list names all it wants", "/ok", `expect: {status: [204, "3xx"]}`, failed, probes.Unexpected, "expected status 204 or 3xx, got 200 OK"},
		{"401 means the credentials", "/status/401", "", failed, probes.AuthFailed, "got 401 Unauthorized"},
		{"403 means the credentials", "/status/403", "", failed, probes.AuthFailed, "got 403 Forbidden"},
		{"a wanted 401 is well", "/status/401", "expect: {status: 401}", ok, "", ""},
		{"a redirect is followed", "/there", `expect: {body: "all is well"}`, ok, "", ""},
		{"a redirect may be the answer", "/there", `{follow_redirects: false, expect: {status: 302, header: {Location: /ok}}}`, ok, "", ""},
		{"a redirect is well when none is followed", "/there", `follow_redirects: false`, ok, "", ""},
		{"a redirect loop ends", "/round", "", failed, probes.Unexpected, "expected at most 10 redirects, got more"},
		{"no more redirects than allowed", "/round", "max_redirects: 3", failed, probes.Unexpected, "expected at most 3 redirects"},
		{"text occurs", "/ok", "expect: {body: is well}", ok, "", ""},
		{"text is missing", "/ok", "expect: {body: sunshine}", failed, probes.Unexpected, `expected the body to contain "sunshine", got: all is well`},
		{"text that must not occur", "/ok", "expect: {body: {not: is well}}", failed, probes.Unexpected, `expected the body not to contain "is well"`},
		{"a pattern matches", "/ok", "expect: {body: /^all .* well$/}", ok, "", ""},
		{"a pattern does not match", "/ok", "expect: {body: /^well/}", failed, probes.Unexpected, "expected the body to match /^well/, got: all is well"},
		{"a header matches", "/page", `expect: {header: {Content-Type: "/^text\\/html/"}}`, ok, "", ""},
		{"a header is another", "/ok", `expect: {header: {Content-Type: text/html}}`, failed, probes.Unexpected, `expected header Content-Type to be "text/html", got "text/plain"`},
		{"a header is missing", "/ok", `expect: {header: {X-Request: "/./"}}`, failed, probes.Unexpected, "expected header X-Request, got none"},
		{"chunks", "/chunked", "expect: {body: piece end}", ok, "", ""},
		{"gzip", "/gzip", "expect: {body: all is well}", ok, "", ""},
		{"a gzip bomb ends at the cap", "/gzip-bomb", "", failed, probes.TooLarge, "expected a body of at most 1048576 bytes, got more"},
		{"broken gzip", "/not-gzip", "", failed, probes.Unexpected, "gzip: invalid header"},
		{"a body may be as large as the cap", "/ok", "max_body: 11", ok, "", ""},
		{"a body is larger than the cap", "/ok", "max_body: 10", failed, probes.TooLarge, "at most 10 bytes"},
		{"an endless body ends at the cap", "/endless", "", failed, probes.TooLarge, "at most 1048576 bytes"},
		{"an answer over its latency is slow", "/ok", "expect: {latency: 1ns}", degraded, probes.Slow, "expected latency <= 1ns, got "},
		{"an answer within its latency is well", "/ok", "expect: {latency: 5s}", ok, "", ""},
		{"a white screen", "/white", "expect: {visible_text: 20}", failed, probes.Unexpected, "expected >= 20 characters of visible text, got 0"},
		{"worse than it should be", "/ok", "degraded: {body: sunshine}", degraded, probes.Unexpected, `expected the body to contain "sunshine", got: all is well`},
		{"as good as it should be", "/ok", "degraded: {status: 200, body: well, latency: 5s}", ok, "", ""},
		{"another status, of which both speak", "/status/502", "degraded: {status: 200}", failed, probes.Unexpected, "expected status 2xx, got 502"},
		{"a status that is worse", "/status/201", "degraded: {status: 200}", degraded, probes.Unexpected, "expected status 200, got 201"},
		{"worse and late", "/ok", "degraded: {body: sunshine, latency: 1ns}", degraded, probes.Unexpected, "sunshine\", got: all is well; "},
		{"a real page", "/page", "expect: {visible_text: 20}", ok, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.TrimSuffix(strings.TrimPrefix(c.more, "{"), "}")
			if !strings.HasPrefix(c.more, "{") {
				text = c.more
			}
			r := checkHTTP(t, 20*time.Second, "{url: \""+server.URL+c.path+"\", "+text+"}")
			expectResult(t, r, c.outcome, c.reason, c.detail)
			if len(r.Steps) != 1 || r.Steps[0].Name != strings.TrimPrefix(server.URL, "http://")+c.path || r.Steps[0].Took <= 0 {
				t.Errorf("steps: %+v", r.Steps)
			}
			if _, has := measured(r, "latency"); has == (c.outcome == failed) {
				t.Errorf("latency measured: %t, with outcome %s", has, r.Outcome)
			}
		})
	}
}

func TestHTTPRequest(t *testing.T) {
	server := httptest.NewServer(testTarget())
	t.Cleanup(server.Close)
	for _, c := range []struct{ name, more, want string }{
		{"a plain request", "", "GET HTTP/1.1 candor-probe host="},
		{"a body makes it a POST", "body: hello", "POST HTTP/1.1 candor-probe"},
		{"a body is sent as it is", `body: '{"a":1}'`, `body={"a":1}`},
		{"a method in small letters", "method: put", "PUT HTTP/1.1"},
		{"JSON has its type", "json: {a: [1, x]}", `type=application/json auth= x= body={"a":[1,"x"]}`},
		{"a header", "headers: {X-A: b}", "x=b"},
		{"a host", "headers: {host: studio.example.com}", "host=studio.example.com"},
		{"another user agent", "headers: {User-Agent: me}", "HTTP/1.1 me host"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := checkHTTP(t, 20*time.Second, fmt.Sprintf("url: %s/echo\n%s\nexpect: {body: %q}", server.URL, c.more, c.want))
			expectResult(t, r, probes.OK, "", "")
		})
	}
}

func TestHTTPSettings(t *testing.T) {
	dir := t.TempDir()
	junk := filepath.Join(dir, "junk.pem")
	if err := os.WriteFile(junk, []byte("junk"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, text, path, problem string }{
		{"nothing to ask", "{}", "url", "which address"},
		{"both forms", "{url: http://a/, steps: [{url: http://a/}]}", "steps", "either url or steps"},
		{"another scheme", "url: ftp://a/", "url", "neither http:// nor https://"},
		{"no scheme", "url: studio.example.com", "url", "neither http:// nor https://"},
		{"no host", "url: http:///x", "url", "no host"},
		{"no URL at all", `url: "http://a b\x7f"`, "url", "not a URL"},
		{"a step without a URL", "steps: [{url: http://a/}, {name: x}]", "steps[1].url", "which address"},
		{"a method with a space", "{url: http://a/, method: GET IT}", "method", "not a method"},
		{"CONNECT", "{url: http://a/, method: connect}", "method", "not a method"},
		{"a header's name", "{url: http://a/, headers: {\"X A\": b}}", "headers", `"X A" is not a header's name`},
		{"a header's value", `{url: http://a/, headers: {X-A: "a\nb"}}`, "headers.X-A", "characters"},
		{"two bodies", "{url: http://a/, body: a, json: b}", "json", "either body or json"},
		{"two logins", "{url: http://a/, bearer: a, basic_auth: {user: b, password: c}}", "bearer", "either"},
		{"three logins", "{url: http://a/, bearer: a, headers: {authorization: b}}", "headers.authorization", "either"},
		{"a login without a user", "{url: http://a/, basic_auth: {password: c}}", "basic_auth.user", "which user"},
		{"a status out of range", "{url: http://a/, expect: {status: 99}}", "expect.status", "from 100 to 599"},
		{"a status that is a word", "{url: http://a/, expect: {status: fine}}", "expect.status", "from 100 to 599"},
		{"no status", "{url: http://a/, expect: {status: []}}", "expect.status", "from 100 to 599"},
		{"a bad pattern", "{url: http://a/, expect: {body: /(/}}", "expect.body", "regular expression"},
		{"a bad header pattern", "{url: http://a/, expect: {header: {X-A: '/(/'}}}", "expect.header.X-A", "regular expression"},
		{"a bad JSONPath", "{url: http://a/, expect: {json: {state: x}}}", "expect.json", "not a JSONPath"},
		{"a negative latency", "{url: http://a/, expect: {latency: -1s}}", "expect.latency", "duration"},
		{"negative text", "{url: http://a/, expect: {visible_text: -1}}", "expect.visible_text", "0 or more"},
		{"too many redirects", "{url: http://a/, max_redirects: 101}", "max_redirects", "1 to 100"},
		{"a negative cap", "{url: http://a/, max_body: -1}", "max_body", "bytes"},
		{"a cap that fills the memory", "{url: http://a/, max_body: 1000000000}", "max_body", "bytes"},
		{"no CA file", "{url: https://a/, tls: {ca_file: /nowhere/ca.pem}}", "tls.ca_file", "cannot be read"},
		{"a CA file of junk", "{url: https://a/, tls: {ca_file: " + junk + "}}", "tls.ca_file", "no certificate"},
		{"a client certificate without key", "{url: https://a/, tls: {client_cert_file: " + junk + "}}", "tls.client_key_file", "name the key"},
		{"a client key without certificate", "{url: https://a/, tls: {client_key_file: " + junk + "}}", "tls.client_cert_file", "name the certificate"},
		{"a client certificate of junk", "{url: https://a/, tls: {client_cert_file: " + junk + ", client_key_file: " + junk + "}}", "tls.client_cert_file", "cannot be used"},
		{"negative days", "{url: https://a/, tls: {min_days_left: -1}}", "tls.min_days_left", "0 or more"},
		{"a value that nobody captures", "{url: 'http://a/{id}'}", "url", "no step captures {id}"},
		{"a value captured later", "steps: [{url: http://a/, body: 'x{id}'}, {url: http://a/, capture: {id: 'json:$.id'}}]", "steps[0].body", "{id} is not captured yet"},
		{"a value captured in the same step", "steps: [{url: 'http://a/', capture: {id: 'json:$.id'}, expect: {json: {$.id: '{id}'}}}]", "steps[0].expect.json", "{id} is not captured yet"},
		{"a captured host", "steps: [{url: http://a/, capture: {h: 'header:H'}}, {url: 'http://{h}/'}]", "steps[1].url", "part of the host"},
		{"a capture from nowhere", "steps: [{url: http://a/, capture: {id: 'xml:/a'}}]", "steps[0].capture.id", "json:"},
		{"a capture without a source", "steps: [{url: http://a/, capture: {id: 'json:'}}]", "steps[0].capture.id", "json:"},
		{"a capture with a bad path", "steps: [{url: http://a/, capture: {id: 'json:id'}}]", "steps[0].capture.id", "JSONPath"},
		{"a capture with a bad pattern", "steps: [{url: http://a/, capture: {id: 'body:/(/'}}]", "steps[0].capture.id", "regular expression"},
		{"a capture without slashes", "steps: [{url: http://a/, capture: {id: 'body:x'}}]", "steps[0].capture.id", "between slashes"},
		{"a capture with a bad name", "steps: [{url: http://a/, capture: {1d: 'header:X'}}]", "steps[0].capture.1d", "not a name"},
		{"a hasty repetition", "steps: [{url: http://a/, until: {every: 1ms}}]", "steps[0].until.every", "at least 50ms"},
		{"too many steps", "steps: [" + strings.Repeat("{url: http://a/},", 51) + "]", "steps", "at most 50"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := httpSettings(t, c.text).Checker()
			var field *FieldError
			if !errors.As(err, &field) {
				t.Fatalf("got %v, want a FieldError", err)
			}
			if field.Path != c.path || !strings.Contains(field.Problem, c.problem) {
				t.Errorf("got %q, want %q: …%s…", field, c.path, c.problem)
			}
		})
	}
}

func TestHTTPURLErrorsKeepThePassword(t *testing.T) {
	for _, url := range []string{"http://me:canary-pw@a b/", "ftp://me:canary-pw@a/", "http://me:canary-pw@a:x/", "http://me:canary-pw%zz@a/"} {
		_, err := (&HTTP{HTTPRequest: HTTPRequest{URL: url}}).Checker()
		if err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: got %v", url, err)
		}
	}
}
