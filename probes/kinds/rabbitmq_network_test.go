package kinds

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/probes"
)

// method is class and method id of an AMQP frame, see section 1.4 of the AMQP 0-9-1 specification.
type method struct{ class, id uint16 }

var (
	startOk    = method{10, 11}
	closeConn  = method{10, 50}
	openCh     = method{20, 10}
	declare    = method{50, 10}
	publish    = method{60, 40}
	unanswered = 1500 * time.Millisecond // time limit of a check that gets no answer
)

// relay stands between a check and the broker, and can let the network go wrong at a certain frame.
type relay struct {
	listener net.Listener
	target   string
	before   func(*relay, method) // a frame of the client goes on
	mu       sync.Mutex
	silent   bool
	conns    []net.Conn
	wg       sync.WaitGroup
}

func startRelay(t *testing.T, target string, before func(*relay, method)) *relay {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{listener: l, target: target, before: before}
	r.wg.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			r.serve(client)
		}
	})
	t.Cleanup(func() {
		l.Close()
		r.cut()
		r.wg.Wait()
	})
	return r
}

func (r *relay) url() string { return "amqp://guest:guest@" + r.listener.Addr().String() + "/" }

func (r *relay) serve(client net.Conn) {
	server, err := net.Dial("tcp", r.target)
	if err != nil {
		client.Close()
		return
	}
	r.mu.Lock()
	r.conns = append(r.conns, client, server)
	r.mu.Unlock()
	r.wg.Go(func() {
		if _, err := io.CopyN(server, client, 8); err == nil { // "AMQP" and its version
			r.pass(server, client, true)
		}
	})
	r.wg.Go(func() { r.pass(client, server, false) })
}

func (r *relay) pass(to, from net.Conn, fromClient bool) {
	for {
		frame := make([]byte, 7)
		if _, err := io.ReadFull(from, frame); err != nil {
			break
		}
		frame = append(frame, make([]byte, binary.BigEndian.Uint32(frame[3:])+1)...)
		if _, err := io.ReadFull(from, frame[7:]); err != nil {
			break
		}
		if frame[0] == 1 && fromClient {
			r.before(r, method{binary.BigEndian.Uint16(frame[7:]), binary.BigEndian.Uint16(frame[9:])})
		}
		r.mu.Lock()
		if !r.silent {
			to.Write(frame)
		}
		r.mu.Unlock()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.silent {
		to.Close()
	}
}

func (r *relay) silence() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.silent = true
}

func (r *relay) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.conns {
		c.Close()
	}
}

func TestRabbitMQHalfOpen(t *testing.T) {
	b := broker(t)
	for _, c := range []struct {
		name string
		at   method
		tell string
	}{
		{"while signing in", startOk, "no answer to AMQP sign in within the time limit; RabbitMQ takes 3 s to refuse a wrong password"},
		{"after the handshake", openCh, "no answer to AMQP channel within the time limit"},
		{"before the queue", declare, "no answer to AMQP declare within the time limit"},
		{"before the message", publish, "no answer to AMQP publish within the time limit"},
	} {
		t.Run("silent "+c.name, func(t *testing.T) {
			noLeak(t)
			r := startRelay(t, b.AMQPAddr(), func(r *relay, m method) {
				if m == c.at {
					r.silence()
				}
			})
			expectVerdict(t, check(t, checker(t, &RabbitMQ{URL: r.url()}), unanswered), probes.Failed, probes.TimedOut, c.tell)
		})
		t.Run("cut "+c.name, func(t *testing.T) {
			noLeak(t)
			r := startRelay(t, b.AMQPAddr(), func(r *relay, m method) {
				if m == c.at {
					r.cut()
				}
			})
			got := check(t, checker(t, &RabbitMQ{URL: r.url()}), 10*time.Second)
			if c.at == startOk { // the way a broker refuses a password
				expectVerdict(t, got, probes.Failed, probes.AuthFailed)
			} else {
				expectVerdict(t, got, probes.Failed, probes.Unexpected, "the connection was ")
			}
		})
	}
	t.Run("silent at the goodbye, when all is well", func(t *testing.T) {
		noLeak(t)
		r := startRelay(t, b.AMQPAddr(), func(r *relay, m method) {
			if m == closeConn {
				r.silence()
			}
		})
		expectVerdict(t, check(t, checker(t, &RabbitMQ{URL: r.url()}), 10*time.Second), probes.OK, "")
	})
}

func TestRabbitMQKilled(t *testing.T) {
	b := broker(t)
	for _, at := range []method{openCh, publish} {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			noLeak(t)
			killed := make(chan struct{})
			r := startRelay(t, b.AMQPAddr(), func(_ *relay, m method) {
				if m == at {
					b.Kill()
					close(killed)
				}
			})
			c := checker(t, &RabbitMQ{URL: r.url(), Management: b.Management()})
			expectVerdict(t, check(t, c, 10*time.Second), probes.Failed, probes.Unexpected, "AMQP ")
			<-killed
			gone := checker(t, &RabbitMQ{URL: b.AMQP(), Management: b.Management()})
			expectVerdict(t, check(t, gone, 10*time.Second), probes.Failed, probes.Refused,
				"AMQP: connection to "+b.AMQPAddr()+" refused", "management API: connection to 127.0.0.1:")
			if err := b.Start(); err != nil {
				t.Fatal(err)
			}
			expectVerdict(t, check(t, gone, 10*time.Second), probes.OK, "")
		})
	}
}

func TestRabbitMQWrongPassword(t *testing.T) {
	b := broker(t)
	noLeak(t)
	wrong := func(url string) string { return strings.Replace(url, "guest:guest", "guest:hunter2", 1) }
	for name, c := range map[string]struct {
		settings RabbitMQ
		outcome  probes.Outcome
		tell     string
	}{
		"AMQP":                  {RabbitMQ{URL: wrong(b.AMQP())}, probes.Failed, "the broker closed the connection at AMQP sign in, as it does when user or password are wrong"},
		"management":            {RabbitMQ{Management: wrong(b.Management())}, probes.Failed, "management API: user and password were not accepted"},
		"management after AMQP": {RabbitMQ{URL: b.AMQP(), Management: wrong(b.Management())}, probes.Degraded, "management API: user and password"},
		"no user of management": {RabbitMQ{URL: wrong(b.AMQP()), Management: strings.Replace(b.Management(), "guest:guest@", "", 1)}, probes.Failed,
			"the broker closed the connection at AMQP sign in, as it does when user or password are wrong; management API: user and password"},
	} {
		t.Run(name, func(t *testing.T) {
			expectVerdict(t, check(t, checker(t, &c.settings), 10*time.Second), c.outcome, probes.AuthFailed, c.tell)
		})
	}
	other := checker(t, &RabbitMQ{URL: b.AMQP() + "nowhere"})
	expectVerdict(t, check(t, other, 10*time.Second), probes.Failed, probes.Unexpected, "the broker refused at AMQP sign in: NOT_ALLOWED - vhost nowhere not found")
}

func TestRabbitMQUnreachable(t *testing.T) {
	b := broker(t)
	noLeak(t)
	mute := mute(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := free.Addr().String()
	free.Close()
	for name, c := range map[string]struct {
		settings RabbitMQ
		outcome  probes.Outcome
		reason   probes.Reason
		tell     string
	}{
		"AMQP refused":         {RabbitMQ{URL: "amqp://" + nobody, Management: b.Management()}, probes.Failed, probes.Refused, "AMQP: connection to " + nobody + " refused"},
		"AMQP mute":            {RabbitMQ{URL: "amqp://" + mute}, probes.Failed, probes.TimedOut, "connected, but no answer to AMQP sign in"},
		"AMQP over TLS mute":   {RabbitMQ{URL: "amqps://" + mute}, probes.Failed, probes.TimedOut, "connected, but no answer to AMQP TLS"},
		"AMQP over TLS, plain": {RabbitMQ{URL: "amqps://" + b.AMQPAddr()}, probes.Failed, probes.Unexpected, "AMQP TLS: "},
		"no name":              {RabbitMQ{URL: "amqp://broker.invalid"}, probes.Failed, probes.Unreachable, "AMQP: the name broker.invalid"},
		"management refused":   {RabbitMQ{Management: "http://u:hunter2@" + nobody}, probes.Failed, probes.Refused, "management API: connection to " + nobody + " refused"},
		"management mute":      {RabbitMQ{Management: "http://u:hunter2@" + mute}, probes.Failed, probes.TimedOut, "management API: connected, but no complete answer"},
		"only management mute": {RabbitMQ{URL: b.AMQP(), Management: "http://u:hunter2@" + mute}, probes.Degraded, probes.TimedOut, "management API"},
		"no AMQP":              {RabbitMQ{URL: "amqp://" + says(t, "SSH-2.0-OpenSSH_9.2\r\n", 1)}, probes.Failed, probes.Unexpected, "AMQP sign in: this is no AMQP 0-9-1"},
	} {
		t.Run(name, func(t *testing.T) {
			expectVerdict(t, check(t, checker(t, &c.settings), unanswered), c.outcome, c.reason, c.tell)
		})
	}
}

// mute returns the address of a listener that accepts and never says a word.
func mute(t *testing.T) string { return says(t, "", 0) }

// says returns the address of a listener that accepts, says text so many times, and then listens.
func says(t *testing.T, text string, times int) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() {
				defer conn.Close()
				for range times {
					if _, err := io.WriteString(conn, text); err != nil {
						return
					}
				}
				io.Copy(io.Discard, conn)
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		wg.Wait()
	})
	return l.Addr().String()
}

func TestRabbitMQInterrupted(t *testing.T) {
	noLeak(t)
	c := checker(t, &RabbitMQ{URL: "amqp://" + mute(t), Management: "http://u:p@" + mute(t)})
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(100*time.Millisecond, cancel)
	began := time.Now()
	expectVerdict(t, c.Check(ctx), probes.Unknown, probes.Internal, "interrupted")
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestRabbitMQFlood(t *testing.T) {
	noLeak(t)
	c := checker(t, &RabbitMQ{URL: "amqp://" + says(t, strings.Repeat("\x08\x00\x00\x00\x00\x00\x00\xce", 10000), 1e6)}) // heartbeats
	expectVerdict(t, check(t, c, 20*time.Second), probes.Failed, probes.TooLarge, "more than 4194304 bytes")
}
