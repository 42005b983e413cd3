package api

import (
	"fmt"
	"strings"

	"candor/incidents"
)

// plainMarks are the marks of the states in a square of 12.
var plainMarks = map[incidents.Sight]string{
	incidents.SightOK:       `<circle cx="6" cy="6" r="5"/>`,
	incidents.SightDegraded: `<path d="M6 0l6 6-6 6-6-6z"/>`,
	incidents.SightPartial:  `<path d="M6 0l6 12H0z"/>`,
	incidents.SightMajor:    `<path d="M1 1h10v10H1z"/>`,
	incidents.SightMaint:    `<path d="M0 0h12L6 12z"/>`,
	incidents.SightNoData:   `<circle cx="6" cy="6" r="4" fill="none" stroke-width="2"/>`,
}

// plainTones are the colours of marks on a clear ground, light and dark: each has a contrast of 3 or more on white and on black.
var plainTones = map[incidents.Sight]string{
	incidents.SightOK:       "#3a8f5c",
	incidents.SightDegraded: "#b0800f",
	incidents.SightPartial:  "#cf6c14",
	incidents.SightMajor:    "#d8483f",
	incidents.SightMaint:    "#5a7dc4",
	incidents.SightNoData:   "#7d838d",
}

// PlainBadge is a mark and words without boxes, on whatever ground they are put. The label is read out only.
func PlainBadge(label, text string, sight incidents.Sight) []byte {
	label, text = clip(label, maxBadgeLabel), clip(text, maxBadgeText)
	width := textWidth(text) * 14 / 11
	name := escape(label + ": " + text)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s"><title>%s</title>`, width+22, name, name)
	b.WriteString(`<style>text{fill:#1c1f24}@media(prefers-color-scheme:dark){text{fill:#e9eaec}}</style>`)
	fmt.Fprintf(&b, `<g transform="translate(2 4)" fill="%s" stroke="%[1]s" stroke-width="0">%s</g>`, plainTones[sight], plainMarks[sight])
	fmt.Fprintf(&b, `<text x="20" y="15" textLength="%d" lengthAdjust="spacingAndGlyphs" font-family="system-ui,Verdana,DejaVu Sans,sans-serif" font-size="14" aria-hidden="true">%s</text></svg>`,
		width, escape(text))
	return []byte(b.String())
}
