package heartbeats

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-smtp"
	"golang.org/x/net/netutil"

	"candor/probes"
)

// Mailbox is a mail server that takes reports and nothing else: it has no other recipients, and passes nothing on.
type Mailbox struct {
	Intake *Intake
	Domain string      // of the recipients
	TLS    *tls.Config // offers STARTTLS; nil does not
}

// Bounds of what is taken by mail.
const (
	maxMail       = 10 << 20 // bytes of a message
	maxRecipients = 10
	maxStrangers  = 10 // recipients of a connection that are unknown
	maxMailers    = 50 // connections at once
	mailLife      = 2 * time.Minute
	mailWait      = time.Minute // for a command or a message
)

// Serve takes mail from l until ctx ends.
func (m *Mailbox) Serve(ctx context.Context, l net.Listener) error {
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{Mailbox: m, conn: c.Conn(), take: func(secret string, p probes.Ping) error { return m.Intake.Take(ctx, secret, p) }}, nil
	}))
	server.Domain, server.TLSConfig = m.Domain, m.TLS
	server.MaxMessageBytes, server.MaxRecipients = maxMail, maxRecipients
	server.ReadTimeout, server.WriteTimeout = mailWait, mailWait
	server.ErrorLog = slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug)
	served := make(chan error, 1)
	go func() {
		served <- server.Serve(mortal{netutil.LimitListener(l, maxMailers), func() (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, mailLife)
		}})
	}()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*patience)
	defer cancel()
	err := server.Shutdown(late)
	<-served
	return err
}

// mortal closes each connection at the end of its life.
type mortal struct {
	net.Listener
	life func() (context.Context, context.CancelFunc)
}

func (l mortal) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	life, end := l.life()
	context.AfterFunc(life, func() { conn.Close() })
	return mortalConn{conn, end}, nil
}

type mortalConn struct {
	net.Conn
	end context.CancelFunc
}

func (c mortalConn) Close() error {
	c.end()
	return c.Conn.Close()
}

// session is one conversation with a mail client.
type session struct {
	*Mailbox
	conn      net.Conn
	take      func(secret string, p probes.Ping) error
	to        []recipient
	strangers int
}

// recipient is a heartbeat, and what its address says.
type recipient struct {
	*beat
	suffix string // behind a + sign
	signal probes.Signal
	exit   int
}

var (
	errStranger = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "There is no such recipient here"}
	errTooOften = &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 3, 1}, Message: "The reports come too often, try again later"}
	errNotNow   = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "The report could not be stored, try again later"}
)

// Mail takes any sender: cron jobs have many, and the recipient is the secret.
func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt takes the address of a heartbeat, SECRET@DOMAIN, or with a signal, SECRET+fail@DOMAIN.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	at := strings.LastIndexByte(to, '@')
	if at >= 0 && strings.EqualFold(to[at+1:], s.Domain) {
		secret, suffix, _ := strings.Cut(to[:at], "+")
		signal, exit, ok := probes.ParseSignal(suffix)
		if b := s.Intake.find(secret); ok && b != nil && b.Mail != nil {
			s.to = append(s.to, recipient{b, suffix, signal, exit})
			return nil
		}
	}
	if s.strangers++; s.strangers > maxStrangers {
		s.conn.Close()
	}
	return errStranger
}

// Data stores a report for each recipient. When one cannot be stored, the client is asked to send the mail again.
func (s *session) Data(r io.Reader) error {
	subject, text := readMail(r)
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	for _, to := range s.to {
		p := probes.Ping{At: time.Now().UTC(), Signal: to.signal, Exit: to.exit, Body: strings.TrimSpace(subject + "\n" + text)}
		if to.suffix == "" {
			p.Signal = to.Mail.signal(subject)
		}
		if p.Signal == "" {
			continue
		}
		switch err := s.take(to.Secret, p); {
		case errors.Is(err, probes.ErrTooOften):
			return errTooOften
		case err != nil:
			slog.Error("store a report that came by mail", "probe", to.Probe, "error", err)
			return errNotNow
		}
	}
	return nil
}

// Reset forgets the message that was begun.
func (s *session) Reset() { s.to = nil }

// Logout ends the conversation.
func (s *session) Logout() error { return nil }

// signal says what a subject means; it is empty when it is no report.
func (w *Words) signal(subject string) probes.Signal {
	subject = strings.ToLower(subject)
	has := func(words []string) bool {
		for _, word := range words {
			if strings.Contains(subject, strings.ToLower(word)) {
				return true
			}
		}
		return false
	}
	switch {
	case has(w.Fail):
		return probes.Broke
	case has(w.Start):
		return probes.Started
	case len(w.Success) == 0 || has(w.Success):
		return probes.Succeeded
	}
	return ""
}
