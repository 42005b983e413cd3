package web

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"candor/incidents"
	"candor/probes"
	"candor/store"
	"candor/templates/languages"
)

// house is a running server over a fresh SQLite file.
type house struct {
	testing.TB
	db      *store.DB
	tracker *incidents.Tracker
	server  *Server
	web     *httptest.Server
}

// open starts a server. change may adapt its options.
func open(t testing.TB, change func(*Options)) *house {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "candor.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	now := time.Now().UTC()
	components := incidents.Reconcile(nil, []incidents.Component{
		{Key: "new", Name: "New Studio", Group: "Products", DependsOn: []string{"queue"}},
		{Key: "eu", Name: "EU Platform", Group: "Platforms"},
		{Key: "queue", Name: "Message queue", Internal: true},
	}, now)
	if err := db.SaveComponents(t.Context(), components); err != nil {
		t.Fatal(err)
	}
	policy := incidents.Policy{Components: components, Wording: incidents.DefaultWording, Promise: time.Hour, Rules: []incidents.Rule{
		{Probe: "new-loads", Component: components[0].ID, Symptom: "New Studio does not load", Status: incidents.MajorOutage, Failures: 1, Of: 1, Recoveries: 1, Interval: time.Second},
	}}
	h := &house{TB: t, db: db}
	h.tracker = incidents.NewTracker(db, policy, func() { h.refresh() })
	o := Options{Store: db, Tracker: h.tracker, Stale: time.Minute, Languages: languages.All,
		Site:   incidents.Site{Name: "Studio status", Product: "Studio", URL: "http://status.example.com", Zone: time.UTC, ZoneName: "UTC", ID: "kctbh9vrtdwd"},
		Probes: []ProbeInfo{{Rule: &policy.Rules[0], Kind: "http"}}}
	if change != nil {
		change(&o)
	}
	h.server = New(o)
	h.refresh()
	h.web = httptest.NewUnstartedServer(nil)
	h.web.Config, h.web.Listener = h.server.HTTP(), Listener(h.web.Listener)
	h.web.Start()
	t.Cleanup(h.web.Close)
	return h
}

// refresh renders the page even when nothing public changed.
func (h *house) refresh() {
	h.Helper()
	h.refreshAt(time.Now())
}

// refreshAt renders what is stored, as of some time.
func (h *house) refreshAt(now time.Time) {
	h.Helper()
	s := h.server.snapshot
	s.mu.Lock()
	defer s.mu.Unlock()
	revision, err := h.db.Revision(context.Background())
	if err == nil {
		err = s.refresh(context.Background(), revision, now)
	}
	if err != nil {
		h.Errorf("refresh: %v", err)
	}
}

func (h *house) component(key string) string {
	list, err := h.db.Components(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	for _, c := range list {
		if c.Key == key {
			return c.ID
		}
	}
	h.Fatalf("no component %s", key)
	return ""
}

// visitor is a browser without JavaScript.
type visitor struct {
	*house
	http.Client
}

func (h *house) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.Fatal(err)
	}
	return &visitor{h, http.Client{Jar: jar}}
}

// responder returns a visitor who has made an account through an invitation.
func (h *house) responder(name string) *visitor {
	h.Helper()
	secret, hash := NewInvitation()
	if err := h.db.SaveInvitation(h.Context(), hash, incidents.Responder, time.Now().Add(time.Hour)); err != nil {
		h.Fatal(err)
	}
	v := h.visitor()
	a := v.post("/console/welcome", "token", secret, "name", name, "email", name+"@example.com", "password", "correct horse")
	a.is(200)
	return v
}

// reply is an answer, read to its end.
type reply struct {
	t      testing.TB
	code   int
	url    string
	header http.Header
	body   string
}

func (v *visitor) do(r *http.Request) reply {
	v.Helper()
	resp, err := v.Do(r)
	if err != nil {
		v.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		v.Fatal(err)
	}
	return reply{v.TB, resp.StatusCode, resp.Request.URL.RequestURI(), resp.Header, string(body)}
}

func (v *visitor) get(path string, header ...string) reply {
	v.Helper()
	return v.do(v.request(http.MethodGet, path, nil, header...))
}

func (v *visitor) request(method, path string, body io.Reader, header ...string) *http.Request {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), method, v.web.URL+path, body)
	if err != nil {
		v.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

// post sends a form of names and values, and follows the redirect.
func (v *visitor) post(path string, fields ...string) reply {
	v.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return v.do(v.request(http.MethodPost, path, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded"))
}

func (r reply) is(code int) reply {
	r.t.Helper()
	if r.code != code {
		r.t.Fatalf("%s answered %d, want %d\n%.2000s", r.url, r.code, code, r.body)
	}
	return r
}

func (r reply) says(texts ...string) reply {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.text(), text) {
			r.t.Errorf("%s does not say %q", r.url, text)
		}
	}
	return r
}

func (r reply) lacks(texts ...string) reply {
	r.t.Helper()
	for _, text := range texts {
		if strings.Contains(r.body, text) {
			r.t.Errorf("%s says %q", r.url, text)
		}
	}
	return r
}

// text returns the page's text and the values of its fields, with white space folded.
func (r reply) text() string {
	if !strings.HasPrefix(r.header.Get("Content-Type"), "text/html") {
		return r.body
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(r.body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				if a.Key == "value" {
					b.WriteString(" " + a.Val + " ")
				}
			}
		}
	}
}

// field returns the value of the first input of that name.
func (r reply) field(name string) string {
	doc, err := html.Parse(strings.NewReader(r.body))
	if err != nil {
		r.t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "input" && attr(n, "name") == name {
			return attr(n, "value")
		}
	}
	r.t.Fatalf("%s has no field %s", r.url, name)
	return ""
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// fails stores a failing result, as the probe would, and lets the checks judge it.
func (h *house) fails(probe, detail string) {
	h.Helper()
	ctx, cancel := context.WithCancel(h.Context())
	observed, done := make(chan struct{}), make(chan struct{})
	go func() { defer close(done); h.tracker.Run(ctx, observed) }()
	if err := h.tracker.Observe(ctx, probes.Result{Probe: probe, Place: "local", At: time.Now(), Outcome: probes.Failed, Reason: probes.Refused, Detail: detail}); err != nil {
		h.Fatal(err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for open := 0; open == 0; {
		list, err := h.db.OpenIncidents(ctx)
		if err != nil || time.Now().After(deadline) {
			h.Fatalf("no incident was opened: %v", err)
		}
		open = len(list)
	}
	cancel()
	close(observed)
	<-done
	h.refresh()
}
