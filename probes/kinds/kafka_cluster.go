package kinds

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	mrand "math/rand/v2"
	"net"
	"slices"
	"strings"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"candor/probes"
)

// secure begins TLS and notes the certificate; brokers are connected to at the same time.
func (r *kafkaRun) secure(raw net.Conn, config *tls.Config) (net.Conn, error) {
	conn := tls.Client(raw, config)
	err := conn.HandshakeContext(r.ctx)
	state := conn.ConnectionState()
	var seen talk
	seen.note(&state, err)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ends.earliest(seen.cert.cert)
	return conn, err
}

// topic judges a topic's partitions and returns those that have a leader.
func (r *kafkaRun) topic(topic kadm.TopicDetail) (alive []int32) {
	switch {
	case errors.Is(topic.Err, kerr.UnknownTopicOrPartition):
		r.found.add(probes.Failed, probes.Unexpected, fmt.Sprintf("topic %s does not exist", topic.Topic))
		return nil
	case topic.Err != nil:
		reason, text := r.explain(topic.Err)
		r.found.add(probes.Failed, reason, fmt.Sprintf("topic %s: %s", topic.Topic, text))
		return nil
	}
	var headless, short []int32
	for _, p := range topic.Partitions.Sorted() {
		if p.Leader < 0 {
			headless = append(headless, p.Partition)
			continue
		}
		alive = append(alive, p.Partition)
		if len(p.ISR) < len(p.Replicas) {
			short = append(short, p.Partition)
		}
	}
	all := len(topic.Partitions)
	r.measure(topic.Topic+".without_leader", float64(len(headless)), "partitions", 0)
	r.measure(topic.Topic+".under_replicated", float64(len(short)), "partitions", 0)
	if len(headless) > 0 {
		r.found.add(probes.Failed, probes.Unexpected, fmt.Sprintf("topic %s: %d of %d partitions have no leader: %s",
			topic.Topic, len(headless), all, someNumbers(headless)))
	}
	if len(short) > 0 {
		r.found.add(probes.Degraded, probes.Unexpected, fmt.Sprintf("topic %s: %d of %d partitions lack replicas in sync: %s",
			topic.Topic, len(short), all, someNumbers(short)))
	}
	return alive
}

// someNumbers lists at most ten.
func someNumbers(all []int32) string {
	var texts []string
	for _, n := range all[:min(len(all), 10)] {
		texts = append(texts, fmt.Sprint(n))
	}
	if len(all) > 10 {
		texts = append(texts, "…")
	}
	return strings.Join(texts, ", ")
}

// groups reads how far each group is behind.
func (r *kafkaRun) groups(admin *kadm.Client) error {
	var names []string
	for _, g := range r.Groups {
		if !slices.Contains(names, g.Name) {
			names = append(names, g.Name)
		}
	}
	lags, err := admin.Lag(r.ctx, names...)
	if err != nil {
		return err
	}
	for _, g := range r.Groups {
		r.group(g, lags[g.Name])
	}
	return nil
}

func (r *kafkaRun) group(g KafkaGroup, lag kadm.DescribedGroupLag) {
	name := short(g.Name)
	err := lag.Error()
	switch {
	case errors.Is(err, kerr.GroupIDNotFound), err == nil && lag.State == "Dead":
		r.found.add(probes.Failed, probes.NoConsumer, fmt.Sprintf("group %s does not exist", name))
		return
	case err != nil:
		reason, text := r.explain(err)
		r.found.add(probes.Failed, reason, fmt.Sprintf("group %s: %s", name, text))
		return
	}
	r.measure(g.Name+".members", float64(len(lag.Members)), "members", float64(g.MinMembers))
	if len(lag.Members) < g.MinMembers {
		r.found.add(probes.Failed, probes.NoConsumer, fmt.Sprintf("group %s has %d members; at least %d expected", name, len(lag.Members), g.MinMembers))
	}
	topics := []string{g.Topic}
	if g.Topic == "" {
		topics = sortedKeys(lag.Lag)
	} else if len(lag.Lag[g.Topic]) == 0 {
		r.found.add(probes.Failed, probes.NoConsumer, fmt.Sprintf("group %s takes nothing from topic %s", name, g.Topic))
		return
	}
	for i, topic := range topics {
		r.lag(g, topic, lag.Lag[topic], i < maxQueues)
	}
}

// lag judges how far a group is behind in one topic.
func (r *kafkaRun) lag(g KafkaGroup, topic string, partitions map[int32]kadm.GroupMemberLag, measured bool) {
	var behind int64
	var unknown []int32
	for number, p := range partitions {
		if p.Lag < 0 {
			unknown = append(unknown, number)
		} else {
			behind += p.Lag
		}
	}
	if measured {
		r.measure(g.Name+"."+topic+".lag", float64(behind), "records", float64(g.MaxLag))
	}
	outcome, limit := probes.Failed, g.MaxLag
	if limit == 0 || behind <= limit {
		outcome, limit = probes.Degraded, g.WarnLag
	}
	if limit > 0 && behind > limit {
		r.found.add(outcome, probes.Backlog, fmt.Sprintf("group %s is %d records behind in topic %s; at most %d expected", short(g.Name), behind, topic, limit))
	}
	if slices.Sort(unknown); len(unknown) > 0 {
		r.found.add(probes.Degraded, probes.Unexpected, fmt.Sprintf("group %s: how far it is behind in topic %s cannot be told for partitions %s",
			short(g.Name), topic, someNumbers(unknown)))
	}
}

// canary stores a record in one of the partitions and reads it back from where it was stored, past all others.
// Its key lets a compacted topic keep only the last of each partition.
func (r *kafkaRun) canary(partitions []int32) error {
	r.begin("produce")
	nonce := "canary " + rand.Text()
	record := &kgo.Record{Topic: r.Canary, Partition: partitions[mrand.IntN(len(partitions))], Key: []byte("candor"), Value: []byte(nonce)}
	if err := r.client.ProduceSync(r.ctx, record).FirstErr(); err != nil {
		return err
	}
	r.begin("consume")
	ctx, stop := context.WithCancelCause(r.ctx)
	defer stop(nil)
	r.mu.Lock()
	r.stop = stop
	r.mu.Unlock()
	r.client.AddConsumePartitions(map[string]map[int32]kgo.Offset{r.Canary: {record.Partition: kgo.NewOffset().At(record.Offset)}})
	for {
		fetched := r.client.PollFetches(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		for _, got := range fetched.Records() {
			if got.Offset != record.Offset || string(got.Value) != nonce {
				r.found.add(probes.Failed, probes.Unexpected, "consume: expected the stored record, got another in its place")
			}
			return nil
		}
		if err := fetched.Err(); err != nil {
			return err
		}
	}
}
