package templates

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"candor/incidents"
	"candor/templates/languages"
)

// TestPagesInEveryLanguage looks for what is the same on the English page though the operator did not write it.
func TestPagesInEveryLanguage(t *testing.T) {
	english := map[string][]string{}
	for name, page := range publicPages(t, languages.English) {
		english[name] = fixed(parse(t, render(t, page)))
	}
	for _, l := range languages.All[1:] {
		for name, page := range publicPages(t, l) {
			text := render(t, page)
			houseRules(t, text)
			doc := parse(t, text)
			if root := one(t, doc, "html"); attr(root, "lang") != l.Code || attr(root, "dir") != l.Direction() {
				t.Errorf("%s: %s is in %q, %q", l.Code, name, attr(root, "lang"), attr(root, "dir"))
			}
			for _, s := range fixed(doc) {
				if slices.Contains(english[name], s) && sentence.MatchString(s) && !sameIn(l, s) {
					t.Errorf("%s: %s says %q, as in English", l.Code, name, s)
				}
			}
		}
	}
}

// Scripts without Latin letters show every word that is not translated at all.
func TestNoLatinWordsAreLeft(t *testing.T) {
	for _, code := range []string{"ja", "zh-Hans", "ko", "ar"} {
		for name, page := range publicPages(t, languages.Find(code)) {
			for _, s := range fixed(parse(t, render(t, page))) {
				if word := latin.FindString(given.ReplaceAllString(s, "")); word != "" {
					t.Errorf("%s: %s says %q in %q", code, name, word, s)
				}
			}
		}
	}
}

var (
	sentence = regexp.MustCompile(`[A-Za-z]{2,}.*[a-z]`)
	latin    = regexp.MustCompile(`[A-Za-z]{3,}`)
	// given are the names that the operator, the world or a program gives something.
	given = regexp.MustCompile(`Candor|Studio|Statuspage|UTC|EDT|EST|Atom|RSS|API|America/New_York|New|Classic|Test e-mail delivery|Mail delay|[A-Z]{2} Platform|Products|Platforms|Part number \d+|Group [A-Z]|` +
		`messages waiting|memory|queue|campaigns|messages|ratio|\d KB|r-8gk2vq0x|MiB|KiB|GiB|Donau\w+|Badge|consumers|\.\w+|\d+.(min|h)\b|April`)
)

// sameIn says whether a language has the word from English.
func sameIn(l *languages.Language, s string) bool {
	return slices.Contains([]string{l.Postmortem(), l.Postmortems(), l.Badge(), l.Update(), l.Incident(), l.Incidents(), l.Maintenance(), l.Component(), l.Open(), l.Pages(), l.Password()}, strings.TrimSuffix(s, " ·")) ||
		!latin.MatchString(given.ReplaceAllString(s, ""))
}

// fixed returns the texts of a page, also those in attributes, that the operator did not write.
func fixed(doc *html.Node) []string {
	var out []string
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && (attr(n, "dir") == "auto" || has(n, "data-languages") || n.Data == "pre" || n.Data == "title" || n.Data == "code") {
			return
		}
		for _, a := range n.Attr {
			link := n.Data == "link" || n.Data == "meta" // they name the page and the product
			if slices.Contains([]string{"aria-label", "title", "alt", "abbr", "placeholder", "data-due", "data-late", "data-here", "data-utc", "data-close"}, a.Key) && !link {
				out = append(out, strings.TrimSpace(a.Val))
			}
		}
		if s := strings.TrimSpace(n.Data); n.Type == html.TextNode && s != "" {
			out = append(out, s)
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(doc)
	return out
}

func TestOperatorsWordsKeepTheirLanguage(t *testing.T) {
	p := pages(t)["status"]
	p.Site.Language = "en"
	german := Page{Page: p, Words: languages.Find("de"), Offered: languages.All}
	doc := parse(t, render(t, StatusPage(german)))
	for _, selector := range []string{".incident h2 a", ".incident .text", ".brand", ".group h2", ".component h3", ".foot p[dir=auto]"} {
		for _, n := range find(doc, selector) {
			if attr(n, "lang") != "en" {
				t.Errorf("%s: %q has lang=%q, want en", selector, textOf(n), attr(n, "lang"))
			}
		}
	}
	for _, n := range find(parse(t, render(t, StatusPage(In(p, languages.English)))), "body [lang]") {
		t.Errorf("on a page in the operator's language %q has lang=%q", textOf(n), attr(n, "lang"))
	}
}

func TestLinksKeepTheChosenLanguage(t *testing.T) {
	p := pages(t)["status"]
	page := Page{Page: p, Words: languages.Find("de"), Chosen: true, Offered: languages.All}
	for name, text := range map[string]string{"front": render(t, StatusPage(page)), "incident": render(t, IncidentPage(page, p.Open[0])),
		"component": render(t, ComponentPage(page, p.Components()[0])), "history": render(t, HistoryPage(page, HistoryFilter{Component: "new"}, nil, "/history?page=2", "")),
		"charts": render(t, StatusPage(page.Charting(charting(p).Charts))), "component with charts": render(t, ComponentPage(page.Charting(charting(p).Charts), p.Groups[0].Components[2])),
		"corrected": render(t, ExplainPage(Page{Page: incidents.NewPage(afterwards(t)), Words: page.Words, Chosen: true, Offered: languages.All}, p.Groups[0].Components[2], 90))} {
		doc := parse(t, text)
		for _, a := range find(doc, "a") {
			href := attr(a, "href")
			machine := regexp.MustCompile(`\.(atom|rss|ics|json|svg)$|^#|^https?:|^/static/`)
			if !machine.MatchString(href) && !strings.Contains(href, "lang=") {
				t.Errorf("%s: the link to %s loses the language", name, href)
			}
		}
		for _, form := range find(doc, "form") {
			if len(find(form, "input[name=lang][value=de]")) != 1 {
				t.Errorf("%s: a form loses the language", name)
			}
		}
	}
	if href := attr(find(parse(t, render(t, StatusPage(in(p)))), ".component h3 a")[0], "href"); strings.Contains(href, "lang=") {
		t.Errorf("without a choice the link is %s", href)
	}
	for path, want := range map[string]string{"/": "/?lang=pt-BR", "/history?page=2": "/history?page=2&lang=pt-BR", "/components/a#calendar": "/components/a?lang=pt-BR#calendar"} {
		if got := inLanguage(path, languages.Find("pt-BR")); got != want {
			t.Errorf("%s becomes %s, want %s", path, got, want)
		}
	}
}

func TestThePageNamesItsOtherLanguages(t *testing.T) {
	doc := parse(t, render(t, StatusPage(in(pages(t)["status"]))))
	if got := len(find(doc, "link[hreflang]")); got != len(languages.All)+1 {
		t.Errorf("%d alternates, want one a language and the default", got)
	}
	if got := texts(doc, "[data-languages] [aria-current=page]"); len(got) != 1 || got[0] != "English" {
		t.Errorf("the language shown is %q", got)
	}
	alone := parse(t, render(t, StatusPage(In(pages(t)["status"], languages.English))))
	if n := len(find(alone, "link[hreflang], [data-languages]")); n > 0 {
		t.Error("a page in one language offers others")
	}
}

func TestTheFirstSentence(t *testing.T) {
	p := incidents.Page{Site: site}
	says := []incidents.Says{incidents.Works, incidents.WorksAgain, incidents.NotWorking, incidents.AllTroubled, incidents.SomeNotWorking, incidents.SomeSlow,
		incidents.SomeMaintained, incidents.AllMaintained, incidents.LookingInto, incidents.CannotSee}
	for _, l := range languages.All {
		seen := map[string]incidents.Says{}
		for _, s := range says {
			p.Answer.Says = s
			got := In(p, l).Sentence()
			if other, ok := seen[got.Text()]; ok || got.Mark == "" || !strings.Contains(got.Text(), "Studio") {
				t.Errorf("%s: %s reads %q, %s too", l.Code, s, got.Text(), other)
			}
			seen[got.Text()] = s
		}
	}
	p.Answer = incidents.Answer{Says: incidents.SomeNotWorking, Affected: []string{"A"}, Maintained: []string{"B", "C"}, Working: []string{"D", "E", "F", "G", "H"}, Unseen: []string{"I"}}
	for code, want := range map[string]string{
		"en": "A is affected. B and C are under maintenance. D, E, F and 2 others work. I cannot be seen now.",
		"de": "Betroffen: A. In Wartung: B und C. Es funktionieren: D, E, F und 2 weitere. Derzeit nicht erkennbar: I.",
		"ja": "影響あり: A。メンテナンス中: B、C。正常: D、E、F、ほか 2 件。現在確認できないもの: I。",
	} {
		if got := In(p, languages.Find(code)).Detail(); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	p.Answer = incidents.Answer{Says: incidents.CannotSee, Unseen: []string{"Mail"}}
	if got := In(p, languages.English).Detail(); got != "Our checks cannot see Mail. The rest works." {
		t.Errorf("of one that is not seen: %q", got)
	}
	p.Answer.Unseen = nil
	p.CheckedAt = time.Time{}
	if got := In(p, languages.English).Detail(); got != languages.English.ChecksNotYet() {
		t.Errorf("in the first seconds: %q", got)
	}
	p.CheckedAt = time.Now().Add(-time.Hour)
	if got := In(p, languages.English).Detail(); got != languages.English.ChecksSilent() {
		t.Errorf("of nothing at all: %q", got)
	}
}
