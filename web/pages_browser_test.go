package web

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// stopped is what a page runs so that its clock stands at noon.
var stopped = fmt.Sprintf(`((Real) => { window.Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(%d); } static now() { return %[1]d; } }; })(Date)`, noon.UnixMilli())

// TestPages looks at every public page in one browser.
func TestPages(t *testing.T) {
	b := browse(t, stopped)
	call(b, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "America/New_York"})
	stages := []*stage{full(t), barren(t), broken(t)}
	for _, part := range []struct {
		name string
		test func(*chromium, *stage)
	}{
		{"axe finds nothing", accessible},
		{"HTML is valid", valid},
		{"nothing is wider than a phone", narrow},
		{"nothing moves for who asked for that", still},
		{"without JavaScript", withoutScripts},
		{"on paper", printed},
	} {
		t.Run(part.name, func(t *testing.T) {
			for _, s := range stages {
				part.test(b.in(t), s)
			}
		})
	}
	t.Run("by keyboard", func(t *testing.T) { byKeyboard(b.in(t), stages[0]) })
	t.Run("pictures", func(t *testing.T) { pictured(b.in(t), stages[0]) })
}

// in returns the same tab for a part of a test, in the light and 1280 pixels wide.
func (b *chromium) in(t *testing.T) *chromium {
	b = &chromium{t, b.ctx}
	b.looks(look{width: 1280})
	t.Cleanup(func() { b.looks(look{width: 1280}) })
	return b
}

// call sends the browser a command.
func call[P, R any](b *chromium, command cdp.Command[P, R], params P) R {
	b.Helper()
	r, err := chromedp.Call(b.ctx, command, params)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// look is how a page is looked at.
type look struct {
	width    int64
	zoom     float64           // 2 is 200 %; 0 means 1
	media    string            // "print"; empty means the screen
	features map[string]string // of media, by name, where they are others than a light page's
}

// looks changes how the tab shows its pages.
func (b *chromium) looks(l look) {
	b.Helper()
	scale := max(l.zoom, 1)
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: int64(float64(l.width) / scale), Height: int64(1000 / scale), DeviceScaleFactor: scale})
	features := map[string]string{"prefers-color-scheme": "light", "forced-colors": "none", "prefers-reduced-motion": "no-preference"}
	maps.Copy(features, l.features)
	params := emulation.SetEmulatedMediaParams{Media: l.media}
	for name, value := range features {
		params.Features = append(params.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	call(b, emulation.SetEmulatedMedia, params)
}

// each opens every page of a stage in turn.
func (b *chromium) each(s *stage, see func(name string)) {
	b.Helper()
	for _, name := range slices.Sorted(maps.Keys(s.pages)) {
		b.do(chromedp.Navigate(s.web.URL + s.pages[name]))
		see(name)
	}
}

// borrowed returns a script of others. testdata/browser/README.md says whose.
func borrowed(t testing.TB, name string) string {
	t.Helper()
	script, err := os.ReadFile(filepath.Join("testdata", "browser", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// promised returns what a promise of the page brings.
func promised[V any](b *chromium, expression string) V {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[V](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%.200s: %v", expression, err)
	}
	return v
}
