package kinds

import (
	"cmp"
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
	age            *float64 // seconds, of the oldest message
}

// merge takes AMQP's fresh counts before those of the management API; ok is false when neither told.
func merge(overAMQP, overHTTP map[string]queueSample, queue string) (s queueSample, ok bool) {
	s, ok = overAMQP[queue]
	other, also := overHTTP[queue]
	if !ok {
		return other, also
	}
	s.unacknowledged, s.age = other.unacknowledged, other.age
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
		measure("ready", *s.ready, "messages", float64(cmp.Or(q.MaxReady, q.WarnReady)))
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
	if s.age != nil {
		judgeAge(q, *s.age, found)
		measure("age", *s.age, "s", cmp.Or(q.MaxAge, q.WarnAge).Seconds())
	}
	if s.consumers != nil {
		if *s.consumers < float64(q.MinConsumers) {
			found.add(probes.Failed, probes.NoConsumer,
				fmt.Sprintf("queue %s has %.0f consumers; at least %d expected", q.Name, *s.consumers, q.MinConsumers))
		}
		measured = append(measured, probes.Measurement{Name: q.Name + ".consumers", Value: *s.consumers, Unit: "consumers",
			Limit: float64(q.MinConsumers), Floor: true})
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

func judgeAge(q RabbitMQQueue, age float64, found *findings) {
	outcome, limit := probes.Failed, q.MaxAge
	if limit == 0 || age <= limit.Seconds() {
		outcome, limit = probes.Degraded, q.WarnAge
	}
	if limit > 0 && age > limit.Seconds() {
		found.add(outcome, probes.Backlog, fmt.Sprintf("the oldest message of queue %s has waited for %s; at most %s expected",
			q.Name, time.Duration(age)*time.Second, limit))
	}
}

// judge finds every message.
func (d RabbitMQDeadLetter) judge(s queueSample, found *findings) []probes.Measurement {
	if s.missing != "" {
		found.add(probes.Failed, probes.Unexpected, s.missing)
	}
	if s.ready == nil {
		return nil
	}
	outcome, most := probes.Degraded, 0
	if d.MaxReady > 0 && *s.ready > float64(d.MaxReady) {
		outcome, most = probes.Failed, d.MaxReady
	}
	if *s.ready > 0 {
		found.add(outcome, probes.Backlog, fmt.Sprintf("dead-letter queue %s has %.0f messages; at most %d expected", d.Name, *s.ready, most))
	}
	return []probes.Measurement{{Name: d.Name + ".ready", Value: *s.ready, Unit: "messages", Limit: float64(d.MaxReady)}}
}

// queueProblem is untyped so that no problem is a nil error; managed says that a management API is asked.
func (r *RabbitMQ) queueProblem(managed bool) error {
	if len(r.Queues)+len(r.DeadLetter) > maxQueues {
		return &FieldError{"queues", fmt.Sprintf("at most %d queues for a probe, with those under dead_letter", maxQueues)}
	}
	seen := map[string]bool{}
	for i, q := range r.Queues {
		if field, problem := q.problem(managed, seen); problem != "" {
			return &FieldError{fmt.Sprintf("queues[%d].%s", i, field), problem}
		}
		seen[q.Name] = true
	}
	for i, d := range r.DeadLetter {
		path := fmt.Sprintf("dead_letter[%d].", i)
		if problem := queueNameProblem(d.Name, seen); problem != "" {
			return &FieldError{path + "name", problem}
		}
		if d.MaxReady < 0 {
			return &FieldError{path + "max_ready", "a number of messages, 0 for no limit"}
		}
		seen[d.Name] = true
	}
	return nil
}

func queueNameProblem(name string, seen map[string]bool) string {
	switch {
	case name == "" || len(name) > 255: // a short string of AMQP
		return "name the queue, in at most 255 bytes"
	case seen[name]:
		return "this queue is named twice"
	}
	return ""
}

func (q RabbitMQQueue) problem(managed bool, seen map[string]bool) (field, problem string) {
	if problem := queueNameProblem(q.Name, seen); problem != "" {
		return "name", problem
	}
	switch {
	case q.MaxReady < 0:
		return "max_ready", "a number of messages, 0 for no limit"
	case q.WarnReady < 0 || q.MaxReady > 0 && q.WarnReady >= q.MaxReady:
		return "warn_ready", "a number of messages below max_ready, 0 for no limit"
	case q.MaxUnacknowledged < 0:
		return "max_unacknowledged", "a number of messages, 0 for no limit"
	case q.MaxUnacknowledged > 0 && !managed:
		return "max_unacknowledged", "only the management API knows this number; set management too"
	case !(q.MaxGrowth >= 0):
		return "max_growth", "messages per second, 0 for no limit"
	case q.MaxAge < 0:
		return "max_age", "a duration like 5m, 0 for no limit"
	case q.WarnAge < 0 || q.MaxAge > 0 && q.WarnAge >= q.MaxAge:
		return "warn_age", "a duration below max_age, 0 for no limit"
	case q.MaxAge+q.WarnAge > 0 && !managed:
		return "max_age", "only the management API knows the age; set management too"
	case q.MinConsumers < 0:
		return "min_consumers", "a number of consumers, 0 for no limit"
	}
	return "", ""
}

// queueNames are all queues that are looked at.
func (r *RabbitMQ) queueNames() []string {
	var names []string
	for _, q := range r.Queues {
		names = append(names, q.Name)
	}
	for _, d := range r.DeadLetter {
		names = append(names, d.Name)
	}
	return names
}
