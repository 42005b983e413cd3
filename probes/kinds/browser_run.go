package kinds

import (
	"context"
	"errors"
	"fmt"
	"time"

	"candor/probes"
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
	result := run.result(short)
	run.keep(ctx, &result)
	return result
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
