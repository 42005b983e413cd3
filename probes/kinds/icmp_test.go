package kinds

import (
	"net"
	"testing"
	"time"

	probing "github.com/prometheus-community/pro-bing"

	"candor/probes"
)

func TestICMPJudges(t *testing.T) {
	share := func(f float64) *float64 { return &f }
	for _, c := range []struct {
		name       string
		settings   ICMP
		sent, came int
		outcome    probes.Outcome
		reason     probes.Reason
		detail     string
	}{
		{"none is lost", ICMP{}, 5, 5, probes.OK, "", ""},
		{"one of five may be lost", ICMP{}, 5, 4, probes.OK, "", ""},
		{"two of five may not", ICMP{}, 5, 3, probes.Degraded, probes.Unexpected, "expected at most 20 % of the packets to 192.0.2.1 to be lost, lost 2 of 5"},
		{"four of five are no failure yet", ICMP{}, 5, 1, probes.Degraded, probes.Unexpected, "lost 4 of 5"},
		{"all are", ICMP{}, 5, 0, probes.Failed, probes.Unreachable, "none of 5 packets to 192.0.2.1 came back"},
		{"all are, and that is allowed", ICMP{MaxLoss: share(1)}, 5, 0, probes.Failed, probes.Unreachable, "none of 5"},
		{"a stricter limit", ICMP{WarnLoss: share(0)}, 10, 9, probes.Degraded, probes.Unexpected, "expected at most 0 %"},
		{"too many", ICMP{MaxLoss: share(0.4)}, 5, 2, probes.Failed, probes.Unexpected, "expected at most 40 %"},
		{"not too many", ICMP{MaxLoss: share(0.4)}, 5, 3, probes.Degraded, probes.Unexpected, "expected at most 20 %"},
		{"a failure without a warning", ICMP{MaxLoss: share(0.1)}, 5, 4, probes.Failed, probes.Unexpected, "expected at most 10 %"},
		{"fast enough", ICMP{Latency: 2 * time.Millisecond}, 5, 5, probes.OK, "", ""},
		{"too slow", ICMP{Latency: 1999 * time.Microsecond}, 5, 5, probes.Degraded, probes.Slow, "expected an average round trip of at most 1.999ms, got 2ms"},
		{"too slow and too many", ICMP{Latency: 1, WarnLoss: share(0)}, 5, 4, probes.Degraded, probes.Unexpected, "lost 1 of 5; expected an average round trip"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.settings.Host = "192.0.2.1"
			run := newTalk()
			checker(t, &c.settings).(*icmpCheck).judge(run, &probing.Statistics{PacketsSent: c.sent, PacketsRecv: c.came,
				IPAddr: &net.IPAddr{IP: net.IPv4(192, 0, 2, 1)}, MinRtt: -time.Millisecond, AvgRtt: 2 * time.Millisecond, MaxRtt: 3 * time.Millisecond})
			r := run.facts()
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if m, ok := figureOf(r, "loss"); !ok || m.Value != float64(c.sent-c.came)/float64(c.sent) || m.Unit != "ratio" {
				t.Errorf("got loss %+v, %t", m, ok)
			}
			for name, want := range map[string]float64{"rtt_min": 0, "latency": 0.002, "rtt_max": 0.003} {
				if m, ok := figureOf(r, name); ok != (c.came > 0) || ok && (m.Value != want || m.Unit != "s") {
					t.Errorf("got %s %+v, %t", name, m, ok)
				}
			}
		})
	}
}

func TestICMPToANameThatDoesNotExist(t *testing.T) {
	r := check(t, checker(t, &ICMP{Host: "studio.invalid"}), patience(""))
	expectVerdict(t, r, probes.Failed, probes.Unreachable, "the name studio.invalid")
	r = check(t, checker(t, &ICMP{Host: "127.0.0.1", Family: "ipv6"}), patience(""))
	expectVerdict(t, r, probes.Failed, probes.Unreachable, "it has no IPv6 address")
}

func TestICMPSettings(t *testing.T) {
	share := func(f float64) *float64 { return &f }
	wrongField(t, &ICMP{Host: "fe80::1%eth0", Family: "ipv6", Packets: 10, WarnLoss: share(0), MaxLoss: share(0), Latency: time.Second}, "")
	for _, host := range []string{"", "https://studio", "[::1]", "a b"} {
		wrongField(t, &ICMP{Host: host}, "host")
	}
	wrongField(t, &ICMP{Host: "studio", Family: "ip4"}, "family")
	wrongField(t, &ICMP{Host: "studio", Packets: 51}, "packets")
	wrongField(t, &ICMP{Host: "studio", Packets: -1}, "packets")
	wrongField(t, &ICMP{Host: "studio", MaxLoss: share(1.1)}, "max_loss")
	wrongField(t, &ICMP{Host: "studio", WarnLoss: share(-0.1)}, "warn_loss")
	wrongField(t, &ICMP{Host: "studio", WarnLoss: share(0.5), MaxLoss: share(0.4)}, "warn_loss")
	wrongField(t, &ICMP{Host: "studio", Latency: -1}, "latency")
}
