package pictures

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"candor/incidents"
)

var gallery = flag.String("gallery", "", "folder to write every picture to, for a look")

func drawn(t *testing.T, name string, s Share) []byte {
	t.Helper()
	body, err := s.PNG()
	if err != nil {
		t.Fatal(err)
	}
	if *gallery != "" {
		if err := os.WriteFile(filepath.Join(*gallery, name+".png"), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return body
}

func TestShare(t *testing.T) {
	outage := Share{Site: "Studio status", Sight: incidents.SightMajor, Title: "Some of Studio is not working.", State: "Major outage",
		Detail: "New Studio and EU Platform are affected. Mail works."}
	long := outage
	long.Site, long.Title, long.Detail = strings.Repeat("Studio ", 40), strings.Repeat("Publishing of long courses ", 30), strings.Repeat("x", 5000)
	tests := map[string]Share{"outage": outage, "well": {Site: "Studio status", Sight: incidents.SightOK, Title: "All of Studio works.", State: "Operational"},
		"long": long, "empty": {}, "blind": {Site: "Studio status", Sight: incidents.SightNoData, Title: "We cannot see right now whether Studio works.", State: "Not known"}}
	for name, s := range tests {
		body := drawn(t, name, s)
		img, err := png.Decode(bytes.NewReader(body))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, ok := img.(*image.Paletted); !ok || img.Bounds() != image.Rect(0, 0, 1200, 630) {
			t.Errorf("%s: %T of %v", name, img, img.Bounds())
		}
		if len(body) > 20<<10 {
			t.Errorf("%s has %d bytes; readers of links give up on large ones", name, len(body))
		}
		for y := 24; y < Height; y++ { // below the band
			for _, x := range []int{0, margin - 8, Width - margin + 8, Width - 1} {
				if r, g, b, _ := img.At(x, y).RGBA(); r>>8 != 0xfb || g>>8 != 0xfa || b>>8 != 0xf7 {
					t.Fatalf("%s: something is drawn into the margin at %d, %d", name, x, y)
				}
			}
		}
		t.Logf("%s: %d bytes", name, len(body))
	}
}

// A font without a script draws boxes; the state in Latin letters says more.
func TestShareOfAScriptThatTheFontLacks(t *testing.T) {
	latin := Share{Site: "Studio", Sight: incidents.SightMajor, Title: "Major outage", State: "Major outage", Detail: "It is down."}
	want := drawn(t, "latin", latin)
	same := func(s, of Share) bool {
		if of == latin {
			return bytes.Equal(drawn(t, "script", s), want)
		}
		return bytes.Equal(drawn(t, "script", s), drawn(t, "script", of))
	}
	for name, title := range map[string]string{"Han": "スタジオが読み込めません", "Arabic": "الاستوديو لا يعمل", "mixed": "Studio 停止", "none": " \t"} {
		s := latin
		s.Title = title
		if !same(s, latin) {
			t.Errorf("%s: the state does not stand in", name)
		}
	}
	for _, title := range []string{"Büro Größe", "Студия не работает", "Η σελίδα"} {
		s := latin
		s.Title = title
		if same(s, latin) {
			t.Errorf("%s is not written", title)
		}
	}
	s := latin
	s.Site, s.Detail = "工作室", "停止しました"
	if same(s, latin) {
		t.Error("the name and the detail are drawn although the font lacks their script")
	}
	if none := latin; !same(s, func() Share { none.Site, none.Detail = "", ""; return none }()) {
		t.Error("something is drawn in place of a name that cannot be written")
	}
}

func TestSharesAreDrawnAtOnce(t *testing.T) {
	want := drawn(t, "once", Share{Title: "All of it works."})
	var work sync.WaitGroup
	for range 4 {
		work.Go(func() {
			if got, err := (Share{Title: "All of it works."}).PNG(); err != nil || !bytes.Equal(got, want) {
				t.Errorf("another picture, %v", err)
			}
		})
	}
	work.Wait()
}

func TestIcons(t *testing.T) {
	for sight := range tones {
		body := IconPNG(sight, Own{})
		img, err := png.Decode(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		at := image.Pt(32, 32)
		if sight == incidents.SightNoData {
			at = image.Pt(32, 9) // a ring
		}
		tone := tones[sight]
		if r, g, b, a := img.At(at.X, at.Y).RGBA(); a>>8 != 0xff || uint8(r>>8) != tone.R || uint8(g>>8) != tone.G || uint8(b>>8) != tone.B {
			t.Errorf("%s is %v there, want %v", sight, img.At(at.X, at.Y), tone)
		}
		if _, _, _, a := img.At(0, 60).RGBA(); sight != incidents.SightPartial && a != 0 {
			t.Errorf("%s has no clear corner", sight)
		}
	}
	if !bytes.Equal(IconPNG("strange", Own{}), IconPNG(incidents.SightNoData, Own{})) {
		t.Error("a state that is not known is not drawn as no data")
	}
}

func BenchmarkShare(b *testing.B) {
	for b.Loop() {
		if _, err := (Share{Site: "Studio status", Sight: incidents.SightMajor, Title: "Some of Studio is not working.", Detail: "New Studio is affected."}).PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
