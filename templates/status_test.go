package templates

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"candor/incidents"
	"candor/static"
)

// expect says what the matches of a selector read.
type expect map[string][]string

func check(t *testing.T, page string, want expect) {
	t.Helper()
	doc := parse(t, page)
	for selector, texts := range want {
		var got []string
		for _, n := range find(doc, selector) {
			got = append(got, textOf(n))
		}
		if diff := cmp.Diff(texts, got); diff != "" {
			t.Errorf("%s:\n%s", selector, diff)
		}
	}
}

func TestStatusPage(t *testing.T) {
	all := pages(t)
	for name, want := range map[string]expect{
		"status": {
			"h1": {"Some of Studio is not working."}, "h1 mark": {"not working"},
			".answer p":       {"Test e-mail delivery, New Studio and Classic Studio are affected. US Platform and EU Platform work. Checked at 11:08:00 EDT. Look again"},
			".incident h2":    {"Studio cannot send test campaigns"},
			".incident .soft": {"Started 10:39 EDT · noticed by our checks in 21 s · New Studio, Test e-mail delivery and Classic Studio", "What you may notice", ""},
			".steps .done":    {"Investigating"}, ".steps [aria-current=step]": {"Identified"},
			".notice li":  {"Test campaigns fail to send", "Test e-mails arrive late or not at all", "Studio shows a white screen or does not finish loading"},
			".promise":    {"Next update by 11:20 EDT"},
			".group h2":   {"Products", "Platforms"},
			".state":      {"Major outage", "Partial outage", "Partial outage", "Major outage", "Operational", "Operational", "Operational", "No trouble", "Degraded performance", "Partial outage", "Major outage", "No data"},
			".scale .num": {"99.99% uptime", "99.99% uptime", "99.93% uptime", "100% uptime", "100% uptime · 86.6% seen"},
			".next p":     {"No other incident in the last 15 days. April had one. March had two."},
			"[data-zone]": {"Times are in America/New_York (EDT)."},
		},
		"well":        {"h1": {"All of Studio works."}, ".incident": nil, ".answer p": {"Checked at 11:08:00 EDT. Look again"}},
		"three":       {".incident h2": {"Studio cannot send test campaigns", "Analytics are late", "Sign-in with SAML failed"}, ".promise": {"Next update by 11:20 EDT", "Next update by 11:00 EDT"}},
		"recent":      {".next h2": {"Earlier today", "Before today"}, ".told li a": {"Studio cannot send test campaigns", "Publishing was slow"}, ".incident": nil},
		"blind":       {"h1": {"We cannot see right now whether Studio works."}},
		"maintenance": {"h1": {"Some of Studio is under maintenance."}, ".component .state[data-s=maint]": {"Under maintenance"}},
		"young":       {".next p": {"No incident since this page began on 2 May 2024."}, "#new .num": {"100% uptime · 0.7% seen"}},
		"never":       {"#new .num": {"no data yet"}},
		"empty":       {".component": nil},
	} {
		t.Run(name, func(t *testing.T) { check(t, render(t, StatusPage(in(all[name]))), want) })
	}
}

// What is for responders must not be on any page of customers.
func TestPublicPagesTellNoSecrets(t *testing.T) {
	p := pages(t)["status"]
	for _, page := range []string{render(t, StatusPage(in(p))), render(t, IncidentPage(in(p), p.Open[0]))} {
		for _, secret := range []string{"Going to purge", "The broker refuses producers", "Ada", "send-test-campaign", "/console"} {
			if strings.Contains(page, secret) {
				t.Errorf("a public page says %q", secret)
			}
		}
	}
}

func TestMarksHaveShapesAndWords(t *testing.T) {
	doc := parse(t, render(t, StatusPage(in(pages(t)["status"]))))
	for _, c := range find(doc, ".component") {
		state := one(t, c, ".state")
		if attr(state, "data-s") != attr(one(t, state, ".dot"), "data-s") || textOf(state) == "" {
			t.Errorf("the state of %q is not told by shape and words", textOf(c))
		}
		if bars := one(t, c, "svg"); !strings.HasPrefix(attr(bars, "aria-label"), "The last 90 days: ") || len(find(bars, "path")) > 6 {
			t.Errorf("the bars of %q are not named, or more than a path per state", textOf(c))
		}
	}
	if icon := attr(one(t, doc, "link[rel=icon]"), "href"); icon != static.Path("favicon-major.svg") {
		t.Errorf("the icon is %s, want that of a major outage", icon)
	}
}

// A first view with its style sheet fits into one initial congestion window.
func TestFirstViewIsSmall(t *testing.T) {
	const most = 14_000
	f := factsOf(many(30), outage(t))
	for i, c := range f.Components {
		f.Incidents = append(f.Incidents, old(t, c.ID, "Something was slow", 3*i%85+1, 3e12, c.ID, incidents.ComponentStatuses[1+i%4]))
	}
	page := render(t, StatusPage(in(incidents.NewPage(f))))
	css := len(static.Files()[static.Path("page.css")].Gzip)
	size := zipped(t, page) + css + len(static.Files()[static.Path("page.js")].Gzip)
	t.Logf("page %d bytes, compressed %d, style sheet %d, with the script %d", len(page), zipped(t, page), css, size)
	if size > most {
		t.Errorf("the first view has %d bytes compressed, want at most %d", size, most)
	}
}

func zipped(t *testing.T, page string) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(page)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// A page of nothing is a page all the same.
func TestZeroValues(t *testing.T) {
	inc := &incidents.Incident{}
	for _, page := range []templ.Component{
		StatusPage(in(incidents.Page{})), IncidentPage(in(incidents.Page{}), incidents.PageIncident{}), HistoryPage(in(incidents.Page{}), HistoryFilter{}, nil, "", ""),
		ProblemPage(in(incidents.Page{}), 0, "x", "", ""), SignInPage(SignIn{}), WelcomePage(Welcome{}), NowPage(Console{}, nil, nil),
		DeclarePage(Console{}, UpdateForm{}), RoomPage(Console{}, Room{Incident: inc}), IncidentsPage(Console{}, []*incidents.Incident{inc}, nil),
		PostmortemPage(Console{}, PostmortemForm{Incident: inc}), ProbesPage(Console{}, []ProbeRow{{}}), ProbePage(Console{}, ProbeRow{}),
	} {
		houseRules(t, render(t, page))
	}
}
