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
	"regexp"
	"strings"
	"syscall"
	"time"

	"candor/probes"
)

// classify puts an error of the network into our words: its class, and a short text without credentials.
// A time-out counts as unreachable only while dialling; a caller that knows better wraps it in a dial *net.OpError.
func classify(err error) (probes.Reason, string) {
	reason, text := explain(err)
	return reason, shorten(text)
}

// explain is classify without the cut, for a caller that knows of more secrets to take out first.
func explain(err error) (probes.Reason, string) {
	if text, ok := certificateTrouble(err); ok {
		return probes.Certificate, text
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return probes.Unreachable, dnsTrouble(dns)
	}
	var op *net.OpError
	errors.As(err, &op)
	where := ""
	if op != nil && op.Addr != nil {
		where = " to " + op.Addr.String()
	}
	switch dialling := op != nil && op.Op == "dial"; {
	case isAny(err, syscall.EMFILE, syscall.ENFILE, syscall.EADDRNOTAVAIL, syscall.ENOBUFS):
		return probes.Internal, "this machine cannot open another connection: " + scrub(innermost(err))
	case errors.Is(err, context.Canceled):
		return probes.Internal, "interrupted"
	case errors.Is(err, syscall.ECONNREFUSED):
		return probes.Refused, "connection" + where + " refused"
	case dialling && timeout(err):
		return probes.Unreachable, "no connection" + where + " within the time limit"
	case dialling, isAny(err, syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.ENETDOWN):
		return probes.Unreachable, "no connection" + where + ": " + scrub(innermost(err))
	case timeout(err):
		return probes.TimedOut, "connected, but no complete answer within the time limit"
	case isAny(err, syscall.ECONNRESET, syscall.EPIPE):
		return probes.Unexpected, "the connection was reset by the other side"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return probes.Unexpected, "the connection was closed before the answer was complete"
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // the URL may hold credentials
	}
	text := strings.TrimPrefix(err.Error(), "net/http: HTTP/1.x transport connection broken: ")
	return probes.Unexpected, scrub(strings.TrimPrefix(text, "net/http: "))
}

// certificateTrouble says what is wrong with a certificate; ok is false when err is about something else.
func certificateTrouble(err error) (text string, ok bool) {
	var (
		invalid  x509.CertificateInvalidError
		hostname x509.HostnameError
		unknown  x509.UnknownAuthorityError
		verify   *tls.CertificateVerificationError
		op       *net.OpError
	)
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		return validity(invalid.Cert), true
	case errors.As(err, &invalid):
		return "the certificate is not valid: " + scrub(invalid.Error()), true
	case errors.As(err, &hostname) && hostname.Certificate != nil:
		return fmt.Sprintf("the certificate is not for %s, but for %s", scrub(hostname.Host), names(hostname.Certificate)), true
	case errors.As(err, &unknown):
		return "the certificate is signed by an unknown authority", true
	case errors.As(err, &verify):
		return "the certificate is not acceptable: " + scrub(verify.Err.Error()), true
	case errors.As(err, &op) && op.Op == "remote error": // a TLS alert, which has no exported type
		return "the server refused the TLS handshake: " + scrub(op.Err.Error()), true
	}
	return "", false
}

// validity says when a certificate, invalid now, is valid.
func validity(c *x509.Certificate) string {
	if time.Now().Before(c.NotBefore) {
		return "the certificate is not valid before " + c.NotBefore.UTC().Format("2006-01-02 15:04 UTC")
	}
	return "the certificate expired on " + c.NotAfter.UTC().Format("2006-01-02 15:04 UTC")
}

// names lists what a certificate was made for, at most three names.
func names(c *x509.Certificate) string {
	all := c.DNSNames
	for _, ip := range c.IPAddresses {
		all = append(all, ip.String())
	}
	switch {
	case len(all) == 0:
		return "no name at all"
	case len(all) > 3:
		all = append(all[:3:3], "…")
	}
	return scrub(strings.Join(all, ", "))
}

func dnsTrouble(err *net.DNSError) string {
	switch {
	case err.IsNotFound:
		return fmt.Sprintf("the name %s does not exist", scrub(err.Name))
	case err.IsTimeout:
		return fmt.Sprintf("the name %s could not be looked up in time", scrub(err.Name))
	}
	return fmt.Sprintf("the name %s could not be looked up: %s", scrub(err.Name), scrub(err.Err))
}

func timeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.As(err, &t) && t.Timeout()
}

func isAny(err error, targets ...error) bool {
	for _, t := range targets {
		if errors.Is(err, t) {
			return true
		}
	}
	return false
}

// innermost returns the text of the deepest error in the chain.
func innermost(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}

var (
	userinfo      = regexp.MustCompile(`//[^/@\s"]*@`)
	authorization = regexp.MustCompile(`(?i)((?:proxy-)?authorization"?\s*[:=]\s*)[^\r\n]*`)
)

// scrub takes credentials of URLs and Authorization headers out of a text.
func scrub(s string) string {
	return authorization.ReplaceAllString(userinfo.ReplaceAllString(s, "//***@"), "${1}***")
}

// shorten cuts a text to about 300 bytes.
func shorten(s string) string {
	if len(s) > 300 {
		s = strings.ToValidUTF8(s[:300], "") + "…"
	}
	return s
}
