package kinds

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"

	"candor/probes"
)

const (
	goodEvery    = time.Hour // between two pictures of a page that is well
	widest       = 1280      // pixels of a picture's longer side
	jpegQuality  = 70
	pictureShare = 0.7 // of the time that is left
)

// keep adds what a responder wants to see: of a bad page a picture and its troubles, of a good one now and then a
// picture to compare with.
func (r *browserRun) keep(ctx context.Context, result *probes.Result) {
	last := time.Unix(r.check.good.Load(), 0)
	if !result.Outcome.Bad() && (result.Outcome != probes.OK || time.Since(last) < goodEvery) {
		return
	}
	ctx, cancel := shareOf(ctx, pictureShare)
	defer cancel()
	picture, err := r.tab.picture(ctx, r.check.Viewport, r.tell.forms())
	switch {
	case err == nil:
		result.Evidence = append(result.Evidence, probes.Evidence{Name: "screenshot", Type: "image/jpeg", Body: picture})
		if !result.Outcome.Bad() {
			r.check.good.Store(time.Now().Unix())
		}
	case result.Outcome.Bad():
		result.Evidence = append(result.Evidence, written("screenshot", "There is no screenshot: the page gave none in the time that was left."))
	}
	if report := r.watch.report(&r.tell); report != "" && result.Outcome.Bad() {
		result.Evidence = append(result.Evidence, written("console and requests", report))
	}
}

var errNotHidden = errors.New("the page is too large to hide secrets in")

// picture returns the viewport as a JPEG, with *** in the place of each secret text. The page is changed by it.
func (t *tab) picture(ctx context.Context, v BrowserViewport, secrets []string) ([]byte, error) {
	if len(secrets) > 0 {
		hidden := false
		if err := t.run(ctx, pageTask{Hide: secrets}, &hidden); err != nil {
			return nil, err
		}
		if !hidden {
			return nil, errNotHidden
		}
	}
	quality := int64(jpegQuality)
	shot := page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatJpeg, Quality: &quality}
	if longer := max(v.Width, v.Height); longer > widest {
		metrics, err := cdp.Call(ctx, t.target, page.GetLayoutMetrics, cdp.Empty{})
		if err != nil {
			return nil, err
		}
		view := metrics.CSSVisualViewport
		shot.Clip = &page.Viewport{X: view.PageX, Y: view.PageY, Width: float64(v.Width), Height: float64(v.Height), Scale: widest / float64(longer)}
	}
	answer, err := cdp.Call(ctx, t.target, page.CaptureScreenshot, shot)
	if err != nil {
		return nil, err
	}
	return answer.Data, nil
}

// forms returns the secrets in all the forms in which they may show, the longest first.
func (r *redactor) forms() []string {
	return slices.SortedFunc(maps.Keys(r.secrets), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
}
