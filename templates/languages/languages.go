// Package languages holds the fixed words of the public page, and how dates, numbers and lists are written, in each language.
package languages

import (
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/language"
)

// Language is what the page is written in: its words and its forms.
type Language struct {
	Words
	Code  string // BCP 47, as in <html lang>
	Name  string // in the language itself
	Right bool   // written from right to left
	table table
	tag   language.Tag
}

// All lists the languages of the page; a missing word of one is an error of the compiler.
var All = []*Language{
	English,
	newLanguage("de", "Deutsch", de{two{language.German}}),
	newLanguage("fr", "Français", fr{two{language.French}}),
	newLanguage("es", "Español", es{two{language.Spanish}}),
	newLanguage("pt-BR", "Português (Brasil)", ptBR{two{language.BrazilianPortuguese}}),
	newLanguage("it", "Italiano", it{two{language.Italian}}),
	newLanguage("nl", "Nederlands", nl{two{language.Dutch}}),
	newLanguage("pl", "Polski", pl{}),
	newLanguage("ja", "日本語", ja{}),
	newLanguage("zh-Hans", "简体中文", zh{}),
	newLanguage("ko", "한국어", ko{}),
	newLanguage("ar", "العربية", ar{}),
}

// English is what the page is written in unless the configuration or a visitor says otherwise.
var English = newLanguage("en", "English", en{two{language.English}})

func newLanguage(code, name string, words Words) *Language {
	return &Language{Words: words, Code: code, Name: name, Right: code == "ar", table: tables[code], tag: language.MustParse(code)}
}

// Find returns the language with that code, or nil.
func Find(code string) *Language {
	for _, l := range All {
		if l.Code == code {
			return l
		}
	}
	return nil
}

// Codes returns the codes of all languages.
func Codes() []string {
	var codes []string
	for _, l := range All {
		codes = append(codes, l.Code)
	}
	return codes
}

// Canonical returns a language's code as BCP 47 writes it. ok is false when there is no such language.
func Canonical(code string) (canonical string, ok bool) {
	tag, err := language.Parse(code)
	return tag.String(), err == nil && tag != language.Und
}

// Direction returns "ltr" or "rtl".
func (l *Language) Direction() string {
	if l.Right {
		return "rtl"
	}
	return "ltr"
}

// Matcher chooses among some languages.
type Matcher struct {
	offered []*Language // the first is for whom none suits
	matcher language.Matcher
	known   sync.Map // Accept-Language → *Language
	count   atomic.Int32
}

// NewMatcher returns a Matcher; the first language is for whom none suits.
func NewMatcher(offered ...*Language) *Matcher {
	var tags []language.Tag
	for _, l := range offered {
		tags = append(tags, l.tag)
	}
	return &Matcher{offered: offered, matcher: language.NewMatcher(tags)}
}

// Bounds of what browsers may ask for.
const (
	maxAccept = 200  // bytes of an Accept-Language header that are read
	maxKnown  = 2000 // headers that are remembered
)

// Accept returns the language that suits an Accept-Language header best.
func (m *Matcher) Accept(header string) *Language {
	if header == "" || len(header) > maxAccept || len(m.offered) == 1 {
		return m.offered[0]
	}
	if l, ok := m.known.Load(header); ok {
		return l.(*Language)
	}
	l := m.offered[0]
	if wanted, _, err := language.ParseAcceptLanguage(header); err == nil {
		_, n, _ := m.matcher.Match(wanted...)
		l = m.offered[n]
	}
	if m.count.Add(1) <= maxKnown {
		m.known.Store(strings.Clone(header), l)
	}
	return l
}

// Named returns the language of a tag that a visitor chose, or nil when none comes near: "de-AT" is German.
func (m *Matcher) Named(tag string) *Language {
	if tag == "" || len(tag) > 35 {
		return nil
	}
	wanted, err := language.Parse(tag)
	if err != nil {
		return nil
	}
	if _, n, confidence := m.matcher.Match(wanted); confidence > language.Low {
		return m.offered[n]
	}
	return nil
}
