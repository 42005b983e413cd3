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
			{Name: "visible_text", Value: float64(r.last.letters), Unit: "characters", Limit: float64(text), Floor: true},
			{Name: "colours", Value: float64(r.last.colours), Unit: "colours"},
			{Name: "painted", Value: r.last.painted, Unit: "ratio"},
		}
		if r.last.Paint > 0 {
			all = append(all, probes.Measurement{Name: "largest_paint", Value: r.last.Paint / 1000, Unit: "s", Limit: r.check.Expect.LargestPaint.Seconds()})
		}
	}
	return append(all, r.watch.measurements()...)
}
