package kinds

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// mirror answers with all that it was told, in as many ways as a careless server might.
func mirror(status int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		all := r.Header.Clone()
		user, password, _ := r.BasicAuth()
		http.SetCookie(w, &http.Cookie{Name: "sid", Value: "canary-cookie"})
		w.Header().Set("X-Token", "finch captured/+1")
		w.Header().Set("X-Mirror", r.Header.Get("Authorization")+r.Header.Get("X-Api"))
		w.WriteHeader(status)
		text, _ := json.Marshal(map[string]any{"a": user, "b": password, "u": r.URL.String(), "h": all, "z": string(body)})
		fmt.Fprintf(w, `%s canary-cookie finch captured/+1 finch%%20captured%%2F%%2B1`, text)
	})
}

func TestHTTPKeepsSecrets(t *testing.T) {
	for _, status := range []int{200, 401, 500} {
		server := httptest.NewServer(mirror(status))
		t.Cleanup(server.Close)
		host := strings.TrimPrefix(server.URL, "http://")
		raw := listen(t, func(conn net.Conn) {
			buf := make([]byte, 4096)
			n, _ := conn.Read(buf)
			conn.Write([]byte(strings.ReplaceAll(string(buf[:n]), "\r\n", " ")))
			conn.Close()
		})
		for name, text := range map[string]string{
			"userinfo":             "url: http://canary-user:canary-pw@" + host,
			"basic auth":           "{url: 'http://" + host + `', basic_auth: {user: canary-user, password: "canary \"pw/+\\é"}}`,
			"bearer":               "{url: 'http://" + host + "', bearer: canary-bearer}",
			"header":               "{url: 'http://" + host + "', headers: {X-Api: canary-key, Authorization: Token canary-token, Cookie: a=canary-b}}",
			"query":                "url: 'http://" + host + "/?api_key=canary-query'",
			"form":                 "{url: 'http://" + host + "', body: 'user=x&password=canary-form'}",
			"JSON text":            "{url: 'http://" + host + `', body: '{"login":{"Password":"canary-json"}}'}`,
			"JSON":                 "{url: 'http://" + host + "', json: {login: [{client_secret: canary-json}]}}",
			"body expectation":     "{url: 'http://" + host + "', bearer: canary-bearer, expect: {status: [200, 401, 500], body: no canary-bearer here}}",
			"header expectation":   "{url: 'http://" + host + "', bearer: canary-bearer, expect: {status: [200, 401, 500], header: {X-Mirror: x}}}",
			"no HTTP":              "{url: 'http://" + raw + "/?token=canary-query', bearer: canary-bearer}",
			"refused":              "url: http://canary-user:canary-pw@127.0.0.1:1/?token=canary-query",
			"capture":              "steps: [{url: 'http://" + host + "', expect: {status: 418}, capture: {t: 'header:X-Token'}}]",
			"capture in a request": "steps: [{url: 'http://" + host + "', expect: {status: [200, 401, 500]}, capture: {t: 'header:X-Token'}}, {url: 'http://" + host + "/{t}', bearer: '{t}', expect: {status: 418}}]",
		} {
			r := checkHTTP(t, 20*time.Second, text)
			got := fmt.Sprintf("%+v", r)
			for _, e := range r.Evidence {
				got += "\n" + string(e.Body)
			}
			if strings.Contains(got, "canary") || strings.Contains(got, "Y2FuYXJ5") ||
				strings.Contains(text, "capture:") && strings.Contains(got, "finch") {
				t.Errorf("%d %s: %s", status, name, got)
			}
			if (r.Outcome == probes.OK) != (len(r.Evidence) == 0) {
				t.Errorf("%d %s: %s with %d pieces of evidence", status, name, r.Outcome, len(r.Evidence))
			}
			if (r.Outcome == probes.OK) != (r.Detail == "") {
				t.Errorf("%d %s: %s with detail %q", status, name, r.Outcome, r.Detail)
			}
		}
	}
}

func TestHTTPErrorCutsNoSecretInTwo(t *testing.T) {
	for before := 200; before < 320; before += 8 {
		url := "http://" + listen(t, answering(strings.Repeat("x", before)+"canary-bearer\r\n\r\n"))
		r := checkHTTP(t, 20*time.Second, "{url: '"+url+"', bearer: canary-bearer}")
		if r.Outcome != probes.Failed || strings.Contains(r.Detail, "xc") {
			t.Errorf("after %d: %+v", before, r)
		}
	}
}

func TestHTTPRedirectKeepsHeadersAtHome(t *testing.T) {
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "away key=%s auth=%s referer=%s accept=%s.", r.Header.Get("X-Api"), r.Header.Get("Authorization"), r.Referer(), r.Header.Get("Accept"))
	}))
	t.Cleanup(away.Close)
	home := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, away.URL, http.StatusFound)
		case "/near":
			http.Redirect(w, r, "/here", http.StatusFound)
		}
		fmt.Fprintf(w, "here key=%s.", r.Header.Get("X-Api"))
	}))
	t.Cleanup(home.Close)
	for path, want := range map[string]string{"/near": "here key=canary.", "/away": "away key= auth= referer= accept=text/html."} {
		r := checkHTTP(t, 20*time.Second, fmt.Sprintf("{url: '%s', bearer: canary-b, headers: {X-Api: canary, Accept: text/html}, expect: {body: %q}}", home.URL+path, want))
		expectResult(t, r, probes.OK, "", "")
	}
}

func TestRedactor(t *testing.T) {
	for _, c := range []struct{ name, secrets, text, want string }{
		{"nothing to hide", "", "all is well", "all is well"},
		{"a secret", "hunter2", "it is hunter2, hunter2", "it is ***, ***"},
		{"short values stay", "abc", "abc", "abc"},
		{"overlapping secrets", "abcdef defghi", "xabcdefghix", "x***x"},
		{"a secret within another", "abcd abcdefgh", "abcdefgh abcd", "*** ***"},
		{"repeated without end", "aaaa", "aaaaaaaaaa", "***aa"},
		{"in a URL", "a/b+c=d", "?x=a%2Fb%2Bc%3Dd", "?x=***"},
		{"in JSON", `a"bc\d`, `{"x":"a\"bc\\d"}`, `{"x":"***"}`},
		{"in HTML", `a"bc<d`, `<p>a&#34;bc&lt;d</p>`, `<p>***</p>`},
	} {
		var r redactor
		r.hide(strings.Fields(c.secrets)...)
		if got := r.clean(c.text); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSnippetCutsNoSecretInTwo(t *testing.T) {
	var tell teller
	tell.hide("canary-in-the-coal-mine")
	for _, before := range []int{0, 100, 110, 119, 120, 16<<10 - 5, 16 << 10} {
		for _, filler := range []string{"x", " "} {
			body := strings.Repeat(filler, before) + "canary-in-the-coal-mine" + strings.Repeat("y", 200)
			if got := tell.snippet([]byte(body)); strings.Contains(got, "can") || len([]rune(got)) > maxShown+3 {
				t.Errorf("after %d %q: %s", before, filler, got)
			}
		}
	}
	if got := tell.snippet([]byte(`{"access_token":"made-by-the-server","api-key": "x1", "state": "sent"}`)); strings.Contains(got, "made-by") ||
		strings.Contains(got, "x1") || !strings.Contains(got, "sent") {
		t.Errorf("got %s", got)
	}
}
