package kinds

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// listen accepts connections on a port of its own and hands each to serve, which owns it until the test ends.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { conn.Close() })
			go serve(conn)
		}
	}()
	return l.Addr().String()
}

// answering reads a request and writes bytes, right or wrong; the connection is then closed.
func answering(answer string) func(net.Conn) {
	return func(conn net.Conn) {
		if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			io.WriteString(conn, answer)
		}
		conn.Close()
	}
}

// patience is the time limit of a run: short only where it is the limit that ends it.
func patience(reason probes.Reason) time.Duration {
	if reason == probes.TimedOut {
		return 2 * time.Second
	}
	return 20 * time.Second
}

func TestHTTPNetwork(t *testing.T) {
	server := httptest.NewServer(testTarget())
	t.Cleanup(server.Close)
	client, err := net.Dial("tcp", listen(t, func(net.Conn) {}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	closed := client.LocalAddr().String() // taken, so that nobody else begins to listen there
	silent := func(net.Conn) {}
	for _, c := range []struct {
		name, url string
		reason    probes.Reason
		detail    string
	}{
		{"a closed port", "http://" + closed, probes.Refused, "connection to " + closed + " refused"},
		{"a name that does not exist", "http://no-such-studio.invalid/", probes.Unreachable, "no-such-studio.invalid"},
		{"a port that accepts and never answers", "http://" + listen(t, silent), probes.TimedOut, "connected, but no complete answer"},
		{"the same with TLS", "https://" + listen(t, silent), probes.TimedOut, "connected, but no complete answer"},
		{"headers that never come", server.URL + "/slow-header", probes.TimedOut, "connected, but no complete answer"},
		{"a body that never ends", server.URL + "/slow-body", probes.TimedOut, "connected, but no complete answer"},
		{"a connection that is closed at once", "http://" + listen(t, answering("")), probes.Unexpected, "closed before the answer was complete"},
		{"a body that is cut off", "http://" + listen(t, answering("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort")), probes.Unexpected, "closed before the answer was complete"},
		{"an answer that is not HTTP", "http://" + listen(t, answering("SSH-2.0-OpenSSH_9.2\r\n")), probes.Unexpected, "malformed HTTP"},
		{"a status that is no number", "http://" + listen(t, answering("HTTP/1.1 fine OK\r\n\r\n")), probes.Unexpected, "malformed HTTP"},
		{"a length that is no number", "http://" + listen(t, answering("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")), probes.Unexpected, "Content-Length"},
		{"headers without end", "http://" + listen(t, answering("HTTP/1.1 200 OK\r\nX-A: "+strings.Repeat("a", 1<<20))), probes.Unexpected, "headers exceeded"},
		{"another protocol that stays silent", "http://" + listen(t, func(conn net.Conn) {
			http.ReadRequest(bufio.NewReader(conn))
			io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")
		}), probes.Unexpected, "got 101 Switching Protocols"},
		{"HTTP where TLS should be", "https://" + listen(t, func(conn net.Conn) {
			conn.Read(make([]byte, 4096)) // the beginning of a handshake
			io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\n\r\n")
			conn.Close()
		}), probes.Unexpected, "HTTP response to HTTPS client"},
		{"a redirect to elsewhere", "http://" + listen(t, answering("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n")), probes.Unexpected, "unsupported protocol scheme"},
		{"a redirect to a closed port", "http://" + listen(t, answering("HTTP/1.1 302 Found\r\nLocation: http://"+closed+"\r\n\r\n")), probes.Refused, "refused"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := checkHTTP(t, patience(c.reason), "url: "+c.url)
			expectResult(t, r, probes.Failed, c.reason, c.detail)
			if len(r.Detail) > 600 {
				t.Errorf("a detail of %d bytes", len(r.Detail))
			}
		})
	}
}

func TestHTTPWithoutConnectionIsUnreachable(t *testing.T) {
	// The time is over before a connection stands: as with a firewall that drops every packet.
	c, err := (&HTTP{HTTPRequest: HTTPRequest{URL: "http://127.0.0.1:1/"}}).Checker()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	expectResult(t, c.Check(ctx), probes.Failed, probes.Unreachable, "no connection")
}

func TestHTTPInterruptedIsUnknown(t *testing.T) {
	c, err := (&HTTP{HTTPRequest: HTTPRequest{URL: "http://" + listen(t, func(net.Conn) {})}}).Checker()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	expectResult(t, c.Check(ctx), probes.Unknown, probes.Internal, "interrupted")
}

func TestHTTPLeavesNothingBehind(t *testing.T) {
	server := httptest.NewServer(testTarget())
	t.Cleanup(server.Close)
	before := runtime.NumGoroutine() // of the waiting server, too: it has one more for each connection
	for _, path := range []string{"/ok", "/endless", "/slow-body", "/slow-header"} {
		for range 5 {
			checkHTTP(t, 100*time.Millisecond, "url: "+server.URL+path)
		}
	}
	for wait := time.Millisecond; runtime.NumGoroutine() > before; wait *= 2 {
		if wait > 10*time.Second {
			t.Fatalf("%d goroutines before, %d after", before, runtime.NumGoroutine())
		}
		time.Sleep(wait)
	}
}

// certificates makes a server's certificate for 127.0.0.1 that is valid until a time, and the file to trust it.
func certificates(t *testing.T, from, until time.Time) (tls.Certificate, string) {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "studio"}, NotBefore: from, NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		DNSNames:    []string{"studio.example.com"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &secret.PublicKey, secret)
	if err != nil {
		t.Fatal(err)
	}
	key, err := x509.MarshalPKCS8PrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	text := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})...)
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: secret}, file
}

// tlsTarget serves testTarget with a certificate, and HTTP/2.
func tlsTarget(t *testing.T, cert tls.Certificate, clients *x509.CertPool) string {
	t.Helper()
	server := httptest.NewUnstartedServer(testTarget())
	server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	if clients != nil {
		server.TLS.ClientCAs, server.TLS.ClientAuth = clients, tls.RequireAndVerifyClientCert
	}
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // refused handshakes are expected
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestHTTPCertificates(t *testing.T) {
	day := 24 * time.Hour
	now := time.Now()
	year, yearFile := certificates(t, now.Add(-day), now.Add(365*day))
	week, weekFile := certificates(t, now.Add(-day), now.Add(7*day))
	past, pastFile := certificates(t, now.Add(-9*day), now.Add(-2*day))
	early, earlyFile := certificates(t, now.Add(2*day), now.Add(9*day))
	good, ending, expired, soon := tlsTarget(t, year, nil), tlsTarget(t, week, nil), tlsTarget(t, past, nil), tlsTarget(t, early, nil)
	for _, c := range []struct {
		name, url, tls string
		outcome        probes.Outcome
		reason         probes.Reason
		detail         string
		days           float64
	}{
		{"a good certificate", good, "ca_file: " + yearFile, probes.OK, "", "", 365},
		{"enough days are left", ending, "min_days_left: 6, ca_file: " + weekFile, probes.OK, "", "", 7},
		{"too few days are left", ending, "min_days_left: 14, ca_file: " + weekFile, probes.Degraded, probes.Certificate,
			"at least 14 more days, but it expires on " + now.Add(7*day).UTC().Format(time.DateOnly), 7},
		{"an expired certificate", expired, "ca_file: " + pastFile, probes.Failed, probes.Certificate,
			"the certificate expired on " + now.Add(-2*day).UTC().Format(time.DateOnly), -2},
		{"an expired one that nobody looks at", expired, "insecure_skip_verify: true", probes.OK, "", "", -2},
		{"an expired one where only days count", expired, "insecure_skip_verify: true, min_days_left: 14", probes.Degraded, probes.Certificate,
			"the certificate expired on", -2},
		{"not valid yet", soon, "ca_file: " + earlyFile, probes.Failed, probes.Certificate, "is not valid before", 9},
		{"an unknown authority", good, "", probes.Failed, probes.Certificate, "signed by an unknown authority", 365},
		{"the wrong authority", good, "ca_file: " + weekFile, probes.Failed, probes.Certificate, "certificate", 365},
		{"another name", good, "server_name: mail.example.com, ca_file: " + yearFile, probes.Failed, probes.Certificate,
			"is not for mail.example.com, but for studio.example.com, 127.0.0.1", 365},
		{"a name given", good, "server_name: studio.example.com, ca_file: " + yearFile, probes.OK, "", "", 365},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := checkHTTP(t, 20*time.Second, fmt.Sprintf("{url: %q, tls: {%s}}", c.url+"/ok", c.tls))
			expectResult(t, r, c.outcome, c.reason, c.detail)
			if days, ok := measured(r, "certificate_days_left"); !ok || days < c.days-0.1 || days > c.days+0.1 {
				t.Errorf("got %.2f days left, want %.0f", days, c.days)
			}
		})
	}
}

func TestHTTPClientCertificate(t *testing.T) {
	cert, file := certificates(t, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	parsed, err := x509.ParseCertificate(cert.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	url := tlsTarget(t, cert, pool)
	r := checkHTTP(t, 20*time.Second, fmt.Sprintf("{url: %q, tls: {ca_file: %s, client_cert_file: %s, client_key_file: %s}}", url+"/ok", file, file, file))
	expectResult(t, r, probes.OK, "", "")
	r = checkHTTP(t, 20*time.Second, fmt.Sprintf("{url: %q, tls: {ca_file: %s}}", url+"/ok", file))
	expectResult(t, r, probes.Failed, probes.Certificate, "the server asked for a client certificate, none is configured")
}

func TestHTTP2(t *testing.T) {
	cert, file := certificates(t, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	url := tlsTarget(t, cert, nil)
	for path, want := range map[string]struct {
		expect string
		reason probes.Reason
		detail string
	}{
		"/echo":        {"{body: HTTP/2.0}", "", ""},
		"/endless":     {"{}", probes.TooLarge, "1048576 bytes"},
		"/slow-header": {"{}", probes.TimedOut, "no complete answer"},
		"/slow-body":   {"{}", probes.TimedOut, "no complete answer"},
	} {
		outcome := probes.Failed
		if want.reason == "" {
			outcome = probes.OK
		}
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			r := checkHTTP(t, patience(want.reason), fmt.Sprintf("{url: %q, tls: {ca_file: %s}, expect: %s}", url+path, file, want.expect))
			expectResult(t, r, outcome, want.reason, want.detail)
		})
	}
}
