package api

import (
	"strings"
	"testing"

	"candor/incidents"
)

func TestPlainBadges(t *testing.T) {
	p, _ := fixture()
	for _, tt := range []struct {
		name  string
		body  []byte
		title string
		text  string
	}{
		{"the page", Badge(PlainBadge).Of(p), "Studio status: Some of Studio is not working", "Some of Studio is not working"},
		{"a component", Badge(PlainBadge).OfComponent(p, p.Groups[1].Components[0]), "New Studio: Major outage", "Major outage"},
		{"markup", PlainBadge("<b>", "</text><script>", incidents.SightOK), "<b>: </text><script>", "</text><script>"},
	} {
		var b struct {
			Width int    `xml:"width,attr"`
			Role  string `xml:"role,attr"`
			Label string `xml:"aria-label,attr"`
			Title string `xml:"title"`
			Text  string `xml:"text"`
		}
		parse(t, &b, tt.body, nil)
		if b.Title != tt.title || b.Label != tt.title || b.Text != tt.text || b.Role != "img" || b.Width < 40 || b.Width > 600 {
			t.Errorf("%s: %+v", tt.name, b)
		}
		if strings.Contains(string(tt.body), "<rect") {
			t.Errorf("%s has a box", tt.name)
		}
	}
}

// WCAG 2.2 wants 3:1 of a mark beside words, whatever the ground.
func TestPlainMarksAreSeenOnWhiteAndOnBlack(t *testing.T) {
	for sight := range badgeColours {
		l := luminance(t, plainTones[sight])
		if white, black := 1.05/(l+.05), (l+.05)/.05; white < 3 || black < 3 || plainMarks[sight] == "" {
			t.Errorf("%s: %.2f on white, %.2f on black", sight, white, black)
		}
	}
}
