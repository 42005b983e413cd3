package kinds

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"candor/probes"
)

// mailbox is a mail server's view of a connection: one user, one recipient, and no mail at all.
type mailbox struct {
	t        *testing.T
	ways     []string // to sign in
	signedIn bool
}

func (m *mailbox) AuthMechanisms() []string { return m.ways }

func (m *mailbox) Auth(way string) (sasl.Server, error) {
	check := func(user, password string) error {
		if user != "candor" || password != "hunter2" {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "no entry for " + user + " with " + password}
		}
		m.signedIn = true
		return nil
	}
	if way == sasl.Login {
		return &loginServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
}

// loginServer asks for user and password, one after the other.
type loginServer struct {
	check   func(user, password string) error
	answers []string
}

func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	if response != nil {
		l.answers = append(l.answers, string(response))
	}
	switch len(l.answers) {
	case 0:
		return []byte("Username:"), false, nil
	case 1:
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.answers[0], l.answers[1])
}

func (m *mailbox) Mail(string, *smtp.MailOptions) error {
	if len(m.ways) > 0 && !m.signedIn {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (m *mailbox) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to != "support@example.com" {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user here"}
	}
	return nil
}

func (m *mailbox) Data(io.Reader) error {
	m.t.Error("the check sent a mail")
	return nil
}

func (m *mailbox) Reset()        {}
func (m *mailbox) Logout() error { return nil }

// smtpServer starts a mail server; without a certificate it offers no TLS, with implicit it wants TLS from the beginning.
func smtpServer(t *testing.T, cert *tls.Certificate, implicit bool, ways ...string) string {
	t.Helper()
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &mailbox{t: t, ways: ways}, nil }))
	server.Domain, server.ErrorLog = "mail.example.com", log.New(io.Discard, "", 0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if cert != nil {
		config := &tls.Config{Certificates: []tls.Certificate{*cert}}
		if implicit {
			l = tls.NewListener(l, config)
		} else {
			server.TLSConfig = config
		}
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		server.Serve(l)
	}()
	t.Cleanup(func() {
		server.Close()
		<-ended
	})
	return address
}

func TestSMTP(t *testing.T) {
	now := time.Now()
	cert, file := certificates(t, now.Add(-time.Hour), now.Add(3*24*time.Hour))
	plain, open := smtpServer(t, nil, false), smtpServer(t, &cert, false)
	strict, login := smtpServer(t, &cert, false, sasl.Plain, sasl.Login), smtpServer(t, &cert, true, sasl.Login)
	trust := HTTPTLS{CAFile: file}
	none := func(address string) SMTP { return SMTP{Address: address, Security: "none"} }
	user := func(address, security, password string) SMTP {
		return SMTP{Address: address, Security: security, TLS: trust, User: "candor", Password: password}
	}
	to := func(s SMTP, to string) SMTP {
		s.From, s.To = "status@example.com", to
		return s
	}
	for _, c := range []struct {
		name     string
		settings SMTP
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"a greeting", none(plain), probes.OK, "", ""},
		{"STARTTLS", SMTP{Address: open, TLS: trust}, probes.OK, "", ""},
		{"no STARTTLS", SMTP{Address: plain}, probes.Failed, probes.Unexpected, "expected the server to offer STARTTLS, but it does not"},
		{"a certificate of somebody", SMTP{Address: open}, probes.Failed, probes.Certificate, "unknown authority"},
		{"a certificate that ends soon", SMTP{Address: open, TLS: HTTPTLS{CAFile: file, MinDaysLeft: 7}}, probes.Degraded, probes.Certificate,
			"at least 7 more days"},
		{"a recipient", to(none(plain), "support@example.com"), probes.OK, "", ""},
		{"a recipient nobody knows", to(none(plain), "nobody@example.com"), probes.Failed, probes.Unexpected,
			"expected the server to agree at recipient, got 550 5.1.1 no such user here"},
		{"a sign-in", to(user(strict, "", "hunter2"), "support@example.com"), probes.OK, "", ""},
		{"a sign-in by LOGIN over TLS", to(user(login, "tls", "hunter2"), "support@example.com"), probes.OK, "", ""},
		{"a wrong password", user(strict, "", "hunter22"), probes.Failed, probes.AuthFailed,
			"expected the server to agree at sign in, got 535 5.7.8 no entry for candor with ***"},
		{"a wrong password by LOGIN", user(login, "tls", "hunter22"), probes.Failed, probes.AuthFailed, "got 535"},
		{"no sign-in", to(SMTP{Address: strict, TLS: trust}, "support@example.com"), probes.Failed, probes.Unexpected, "got 502"},
		{"closed for now", none(says(t, "421 4.3.2 try again later\r\n", 1)), probes.Failed, probes.Unexpected,
			"expected the server to agree at greeting, got 421 4.3.2 try again later"},
		{"another protocol", none(says(t, "HTTP/1.1 400 Bad Request\r\n", 1)), probes.Failed, probes.Unexpected, "greeting: "},
		{"a silent server", none(mute(t)), probes.Failed, probes.TimedOut, "no complete answer at greeting within"},
		{"silent after STARTTLS", SMTP{Address: trap(t, open, "\x16\x03", func(_, _ net.Conn) {}), TLS: trust},
			probes.Failed, probes.TimedOut, "no complete answer at STARTTLS within"},
		{"cut at STARTTLS", SMTP{Address: trap(t, open, "STARTTLS", func(client, _ net.Conn) { client.Close() }), TLS: trust},
			probes.Failed, probes.Unexpected, "STARTTLS: the connection was "},
		{"no end", none(says(t, "220-"+strings.Repeat("x", 1000)+"\r\n", 1e6)), probes.Failed, probes.TooLarge, "more than 4194304 bytes"},
		{"nobody", none(nobody(t)), probes.Failed, probes.Refused, "refused"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := check(t, checker(t, &c.settings), unanswered)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			_, timed := figureOf(r, "latency")
			if timed != (c.outcome != probes.Failed) {
				t.Errorf("got measurements %+v", r.Measurements)
			}
		})
	}
}

func TestSMTPSettings(t *testing.T) {
	wrongField(t, &SMTP{Address: "mail:25", Security: "none", From: "a@example.com", To: "b@example.com"}, "")
	wrongField(t, &SMTP{Address: "mail"}, "address")
	wrongField(t, &SMTP{Address: "mail:25", Security: "ssl"}, "security")
	wrongField(t, &SMTP{Address: "mail:25", Security: "none", TLS: HTTPTLS{MinDaysLeft: 7}}, "tls")
	wrongField(t, &SMTP{Address: "mail:25", TLS: HTTPTLS{CAFile: "/nowhere.pem"}}, "tls.ca_file")
	wrongField(t, &SMTP{Address: "mail:25", Security: "none", User: "u", Password: "hunter2"}, "password")
	wrongField(t, &SMTP{Address: "mail:25", User: "u"}, "password")
	wrongField(t, &SMTP{Address: "mail:25", Password: "hunter2"}, "user")
	wrongField(t, &SMTP{Address: "mail:25", From: "Status <a@example.com>", To: "b@example.com"}, "from")
	wrongField(t, &SMTP{Address: "mail:25", From: "a@example.com", To: "b"}, "to")
	wrongField(t, &SMTP{Address: "mail:25", From: "a@example.com"}, "to")
	wrongField(t, &SMTP{Address: "mail:25", To: "a@example.com"}, "from")
	wrongField(t, &SMTP{Address: "mail:25", Latency: -1}, "latency")
}
