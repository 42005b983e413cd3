package kinds

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"candor/probes"
)

// GRPC asks the health service of a gRPC server how a service is.
type GRPC struct {
	Address  string            `yaml:"address"`  // host:port
	Security string            `yaml:"security"` // tls, the default, or none
	TLS      HTTPTLS           `yaml:"tls"`
	Service  string            `yaml:"service"`  // empty for the server as a whole
	Metadata map[string]string `yaml:"metadata"` // sent with the question; never shown
	Status   string            `yaml:"status"`   // SERVING by default
	Latency  time.Duration     `yaml:"latency"`  // of the whole run; degraded above
}

type grpcCheck struct {
	GRPC
	tls     *tls.Config // nil without TLS
	secrets []string
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *GRPC) Checker() (probes.Checker, error) {
	if problem := addressProblem(s.Address, "api.example.com:443"); problem != "" {
		return nil, &FieldError{"address", problem}
	}
	c := &grpcCheck{GRPC: *s, secrets: headerSecrets(s.Metadata)}
	if c.Status == "" {
		c.Status = "SERVING"
	}
	switch {
	case s.Security == "none" && s.TLS != (HTTPTLS{}):
		return nil, &FieldError{"tls", "there is no TLS with security: none"}
	case s.Security == "" || s.Security == "tls":
		var err error
		if c.tls, err = s.TLS.config(); err != nil {
			return nil, err
		}
		c.tls.NextProtos = []string{"h2", "http/1.1"} // the second only to tell who speaks it alone
		if c.tls.ServerName == "" {
			c.tls.ServerName, _, _ = net.SplitHostPort(s.Address)
		}
	case s.Security != "none":
		return nil, &FieldError{"security", "tls or none"}
	}
	if !slices.Contains(servingStatuses, c.Status) {
		return nil, &FieldError{"status", "SERVING, NOT_SERVING, UNKNOWN or SERVICE_UNKNOWN"}
	}
	if err := s.metadataProblem(); err != nil {
		return nil, err
	}
	return c, latencyProblem(s.Latency)
}

// metadataProblem is untyped so that no problem is a nil error.
func (s *GRPC) metadataProblem() error {
	for _, name := range sortedKeys(s.Metadata) {
		lower := strings.ToLower(name)
		switch {
		case !httpguts.ValidHeaderFieldName(name):
			return &FieldError{key("metadata", name), fmt.Sprintf("%q is not a key of metadata", name)}
		case strings.HasPrefix(lower, "grpc-") || slices.Contains(grpcOwn, lower):
			return &FieldError{key("metadata", name), "gRPC sets this itself"}
		case !httpguts.ValidHeaderFieldValue(s.Metadata[name]):
			return &FieldError{key("metadata", name), "the value has characters that metadata cannot have"}
		}
	}
	return nil
}

// grpcOwn are the headers that are no metadata.
var grpcOwn = []string{"connection", "content-length", "content-type", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}

// Check connects anew.
func (c *grpcCheck) Check(ctx context.Context) probes.Result {
	t := newTalk(c.secrets...)
	defer t.close()
	if err := c.run(ctx, t); err != nil {
		c.explain(ctx, t, err)
	}
	return t.result(c.Latency, c.TLS.MinDaysLeft)
}

func (c *grpcCheck) run(ctx context.Context, t *talk) error {
	conn, err := t.dial(ctx, c.Address)
	if err != nil {
		return err
	}
	var protocols http.Protocols
	protocols.SetUnencryptedHTTP2(c.tls == nil)
	protocols.SetHTTP2(c.tls != nil)
	if c.tls != nil {
		secure, err := t.handshake(ctx, conn, c.tls)
		if err != nil {
			return err
		}
		if secure.ConnectionState().NegotiatedProtocol != "h2" {
			t.found.add(probes.Failed, probes.Unexpected, wantsHTTP2+"its TLS does not offer it")
			return nil
		}
		conn = secure
	}
	t.begin("health check")
	client, err := speak(ctx, conn, &protocols)
	if err != nil {
		return err
	}
	defer client.Close()
	got, err := c.ask(ctx, t, client)
	if err == nil && got != "" && got != c.Status {
		t.found.add(probes.Failed, probes.Unexpected, c.expected()+", got "+got)
	}
	return err
}

// expected begins a sentence with what should have come.
func (c *grpcCheck) expected() string {
	if c.Service == "" {
		return "expected the server to be " + c.Status
	}
	return "expected service " + short(c.Service) + " to be " + c.Status
}

const wantsHTTP2 = "expected the server to speak HTTP/2, as gRPC needs it, but "

// explain adds what ended the run; a server's first frame of HTTP/2 is SETTINGS, of type 4.
func (c *grpcCheck) explain(ctx context.Context, t *talk, err error) {
	head := ""
	if c.tls == nil && t.raw != nil && !errors.Is(ctx.Err(), context.Canceled) {
		head = t.raw.began()
	}
	switch {
	case len(head) < 4 || head[3] == 4:
		t.fail(ctx, err)
	case head[0] == 0x15: // an alert
		t.found.add(probes.Failed, probes.Unexpected, wantsHTTP2+"it speaks TLS; set security: tls")
	default:
		t.found.add(probes.Failed, probes.Unexpected, wantsHTTP2+"it begins with "+t.tell.quote(head[:min(len(head), 8)]))
	}
}
