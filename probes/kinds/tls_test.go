package kinds

import (
	"crypto/tls"
	"io"
	"net"
	"testing"
	"time"

	"candor/probes"
)

// tlsListener returns the address of a server that only shakes hands.
func tlsListener(t *testing.T, cert tls.Certificate) string {
	t.Helper()
	return listen(t, func(conn net.Conn) {
		secure := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}})
		defer secure.Close()
		if secure.Handshake() == nil {
			io.Copy(io.Discard, secure)
		}
	})
}

func TestTLS(t *testing.T) {
	const day = 24 * time.Hour
	now := time.Now()
	year, yearFile := certificates(t, now.Add(-day), now.Add(365*day))
	week, weekFile := certificates(t, now.Add(-day), now.Add(7*day))
	past, pastFile := certificates(t, now.Add(-9*day), now.Add(-2*day))
	good, ending, expired := tlsListener(t, year), tlsListener(t, week), tlsListener(t, past)
	trust := func(file string) HTTPTLS { return HTTPTLS{CAFile: file} }
	within := func(file string, days int) HTTPTLS { return HTTPTLS{CAFile: file, MinDaysLeft: days} }
	const none = 1e9
	for _, c := range []struct {
		name     string
		settings TLS
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
		days     float64
	}{
		{"a good certificate", TLS{Address: good, HTTPTLS: trust(yearFile)}, probes.OK, "", "", 365},
		{"one that ends soon", TLS{Address: ending, HTTPTLS: trust(weekFile)}, probes.Degraded, probes.Certificate,
			"at least 14 more days, but it expires on " + now.Add(7*day).UTC().Format(time.DateOnly), 7},
		{"one that ends soon, but not sooner than expected", TLS{Address: ending, HTTPTLS: within(weekFile, 6)}, probes.OK, "", "", 7},
		{"an expired one", TLS{Address: expired, HTTPTLS: trust(pastFile)}, probes.Failed, probes.Certificate, "the certificate expired on", -2},
		{"an expired one that is taken", TLS{Address: expired, HTTPTLS: HTTPTLS{InsecureSkipVerify: true}}, probes.Degraded, probes.Certificate,
			"the certificate expired on", -2},
		{"an unknown authority", TLS{Address: good}, probes.Failed, probes.Certificate, "unknown authority", 365},
		{"another name", TLS{Address: good, HTTPTLS: HTTPTLS{CAFile: yearFile, ServerName: "mail.example.com"}}, probes.Failed,
			probes.Certificate, "is not for mail.example.com, but for studio.example.com, 127.0.0.1", 365},
		{"no TLS", TLS{Address: says(t, "SSH-2.0-OpenSSH_9.2\r\n", 1)}, probes.Failed, probes.Unexpected, "TLS handshake: ", none},
		{"silence", TLS{Address: mute(t)}, probes.Failed, probes.TimedOut, "no complete answer at TLS handshake within", none},
		{"a closed port", TLS{Address: nobody(t)}, probes.Failed, probes.Refused, "refused", none},
	} {
		t.Run(c.name, func(t *testing.T) {
			noLeak(t)
			r := check(t, checker(t, &c.settings), unanswered)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			m, ok := figureOf(r, "certificate_days_left")
			if ok != (c.days != none) || ok && (m.Value < c.days-0.1 || m.Value > c.days+0.1 || m.Unit != "days" || !m.Floor) {
				t.Errorf("got %+v, %t; want %g days", m, ok, c.days)
			}
		})
	}
}

func TestTLSSettings(t *testing.T) {
	wrongField(t, &TLS{Address: "studio:443"}, "")
	wrongField(t, &TLS{}, "address")
	wrongField(t, &TLS{Address: "studio:443", HTTPTLS: HTTPTLS{CAFile: "/nowhere.pem"}}, "ca_file")
	wrongField(t, &TLS{Address: "studio:443", HTTPTLS: HTTPTLS{MinDaysLeft: -1}}, "min_days_left")
	wrongField(t, &TLS{Address: "studio:443", Latency: -1}, "latency")
}
