package kinds

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"time"

	"candor/probes"
)

// TLS makes a TLS handshake and judges the server's certificate with its chain.
type TLS struct {
	Address string `yaml:"address"` // host:port
	HTTPTLS `yaml:",inline"`
	Latency time.Duration `yaml:"latency"` // of the whole run; degraded above
}

// defaultDaysLeft is when a certificate's end is near: automatic renewal has failed by then.
const defaultDaysLeft = 14

type tlsCheck struct {
	TLS
	config *tls.Config
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *TLS) Checker() (probes.Checker, error) {
	if problem := addressProblem(s.Address, "studio.example.com:443"); problem != "" {
		return nil, &FieldError{"address", problem}
	}
	config, err := s.HTTPTLS.config()
	var wrong *FieldError
	if errors.As(err, &wrong) {
		return nil, &FieldError{strings.TrimPrefix(wrong.Path, "tls."), wrong.Problem}
	}
	c := &tlsCheck{*s, config}
	if c.MinDaysLeft == 0 {
		c.MinDaysLeft = defaultDaysLeft
	}
	if c.config.ServerName == "" {
		c.config.ServerName, _, _ = net.SplitHostPort(s.Address)
	}
	return c, latencyProblem(s.Latency)
}

// Check connects anew.
func (c *tlsCheck) Check(ctx context.Context) probes.Result {
	t := newTalk()
	defer t.close()
	if err := c.run(ctx, t); err != nil {
		t.fail(ctx, err)
	}
	return t.result(c.Latency, c.MinDaysLeft)
}

func (c *tlsCheck) run(ctx context.Context, t *talk) error {
	conn, err := t.dial(ctx, c.Address)
	if err != nil {
		return err
	}
	_, err = t.handshake(ctx, conn, c.config)
	return err
}
