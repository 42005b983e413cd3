package kinds

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"

	"candor/probes"
	"candor/probes/probetest"
)

var (
	startBroker = sync.OnceValues(func() (*probetest.Broker, error) {
		return probetest.StartRabbitMQ("", "collect_statistics_interval = 1000")
	})
	brokerUsed bool
)

func TestMain(m *testing.M) {
	code := m.Run()
	if brokerUsed {
		if b, err := startBroker(); err == nil {
			b.Stop()
		}
	}
	os.Exit(code)
}

// broker returns the RabbitMQ that the tests of this package share; it starts with the first that needs it.
func broker(t *testing.T) *probetest.Broker {
	t.Helper()
	brokerUsed = true
	b, err := startBroker()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func checker(t *testing.T, s Settings) probes.Checker {
	t.Helper()
	c, err := s.Checker()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func check(t *testing.T, c probes.Checker, timeout time.Duration) probes.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	began := time.Now()
	result := c.Check(ctx)
	if took := time.Since(began); took > timeout+500*time.Millisecond {
		t.Errorf("the check took %s of %s", took, timeout)
	}
	if strings.Contains(result.Detail, "guest") || strings.Contains(result.Detail, "hunter2") {
		t.Errorf("detail tells a password: %s", result.Detail)
	}
	return result
}

func expectVerdict(t *testing.T, r probes.Result, outcome probes.Outcome, reason probes.Reason, details ...string) {
	t.Helper()
	if r.Outcome != outcome || r.Reason != reason {
		t.Errorf("got %s, %q: %s; want %s, %q", r.Outcome, r.Reason, r.Detail, outcome, reason)
	}
	for _, d := range details {
		if !strings.Contains(r.Detail, d) {
			t.Errorf("got detail %q; want it to tell %q", r.Detail, d)
		}
	}
}

func figureOf(r probes.Result, name string) (probes.Measurement, bool) {
	for _, m := range r.Measurements {
		if m.Name == name {
			return m, true
		}
	}
	return probes.Measurement{}, false
}

// until repeats a look until it is good, at most for a minute.
func until(t *testing.T, what string, good func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !good(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not come in a minute", what)
		}
	}
}

// settle waits until the management API has forgotten an earlier limit, which it repeats for a while.
func settle(t *testing.T, b *probetest.Broker) {
	t.Helper()
	uptime := func() int {
		resp, err := http.Get(b.Management() + "/api/nodes?columns=uptime")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var nodes []struct{ Uptime int }
		if err := json.NewDecoder(resp.Body).Decode(&nodes); err != nil || len(nodes) != 1 {
			t.Fatal(err, nodes)
		}
		http.DefaultClient.CloseIdleConnections()
		return nodes[0].Uptime
	}
	for range 2 { // the first may have been on its way
		before := uptime()
		until(t, "new figures", func() bool { return uptime() != before })
	}
}

// noLeak fails the test when goroutines stay behind.
func noLeak(t *testing.T) {
	t.Helper()
	before, _ := goroutines()
	t.Cleanup(func() {
		deadline := time.Now().Add(5 * time.Second)
		for now, stacks := goroutines(); now > before; now, stacks = goroutines() {
			if time.Now().After(deadline) {
				t.Fatalf("%d goroutines, %d before:\n%s", now, before, stacks)
			}
			<-time.After(10 * time.Millisecond)
		}
	})
}

// goroutines counts them, without those that serve a connection to a fake server of this package: a stranger may
// have taken its port for another program's.
func goroutines() (int, string) {
	stacks := make([]byte, 4<<20)
	text := string(stacks[:runtime.Stack(stacks, true)])
	n := 0
	for g := range strings.SplitSeq(text, "\n\n") {
		if !strings.Contains(g, "kinds.says.func1.1") {
			n++
		}
	}
	return n, text
}

// queue makes a queue for one test and removes it afterwards.
func queue(t *testing.T, b *probetest.Broker, name string, messages int) {
	t.Helper()
	if err := b.Declare(name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Delete(name); err != nil {
			t.Error(err)
		}
	})
	put(t, b, name, messages)
}

func put(t *testing.T, b *probetest.Broker, name string, messages int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := b.Publish(ctx, name, messages, 100); err != nil {
		t.Fatal(err)
	}
}

func TestRabbitMQHealthy(t *testing.T) {
	b := broker(t)
	noLeak(t)
	queue(t, b, "campaigns", 7)
	c := checker(t, &RabbitMQ{URL: b.AMQP(), Management: b.Management(),
		Queues: []RabbitMQQueue{{Name: "campaigns", MaxReady: 7, WarnReady: 0, MaxUnacknowledged: 1, MaxGrowth: 1}}})
	expectVerdict(t, check(t, c, 10*time.Second), probes.OK, "")
	var r probes.Result
	until(t, "the node's figures", func() bool { // absent right after the start
		r = check(t, c, 10*time.Second)
		_, memory := figureOf(r, "memory_used")
		_, disk := figureOf(r, "disk_free")
		_, growth := figureOf(r, "campaigns.growth")
		return memory && disk && growth
	})
	expectVerdict(t, r, probes.OK, "")
	for name, want := range map[string]probes.Measurement{
		"campaigns.ready":     {Name: "campaigns.ready", Value: 7, Unit: "messages", Limit: 7},
		"campaigns.consumers": {Name: "campaigns.consumers", Unit: "consumers", Floor: true},
		"campaigns.growth":    {Name: "campaigns.growth", Unit: "messages/s", Limit: 1},
	} {
		if got, _ := figureOf(r, name); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	for _, name := range []string{"memory_used", "disk_free"} {
		if m, _ := figureOf(r, name); m.Value < 1e6 || m.Limit < 1e6 || m.Unit != "bytes" {
			t.Errorf("got %+v", m)
		}
	}
	var steps []string
	for _, s := range r.Steps {
		steps = append(steps, s.Name)
	}
	want := "AMQP connect, AMQP sign in, AMQP channel, AMQP queues, AMQP declare, AMQP publish, AMQP consume, management"
	if got := strings.Join(steps, ", "); got != want {
		t.Errorf("got steps %s; want %s", got, want)
	}
}

func TestRabbitMQWithOneWayOnly(t *testing.T) {
	b := broker(t)
	queue(t, b, "campaigns", 3)
	queues := []RabbitMQQueue{{Name: "campaigns", MaxReady: 2}}
	without := false
	for name, settings := range map[string]*RabbitMQ{
		"AMQP":                  {URL: b.AMQP(), Queues: queues},
		"AMQP without a canary": {URL: b.AMQP(), Queues: queues, Canary: &without},
		"management":            {Management: b.Management(), Queues: queues},
	} {
		t.Run(name, func(t *testing.T) {
			noLeak(t)
			c := checker(t, settings)
			until(t, "the backlog", func() bool { return check(t, c, 10*time.Second).Reason == probes.Backlog })
		})
	}
}

func TestRabbitMQQueues(t *testing.T) {
	b := broker(t)
	noLeak(t)
	queue(t, b, "campaigns", 20)
	for _, c := range []struct {
		name    string
		queue   RabbitMQQueue
		outcome probes.Outcome
		reason  probes.Reason
		detail  string
	}{
		{"at its limit", RabbitMQQueue{Name: "campaigns", MaxReady: 20}, probes.OK, "", ""},
		{"over its limit", RabbitMQQueue{Name: "campaigns", MaxReady: 19}, probes.Failed, probes.Backlog,
			"queue campaigns has 20 messages waiting; at most 19 expected"},
		{"over its first limit", RabbitMQQueue{Name: "campaigns", MaxReady: 100, WarnReady: 10}, probes.Degraded, probes.Backlog,
			"queue campaigns has 20 messages waiting; at most 10 expected"},
		{"without a consumer", RabbitMQQueue{Name: "campaigns", MinConsumers: 1}, probes.Failed, probes.NoConsumer,
			"queue campaigns has 0 consumers; at least 1 expected"},
		{"without a consumer and over its limit", RabbitMQQueue{Name: "campaigns", MinConsumers: 1, MaxReady: 5}, probes.Failed,
			probes.NoConsumer, "at least 1 expected; queue campaigns has 20 messages waiting"},
		{"that is not there", RabbitMQQueue{Name: "a/b %2F?", MaxReady: 1}, probes.Failed, probes.Unexpected,
			"queue a/b %2F? does not exist"},
	} {
		t.Run(c.name, func(t *testing.T) {
			over := map[string]*RabbitMQ{
				"AMQP": {URL: b.AMQP(), Queues: []RabbitMQQueue{c.queue}},
				"both": {URL: b.AMQP(), Management: b.Management(), Queues: []RabbitMQQueue{c.queue}},
			}
			for _, settings := range over {
				expectVerdict(t, check(t, checker(t, settings), 10*time.Second), c.outcome, c.reason, c.detail)
			}
			until(t, "the same over the management", func() bool { // its counts are up to 5 s old
				r := check(t, checker(t, &RabbitMQ{Management: b.Management(), Queues: []RabbitMQQueue{c.queue}}), 10*time.Second)
				return r.Outcome == c.outcome && r.Reason == c.reason && strings.Contains(r.Detail, c.detail)
			})
		})
	}
}

func TestRabbitMQUnacknowledgedAndConsumers(t *testing.T) {
	b := broker(t)
	queue(t, b, "campaigns", 5)
	conn, err := amqp.Dial(b.AMQP())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	ch, err := conn.Channel()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ch.Consume("campaigns", "", false, false, false, false, nil); err != nil {
		t.Fatal(err)
	}
	c := checker(t, &RabbitMQ{URL: b.AMQP(), Management: b.Management(),
		Queues: []RabbitMQQueue{{Name: "campaigns", MinConsumers: 1, MaxUnacknowledged: 4}}})
	until(t, "the unacknowledged messages", func() bool { return check(t, c, 10*time.Second).Outcome == probes.Degraded })
	r := check(t, c, 10*time.Second)
	expectVerdict(t, r, probes.Degraded, probes.Backlog, "queue campaigns has 5 unacknowledged messages; at most 4 expected")
	if m, _ := figureOf(r, "campaigns.consumers"); m.Value != 1 {
		t.Errorf("got %+v, want 1 consumer", m)
	}
}

func TestRabbitMQGrowth(t *testing.T) {
	b := broker(t)
	queue(t, b, "campaigns", 1)
	c := checker(t, &RabbitMQ{URL: b.AMQP(), Queues: []RabbitMQQueue{{Name: "campaigns", MaxGrowth: 2}}})
	r := check(t, c, 10*time.Second)
	expectVerdict(t, r, probes.OK, "")
	if m, ok := figureOf(r, "campaigns.growth"); ok {
		t.Errorf("got %+v from the first run", m)
	}
	put(t, b, "campaigns", 500)
	until(t, "the growth", func() bool {
		r = check(t, c, 10*time.Second)
		_, ok := figureOf(r, "campaigns.growth")
		return ok
	})
	expectVerdict(t, r, probes.Degraded, probes.Backlog, "queue campaigns grows by ", "at most 2 expected")
}

func TestRabbitMQNearLimit(t *testing.T) {
	b := broker(t)
	c := checker(t, &RabbitMQ{Management: b.Management(), Memory: 0.0001, Disk: 1e9})
	until(t, "the node's figures", func() bool { return check(t, c, 10*time.Second).Outcome == probes.Degraded })
	expectVerdict(t, check(t, c, 10*time.Second), probes.Degraded, probes.NearLimit, "of memory; from", "of disk free; below 50 MB")
}
