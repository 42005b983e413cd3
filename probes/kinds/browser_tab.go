package kinds

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"strings"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"candor/probes"
)

// tab is one page in a browser context of its own: no cookies, no cache, no storage of others.
type tab struct {
	process *chromiumProcess
	target  *chromedp.Target
	context cdp.BrowserContextID
	headers map[string]string // for the origins that intercept names
	end     func()            // closes the page, and returns when that is done
	release func(broken bool)
	events  *tabEvents
	stop    context.CancelFunc // of the chores
	stopped chan struct{}      // closed when none runs any more
}

// openTab opens an empty page. The page ends with ctx only while it is being opened.
func openTab(ctx context.Context, p *chromiumProcess, w *pageWatch) (*tab, error) {
	events := &tabEvents{watch: w, chores: make(chan any, 4096), crashed: make(chan struct{})}
	tabCtx, end := chromedp.NewContext(p.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(events.take))
	stop := context.AfterFunc(ctx, end)
	err := chromedp.Do(tabCtx)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		end()
		return nil, fmt.Errorf("chromium opens no page: %s", short(err.Error()))
	}
	c := chromedp.FromContext(tabCtx)
	t := &tab{process: p, target: c.Target, context: c.BrowserContextID, end: end, events: events, stopped: make(chan struct{})}
	w.begin(string(c.Target.TargetID))
	tabCtx, t.stop = context.WithCancel(tabCtx)
	go t.serve(tabCtx)
	return t, nil
}

// closeLimit is how long the page may take to close; one whose script never ends takes some seconds.
const closeLimit = 10 * time.Second

// close closes the page in the background, and the browser with it when that takes too long.
func (t *tab) close() {
	go func() {
		t.stop()
		closed := make(chan struct{})
		go func() { t.end(); <-t.stopped; close(closed) }()
		broken := t.process.ctx.Err() != nil
		select {
		case <-t.events.crashed:
			broken = true
		default:
		}
		select {
		case <-closed:
		case <-time.After(closeLimit):
			broken = true
			t.process.kill()
			<-closed
		}
		t.release(broken)
	}()
}

// prepare sets the page up before anything is opened.
func (t *tab) prepare(ctx context.Context, v BrowserViewport, headers map[string]string, origins []string) error {
	patterns := []*fetch.RequestPattern{}
	for _, origin := range origins {
		patterns = append(patterns, &fetch.RequestPattern{URLPattern: origin + "/*"})
	}
	t.headers = headers
	return errors.Join(
		// chromedp asks for each change of the document and its styles, which a busy page has many of.
		t.target.Call(ctx, css.Disable.Method, cdp.Empty{}, nil),
		t.target.Call(ctx, dom.Disable.Method, cdp.Empty{}, nil),
		t.target.Call(ctx, emulation.SetDeviceMetricsOverride.Method, emulation.SetDeviceMetricsOverrideParams{
			Width: int64(v.Width), Height: int64(v.Height), DeviceScaleFactor: 1}, nil),
		t.target.Call(ctx, browser.SetDownloadBehavior.Method, browser.SetDownloadBehaviorParams{
			Behavior: browser.SetDownloadBehaviorBehaviorDeny, BrowserContextID: t.context}, nil),
		func() error {
			if len(headers) == 0 {
				return nil
			}
			return t.target.Call(ctx, fetch.Enable.Method, fetch.EnableParams{Patterns: patterns}, nil)
		}(),
	)
}

// serve does the chores until ctx ends.
func (t *tab) serve(ctx context.Context) {
	defer close(t.stopped)
	for {
		select {
		case <-ctx.Done():
			return
		case event := <-t.events.chores:
			t.do(ctx, event)
		}
	}
}

// do answers what would otherwise hold the page up. An error means that the page has gone on without.
func (t *tab) do(ctx context.Context, event any) {
	switch event := event.(type) {
	case *page.EventJavascriptDialogOpening:
		_ = t.target.Call(ctx, page.HandleJavaScriptDialog.Method, page.HandleJavaScriptDialogParams{Accept: true}, nil)
	case *fetch.EventRequestPaused:
		var all []*fetch.HeaderEntry
		for name, value := range event.Request.Headers {
			if _, ours := t.headers[name]; !ours {
				all = append(all, &fetch.HeaderEntry{Name: name, Value: fmt.Sprint(value)})
			}
		}
		for name, value := range t.headers {
			all = append(all, &fetch.HeaderEntry{Name: name, Value: value})
		}
		_ = t.target.Call(ctx, fetch.ContinueRequest.Method, fetch.ContinueRequestParams{RequestID: event.RequestID, Headers: all}, nil)
	}
}

// navigate opens an address and returns when the page begins to come; a shortfall says why none comes.
func (t *tab) navigate(ctx context.Context, url string) (*shortfall, error) {
	result, err := cdp.Call(ctx, t.target, page.Navigate, page.NavigateParams{URL: url})
	switch {
	case err != nil:
		return nil, err
	case result.IsDownload:
		return &shortfall{probes.Unexpected, "expected a page, got a download"}, nil
	case result.ErrorText != "":
		return netTrouble(result.ErrorText), nil
	}
	return nil, nil
}

// run gives the script a task and decodes its answer.
func (t *tab) run(ctx context.Context, task pageTask, answer any) error {
	ctx, done := t.events.asking(ctx)
	defer done()
	argument, err := json.Marshal(task)
	if err != nil {
		return err
	}
	world, err := cdp.Call(ctx, t.target, page.CreateIsolatedWorld,
		page.CreateIsolatedWorldParams{FrameID: cdp.FrameID(t.target.TargetID), WorldName: "candor"})
	if err != nil {
		return err
	}
	yes := true
	result, err := cdp.Call(ctx, t.target, runtime.Evaluate, runtime.EvaluateParams{
		Expression: "(" + strings.TrimRight(pageScript, " ;\n") + ")(" + string(argument) + ")",
		ContextID:  world.ExecutionContextID, ReturnByValue: &yes, AwaitPromise: &yes, Silent: &yes})
	switch {
	case err != nil:
		return err
	case result.ExceptionDetails != nil:
		return fmt.Errorf("%w: %s", errScript, short(exceptionText(result.ExceptionDetails)))
	}
	return json.Unmarshal(result.Result.Value, answer)
}

var errScript = errors.New("the page cannot be read")

// look returns what shows now.
func (t *tab) look(ctx context.Context, task pageTask) (sight, error) {
	var report pageReport
	if err := t.run(ctx, task, &report); err != nil {
		return sight{}, err
	}
	yes := true
	shot, err := cdp.Call(ctx, t.target, page.CaptureScreenshot, page.CaptureScreenshotParams{OptimizeForSpeed: &yes})
	if err != nil {
		return sight{}, err
	}
	screen, err := png.Decode(bytes.NewReader(shot.Data))
	if err != nil {
		return sight{}, err
	}
	return see(report, screen), nil
}

// click presses and releases the left button. A page that another one follows at once has been clicked on.
func (t *tab) click(ctx context.Context, x, y float64) error {
	ctx, done := t.events.asking(ctx)
	defer done()
	mouse := func(event input.DispatchMouseEventParams) error {
		event.X, event.Y = x, y
		if err := t.target.Call(ctx, input.DispatchMouseEvent.Method, event, nil); err != nil {
			return cmp.Or(context.Cause(ctx), err)
		}
		return nil
	}
	if err := mouse(input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved}); err != nil {
		return err
	}
	down := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMousePressed, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1}
	up := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseReleased, Button: input.MouseButtonLeft, ClickCount: 1}
	if err := cmp.Or(mouse(down), mouse(up)); !errors.Is(err, errNavigated) {
		return err
	}
	return nil
}

// enter types a text where the focus is, in one go.
func (t *tab) enter(ctx context.Context, text string) error {
	return t.target.Call(ctx, input.InsertText.Method, input.InsertTextParams{Text: text}, nil)
}
