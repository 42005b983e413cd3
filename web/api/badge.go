package api

import (
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"

	"candor/incidents"
)

// badgeLabel is the ground of a badge's left half.
const badgeLabel = "#3b4048"

// badgeColours are the grounds of the right half: white text on each has a contrast of 4.5 or more.
var badgeColours = map[incidents.Sight]string{
	incidents.SightOK:       "#1f6b40",
	incidents.SightDegraded: "#7a5600",
	incidents.SightPartial:  "#94470a",
	incidents.SightMajor:    "#a12620",
	incidents.SightMaint:    "#2d4f92",
	incidents.SightNoData:   "#5b626c",
}

// Longest texts of a badge, in characters.
const (
	maxBadgeLabel = 40
	maxBadgeText  = 60
)

// Badge draws a label and a state as SVG.
type Badge func(label, text string, sight incidents.Sight) []byte

// Of draws /badge.svg: the page's name and its sentence.
func (b Badge) Of(p incidents.Page) []byte {
	return b(p.Site.Name, strings.TrimSuffix(english(p).Sentence().Text(), "."), p.Answer.Sight)
}

// OfComponent draws /badge/ID.svg: a component's name and status, or that the checks cannot see.
func (b Badge) OfComponent(p incidents.Page, c incidents.PageComponent) []byte {
	if p.Answer.Sight == incidents.SightNoData && c.Status == incidents.Operational {
		return b(c.Name, "Not known", incidents.SightNoData)
	}
	return b(c.Name, c.Status.Words(), c.Status.Sight())
}

// BoxBadge is flat and 20 pixels high like those of shields.io.
func BoxBadge(label, text string, sight incidents.Sight) []byte {
	label, text = clip(label, maxBadgeLabel), clip(text, maxBadgeText)
	const pad = 6
	left, right := textWidth(label), textWidth(text)
	split := left + 2*pad
	width := split + right + 2*pad
	name := escape(label + ": " + text)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s"><title>%s</title>`, width, name, name)
	fmt.Fprintf(&b, `<rect width="%d" height="20" rx="3" fill="%s"/>`, width, badgeColours[sight])
	fmt.Fprintf(&b, `<path fill="%s" d="M%d 0v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>`, badgeLabel, split)
	b.WriteString(`<g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" aria-hidden="true">`)
	fmt.Fprintf(&b, `<text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text>`, split/2, left, escape(label))
	fmt.Fprintf(&b, `<text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text></g></svg>`, split+(width-split)/2, right, escape(text))
	return []byte(b.String())
}

// clip folds white space and cuts a text to so many characters.
func clip(text string, most int) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(r)
}

func escape(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // a Builder does not fail
	return b.String()
}

// textWidth estimates the width of a text in 11 pixel Verdana. The badge then stretches the text to exactly that.
func textWidth(text string) int {
	tenths := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), r >= 0x1f000:
			tenths += 110
		case strings.ContainsRune("ijlI|'.,:;! f", r):
			tenths += 37
		case strings.ContainsRune("rt()[]-/", r):
			tenths += 47
		case strings.ContainsRune("mwMW%@…", r):
			tenths += 98
		case unicode.IsUpper(r):
			tenths += 77
		default:
			tenths += 67
		}
	}
	return tenths/10 + 1
}
