package kinds

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"

	"candor/probes"
)

// DNS asks a name server and compares the records that come.
type DNS struct {
	Name      string        `yaml:"name"`
	Type      string        `yaml:"type"`      // A by default
	Server    string        `yaml:"server"`    // host or host:port; by default the system's first one
	Transport string        `yaml:"transport"` // udp by default, with TCP when the answer is cut; or tcp, or tls
	TLS       ClientTLS     `yaml:"tls"`       // for the transport tls
	Rcode     string        `yaml:"rcode"`     // NOERROR by default
	Answers   []string      `yaml:"answers"`   // each is among the records' values: a text, or a regular expression between slashes
	Latency   time.Duration `yaml:"latency"`   // of the whole run; degraded above
}

// dnsTypes are the types of records that one can ask for and compare.
var dnsTypes = []uint16{dns.TypeA, dns.TypeAAAA, dns.TypeCAA, dns.TypeCNAME, dns.TypeDNSKEY, dns.TypeDS, dns.TypeHTTPS, dns.TypeMX,
	dns.TypeNAPTR, dns.TypeNS, dns.TypePTR, dns.TypeSOA, dns.TypeSRV, dns.TypeSVCB, dns.TypeTLSA, dns.TypeTXT}

const (
	resolverFile = "/etc/resolv.conf"
	dnsSize      = 1232 // bytes of an answer over UDP, as DNS flag day 2020 recommends
)

type dnsCheck struct {
	DNS
	kind    uint16
	rcode   int
	tls     *tls.Config
	answers []pattern
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *DNS) Checker() (probes.Checker, error) {
	c := &dnsCheck{DNS: *s}
	c.Type, c.Rcode = strings.ToUpper(s.Type), strings.ToUpper(s.Rcode)
	if c.Type == "" {
		c.Type = "A"
	}
	if c.Rcode == "" {
		c.Rcode = "NOERROR"
	}
	var known bool
	if c.kind = dns.StringToType[c.Type]; !slices.Contains(dnsTypes, c.kind) {
		return nil, &FieldError{"type", "a type of records like A, AAAA, CNAME, MX, NS, SOA, SRV or TXT"}
	}
	if c.rcode, known = dns.StringToRcode[c.Rcode]; !known {
		return nil, &FieldError{"rcode", "a result like NOERROR, NXDOMAIN or REFUSED"}
	}
	if c.rcode != dns.RcodeSuccess && len(s.Answers) > 0 {
		return nil, &FieldError{"answers", "there are none with this rcode"}
	}
	if _, ok := dns.IsDomainName(s.Name); s.Name == "" || !ok {
		return nil, &FieldError{"name", "say which name to ask for, like studio.example.com"}
	}
	if reverse, err := dns.ReverseAddr(s.Name); err == nil && c.kind == dns.TypePTR {
		c.Name = reverse
	}
	for i, text := range s.Answers {
		p, err := compilePattern(fmt.Sprintf("answers[%d]", i), text)
		if err != nil {
			return nil, err
		}
		c.answers = append(c.answers, p)
	}
	if err := c.way(); err != nil {
		return nil, err
	}
	return c, latencyProblem(s.Latency)
}

// way fills in where and how to ask.
func (c *dnsCheck) way() (err error) {
	port := "53"
	switch c.Transport {
	case "":
		c.Transport = "udp"
	case "udp", "tcp":
	case "tls":
		port = "853"
		if c.tls, err = c.TLS.config(); err != nil {
			return err
		}
	default:
		return &FieldError{"transport", "udp, tcp or tls"}
	}
	if c.Server == "" {
		system, err := dns.ClientConfigFromFile(resolverFile)
		if err != nil || len(system.Servers) == 0 {
			return &FieldError{"server", "this machine names no server, so say which one to ask, like 192.0.2.53"}
		}
		c.Server = net.JoinHostPort(system.Servers[0], port)
	} else if _, _, err := net.SplitHostPort(c.Server); err != nil {
		c.Server = net.JoinHostPort(strings.Trim(c.Server, "[]"), port)
	}
	if problem := addressProblem(c.Server, "192.0.2.53:53"); problem != "" {
		return &FieldError{"server", problem}
	}
	if c.tls != nil && c.tls.ServerName == "" {
		c.tls.ServerName, _, _ = net.SplitHostPort(c.Server)
	}
	return nil
}

// Check asks anew, without any cache of ours.
func (c *dnsCheck) Check(ctx context.Context) probes.Result {
	t := newTalk()
	defer t.close()
	answer, err := c.ask(ctx, t)
	switch {
	case err != nil && t.raw == nil && timeout(err) && !errors.Is(ctx.Err(), context.Canceled):
		t.found.add(probes.Failed, probes.TimedOut, fmt.Sprintf("no answer from %s within the time limit", c.Server))
	case err != nil:
		t.fail(ctx, err)
	default:
		c.judge(t, answer)
	}
	return t.result(c.Latency, 0)
}

func (c *dnsCheck) ask(ctx context.Context, t *talk) (*dns.Msg, error) {
	query := new(dns.Msg).SetQuestion(dns.Fqdn(c.Name), c.kind).SetEdns0(dnsSize, false)
	if c.Transport == "udp" {
		t.begin("answer")
		answer, err := c.overUDP(ctx, query)
		if err != nil || !answer.Truncated {
			return answer, err
		}
	}
	conn, err := t.dial(ctx, c.Server)
	if err != nil {
		return nil, err
	}
	if c.tls != nil {
		if conn, err = t.handshake(ctx, conn, c.tls); err != nil {
			return nil, err
		}
	}
	t.begin("answer")
	return exchange(ctx, conn, query)
}

func (c *dnsCheck) overUDP(ctx context.Context, query *dns.Msg) (*dns.Msg, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "udp", c.Server)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	answer, err := exchange(ctx, conn, query)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err() // not that the connection is closed
	}
	return answer, err
}

// exchange asks on a connection, and waits as long as ctx allows.
func exchange(ctx context.Context, conn net.Conn, query *dns.Msg) (*dns.Msg, error) {
	client := dns.Client{Timeout: time.Hour} // instead of the library's 2 s
	answer, _, err := client.ExchangeWithConnContext(ctx, query, &dns.Conn{Conn: conn})
	if err == nil && !answered(query, answer) {
		err = errors.New("the answer is to another question")
	}
	return answer, err
}

func answered(query, answer *dns.Msg) bool {
	if !answer.Response || len(answer.Question) != 1 {
		return false
	}
	q, a := query.Question[0], answer.Question[0]
	return q.Qtype == a.Qtype && strings.EqualFold(q.Name, a.Name)
}

func (c *dnsCheck) judge(t *talk, answer *dns.Msg) {
	unexpected := func(format string, args ...any) {
		t.found.add(probes.Failed, probes.Unexpected, fmt.Sprintf(format, args...))
	}
	if answer.Rcode != c.rcode {
		unexpected("expected %s, got %s", c.Rcode, rcodeName(answer.Rcode))
		return
	}
	if c.rcode != dns.RcodeSuccess {
		return
	}
	var values []string
	var ttl uint32
	for _, record := range answer.Answer {
		if record.Header().Rrtype != c.kind {
			continue // an alias on the way there
		}
		if len(values) == 0 || record.Header().Ttl < ttl {
			ttl = record.Header().Ttl
		}
		values = append(values, recordValue(record))
	}
	t.measure("records", float64(len(values)), "records", 0)
	if len(values) == 0 {
		unexpected("expected %s records of %s, got none", c.Type, c.Name)
		return
	}
	t.measure("ttl", float64(ttl), "s", 0)
	for _, want := range c.answers {
		if !slices.ContainsFunc(values, want.isRecord) {
			unexpected("expected %s among the %s records of %s, got %s", short(want.String()), c.Type, c.Name, short(strings.Join(values, ", ")))
		}
	}
}

func rcodeName(rcode int) string {
	if name, ok := dns.RcodeToString[rcode]; ok {
		return name
	}
	return fmt.Sprintf("rcode %d", rcode)
}

// recordValue is what stands after the type in a zone file; a text comes without its quotes.
func recordValue(record dns.RR) string {
	if text, ok := record.(*dns.TXT); ok {
		return strings.Join(text.Txt, "")
	}
	return strings.TrimPrefix(record.String(), record.Header().String())
}

// isRecord compares as names do: without regard to case and the last dot.
func (p pattern) isRecord(value string) bool {
	if p.re != nil {
		return p.re.MatchString(value)
	}
	return strings.EqualFold(strings.TrimSuffix(p.text, "."), strings.TrimSuffix(value, "."))
}
