package kinds

import (
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"strings"

	"candor/probes"
)

// pageScript is a function that runs in a page; its argument is a pageTask.
//
//go:embed browser_page.js
var pageScript string

// maxLetters is how many characters of a page are counted at most.
const maxLetters = 5000

// pageTask is what the script looks for: a sight, or one element to act on.
type pageTask struct {
	Enough   int      `json:"enough"` // characters after which it stops to count
	Selector string   `json:"selector,omitempty"`
	Text     string   `json:"text"` // of the sight, or to type
	Find     string   `json:"find,omitempty"`
	Act      string   `json:"act,omitempty"`  // click or fill; empty only waits for the element
	Hide     []string `json:"hide,omitempty"` // texts to put *** in the place of, before a picture is taken
}

// pageReport is what the script saw in the viewport. Boxes are left, top, width and height in pixels.
type pageReport struct {
	Texts    [][5]float64 `json:"texts"` // boxes, each with the characters in it
	Pictures [][4]float64 `json:"pictures"`
	Says     string       `json:"says"` // the beginning of the text
	Selector bool         `json:"selector"`
	Text     bool         `json:"text"`
	Paint    float64      `json:"paint"` // milliseconds until the largest paint, 0 when unknown
}

// sight is what a person sees of a page: what the script found, as far as the screen shows it.
type sight struct {
	pageReport
	letters  int
	colours  int
	painted  float64 // share of the viewport that has another colour than the rest
	pictures float64 // share of the viewport under pictures that show something
}

// grid is the distance in pixels of the points at which a screen is looked at.
const grid = 4

// see compares what the script found with the screen: a text of the colour of its background, or behind something
// else, does not show.
func see(report pageReport, screen image.Image) sight {
	s := sight{pageReport: report}
	bounds := screen.Bounds()
	points := map[color.RGBA]int{}
	total, most := 0, 0
	for y := bounds.Min.Y; y < bounds.Max.Y; y += grid {
		for x := bounds.Min.X; x < bounds.Max.X; x += grid {
			c := shade(screen, x, y)
			points[c]++
			total++
			most = max(most, points[c])
		}
	}
	s.colours = len(points)
	if total > 0 {
		s.painted = 1 - float64(most)/float64(total)
	}
	letters := 0.0
	for _, t := range report.Texts {
		if varied(screen, [4]float64(t[:4]), 1) {
			letters += t[4]
		}
	}
	s.letters = int(letters + 0.5)
	for _, p := range report.Pictures {
		if varied(screen, p, grid) {
			s.pictures += p[2] * p[3] / float64(bounds.Dx()*bounds.Dy())
		}
	}
	return s
}

// varied says that a box of the screen has more than one colour.
func varied(screen image.Image, box [4]float64, step int) bool {
	area := image.Rect(int(box[0]), int(box[1]), int(box[0]+box[2]), int(box[1]+box[3])).Intersect(screen.Bounds())
	if area.Empty() {
		return false
	}
	first := shade(screen, area.Min.X, area.Min.Y)
	for y := area.Min.Y; y < area.Max.Y; y += step {
		for x := area.Min.X; x < area.Max.X; x += step {
			if shade(screen, x, y) != first {
				return true
			}
		}
	}
	return false
}

// shade is a colour without the differences that nobody sees.
func shade(screen image.Image, x, y int) color.RGBA {
	const visible = 0xf0
	r, g, b, _ := screen.At(x, y).RGBA()
	return color.RGBA{R: uint8(r>>8) & visible, G: uint8(g>>8) & visible, B: uint8(b>>8) & visible}
}

// defaults of a page's sight: enough characters, or else enough pictures.
const (
	defaultVisibleText = 20
	defaultPictures    = 0.05
)

// judge returns what a sight lacks, or nil. A page of which nothing is expected must still not be empty when whole is set.
func (w BrowserSight) judge(s sight, whole bool, t *teller) *shortfall {
	text, painted := 0, 0.0
	if w.VisibleText != nil {
		text = *w.VisibleText
	}
	if w.Painted != nil {
		painted = *w.Painted
	}
	if whole && w.VisibleText == nil && w.Painted == nil && s.pictures < defaultPictures {
		text = defaultVisibleText
	}
	unexpected := func(format string, args ...any) *shortfall {
		return &shortfall{probes.Unexpected, fmt.Sprintf(format, args...)}
	}
	switch {
	case s.letters < text:
		return unexpected("%s: %s of visible text, %s%s", s.emptiness(), counted(s.letters, "character"), counted(s.colours, "colour"), s.quote(t))
	case s.painted < painted:
		return unexpected("%s: expected %s of the window to be painted, got %s", s.emptiness(), percent(painted), percent(s.painted))
	case !s.Selector:
		return unexpected("expected %s to show, but it does not%s", short(w.Selector), s.quote(t))
	case !s.Text:
		return unexpected("expected the page to show %s, but it does not%s", t.quote(w.Text), s.quote(t))
	}
	return nil
}

// emptiness says how little shows.
func (s sight) emptiness() string {
	if s.colours <= 1 {
		return "the page is white"
	}
	return "the page is nearly empty"
}

// quote is the beginning of what the page says, as a part of a sentence.
func (s sight) quote(t *teller) string {
	if s.letters == 0 {
		return ""
	}
	return "; the page says " + t.quote(strings.TrimSpace(s.Says))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func percent(share float64) string { return fmt.Sprintf("%.3g %%", share*100) }
