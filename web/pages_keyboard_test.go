package web

import (
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// stop is an element that the keyboard stops at.
type stop struct {
	What                     string
	Top, Bottom, Left, Right float64
	Marked                   bool // its focus can be seen
}

// note keeps each stop of the keyboard, and names the ones there should be.
const note = `
	window.what = (el) => el.nodeName + " " + (el.getAttribute("href") || el.getAttribute("name") || "") + " " + el.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
	window.stops = [];
	addEventListener("focusin", ({ target: el }) => {
		const r = el.getBoundingClientRect(), c = getComputedStyle(el);
		stops.push({ What: what(el), Top: r.top + scrollY, Bottom: r.bottom + scrollY, Left: r.left, Right: r.right,
			Marked: c.outlineStyle !== "none" && parseFloat(c.outlineWidth) >= 2 && r.width > 1 && r.top >= 0 && r.bottom <= innerHeight });
	});
	[...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
		.filter((el) => el.checkVisibility({ contentVisibilityAuto: true }) && !el.disabled && el.type !== "hidden").map(what)`

// byKeyboard walks through each page by Tab, and uses what it meets.
func byKeyboard(b *chromium, s *stage) {
	b.each(s, func(name string) {
		want := tells[[]string](b, note)
		for range want {
			b.press(tab)
		}
		stops := tells[[]stop](b, "stops")
		var got []string
		for i, at := range stops {
			got = append(got, at.What)
			if !at.Marked {
				b.Errorf("%s: the focus on %q cannot be seen", name, at.What)
			}
			if i > 1 && before(at, stops[i-1]) { // the skip link lies over what comes after it
				b.Errorf("%s: %q comes after %q, which stands behind it", name, at.What, stops[i-1].What)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			b.Errorf("%s: what can be used (-), what Tab stops at (+):\n%s", name, diff)
		}
	})
	b.skips(s)
	b.folds(s)
}

// before says whether a stands above b in its column, or before it in its line.
func before(a, b stop) bool {
	together := min(a.Bottom, b.Bottom)-max(a.Top, b.Top) > min(a.Bottom-a.Top, b.Bottom-b.Top)/2
	return a.Bottom <= b.Top+1 && a.Left < b.Right || together && a.Right <= b.Left+1
}

// skips uses the skip link.
func (b *chromium) skips(s *stage) {
	b.Helper()
	b.do(chromedp.Navigate(s.web.URL))
	b.press(tab)
	b.press(enter)
	b.becomes(`document.activeElement === document.querySelector("main")`, soon)
	b.press(tab)
	if !tells[bool](b, `document.querySelector("main").contains(document.activeElement)`) {
		b.Error("after the skip link Tab does not go on in the content")
	}
}

// folds opens and closes a group, and a day in it, by keyboard.
func (b *chromium) folds(s *stage) {
	b.Helper()
	b.do(chromedp.Navigate(s.web.URL))
	tells[bool](b, `localStorage.clear(), true`) // which folds were opened
	b.do(chromedp.Reload())
	tells[bool](b, `window.fold = document.querySelector("details.group:not([open])"), fold.querySelector("summary").focus(), true`)
	b.press(enter)
	b.becomes("fold.open", soon)
	b.press(tab)
	b.press(tab)
	b.becomes(`fold.contains(document.activeElement) && document.activeElement.matches(".days")`, soon)
	b.press(enter)
	b.becomes(`!!fold.querySelector(".day")`, soon)
	b.press(escape)
	b.becomes(`!fold.querySelector(".day") && document.activeElement.matches(".days")`, soon)
	tells[bool](b, `fold.querySelector("summary").focus(), true`)
	b.press(" ")
	b.becomes("!fold.open", soon)
	if wrong := tells[[]string](b, "wrong"); len(wrong) > 0 {
		b.Errorf("went wrong: %s", strings.Join(wrong, ", "))
	}
}
