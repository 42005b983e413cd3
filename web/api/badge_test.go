package api

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"candor/incidents"
)

type badgeRead struct {
	XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
	Width   int      `xml:"width,attr"`
	Role    string   `xml:"role,attr"`
	Label   string   `xml:"aria-label,attr"`
	Title   string   `xml:"title"`
	Rect    struct {
		Fill string `xml:"fill,attr"`
	} `xml:"rect"`
	Texts []struct {
		X     int    `xml:"x,attr"`
		Width int    `xml:"textLength,attr"`
		Text  string `xml:",chardata"`
	} `xml:"g>text"`
}

func readBadge(t *testing.T, body []byte) badgeRead {
	t.Helper()
	var b badgeRead
	parse(t, &b, body, nil)
	return b
}

func TestBadges(t *testing.T) {
	p, _ := fixture()
	studio := p.Groups[1].Components[0]
	blind := p
	blind.Answer = incidents.Answer{Says: incidents.CannotSee, Sight: incidents.SightNoData}
	tests := []struct {
		name  string
		body  []byte
		title string
		sight incidents.Sight
	}{
		{"the page says its sentence", Badge(BoxBadge).Of(p), "Studio status: Some of Studio is not working", incidents.SightMajor},
		{"a component says its status", Badge(BoxBadge).OfComponent(p, studio), "New Studio: Major outage", incidents.SightMajor},
		{"a component that nobody sees is not called operational", Badge(BoxBadge).OfComponent(blind, p.Groups[0].Components[0]), "API: Not known", incidents.SightNoData},
		{"what is known to be down stays down", Badge(BoxBadge).OfComponent(blind, studio), "New Studio: Major outage", incidents.SightMajor},
		{"a name is text, not markup", BoxBadge(`<script>"&'`, "a\x00\nb", incidents.SightOK), "<script>\"&': a\ufffd b", incidents.SightOK},
		{"long texts are cut", BoxBadge(strings.Repeat("é", 100), strings.Repeat("名", 100), incidents.SightMaint),
			strings.Repeat("é", 39) + "…: " + strings.Repeat("名", 59) + "…", incidents.SightMaint},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := readBadge(t, tt.body)
			if b.Title != tt.title || b.Label != tt.title || b.Role != "img" {
				t.Errorf("title %q, label %q, role %q, want %q", b.Title, b.Label, b.Role, tt.title)
			}
			if b.Rect.Fill != badgeColours[tt.sight] {
				t.Errorf("colour %s, want %s", b.Rect.Fill, badgeColours[tt.sight])
			}
			if len(b.Texts) != 2 || b.Texts[0].Text+": "+b.Texts[1].Text != tt.title || b.Texts[0].Width+b.Texts[1].Width+24 != b.Width {
				t.Errorf("texts %+v in a width of %d", b.Texts, b.Width)
			}
			if !utf8.Valid(tt.body) || b.Width > 1200 {
				t.Errorf("%d wide: %s", b.Width, tt.body)
			}
		})
	}
}

// TestBadgeContrast computes WCAG 2.2's contrast of the white text, which AA wants to be 4.5 at this size.
func TestBadgeContrast(t *testing.T) {
	all := []incidents.Sight{incidents.SightOK, incidents.SightDegraded, incidents.SightPartial, incidents.SightMajor, incidents.SightMaint, incidents.SightNoData}
	grounds := []string{badgeLabel}
	for _, s := range all {
		grounds = append(grounds, badgeColours[s])
	}
	for _, ground := range grounds {
		if got := 1.05 / (luminance(t, ground) + 0.05); got < 4.5 {
			t.Errorf("white on %s has a contrast of %.2f", ground, got)
		}
	}
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	rgb, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 24)
	if err != nil || len(colour) != 7 {
		t.Fatalf("%q is no colour", colour)
	}
	channel := func(shift int, weight float64) float64 {
		c := float64(rgb>>shift&0xff) / 255
		if c <= 0.04045 {
			return weight * c / 12.92
		}
		return weight * math.Pow((c+0.055)/1.055, 2.4)
	}
	return channel(16, 0.2126) + channel(8, 0.7152) + channel(0, 0.0722)
}
