package kinds

import (
	"bytes"
	"context"
	"log"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"candor/probes"
)

// ownNetwork gives the test's thread a network of its own with nothing but a loopback, set up by commands of ip and
// by values of sysctl. It needs root. No packet leaves the machine, and the machine's own network does not change.
func ownNetwork(t *testing.T, setup ...string) {
	t.Helper()
	runtime.LockOSThread() // for ever, so that the thread and its network end with the test
	if err := syscall.Unshare(syscall.CLONE_NEWNET); err != nil {
		t.Fatalf("a network of its own: %v; only root can have one: run the tests as root", err)
	}
	for _, line := range append([]string{"ip link set lo up"}, setup...) {
		words := strings.Fields(line)
		if words[0] == "ip" {
			if out, err := exec.Command("ip", words[1:]...).CombinedOutput(); err != nil {
				t.Fatalf("%s: %v: %s", line, err, out)
			}
			continue
		}
		name, value, _ := strings.Cut(line, "=")
		if err := os.WriteFile("/proc/sys/net/"+name, []byte(value), 0); err != nil {
			t.Fatal(err)
		}
	}
}

// withoutRaw takes the capability to open raw sockets from the test's thread.
func withoutRaw(t *testing.T) {
	t.Helper()
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		t.Fatal(err)
	}
	data[0].Effective &^= 1 << unix.CAP_NET_RAW
	if err := unix.Capset(&header, &data[0]); err != nil {
		t.Fatal(err)
	}
}

func TestICMP(t *testing.T) {
	const forAll = "ipv4/ping_group_range=0 2147483647"
	const ignore = "ipv4/icmp_echo_ignore_all=1"
	for _, c := range []struct {
		name     string
		setup    string // lines of ownNetwork, between semicolons; "user" is withoutRaw
		settings ICMP
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"IPv4 as root", "", ICMP{Host: "127.0.0.1"}, probes.OK, "", ""},
		{"IPv6 as root", "", ICMP{Host: "::1"}, probes.OK, "", ""},
		{"IPv4 as a user", "user;" + forAll, ICMP{Host: "127.0.0.1"}, probes.OK, "", ""},
		{"IPv6 as a user", "user;" + forAll, ICMP{Host: "::1"}, probes.OK, "", ""},
		{"a name", "", ICMP{Host: "localhost", Family: "ipv4", Packets: 1}, probes.OK, "", ""},
		{"a user who may not", "user", ICMP{Host: "127.0.0.1"}, probes.Unknown, probes.Internal,
			"give it the capability CAP_NET_RAW, or add its group to the sysctl net.ipv4.ping_group_range"},
		{"a user who may not by IPv6", "user", ICMP{Host: "::1"}, probes.Unknown, probes.Internal, "CAP_NET_RAW"},
		{"a host that does not answer", ignore, ICMP{Host: "127.0.0.1", Packets: 3}, probes.Failed, probes.Unreachable, "none of 3 packets to 127.0.0.1 came back"},
		{"a host that does not answer a user", "user;" + forAll + ";" + ignore, ICMP{Host: "127.0.0.1"}, probes.Failed, probes.Unreachable, "none of 5 packets"},
		{"no route", "", ICMP{Host: "192.0.2.1"}, probes.Failed, probes.Unreachable, "no way to 192.0.2.1: network is unreachable"},
		{"no route by IPv6", "", ICMP{Host: "2001:db8::1"}, probes.Failed, probes.Unreachable, "no way to 2001:db8::1: network is unreachable"},
		{"a route that is closed", "ip route add unreachable 192.0.2.1", ICMP{Host: "192.0.2.1"}, probes.Failed, probes.Unreachable, "no way to 192.0.2.1: no route to host"},
		{"a route that is forbidden", "ip route add prohibit 192.0.2.1", ICMP{Host: "192.0.2.1"}, probes.Unknown, probes.Internal,
			"this machine sends no packet to 192.0.2.1: a rule of its firewall or of its routes forbids it"},
		{"one that is forbidden to a user", "user;" + forAll + ";ip route add prohibit 192.0.2.1", ICMP{Host: "192.0.2.1"}, probes.Unknown, probes.Internal, "forbids it"},
		{"all hosts of a network", "", ICMP{Host: "127.255.255.255"}, probes.Failed, probes.Unreachable, "none of 5 packets"},
		{"all hosts of a network, by a user", "user;" + forAll, ICMP{Host: "127.255.255.255"}, probes.Failed, probes.Unreachable, "none of 5 packets"},
		{"too slow", "", ICMP{Host: "127.0.0.1", Latency: 1}, probes.Degraded, probes.Slow, "expected an average round trip of at most 1ns"},
	} {
		t.Run(c.name, func(t *testing.T) {
			noLeak(t)
			lines := strings.FieldsFunc(c.setup, func(r rune) bool { return r == ';' })
			user := len(lines) > 0 && lines[0] == "user"
			if user {
				lines = lines[1:]
			}
			ownNetwork(t, lines...)
			if user {
				withoutRaw(t)
			}
			var logged bytes.Buffer
			log.SetOutput(&logged)
			defer log.SetOutput(os.Stderr)
			r := check(t, checker(t, &c.settings), unanswered)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if logged.Len() > 0 {
				t.Errorf("the library logs: %s", logged.String())
			}
			if c.outcome == probes.OK {
				exactSteps(t, r, "look up", "ping")
				if m, ok := figureOf(r, "latency"); !ok || m.Value <= 0 || m.Value > 1 {
					t.Errorf("got latency %+v, %t", m, ok)
				}
			}
		})
	}
}

func TestICMPEndsInTime(t *testing.T) {
	ownNetwork(t, "ipv4/icmp_echo_ignore_all=1")
	c := checker(t, &ICMP{Host: "127.0.0.1"})
	began := time.Now()
	expectVerdict(t, check(t, c, time.Minute), probes.Failed, probes.Unreachable, "none of 5 packets")
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("with a minute's time, it waited %s for the last answer", took)
	}
	noLeak(t)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	expectVerdict(t, c.Check(ctx), probes.Unknown, probes.Internal, "interrupted")
	ctx, cancel = context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	expectVerdict(t, c.Check(ctx), probes.Failed, probes.Unreachable, "no packet to 127.0.0.1 was sent within the time limit")
}
