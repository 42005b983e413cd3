package kinds

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// Mail sends a message and waits for it in a mailbox, in the folder where it belongs.
type Mail struct {
	SMTP    *SMTP         `yaml:"smtp"` // sends the message itself, from and to are required
	HTTP    *HTTPRequest  `yaml:"http"` // instead: makes the product send one, with {nonce} in its subject or text
	IMAP    IMAP          `yaml:"imap"`
	Expect  MailExpect    `yaml:"expect"`
	Latency time.Duration `yaml:"latency"` // until the message is there; degraded above
}

// IMAP is where the message arrives.
type IMAP struct {
	Address  string   `yaml:"address"`  // host:port
	Security string   `yaml:"security"` // tls or starttls; by default tls on port 993, otherwise starttls
	TLS      HTTPTLS  `yaml:"tls"`
	User     string   `yaml:"user"`
	Password string   `yaml:"password"`
	Mailbox  string   `yaml:"mailbox"` // INBOX by default
	Spam     []string `yaml:"spam"`    // folders for spam, beside those that are known by mark or name
}

// MailExpect is what the receiving server must say of the message, like pass; nothing is expected by default.
type MailExpect struct {
	SPF   string `yaml:"spf"`
	DKIM  string `yaml:"dkim"`
	DMARC string `yaml:"dmarc"`
}

const daysElsewhere = "watch the days of a certificate with a probe of the kind tls or smtp"

// mailCheck is a Mail that has been checked, with its defaults filled in.
type mailCheck struct {
	Mail
	host    string // of the mailbox
	tls     *tls.Config
	submit  *smtpCheck
	trigger *httpCheck
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (m *Mail) Checker() (probes.Checker, error) {
	c := &mailCheck{Mail: *m}
	if problem := addressProblem(m.IMAP.Address, "mail.example.com:993"); problem != "" {
		return nil, &FieldError{"imap.address", problem}
	}
	var port string
	c.host, port, _ = net.SplitHostPort(m.IMAP.Address)
	if m.IMAP.Security == "" {
		c.IMAP.Security = "starttls"
		if port == "993" {
			c.IMAP.Security = "tls"
		}
	}
	if m.IMAP.Mailbox == "" {
		c.IMAP.Mailbox = "INBOX"
	}
	switch {
	case !slices.Contains([]string{"tls", "starttls"}, c.IMAP.Security):
		return nil, &FieldError{"imap.security", "tls or starttls"}
	case m.IMAP.User == "":
		return nil, &FieldError{"imap.user", "say whose mailbox it is"}
	case m.IMAP.Password == "":
		return nil, &FieldError{"imap.password", "give the user's password"}
	case m.IMAP.TLS.MinDaysLeft != 0:
		return nil, &FieldError{"imap.tls.min_days_left", daysElsewhere}
	}
	var err error
	if c.tls, err = m.IMAP.TLS.config(); err != nil {
		return nil, below("imap", err)
	}
	if c.tls.ServerName == "" {
		c.tls.ServerName = c.host
	}
	if err := c.source(); err != nil {
		return nil, err
	}
	return c, latencyProblem(m.Latency)
}

// source checks what makes the message.
func (c *mailCheck) source() error {
	switch {
	case (c.SMTP == nil) == (c.HTTP == nil):
		return &FieldError{"smtp", "say how the message is sent: either by smtp or by http"}
	case c.HTTP != nil:
		step, err := HTTPStep{HTTPRequest: *c.HTTP}.compile("http.", captureNames{"nonce": true})
		if err != nil {
			return err
		}
		step.Name, step.label = "ask for the message", "ask for the message"
		c.trigger = &httpCheck{conns: newHTTPConns(nil, false), steps: []httpStep{step}, secrets: step.secrets()}
		return nil
	case c.SMTP.To == "":
		return &FieldError{"smtp.to", "say where the message goes: to the address of the mailbox"}
	case c.SMTP.TLS.MinDaysLeft != 0:
		return &FieldError{"smtp.tls.min_days_left", daysElsewhere}
	case c.SMTP.Latency != 0:
		return &FieldError{"smtp.latency", "there is one latency, of the whole way: give it beside smtp"}
	}
	checker, err := c.SMTP.Checker()
	if err != nil {
		return below("smtp", err)
	}
	c.submit = checker.(*smtpCheck)
	return nil
}

// below puts the name of a part of the settings before the field that is wrong in it.
func below(part string, err error) error {
	var field *FieldError
	if errors.As(err, &field) {
		return &FieldError{part + "." + field.Path, field.Problem}
	}
	return err
}

// Check sends a message of its own and looks for no other one.
func (c *mailCheck) Check(ctx context.Context) probes.Result {
	t := newTalk(c.IMAP.Password)
	defer t.close()
	box, err := c.signIn(ctx, t)
	if err != nil {
		explainIMAP(ctx, t, err)
		return c.result(t)
	}
	defer box.close()
	nonce := rand.Text()
	t.end()
	began := time.Now()
	if sent := c.send(ctx, t, nonce); !sent {
		return c.result(t)
	}
	t.begin("arrive")
	found, err := c.await(ctx, box, nonce)
	t.end()
	if err != nil {
		explainIMAP(ctx, t, err)
		return c.result(t)
	}
	c.judge(t, box, found, time.Since(began))
	return c.result(t)
}

// send makes the message go out, and adds what is wrong when it does not.
func (c *mailCheck) send(ctx context.Context, t *talk, nonce string) bool {
	if c.trigger != nil {
		t.begin("ask for the message")
		run := c.trigger.newRun()
		defer run.end(false)
		run.tell.values["nonce"] = nonce
		step, began := &c.trigger.steps[0], time.Now()
		if short := run.step(ctx, step); short != nil {
			t.found.add(probes.Failed, short.reason, run.tell.clean("asking for the message: "+short.detail))
			return false
		}
		run.passed(step, time.Since(began))
		t.cert.earliest(run.cert.cert)
		t.found = append(t.found, run.worse...)
		t.end()
		return true
	}
	submit := *c.submit
	submit.message = message(submit.From, submit.To, nonce)
	s := newTalk(submit.secrets()...)
	defer s.close()
	err := submit.run(ctx, s)
	t.cert.earliest(s.cert.cert)
	if err != nil {
		submit.explain(ctx, s, err)
		for _, f := range s.found {
			t.found.add(f.outcome, f.reason, s.tell.clean("sending the message: "+f.text))
		}
	}
	s.end()
	for _, step := range s.steps {
		t.steps = append(t.steps, probes.Step{Name: "send: " + step.Name, Took: step.Took})
	}
	return err == nil
}

// message is small, plain, and says what it is for.
func message(from, to, nonce string) []byte {
	_, domain, _ := strings.Cut(from, "@")
	var b bytes.Buffer
	for _, line := range []string{"From: <" + from + ">", "To: <" + to + ">", "Subject: Candor delivery check " + nonce,
		"Date: " + time.Now().Format(time.RFC1123Z), "Message-ID: <" + nonce + "@" + domain + ">", nonceHeader + ": " + nonce,
		"Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "",
		"Candor sends this message to see that mail arrives. It is deleted when it is found."} {
		b.WriteString(line + "\r\n")
	}
	return b.Bytes()
}

// await looks into the folders until the message is there or the time is nearly up; nil means that it never came.
func (c *mailCheck) await(ctx context.Context, box *imapBox, nonce string) (*delivery, error) {
	wait, cancel := shareOf(ctx, 0.9)
	defer cancel()
	for {
		found, err := box.find(nonce, c.SMTP != nil)
		if found != nil || err != nil {
			return found, err
		}
		select {
		case <-wait.Done():
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, nil
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// judge says where and how late the message came.
func (c *mailCheck) judge(t *talk, box *imapBox, d *delivery, took time.Duration) {
	if d == nil {
		t.found.add(probes.Failed, probes.TimedOut, fmt.Sprintf("the message was sent, but within %s it came to none of the folders %s",
			took.Round(time.Second), short(strings.Join(box.folders, ", "))))
		return
	}
	t.measure("delivery", took.Seconds(), "s", c.Latency.Seconds())
	if d.folder != c.IMAP.Mailbox {
		t.found.add(probes.Degraded, probes.Unexpected, fmt.Sprintf("expected the message in %s, it came to %s; %s",
			short(c.IMAP.Mailbox), short(d.folder), d.says()))
	}
	for _, e := range []struct{ method, want string }{{"spf", c.Expect.SPF}, {"dkim", c.Expect.DKIM}, {"dmarc", c.Expect.DMARC}} {
		if e.want != "" && !slices.Contains(d.verdicts[e.method], strings.ToLower(e.want)) {
			t.found.add(probes.Degraded, probes.Unexpected, fmt.Sprintf("expected %s %s, the receiving server says %s",
				strings.ToUpper(e.method), short(e.want), d.says()))
		}
	}
	if c.Latency > 0 && took > c.Latency {
		t.found.add(probes.Degraded, probes.Slow, fmt.Sprintf("expected the message within %s, it came after %s", c.Latency, took.Round(time.Millisecond)))
	}
}

func (c *mailCheck) result(t *talk) probes.Result {
	t.end()
	r := probes.Result{Steps: t.steps, Measurements: append(t.measurements, t.cert.measurements()...)}
	t.found.verdict(&r)
	r.Detail = t.tell.clean(r.Detail)
	return r
}
