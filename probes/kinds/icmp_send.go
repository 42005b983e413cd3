package kinds

import (
	"context"
	"errors"
	"net"
	"os"
	"runtime"
	"time"

	probing "github.com/prometheus-community/pro-bing"

	"candor/probes"
)

const (
	pingPace = 200 * time.Millisecond // between two packets, where there is time
	pingWait = 2 * time.Second        // for the last answer
)

// ping sends the packets, as a user if the system lets it and as root otherwise; without a socket, stats is nil.
func (c *icmpCheck) ping(ctx context.Context, target *net.IPAddr) (stats *probing.Statistics, err error) {
	if ctx.Err() != nil {
		return &probing.Statistics{}, ctx.Err()
	}
	for _, privileged := range []bool{false, true} {
		opened := false
		p := probing.New("")
		p.SetIPAddr(target)
		p.SetPrivileged(privileged)
		p.SetLogger(&breaker{})
		p.OnSetup = func() { opened = true }
		p.Count = c.Packets
		p.Interval = pace(ctx, c.Packets)
		p.Timeout = time.Duration(c.Packets)*p.Interval + pingWait
		if err = p.RunWithContext(ctx); opened {
			return p.Statistics(), err
		}
	}
	return nil, err
}

// pace is how long to wait between two packets, so that half of the time is left for the answers.
func pace(ctx context.Context, packets int) time.Duration {
	deadline, ok := ctx.Deadline()
	if !ok {
		return pingPace
	}
	return max(min(pingPace, time.Until(deadline)/time.Duration(2*packets)), time.Millisecond)
}

// breaker is the library's logger, and says nothing. Where a packet may not be sent, the library allows itself to
// broadcast, says so and tries again, without end: what it says twice is in vain, and its goroutine ends.
type breaker struct {
	probing.NoopLogger
	said bool
}

func (b *breaker) Infof(string, ...any) {
	if b.said {
		runtime.Goexit()
	}
	b.said = true
}

// forbidden says why there is no socket for pings, and what to do.
func forbidden(err error) string {
	if errors.Is(err, os.ErrPermission) {
		return "this system does not let Candor ping: give it the capability CAP_NET_RAW, or add its group to the sysctl net.ipv4.ping_group_range"
	}
	return "this machine has no socket for pings: " + innermost(err)
}

// unsent classes why not even the first packet went out; without an error, the library was stopped from trying for ever.
func unsent(target *net.IPAddr, err error) (probes.Reason, string) {
	switch {
	case err == nil, errors.Is(err, os.ErrPermission):
		return probes.Internal, "this machine sends no packet to " + target.String() + ": a rule of its firewall or of its routes forbids it"
	case timeout(err):
		return probes.Unreachable, "no packet to " + target.String() + " was sent within the time limit"
	}
	return probes.Unreachable, "no way to " + target.String() + ": " + innermost(err)
}
