package kinds

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/smtp"
	"net/textproto"
	"os"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// SMTP speaks with a mail server as far as it is told to: greeting, TLS, sign-in, recipient. It sends no mail.
type SMTP struct {
	Address  string        `yaml:"address"`  // host:port
	Security string        `yaml:"security"` // starttls, tls or none; by default tls on port 465, otherwise starttls
	TLS      HTTPTLS       `yaml:"tls"`
	User     string        `yaml:"user"`
	Password string        `yaml:"password"`
	From     string        `yaml:"from"`    // the sender for whom the recipient is asked
	To       string        `yaml:"to"`      // the server must accept mail for this address
	Latency  time.Duration `yaml:"latency"` // of the whole run; degraded above
}

type smtpCheck struct {
	SMTP
	host    string
	tls     *tls.Config
	message []byte // to send after the recipient is accepted; none by default
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *SMTP) Checker() (probes.Checker, error) {
	if problem := addressProblem(s.Address, "mail.example.com:587"); problem != "" {
		return nil, &FieldError{"address", problem}
	}
	c := &smtpCheck{SMTP: *s}
	var port string
	c.host, port, _ = net.SplitHostPort(s.Address)
	if s.Security == "" {
		c.Security = "starttls"
		if port == "465" {
			c.Security = "tls"
		}
	}
	var err error
	if c.tls, err = s.TLS.config(); err != nil {
		return nil, err
	}
	if c.tls.ServerName == "" {
		c.tls.ServerName = c.host
	}
	return c, c.problem()
}

// problem is untyped so that no problem is a nil error.
func (c *smtpCheck) problem() error {
	switch {
	case !slices.Contains([]string{"starttls", "tls", "none"}, c.Security):
		return &FieldError{"security", "starttls, tls or none"}
	case c.Security == "none" && c.TLS != (HTTPTLS{}):
		return &FieldError{"tls", "there is no TLS with security: none"}
	case c.Security == "none" && c.Password != "":
		return &FieldError{"password", "a password goes only over TLS; security: none has none"}
	case c.User == "" && c.Password != "":
		return &FieldError{"user", "name the user that the password belongs to"}
	case c.User != "" && c.Password == "":
		return &FieldError{"password", "give the user's password"}
	case c.From != "" && !plainAddress(c.From):
		return &FieldError{"from", "an address like status@example.com"}
	case c.To != "" && !plainAddress(c.To):
		return &FieldError{"to", "an address like support@example.com"}
	case c.To != "" && c.From == "":
		return &FieldError{"from", "say for which sender the recipient is asked"}
	case c.To == "" && c.From != "":
		return &FieldError{"to", "say which recipient the server must accept"}
	}
	return latencyProblem(c.Latency)
}

func plainAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

// Check connects anew.
func (c *smtpCheck) Check(ctx context.Context) probes.Result {
	t := newTalk(c.secrets()...)
	defer t.close()
	if err := c.run(ctx, t); err != nil {
		c.explain(ctx, t, err)
	}
	return t.result(c.Latency, c.TLS.MinDaysLeft)
}

// secrets are the password and the forms in which it is sent.
func (c *smtpCheck) secrets() []string {
	return []string{c.Password, base64.StdEncoding.EncodeToString([]byte(c.Password)),
		base64.StdEncoding.EncodeToString([]byte("\x00" + c.User + "\x00" + c.Password))}
}

func (c *smtpCheck) run(ctx context.Context, t *talk) error {
	conn, err := t.dial(ctx, c.Address)
	if err != nil {
		return err
	}
	if c.Security == "tls" {
		if conn, err = t.handshake(ctx, conn, c.tls); err != nil {
			return err
		}
	}
	t.begin("greeting")
	client, err := smtp.NewClient(conn, c.host)
	if err != nil {
		return err
	}
	own, _ := os.Hostname()
	if err := client.Hello(cmp.Or(own, "localhost")); err != nil {
		return err
	}
	if c.Security == "starttls" {
		if err := c.startTLS(t, client); err != nil {
			return err
		}
	}
	if c.User != "" {
		t.begin("sign in")
		if err := client.Auth(c.auth(client)); err != nil {
			return err
		}
	}
	if c.To != "" {
		t.begin("recipient")
		if err := client.Mail(c.From); err != nil {
			return err
		}
		if err := client.Rcpt(c.To); err != nil {
			return err
		}
	}
	if c.message != nil {
		t.begin("message")
		if err := deliver(client, c.message); err != nil {
			return err
		}
	}
	_, _ = client.Text.Cmd("QUIT") // its answer would tell nothing more
	return nil
}

// deliver returns when the server has taken the message over.
func deliver(client *smtp.Client, message []byte) error {
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(message); err != nil {
		return err
	}
	return w.Close()
}

var errNoSTARTTLS = errors.New("expected the server to offer STARTTLS, but it does not")

func (c *smtpCheck) startTLS(t *talk, client *smtp.Client) error {
	t.begin("STARTTLS")
	if ok, _ := client.Extension("STARTTLS"); !ok {
		return errNoSTARTTLS
	}
	err := client.StartTLS(c.tls)
	state, _ := client.TLSConnectionState()
	t.note(&state, err)
	return err
}

// auth chooses among what the server offers; it is PLAIN when nothing is known.
func (c *smtpCheck) auth(client *smtp.Client) smtp.Auth {
	_, offered := client.Extension("AUTH")
	ways := strings.Fields(strings.ToUpper(offered))
	if slices.Contains(ways, "LOGIN") && !slices.Contains(ways, "PLAIN") {
		return &loginAuth{answers: []string{c.User, c.Password}}
	}
	return smtp.PlainAuth("", c.User, c.Password, c.host)
}

// loginAuth is the mechanism LOGIN, which some servers offer alone; its questions come in a fixed order.
type loginAuth struct{ answers []string }

func (a *loginAuth) Start(*smtp.ServerInfo) (string, []byte, error) { return "LOGIN", nil, nil }

func (a *loginAuth) Next(_ []byte, more bool) ([]byte, error) {
	if !more {
		return nil, nil
	}
	if len(a.answers) == 0 {
		return nil, errors.New("the server asks for more than user and password")
	}
	answer := a.answers[0]
	a.answers = a.answers[1:]
	return []byte(answer), nil
}

// explain adds what ended the run; the server's own refusal tells most.
func (c *smtpCheck) explain(ctx context.Context, t *talk, err error) {
	var refusal *textproto.Error
	switch {
	case errors.Is(err, errNoSTARTTLS):
		t.found.add(probes.Failed, probes.Unexpected, err.Error())
	case errors.As(err, &refusal) && ctx.Err() == nil:
		reason := probes.Unexpected
		if t.stage == "sign in" && refusal.Code/100 == 5 || refusal.Code == 530 {
			reason = probes.AuthFailed
		}
		t.found.add(probes.Failed, reason, fmt.Sprintf("expected the server to agree at %s, got %d %s",
			t.stage, refusal.Code, short(t.tell.clean(refusal.Msg))))
	default:
		t.fail(ctx, err)
	}
}
