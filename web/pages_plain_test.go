package web

import (
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// shown is what a page shows: its text without times, which JavaScript writes in the visitor's zone, without what only
// JavaScript does, and without the number of a request.
const shown = `(() => {
	document.querySelectorAll("details").forEach((el) => el.open = true);
	document.querySelectorAll("time, [data-zone], [data-utc], [data-again], .answer code").forEach((el) => el.textContent = "");
	return document.body.innerText.replace(/\s+/g, " ");
})()`

// withoutScripts looks at each page with and without JavaScript: it says the same, and leads somewhere.
func withoutScripts(b *chromium, s *stage) {
	with := map[string]string{}
	b.each(s, func(name string) { with[name] = tells[string](b, shown) })
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	defer call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{})
	known := map[string]bool{}
	b.each(s, func(name string) {
		if !tells[bool](b, `matchMedia("(scripting: none)").matches`) {
			b.Fatal("scripts run")
		}
		b.follows(s, name, known)
		if without := tells[string](b, shown); without != with[name] {
			b.Errorf("%s without JavaScript:\n%s\nwith JavaScript:\n%s", name, without, with[name])
		}
	})
	if s.pages["search"] == "" {
		return
	}
	b.do(chromedp.Navigate(s.web.URL + "/postmortems"))
	tells[bool](b, `document.querySelector("[type=search]").focus(), true`)
	b.press("unicorn" + enter)
	b.arrives(s, `location.search.includes("unicorn") && !document.querySelector(".reports h2")`)
	b.do(chromedp.Navigate(s.web.URL + "/history"))
	tells[bool](b, `document.querySelector("form select").selectedIndex = 2, document.querySelector("form [type=submit]").focus(), true`)
	b.press(enter)
	b.arrives(s, `location.pathname === "/history" && /=[^&]/.test(location.search)`)
}

// arrives waits until the page that a form leads to is as an expression says.
func (b *chromium) arrives(s *stage, expression string) {
	b.Helper()
	s.eventually(expression, func() bool {
		there, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`document.readyState === "complete" && `+expression))
		return err == nil && there // a page that goes away cannot answer
	})
}
