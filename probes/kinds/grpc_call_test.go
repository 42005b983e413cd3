package kinds

import (
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"encoding/binary"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// h2c returns the address of a server that speaks HTTP/2 without TLS.
func h2c(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.Protocols = &http.Protocols{}
	server.Config.Protocols.SetUnencryptedHTTP2(true)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // aborted handlers are expected
	server.Start()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// grpcAnswer answers a call with bytes, and with trailers, as "name: value", when there are any.
func grpcAnswer(body []byte, trailers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/grpc")
		w.WriteHeader(http.StatusOK)
		w.Write(body)
		for _, line := range trailers {
			name, value, _ := strings.Cut(line, ": ")
			w.Header().Set(http.TrailerPrefix+name, value)
		}
	}
}

// framed is a message with its prefix.
func framed(flag byte, message []byte) []byte {
	return append(binary.BigEndian.AppendUint32([]byte{flag}, uint32(len(message))), message...)
}

func zip(t *testing.T, plain []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(plain)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGRPCStrangeAnswers(t *testing.T) {
	const ok = "Grpc-Status: 0"
	serving := framed(0, []byte{8, 1})
	encoded := func(encoding string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Grpc-Encoding", encoding)
			grpcAnswer(body, ok)(w, r)
		}
	}
	plain := func(status int, kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			io.WriteString(w, body)
		}
	}
	only := func(lines ...string) http.HandlerFunc { // trailers only: one header frame that ends the stream
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/grpc+proto")
			for _, line := range lines {
				name, value, _ := strings.Cut(line, ": ")
				w.Header().Set(name, value)
			}
		}
	}
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		outcome probes.Outcome
		reason  probes.Reason
		detail  string
	}{
		{"as it should be", grpcAnswer(serving, ok), probes.OK, "", ""},
		{"fields that are new", grpcAnswer(framed(0, []byte{8, 1, 0x12, 3, 'n', 'e', 'w', 0x18, 7}), ok), probes.OK, "", ""},
		{"the default, which is not sent", grpcAnswer(framed(0, nil), ok), probes.Failed, probes.Unexpected, "got UNKNOWN"},
		{"a status that is new", grpcAnswer(framed(0, []byte{8, 9}), ok), probes.Failed, probes.Unexpected, "got the serving status 9"},
		{"trailers only", only("Grpc-Status: 14", "Grpc-Message: upstream%20is%20away"), probes.Failed, probes.Unexpected,
			"but the server takes no calls now: UNAVAILABLE: upstream is away"},
		{"trailers only, and well", only(ok), probes.Failed, probes.Unexpected, "no complete message"},
		{"an answer and then trouble", grpcAnswer(serving, "Grpc-Status: 16"), probes.Failed, probes.AuthFailed, "UNAUTHENTICATED"},
		{"no trailers", grpcAnswer(serving), probes.Failed, probes.Unexpected, "but the answer ends without a gRPC status"},
		{"a code that is new", grpcAnswer(nil, "Grpc-Status: 17"), probes.Failed, probes.Unexpected, `got the gRPC status "17"`},
		{"a code that is no number", grpcAnswer(nil, "Grpc-Status: fine"), probes.Failed, probes.Unexpected, `got the gRPC status "fine"`},
		{"half a message", grpcAnswer(serving[:6], ok), probes.Failed, probes.Unexpected, "no complete message"},
		{"two messages", grpcAnswer(append(serving, serving...), ok), probes.Failed, probes.Unexpected, "no complete message"},
		{"no protobuf", grpcAnswer(framed(0, []byte("<html>")), ok), probes.Failed, probes.Unexpected, "a message that is no HealthCheckResponse"},
		{"a tag without a value", grpcAnswer(framed(0, []byte{8}), ok), probes.Failed, probes.Unexpected, "a message that is no HealthCheckResponse"},
		{"gzip", encoded("gzip", framed(1, zip(t, []byte{8, 1}))), probes.OK, "", ""},
		{"gzip that is none", encoded("gzip", framed(1, []byte("zip"))), probes.Failed, probes.Unexpected, "a message that is no gzip"},
		{"gzip that is cut off", encoded("gzip", framed(1, zip(t, []byte{8, 1})[:15])), probes.Failed, probes.Unexpected, "a message that is no gzip"},
		{"gzip that grows", encoded("gzip", framed(1, zip(t, make([]byte, 1<<20)))), probes.Failed, probes.TooLarge, "more than 4096 bytes"},
		{"a compression that was not asked for", encoded("snappy", framed(1, []byte("x"))), probes.Failed, probes.Unexpected,
			`a message compressed with "snappy", which was not asked for`},
		{"a large answer", grpcAnswer(framed(0, make([]byte, 5000)), ok), probes.Failed, probes.TooLarge, "more than 4096 bytes"},
		{"an answer that is said to be large", grpcAnswer([]byte{0, 0xff, 0xff, 0xff, 0xff, 8, 1}, ok), probes.Failed, probes.TooLarge, "more than 4096 bytes"},
		{"an answer without end", func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				grpcAnswer(make([]byte, 1<<16))(w, r)
			}
		}, probes.Failed, probes.TooLarge, "more than 4096 bytes"},
		{"headers without measure", only("X-Large: " + strings.Repeat("x", 1<<20)), probes.Failed, probes.Unexpected, "health check: "},
		{"an ordinary page", plain(200, "text/html; charset=utf-8", "<h1>Welcome</h1>"), probes.Failed, probes.Unexpected,
			`got no gRPC but "text/html": <h1>Welcome</h1>`},
		{"a proxy's error", plain(502, "text/html", "upstream is away, token=hidden-by-name"), probes.Failed, probes.Unexpected,
			"got the HTTP status 502 Bad Gateway: upstream is away, token=***"},
		{"a proxy's refusal", plain(403, "text/plain", "no"), probes.Failed, probes.AuthFailed, "got the HTTP status 403 Forbidden"},
		{"the end in the middle", func(w http.ResponseWriter, r *http.Request) {
			grpcAnswer(serving[:3])(w, r)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, probes.Failed, probes.Unexpected, "health check: "},
		{"silence in the middle", func(w http.ResponseWriter, r *http.Request) {
			grpcAnswer(serving[:3])(w, r)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, probes.Failed, probes.TimedOut, "no complete answer at health check within the time limit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := h2c(t, c.handler)
			noLeak(t)
			r := check(t, checker(t, &GRPC{Address: address, Security: "none"}), patience(c.reason))
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if len(r.Detail) > 600 {
				t.Errorf("a detail of %d bytes", len(r.Detail))
			}
		})
	}
}

func TestGRPCToWhatIsNoGRPC(t *testing.T) {
	old := httptest.NewUnstartedServer(testTarget())
	old.Listener = polite{old.Listener}
	old.Start()
	t.Cleanup(old.Close)
	cert, file := certificates(t, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	oldTLS := httptest.NewUnstartedServer(testTarget())
	oldTLS.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	oldTLS.StartTLS()
	t.Cleanup(oldTLS.Close)
	for _, c := range []struct {
		name     string
		settings GRPC
		reason   probes.Reason
		detail   string
	}{
		{"HTTP/1 only", GRPC{Address: old.Listener.Addr().String(), Security: "none"}, probes.Unexpected, `as gRPC needs it, but it begins with "HTTP/1.1"`},
		{"HTTP/1 only with TLS", GRPC{Address: oldTLS.Listener.Addr().String(), TLS: HTTPTLS{CAFile: file}}, probes.Unexpected, wantsHTTP2 + "its TLS does not offer it"},
		{"TLS without a protocol", GRPC{Address: tlsListener(t, cert), TLS: HTTPTLS{CAFile: file}}, probes.Unexpected, wantsHTTP2 + "its TLS does not offer it"},
		{"TLS where none should be", GRPC{Address: tlsListener(t, cert), Security: "none"}, probes.Unexpected, "health check: "},
		{"an alert of TLS", GRPC{Address: listen(t, func(conn net.Conn) { io.WriteString(conn, "\x15\x03\x01\x00\x02\x02\x46"); endsAfter(conn) }), Security: "none"}, probes.Unexpected, "it speaks TLS; set security: tls"},
		{"another protocol", GRPC{Address: says(t, "SSH-2.0-OpenSSH_9.2\r\n", 1), Security: "none"}, probes.Unexpected, `it begins with "SSH-2.0-"`},
		{"a flood of frames", GRPC{Address: says(t, strings.Repeat("\x00\x00\x00\x04\x00\x00\x00\x00\x00", 10000), 1e6), Security: "none"},
			probes.TooLarge, "more than 4194304 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			noLeak(t)
			r := check(t, checker(t, &c.settings), patience(c.reason))
			expectVerdict(t, r, probes.Failed, c.reason, c.detail)
		})
	}
}

// polite is a listener whose connections let the other side finish when they are closed, as web servers made for the
// Internet do; those of net/http do so for answers, but not for a protocol they do not know.
type polite struct{ net.Listener }

func (l polite) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return politeConn{conn}, err
}

type politeConn struct{ net.Conn }

func (c politeConn) Close() error {
	endsAfter(c.Conn)
	return c.Conn.Close()
}

// endsAfter ends what a server says, and reads the rest of what it hears: closed at once, a connection with unread bytes
// is reset, and the last words may be lost.
func endsAfter(conn net.Conn) {
	conn.(*net.TCPConn).CloseWrite()
	io.Copy(io.Discard, conn)
}
