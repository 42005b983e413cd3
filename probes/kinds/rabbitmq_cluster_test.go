package kinds

import (
	"strings"
	"testing"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"

	"candor/probes"
	"candor/probes/probetest"
)

// channel opens a connection for one test; the test may close it earlier.
func channel(t *testing.T, b *probetest.Broker) (*amqp.Connection, *amqp.Channel) {
	t.Helper()
	conn, err := amqp.Dial(b.AMQP())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.CloseDeadline(time.Now().Add(time.Second)) })
	ch, err := conn.Channel()
	if err != nil {
		t.Fatal(err)
	}
	return conn, ch
}

func TestRabbitMQCluster(t *testing.T) {
	b := broker(t)
	other := b.Join(t, "collect_statistics_interval = 1000")
	_, ch := channel(t, b)
	if _, err := ch.QueueDeclare("orders", true, false, false, false, amqp.Table{"x-queue-type": "quorum"}); err != nil {
		t.Fatal(err)
	}
	c := checker(t, &RabbitMQ{Nodes: []RabbitMQNode{{URL: b.AMQP(), Management: b.Management()}, {URL: other.AMQP(), Management: other.Management()}},
		Queues: []RabbitMQQueue{{Name: "orders"}}})
	var r probes.Result
	until(t, "the figures of both nodes", func() bool {
		r = check(t, c, 20*time.Second)
		_, one := figureOf(r, b.Node()+".memory_used")
		_, two := figureOf(r, other.Node()+".memory_used")
		return one && two
	})
	expectVerdict(t, r, probes.OK, "")
	expectSteps(t, r, b.AMQPAddr()+" AMQP consume", other.AMQPAddr()+" AMQP consume")

	other.Kill()
	gone := "node " + other.AMQPAddr() + ": AMQP: connection to " + other.AMQPAddr() + " refused"
	only := checker(t, &RabbitMQ{Nodes: []RabbitMQNode{{URL: b.AMQP()}, {URL: other.AMQP()}}})
	expectVerdict(t, check(t, only, 20*time.Second), probes.Degraded, probes.Refused, gone)
	until(t, "the lost majority", func() bool {
		r = check(t, c, 20*time.Second)
		return strings.Contains(r.Detail, "queue orders has lost its majority: 1 of 2 members are online, "+other.Node()+" is not")
	})
	expectVerdict(t, r, probes.Failed, probes.Unexpected, gone, "node "+other.Node()+" does not run")
	none := checker(t, &RabbitMQ{Nodes: []RabbitMQNode{{URL: "amqp://" + nobody(t)}, {URL: other.AMQP()}}})
	expectVerdict(t, check(t, none, 20*time.Second), probes.Failed, probes.Refused, gone)

	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "the cluster's health", func() bool { return check(t, c, 20*time.Second).Outcome == probes.OK })
	if _, err := ch.QueueDelete("orders", false, false, false); err != nil {
		t.Error(err)
	}
}

func expectSteps(t *testing.T, r probes.Result, names ...string) {
	t.Helper()
	var all []string
	for _, s := range r.Steps {
		all = append(all, s.Name)
	}
	for _, name := range names {
		if got := strings.Join(all, ", "); !strings.Contains(got, name) {
			t.Errorf("got steps %s; want also %s", got, name)
		}
	}
}

func TestRabbitMQDeadLetters(t *testing.T) {
	b := broker(t)
	noLeak(t)
	queue(t, b, "dead", 0)
	for name, settings := range map[string]RabbitMQ{"AMQP": {URL: b.AMQP()}, "management": {Management: b.Management()}} {
		t.Run(name, func(t *testing.T) {
			with := func(most int) probes.Checker {
				settings.DeadLetter = []RabbitMQDeadLetter{{Name: "dead", MaxReady: most}}
				return checker(t, &settings)
			}
			if err := b.Purge("dead"); err != nil {
				t.Fatal(err)
			}
			until(t, "an empty queue", func() bool { return check(t, with(0), 10*time.Second).Outcome == probes.OK })
			put(t, b, "dead", 3)
			until(t, "the messages", func() bool {
				return strings.Contains(check(t, with(0), 10*time.Second).Detail, "dead-letter queue dead has 3 messages; at most 0 expected")
			})
			expectVerdict(t, check(t, with(3), 10*time.Second), probes.Degraded, probes.Backlog)
			expectVerdict(t, check(t, with(2), 10*time.Second), probes.Failed, probes.Backlog, "dead-letter queue dead has 3 messages; at most 2 expected")
		})
	}
	missing := checker(t, &RabbitMQ{URL: b.AMQP(), DeadLetter: []RabbitMQDeadLetter{{Name: "nowhere"}}})
	expectVerdict(t, check(t, missing, 10*time.Second), probes.Failed, probes.Unexpected, "queue nowhere does not exist")
}

func TestRabbitMQConsumerThatDies(t *testing.T) {
	b := broker(t)
	queue(t, b, "campaigns", 0)
	conn, ch := channel(t, b)
	if _, err := ch.Consume("campaigns", "", false, false, false, false, nil); err != nil {
		t.Fatal(err)
	}
	c := checker(t, &RabbitMQ{URL: b.AMQP(), Management: b.Management(), Queues: []RabbitMQQueue{{Name: "campaigns", MinConsumers: 1}}})
	expectVerdict(t, check(t, c, 10*time.Second), probes.OK, "")
	conn.CloseDeadline(time.Now()) // without a goodbye
	until(t, "the missing consumer", func() bool { return check(t, c, 10*time.Second).Reason == probes.NoConsumer })
}

func TestRabbitMQAge(t *testing.T) {
	b := broker(t)
	queue(t, b, "campaigns", 0)
	put(t, b, "campaigns", 1)
	with := func(warn, most time.Duration) probes.Checker {
		return checker(t, &RabbitMQ{URL: b.AMQP(), Management: b.Management(), Queues: []RabbitMQQueue{{Name: "campaigns", WarnAge: warn, MaxAge: most}}})
	}
	young := with(time.Minute, 0)
	until(t, "the queue's figures", func() bool {
		_, known := figureOf(check(t, young, 10*time.Second), "campaigns.unacknowledged")
		return known
	})
	r := check(t, young, 10*time.Second) // its message tells no time
	if m, known := figureOf(r, "campaigns.age"); known || r.Outcome != probes.OK {
		t.Errorf("got %+v and %s: %s", m, r.Outcome, r.Detail)
	}
	if err := b.Purge("campaigns"); err != nil {
		t.Fatal(err)
	}
	_, ch := channel(t, b)
	if err := ch.PublishWithContext(t.Context(), "", "campaigns", false, false,
		amqp.Publishing{Timestamp: time.Now().Add(-time.Hour), DeliveryMode: amqp.Persistent, Body: []byte("old")}); err != nil {
		t.Fatal(err)
	}
	until(t, "the age", func() bool { return check(t, young, 10*time.Second).Outcome == probes.Degraded })
	r = check(t, with(time.Minute, 30*time.Minute), 10*time.Second)
	expectVerdict(t, r, probes.Failed, probes.Backlog, "the oldest message of queue campaigns has waited for 1h0m", "at most 30m0s expected")
	if m, _ := figureOf(r, "campaigns.age"); m.Value < 3600 || m.Value > 3700 || m.Unit != "s" || m.Limit != 1800 {
		t.Errorf("got %+v", m)
	}
}
