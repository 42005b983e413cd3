package web

import (
	"context"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/probes"
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
		charting(o)
		if change != nil {
			change(o)
		}
	})
}

// walk returns every address that the server answers to a GET, and some that try to get around the guard.
func (h *house) walk() []string {
	inc := h.past("Mail was late", 48*time.Hour, false)
	h.publish(inc, "What we learned.")
	work := h.plan("Routers are replaced", time.Hour, time.Hour, h.component("new"))
	if err := h.db.Chart(h.Context(), h.server.Charts); err != nil {
		h.Fatal(err)
	}
	h.refresh()
	return append(h.addresses([]string{inc.ID, work.ID, h.component("new"), h.server.Charts[0].ID()}), "/nothing", "/static", "/accessible", "//", "//history", "/./history.atom",
		"/static/../api/v2/summary.json", "/static/%2e%2e/history", "/console%2F..%2Fhistory", "/%68istory", "/Static/x", "/HISTORY.atom")
}

// Whatever the server answers, it answers nobody who may not read the page.
func TestNothingOfAPrivatePageIsAnswered(t *testing.T) {
	h := private(t, func(o *Options) { o.Site.Security.Contacts = []string{"mailto:security@example.com"} })
	h.fails("new-loads", "refused")
	v := h.visitor()
	v.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for _, path := range h.walk() {
		bare, _, _ := strings.Cut(path, "?")
		if opened(bare) != "" && !strings.Contains(path, "..") && !strings.Contains(path, "%") {
			continue
		}
		for _, accept := range []string{"text/html", "*/*"} {
			for _, method := range map[string][]string{"text/html": {http.MethodGet}, "*/*": {http.MethodGet, http.MethodPost}}[accept] {
				a := v.do(v.request(method, path, nil, "Accept", accept))
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
}

// opened returns what keeps an address of a private page open to everybody: itself, or the folder that it is in.
func opened(path string) string {
	for _, by := range []string{"/access", "/console", "/console/", "/healthz", "/metrics", "/ping/", "/readyz", "/static/"} {
		if path == by || strings.HasSuffix(by, "/") && strings.HasPrefix(path, by) {
			return by
		}
	}
	return ""
}

// keptRoutes returns what is answered before any route is looked up.
func keptRoutes(s *snapshot) (list []*echo.Route) {
	now := s.current.Load()
	for _, path := range slices.Concat(slices.Collect(maps.Keys(now.lazy)), slices.Collect(maps.Keys(now.pages)), slices.Collect(maps.Keys(s.assets))) {
		list = append(list, &echo.Route{Method: http.MethodGet, Path: path})
	}
	return list
}

// A route that somebody adds is closed until it is opened on purpose: in stayOpen, and here.
func TestRoutesOfAPrivatePageAreClosed(t *testing.T) {
	h := private(t, func(o *Options) {
		o.Ping = func(context.Context, string, probes.Ping) error { return probes.ErrNoHeartbeat }
	})
	v := h.visitor()
	v.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	e := echo.New()
	h.server.routes(e)
	parameter := regexp.MustCompile(`:[a-z]+`)
	open, closed := map[string]bool{}, map[string]bool{}
	for _, route := range slices.Concat(e.Routes(), keptRoutes(h.server.snapshot)) {
		if route.Method == echo.RouteNotFound {
			continue
		}
		a := v.do(v.request(route.Method, parameter.ReplaceAllString(route.Path, "x"), nil))
		by := opened(route.Path)
		if a.code == http.StatusForbidden && (by == "" || route.Method != http.MethodPost) {
			closed[route.Path] = true
		} else {
			open[by] = true
		}
		if by == "" && a.code != http.StatusForbidden {
			t.Errorf("%s %s answers %d", route.Method, route.Path, a.code)
		}
	}
	want := []string{"/access", "/console", "/console/", "/healthz", "/metrics", "/ping/", "/readyz", "/static/"}
	if got := slices.Sorted(maps.Keys(open)); !slices.Equal(got, want) {
		t.Errorf("open are %q, want %q", got, want)
	}
	for _, path := range []string{"/", "/api/v2/summary.json", "/history.rss", "/events", "/history", "/history.json", "/uptime", "/postmortems", "/charts/:file", "/components/:file", "/components/:file/days/:date",
		"/components/:file/uptime", "/incidents/:id", "/incidents/:id/evidence/:piece", "/maintenance/:id", "/share/:file", "/badge/:file", "/api/v2/incidents/:file"} {
		if !closed[path] {
			t.Errorf("%s is not among the %d routes that are closed", path, len(closed))
		}
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
	var answered []string
	for _, path := range h.walk() {
		if bare, _, _ := strings.Cut(path, "?"); staysOpen(bare) {
			continue
		}
		a := v.look(path)
		if a.code == 200 {
			answered = append(answered, path)
		}
		if got := a.header.Get("Cache-Control"); got != "private, no-cache" && !strings.HasPrefix(got, "no-store") {
			t.Errorf("%s may be kept: %s", path, got)
		}
		if a.header.Get("Access-Control-Allow-Origin") != "" || a.header.Get("Cross-Origin-Resource-Policy") != "same-site" || a.header.Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%s is open to other sites or crawlers: %v", path, a.header)
		}
	}
	id := h.component("new")
	for _, want := range []string{"/", "/events", "/history", "/history.atom", "/history.ics", "/uptime", "/api/v2/summary.json", "/embed/frame", "/share.png", "/charts.json",
		"/charts/" + h.server.Charts[0].ID() + ".json", "/components/" + id, "/components/" + id + "/days/" + time.Now().UTC().Format(time.DateOnly)} {
		if !slices.Contains(answered, want) {
			t.Errorf("%s was not among the %d addresses that answered", want, len(answered))
		}
	}
}

// The way in looks like the page: else readers may take it for somebody else's.
func TestTheWayInHasTheBrandsLook(t *testing.T) {
	v := private(t, branded).visitor()
	page := v.get("/", "Accept", "text/html").is(200).says("This page is private")
	found := regexp.MustCompile(`/static/(?:logo|logo-dark|brand)\.[0-9a-f]{16}\.[a-z]+`).FindAllString(page.body, -1)
	if len(found) != 3 {
		t.Errorf("it names %q, want two logos and a style sheet", found)
	}
	for _, path := range found {
		v.get(path).is(200)
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
	h := open(t, nil)
	for _, tt := range tests {
		o := h.server.Options
		o.Access.Networks = tt.networks
		if tt.proxy {
			o.Proxies = []*net.IPNet{proxies}
		}
		server := New(o)
		if err := server.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		site := httptest.NewServer(server)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, site.URL+"/api/v2/status.json", nil)
		if err != nil {
			t.Fatal(err)
		}
		if tt.forward != "" {
			r.Header.Set("X-Forwarded-For", tt.forward)
		}
		resp, err := site.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		site.Close()
		if resp.StatusCode != tt.code {
			t.Errorf("%s: %d, want %d", tt.name, resp.StatusCode, tt.code)
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
	if _, err := io.ReadFull(resp.Body, begin); err != nil || string(begin) != "id: " || resp.Header.Get("Cache-Control") != "no-store, no-transform" {
		t.Errorf("%v: %q, %v", err, begin, resp.Header)
	}
}
