package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/incidents"
)

const pagePassword = "open sesame"

// private opens a house whose page is for those who know the password, and have a link.
func private(t *testing.T, change func(*Options)) *house {
	t.Helper()
	hash, err := HashPassword(pagePassword)
	if err != nil {
		t.Fatal(err)
	}
	return open(t, func(o *Options) {
		o.Access = Access{Password: hash, Secret: strings.Repeat("s", 32)}
		o.Metrics = http.NotFoundHandler()
		if change != nil {
			change(o)
		}
	})
}

// walk returns every address that the server answers to a GET, and some that try to get around the guard.
func (h *house) walk() []string {
	inc := h.past("Mail was late", 48*time.Hour, false)
	h.publish(inc, "What we learned.")
	h.refresh()
	return append(h.addresses([]string{inc.ID, h.component("new")}), "/nothing", "/static", "/accessible", "//", "//history", "/./history.atom",
		"/static/../api/v2/summary.json", "/static/%2e%2e/history", "/console%2F..%2Fhistory", "/%68istory", "/Static/x", "/HISTORY.atom")
}

// Whatever the server answers, it answers nobody who may not read the page.
func TestNothingOfAPrivatePageIsAnswered(t *testing.T) {
	h := private(t, func(o *Options) { o.Site.Security.Contacts = []string{"mailto:security@example.com"} })
	h.fails("new-loads", "refused")
	v := h.visitor()
	v.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	open := 0
	for _, path := range h.walk() {
		for _, accept := range []string{"text/html", "*/*"} {
			for _, method := range map[string][]string{"text/html": {http.MethodGet}, "*/*": {http.MethodGet, http.MethodPost}}[accept] {
				a := v.do(v.request(method, path, nil, "Accept", accept))
				if slices.ContainsFunc([]string{"/access", "/healthz", "/readyz", "/metrics", "/console"}, func(p string) bool { return path == p }) || strings.HasPrefix(path, "/ping/") ||
					strings.HasPrefix(path, "/console/") || strings.HasPrefix(path, "/static/") && !strings.Contains(path, "..") && !strings.Contains(path, "%") {
					open++
					continue
				}
				led := a.code == http.StatusSeeOther && strings.HasPrefix(a.header.Get("Location"), "/access?next=")
				if a.code != http.StatusForbidden && a.code != http.StatusNotFound && !led {
					t.Errorf("%s %s for %s answers %d", method, path, accept, a.code)
				}
				if a.code != http.StatusNotFound && a.header.Get("Cache-Control") != "no-store" {
					t.Errorf("%s %s may be kept: %s", method, path, a.header.Get("Cache-Control"))
				}
				for _, word := range []string{"New Studio", "Mail was late", "does not load", "major"} {
					if strings.Contains(a.body, word) {
						t.Errorf("%s %s says %q", method, path, word)
					}
				}
			}
		}
	}
	if open < 50 {
		t.Errorf("only %d answers are open: the walk did not see the routes", open)
	}
}

// The same walk, by a reader who may: everything is answered, and nothing may be kept by a cache between.
func TestAReaderOfAPrivatePage(t *testing.T) {
	h := private(t, nil)
	h.fails("new-loads", "refused")
	v := h.visitor()
	a := v.get("/history?page=2", "Accept", "text/html").is(200).says("This page is private")
	if a.url != "/access?next=%2Fhistory%3Fpage%3D2" {
		t.Fatalf("led to %s", a.url)
	}
	v.post("/access", "password", "open sesami", "next", "/history?page=2").is(422).says("That is not the password")
	if a := v.post("/access", "password", pagePassword, "next", "/history?page=2").is(200).says("History"); a.url != "/history?page=2" {
		t.Errorf("led on to %s", a.url)
	}
	answered := 0
	for _, path := range h.walk() {
		if staysOpen(path) {
			continue
		}
		a := v.look(path)
		if a.code == 200 {
			answered++
		}
		if got := a.header.Get("Cache-Control"); got != "private, no-cache" && !strings.HasPrefix(got, "no-store") {
			t.Errorf("%s may be kept: %s", path, got)
		}
		if a.header.Get("Access-Control-Allow-Origin") != "" || a.header.Get("Cross-Origin-Resource-Policy") != "same-site" || a.header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s is open to other sites or crawlers: %v", path, a.header)
		}
	}
	if answered < 30 {
		t.Errorf("only %d addresses were answered", answered)
	}
}

func TestPublicPagesStayAsTheyAre(t *testing.T) {
	v := open(t, nil).visitor()
	if a := v.get("/api/v2/status.json").is(200); a.header.Get("X-Robots-Tag") != "" || a.header.Get("Cache-Control") != apiCache {
		t.Errorf("%v", a.header)
	}
	v.get("/access").is(404)
}

func TestLinksOfAPrivatePage(t *testing.T) {
	h := private(t, nil)
	link := func(until time.Duration) string { return "access=" + h.server.Access.Link(time.Now().Add(until)) }
	stranger := h.visitor()
	for name, query := range map[string]string{"an expired link": link(-time.Second), "a link without an end": "access=link..", "half a link": link(time.Hour)[:40],
		"a link of another secret": "access=" + Access{Secret: strings.Repeat("x", 32)}.Link(time.Now().Add(time.Hour)),
		"a link with a later end":  strings.Replace(link(time.Hour), "link.1", "link.2", 1), "no kind": strings.Replace(link(time.Hour), "link.", "other.", 1),
		"a link as a password": strings.Replace(link(time.Hour), "link.", "password.", 1), "an empty one": "access=", "a long one": "access=" + strings.Repeat("a.", 5000)} {
		if a := stranger.get("/history?"+query, "Accept", "text/html").is(200).says("This page is private"); query != "access=" && !strings.Contains(a.text(), "That link has expired") {
			t.Errorf("%s: %s", name, a.text())
		}
		stranger.get("/api/v2/status.json?" + query).is(403)
	}
	feed := h.visitor()
	feed.Jar = nil
	feed.get("/history.atom?" + link(time.Hour)).is(200).says("<feed")
	feed.get("/history.atom").is(403)
	person := h.visitor()
	if a := person.get("/history?page=2&"+link(time.Hour), "Accept", "text/html").is(200).says("History"); a.url != "/history?page=2" {
		t.Errorf("the link stays in the address: %s", a.url)
	}
	person.get("/api/v2/status.json").is(200)
}

func TestPassesEndWithTheirPassword(t *testing.T) {
	now := time.Now()
	a := Access{Password: "one", Secret: "s"}
	pass, link := a.pass(byPassword, now.Add(time.Hour)), a.Link(now.Add(time.Hour))
	tests := []struct {
		name       string
		access     Access
		pass, link bool
	}{
		{"the same", a, true, true},
		{"another password", Access{Password: "two", Secret: "s"}, false, true},
		{"no password any more", Access{Secret: "s"}, false, true},
		{"another secret", Access{Password: "one", Secret: "t"}, false, false},
		{"no links any more", Access{Password: "one"}, false, false},
	}
	for _, tt := range tests {
		_, gotPass := tt.access.admits(pass, now)
		_, gotLink := tt.access.admits(link, now)
		if gotPass != tt.pass || gotLink != tt.link {
			t.Errorf("%s: pass %v, link %v", tt.name, gotPass, gotLink)
		}
	}
	if _, ok := a.admits(pass, now.Add(time.Hour)); ok {
		t.Error("a pass outlives its end")
	}
}

func TestNetworksOfAPrivatePage(t *testing.T) {
	loopback := netip.MustParsePrefix("127.0.0.0/8")
	_, proxies, _ := net.ParseCIDR("127.0.0.0/8")
	tests := []struct {
		name     string
		networks []netip.Prefix
		proxy    bool
		forward  string
		code     int
	}{
		{"from the network", []netip.Prefix{loopback}, false, "", 200},
		{"from elsewhere", []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, false, "", 403},
		{"through a proxy that nobody named", []netip.Prefix{loopback}, false, "198.51.100.7", 403},
		{"who only says so", []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, false, "10.0.0.1", 403},
		{"through a named proxy", []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, true, "10.0.0.1", 200},
		{"through a named proxy, from elsewhere", []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, true, "198.51.100.7", 403},
		{"who forges the first address", []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, true, "10.0.0.1, 198.51.100.7", 403},
		{"a proxy that says nothing of its visitor", []netip.Prefix{loopback}, true, "", 403},
	}
	for _, tt := range tests {
		h := open(t, func(o *Options) {
			o.Access.Networks = tt.networks
			if tt.proxy {
				o.Proxies = []*net.IPNet{proxies}
			}
		})
		var header []string
		if tt.forward != "" {
			header = []string{"X-Forwarded-For", tt.forward}
		}
		if got := h.visitor().get("/api/v2/status.json", header...).code; got != tt.code {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.code)
		}
	}
}

func TestTriesOfAPasswordAreBounded(t *testing.T) {
	v := private(t, nil).visitor()
	guess := func() int { return v.post("/access", "password", strings.Repeat("x", incidents.MaxPassword+1)).code } // nothing is hashed for it
	if got := guess(); got != 422 {
		t.Fatalf("the first guess is answered %d", got)
	}
	for range 30 { // a slow machine earns a few more meanwhile
		if guess() == 429 {
			return
		}
	}
	t.Error("31 guesses were allowed")
}

func TestRespondersReadAPrivatePage(t *testing.T) {
	h := private(t, nil)
	responder := h.responder("ada")
	responder.get("/", "Accept", "text/html").is(200).lacks("This page is private")
	responder.post("/console/sign-out")
	responder.get("/", "Accept", "text/html").is(200).says("This page is private")
}

func TestWhereTheWayInLeads(t *testing.T) {
	for next, want := range map[string]string{"/history?page=2": "/history?page=2", "": "/", "//evil.example": "/", "/\\evil.example": "/", "https://evil.example": "/",
		"/access?next=/": "/", "/a\nb": "/", "/" + strings.Repeat("x", 2000): "/"} {
		if got := publicPath(next); got != want {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
}

// An open page of a reader who may is kept up to date all the same.
func TestEventsOfAPrivatePage(t *testing.T) {
	h := private(t, func(o *Options) { o.Probes = nil })
	h.run()
	pass := h.server.Access.pass(byPassword, time.Now().Add(time.Hour))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.web.URL+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "candor-pass", Value: pass})
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	begin := make([]byte, 4)
	if _, err := resp.Body.Read(begin); err != nil || string(begin) != "id: " || resp.Header.Get("Cache-Control") != "no-store, no-transform" {
		t.Errorf("%v: %q, %v", err, begin, resp.Header)
	}
}
