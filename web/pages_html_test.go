package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/chromedp/chromedp"
)

// valid reads each page with an HTML5 validator, as it is sent.
func valid(b *chromium, s *stage) {
	b.do(chromedp.Navigate("about:blank"))
	tells[bool](b, borrowed(b.T, "html-validate.min.js")+`; window.validator = htmlValidate({ extends: ["html-validate:standard"] }); true`)
	v := s.visitor()
	for name, path := range s.pages {
		body, err := json.Marshal(v.get(path).body)
		if err != nil {
			b.Fatal(err)
		}
		found := promised[[]string](b, `validator.validateString(`+string(body)+`).then((r) => r.results.flatMap((f) => f.messages.map((m) => m.ruleId + " at " + m.line + ":" + m.column + ": " + m.message)))`)
		if len(found) > 0 {
			b.Errorf("%s:\n%s", name, strings.Join(found, "\n"))
		}
	}
}

// tooWide returns what sticks out of the window to the right, unless it scrolls in a box of its own.
const tooWide = `(() => {
	const width = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= width) return [];
	return [...document.body.querySelectorAll("*")].filter((el) => el.getBoundingClientRect().right > width + 1).map((el) => el.outerHTML.slice(0, 120));
})()`

// narrow looks for pages that scroll sideways at 320 pixels, in the smallest and with text twice as large.
func narrow(b *chromium, s *stage) {
	b.looks(look{width: 320})
	b.each(s, func(name string) {
		tells[bool](b, `document.querySelectorAll("details").forEach((el) => el.open = true), true`)
		if wide := tells[[]string](b, tooWide); len(wide) > 0 {
			b.Errorf("%s scrolls sideways at 320 pixels:\n%s", name, strings.Join(wide, "\n"))
		}
		if wrong := tells[[]string](b, "wrong"); len(wrong) > 0 {
			b.Errorf("%s: went wrong: %q", name, wrong)
		}
	})
}

// still looks for what moves although its reader asked for no motion.
func still(b *chromium, s *stage) {
	b.looks(look{width: 1280, features: map[string]string{"prefers-reduced-motion": "reduce"}})
	b.each(s, func(name string) {
		moving := tells[[]string](b, `[...document.querySelectorAll("*")].filter((el) => { const c = getComputedStyle(el);
			return c.scrollBehavior === "smooth" || c.animationName !== "none" || !/^0s(, 0s)*$/.test(c.transitionDuration); }).map((el) => el.outerHTML.slice(0, 120))`)
		if len(moving) > 0 {
			b.Errorf("%s moves:\n%s", name, strings.Join(moving, "\n"))
		}
	})
}

// lead collects where a page's links and forms lead to, on this server.
const lead = `[...new Set([...document.querySelectorAll("a[href], form[method=get]")].map((el) => new URL(el.getAttribute("href") || el.action, location)).filter((u) => u.origin === location.origin).map((u) => u.href))]`

// follows asks for where a page leads to, once each; known keeps what was asked for.
func (b *chromium) follows(s *stage, name string, known map[string]bool) {
	b.Helper()
	v := s.visitor()
	for _, address := range tells[[]string](b, lead) {
		path, fragment, _ := strings.Cut(strings.TrimPrefix(address, s.web.URL), "#")
		if known[path+"#"+fragment] {
			continue
		}
		known[path+"#"+fragment] = true
		a := v.get(path)
		if missing := s.pages[name] == "/nothing" && path == "/nothing"; a.code != http.StatusOK && !missing {
			b.Errorf("%s leads to %s, which answers %d", name, path, a.code)
		}
		if fragment != "" && !strings.Contains(a.body, ` id="`+fragment+`"`) {
			b.Errorf("%s leads to %s of %s, which is not there", name, fragment, path)
		}
	}
}
