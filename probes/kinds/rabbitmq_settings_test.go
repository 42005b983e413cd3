package kinds

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"io"
	"math"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/probes"
)

func TestBrokerSettings(t *testing.T) {
	const amqpURL, webURL = "amqp://u:hunter2@broker:5672/v", "http://u:hunter2@broker:15672"
	queues := func(q ...RabbitMQQueue) *RabbitMQ {
		return &RabbitMQ{URL: amqpURL, Management: webURL, Vhost: "v", Queues: q}
	}
	dead := func(d ...RabbitMQDeadLetter) *RabbitMQ { return &RabbitMQ{URL: amqpURL, DeadLetter: d} }
	nodes := func(n ...RabbitMQNode) *RabbitMQ { return &RabbitMQ{Nodes: n} }
	consumers := func(c ...NATSConsumer) *NATS { return &NATS{URL: "nats://queue", Stream: "S", Consumers: c} }
	for _, c := range []struct {
		settings Settings
		path     string // of the wrong field; empty when all is right
	}{
		{&RabbitMQ{URL: amqpURL}, ""},
		{&RabbitMQ{Management: webURL}, ""},
		{&RabbitMQ{URL: "amqps://broker", Management: "https://broker/rabbit", Memory: 1, Disk: 1}, ""},
		{&RabbitMQ{}, "url"},
		{&RabbitMQ{URL: "http://u:hunter2@broker"}, "url"},
		{&RabbitMQ{URL: "amqp://u:hunter2@:5672"}, "url"},
		{&RabbitMQ{URL: "amqp://u:hunter2@broker:99999"}, "url"},
		{&RabbitMQ{URL: "amqp://u:hunter2#@broker:5672"}, "url"},
		{&RabbitMQ{URL: "amqp://u:hun ter2@broker"}, "url"},
		{&RabbitMQ{URL: "amqp://u:hunter2@broker/%zz"}, "url"},
		{&RabbitMQ{URL: amqpURL, Vhost: "other"}, "url"},
		{&RabbitMQ{Management: "amqp://u:hunter2@broker"}, "management"},
		{&RabbitMQ{Management: "http://"}, "management"},
		{&RabbitMQ{Management: "http://broker:15672"}, "management"},
		{&RabbitMQ{Management: webURL, Memory: 1.1}, "memory"},
		{&RabbitMQ{Management: webURL, Memory: math.NaN()}, "memory"},
		{&RabbitMQ{Management: webURL, Disk: 0.5}, "disk"},
		{&RabbitMQ{URL: amqpURL, Memory: 0.5}, "management"},
		{&RabbitMQ{URL: amqpURL, TLS: ClientTLS{CAFile: "/nowhere.pem"}}, "tls.ca_file"},
		{queues(RabbitMQQueue{Name: "a", MaxReady: 2, WarnReady: 1, MaxUnacknowledged: 1, MaxGrowth: 0.5, MinConsumers: 1}, RabbitMQQueue{Name: "b", WarnReady: 1}), ""},
		{queues(RabbitMQQueue{}), "queues[0].name"},
		{queues(RabbitMQQueue{Name: strings.Repeat("a", 256)}), "queues[0].name"},
		{queues(RabbitMQQueue{Name: "a"}, RabbitMQQueue{Name: "a"}), "queues[1].name"},
		{queues(RabbitMQQueue{Name: "a", MaxReady: -1}), "queues[0].max_ready"},
		{queues(RabbitMQQueue{Name: "a", MaxReady: 5, WarnReady: 5}), "queues[0].warn_ready"},
		{queues(RabbitMQQueue{Name: "a", MaxUnacknowledged: -1}), "queues[0].max_unacknowledged"},
		{&RabbitMQ{URL: amqpURL, Queues: []RabbitMQQueue{{Name: "a", MaxUnacknowledged: 1}}}, "queues[0].max_unacknowledged"},
		{queues(RabbitMQQueue{Name: "a", MaxGrowth: math.NaN()}), "queues[0].max_growth"},
		{queues(RabbitMQQueue{Name: "a", MinConsumers: -1}), "queues[0].min_consumers"},
		{queues(make([]RabbitMQQueue, 21)...), "queues"},

		{queues(RabbitMQQueue{Name: "a", MaxAge: 2, WarnAge: 1}), ""},
		{queues(RabbitMQQueue{Name: "a", MaxAge: -1}), "queues[0].max_age"},
		{queues(RabbitMQQueue{Name: "a", MaxAge: 1, WarnAge: 1}), "queues[0].warn_age"},
		{&RabbitMQ{URL: amqpURL, Queues: []RabbitMQQueue{{Name: "a", WarnAge: 1}}}, "queues[0].max_age"},
		{dead(RabbitMQDeadLetter{Name: "a", MaxReady: 1}, RabbitMQDeadLetter{Name: "b"}), ""},
		{dead(RabbitMQDeadLetter{}), "dead_letter[0].name"},
		{dead(RabbitMQDeadLetter{Name: "a"}, RabbitMQDeadLetter{Name: "a"}), "dead_letter[1].name"},
		{dead(RabbitMQDeadLetter{Name: "a", MaxReady: -1}), "dead_letter[0].max_ready"},
		{dead(make([]RabbitMQDeadLetter, 21)...), "queues"},
		{nodes(RabbitMQNode{URL: amqpURL, Management: webURL}, RabbitMQNode{URL: "amqp://other/v"}), ""},
		{nodes(RabbitMQNode{Management: webURL}, RabbitMQNode{}), "nodes[1].url"},
		{nodes(RabbitMQNode{URL: amqpURL}, RabbitMQNode{URL: "amqp://other/w"}), "nodes[1].url"},
		{nodes(RabbitMQNode{URL: amqpURL}, RabbitMQNode{Management: "http://broker:15672"}), "nodes[1].management"},
		{nodes(make([]RabbitMQNode, 10)...), "nodes"},
		{&RabbitMQ{URL: amqpURL, Nodes: []RabbitMQNode{{URL: amqpURL}}}, "nodes"},

		{&NATS{URL: "nats://queue"}, ""},
		{&NATS{URL: "tls://u:hunter2@queue:4222", Canary: "candor.canary"}, ""},
		{&NATS{}, "url"},
		{&NATS{URL: "http://u:hunter2@queue"}, "url"},
		{&NATS{URL: "nats://u:hunter2@queue", Token: "hunter2"}, "url"},
		{&NATS{URL: "nats://queue", User: "u", Token: "hunter2"}, "url"},
		{&NATS{URL: "nats://queue", Password: "hunter2"}, "user"},
		{&NATS{URL: "nats://queue", CredsFile: "/nowhere.creds"}, "creds_file"},
		{&NATS{URL: "nats://queue", TLS: ClientTLS{CAFile: "/nowhere.pem"}}, "tls.ca_file"},
		{&NATS{URL: "nats://queue", MaxMessages: 1}, "stream"},
		{&NATS{URL: "nats://queue", Stream: "A.>"}, "stream"},
		{&NATS{URL: "nats://queue", Stream: "A", MaxMessages: -1}, "max_messages"},
		{&NATS{URL: "nats://queue", Stream: "A", MaxMessages: 1, WarnMessages: 1}, "warn_messages"},
		{&NATS{URL: "nats://queue", Stream: "A", Storage: 1.5}, "storage"},
		{&NATS{URL: "nats://queue", Canary: "campaigns.>"}, "canary"},
		{&NATS{URL: "nats://queue", Canary: "$JS.API.INFO"}, "canary"},
		{consumers(NATSConsumer{Name: "worker", MaxPending: 2, WarnPending: 1}), ""},
		{consumers(NATSConsumer{}), "consumers[0].name"},
		{consumers(NATSConsumer{Name: "a"}, NATSConsumer{Name: "a"}), "consumers[1].name"},
		{consumers(NATSConsumer{Name: "a", MaxPending: -1}), "consumers[0].max_pending"},
		{consumers(NATSConsumer{Name: "a", MaxPending: 1, WarnPending: 2}), "consumers[0].warn_pending"},
		{consumers(NATSConsumer{Name: "a", MaxUnacknowledged: -1}), "consumers[0].max_unacknowledged"},
		{consumers(make([]NATSConsumer, 21)...), "consumers"},
	} {
		_, err := c.settings.Checker()
		var wrong *FieldError
		switch {
		case c.path == "" && err != nil:
			t.Errorf("%+v: %v", c.settings, err)
		case c.path == "":
		case !errors.As(err, &wrong) || wrong.Path != c.path:
			t.Errorf("%+v: got %v, want an error at %s", c.settings, err, c.path)
		case strings.Contains(err.Error(), "hunter2"):
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestGrowth(t *testing.T) {
	start := time.Now()
	at := func(seconds, ready float64, fresh bool) queueSample {
		return queueSample{at: start.Add(time.Duration(seconds * float64(time.Second))), ready: &ready, fresh: fresh}
	}
	const none = -1e9
	for _, c := range []struct {
		name    string
		samples []queueSample
		want    float64 // of the last sample
	}{
		{"the first run has nothing to compare with", []queueSample{at(0, 5, true)}, none},
		{"messages per second", []queueSample{at(0, 5, true), at(10, 105, true)}, 10},
		{"a queue that shrinks", []queueSample{at(0, 105, true), at(10, 5, true)}, -10},
		{"a recheck at once says nothing", []queueSample{at(0, 5, true), at(0.5, 100, true)}, none},
		{"and does not spoil the next run", []queueSample{at(0, 5, true), at(0.5, 100, true), at(10, 105, true)}, 10},
		{"a recheck after 2 s", []queueSample{at(0, 5, true), at(2, 105, true)}, 50},
		{"but not when counts are repeated for 5 s", []queueSample{at(0, 5, false), at(2, 105, false)}, none},
		{"repeated counts 10 s apart", []queueSample{at(0, 5, false), at(2, 105, false), at(10, 205, false)}, 20},
		{"counts of two kinds are not compared", []queueSample{at(0, 5, false), at(10, 105, true)}, none},
	} {
		g := growth{last: map[string]queueSample{}}
		got := float64(none)
		for _, s := range c.samples {
			rate, ok := g.rate("q", s)
			if got = rate; !ok {
				got = none
			}
		}
		if got != c.want {
			t.Errorf("%s: got %g, want %g", c.name, got, c.want)
		}
	}
}

func TestFindings(t *testing.T) {
	var f findings
	f.add(probes.Degraded, probes.NearLimit, "near")
	f.add(probes.Failed, probes.Backlog, "backlog")
	f.add(probes.Failed, probes.Internal, "no sockets left here")
	f.add(probes.Failed, probes.NoConsumer, "nobody")
	f.add(probes.Degraded, probes.Refused, "no management")
	f.add(probes.Failed, probes.Blocked, "alarm")
	f.add(probes.Failed, probes.Blocked, "alarm")
	var got probes.Result
	f.verdict(&got)
	if want := "alarm; nobody; backlog; no management; near; no sockets left here"; got.Outcome != probes.Failed || got.Reason != probes.Blocked || got.Detail != want {
		t.Errorf("got %+v, want %s", got, want)
	}
	f = nil
	f.add(probes.Failed, probes.Internal, "no sockets left here")
	if f.verdict(&got); got.Outcome != probes.Unknown || got.Reason != probes.Internal {
		t.Errorf("got %+v", got)
	}
}

// front puts TLS before an address, and returns its own address and a file with its authority.
func front(t *testing.T, target string) (address, caFile string) {
	t.Helper()
	web := httptest.NewTLSServer(nil) // for its certificate
	defer web.Close()
	caFile = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(caFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: web.TLS.Certificates})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial("tcp", target)
			if err != nil {
				client.Close()
				continue
			}
			wg.Go(func() {
				io.Copy(server, client)
				server.Close()
			})
			wg.Go(func() {
				io.Copy(client, server)
				client.Close()
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		wg.Wait()
	})
	return l.Addr().String(), caFile
}

func TestRabbitMQOverTLS(t *testing.T) {
	b := broker(t)
	noLeak(t)
	secureAMQP, ca := front(t, b.AMQPAddr())
	amqps := "amqps://guest:guest@" + secureAMQP
	secureWeb, webCA := front(t, strings.TrimPrefix(b.Management(), "http://guest:guest@"))
	https := "https://guest:guest@" + secureWeb
	for _, c := range []struct {
		name     string
		settings RabbitMQ
		outcome  probes.Outcome
		reason   probes.Reason
		tell     string
	}{
		{"AMQP", RabbitMQ{URL: amqps, TLS: ClientTLS{CAFile: ca}}, probes.OK, "", ""},
		{"AMQP with any certificate", RabbitMQ{URL: amqps, TLS: ClientTLS{InsecureSkipVerify: true}}, probes.OK, "", ""},
		{"AMQP with an unknown authority", RabbitMQ{URL: amqps}, probes.Failed, probes.Certificate, "AMQP TLS: the certificate is signed by an unknown authority"},
		{"AMQP with another name", RabbitMQ{URL: amqps, TLS: ClientTLS{CAFile: ca, ServerName: "rabbit.example.org"}}, probes.Failed, probes.Certificate,
			"AMQP TLS: the certificate is not for rabbit.example.org"},
		{"management", RabbitMQ{Management: https, TLS: ClientTLS{CAFile: webCA}}, probes.OK, "", ""},
		{"management with an unknown authority", RabbitMQ{Management: https}, probes.Failed, probes.Certificate, "management API: the certificate is signed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := check(t, checker(t, &c.settings), 10*time.Second)
			expectVerdict(t, r, c.outcome, c.reason, c.tell)
			if m, ok := figureOf(r, daysLeft); ok != (c.outcome == probes.OK) || ok && (m.Value < 1 || m.Unit != "days") {
				t.Errorf("got %+v of the certificate", m)
			}
		})
	}
}

// A queue that has only a limit from which on it is degraded comes near that one.
func TestRabbitMQQueueComesNearItsFirstLimit(t *testing.T) {
	ready, age := 3.0, 2.0
	for _, c := range []struct {
		queue      RabbitMQQueue
		ready, age float64 // limits
	}{
		{RabbitMQQueue{Name: "a", WarnReady: 5, WarnAge: time.Minute}, 5, 60},
		{RabbitMQQueue{Name: "a", WarnReady: 5, MaxReady: 9, WarnAge: time.Minute, MaxAge: time.Hour}, 9, 3600},
		{RabbitMQQueue{Name: "a"}, 0, 0},
	} {
		var found findings
		got := map[string]float64{}
		for _, m := range (&growth{last: map[string]queueSample{}}).judge(c.queue, queueSample{ready: &ready, age: &age}, &found) {
			got[m.Name] = m.Limit
		}
		if got["a.ready"] != c.ready || got["a.age"] != c.age {
			t.Errorf("%+v: limits %v, want %g and %g", c.queue, got, c.ready, c.age)
		}
	}
}
