package kinds

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"candor/probes"
)

// talk is one run with one server, over a connection of its own.
type talk struct {
	stages
	tell         teller
	started      time.Time
	raw          *watchedConn // nil until connected
	stop         func() bool
	cert         certificateEnd
	chain        []*x509.Certificate // that the server showed last
	asked        bool                // the server wanted a client certificate and there is none
	measurements []probes.Measurement
	found        findings
}

func newTalk(secrets ...string) *talk {
	t := &talk{started: time.Now()}
	t.tell.hide(secrets...)
	return t
}

// dial connects instead of an earlier time; the connection ends with ctx, and close ends it before.
func (t *talk) dial(ctx context.Context, address string) (net.Conn, error) {
	t.close()
	t.begin("connect")
	raw, stop, err := dialWatched(ctx, address)
	if err != nil {
		return nil, err
	}
	t.raw, t.stop = raw, stop
	return raw, nil
}

func (t *talk) close() {
	if t.raw != nil {
		t.stop()
		t.raw.Close()
	}
}

// handshake begins TLS on a connection and notes the certificate, also one that is not acceptable.
func (t *talk) handshake(ctx context.Context, conn net.Conn, config *tls.Config) (*tls.Conn, error) {
	t.begin(handshakeStage)
	if len(config.Certificates) == 0 {
		config = config.Clone()
		config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			t.asked = true
			return &tls.Certificate{}, nil
		}
	}
	secure := tls.Client(conn, config)
	err := secure.HandshakeContext(ctx)
	state := secure.ConnectionState()
	t.note(&state, err)
	return secure, err
}

// handshakeStage is the name of a stage that is told apart.
const handshakeStage = "TLS handshake"

// soonAfter says that a stage runs, or that the one which runs follows it.
func (s *stages) soonAfter(stage string) bool {
	return s.stage == stage || len(s.steps) > 0 && s.steps[len(s.steps)-1].Name == stage
}

// note remembers what a handshake showed of the certificates.
func (t *talk) note(state *tls.ConnectionState, err error) {
	var verify *tls.CertificateVerificationError
	switch {
	case errors.As(err, &verify):
		t.chain = verify.UnverifiedCertificates
		t.cert.earliest(earliestOf(t.chain))
	case state != nil:
		t.chain = state.PeerCertificates
		t.cert.earliest(chainEnd(state))
	}
}

// chainEnd returns the certificate with which a server's chain ends: where there are several chains, of the best one.
func chainEnd(state *tls.ConnectionState) (end *x509.Certificate) {
	if len(state.VerifiedChains) == 0 {
		return earliestOf(state.PeerCertificates)
	}
	for _, chain := range state.VerifiedChains {
		if c := earliestOf(chain); end == nil || c.NotAfter.After(end.NotAfter) {
			end = c
		}
	}
	return end
}

func earliestOf(chain []*x509.Certificate) (end *x509.Certificate) {
	for _, c := range chain {
		end = sooner(end, c)
	}
	return end
}

// fail adds what ended a run; ctx is the run's.
func (t *talk) fail(ctx context.Context, err error) {
	reason, text := t.explain(ctx, err)
	t.found.add(probes.Failed, reason, text)
}

func (t *talk) explain(ctx context.Context, err error) (probes.Reason, string) {
	var ended error
	if t.raw != nil {
		ended = t.raw.ended()
	}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return probes.Internal, "interrupted"
	case t.raw == nil:
		return classify(err)
	case isAny(ended, errTooMuch), isAny(err, errTooMuch):
		return probes.TooLarge, fmt.Sprintf("the server sent more than %d bytes", maxRead)
	case ctx.Err() != nil || timeout(ended) || timeout(err):
		return probes.TimedOut, fmt.Sprintf("connected, but no complete answer at %s within the time limit", t.stage)
	}
	reason, text := explain(err)
	text = t.stage + ": " + shorten(t.tell.clean(text))
	if t.asked && t.soonAfter(handshakeStage) && (reason == probes.Unexpected || reason == probes.Certificate) {
		// In TLS 1.3 the refusal comes after the handshake, and the client may see only a broken connection.
		return probes.Certificate, noClientCertificate + text
	}
	return reason, text
}

const noClientCertificate = "the server asked for a client certificate, none is configured, and then: "

// result ends the run. A latency over the limit, and a certificate that ends within so many days, are degraded.
func (t *talk) result(latency time.Duration, minDays int) probes.Result {
	took := time.Since(t.started)
	if len(t.found) == 0 || !t.broken() {
		t.measure("latency", took.Seconds(), "s", latency.Seconds())
		if latency > 0 && took > latency {
			t.found.add(probes.Degraded, probes.Slow,
				fmt.Sprintf("expected all within %s, but it took %s", latency, took.Round(time.Millisecond)))
		}
		if text := t.cert.shortfall(minDays); text != "" {
			t.found.add(probes.Degraded, probes.Certificate, text)
		}
	}
	if m, ok := t.cert.measurement(minDays); ok {
		t.measurements = append(t.measurements, m)
	}
	return t.facts()
}

// facts ends the run without a word on how long it took.
func (t *talk) facts() probes.Result {
	t.end()
	r := probes.Result{Steps: t.steps, Measurements: t.measurements}
	t.found.verdict(&r)
	r.Detail = t.tell.clean(r.Detail)
	if r.Outcome.Bad() {
		r.Evidence = []probes.Evidence{t.evidence(r)}
	}
	return r
}

// broken says that a finding ended the run early, so that how long it took says nothing.
func (t *talk) broken() bool {
	for _, f := range t.found {
		if f.outcome != probes.Degraded {
			return true
		}
	}
	return false
}

// measure notes a number with a limit above it, or 0; one that is not finite cannot be stored and is left out.
func (t *talk) measure(name string, value float64, unit string, limit float64) {
	t.keep(probes.Measurement{Name: name, Value: value, Unit: unit, Limit: limit})
}

func (t *talk) keep(m probes.Measurement) {
	if !math.IsNaN(m.Value) && !math.IsInf(m.Value, 0) {
		t.measurements = append(t.measurements, m)
	}
}

// shortfall says that the certificate ends sooner than expected; it is empty when all is well, or nothing expected.
func (e *certificateEnd) shortfall(minDays int) string {
	m, ok := e.measurement(minDays)
	switch {
	case !ok || minDays == 0 || m.Value >= float64(minDays):
		return ""
	case m.Value < 0:
		return validity(e.cert)
	}
	return fmt.Sprintf("expected the certificate to be valid for at least %d more days, but it expires on %s",
		minDays, e.cert.NotAfter.UTC().Format(time.DateOnly))
}

// addressProblem says what is wrong with HOST:PORT.
func addressProblem(address, example string) string {
	host, port, err := net.SplitHostPort(address)
	if n, portErr := strconv.ParseUint(port, 10, 16); err != nil || host == "" || portErr != nil || n == 0 {
		return "say where the server is as HOST:PORT, for example " + example
	}
	return ""
}

// serverURL reads the address of a server; it never quotes what is wrong, because it may hold a password.
func serverURL(raw, example string, schemes ...string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err == nil && u.Hostname() != "" {
		for _, scheme := range schemes {
			if u.Scheme == scheme {
				return u, nil
			}
		}
	}
	return nil, &FieldError{"url", "say where the server is, for example " + example}
}

// latencyProblem is untyped so that no problem is a nil error.
func latencyProblem(latency time.Duration) error {
	if latency < 0 {
		return &FieldError{"latency", "a duration like 2s"}
	}
	return nil
}

// pattern is a text that occurs, or a regular expression between slashes; the empty one matches everything.
type pattern struct {
	text string
	re   *regexp.Regexp
}

// String is the pattern as it was configured.
func (p pattern) String() string { return p.text }

func compilePattern(field, text string) (pattern, error) {
	inner, ok := slashed(text)
	if !ok {
		return pattern{text: text}, nil
	}
	re, err := regexp.Compile(inner)
	if err != nil {
		return pattern{}, &FieldError{field, "this is not a regular expression: " + err.Error()}
	}
	return pattern{text, re}, nil
}

func (p pattern) in(s string) bool {
	if p.re != nil {
		return p.re.MatchString(s)
	}
	return strings.Contains(s, p.text)
}

// expected says, in a sentence, what did not come.
func (p pattern) expected(tell *teller, got string) string {
	shown := "nothing"
	if got != "" {
		shown = tell.quote(namedSecret.ReplaceAllString(got, "${1}***"))
	}
	if p.re != nil {
		return fmt.Sprintf("expected an answer that matches %s, got %s", short(p.text), shown)
	}
	return fmt.Sprintf("expected an answer with %s, got %s", tell.quote(p.text), shown)
}
