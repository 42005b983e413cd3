package kinds

import (
	"context"
	"strings"
	"testing"
	"time"

	"candor/probes"
	"candor/probes/probetest"
)

func TestRabbitMQMemoryAlarm(t *testing.T) {
	b := broker(t)
	noLeak(t)
	queue(t, b, "filling", 0)
	t.Cleanup(func() { settle(t, b) })
	for name, settings := range map[string]*RabbitMQ{
		"over AMQP":            {URL: b.AMQP()},
		"over the management":  {Management: b.Management()},
		"over both":            {URL: b.AMQP(), Management: b.Management()},
		"of a queue's backlog": {URL: b.AMQP(), Management: b.Management(), Queues: []RabbitMQQueue{{Name: "filling", MaxReady: 10}}},
	} {
		t.Run(name, func(t *testing.T) {
			c := checker(t, settings)
			until(t, "a healthy broker", func() bool { return check(t, c, 10*time.Second).Outcome == probes.OK })
			if _, err := b.LimitMemoryAbove(16 << 20); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan error)
			go func() { done <- b.Publish(ctx, "filling", 1e6, 3500) }()
			var r probes.Result
			began := time.Now()
			until(t, "the alarm", func() bool {
				began = time.Now()
				r = check(t, c, 20*time.Second)
				return r.Reason == probes.Blocked
			})
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("the verdict took %s", took)
			}
			cancel()
			<-done
			expectVerdict(t, r, probes.Failed, probes.Blocked)
			if settings.URL != "" {
				until(t, "connection.blocked", func() bool {
					return strings.Contains(check(t, c, 20*time.Second).Detail, "holds back publishers: low on memory")
				})
			}
			if settings.Management != "" {
				until(t, "the alarm's place", func() bool {
					return strings.Contains(check(t, c, 20*time.Second).Detail, "memory alarm on candor")
				})
			}
			if len(settings.Queues) > 0 {
				until(t, "the cause", func() bool {
					r := check(t, c, 20*time.Second)
					return r.Reason == probes.Blocked && strings.Contains(r.Detail, "queue filling has ")
				})
			}
			if err := b.Purge("filling"); err != nil {
				t.Fatal(err)
			}
			until(t, "the end of the alarm", func() bool { return check(t, c, 20*time.Second).Reason != probes.Blocked })
			if err := b.SetMemoryLimit(0); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestRabbitMQDiskAlarm(t *testing.T) {
	b := broker(t)
	noLeak(t)
	c := checker(t, &RabbitMQ{URL: b.AMQP(), Management: b.Management()})
	if err := b.SetDiskLimit("9000GB"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.SetDiskLimit("50MB"); err != nil {
			t.Error(err)
		}
		settle(t, b)
		expectVerdict(t, check(t, c, 10*time.Second), probes.OK, "")
	})
	for range 20 {
		r := check(t, c, 10*time.Second)
		expectVerdict(t, r, probes.Failed, probes.Blocked, "holds back publishers: low on disk", "disk space alarm on candor")
	}
	until(t, "the end of the connections that the broker held back", func() bool { return connections(t, b) == 0 })
}

// connections counts those that are open, from the broker's own registry.
func connections(t *testing.T, b *probetest.Broker) int {
	t.Helper()
	n, err := b.Connections()
	if err != nil {
		t.Fatal(err)
	}
	return n
}
