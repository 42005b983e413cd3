package kinds

import (
	"fmt"
	"sync"
	"time"

	"candor/probes"
)

// queueSample is what is known of a queue at one moment; what could not be read is nil.
type queueSample struct {
	at             time.Time
	fresh          bool   // counted now; otherwise up to 5 s old
	missing        string // says that there is no such queue
	ready          *float64
	unacknowledged *float64
	consumers      *float64
}

// merge takes AMQP's fresh counts before those of the management API; ok is false when neither told.
func merge(overAMQP, overHTTP map[string]queueSample, queue string) (s queueSample, ok bool) {
	s, ok = overAMQP[queue]
	other, also := overHTTP[queue]
	if !ok {
		return other, also
	}
	s.unacknowledged = other.unacknowledged
	return s, true
}

// growth remembers each queue's last count, to tell how fast it grows. A restart forgets it harmlessly.
type growth struct {
	mu   sync.Mutex
	last map[string]queueSample
}

// Counts closer together say nothing: the management API repeats a count for up to 5 s.
const (
	freshGap = time.Second
	staleGap = 5 * time.Second
)

// rate returns messages per second since the last count; ok is false when there is none to compare with.
func (g *growth) rate(queue string, s queueSample) (perSecond float64, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	last, known := g.last[queue]
	if !known || last.fresh != s.fresh {
		g.last[queue] = s
		return 0, false
	}
	gap, elapsed := freshGap, s.at.Sub(last.at)
	if !s.fresh {
		gap = staleGap
	}
	if elapsed < gap {
		return 0, false
	}
	g.last[queue] = s
	return (*s.ready - *last.ready) / elapsed.Seconds(), true
}

// judge compares a queue with its limits and measures it.
func (g *growth) judge(q RabbitMQQueue, s queueSample, found *findings) []probes.Measurement {
	if s.missing != "" {
		found.add(probes.Failed, probes.Unexpected, s.missing)
		return nil
	}
	var measured []probes.Measurement
	measure := func(name string, value float64, unit string, limit float64) {
		measured = append(measured, probes.Measurement{Name: q.Name + "." + name, Value: value, Unit: unit, Limit: limit})
	}
	if s.ready != nil {
		judgeReady(q, *s.ready, found)
		measure("ready", *s.ready, "messages", float64(q.MaxReady))
		if rate, ok := g.rate(q.Name, s); ok {
			if q.MaxGrowth > 0 && rate > q.MaxGrowth {
				found.add(probes.Degraded, probes.Backlog,
					fmt.Sprintf("queue %s grows by %.1f messages per second; at most %g expected", q.Name, rate, q.MaxGrowth))
			}
			measure("growth", rate, "messages/s", q.MaxGrowth)
		}
	}
	if s.unacknowledged != nil {
		if q.MaxUnacknowledged > 0 && *s.unacknowledged > float64(q.MaxUnacknowledged) {
			found.add(probes.Degraded, probes.Backlog,
				fmt.Sprintf("queue %s has %.0f unacknowledged messages; at most %d expected", q.Name, *s.unacknowledged, q.MaxUnacknowledged))
		}
		measure("unacknowledged", *s.unacknowledged, "messages", float64(q.MaxUnacknowledged))
	}
	if s.consumers != nil {
		if *s.consumers < float64(q.MinConsumers) {
			found.add(probes.Failed, probes.NoConsumer,
				fmt.Sprintf("queue %s has %.0f consumers; at least %d expected", q.Name, *s.consumers, q.MinConsumers))
		}
		measure("consumers", *s.consumers, "consumers", float64(q.MinConsumers))
	}
	return measured
}

func judgeReady(q RabbitMQQueue, ready float64, found *findings) {
	outcome, limit := probes.Failed, q.MaxReady
	if limit == 0 || ready <= float64(limit) {
		outcome, limit = probes.Degraded, q.WarnReady
	}
	if limit > 0 && ready > float64(limit) {
		found.add(outcome, probes.Backlog,
			fmt.Sprintf("queue %s has %.0f messages waiting; at most %d expected", q.Name, ready, limit))
	}
}
