package web

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"candor/templates/languages"
)

func TestAVisitorChoosesArabic(t *testing.T) {
	h, _ := calm(t)
	arabic := languages.Find("ar")
	b := browse(t)
	b.do(chromedp.Navigate(h.web.URL))
	b.becomes(says("All of Studio works."), soon)
	tells[bool](b, `document.addEventListener("click", (event) => event.preventDefault(), { once: true }), document.querySelector("[data-languages] a[lang=ar]").click(), true`)
	b.do(chromedp.Navigate(h.web.URL)) // later, by the address without a language
	b.becomes(`document.dir === "rtl" && location.search === ""`, soon)
	tells[bool](b, unfold)
	began := time.Now().UTC()
	date := func(daysAgo int) string { // of the page, which may be from before midnight
		day := func(now time.Time) string { return arabic.Date(now.AddDate(0, 0, -daysAgo)) }
		return fmt.Sprintf(`[%q, %q].includes(document.querySelector(".component .day strong")?.textContent)`, day(began), day(time.Now().UTC()))
	}
	tells[bool](b, `(() => { const r = bars.getBoundingClientRect(); bars.scrollIntoView();
		bars.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1, clientX: r.left + 2.5 * r.width / 90 })); return true; })()`)
	b.becomes(date(2), soon) // today is on the left
	tells[bool](b, `bars.focus(), true`)
	b.press(left)
	b.becomes(date(1), soon)
	b.press(right)
	b.becomes(date(2), soon)
	tells[bool](b, `document.querySelector("[data-utc]").click(), true`)
	b.becomes(`document.querySelector("[data-zone]").textContent === "`+arabic.TimesIn("UTC")+`" && document.querySelector(".foot time").textContent.endsWith("UTC")`, soon)
	h.responder("ada").declare("It is slow")
	b.becomes(`document.querySelector("h1").textContent !== "`+arabic.Works("Studio").Text()+`" && document.documentElement.lang === "ar"`, soon) // live
	if wrong := tells[[]string](b, "wrong"); len(wrong) > 0 {
		t.Errorf("went wrong: %q", wrong)
	}
}

// What page.js writes is what the server writes, in each language.
func TestTheBrowserWritesDatesAsTheServerDoes(t *testing.T) {
	h, _ := calm(t)
	b := browse(t)
	for _, l := range languages.All {
		b.do(chromedp.Navigate(h.web.URL + "/?lang=" + l.Code))
		b.becomes(`document.readyState === "complete" && !document.querySelector("[data-utc]").hidden`, soon)
		tells[bool](b, `(() => { const utc = document.querySelector("[data-utc]"); if (utc.ariaPressed !== "true") utc.click(); return true; })()`)
		read := tells[[]string](b, `(() => { const t = document.querySelector(".foot time"); return [t.dateTime, t.textContent.replace(/[\u202f\u00a0]/g, " ")]; })()`)
		at, err := time.Parse(time.RFC3339, read[0])
		if err != nil {
			t.Fatal(err)
		}
		if want := l.Stamp(l.Date(at), l.Clock(at)); read[1] != want {
			t.Errorf("%s: the browser writes %q, the server %q", l.Code, read[1], want)
		}
	}
}
