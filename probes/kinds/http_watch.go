package kinds

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math"
	"net/http/httptrace"
	"sync"
	"time"

	"candor/probes"
)

// watch notes what happens below HTTP during one request. Its hooks run on the transport's goroutines,
// some of them perhaps after the request has ended.
type watch struct {
	mu        sync.Mutex
	host      string // host:port that was asked last
	connected bool
	answered  bool
	kept      bool              // the connection stood before
	cert      *x509.Certificate // the one that ends first
}

// trace returns the hooks of a request that goes a transport's way.
func (w *watch) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: w.asks,
		ConnectDone: func(_, _ string, err error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.connected = w.connected || err == nil
		},
		GotConn: func(info httptrace.GotConnInfo) {
			w.gets(info.Reused)
			if conn, ok := info.Conn.(*tls.Conn); ok && info.Reused {
				w.see(conn.ConnectionState())
			}
		},
		GotFirstResponseByte: w.hears,
		TLSHandshakeDone: func(state tls.ConnectionState, err error) {
			if err == nil {
				w.see(state)
			}
		},
	}
}

// asks notes which host:port is asked.
func (w *watch) asks(host string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.host, w.connected, w.answered, w.kept = host, false, false, false
}

// gets notes that there is a connection.
func (w *watch) gets(kept bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.connected, w.kept = true, kept
}

// hears notes that an answer begins.
func (w *watch) hears() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answered = true
}

// see notes the certificate of a connection.
func (w *watch) see(state tls.ConnectionState) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(state.PeerCertificates) > 0 {
		w.cert = sooner(w.cert, state.PeerCertificates[0])
	}
}

// reused says that the connection stood before.
func (w *watch) reused() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.kept
}

// began says that an answer began.
func (w *watch) began() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.answered
}

func (w *watch) connection() (host string, connected, answered bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.host, w.connected, w.answered
}

func (w *watch) certificate() *x509.Certificate {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.cert
}

// unverified returns the certificate that a handshake failed on, or nil.
func unverified(err error) *x509.Certificate {
	var verify *tls.CertificateVerificationError
	if errors.As(err, &verify) && len(verify.UnverifiedCertificates) > 0 {
		return verify.UnverifiedCertificates[0]
	}
	return nil
}

func sooner(a, b *x509.Certificate) *x509.Certificate {
	if a == nil || b != nil && b.NotAfter.Before(a.NotAfter) {
		return b
	}
	return a
}

// certificateEnd is the certificate of a run that ends first, if any was seen.
type certificateEnd struct{ cert *x509.Certificate }

func (e *certificateEnd) earliest(c *x509.Certificate) { e.cert = sooner(e.cert, c) }

// watch returns config for a client whose handshakes, one at a time, leave their certificates here.
func (e *certificateEnd) watch(config *tls.Config) *tls.Config {
	config = config.Clone()
	config.VerifyConnection = func(state tls.ConnectionState) error {
		e.earliest(chainEnd(&state))
		return nil
	}
	return config
}

// measurements is the measurement, if a certificate was seen.
func (e *certificateEnd) measurements() []probes.Measurement {
	if m, ok := e.measurement(0); ok {
		return []probes.Measurement{m}
	}
	return nil
}

// measurement is the number of days left, below 0 after the end.
func (e *certificateEnd) measurement(minDays int) (probes.Measurement, bool) {
	if e.cert == nil {
		return probes.Measurement{}, false
	}
	days := time.Until(e.cert.NotAfter).Hours() / 24
	return probes.Measurement{Name: daysLeft, Value: math.Round(days*100) / 100, Unit: "days", Limit: float64(minDays), Floor: true}, true
}

// judgeCertificate adds the measurement, and a finding when the certificate ends too soon.
func (r *httpRun) judgeCertificate(result *probes.Result) {
	minDays := r.check.minDaysLeft
	m, ok := r.cert.measurement(minDays)
	if !ok {
		return
	}
	result.Measurements = append(result.Measurements, m)
	if minDays == 0 || m.Value >= float64(minDays) {
		return
	}
	text := fmt.Sprintf("expected the certificate to be valid for at least %d more days, but it expires on %s",
		minDays, r.cert.cert.NotAfter.UTC().Format(time.DateOnly))
	if m.Value < 0 {
		text = validity(r.cert.cert)
	}
	degrade(result, probes.Certificate, text)
}

// hostPort is an address as it was asked for, before its name was looked up.
type hostPort string

func (hostPort) Network() string  { return "tcp" }
func (h hostPort) String() string { return string(h) }
