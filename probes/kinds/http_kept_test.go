package kinds

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"candor/probes"
)

// keeper is a server that counts its connections, and knows which request of its connection a request is.
type keeper struct {
	*httptest.Server
	opened, asked atomic.Int64
	closed        atomic.Int64
	hold          chan struct{} // closed at the end, so that nobody waits for answers any more
	mu            sync.Mutex
	conns         []net.Conn
	does          func(k *keeper, nth int64, conn net.Conn, w http.ResponseWriter)
}

type keptConn struct {
	net.Conn
	requests atomic.Int64
}

func newKeeper(t *testing.T, scheme string, does func(k *keeper, nth int64, conn net.Conn, w http.ResponseWriter)) *keeper {
	t.Helper()
	k := &keeper{hold: make(chan struct{}), does: does}
	type connKey struct{}
	k.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn := r.Context().Value(connKey{}).(*keptConn)
		k.asked.Add(1)
		k.does(k, conn.requests.Add(1), conn.Conn, w)
	}))
	k.Config.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		k.opened.Add(1)
		k.mu.Lock()
		defer k.mu.Unlock()
		k.conns = append(k.conns, conn)
		return context.WithValue(ctx, connKey{}, &keptConn{Conn: conn})
	}
	k.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			k.closed.Add(1)
		}
	}
	k.EnableHTTP2 = scheme == "h2"
	if scheme == "http" {
		k.Start()
	} else {
		k.StartTLS()
	}
	t.Cleanup(k.Close)
	t.Cleanup(func() { close(k.hold) })
	return k
}

// hangUp closes all connections from the server's side.
func (k *keeper) hangUp() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, conn := range k.conns {
		conn.Close()
	}
	k.conns = nil
}

func (k *keeper) check(t *testing.T, request HTTPRequest) *httpCheck {
	t.Helper()
	request.URL = k.URL
	c, err := (&HTTP{HTTPRequest: request, KeepAlive: true, TLS: HTTPTLS{InsecureSkipVerify: true}}).Checker()
	if err != nil {
		t.Fatal(err)
	}
	return c.(*httpCheck)
}

// runs runs the check so many times, and fails unless each run is well.
func runs(t *testing.T, c probes.Checker, n int) (last probes.Result) {
	t.Helper()
	for i := range n {
		if last = check(t, c, 20*time.Second); last.Outcome != probes.OK {
			t.Fatalf("run %d: %s: %s", i+1, last.Outcome, last.Detail)
		}
	}
	return last
}

func eachScheme(t *testing.T, test func(t *testing.T, scheme string)) {
	for _, scheme := range []string{"http", "https", "h2"} {
		t.Run(scheme, func(t *testing.T) { test(t, scheme) })
	}
}

func well(*keeper, int64, net.Conn, http.ResponseWriter) {}

func TestHTTPKeepsItsConnection(t *testing.T) {
	eachScheme(t, func(t *testing.T, scheme string) {
		k := newKeeper(t, scheme, well)
		c := k.check(t, HTTPRequest{})
		runs(t, c, 10)
		if got := k.opened.Load(); got != 1 {
			t.Errorf("%d connections for 10 runs, want 1", got)
		}
		c.conns.bound = -1 // all are older
		runs(t, c, 3)
		if got := k.opened.Load(); got != 4 {
			t.Errorf("%d connections, want 3 more: each was to be renewed", got)
		}
		c.conns.keep = false
		runs(t, c, 3)
		if got := k.opened.Load(); got != 7 {
			t.Errorf("%d connections, want one more for each run that keeps none", got)
		}
	})
}

func TestHTTPOutlivesADeadConnection(t *testing.T) {
	for name, does := range map[string]func(k *keeper, nth int64, conn net.Conn, w http.ResponseWriter){
		"closed while idle": well,
		"closed when it is asked again": func(_ *keeper, nth int64, conn net.Conn, _ http.ResponseWriter) {
			if nth > 1 {
				conn.Close()
			}
		},
		"given up when it is asked again": func(_ *keeper, nth int64, _ net.Conn, _ http.ResponseWriter) {
			if nth > 1 {
				panic(http.ErrAbortHandler)
			}
		},
		"tired when it is asked again": func(_ *keeper, nth int64, _ net.Conn, w http.ResponseWriter) {
			if nth > 1 {
				w.WriteHeader(http.StatusRequestTimeout)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachScheme(t, func(t *testing.T, scheme string) {
				k := newKeeper(t, scheme, does)
				c := k.check(t, HTTPRequest{})
				for range 10 {
					runs(t, c, 1)
					if name == "closed while idle" {
						k.hangUp()
					}
				}
				if got := k.opened.Load(); got < 5 {
					t.Errorf("%d connections for 10 runs: none was dead", got)
				}
			})
		})
	}
}

// What may not be asked twice never meets a connection that was kept.
func TestHTTPAsksOnceWhatChangesSomething(t *testing.T) {
	eachScheme(t, func(t *testing.T, scheme string) {
		k := newKeeper(t, scheme, func(_ *keeper, nth int64, conn net.Conn, _ http.ResponseWriter) {
			if nth > 1 {
				conn.Close()
			}
		})
		runs(t, k.check(t, HTTPRequest{Method: "POST", Body: "order=1"}), 5)
		if asked, opened := k.asked.Load(), k.opened.Load(); asked != 5 || opened != 5 {
			t.Errorf("asked %d times on %d connections, want 5 and 5", asked, opened)
		}
	})
}

func TestHTTPDoesNotBlameTheTargetForASilentConnection(t *testing.T) {
	eachScheme(t, func(t *testing.T, scheme string) {
		k := newKeeper(t, scheme, func(k *keeper, nth int64, _ net.Conn, _ http.ResponseWriter) {
			if nth > 1 {
				<-k.hold
			}
		})
		c := k.check(t, HTTPRequest{})
		runs(t, c, 1)
		if r := check(t, c, 300*time.Millisecond); r.Outcome != probes.Unknown || r.Reason != probes.Internal {
			t.Errorf("on a kept connection that is silent: %s, %s: %s; want unknown", r.Outcome, r.Reason, r.Detail)
		}
		runs(t, c, 1)
		if got := k.opened.Load(); got != 2 {
			t.Errorf("%d connections, want a second one after the first was silent", got)
		}
	})
}

// A target that is silent on a new connection too is what fails, and trouble is looked at on new connections.
func TestHTTPFailsOnANewConnection(t *testing.T) {
	eachScheme(t, func(t *testing.T, scheme string) {
		var down atomic.Bool
		k := newKeeper(t, scheme, func(k *keeper, _ int64, _ net.Conn, w http.ResponseWriter) {
			if down.Load() {
				<-k.hold
			}
		})
		c := k.check(t, HTTPRequest{})
		runs(t, c, 1)
		down.Store(true)
		for i, want := range []probes.Outcome{probes.Unknown, probes.Failed, probes.Failed} {
			if r := check(t, c, 300*time.Millisecond); r.Outcome != want {
				t.Errorf("run %d of a target that hangs: %s: %s; want %s", i+1, r.Outcome, r.Detail, want)
			}
		}
		if got := k.opened.Load(); got != 3 {
			t.Errorf("%d connections, want 3", got)
		}
	})
}

func TestHTTPSeesTheCertificateOfAKeptConnection(t *testing.T) {
	eachScheme(t, func(t *testing.T, scheme string) {
		if scheme == "http" {
			return
		}
		days := func(n int) *tls.Certificate {
			cert, _ := certificates(t, time.Now().Add(-time.Hour), time.Now().Add(time.Duration(n)*24*time.Hour))
			return &cert
		}
		var shown atomic.Pointer[tls.Certificate]
		shown.Store(days(30))
		k := newKeeper(t, scheme, well)
		k.TLS.Certificates = nil
		k.TLS.GetCertificate = func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return shown.Load(), nil }
		c := k.check(t, HTTPRequest{})
		left := func() string {
			for _, m := range runs(t, c, 1).Measurements {
				if m.Name == daysLeft {
					return fmt.Sprintf("%.0f", m.Value)
				}
			}
			return "no certificate"
		}
		if got := left(); got != "30" {
			t.Errorf("at first: %s, want 30 days", got)
		}
		shown.Store(days(90))
		if got := left(); got != "30" {
			t.Errorf("on the kept connection: %s, want 30 days still", got)
		}
		c.conns.bound = -1
		if got := left(); got != "90" {
			t.Errorf("on the renewed connection: %s, want 90 days", got)
		}
	})
}
