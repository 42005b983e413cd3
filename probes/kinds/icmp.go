package kinds

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	probing "github.com/prometheus-community/pro-bing"

	"candor/probes"
)

// ICMP pings a host: it sends some packets and counts those that come back.
type ICMP struct {
	Host     string        `yaml:"host"`      // a name or an address
	Family   string        `yaml:"family"`    // ipv4 or ipv6; by default what the name leads to first
	Packets  int           `yaml:"packets"`   // 5 by default
	WarnLoss *float64      `yaml:"warn_loss"` // share of the packets that are lost; degraded above, 0.2 by default
	MaxLoss  *float64      `yaml:"max_loss"`  // failed above; by default only when all are lost
	Latency  time.Duration `yaml:"latency"`   // of the average round trip; degraded above
}

const (
	defaultPackets  = 5
	maxPackets      = 50
	defaultWarnLoss = 0.2
)

type icmpCheck struct {
	ICMP
	warn, most float64
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *ICMP) Checker() (probes.Checker, error) {
	c := &icmpCheck{ICMP: *s, most: 1}
	c.Packets = cmp.Or(s.Packets, defaultPackets)
	if s.MaxLoss != nil {
		c.most = *s.MaxLoss
	}
	c.warn = min(defaultWarnLoss, c.most)
	if s.WarnLoss != nil {
		c.warn = *s.WarnLoss
	}
	switch {
	case s.Host == "" || strings.ContainsAny(s.Host, "/[] "):
		return nil, &FieldError{"host", "a name or an address, for example gateway.example.com"}
	case !slices.Contains([]string{"", "ipv4", "ipv6"}, s.Family):
		return nil, &FieldError{"family", "ipv4 or ipv6"}
	case c.Packets < 1 || c.Packets > maxPackets:
		return nil, &FieldError{"packets", fmt.Sprintf("a number from 1 to %d", maxPackets)}
	case !(c.most >= 0 && c.most <= 1):
		return nil, &FieldError{"max_loss", "a share of the packets, from 0 to 1"}
	case !(c.warn >= 0 && c.warn <= c.most):
		return nil, &FieldError{"warn_loss", "a share of the packets, from 0 to max_loss"}
	}
	return c, latencyProblem(s.Latency)
}

// Check sends all packets within the first half of the time.
func (c *icmpCheck) Check(ctx context.Context) probes.Result {
	t := newTalk()
	if err := c.run(ctx, t); err != nil {
		t.fail(ctx, err)
	}
	return t.facts()
}

func (c *icmpCheck) run(ctx context.Context, t *talk) error {
	t.begin("look up")
	target, err := c.lookUp(ctx)
	if err != nil {
		return err
	}
	t.begin("ping")
	stats, err := c.ping(ctx, target)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return ctx.Err()
	case stats == nil:
		t.found.add(probes.Unknown, probes.Internal, forbidden(err))
	case stats.PacketsSent == 0:
		reason, text := unsent(target, err)
		t.found.add(probes.Failed, reason, text)
	default:
		c.judge(t, stats)
	}
	return nil
}

// lookUp returns the host's first address of the family.
func (c *icmpCheck) lookUp(ctx context.Context) (*net.IPAddr, error) {
	all, err := net.DefaultResolver.LookupIPAddr(ctx, c.Host)
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		if v4 := a.IP.To4() != nil; c.Family == "" || v4 == (c.Family == "ipv4") {
			return &a, nil
		}
	}
	return nil, &net.DNSError{Name: c.Host, Err: "it has no " + map[string]string{"ipv4": "IPv4", "ipv6": "IPv6"}[c.Family] + " address"}
}

// judge measures how many packets came back, and how fast.
func (c *icmpCheck) judge(t *talk, stats *probing.Statistics) {
	lost := stats.PacketsSent - stats.PacketsRecv
	loss := float64(lost) / float64(stats.PacketsSent)
	t.measure("loss", loss, "ratio", c.warn)
	expected := func(most float64) string {
		return fmt.Sprintf("expected at most %s %% of the packets to %s to be lost, lost %d of %d",
			plainNumber(most*100), stats.IPAddr, lost, stats.PacketsSent)
	}
	switch {
	case stats.PacketsRecv == 0:
		t.found.add(probes.Failed, probes.Unreachable, fmt.Sprintf("none of %d packets to %s came back", stats.PacketsSent, stats.IPAddr))
		return
	case loss > c.most:
		t.found.add(probes.Failed, probes.Unexpected, expected(c.most))
	case loss > c.warn:
		t.found.add(probes.Degraded, probes.Unexpected, expected(c.warn))
	}
	t.measure("rtt_min", max(stats.MinRtt, 0).Seconds(), "s", 0) // the library measures with the wall clock, which may be set back
	t.measure("latency", max(stats.AvgRtt, 0).Seconds(), "s", c.Latency.Seconds())
	t.measure("rtt_max", max(stats.MaxRtt, 0).Seconds(), "s", 0)
	if c.Latency > 0 && stats.AvgRtt > c.Latency {
		t.found.add(probes.Degraded, probes.Slow, fmt.Sprintf("expected an average round trip of at most %s, got %s",
			c.Latency, stats.AvgRtt.Round(10*time.Microsecond)))
	}
}
