package kinds

import (
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"candor/probes"
)

const testZone = `
studio.example.com. 300 IN A 192.0.2.10
studio.example.com. 60 IN A 192.0.2.11
studio.example.com. 300 IN MX 10 mail.example.com.
studio.example.com. 300 IN TXT "v=spf1 " "-all"
www.example.com. 300 IN CNAME studio.example.com.
10.2.0.192.in-addr.arpa. 300 IN PTR studio.example.com.
`

// zoneServer answers for testZone over UDP and TCP on the same port, and over TLS with a certificate.
func zoneServer(t *testing.T, cert *tls.Certificate) string {
	t.Helper()
	zone := map[string][]dns.RR{}
	parser := dns.NewZoneParser(strings.NewReader(testZone), "", "")
	for record, ok := parser.Next(); ok; record, ok = parser.Next() {
		zone[record.Header().Name] = append(zone[record.Header().Name], record)
	}
	if err := parser.Err(); err != nil {
		t.Fatal(err)
	}
	handler := dns.HandlerFunc(func(w dns.ResponseWriter, query *dns.Msg) { answerFrom(zone, w, query) })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if cert != nil {
		serveDNS(t, &dns.Server{Listener: tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{*cert}}), Handler: handler})
		return address
	}
	packets, err := net.ListenPacket("udp", address)
	if err != nil {
		t.Fatal(err)
	}
	serveDNS(t, &dns.Server{Listener: l, Handler: handler})
	serveDNS(t, &dns.Server{PacketConn: packets, Handler: handler})
	return address
}

func serveDNS(t *testing.T, server *dns.Server) {
	t.Helper()
	up := make(chan struct{})
	server.NotifyStartedFunc = func() { close(up) }
	ended := make(chan error, 1)
	go func() { ended <- server.ActivateAndServe() }()
	<-up
	t.Cleanup(func() {
		if err := server.Shutdown(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

func answerFrom(zone map[string][]dns.RR, w dns.ResponseWriter, query *dns.Msg) {
	answer := new(dns.Msg).SetReply(query)
	name, kind := query.Question[0].Name, query.Question[0].Qtype
	_, overUDP := w.RemoteAddr().(*net.UDPAddr)
	switch {
	case name == "silent.example.com.":
		return
	case name == "closed.example.com.":
		answer.Rcode = dns.RcodeRefused
	case name == "other.example.com.":
		answer.Question[0].Name = "studio.example.com."
	case name == "long.example.com." && overUDP:
		answer.Truncated = true
	case name == "long.example.com.":
		for i := range 200 {
			record, _ := dns.NewRR(fmt.Sprintf("%s 300 IN A 192.0.2.%d", name, i))
			answer.Answer = append(answer.Answer, record)
		}
	case zone[name] == nil:
		answer.Rcode = dns.RcodeNameError
	}
	for _, record := range zone[name] {
		if alias, ok := record.(*dns.CNAME); ok {
			answer.Answer = append(answer.Answer, record)
			answer.Answer = append(answer.Answer, zone[alias.Target]...)
		} else if record.Header().Rrtype == kind {
			answer.Answer = append(answer.Answer, record)
		}
	}
	w.WriteMsg(answer)
}

// packets returns the address of a UDP port that answers everything with the same bytes, or not at all.
func packets(t *testing.T, answer string) string {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		for buf := make([]byte, 2048); ; {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if answer != "" && n >= 2 {
				conn.WriteTo(append(buf[:2:2], answer...), from) // with the question's id
			}
		}
	}()
	return conn.LocalAddr().String()
}

func TestDNS(t *testing.T) {
	cert, file := certificates(t, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	server, secure := zoneServer(t, nil), zoneServer(t, &cert)
	free, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := free.LocalAddr().String()
	free.Close()
	const name = "studio.example.com"
	for _, c := range []struct {
		what     string
		settings DNS
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"an address", DNS{Name: name}, probes.OK, "", ""},
		{"an address among others", DNS{Name: name, Answers: []string{"192.0.2.11"}}, probes.OK, "", ""},
		{"another address", DNS{Name: name, Answers: []string{"192.0.2.11", "192.0.2.1"}}, probes.Failed, probes.Unexpected,
			"expected 192.0.2.1 among the A records of studio.example.com, got 192.0.2.10, 192.0.2.11"},
		{"behind an alias", DNS{Name: "www.example.com", Answers: []string{"192.0.2.10"}}, probes.OK, "", ""},
		{"a mail server", DNS{Name: name, Type: "mx", Answers: []string{"10 MAIL.example.com"}}, probes.OK, "", ""},
		{"a text in two parts", DNS{Name: name, Type: "TXT", Answers: []string{"/^v=spf1 -all$/"}}, probes.OK, "", ""},
		{"a name of an address", DNS{Name: "192.0.2.10", Type: "PTR", Answers: []string{name}}, probes.OK, "", ""},
		{"over TCP", DNS{Name: name, Transport: "tcp"}, probes.OK, "", ""},
		{"too long for UDP", DNS{Name: "long.example.com", Answers: []string{"192.0.2.199"}}, probes.OK, "", ""},
		{"no such record", DNS{Name: name, Type: "AAAA"}, probes.Failed, probes.Unexpected, "expected AAAA records of studio.example.com, got none"},
		{"no such name", DNS{Name: "nobody.example.com"}, probes.Failed, probes.Unexpected, "expected NOERROR, got NXDOMAIN"},
		{"no such name, as expected", DNS{Name: "nobody.example.com", Rcode: "nxdomain"}, probes.OK, "", ""},
		{"not for us", DNS{Name: "closed.example.com"}, probes.Failed, probes.Unexpected, "got REFUSED"},
		{"another question", DNS{Name: "other.example.com"}, probes.Failed, probes.Unexpected, "the answer is to another question"},
		{"no answer", DNS{Name: "silent.example.com"}, probes.Failed, probes.TimedOut, "no answer from 127.0.0.1:"},
		{"no answer over TCP", DNS{Name: "silent.example.com", Transport: "tcp"}, probes.Failed, probes.TimedOut, "no complete answer at answer"},
		{"nobody there", DNS{Name: name, Server: closed}, probes.Failed, probes.Refused, "refused"},
		{"garbage", DNS{Name: name, Server: packets(t, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")}, probes.Failed, probes.Unexpected, "bad question name: dns: "},
		{"too short", DNS{Name: name, Server: packets(t, "x")}, probes.Failed, probes.Unexpected, "dns: short read"},
		{"garbage over TCP", DNS{Name: name, Transport: "tcp", Server: says(t, "HTTP/1.1 400 Bad Request\r\n\r\n", 1000)}, probes.Failed, probes.Unexpected, "answer: "},
		{"over TLS", DNS{Name: name, Transport: "tls", Server: secure, TLS: ClientTLS{CAFile: file}}, probes.OK, "", ""},
		{"over TLS of somebody", DNS{Name: name, Transport: "tls", Server: secure}, probes.Failed, probes.Certificate, "unknown authority"},
		{"too slow", DNS{Name: name, Latency: 1}, probes.Degraded, probes.Slow, "expected all within 1ns"},
	} {
		t.Run(c.what, func(t *testing.T) {
			noLeak(t)
			if c.settings.Server == "" {
				c.settings.Server = server
			}
			r := check(t, checker(t, &c.settings), unanswered)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if _, ok := figureOf(r, "latency"); ok != (c.settings.Rcode != "" || c.outcome != probes.Failed) {
				t.Errorf("got measurements %+v", r.Measurements)
			}
		})
	}
	r := check(t, checker(t, &DNS{Name: name, Server: server}), unanswered)
	for name, want := range map[string]float64{"records": 2, "ttl": 60} {
		if m, _ := figureOf(r, name); m.Value != want {
			t.Errorf("got %s %g, want %g", name, m.Value, want)
		}
	}
}

func TestDNSSettings(t *testing.T) {
	wrongField(t, &DNS{Name: "studio.example.com", Server: "192.0.2.53"}, "")
	wrongField(t, &DNS{Name: "studio.example.com", Server: "2001:db8::53"}, "")
	wrongField(t, &DNS{Name: "studio.example.com", Server: "[2001:db8::53]:5353"}, "")
	wrongField(t, &DNS{Server: "192.0.2.53"}, "name")
	wrongField(t, &DNS{Name: "a..b", Server: "192.0.2.53"}, "name")
	wrongField(t, &DNS{Name: "a", Type: "AXFR"}, "type")
	wrongField(t, &DNS{Name: "a", Rcode: "FINE"}, "rcode")
	wrongField(t, &DNS{Name: "a", Rcode: "NXDOMAIN", Answers: []string{"192.0.2.1"}}, "answers")
	wrongField(t, &DNS{Name: "a", Answers: []string{"ok", "/(/"}}, "answers[1]")
	wrongField(t, &DNS{Name: "a", Transport: "quic"}, "transport")
	wrongField(t, &DNS{Name: "a", Server: "ns:x"}, "server")
	wrongField(t, &DNS{Name: "a", Server: "ns", Transport: "tls", TLS: ClientTLS{CAFile: "/nowhere.pem"}}, "tls.ca_file")
	wrongField(t, &DNS{Name: "a", Server: "ns", Latency: -1}, "latency")
}
