package kinds

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/probes"
)

func TestClassify(t *testing.T) {
	addr := &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 5672}
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Addr: addr, Err: err} }
	read := func(err error) error { return &net.OpError{Op: "read", Net: "tcp", Addr: addr, Err: err} }
	sys := func(e syscall.Errno) error { return os.NewSyscallError("connect", e) }
	expired := &x509.Certificate{NotAfter: time.Date(2024, 5, 2, 9, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		name   string
		err    error
		reason probes.Reason
		text   string
	}{
		{"refused", dial(sys(syscall.ECONNREFUSED)), probes.Refused, "connection to 192.0.2.1:5672 refused"},
		{"no route", dial(sys(syscall.EHOSTUNREACH)), probes.Unreachable, "no connection to 192.0.2.1:5672: no route to host"},
		{"no network", dial(sys(syscall.ENETUNREACH)), probes.Unreachable, "network is unreachable"},
		{"a dial that takes too long", dial(os.ErrDeadlineExceeded), probes.Unreachable, "within the time limit"},
		{"a dial that the kernel gives up", dial(sys(syscall.ETIMEDOUT)), probes.Unreachable, "within the time limit"},
		{"a dial when the time is over", dial(context.DeadlineExceeded), probes.Unreachable, "within the time limit"},
		{"a dial that fails in another way", dial(errors.New("odd")), probes.Unreachable, "odd"},
		{"an unknown name", dial(&net.DNSError{Err: "no such host", Name: "studio.example.com", IsNotFound: true}), probes.Unreachable, "the name studio.example.com does not exist"},
		{"a name server that is silent", &net.DNSError{Err: "i/o timeout", Name: "studio.example.com", IsTimeout: true}, probes.Unreachable, "not be looked up in time"},
		{"a name server with trouble", &net.DNSError{Err: "server misbehaving", Name: "studio.example.com"}, probes.Unreachable, "server misbehaving"},
		{"a read that takes too long", read(os.ErrDeadlineExceeded), probes.TimedOut, "no complete answer"},
		{"the time is over", fmt.Errorf("get: %w", context.DeadlineExceeded), probes.TimedOut, "no complete answer"},
		{"reset", read(sys(syscall.ECONNRESET)), probes.Unexpected, "reset"},
		{"closed while writing", read(sys(syscall.EPIPE)), probes.Unexpected, "reset"},
		{"end", io.EOF, probes.Unexpected, "closed before"},
		{"sudden end", io.ErrUnexpectedEOF, probes.Unexpected, "closed before"},
		{"expired", x509.CertificateInvalidError{Cert: expired, Reason: x509.Expired}, probes.Certificate, "expired on 2024-05-02 09:00 UTC"},
		{"invalid in another way", x509.CertificateInvalidError{Cert: expired, Reason: x509.NotAuthorizedToSign}, probes.Certificate, "not valid"},
		{"another host", x509.HostnameError{Certificate: expired, Host: "studio.example.com"}, probes.Certificate, "not for studio.example.com, but for no name at all"},
		{"unknown authority", &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, probes.Certificate, "unknown authority"},
		{"a TLS alert", &net.OpError{Op: "remote error", Err: errors.New("tls: bad certificate")}, probes.Certificate, "tls: bad certificate"},
		{"too many open files", dial(sys(syscall.EMFILE)), probes.Internal, "this machine cannot open another connection"},
		{"interrupted", context.Canceled, probes.Internal, "interrupted"},
		{"something else", errors.New("odd"), probes.Unexpected, "odd"},
		{"a URL's error loses the URL", &url.Error{Op: "Get", URL: "http://me:canary@a/", Err: errors.New("odd")}, probes.Unexpected, "odd"},
		{"a URL within a text loses its login", errors.New("cannot use amqp://me:canary@rabbit:5672/ now"), probes.Unexpected, "amqp://***@rabbit:5672/ now"},
		{"a header within a text", errors.New("sent Authorization: Basic canary=="), probes.Unexpected, "Authorization: ***"},
		{"a long text", errors.New(strings.Repeat("é", 9000)), probes.Unexpected, "é…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			reason, text := classify(c.err)
			if reason != c.reason || !strings.Contains(text, c.text) {
				t.Errorf("got %s, %q; want %s, %q", reason, text, c.reason, c.text)
			}
			if strings.Contains(text, "canary") || len(text) > 310 {
				t.Errorf("got %q", text)
			}
		})
	}
}
