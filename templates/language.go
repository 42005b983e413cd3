package templates

import (
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"candor/incidents"
	"candor/templates/languages"
)

// Page is what customers may see, in the words of a language.
type Page struct {
	incidents.Page
	Words   *languages.Language
	Chosen  bool                  // by the visitor: links keep the language
	Offered []*languages.Language // what the visitor may choose from
}

// In returns the page in a language, which a visitor cannot change.
func In(p incidents.Page, words *languages.Language) Page {
	return Page{Page: p, Words: words, Offered: []*languages.Language{words}}
}

// page is what templates of both houses need of the console.
func (c Console) page() Page {
	return In(incidents.Page{Site: c.Site, At: c.Now}, languages.English)
}

// Over returns the page with bars of another length.
func (p Page) Over(days int) Page {
	p.Page = p.Page.Over(days)
	return p
}

// Charting returns the page with charts.
func (p Page) Charting(list []incidents.PageChart) Page {
	p.Page = p.Page.Charting(list)
	return p
}

// to returns the address of a page of ours, in the language that was chosen.
func (p *Page) to(address string) templ.SafeURL {
	if p.Chosen {
		address = inLanguage(address, p.Words)
	}
	return templ.SafeURL(address)
}

// inLanguage adds to an address of ours which language its page is asked for in.
func inLanguage(address string, l *languages.Language) string {
	path, fragment, _ := strings.Cut(address, "#")
	if fragment != "" {
		fragment = "#" + fragment
	}
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	return path + mark + "lang=" + url.QueryEscape(l.Code) + fragment
}

// own marks what the operator wrote: its direction is that of its letters, its language that of the configuration.
func (p *Page) own() templ.OrderedAttributes {
	if p.Site.Language == "" || p.Site.Language == p.Words.Code {
		return templ.OrderedAttributes{{Key: "dir", Value: "auto"}}
	}
	return templ.OrderedAttributes{{Key: "dir", Value: "auto"}, {Key: "lang", Value: p.Site.Language}}
}

// piece returns the nth part of a text that has places for something else: what stands before, between and after them.
func piece(text string, n int) string {
	if list := strings.Split(text, "{}"); n < len(list) {
		return list[n]
	}
	return ""
}

// at is what page.js reads from a <time>.
func (p Page) at(as string, t time.Time) templ.Attributes {
	return templ.Attributes{"datetime": iso(t), "title": exact(p.Words, t), "data-f": as}
}

// root is what page.js reads from <html>: the language, and the few words that it says itself.
func root(w *languages.Language) templ.Attributes {
	return templ.Attributes{"lang": w.Code, "dir": w.Direction(), "data-stamp": w.StampPattern(), "data-due": w.Due(), "data-late": w.Late(),
		"data-for": w.For(), "data-here": w.YourZone(), "data-close": w.Close()}
}

// Sentence is what the page begins with.
func (p Page) Sentence() languages.Sentence {
	product := p.Site.Product
	switch p.Answer.Says {
	case incidents.WorksAgain:
		return p.Words.WorksAgain(product)
	case incidents.NotWorking:
		return p.Words.NotWorking(product)
	case incidents.AllTroubled:
		return p.Words.AllTroubled(product)
	case incidents.SomeNotWorking:
		return p.Words.SomeNotWorking(product)
	case incidents.SomeSlow:
		return p.Words.SomeSlow(product)
	case incidents.AllMaintained:
		return p.Words.AllMaintained(product)
	case incidents.SomeMaintained:
		return p.Words.SomeMaintained(product)
	case incidents.LookingInto:
		return p.Words.LookingInto(product)
	case incidents.CannotSee:
		return p.Words.CannotSee(product)
	}
	return p.Words.Works(product)
}

// Detail says in one to three sentences what is affected and what works; it may be empty.
func (p Page) Detail() string {
	var parts []string
	say := func(names []string, words func(string, int) string) {
		if len(names) > 0 {
			parts = append(parts, words(p.Words.List(names, 4), len(names)))
		}
	}
	if p.Answer.Says == incidents.CannotSee {
		switch {
		case len(p.Answer.Unseen) > 0:
			return p.Words.ChecksMiss(p.Words.List(p.Answer.Unseen, 4))
		case p.CheckedAt.IsZero():
			return p.Words.ChecksNotYet()
		}
		return p.Words.ChecksSilent()
	}
	say(p.Answer.Affected, p.Words.AreAffected)
	say(p.Answer.Maintained, p.Words.AreMaintained)
	say(p.Answer.Working, p.Words.AreWorking)
	say(p.Answer.Unseen, p.Words.AreUnseen)
	return p.Words.Sentences(parts...)
}

// statusWord returns the status of an incident or a maintenance.
func (p Page) statusWord(s incidents.Status) string {
	switch s {
	case incidents.Investigating:
		return p.Words.Investigating()
	case incidents.Identified:
		return p.Words.Identified()
	case incidents.Monitoring:
		return p.Words.Monitoring()
	case incidents.Resolved:
		return p.Words.Resolved()
	case incidents.Scheduled:
		return p.Words.Scheduled()
	case incidents.InProgress:
		return p.Words.InProgress()
	case incidents.Verifying:
		return p.Words.Verifying()
	case incidents.Completed:
		return p.Words.Completed()
	case incidents.Cancelled:
		return p.Words.Cancelled()
	}
	return string(s)
}

// componentWord returns the status of a component.
func componentWord(w *languages.Language, s incidents.ComponentStatus) string {
	switch s {
	case incidents.MajorOutage:
		return w.MajorOutage()
	case incidents.PartialOutage:
		return w.PartialOutage()
	case incidents.DegradedPerformance:
		return w.DegradedPerformance()
	case incidents.UnderMaintenance:
		return w.UnderMaintenance()
	}
	return w.Operational()
}

// stateWord returns how a component is, as far as anybody knows.
func stateWord(w *languages.Language, c incidents.PageComponent) string {
	if c.Unknown() {
		return w.NotKnown()
	}
	return componentWord(w, c.Status)
}

// sightWord says what a day was like.
func sightWord(w *languages.Language, s incidents.Sight) string {
	switch s {
	case incidents.SightMajor:
		return w.MajorOutage()
	case incidents.SightPartial:
		return w.PartialOutage()
	case incidents.SightDegraded:
		return w.DegradedPerformance()
	case incidents.SightMaint:
		return w.Maintenance()
	case incidents.SightNoData:
		return w.NoData()
	}
	return w.NoTrouble()
}

// Problem says what a visitor may know of a request that was refused with a code. most is how much may be sent.
func Problem(w *languages.Language, code int, most string) (title, text string) {
	switch code {
	case 404:
		return w.NotFound(), w.NotFoundText()
	case 410:
		return w.Gone(), w.GoneText()
	case 405:
		return w.NotAllowed(), w.NotAllowedText()
	case 403:
		return w.Forbidden(), w.ForbiddenText()
	case 413:
		return w.TooLarge(), w.TooLargeText(most)
	case 429:
		return w.TooMany(), w.TooManyText()
	case 503:
		return w.NotReady(), w.NotReadyText()
	}
	if code >= 400 && code < 500 {
		return w.BadRequest(), w.BadRequestText()
	}
	return w.Failed(), w.FailedText()
}

// written formats t, in the page's zone. A format that names the distance from now says what stays true however old
// the page in a cache is; page.js keeps that up to date.
func (p Page) written(as string, t time.Time) string {
	w, t, now := p.Words, inZone(p.Site, t), inZone(p.Site, p.At)
	switch as {
	case asDate:
		return w.Date(t)
	case asExact:
		return w.Exact(t)
	case asStamp:
		return w.Stamp(w.Date(t), w.Clock(t))
	case asAuto:
		if !sameDate(t, now) {
			return w.Stamp(w.Date(t), w.Clock(t))
		}
	case asAgo:
		return w.AtTime(w.Exact(t))
	case asFor:
		return w.SinceTime(w.Clock(t))
	case asUntil:
		return "" // the time itself stands beside it
	}
	return w.Clock(t)
}

// exact is a time in UTC, to the second.
func exact(w *languages.Language, t time.Time) string {
	return w.Stamp(w.Date(t.UTC()), w.Exact(t.UTC()))
}

func sameDate(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// uptimeText writes an uptime.
func uptimeText(w *languages.Language, u incidents.Uptime) string {
	if !u.Known {
		return w.NoDataYet()
	}
	return w.UptimeIs(w.Percent(u.Share, 2))
}

// wellCovered is the share of time seen from which on a page does not speak of it.
const wellCovered = .999

// coverageText says which part of the time was seen when that is not all of it, or nothing.
func coverageText(w *languages.Language, u incidents.Uptime) string {
	if !u.Known || u.Coverage() >= wellCovered {
		return ""
	}
	return w.Seen(w.Percent(u.Coverage(), 1))
}
