package web

import (
	"net/http"
	"slices"
	"strings"

	"candor/incidents"
	"candor/templates"
	"candor/templates/languages"
)

// tongue is the language of one answer, and where it was found.
type tongue struct {
	words *languages.Language
	from  source
}

type source int

const (
	fromBrowser source = iota // Accept-Language, or the page's own
	fromAddress               // ?lang=de
	fromCookie                // of an earlier choice
)

// languageCookie holds what a visitor chose; page.js sets it.
const languageCookie = "lang"

// tongue finds the language for a request: what the address says, else what the visitor once chose, else what the
// browser asks for.
func (s *Server) tongue(r *http.Request) tongue {
	if len(s.Languages) == 1 {
		return tongue{words: s.Languages[0]}
	}
	if strings.Contains(r.URL.RawQuery, "lang=") {
		if l := s.matcher.Named(r.URL.Query().Get("lang")); l != nil {
			return tongue{l, fromAddress}
		}
	}
	if c, err := r.Cookie(languageCookie); err == nil {
		if i := slices.IndexFunc(s.Languages, func(l *languages.Language) bool { return l.Code == c.Value }); i >= 0 {
			return tongue{s.Languages[i], fromCookie}
		}
	}
	return tongue{s.matcher.Accept(r.Header.Get("Accept-Language")), fromBrowser}
}

// chosen says whether the visitor chose the language, so that links keep it.
func (t tongue) chosen() bool { return t.from != fromBrowser }

// key names the rendering of a page that the tongue gets.
func (t tongue) key() string {
	if t.chosen() {
		return t.words.Code + " chosen"
	}
	return t.words.Code
}

// in returns the snapshot's page in a tongue.
func (r *rendered) in(t tongue, p incidents.Page) templates.Page {
	return templates.Page{Page: p, Words: t.words, Chosen: t.chosen(), Offered: r.offered}
}

// to returns the answer as caches may keep it. What the address decides is the same for everybody. What the browser asks
// for varies by that header. What a cookie decided is for its owner alone: to vary by cookie would make a shared cache
// keep a copy for each visitor of a site with other cookies, which is none in an outage.
func (a *answer) to(t tongue, offered int) *answer {
	if offered == 1 || t.from == fromAddress {
		return a
	}
	out := *a
	if out.vary = varyLanguage; t.from == fromCookie {
		out.cacheControl = []string{"private, no-cache"}
	}
	return &out
}
