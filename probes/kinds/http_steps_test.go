package kinds

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"candor/probes"
)

// campaigns is a product that takes a campaign from a signed-in user and delivers it after some looks at it.
type campaigns struct {
	looks     atomic.Int32
	deliverAt int32
	conns     atomic.Int32
}

func (c *campaigns) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/login":
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "cookie-canary"})
		w.Header().Set("X-Token", "token canary/1")
		io.WriteString(w, `<form><input name="csrf" value="form-canary"></form>`)
	case "/send":
		body, _ := io.ReadAll(r.Body)
		cookie, err := r.Cookie("session")
		if err != nil || cookie.Value != "cookie-canary" || r.Header.Get("X-Token") != "token canary/1" || string(body) != `{"csrf":"form-canary"}` {
			http.Error(w, "no: "+string(body)+r.Header.Get("X-Token"), http.StatusForbidden)
			return
		}
		w.WriteHeader(http.StatusAccepted)
		io.WriteString(w, `{"id": 12345678901234567, "tag": "a/b c&d"}`)
	case "/campaigns/12345678901234567":
		state := "queued"
		if c.looks.Add(1) >= c.deliverAt {
			state = "delivered"
		}
		fmt.Fprintf(w, `{"state": %q, "tag": %q, "id": "12345678901234567"}`, state, r.URL.Query().Get("tag"))
	default:
		http.NotFound(w, r)
	}
}

const journey = `
steps:
- name: sign in
  url: %[1]s/login
  capture: {token: "header:X-Token", csrf: 'body:/name="csrf" value="([^"]+)"/'}
- name: send
  url: %[1]s/send
  headers: {X-Token: "{token}"}
  json: {csrf: "{csrf}"}
  expect: {status: 202}
  capture: {id: "json:$.id", tag: "json:$.tag"}
- url: "%[1]s/campaigns/{id}?tag={tag}"
  until: {every: 50ms}
  expect: {json: {$.state: delivered, $.tag: "{tag}", $.id: "{id}"}, latency: %[2]s}
`

func startCampaigns(t *testing.T, deliverAt int32) (*campaigns, string) {
	c := &campaigns{deliverAt: deliverAt}
	server := httptest.NewUnstartedServer(c)
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			c.conns.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	return c, server.URL
}

func TestHTTPJourney(t *testing.T) {
	product, url := startCampaigns(t, 3)
	r := checkHTTP(t, 20*time.Second, fmt.Sprintf(journey, url, "9s"))
	expectResult(t, r, probes.OK, "", "")
	var names []string
	for _, s := range r.Steps {
		names = append(names, s.Name)
	}
	if got, want := strings.Join(names, ", "), "sign in, send, step 3"; got != want {
		t.Errorf("got steps %s, want %s", got, want)
	}
	if product.looks.Load() != 3 || r.Steps[2].Took < 100*time.Millisecond {
		t.Errorf("got %d looks in %s, want 3, 50ms apart", product.looks.Load(), r.Steps[2].Took)
	}
	if product.conns.Load() != 1 {
		t.Errorf("got %d connections, want the steps to share one", product.conns.Load())
	}
}

func TestHTTPJourneyThatIsLate(t *testing.T) {
	_, url := startCampaigns(t, 3)
	r := checkHTTP(t, 20*time.Second, fmt.Sprintf(journey, url, "20ms"))
	expectResult(t, r, probes.Degraded, probes.Slow, "step 3: expected latency <= 20ms, got ")
}

func TestHTTPJourneyThatNeverArrives(t *testing.T) {
	_, url := startCampaigns(t, 1e9)
	r := checkHTTP(t, 3*time.Second, fmt.Sprintf(journey, url, "9s"))
	expectResult(t, r, probes.Failed, probes.TimedOut, `tries: expected $.state to be "delivered", got "queued"`)
	if len(r.Steps) != 3 {
		t.Errorf("got %d steps, want 3", len(r.Steps))
	}
}

func TestHTTPUntilOutlivesAnOutage(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		switch asked.Add(1) {
		case 1:
			http.Error(w, "starting", http.StatusServiceUnavailable)
		case 2:
			panic(http.ErrAbortHandler)
		}
	}))
	t.Cleanup(server.Close)
	r := checkHTTP(t, 20*time.Second, "steps: [{url: "+server.URL+", until: {every: 50ms}}]")
	expectResult(t, r, probes.OK, "", "")
}

func TestHTTPUntilEndsInASilentTry(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) > 1 {
			<-r.Context().Done()
		}
		io.WriteString(w, "queued")
	}))
	t.Cleanup(server.Close)
	r := checkHTTP(t, 2*time.Second, "steps: [{url: "+server.URL+", until: {every: 50ms}, expect: {body: delivered}}]")
	expectResult(t, r, probes.Failed, probes.TimedOut, `2 tries: expected the body to contain "delivered", got: queued`)
}

func TestHTTPCaptureThatIsMissing(t *testing.T) {
	server := httptest.NewServer(testTarget())
	t.Cleanup(server.Close)
	for _, c := range []struct{ name, path, source, want string }{
		{"no such header", "/ok", "header:X-Token", "found by header:X-Token, but the answer has no such header"},
		{"no match", "/ok", "body:/id=([0-9]+)/", "nothing in the body matches"},
		{"no JSON", "/ok", "json:$.id", "the body is not JSON"},
		{"no such value", "/json", "json:$.id", "the path selects nothing"},
		{"a value that is no text", "/json", "json:$.items", "the path selects no text"},
		{"a value that is nothing", "/json", "json:$.none", "the path selects no text"},
		{"a value without end", "/chunk", "body:/.*/", "longer than 8192 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := server.URL + c.path
			if c.path == "/chunk" {
				long := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					io.WriteString(w, strings.Repeat("x", 9000))
				}))
				t.Cleanup(long.Close)
				url = long.URL
			}
			r := checkHTTP(t, 20*time.Second, fmt.Sprintf("steps: [{url: %s, capture: {id: %q}}]", url, c.source))
			expectResult(t, r, probes.Failed, probes.Unexpected, c.want)
		})
	}
}

func TestHTTPCapturesWithTwoForms(t *testing.T) {
	server := httptest.NewServer(testTarget())
	t.Cleanup(server.Close)
	r := checkHTTP(t, 20*time.Second, fmt.Sprintf(`
steps:
- url: %[1]s/json
  capture: {big: "json:$.big", ok: "json:$.ok", whole: "body:/sent/"}
- url: %[1]s/echo
  body: "query{user{id}} {big} {ok} {whole}"
  basic_auth: {user: "{whole}", password: "{ok}"}
  expect: {body: ["body=query{user{id}} 9007199254740993 true sent", /auth=Basic c2VudDp0cnVl /]}
`, server.URL))
	expectResult(t, r, probes.OK, "", "")
}
