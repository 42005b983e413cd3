package kinds

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"reflect"
	"strings"
	"testing"
	"time"

	"candor/probes"
	"candor/probes/probetest"
)

// roundTrip is a probe of a server's mailbox anna, which a test may change.
func roundTrip(server *probetest.Mail) *Mail {
	trust := HTTPTLS{CAFile: server.CAFile()}
	return &Mail{
		SMTP: &SMTP{Address: server.SMTPAddr(), TLS: trust, User: "anna@example.test", Password: "secret",
			From: "candor@example.test", To: "anna@example.test"},
		IMAP: IMAP{Address: server.IMAPAddr(), TLS: trust, User: "anna@example.test", Password: "secret"},
	}
}

func deliverOnce(t *testing.T, m *Mail, limit time.Duration) probes.Result {
	t.Helper()
	c, err := m.Checker()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	began := time.Now()
	r := c.Check(ctx)
	if took := time.Since(began); took > limit+500*time.Millisecond {
		t.Errorf("took %s of %s", took, limit)
	}
	t.Logf("%s %s %q %v %v", r.Outcome, r.Reason, r.Detail, r.Steps, r.Measurements)
	if strings.Contains(r.Detail, "secret") {
		t.Errorf("the password is in %q", r.Detail)
	}
	return r
}

func TestMailRoundTrip(t *testing.T) {
	server := probetest.MailServer(t)
	inbox := func(user string) (*Mail, *SMTP) {
		m := roundTrip(server)
		m.SMTP.To, m.IMAP.User = user+"@example.test", user+"@example.test"
		return m, m.SMTP
	}

	m, _ := inbox("anna")
	r := deliverOnce(t, m, 20*time.Second)
	wantResult(t, r, probes.OK, "", "")
	if len(r.Measurements) == 0 || r.Measurements[0].Name != "delivery" {
		t.Errorf("measurements %v, want the delivery", r.Measurements)
	}
	if n := len(server.Messages("anna")); n != 0 {
		t.Errorf("%d messages are left, want none", n)
	}

	m, _ = inbox("anna")
	m.IMAP.Address, m.Latency = server.IMAPSAddr(), time.Millisecond
	m.IMAP.Security = "tls"
	wantResult(t, deliverOnce(t, m, 20*time.Second), probes.Degraded, probes.Slow, "expected the message within 1ms, it came after")

	m, s := inbox("anna")
	s.To = "anna+Junk@example.test"
	wantResult(t, deliverOnce(t, m, 20*time.Second), probes.Degraded, probes.Unexpected,
		"expected the message in INBOX, it came to Junk; SPF not tested, DKIM not tested, DMARC not tested")
	if n := len(server.Messages("anna")); n != 0 {
		t.Errorf("%d messages are left, want none", n)
	}

	m, _ = inbox("signed")
	m.Expect = MailExpect{SPF: "pass", DKIM: "pass", DMARC: "pass"}
	wantResult(t, deliverOnce(t, m, 20*time.Second), probes.Degraded, probes.Unexpected,
		"expected DKIM pass, the receiving server says SPF pass, DKIM fail, DMARC pass")

	m, _ = inbox("lost")
	wantResult(t, deliverOnce(t, m, 4*time.Second), probes.Failed, probes.TimedOut, "it came to none of the folders INBOX")

	m, _ = inbox("late")
	released := make(chan error)
	go func() {
		time.Sleep(2 * time.Second)
		released <- server.Release()
	}()
	m.Latency = time.Second
	wantResult(t, deliverOnce(t, m, 20*time.Second), probes.Degraded, probes.Slow, "it came after")
	if err := <-released; err != nil {
		t.Error(err)
	}
}

// deposit sends a text to anna.
func deposit(ctx context.Context, t *testing.T, server *probetest.Mail, text string) {
	checker, err := roundTrip(server).SMTP.Checker()
	if err != nil {
		t.Error(err)
		return
	}
	c := checker.(*smtpCheck)
	c.message = []byte(text)
	if err := c.run(ctx, newTalk()); err != nil {
		t.Error(err)
	}
}

func TestMailDeletesOnlyItsOwn(t *testing.T) {
	server := probetest.MailServer(t)
	for i, header := range []string{"Subject: Hello", "Subject: Candor delivery check", nonceHeader + ": of another run"} {
		text := fmt.Sprintf("From: <ben@example.test>\r\nTo: <anna@example.test>\r\n%s\r\n\r\nHello %d\r\n", header, i)
		deposit(t.Context(), t, server, text)
	}
	wantResult(t, deliverOnce(t, roundTrip(server), 20*time.Second), probes.OK, "", "")
	left := strings.Join(server.Messages("anna"), "")
	for i := range 3 {
		if !strings.Contains(left, fmt.Sprintf("Hello %d", i)) {
			t.Errorf("message %d of others is gone", i)
		}
	}
	if strings.Contains(left, "It is deleted when it is found") {
		t.Error("the probe's own message is left")
	}
}

func TestMailThatTheProductSends(t *testing.T) {
	server := probetest.MailServer(t)
	product := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		deposit(r.Context(), t, server, "Subject: Campaign "+r.FormValue("name")+"\r\n\r\nHello\r\n")
		w.WriteHeader(http.StatusAccepted)
	}))
	defer product.Close()
	m := roundTrip(server)
	m.SMTP, m.HTTP = nil, &HTTPRequest{URL: product.URL + "/send?name={nonce}", Method: "POST"}
	wantResult(t, deliverOnce(t, m, 20*time.Second), probes.OK, "", "")
	if n := len(server.Messages("anna")); n != 0 {
		t.Errorf("%d messages are left, want none", n)
	}
	m.HTTP.Degraded = HTTPExpect{Status: 200, Latency: "1ns"}
	wantResult(t, deliverOnce(t, m, 20*time.Second), probes.Degraded, probes.Unexpected,
		"ask for the message: expected status 200, got 202 Accepted with an empty body; ask for the message: expected latency <= 1ns, got ")
	m.HTTP.URL = product.URL + "/%zz"
	if _, err := m.Checker(); err == nil {
		t.Error("a broken URL was taken")
	}
	product.Close()
	m.HTTP.URL = product.URL
	wantResult(t, deliverOnce(t, m, 20*time.Second), probes.Failed, probes.Refused, "asking for the message: ")
}

func TestMailTrouble(t *testing.T) {
	server := probetest.MailServer(t)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone.Close()
	tests := []struct {
		name   string
		reason probes.Reason
		detail string
		change func(m *Mail)
	}{
		{"wrong password of the mailbox", probes.AuthFailed, "at sign in, got NO", func(m *Mail) { m.IMAP.Password = "wrong-secret" }},
		{"wrong password for sending", probes.AuthFailed, "sending the message: ", func(m *Mail) { m.SMTP.Password = "wrong-secret" }},
		{"no mailbox server", probes.Refused, "refused", func(m *Mail) { m.IMAP.Address = gone.Addr().String() }},
		{"no mail server", probes.Refused, "sending the message: connection", func(m *Mail) { m.SMTP.Address = gone.Addr().String() }},
		{"a silent mailbox server", probes.TimedOut, "no complete answer at STARTTLS", func(m *Mail) { m.IMAP.Address = silent.Addr().String() }},
		{"a silent mail server", probes.TimedOut, "sending the message: connected, but no complete answer", func(m *Mail) { m.SMTP.Address = silent.Addr().String() }},
		{"a certificate of nobody", probes.Certificate, "unknown authority", func(m *Mail) { m.IMAP.TLS = HTTPTLS{} }},
		{"no such folder", probes.Unexpected, "got NO Mailbox doesn't exist", func(m *Mail) { m.IMAP.Mailbox = "Elsewhere" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := roundTrip(server)
			tt.change(m)
			limit := 20 * time.Second
			if tt.reason == probes.TimedOut {
				limit = 4 * time.Second
			}
			wantResult(t, deliverOnce(t, m, limit), probes.Failed, tt.reason, tt.detail)
		})
	}
}

func TestMailVerdicts(t *testing.T) {
	head := headerOf([]byte("Authentication-Results: mx.example.test; spf=pass (sender dmarc=fail) smtp.mailfrom=a;\r\n\tDKIM=fail header.d=a; dkim=pass header.d=b\r\n" +
		"Authentication-Results: mx.example.test; dmarc=pass\r\nAuthentication-Results: forged.example; spf=fail\r\nSubject: cut of"))
	want := map[string][]string{"spf": {"pass"}, "dkim": {"fail", "pass"}, "dmarc": {"pass"}}
	if got := verdicts(head); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := verdicts(mail.Header{}); len(got) != 0 {
		t.Errorf("got %v from nothing", got)
	}
}

func TestMailSettingsAreChecked(t *testing.T) {
	imap := IMAP{Address: "mail.example.com:993", User: "anna", Password: "secret"}
	smtp := &SMTP{Address: "mail.example.com:587", From: "a@example.com", To: "b@example.com"}
	tests := []struct {
		settings Mail
		field    string
	}{
		{Mail{SMTP: smtp}, "imap.address"},
		{Mail{SMTP: smtp, IMAP: IMAP{Address: "a:993"}}, "imap.user"},
		{Mail{SMTP: smtp, IMAP: IMAP{Address: "a:993", User: "a"}}, "imap.password"},
		{Mail{SMTP: smtp, IMAP: IMAP{Address: "a:143", Security: "none", User: "a", Password: "b"}}, "imap.security"},
		{Mail{IMAP: imap}, "smtp"},
		{Mail{IMAP: imap, SMTP: smtp, HTTP: &HTTPRequest{}}, "smtp"},
		{Mail{IMAP: imap, SMTP: &SMTP{Address: "a:25"}}, "smtp.to"},
		{Mail{IMAP: imap, SMTP: &SMTP{Address: "a:25", To: "b@example.com"}}, "smtp.from"},
		{Mail{IMAP: imap, HTTP: &HTTPRequest{URL: "http://a/{other}"}}, "http.url"},
		{Mail{IMAP: imap, SMTP: smtp, Latency: -1}, "latency"},
		{Mail{IMAP: IMAP{Address: "a:993", User: "a", Password: "b", TLS: HTTPTLS{MinDaysLeft: 9}}, SMTP: smtp}, "imap.tls.min_days_left"},
		{Mail{IMAP: imap, SMTP: &SMTP{Address: "a:25", To: "b@example.com", TLS: HTTPTLS{MinDaysLeft: 9}}}, "smtp.tls.min_days_left"},
	}
	for _, tt := range tests {
		_, err := tt.settings.Checker()
		if field := (*FieldError)(nil); !errors.As(err, &field) || field.Path != tt.field {
			t.Errorf("%+v: got %v, want a problem with %s", tt.settings, err, tt.field)
		}
	}
}
