package api

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"candor/incidents"
	"candor/templates"
	"candor/templates/languages"
)

// Robots answers /robots.txt: everything but the console may be read.
func Robots(p incidents.Page) []byte {
	return fmt.Appendf(nil, "User-agent: *\nAllow: /\nDisallow: /console\n\nSitemap: %s/sitemap.xml\n", p.Site.URL)
}

type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// Sitemap answers /sitemap.xml: the pages for people, with those of the components and of the listed incidents and
// maintenances. The history leads to the others.
func Sitemap(p incidents.Page, list []incidents.PageIncident) ([]byte, error) {
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	out := sitemap{URLs: []sitemapURL{{p.Site.URL + "/", at(p.UpdatedAt)}, {p.Site.URL + "/history", at(p.UpdatedAt)}}}
	for _, path := range []string{"/uptime", "/postmortems"} {
		out.URLs = append(out.URLs, sitemapURL{Loc: p.Site.URL + path})
	}
	for _, c := range p.Components() {
		out.URLs = append(out.URLs, sitemapURL{p.Site.URL + "/components/" + c.ID, at(c.UpdatedAt)})
	}
	for _, inc := range list {
		out.URLs = append(out.URLs, sitemapURL{p.Site.URL + inc.Path(), at(lastChange(inc))})
	}
	return document(out)
}

// english is the page in the language of what programs read.
func english(p incidents.Page) templates.Page { return templates.In(p, languages.English) }

// Llms answers /llms.txt (llmstxt.org): what this page is, what it says now, and where programs find more.
func Llms(p incidents.Page) []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# %s\n", oneLine(p.Site.Name))
	line("> The public status page of %s. It says now: %s\n", oneLine(p.Site.Product), oneLine(english(p).Sentence().Text()+" "+english(p).Detail()))
	if !p.CheckedAt.IsZero() {
		line("Checks last saw the product at %s.", p.CheckedAt.UTC().Format(time.RFC3339))
	}
	line("This text is of %s and changes with the page; read it again instead of remembering it.", p.At.UTC().Format(time.RFC3339))
	line("\n## Open incidents\n")
	for _, inc := range p.Open {
		line("- %s: %s, impact %s, since %s, %s/incidents/%s", oneLine(inc.Title), inc.Status, inc.Impact,
			inc.StartedAt.UTC().Format(time.RFC3339), p.Site.URL, inc.ID)
	}
	if len(p.Open) == 0 {
		line("None.")
	}
	if len(p.Planned) > 0 {
		line("\n## Maintenance\n")
	}
	for _, m := range p.Planned {
		line("- %s: %s, from %s until %s, %s%s", oneLine(m.Title), m.Status, m.From.UTC().Format(time.RFC3339),
			m.Until.UTC().Format(time.RFC3339), p.Site.URL, m.Path())
	}
	line("\n## Components\n")
	all, well := p.Components(), 0
	for _, c := range all {
		if c.Status == incidents.Operational {
			well++
			continue
		}
		line("- %s: %s", oneLine(c.FullName()), c.Status.Words())
	}
	line("- %d of %d have no known problem.", well, len(all))
	line("\n## For programs\n")
	for _, l := range [][2]string{
		{"/api/v2/summary.json", "components, open incidents and planned maintenance, in the shape of a hosted Statuspage"},
		{"/api/v2/status.json", "the whole page in one word"},
		{"/api/v2/incidents.json", "the 50 newest incidents with all their updates and postmortems"},
		{"/api/v2/scheduled-maintenances.json", "the 50 newest maintenances with all their updates"},
		{"/history.json", "incidents by month; ?page=2 goes back"},
		{"/history.atom", "incidents as an Atom feed"},
		{"/history.ics", "maintenances as a calendar"},
		{"/api/openapi.yaml", "every address for programs, as an OpenAPI 3.1 document"},
	} {
		line("- [%s](%s%s): %s", l[0], p.Site.URL, l[0], l[1])
	}
	return []byte(b.String())
}

// oneLine folds white space, so that no name or title can begin a line of its own.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
