package app

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"time"

	"candor/probes"
	"candor/probes/heartbeats"
	"candor/probes/kinds"
)

// heartbeats returns the intake of reports, and the probes with those that wait for reports reading them.
func (a *App) heartbeats(ctx context.Context) (*heartbeats.Intake, []probes.Probe, error) {
	var list []heartbeats.Heartbeat
	for _, p := range a.Config.Probes {
		if pulse := kinds.PulseOf(p.Checker); pulse != nil {
			list = append(list, heartbeats.Heartbeat{Probe: p.Key, Secret: pulse.Secret, Mail: (*heartbeats.Words)(pulse.Mail)})
		}
	}
	in := heartbeats.New(list, a.DB.SavePing)
	running := a.Config.Runnable()
	for i := range running {
		p := &running[i]
		pulse := kinds.PulseOf(p.Checker)
		if pulse == nil {
			continue
		}
		if err := a.await(ctx, p.Key, pulse); err != nil {
			return nil, nil, err
		}
		p.Now = in.Now(p.Key)
		p.Checker = kinds.Reading(p.Checker, func(ctx context.Context) ([]probes.Ping, error) { return a.DB.Pings(ctx, p.Key) })
	}
	return in, running, nil
}

// await notes from when a first report is awaited. It does so again when one became overdue while nobody looked: Candor was
// down and could take none, or the configuration says another time since.
func (a *App) await(ctx context.Context, key string, pulse *kinds.Pulse) error {
	pings, err := a.DB.Pings(ctx, key)
	if err != nil {
		return err
	}
	recent, err := a.DB.RecentResults(ctx, []string{key}, 1)
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	known := len(recent[key]) > 0 && recent[key][0].Outcome.Bad()
	if len(pings) > 0 && (known || !pulse.Overdue(pings, now)) {
		return nil
	}
	return a.DB.SavePing(ctx, probes.Ping{Probe: key, At: now, Signal: probes.Awaited})
}

// listenMail opens the address where reports come by mail; it returns nil when the configuration names none.
func (a *App) listenMail() (net.Listener, error) {
	m := a.Config.Server.Mail
	if m == nil {
		return nil, nil
	}
	l, err := net.Listen("tcp", m.Listen)
	if err != nil {
		return nil, fmt.Errorf("cannot take mail on %s; correct server.mail.listen, or stop the program that uses it (%w)", m.Listen, err)
	}
	slog.Info("taking reports by mail", "address", l.Addr().String())
	return l, nil
}

// takeMail takes reports by mail until ctx ends.
func (a *App) takeMail(ctx context.Context, in *heartbeats.Intake, l net.Listener) {
	m := a.Config.Server.Mail
	box := heartbeats.Mailbox{Intake: in, Domain: m.Domain}
	if m.CertFile != "" {
		box.TLS = &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return m.certificate() }}
	}
	if err := box.Serve(ctx, l); err != nil {
		slog.Error("take reports by mail", "error", err)
	}
}

// certificate reads the files each time, so that a renewed one counts at once.
func (m *MailConfig) certificate() (*tls.Certificate, error) {
	cert, err := tls.LoadX509KeyPair(m.CertFile, m.KeyFile)
	return &cert, err
}
