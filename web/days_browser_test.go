package web

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"candor/incidents"
)

// headed says how the box under the first bars begins when it shows a day.
func headed(daysAgo int) string {
	return `document.querySelector(".component .day strong")?.textContent === "` + time.Now().UTC().AddDate(0, 0, -daysAgo).Format("2 January 2006") + `"`
}

// press sends a key to what has the focus.
func (b *chromium) press(key string) {
	b.Helper()
	b.do(chromedp.KeyEvent(key))
}

const (
	left, right, home, escape, enter, tab = "\u0302", "\u0303", "\u0306", "\u001b", "\r", "\t"
	unfold                                = `document.querySelectorAll("details.group").forEach((el) => el.open = true), window.bars = document.querySelector(".days"), true`
	point                                 = `((back) => { const r = bars.getBoundingClientRect(); bars.scrollIntoView();
		const at = { bubbles: true, cancelable: true, detail: 1, clientX: r.right - (back + .5) * r.width / 90 }; bars.dispatchEvent(new MouseEvent("click", at)); return true; })`
	// slowly holds what the page fetches next until letCome; came says that the page has read it.
	slowly = `((real) => { const wait = new Promise((go) => window.letCome = go); window.came = false; window.fetch = async (address) => {
		window.fetch = real; await wait; const answer = await real(address), body = await answer.text();
		return { ok: answer.ok, text: async () => { setTimeout(() => window.came = true); return body; } }; }; return true; })(fetch)`
)

func TestADayOpensUnderItsBars(t *testing.T) {
	h, _ := calm(t)
	inc := h.outage("It was slow", 49*time.Hour, incidents.PartialOutage)
	ago := int(time.Now().UTC().Truncate(24*time.Hour).Sub(inc.StartedAt.Truncate(24*time.Hour)) / (24 * time.Hour))
	b := browse(t)
	b.do(chromedp.Navigate(h.web.URL))
	b.becomes(says("All of Studio works."), soon)
	tells[bool](b, unfold)

	tells[bool](b, point+map[int]string{2: "(2)", 3: "(3)"}[ago]) // the pointer
	b.becomes(headed(ago), soon)
	if got := tells[string](b, `document.querySelector(".component .day .stories a").getAttribute("href")`); got != "/incidents/"+inc.ID {
		t.Errorf("the day leads to %s", got)
	}
	if tells[string](b, "location.pathname") != "/" {
		t.Error("the click left the page")
	}
	tells[bool](b, `bars.focus(), true`)
	b.press(right) // the keyboard
	b.becomes(headed(ago-1), soon)
	b.press(home)
	b.becomes(headed(89), soon)
	b.press(left) // there is none before
	b.becomes(headed(89), soon)
	const closed = `!document.querySelector(".component .day") && document.activeElement === bars`
	tells[bool](b, slowly)
	b.press(right)
	b.press(escape) // before the day has come
	b.becomes(closed, soon)
	tells[bool](b, `letCome(), true`)
	b.becomes(`came && `+closed, soon)
	b.press(enter)
	b.becomes(headed(0), soon)
	b.press(tab)
	if got := tells[string](b, "document.activeElement.textContent"); got != "Day before" {
		t.Errorf("after the bars comes %q", got)
	}
	b.press(enter)
	b.becomes(headed(1), soon)
	if got := tells[string](b, "document.activeElement.rel"); got != "prev" {
		t.Errorf("the focus is on %q, want the link to the day before", got)
	}
	tells[bool](b, slowly)
	tells[bool](b, `window.other = document.querySelectorAll(".days")[1], other.click(), document.querySelector(".component .day button").click(), letCome(), true`)
	b.becomes(`came && !bars.parentNode.querySelector(".day") && !!other.parentNode.querySelector(".day")`, soon) // closed is the first alone
	if wrong := tells[[]string](b, "wrong"); len(wrong) > 0 {
		t.Errorf("went wrong: %q", wrong)
	}
}

func TestAnOpenDaySurvivesAnUpdate(t *testing.T) {
	h, _ := calm(t)
	responder := h.responder("ada")
	b := browse(t)
	b.do(chromedp.Navigate(h.web.URL))
	b.becomes(says("All of Studio works."), soon)
	h.eventually("the page listens", func() bool { return h.server.live.count() == 1 })
	tells[bool](b, unfold)
	tells[bool](b, point+"(1)")
	b.becomes(headed(1), soon)
	tells[bool](b, `window.box = document.querySelector(".component .day"), window.held = box.querySelector("[rel=prev]"), held.focus(), true`)
	room := responder.declare("Studio is slow")
	b.becomes(says("Some of Studio is not working."), soon)
	responder.update(room, "resolved", "Over.")
	b.becomes(says("All of Studio works."), soon)
	if !tells[bool](b, `box.isConnected && document.activeElement === held && box.previousElementSibling === bars`) {
		t.Error("the open day or its focus is lost")
	}
}

func TestGroupsStayAsTheVisitorLeftThem(t *testing.T) {
	h, _ := calm(t)
	responder := h.responder("ada")
	b := browse(t)
	const groups = `[...document.querySelectorAll("details.group")].map((el) => el.open).join()`
	b.do(chromedp.Navigate(h.web.URL))
	b.becomes(groups+` === "false,false"`, soon)
	tells[bool](b, `document.querySelectorAll("summary")[1].click(), true`)
	b.becomes(`localStorage.unfolded === '["Platforms"]'`, soon)
	b.do(chromedp.Navigate(h.web.URL))
	b.becomes(groups+` === "false,true"`, soon)
	h.eventually("the page listens", func() bool { return h.server.live.count() == 1 })
	room := responder.declare("Studio is slow") // in Products
	b.becomes(groups+` === "true,true"`, soon)
	tells[bool](b, `document.querySelector("summary").click(), true`)
	responder.update(room, "identified", "It is the cache.")
	b.becomes(`document.querySelector(".incident .text").textContent.trim() === "It is the cache."`, soon)
	if got := tells[string](b, groups); got != "false,true" {
		t.Errorf("after the update the groups are %s, want as the visitor left them", got)
	}
	b.do(chromedp.Navigate(h.web.URL))
	b.becomes(groups+` === "true,true"`, soon) // trouble is never folded away for good
}
