// Package pictures draws the page's state for readers that show no HTML: icons of tabs, and pictures of shared links.
package pictures

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"

	"candor/incidents"
)

// tones are the colours of the states: those of the marks in static/favicon-*.svg.
var tones = map[incidents.Sight]color.RGBA{
	incidents.SightOK:       {0x3a, 0x8f, 0x5c, 0xff},
	incidents.SightDegraded: {0xd9, 0xa2, 0x1b, 0xff},
	incidents.SightPartial:  {0xdd, 0x7a, 0x1f, 0xff},
	incidents.SightMajor:    {0xc6, 0x3b, 0x33, 0xff},
	incidents.SightMaint:    {0x4b, 0x6f, 0xb5, 0xff},
	incidents.SightNoData:   {0x7d, 0x83, 0x8d, 0xff},
}

// outlines are the corners of the marks that have some, in a square of 32.
var outlines = map[incidents.Sight][][2]float64{
	incidents.SightDegraded: {{16, 1}, {31, 16}, {16, 31}, {1, 16}},
	incidents.SightPartial:  {{16, 2}, {31, 30}, {1, 30}},
	incidents.SightMajor:    {{3, 3}, {29, 3}, {29, 29}, {3, 29}},
	incidents.SightMaint:    {{1, 2}, {31, 2}, {16, 30}},
}

// mark draws a state's mark into the square.
func mark(dst draw.Image, at image.Rectangle, s incidents.Sight) {
	tone, ok := tones[s]
	if !ok {
		s, tone = incidents.SightNoData, tones[incidents.SightNoData]
	}
	size := at.Dx()
	r := vector.NewRasterizer(size, size)
	scale := float64(size) / 32
	switch {
	case s == incidents.SightOK:
		circle(r, 16, 13, scale, false)
	case s == incidents.SightNoData:
		circle(r, 16, 13.5, scale, false)
		circle(r, 16, 8.5, scale, true)
	default:
		for i, p := range outlines[s] {
			x, y := float32(p[0]*scale), float32(p[1]*scale)
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
	}
	r.Draw(dst, at, image.NewUniform(tone), image.Point{})
}

// circle adds a circle around the middle; one that goes back leaves its inside out.
func circle(r *vector.Rasterizer, middle, radius, scale float64, back bool) {
	const corners = 72
	for i := range corners {
		angle := 2 * math.Pi * float64(i) / corners
		if back {
			angle = -angle
		}
		x, y := float32((middle+radius*math.Cos(angle))*scale), float32((middle+radius*math.Sin(angle))*scale)
		if i == 0 {
			r.MoveTo(x, y)
		} else {
			r.LineTo(x, y)
		}
	}
	r.ClosePath()
}
