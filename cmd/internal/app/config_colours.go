package app

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// ground is a colour that the page puts text on.
type ground struct{ name, colour string }

// The grounds of static/page.css, by the scheme that the visitor prefers.
var (
	lightGrounds = []ground{{"the page", "#fbfaf7"}, {"a box", "#ffffff"}}
	darkGrounds  = []ground{{"the page", "#14161a"}, {"a box", "#1b1e24"}}
)

// leastContrast is what WCAG 2.2 asks of text at level AA. The rings around what has the focus need 3:1, and have the same colour.
const leastContrast = 4.5

// colours checks the brand's colour, which links and the ring of the focus have, and returns the rule that sets it.
func (c *checks) colours(b *BrandConfig) []byte {
	if b.Colour == "" && b.ColourDark == "" {
		return nil
	}
	if b.Colour == "" {
		c.problem("page.brand.colour_dark", `"colour_dark" stands in for "colour" on a dark page; give that, too`)
		return nil
	}
	dark, at := b.ColourDark, "page.brand.colour_dark"
	if dark == "" {
		dark, at = b.Colour, "page.brand.colour"
	}
	c.contrast("page.brand.colour", b.Colour, "light", lightGrounds, "a darker one")
	if b.ColourDark == "" {
		c.contrast(at, dark, "dark", darkGrounds, `a lighter one for it as "colour_dark"`)
	} else {
		c.contrast(at, dark, "dark", darkGrounds, "a lighter one")
	}
	return fmt.Appendf(nil, ":root { --link: light-dark(%s, %s); }\n", b.Colour, dark)
}

// contrast reports a colour that cannot be read on one of the grounds.
func (c *checks) contrast(path, colour, scheme string, grounds []ground, instead string) {
	front, ok := luminance(colour)
	if !ok {
		c.problem(path, `%s is a colour like "#1f4fbf", in quotes`, label(path))
		return
	}
	for _, g := range grounds {
		back, _ := luminance(g.colour)
		if ratio := (max(front, back) + .05) / (min(front, back) + .05); ratio < leastContrast {
			c.problem(path, "%s on %s of the %s page (%s) has a contrast of %.2f:1; text needs 4.5:1 (WCAG 2.2), so choose %s",
				colour, g.name, scheme, g.colour, math.Floor(ratio*100)/100, instead)
			return
		}
	}
}

var hexColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// luminance returns the relative luminance of a colour as WCAG 2.2 defines it.
func luminance(colour string) (float64, bool) {
	if !hexColour.MatchString(colour) {
		return 0, false
	}
	n, _ := strconv.ParseUint(colour[1:], 16, 32) // matched
	part := func(shift int) float64 {
		v := float64(n>>shift&0xff) / 255
		if v <= .04045 {
			return v / 12.92
		}
		return math.Pow((v+.055)/1.055, 2.4)
	}
	return .2126*part(16) + .7152*part(8) + .0722*part(0), true
}
