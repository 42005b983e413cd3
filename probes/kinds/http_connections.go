package kinds

import (
	"cmp"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"candor/probes"
)

// Bounds of kept connections.
const (
	keptFor  = 2 * time.Minute // then they are opened anew, so that new addresses and certificates are seen
	keptIdle = time.Minute     // without a run: what stands between forgets connections that are silent
)

// httpConns are the connections that an HTTP check opens. Each walk has its own, unless they are kept for the next one.
type httpConns struct {
	config *tls.Config // nil when nothing is said about it
	keep   bool
	bound  time.Duration // how long they are kept

	mu        sync.Mutex
	transport *http.Transport     // nil until one is needed
	resting   map[string]net.Conn // by address, of the single way
	kept      []net.Conn          // after a walk, with those of the transport
	opened    time.Time           // when the oldest that is kept was; zero when none is
	idle      *time.Timer         // runs between two walks while some are kept
}

// dialer sends no signs of life: no connection is idle for long.
var dialer = &net.Dialer{Timeout: 30 * time.Second, KeepAlive: -1}

func newHTTPConns(config *tls.Config, keep bool) *httpConns {
	return &httpConns{config: config, keep: keep, bound: keptFor}
}

func (c *httpConns) newTransport() *http.Transport {
	config := cmp.Or(c.config, &tls.Config{}).Clone()
	if len(config.Certificates) == 0 {
		config.GetClientCertificate = lacksCertificate
	}
	return &http.Transport{
		DialContext:            dial,
		TLSClientConfig:        config,
		ForceAttemptHTTP2:      true,
		MaxResponseHeaderBytes: maxHTTPHeader,
		WriteBufferSize:        1 << 10, // one request and one answer need no more, and a connection makes them anew
		ReadBufferSize:         2 << 10,
	}
}

// lacksCertificate notes that a server asks for a certificate where there is none.
func lacksCertificate(info *tls.CertificateRequestInfo) (*tls.Certificate, error) {
	if run, ok := info.Context().Value(walking{}).(*httpRun); ok {
		run.asked.Store(true)
	}
	return &tls.Certificate{}, nil
}

// walking is the key of the *httpRun that a transport opens a connection for.
type walking struct{}

func dial(ctx context.Context, network, address string) (net.Conn, error) {
	return ctx.Value(walking{}).(*httpRun).dial(ctx, network, address)
}

// dial opens a connection that ends with the walk, unless it is kept.
func (r *httpRun) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if !r.opened(conn) {
		return nil, cmp.Or(conn.Close(), net.ErrClosed)
	}
	return conn, nil
}

// shared returns the transport whose connections the requests of a walk share.
func (c *httpConns) shared() *http.Transport {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.transport == nil {
		c.transport = c.newTransport()
	}
	return c.transport
}

// renew closes what is kept, and forgets it: of HTTP/2, a transport may go on using what is silent or closed just now.
func (c *httpConns) renew() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.transport != nil {
		c.transport.CloseIdleConnections()
	}
	closeAll(c.kept)
	c.transport, c.resting, c.kept, c.opened = nil, nil, nil, time.Time{}
}

// rouse begins a walk: what is kept is not idle, and what was kept too long is not used.
func (c *httpConns) rouse() {
	c.mu.Lock()
	if c.idle != nil {
		c.idle.Stop()
	}
	old := !c.opened.IsZero() && time.Since(c.opened) > c.bound
	c.mu.Unlock()
	if old {
		c.renew()
	}
}

func closeAll(conns []net.Conn) {
	for _, conn := range conns {
		conn.Close()
	}
}

// opened notes a connection of the walk; it is false once that is over.
func (r *httpRun) opened(conn net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.over {
		r.conns = append(r.conns, conn)
	}
	return !r.over
}

// end closes the connections of the walk. They are kept only if all was well: what looks again after trouble looks anew.
func (r *httpRun) end(well bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	c := r.check.conns
	if c.keep && well {
		c.hold(r.conns, r.began)
		return
	}
	c.renew()
	closeAll(r.conns)
}

// hold keeps connections that were opened at a time, until none was used for keptIdle.
func (c *httpConns) hold(conns []net.Conn, opened time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept = append(c.kept, conns...)
	if len(c.kept) == 0 {
		return
	}
	if c.opened.IsZero() {
		c.opened = opened
	}
	if c.idle == nil {
		c.idle = time.AfterFunc(keptIdle, c.renew)
	} else {
		c.idle.Reset(keptIdle)
	}
}

// repeatable are the methods of requests that may be sent twice, so that they may meet a connection that is dead already.
var repeatable = []string{http.MethodGet, http.MethodHead, http.MethodOptions}

// onKept says that a connection was used which an earlier walk kept, before this one opened any.
func (r *httpRun) onKept(w *watch) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.check.conns.keep && len(r.conns) == 0 && w.reused()
}

// do sends a step's request. What a kept connection does not answer is asked on a new one; so is what it answers with the
// farewell of a server to a silent client.
func (r *httpRun) do(ctx context.Context, s *httpStep, w *watch) (*http.Request, *http.Response, error) {
	if c := r.check.conns; c.keep && !slices.Contains(repeatable, s.Method) {
		c.renew()
	}
	req, resp, err := r.send(ctx, s, w)
	switch {
	case req == nil || ctx.Err() != nil || !r.onKept(w):
		return req, resp, err
	case err == nil && resp.StatusCode != http.StatusRequestTimeout, err != nil && w.began():
		return req, resp, err
	}
	if resp != nil {
		resp.Body.Close()
	}
	r.check.conns.renew()
	return r.send(ctx, s, w)
}

// send sends a step's request once; without a request, it could not be made.
func (r *httpRun) send(ctx context.Context, s *httpStep, w *watch) (*http.Request, *http.Response, error) {
	req, err := r.request(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	client := http.Client{Transport: single{r, w, r.check.conns.keep || s.Until != nil}, Jar: &r.jar, CheckRedirect: s.redirect}
	resp, err := client.Do(req)
	return req, resp, err
}

// silence is what is said when the time ended while a kept connection was silent.
var silence = &shortfall{probes.Internal, "no answer came on the connection that was kept; the next run opens a new one"}
