package web

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	imagedraw "image/draw"
	"image/png"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "take the pictures of docs/pictures anew")

const (
	maxPicture = 80 << 10 // bytes of a picture
	cell       = 20       // pixels that are one when pictures are compared
	alike      = 3.       // difference of pictures on average, of 255: fonts of another machine cost 1 or 2
)

// liberation sets a page in the fonts that come with Chromium in tools/needs.sh, so that lines break alike everywhere.
const liberation = `(() => {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(":root { font-family: 'Liberation Sans' } code, pre { font-family: 'Liberation Mono' }");
	document.adoptedStyleSheets = [sheet];
	return true;
})()`

// pictured compares pages with their pictures in docs/pictures, or takes those anew.
func pictured(b *chromium, s *stage) {
	for _, p := range []struct {
		name, page string
		height     float64
		look       look
	}{
		{"page", "front", 1100, look{width: 1280}},
		{"page-dark", "front", 1100, look{width: 1280, features: dark}},
		{"page-phone", "front", 1100, look{width: 390, features: dark}},
		{"incident", "open incident", 1000, look{width: 1280}},
		{"component", "component", 1000, look{width: 1280}},
	} {
		b.looks(p.look)
		b.do(chromedp.Navigate(s.web.URL + s.pages[p.page]))
		tells[bool](b, liberation)
		got := b.shot(float64(p.look.width), p.height)
		path := filepath.Join("..", "docs", "pictures", p.name+".png")
		if *update {
			b.keep(path, got)
			continue
		}
		if difference := apart(got, b.picture(path)); difference > alike {
			b.Errorf("%s is %.1f of 255 apart from docs/pictures/%s.png, at most %.0f is alike. If that is meant, look at what `go test ./web -run TestPages/pictures -update` takes.",
				p.page, difference, p.name, alike)
		}
	}
}

// shot takes a picture of the upper part of the page.
func (b *chromium) shot(width, height float64) image.Image {
	b.Helper()
	r := call(b, page.CaptureScreenshot, page.CaptureScreenshotParams{Clip: &page.Viewport{Width: width, Height: height, Scale: 1}, CaptureBeyondViewport: new(true)})
	return b.decode(r.Data)
}

func (b *chromium) picture(path string) image.Image {
	b.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	return b.decode(data)
}

func (b *chromium) decode(data []byte) image.Image {
	b.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	return img
}

// keep writes a picture with the 256 colours that it has most of.
func (b *chromium) keep(path string, img image.Image) {
	b.Helper()
	count := map[color.Color]int{}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			count[img.At(x, y)]++
		}
	}
	palette := slices.SortedFunc(maps.Keys(count), func(p, q color.Color) int { return count[q] - count[p] })
	out := image.NewPaletted(img.Bounds(), palette[:min(256, len(palette))])
	imagedraw.Draw(out, out.Rect, img, image.Point{}, imagedraw.Src)
	var file bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&file, out); err != nil {
		b.Fatal(err)
	}
	if file.Len() > maxPicture {
		b.Errorf("%s has %d bytes, at most %d are kept", path, file.Len(), maxPicture)
	}
	if err := os.WriteFile(path, file.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
}

// apart returns how far two pictures are apart when they are seen from afar, of 255; those of other sizes are as far as can be.
func apart(a, b image.Image) float64 {
	if a.Bounds() != b.Bounds() {
		return 255
	}
	var sum, n float64
	for y := 0; y < a.Bounds().Dy(); y += cell {
		for x := 0; x < a.Bounds().Dx(); x += cell {
			p, q := mean(a, x, y), mean(b, x, y)
			for i := range p {
				sum += math.Abs(p[i] - q[i])
				n++
			}
		}
	}
	return sum / n
}

// mean returns the colour of a cell.
func mean(img image.Image, x, y int) (rgb [3]float64) {
	area := image.Rect(x, y, x+cell, y+cell).Intersect(img.Bounds())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			c := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)
			for i, v := range [3]uint8{c.R, c.G, c.B} {
				rgb[i] += float64(v) / float64(area.Dx()*area.Dy())
			}
		}
	}
	return rgb
}
