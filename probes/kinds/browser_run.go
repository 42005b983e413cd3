package kinds

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"candor/probes"
)

const (
	restAfter  = 500 * time.Millisecond // without traffic, a page is what it is going to be
	emptyFor   = 2 * time.Second        // without traffic, nothing more will come
	longLoad   = 5 * time.Second        // for a page that shows everything, but goes on loading
	hangsAfter = 3 * time.Second        // without an answer to a question, a page hangs
	lookEvery  = 500 * time.Millisecond
	tryEvery   = 100 * time.Millisecond
)

var (
	errBrowserEnded = errors.New("chromium ended in the middle of the check")
	errPageCrashed  = errors.New("the process of the page crashed")
	errTimeIsUp     = errors.New("the time is up")
	errNotYet       = errors.New("it is too early to look")
)

// browserRun is one walk through the steps of a browser probe.
type browserRun struct {
	check *browserCheck
	stages
	tab   *tab
	watch *pageWatch
	tell  teller
	last  sight // what showed at the last look
}

// Check opens the page in a fresh browser context and ends with the first step that fails.
func (c *browserCheck) Check(ctx context.Context) probes.Result {
	run := &browserRun{check: c, watch: newPageWatch()}
	run.tell.hide(c.secrets...)
	began := time.Now()
	wait, cancel := shareOf(ctx, 0.5) // the page deserves the other half
	t, err := c.chromium.open(wait, c.program, run.watch)
	cancel()
	if err != nil {
		return run.unknown(ctx, err, began)
	}
	run.tab = t
	defer t.close()
	page, cancel := run.bound(ctx)
	defer cancel()
	if err := t.prepare(page, c.Viewport, c.Headers, c.origins); err != nil {
		return run.unknown(ctx, err, began)
	}
	short, err := run.walk(page)
	run.end()
	if err != nil {
		return run.unknown(ctx, err, began)
	}
	return run.result(short)
}

// shareOf ends after a part of the time that ctx has left.
func shareOf(ctx context.Context, share float64) (context.Context, context.CancelFunc) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, time.Duration(float64(time.Until(deadline))*share))
}

// bound ends a little before ctx, so that there is time left to tell, and as soon as the browser or the page dies.
func (r *browserRun) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	limit := context.CancelFunc(func() {})
	if deadline, ok := ctx.Deadline(); ok {
		left := time.Until(deadline)
		ctx, limit = context.WithTimeoutCause(ctx, left-min(left/10, time.Second), errTimeIsUp)
	}
	page, stop := context.WithCancelCause(ctx)
	over := context.AfterFunc(r.tab.process.ctx, func() { stop(errBrowserEnded) })
	crashed := make(chan struct{})
	go func() {
		defer close(crashed)
		select {
		case <-r.tab.events.crashed:
			stop(errPageCrashed)
		case <-page.Done():
		}
	}()
	return page, func() { over(); stop(nil); limit(); <-crashed }
}

// unknown is the result of a run in which the browser, not the page, was the trouble.
func (r *browserRun) unknown(ctx context.Context, err error, began time.Time) probes.Result {
	detail := err.Error()
	if errors.Is(ctx.Err(), context.Canceled) {
		detail = "interrupted"
	} else if errors.Is(err, errBrowserBusy) || errors.Is(err, errBrowserSlow) {
		detail = fmt.Sprintf("no page could be opened within %s: %s", time.Since(began).Round(time.Millisecond), detail)
	}
	return probes.Result{Outcome: probes.Unknown, Reason: probes.Internal, Detail: shorten(r.tell.clean(detail)), Steps: r.steps}
}

// walk takes the steps and then looks at the page; an error is about the browser, not about the page.
func (r *browserRun) walk(ctx context.Context) (*shortfall, error) {
	for i := range r.check.steps {
		s := &r.check.steps[i]
		r.begin(s.Name)
		short, err := r.step(ctx, s)
		if err != nil {
			return nil, err
		}
		if short != nil {
			short.detail = s.label + ": " + short.detail
			return short, nil
		}
	}
	r.begin("page at rest")
	label := ""
	if len(r.check.Steps) == 0 {
		label = r.check.steps[0].label + ": "
	}
	short, err := r.rest(ctx)
	if short != nil {
		short.detail = label + short.detail
	}
	return short, err
}

// step does one thing, as soon as it can be done.
func (r *browserRun) step(ctx context.Context, s *browserStep) (short *shortfall, err error) {
	switch {
	case s.Go != "":
		short, err = r.open(ctx, s.Go)
	case s.Click != "":
		short, err = r.act(ctx, pageTask{Find: s.Click, Act: "click"})
	case s.Fill != nil:
		short, err = r.act(ctx, pageTask{Find: s.Fill.Selector, Act: "fill", Text: s.Fill.Text})
	case s.Wait != "":
		short, err = r.act(ctx, pageTask{Find: s.Wait})
	}
	if short != nil || err != nil || s.Expect == (BrowserSight{}) {
		return short, err
	}
	return r.until(ctx, lookEvery, func() (*shortfall, bool, error) {
		short, err := r.look(ctx, s.Expect, false)
		return short, short == nil, err
	})
}

func (r *browserRun) open(ctx context.Context, url string) (*shortfall, error) {
	short, err := r.tab.navigate(ctx, url)
	if err != nil {
		if short, err = r.over(ctx, err); short != nil {
			short.detail = "no answer within the time limit"
		}
		return short, err
	}
	if short == nil {
		short = r.watch.refusal()
	}
	return short, nil
}

// act waits for an element and does something with it.
func (r *browserRun) act(ctx context.Context, task pageTask) (*shortfall, error) {
	return r.until(ctx, tryEvery, func() (*shortfall, bool, error) {
		var answer any
		if err := r.tab.run(ctx, task, &answer); err != nil {
			return nil, false, err
		}
		if trouble, _ := answer.(string); trouble != "" {
			return &shortfall{probes.Unexpected, fmt.Sprintf("expected %s to show and to work, but %s", short(task.Find), trouble)}, false, nil
		}
		at, _ := answer.(map[string]any)
		x, _ := at["x"].(float64)
		y, _ := at["y"].(float64)
		switch {
		case task.Act == "click":
			return nil, true, r.tab.click(ctx, x, y)
		case task.Act == "fill" && at["typed"] != true:
			return nil, true, r.tab.enter(ctx, task.Text)
		}
		return nil, true, nil
	})
}

// rest waits until the page has come to rest and shows what is expected.
func (r *browserRun) rest(ctx context.Context) (*shortfall, error) {
	began, looked := time.Now(), time.Time{}
	return r.until(ctx, tryEvery, func() (*shortfall, bool, error) {
		calm, waited := r.watch.calm(), time.Since(began)
		if calm < restAfter && time.Since(looked) < 2*lookEvery || calm >= restAfter && time.Since(looked) < lookEvery {
			return nil, false, errNotYet
		}
		if short := r.watch.refusal(); short != nil {
			return short, true, nil
		}
		looked = time.Now()
		short, err := r.look(ctx, r.check.Expect.BrowserSight, true)
		if err != nil {
			return nil, false, err
		}
		if short == nil && r.check.Expect.NoErrors && r.watch.errors() != "" {
			short = &shortfall{probes.Unexpected, "expected no errors in the page"}
		}
		return short, short == nil && (calm >= restAfter || waited >= longLoad) || short != nil && calm >= emptyFor, nil
	})
}

// look compares what shows now with what is expected.
func (r *browserRun) look(ctx context.Context, want BrowserSight, whole bool) (*shortfall, error) {
	enough := 500
	if want.VisibleText != nil {
		enough = max(enough, 2*(*want.VisibleText))
	}
	s, err := r.tab.look(ctx, pageTask{Enough: enough, Selector: want.Selector, Text: want.Text})
	if err != nil {
		return nil, err
	}
	r.last = s
	return want.judge(s, whole, &r.tell), nil
}

// until tries again and again until done or ctx ends. A page that is just changing cannot be read: that is no error.
func (r *browserRun) until(ctx context.Context, pause time.Duration, try func() (short *shortfall, done bool, err error)) (*shortfall, error) {
	var last *shortfall
	var read time.Time // when the page could be read last
	for {
		short, done, err := try()
		switch {
		case err == nil && done:
			return short, nil
		case err == nil:
			last, read = short, time.Now()
		case errors.Is(err, errScript):
			return nil, err
		}
		select {
		case <-ctx.Done():
			late, over := r.over(ctx, err)
			if over != nil || time.Since(read) > hangsAfter {
				return late, over
			}
			return r.late(last), nil
		case <-time.After(pause):
		}
	}
}

// over says why nothing more can be done in this run.
func (r *browserRun) over(ctx context.Context, err error) (*shortfall, error) {
	switch cause := context.Cause(ctx); {
	case cause == nil && r.tab.process.ctx.Err() != nil:
		return nil, errBrowserEnded
	case cause == nil:
		return nil, err
	case errors.Is(cause, errTimeIsUp), errors.Is(cause, context.DeadlineExceeded):
		return &shortfall{probes.TimedOut, "the page does not respond"}, nil
	default:
		return nil, cause
	}
}

// late is what was last missing when the time was up; nil when nothing was, but the page went on loading.
func (r *browserRun) late(last *shortfall) *shortfall {
	if last == nil {
		return nil
	}
	if pending := r.watch.pending(); pending != "" {
		return &shortfall{probes.TimedOut, last.detail + "; " + pending}
	}
	if last.reason == probes.Unexpected {
		return &shortfall{probes.TimedOut, last.detail}
	}
	return last
}

// result is the verdict on the page.
func (r *browserRun) result(short *shortfall) probes.Result {
	limit := r.check.Expect.LargestPaint
	result := probes.Result{Outcome: probes.OK, Steps: r.steps}
	paint := time.Duration(r.last.Paint * float64(time.Millisecond))
	switch {
	case short != nil:
		result.Outcome, result.Reason, result.Detail = probes.Failed, short.reason, short.detail
		if short.reason == probes.Internal {
			result.Outcome = probes.Unknown
		}
		if errors := r.watch.errors(); errors != "" {
			result.Detail += "; " + errors
		}
	case limit > 0 && paint > limit:
		degrade(&result, probes.Slow, fmt.Sprintf("expected the largest part of the page to be painted within %s, it took %s",
			limit, paint.Round(time.Millisecond)))
	}
	result.Detail = r.tell.clean(strings.TrimSpace(result.Detail))
	result.Measurements = r.measurements()
	return result
}

// measurements are the numbers of the last look and of the whole run.
func (r *browserRun) measurements() []probes.Measurement {
	var all []probes.Measurement
	if r.last.colours > 0 {
		text := defaultVisibleText
		if r.check.Expect.VisibleText != nil {
			text = *r.check.Expect.VisibleText
		}
		all = []probes.Measurement{
			{Name: "visible_text", Value: float64(r.last.letters), Unit: "characters", Limit: float64(text)},
			{Name: "colours", Value: float64(r.last.colours), Unit: "colours"},
			{Name: "painted", Value: r.last.painted, Unit: "ratio"},
		}
		if r.last.Paint > 0 {
			all = append(all, probes.Measurement{Name: "largest_paint", Value: r.last.Paint / 1000, Unit: "s", Limit: r.check.Expect.LargestPaint.Seconds()})
		}
	}
	return append(all, r.watch.measurements()...)
}
