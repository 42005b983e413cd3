package web

import "strings"

var dark = map[string]string{"prefers-color-scheme": "dark"}

// axeLooks are how axe sees the pages of the full stage. Those of the others it sees by the first and the last, and a
// page made like another by the first.
var axeLooks = []struct {
	name  string
	look  look
	rules string
}{
	{"light", look{width: 1280}, everything},
	{"dark", look{width: 1280, features: dark}, visible},
	{"light at 200 %", look{width: 1280, zoom: 2}, visible},
	{"forced colours", look{width: 1280, features: map[string]string{"forced-colors": "active"}}, visible},
	{"light on a phone", look{width: 320}, visible},
	{"dark on a phone", look{width: 320, features: dark}, everything},
}

// made says which pages are made like another that axe sees in full; the calendars cost it most.
var made = map[string]bool{"front of a week": true, "uptime of a month": true, "narrowed history": true, "search": true}

// axe returns what axe finds by some rules: the rule, where, and why.
const axe = `((rules) => axe.run({ preload: false, resultTypes: ["violations"], runOnly: rules })
	.then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + " at " + n.target.join(" ") + ": " + n.failureSummary))))`

// everything is all rules of WCAG 2.2 AA and of good practice, visible those that a look can break.
const (
	everything = `(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])`
	visible    = `({ type: "rule", values: ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"] })`
)

// accessible runs axe over each page in each look.
func accessible(b *chromium, s *stage) {
	script := borrowed(b.T, "axe.min.js")
	list := axeLooks
	if len(s.pages) < 10 {
		list = append(list[:1:1], list[len(list)-1])
	}
	b.each(s, func(name string) {
		tells[bool](b, script+"; true")
		for i, l := range list {
			if i > 0 && made[name] {
				break
			}
			b.looks(l.look)
			found := promised[[]string](b, axe+l.rules)
			if len(found) > 0 {
				b.Errorf("%s, %s:\n%s", name, l.name, strings.Join(found, "\n"))
			}
		}
		b.looks(look{width: 1280})
	})
}
