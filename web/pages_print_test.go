package web

import (
	"bytes"
	"strings"

	"github.com/chromedp/chromedp"
)

// onPaper returns what is wrong with a page on paper: what sticks to the screen, what can only be used there, what
// stays folded, and what is pale.
const onPaper = `(() => {
	const wrong = [], seen = (el) => el.checkVisibility() && el.getBoundingClientRect().width > 1;
	const bright = (c) => { const [r, g, b] = c.match(/[\d.]+/g).map(Number); return r * .299 + g * .587 + b * .114; };
	for (const el of document.querySelectorAll("body *")) {
		const c = getComputedStyle(el), name = el.outerHTML.slice(0, 100);
		if (!seen(el)) continue;
		if (c.position === "fixed" || c.position === "sticky") wrong.push("sticks: " + name);
		if (el.matches("main:not(.door) :is(button, select), header nav a")) wrong.push("cannot be used on paper: " + name);
		if (el.matches("p, h1, h2, h3, a, dd, td, time") && bright(c.color) > 150) wrong.push("pale: " + name);
		if (el.matches(".dot, .strip path") && c.printColorAdjust !== "exact") wrong.push("loses its colour: " + name);
	}
	for (const el of document.querySelectorAll("details.group .component")) if (!el.checkVisibility({ contentVisibilityAuto: true })) wrong.push("folded: " + el.id);
	const shapes = new Map();
	for (const el of document.querySelectorAll(".dot")) {
		const c = getComputedStyle(el), shape = [c.borderRadius, c.clipPath, c.transform, c.borderStyle].join();
		if (shapes.has(shape) && shapes.get(shape) !== el.dataset.s) wrong.push(el.dataset.s + " has the shape of " + shapes.get(shape));
		shapes.set(shape, el.dataset.s);
	}
	return [...new Set(wrong)];
})()`

// printed looks at each page as it is printed by a reader of dark pages.
func printed(b *chromium, s *stage) {
	b.looks(look{width: 794, media: "print", features: dark})
	b.each(s, func(name string) {
		tells[bool](b, `document.querySelectorAll("details.group").forEach((el) => el.open = false), true`)
		if wrong := tells[[]string](b, onPaper); len(wrong) > 0 {
			b.Errorf("%s:\n%s", name, strings.Join(wrong, "\n"))
		}
	})
	b.do(chromedp.Navigate(s.web.URL))
	paper, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		b.Fatal(err)
	}
	if sheets := bytes.Count(paper, []byte("/Type /Page\n")); sheets < 1 || sheets > 4 {
		b.Errorf("the front page takes %d sheets", sheets)
	}
}
