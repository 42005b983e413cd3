package kinds

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"candor/probes"
)

// maxHTTPHeader is how many bytes of response header are read at most.
const maxHTTPHeader = 64 << 10

// httpCheck walks through the steps of an HTTP probe.
type httpCheck struct {
	conns       *httpConns
	minDaysLeft int
	steps       []httpStep
	secrets     []string // configured values that must not be shown
}

// Check walks through the steps and ends with the first that fails.
func (c *httpCheck) Check(ctx context.Context) (result probes.Result) {
	run := c.newRun()
	defer func() { run.end(result.Outcome == probes.OK) }()
	steps := make([]probes.Step, 0, len(c.steps))
	began := time.Now()
	for i := range c.steps {
		s := &c.steps[i]
		stepBegan := time.Now()
		short := run.step(ctx, s)
		took := time.Since(stepBegan)
		steps = append(steps, probes.Step{Name: run.tell.clean(s.Name), Took: took})
		if short != nil {
			return run.failed(s, short, steps)
		}
		run.passed(s, took)
	}
	result = probes.Result{Outcome: probes.OK, Steps: steps, Measurements: []probes.Measurement{c.latency(time.Since(began))}}
	run.judgeCertificate(&result)
	for _, f := range run.worse {
		degrade(&result, f.reason, f.text)
	}
	if result.Outcome.Bad() {
		result.Evidence = []probes.Evidence{run.evidence(&c.steps[len(c.steps)-1], result)}
	}
	return result
}

// latency measures all steps together; a limit makes sense only where there is one step.
func (c *httpCheck) latency(took time.Duration) probes.Measurement {
	m := probes.Measurement{Name: "latency", Value: took.Seconds(), Unit: "s"}
	if limit := c.steps[0].expect.latency; len(c.steps) == 1 && limit != nil {
		m.Limit = limit.bound()
	}
	return m
}

// degrade adds a finding to a result that is otherwise good; the first one gives the reason.
func degrade(r *probes.Result, reason probes.Reason, detail string) {
	if r.Outcome == probes.Degraded {
		r.Detail += "; " + detail
		return
	}
	r.Outcome, r.Reason, r.Detail = probes.Degraded, reason, detail
}

// httpRun is one walk: its connections, cookies and captured values.
type httpRun struct {
	check  *httpCheck
	began  time.Time
	jar    cookies
	tell   teller
	cert   certificateEnd
	last   httpExchange // of the step that runs
	lesser *shortfall   // what the last answer lacks of what is degraded without it
	worse  findings     // of the steps that passed
	asked  atomic.Bool  // in this try, a server wanted a client certificate and there is none

	mu    sync.Mutex
	conns []net.Conn // that were opened for it
	over  bool       // and no more are
}

// cookies are a walk's; most walks are given none.
type cookies struct{ *cookiejar.Jar }

// SetCookies keeps what an answer sets.
func (c *cookies) SetCookies(u *url.URL, list []*http.Cookie) {
	if c.Jar == nil {
		c.Jar, _ = cookiejar.New(nil) // fails never
	}
	c.Jar.SetCookies(u, list)
}

// Cookies returns what goes with a request.
func (c *cookies) Cookies(u *url.URL) []*http.Cookie {
	if c.Jar == nil {
		return nil
	}
	return c.Jar.Cookies(u)
}

func (c *httpCheck) newRun() *httpRun {
	c.conns.rouse()
	run := &httpRun{check: c, began: time.Now(), tell: teller{values: map[string]string{}}}
	run.tell.hide(c.secrets...)
	return run
}

// failed is the result of a run that ended with a step.
func (r *httpRun) failed(s *httpStep, short *shortfall, steps []probes.Step) probes.Result {
	result := probes.Result{Outcome: probes.Failed, Reason: short.reason, Steps: steps,
		Detail: r.tell.clean(s.label + ": " + short.detail)}
	if short.reason == probes.Internal {
		result.Outcome = probes.Unknown
	}
	if m, ok := r.cert.measurement(r.check.minDaysLeft); ok {
		result.Measurements = append(result.Measurements, m)
	}
	if result.Outcome.Bad() {
		result.Evidence = []probes.Evidence{r.evidence(s, result)}
	}
	return result
}

// step asks once, or until the expectations hold or ctx ends.
func (r *httpRun) step(ctx context.Context, s *httpStep) *shortfall {
	r.last = httpExchange{}
	if s.Until == nil {
		return r.ask(ctx, s)
	}
	began := time.Now()
	var last *shortfall
	for tries := 1; ; tries++ {
		short := r.ask(ctx, s)
		if short == nil {
			return nil
		}
		if last == nil || ctx.Err() == nil { // an interrupted try tells less than the one before
			last = short
		}
		select {
		case <-ctx.Done():
			return gaveUp(last, tries, time.Since(began))
		case <-time.After(s.Until.Every):
		}
	}
}

// gaveUp says that an expectation did not come to hold in time.
func gaveUp(last *shortfall, tries int, after time.Duration) *shortfall {
	reason := last.reason
	if reason == probes.Unexpected {
		reason = probes.TimedOut
	}
	return &shortfall{reason, fmt.Sprintf("after %s and %d tries: %s", after.Round(100*time.Millisecond), tries, last.detail)}
}

// ask sends a step's request once, judges the answer and captures what later steps need.
func (r *httpRun) ask(ctx context.Context, s *httpStep) *shortfall {
	w := &watch{}
	r.asked.Store(false)
	req, resp, err := r.do(ctx, s, w)
	if req == nil {
		return &shortfall{probes.Unexpected, "the request cannot be made with the captured values"}
	}
	if err != nil {
		if ctx.Err() == nil || r.last.method == "" { // an interrupted try tells less than the one before
			r.last = httpExchange{method: req.Method, url: req.URL.String()}
		}
		if resp != nil {
			resp.Body.Close()
			r.last = seen(resp, &answer{status: resp.StatusCode, header: resp.Header})
		}
		return r.trouble(err, w)
	}
	defer resp.Body.Close()
	a := r.read(resp, s, w)
	r.last = seen(resp, a)
	r.cert.earliest(w.certificate())
	for _, c := range r.jar.Cookies(resp.Request.URL) {
		r.tell.hide(c.Value)
	}
	missing := r.captureAll(s, a)
	if short := s.expect.judge(a, &r.tell, s.MaxBody); short != nil {
		return short
	}
	r.lesser = s.degraded.judge(a, &r.tell, s.MaxBody)
	return missing
}

// captureAll captures before anything is judged, so that a captured value never shows in what is said of the answer.
func (r *httpRun) captureAll(s *httpStep, a *answer) (missing *shortfall) {
	for i := range s.captures {
		c := &s.captures[i]
		value, shortage := c.from(a)
		if shortage != "" {
			if missing == nil {
				missing = &shortfall{probes.Unexpected, fmt.Sprintf("expected %s to be found by %s, but %s", c.name, short(c.source), shortage)}
			}
			continue
		}
		r.tell.hide(value)
		r.tell.values[c.name] = value
	}
	return missing
}

// trouble says why there is no answer, or only a part of one.
func (r *httpRun) trouble(err error, w *watch) *shortfall {
	if !w.began() && r.onKept(w) {
		return silence
	}
	r.cert.earliest(w.certificate())
	r.cert.earliest(unverified(err))
	host, connected, answered := w.connection()
	if !connected && timeout(err) {
		err = &net.OpError{Op: "dial", Net: "tcp", Addr: hostPort(host), Err: err}
	}
	reason, text := explain(err)
	if r.asked.Load() && !answered && (reason == probes.Unexpected || reason == probes.Certificate) {
		// In TLS 1.3 the refusal comes after the handshake, and the client may see only a broken connection.
		reason, text = probes.Certificate, noClientCertificate+text
	}
	return &shortfall{reason, shorten(r.tell.clean(text))}
}

// request makes a step's request, with the captured values in their places.
func (r *httpRun) request(ctx context.Context, s *httpStep) (*http.Request, error) {
	if s.plain == nil || len(r.tell.values) > 0 {
		return s.request(ctx, r.tell.values)
	}
	req := s.plain.WithContext(ctx)
	if r.jar.Jar != nil {
		req.Header = req.Header.Clone() // cookies are added to it
	}
	if req.GetBody == nil {
		return req, nil
	}
	var err error
	req.Body, err = req.GetBody()
	return req, err
}
