package kinds

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"candor/probes"
)

// natsServer starts a server in this process; change adapts its options.
func natsServer(t *testing.T, change func(*server.Options)) *server.Server {
	t.Helper()
	o := &server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, NoLog: true, NoSigs: true, JetStream: true, StoreDir: t.TempDir()}
	if change != nil {
		change(o)
	}
	s, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the NATS server is not ready")
	}
	t.Cleanup(func() {
		s.Shutdown()
		s.WaitForShutdown()
	})
	return s
}

// stream makes the stream CAMPAIGNS with its worker's consumer and so many messages.
func stream(t *testing.T, s *server.Server, config jetstream.StreamConfig, messages int) jetstream.JetStream {
	t.Helper()
	conn, err := nats.Connect("", nats.InProcessServer(s))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	config.Name, config.Subjects = "CAMPAIGNS", []string{"campaigns.*"}
	if _, err := js.CreateStream(ctx, config); err != nil {
		t.Fatal(err)
	}
	if _, err := js.CreateConsumer(ctx, "CAMPAIGNS", jetstream.ConsumerConfig{
		Durable: "worker", FilterSubject: "campaigns.work", AckPolicy: jetstream.AckExplicitPolicy, AckWait: time.Minute,
	}); err != nil {
		t.Fatal(err)
	}
	for range messages {
		if _, err := js.Publish(ctx, "campaigns.work", make([]byte, 1000)); err != nil {
			t.Fatal(err)
		}
	}
	return js
}

func TestNATSStream(t *testing.T) {
	full := jetstream.StreamConfig{Discard: jetstream.DiscardNew, MaxMsgs: 5}
	for _, c := range []struct {
		name     string
		stream   jetstream.StreamConfig
		messages int
		settings NATS
		outcome  probes.Outcome
		reason   probes.Reason
		tell     string
	}{
		{"healthy", jetstream.StreamConfig{}, 5, NATS{MaxMessages: 5}, probes.OK, "", ""},
		{"with a message that goes in and out", jetstream.StreamConfig{}, 5, NATS{Canary: "campaigns.canary"}, probes.OK, "", ""},
		{"with a message that has a lifetime", jetstream.StreamConfig{AllowMsgTTL: true}, 5, NATS{Canary: "campaigns.canary"}, probes.OK, "", ""},
		{"with a message that only its lifetime removes", jetstream.StreamConfig{AllowMsgTTL: true, DenyDelete: true}, 5,
			NATS{Canary: "campaigns.canary"}, probes.OK, "", ""},
		{"whose message cannot be removed", jetstream.StreamConfig{DenyDelete: true}, 5, NATS{Canary: "campaigns.canary"},
			probes.Failed, probes.Unexpected, "remove: remove the canary message: message delete not permitted"},
		{"a subject of no stream", jetstream.StreamConfig{}, 5, NATS{Canary: "other.canary"}, probes.Failed, probes.Unexpected,
			"no stream takes messages on other.canary"},
		{"over its limit", jetstream.StreamConfig{}, 6, NATS{MaxMessages: 5}, probes.Failed, probes.Backlog,
			"stream CAMPAIGNS has 6 messages; at most 5 expected"},
		{"over its first limit", jetstream.StreamConfig{}, 6, NATS{WarnMessages: 5}, probes.Degraded, probes.Backlog,
			"stream CAMPAIGNS has 6 messages; at most 5 expected"},
		{"nearly full", full, 4, NATS{}, probes.Degraded, probes.NearLimit, "stream CAMPAIGNS holds 4 of 5 messages"},
		{"nearly full, which is well", full, 4, NATS{Storage: 0.9}, probes.OK, "", ""},
		{"full", full, 5, NATS{}, probes.Failed, probes.Blocked, "stream CAMPAIGNS holds 5 of 5 messages: it is full and refuses messages"},
		{"full, and the message is refused", full, 5, NATS{Canary: "campaigns.canary"}, probes.Failed, probes.Blocked,
			"stream CAMPAIGNS refuses messages: maximum messages exceeded"},
		{"full of bytes", jetstream.StreamConfig{Discard: jetstream.DiscardNew, MaxBytes: 10800}, 10, NATS{}, probes.Failed, probes.Blocked,
			"MB: it is full and refuses messages"},
		{"full, and drops the oldest", jetstream.StreamConfig{MaxMsgs: 5}, 5, NATS{}, probes.Degraded, probes.NearLimit, "drops its oldest"},
		{"that does not exist", jetstream.StreamConfig{}, 0, NATS{Stream: "OTHERS"}, probes.Failed, probes.Unexpected, "stream OTHERS does not exist"},
		{"with a consumer", jetstream.StreamConfig{}, 5, NATS{Consumers: []NATSConsumer{{Name: "worker", MaxPending: 5}}}, probes.OK, "", ""},
		{"with a slow consumer", jetstream.StreamConfig{}, 5, NATS{Consumers: []NATSConsumer{{Name: "worker", MaxPending: 4}}},
			probes.Failed, probes.Backlog, "consumer worker has 5 messages before it; at most 4 expected"},
		{"with an idle consumer", jetstream.StreamConfig{}, 5, NATS{Consumers: []NATSConsumer{{Name: "worker", MustListen: true}}},
			probes.Failed, probes.NoConsumer, "nobody listens at consumer worker"},
		{"without the consumer", jetstream.StreamConfig{}, 5, NATS{Consumers: []NATSConsumer{{Name: "mailer"}}},
			probes.Failed, probes.NoConsumer, "consumer mailer does not exist"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := natsServer(t, nil)
			js := stream(t, s, c.stream, c.messages)
			noLeak(t)
			c.settings.URL = s.ClientURL()
			if c.settings.Stream == "" {
				c.settings.Stream = "CAMPAIGNS"
			}
			got := check(t, checker(t, &c.settings), 10*time.Second)
			expectVerdict(t, got, c.outcome, c.reason, c.tell)
			if c.outcome == probes.OK && !c.stream.DenyDelete {
				if n := held(t, js); n != c.messages {
					t.Errorf("the stream holds %d messages, %d before", n, c.messages)
				}
			}
		})
	}
}

func held(t *testing.T, js jetstream.JetStream) int {
	t.Helper()
	info, err := js.Stream(context.Background(), "CAMPAIGNS")
	if err != nil {
		t.Fatal(err)
	}
	return int(info.CachedInfo().State.Msgs)
}

func TestNATSConsumers(t *testing.T) {
	s := natsServer(t, nil)
	js := stream(t, s, jetstream.StreamConfig{}, 5)
	ctx := context.Background()
	worker, err := js.Consumer(ctx, "CAMPAIGNS", "worker")
	if err != nil {
		t.Fatal(err)
	}
	c := checker(t, &NATS{URL: s.ClientURL(), Stream: "CAMPAIGNS",
		Consumers: []NATSConsumer{{Name: "worker", MaxUnacknowledged: 2, MustListen: true}}})
	expectVerdict(t, check(t, c, 10*time.Second), probes.Failed, probes.NoConsumer)
	batch, err := worker.FetchNoWait(3)
	if err != nil {
		t.Fatal(err)
	}
	for range batch.Messages() {
	}
	got := check(t, c, 10*time.Second) // it took messages, so somebody works
	expectVerdict(t, got, probes.Degraded, probes.Backlog, "consumer worker has 3 unacknowledged messages; at most 2 expected")
	for name, want := range map[string]float64{"messages": 5, "worker.pending": 2, "worker.unacknowledged": 3} {
		if m, _ := figureOf(got, name); m.Value != want {
			t.Errorf("got %+v, want %g", m, want)
		}
	}
	expectVerdict(t, check(t, c, 10*time.Second), probes.Failed, probes.NoConsumer, "nobody listens")
	listening, err := worker.Consume(func(m jetstream.Msg) { m.Ack() })
	if err != nil {
		t.Fatal(err)
	}
	defer listening.Stop()
	until(t, "somebody who listens", func() bool { return check(t, c, 10*time.Second).Reason != probes.NoConsumer })
}

func TestNATSAccess(t *testing.T) {
	plain := natsServer(t, nil)
	bare := natsServer(t, func(o *server.Options) { o.JetStream = false })
	strict := natsServer(t, func(o *server.Options) {
		o.Users = []*server.User{
			{Username: "candor", Password: "hunter2"},
			{Username: "reader", Password: "hunter2", Permissions: &server.Permissions{Publish: &server.SubjectPermission{Allow: []string{"other"}}}},
		}
	})
	stream(t, plain, jetstream.StreamConfig{}, 0)
	noLeak(t)
	in := func(s *server.Server, user string) string {
		return strings.Replace(s.ClientURL(), "//", "//"+user+"@", 1)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := free.Addr().String()
	free.Close()
	for _, c := range []struct {
		name     string
		settings NATS
		outcome  probes.Outcome
		reason   probes.Reason
		tell     string
	}{
		{"nothing but the connection", NATS{URL: plain.ClientURL()}, probes.OK, "", ""},
		{"a message round", NATS{URL: plain.ClientURL(), Canary: "candor.canary"}, probes.OK, "", ""},
		{"user and password", NATS{URL: strict.ClientURL(), User: "candor", Password: "hunter2", Canary: "candor.canary"}, probes.OK, "", ""},
		{"user and password in the URL", NATS{URL: in(strict, "candor:hunter2")}, probes.OK, "", ""},
		{"a wrong password", NATS{URL: in(strict, "candor:hunter22")}, probes.Failed, probes.AuthFailed, "did not accept our credentials"},
		{"no password", NATS{URL: strict.ClientURL()}, probes.Failed, probes.AuthFailed, "did not accept our credentials"},
		{"a subject that is not allowed", NATS{URL: in(strict, "reader:hunter2"), Canary: "candor.canary"}, probes.Failed, probes.AuthFailed,
			`permissions violation: Permissions Violation for Publish to "candor.canary"`},
		{"no JetStream", NATS{URL: bare.ClientURL(), Stream: "CAMPAIGNS"}, probes.Failed, probes.Unexpected, "JetStream is not enabled there"},
		{"no TLS", NATS{URL: strings.Replace(plain.ClientURL(), "nats:", "tls:", 1)}, probes.Failed, probes.Unexpected, "the server offers no TLS"},
		{"refused", NATS{URL: "nats://" + nobody}, probes.Failed, probes.Refused, "connection to " + nobody + " refused"},
		{"no such name", NATS{URL: "nats://queue.invalid"}, probes.Failed, probes.Unreachable, "the name queue.invalid"},
		{"mute", NATS{URL: "nats://" + mute(t)}, probes.Failed, probes.TimedOut, "connected, but no answer at connect within the time limit"},
		{"no NATS", NATS{URL: "nats://" + says(t, "SSH-2.0-OpenSSH_9.2\r\n", 1)}, probes.Failed, probes.Unexpected, "connect: "},
		{"no end", NATS{URL: "nats://" + says(t, strings.Repeat("x", 1<<16), 1e6)}, probes.Failed, probes.TooLarge, "more than 4194304 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			expectVerdict(t, check(t, checker(t, &c.settings), unanswered), c.outcome, c.reason, c.tell)
		})
	}
}

// trap stands between a check and the server, and acts when the client says a word.
func trap(t *testing.T, target, word string, act func(client, server net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	var open []net.Conn
	wg.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", target)
			if err != nil {
				client.Close()
				return
			}
			mu.Lock()
			open = append(open, client, server)
			mu.Unlock()
			wg.Go(func() { forward(client, server, nil) })
			wg.Go(func() {
				forward(server, client, func(chunk []byte) bool { return bytes.Contains(chunk, []byte(word)) })
				act(client, server)
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		mu.Lock()
		for _, c := range open {
			c.Close()
		}
		mu.Unlock()
		wg.Wait()
	})
	return l.Addr().String()
}

// forward copies until the connection ends or a chunk says stop.
func forward(to, from net.Conn, stop func([]byte) bool) {
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if err != nil || stop != nil && stop(buf[:n]) {
			return
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

func TestNATSHalfOpen(t *testing.T) {
	s := natsServer(t, nil)
	stream(t, s, jetstream.StreamConfig{}, 0)
	for word, stage := range map[string]string{
		"CONNECT {":               "connect",
		"$JS.API.STREAM.INFO":     "stream",
		"$JS.API.CONSUMER.INFO":   "consumers",
		"campaigns.canary":        "publish",
		"$JS.API.STREAM.MSG.DELE": "remove",
	} {
		settings := NATS{Stream: "CAMPAIGNS", Consumers: []NATSConsumer{{Name: "worker"}}, Canary: "campaigns.canary"}
		t.Run("silent at "+stage, func(t *testing.T) {
			noLeak(t)
			settings.URL = "nats://" + trap(t, s.Addr().String(), word, func(_, _ net.Conn) {})
			expectVerdict(t, check(t, checker(t, &settings), unanswered), probes.Failed, probes.TimedOut,
				fmt.Sprintf("connected, but no answer at %s within the time limit", stage))
		})
		t.Run("cut at "+stage, func(t *testing.T) {
			noLeak(t)
			settings.URL = "nats://" + trap(t, s.Addr().String(), word, func(client, server net.Conn) {
				client.Close()
				server.Close()
			})
			began := time.Now()
			expectVerdict(t, check(t, checker(t, &settings), 20*time.Second), probes.Failed, probes.Unexpected, stage+": the connection was ")
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("the end of the connection was noticed after %s", took)
			}
		})
	}
}
