package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"html"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// targets are what the probes of a badly behaved product meet.
type targets struct {
	silent   *listener // accepts and never answers
	endless  *httptest.Server
	expired  *httptest.Server
	caFile   string // that signed for expired
	dripping atomic.Int32
}

func newTargets(t *testing.T) *targets {
	t.Helper()
	ts := &targets{silent: newListener(t)}
	ts.endless = httptest.NewServer(http.HandlerFunc(ts.serveEndless))
	t.Cleanup(func() {
		ts.endless.CloseClientConnections()
		ts.endless.Close()
	})
	ts.expired = httptest.NewUnstartedServer(http.NotFoundHandler())
	ts.expired.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells of each refused handshake
	pair := certificate(t, time.Date(2024, 5, 2, 12, 0, 0, 0, time.UTC))
	ts.expired.TLS = &tls.Config{Certificates: []tls.Certificate{pair}}
	ts.expired.StartTLS()
	t.Cleanup(ts.expired.Close)
	ts.caFile = write(t, "ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]})))
	return ts
}

// serveEndless answers with a body that never ends, as fast as it is taken or a byte at a time.
func (ts *targets) serveEndless(w http.ResponseWriter, r *http.Request) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	much := []byte(strings.Repeat("all is well ", 1000))
	if r.URL.Path == "/drip" {
		ts.dripping.Add(1)
		much = much[:1]
	}
	for r.Context().Err() == nil {
		if _, err := w.Write(much); err != nil {
			return
		}
		if r.URL.Path == "/drip" {
			w.(http.Flusher).Flush()
			<-tick.C
		}
	}
}

// address replaces the targets' addresses by their names.
func (ts *targets) address(text string) string {
	return strings.NewReplacer(ts.silent.Addr().String(), "SILENT", ts.endless.Listener.Addr().String(), "ENDLESS",
		ts.expired.Listener.Addr().String(), "EXPIRED", "CAFILE", ts.caFile).Replace(text)
}

// config returns a configuration with a probe for each of the settings, by key.
func (ts *targets) config(timeout time.Duration, settings map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%sdefaults: {interval: %s, timeout: %s, recheck: 1s}\nprobes:\n", small, max(timeout, 2*time.Second), timeout)
	for key, s := range settings {
		fmt.Fprintf(&b, "  - {key: %s, component: studio, symptom: Studio fails, %s}\n", key, s)
	}
	return strings.NewReplacer("SILENT", ts.silent.Addr().String(), "ENDLESS", ts.endless.Listener.Addr().String(),
		"EXPIRED", ts.expired.Listener.Addr().String(), "CAFILE", ts.caFile).Replace(b.String())
}

// listener accepts connections, keeps them open, and says nothing.
type listener struct {
	net.Listener
	mu    sync.Mutex
	conns []net.Conn
}

func newListener(t *testing.T) *listener {
	t.Helper()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &listener{Listener: inner}
	var accepting sync.WaitGroup
	accepting.Go(func() {
		for {
			conn, err := inner.Accept()
			if err != nil {
				return
			}
			l.mu.Lock()
			l.conns = append(l.conns, conn)
			l.mu.Unlock()
		}
	})
	t.Cleanup(func() {
		inner.Close()
		accepting.Wait()
		for _, conn := range l.conns {
			conn.Close()
		}
	})
	return l
}

func (l *listener) accepted() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.conns)
}

// certificate returns a certificate of 127.0.0.1 that is its own authority and ended at some time.
func certificate(t *testing.T, end time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Studio"}, IsCA: true, BasicConstraintsValid: true,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotBefore: end.AddDate(-1, 0, 0), NotAfter: end}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

var resultRow = regexp.MustCompile(`<td>([a-z ]*)</td>\s*<td class="detail">([^<]*)</td>`)

// newest returns the reason and the detail of a probe's newest result in the console, nothing before the first.
func (b *browser) newest(probe string) (reason, detail string) {
	b.Helper()
	found := resultRow.FindStringSubmatch(b.get("/console/probes/" + probe))
	if found == nil {
		return "", ""
	}
	return found[1], html.UnescapeString(found[2])
}

// TestTargetsThatMisbehave shows responders what is wrong with each, and customers nothing of it.
func TestTargetsThatMisbehave(t *testing.T) {
	t.Parallel()
	ts := newTargets(t)
	tests := []struct{ key, settings, want string }{
		{"silent-http", `http: {url: "http://SILENT/new"}`,
			"timed out: SILENT/new: connected, but no complete answer within the time limit"},
		{"silent-https", `http: {url: "https://SILENT/new"}`,
			"timed out: SILENT/new: connected, but no complete answer within the time limit"},
		{"silent-amqp", `rabbitmq: {url: "amqp://candor:Kn4ry@SILENT/"}`,
			"timed out: connected, but no answer to AMQP sign in within the time limit"},
		{"silent-management", `rabbitmq: {management: "http://candor:Kn4ry@SILENT"}`,
			"timed out: management API: connected, but no complete answer within the time limit"},
		{"silent-nats", `nats: {url: "nats://candor:Kn4ry@SILENT"}`,
			"timed out: connected, but no answer at connect within the time limit"},
		{"flood", `http: {url: "http://ENDLESS/flood", expect: {body: "no such text"}}`,
			"too large: ENDLESS/flood: expected a body of at most 1048576 bytes, got more"},
		{"drip", `http: {url: "http://ENDLESS/drip", expect: {body: "no such text"}}`,
			"timed out: ENDLESS/drip: connected, but no complete answer within the time limit"},
		{"expired", `http: {url: "https://EXPIRED/", tls: {ca_file: CAFILE}}`,
			"certificate: EXPIRED/: the certificate expired on 2024-05-02 12:00 UTC"},
	}
	settings := map[string]string{}
	for _, tt := range tests {
		settings[tt.key] = tt.settings
	}
	p := start(t, write(t, "candor.yaml", ts.config(time.Second, settings)))
	ada := p.owner()
	for _, tt := range tests {
		got := ""
		until(t, tt.key+" has a result", 30*time.Second, func() bool {
			reason, detail := ada.newest(tt.key)
			got = reason + ": " + ts.address(detail)
			return reason != ""
		})
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.key, got, tt.want)
		}
	}
	until(t, "customers are told", 30*time.Second, func() bool { return strings.Contains(newBrowser(t, p.url).get("/"), "Studio fails") })
	for _, path := range []string{"/", "/api/v2/summary.json", "/history.atom"} {
		if text := newBrowser(t, p.url).get(path); regexp.MustCompile(`127\.0\.0\.1:\d+/(new|flood|drip)|time limit|2024-05-02|silent-|Kn4ry`).MatchString(text) {
			t.Errorf("%s tells customers of the targets:\n%s", path, text)
		}
	}
	if took := p.stop(); took > 10*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	p.checkLog()
}

// TestStopsWhileTargetsHang asks for the end while every probe waits for its target and a visitor sends a slow request.
func TestStopsWhileTargetsHang(t *testing.T) {
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			ts := newTargets(t)
			p := start(t, write(t, "candor.yaml", ts.config(time.Hour, map[string]string{
				"http":       `http: {url: "http://SILENT/"}`,
				"https":      `http: {url: "https://SILENT/"}`,
				"amqp":       `rabbitmq: {url: "amqp://candor:Kn4ry@SILENT/"}`,
				"management": `rabbitmq: {management: "http://candor:Kn4ry@SILENT"}`,
				"nats":       `nats: {url: "nats://SILENT"}`,
				"drip":       `http: {url: "http://ENDLESS/drip"}`,
			})))
			const silent = 5
			until(t, "every probe waits for its target", 30*time.Second, func() bool {
				return ts.silent.accepted() >= silent && ts.dripping.Load() > 0
			})
			slow := p.slowRequest()
			defer slow.Close()
			began := time.Now()
			if err := p.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			select {
			case <-p.ended:
			case <-time.After(time.Minute):
				t.Fatalf("candor still runs a minute after %v:\n%s", sig, p.output)
			}
			took := time.Since(began)
			t.Logf("stopped after %.1f s", took.Seconds())
			if p.state != nil || took > 10*time.Second {
				t.Errorf("after %v candor ended with %v:\n%s", took, p.state, p.output)
			}
			p.checkLog()
		})
	}
}

// slowRequest begins a request that the server waits for, and never ends it.
func (p *process) slowRequest() net.Conn {
	p.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		p.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "POST /console/sign-in HTTP/1.1\r\nHost: candor\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
		"Content-Length: 100\r\nExpect: 100-continue\r\n\r\n")
	if err != nil {
		p.Fatal(err)
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil || line != "HTTP/1.1 100 Continue\r\n" {
		p.Fatalf("the server does not wait for a form: %q (%v)", line, err)
	}
	if _, err := io.WriteString(conn, "email=ada"); err != nil {
		p.Fatal(err)
	}
	return conn
}
