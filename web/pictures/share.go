package pictures

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"candor/incidents"
)

// Share is what the picture of a shared link says.
type Share struct {
	Site   string // the page's name
	Sight  incidents.Sight
	Title  string // a sentence or an incident's title
	State  string // what stands in for a Title whose script the font lacks, in Latin letters
	Detail string // one more sentence; may be empty
}

// Width and Height of a shared picture, in pixels: what readers of Open Graph show whole.
const (
	Width, Height = 1200, 630
	margin        = 80
)

var (
	paper = color.RGBA{0xfb, 0xfa, 0xf7, 0xff}
	ink   = color.RGBA{0x1c, 0x1f, 0x24, 0xff}
	soft  = color.RGBA{0x5b, 0x62, 0x6c, 0xff}
)

// PNG draws the picture: the page's name, the mark of the state, the title, and what is below it. What the font
// cannot write is left out, but for the title, which State stands in for.
func (s Share) PNG() ([]byte, error) {
	fonts, err := load()
	if err != nil {
		return nil, err
	}
	tone, ok := tones[s.Sight]
	if !ok {
		tone = tones[incidents.SightNoData]
	}
	dst := image.NewRGBA(image.Rect(0, 0, Width, Height))
	draw.Draw(dst, dst.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	draw.Draw(dst, image.Rect(0, 0, Width, 20), image.NewUniform(tone), image.Point{}, draw.Src)
	mark(dst, image.Rect(margin, 92, margin+64, 156), s.Sight)
	title := s.Title
	if !fonts.bold.writes(title) {
		title = s.State
	}
	fonts.bold.line(dst, s.Site, 40, margin+64+28, 138, soft)
	bottom := fonts.bold.paragraph(dst, title, 76, 260, 3, ink)
	fonts.regular.paragraph(dst, s.Detail, 38, bottom+20, 2, soft)
	return packed(dst, tone)
}

// packed writes the picture with the few colours that it has, which makes it ten times smaller.
func packed(src *image.RGBA, tone color.RGBA) ([]byte, error) {
	palette := color.Palette{paper, tone}
	for _, c := range []struct {
		front color.RGBA
		steps int
	}{{ink, 7}, {soft, 4}, {tone, 3}} {
		for i := 1; i <= c.steps; i++ {
			palette = append(palette, between(c.front, i, c.steps))
		}
	}
	dst := image.NewPaletted(src.Bounds(), palette[:min(len(palette), 16)]) // 4 bits a pixel
	known := map[[3]uint8]uint8{}                                           // nearly all of the many pixels have one of few colours
	var last [3]uint8
	var index uint8
	for i := range dst.Pix {
		if rgb := [3]uint8(src.Pix[4*i:]); rgb != last {
			var ok bool
			if index, ok = known[rgb]; !ok {
				index = uint8(dst.Palette.Index(color.RGBA{rgb[0], rgb[1], rgb[2], 0xff}))
				known[rgb] = index
			}
			last = rgb
		}
		dst.Pix[i] = index
	}
	var out bytes.Buffer
	err := png.Encode(&out, dst)
	return out.Bytes(), err
}

// between is the colour that is so many of all steps away from the paper.
func between(front color.RGBA, step, steps int) color.RGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*(steps-step) + int(b)*step) / steps) }
	return color.RGBA{mix(paper.R, front.R), mix(paper.G, front.G), mix(paper.B, front.B), 0xff}
}

// typeface is a font that texts are drawn with. Its glyphs are read from memory, so that it serves many at a time.
type typeface struct{ *opentype.Font }

type typefaces struct{ regular, bold typeface }

var load = sync.OnceValues(func() (typefaces, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return typefaces{}, err
	}
	bold, err := opentype.Parse(gobold.TTF)
	return typefaces{typeface{regular}, typeface{bold}}, err
})

// writes says whether the font has every character of a text, and the text any.
func (f typeface) writes(text string) bool {
	var b sfnt.Buffer
	for _, r := range text {
		if i, err := f.GlyphIndex(&b, r); err != nil || i == 0 && r > ' ' {
			return false
		}
	}
	return strings.TrimSpace(text) != ""
}

// line draws a text, cut to what fits between x and the margin.
func (f typeface) line(dst draw.Image, text string, size float64, x, y int, c color.Color) {
	f.lines(dst, []string{strings.Join(strings.Fields(text), " ")}, size, x, y, c)
}

// paragraph draws a text in at most so many lines, and returns where the next text may begin.
func (f typeface) paragraph(dst draw.Image, text string, size float64, y, most int, c color.Color) int {
	lines := f.wrap(text, size, Width-2*margin, most)
	f.lines(dst, lines, size, margin, y, c)
	return y + int(float64(len(lines))*size*1.15)
}

func (f typeface) lines(dst draw.Image, lines []string, size float64, x, y int, c color.Color) {
	face, err := opentype.NewFace(f.Font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return // the size is one of the few above
	}
	defer face.Close()
	d := font.Drawer{Dst: dst, Src: image.NewUniform(c), Face: face}
	for i, text := range lines {
		if !f.writes(text) {
			continue
		}
		d.Dot = fixed.P(x, y+int(float64(i)*size*1.15))
		d.DrawString(cut(face, text, Width-margin-x))
	}
}

// wrap breaks a text between words into at most so many lines; the last ends in … when there is more.
func (f typeface) wrap(text string, size float64, width, most int) (lines []string) {
	face, err := opentype.NewFace(f.Font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil
	}
	defer face.Close()
	words := strings.Fields(text)
	for len(words) > 0 {
		n := 1
		for n < len(words) && font.MeasureString(face, strings.Join(words[:n+1], " ")).Ceil() <= width {
			n++
		}
		if len(lines) == most-1 {
			n = len(words)
		}
		lines = append(lines, strings.Join(words[:n], " "))
		words = words[n:]
	}
	return lines
}

// maxShown is how many characters of a line are looked at: more never fit.
const maxShown = 200

// cut shortens a text until it fits.
func cut(face font.Face, text string, width int) string {
	r := []rune(text)
	r = r[:min(len(r), maxShown)]
	if font.MeasureString(face, string(r)).Ceil() <= width && len(r) == len([]rune(text)) {
		return text
	}
	for len(r) > 0 && font.MeasureString(face, string(r)+"…").Ceil() > width {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ,;:") + "…"
}
