package kinds

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"candor/probes"
)

// kafkaCluster starts a cluster in this process, with the topics orders (3 partitions) and canary (2 partitions).
func kafkaCluster(t *testing.T, options ...kfake.Opt) *kfake.Cluster {
	t.Helper()
	c, err := kfake.NewCluster(append([]kfake.Opt{kfake.NumBrokers(1), kfake.SeedTopics(3, "orders"), kfake.SeedTopics(2, "canary")}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func kafkaClient(t *testing.T, c *kfake.Cluster, options ...kgo.Opt) *kgo.Client {
	t.Helper()
	client, err := kgo.NewClient(append(options, kgo.SeedBrokers(c.ListenAddrs()...))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return client
}

// orders puts so many records into a topic.
func orders(t *testing.T, client *kgo.Client, topic string, n int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var records []*kgo.Record
	for i := range n {
		records = append(records, &kgo.Record{Topic: topic, Key: fmt.Append(nil, i), Value: []byte("canary of another")})
	}
	if err := client.ProduceSync(ctx, records...).FirstErr(); err != nil {
		t.Fatal(err)
	}
}

// mailer joins the group mailer, which takes and commits all orders that are there.
func mailer(t *testing.T, c *kfake.Cluster, records int) *kgo.Client {
	t.Helper()
	client := kafkaClient(t, c, kgo.ConsumerGroup("mailer"), kgo.ConsumeTopics("orders"), kgo.DisableAutoCommit(),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for taken := 0; taken < records; {
		fetched := client.PollFetches(ctx)
		if err := fetched.Err(); err != nil {
			t.Fatal(err)
		}
		taken += fetched.NumRecords()
	}
	if err := client.CommitUncommittedOffsets(ctx); err != nil {
		t.Fatal(err)
	}
	return client
}

func TestKafkaGroups(t *testing.T) {
	cluster := kafkaCluster(t)
	producer := kafkaClient(t, cluster)
	orders(t, producer, "orders", 10)
	member := mailer(t, cluster, 10)
	orders(t, producer, "orders", 7)
	cases := func(t *testing.T, members int) {
		for _, c := range []struct {
			name    string
			group   KafkaGroup
			outcome probes.Outcome
			reason  probes.Reason
			detail  string
		}{
			{"within its limits", KafkaGroup{Name: "mailer", MaxLag: 8, WarnLag: 7}, probes.OK, "", ""},
			{"over its limit", KafkaGroup{Name: "mailer", MaxLag: 6, WarnLag: 5}, probes.Failed, probes.Backlog,
				"group mailer is 7 records behind in topic orders; at most 6 expected"},
			{"over its first limit", KafkaGroup{Name: "mailer", Topic: "orders", MaxLag: 7, WarnLag: 6}, probes.Degraded, probes.Backlog, "at most 6 expected"},
			{"another topic", KafkaGroup{Name: "mailer", Topic: "canary"}, probes.Failed, probes.NoConsumer, "group mailer takes nothing from topic canary"},
			{"no such group", KafkaGroup{Name: "printer"}, probes.Failed, probes.NoConsumer, "group printer does not exist"},
			{"too few members", KafkaGroup{Name: "mailer", MinMembers: members + 1}, probes.Failed, probes.NoConsumer,
				fmt.Sprintf("group mailer has %d members; at least %d expected", members, members+1)},
			{"members enough", KafkaGroup{Name: "mailer", MinMembers: members}, probes.OK, "", ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				r := check(t, checker(t, &Kafka{Brokers: cluster.ListenAddrs(), Groups: []KafkaGroup{c.group}}), 20*time.Second)
				expectVerdict(t, r, c.outcome, c.reason, c.detail)
				lag, _ := figureOf(r, "mailer.orders.lag")
				count, _ := figureOf(r, "mailer.members")
				if c.outcome == probes.OK && (lag.Value != 7 || lag.Unit != "records" || count.Value != float64(members)) {
					t.Errorf("got %+v", r.Measurements)
				}
			})
		}
	}
	t.Run("with a member", func(t *testing.T) { cases(t, 1) })
	member.Close()
	t.Run("without a member", func(t *testing.T) { cases(t, 0) })
}

func TestKafkaCanary(t *testing.T) {
	cluster := kafkaCluster(t)
	orders(t, kafkaClient(t, cluster), "canary", 50) // of others, and of earlier runs
	c := checker(t, &Kafka{Brokers: cluster.ListenAddrs(), Canary: "canary"})
	check(t, c, 20*time.Second)
	noLeak(t)
	var wg sync.WaitGroup
	for range 10 { // as many that watch the same cluster
		wg.Go(func() {
			r := check(t, c, 20*time.Second)
			expectVerdict(t, r, probes.OK, "")
			var steps []string
			for _, s := range r.Steps {
				steps = append(steps, s.Name)
			}
			if got := strings.Join(steps, ", "); got != "connect, topics, produce, consume" {
				t.Errorf("got steps %s", got)
			}
		})
	}
	wg.Wait()
}

func TestKafkaAnswers(t *testing.T) {
	for _, c := range []struct {
		name    string
		fault   kfake.Fault
		outcome probes.Outcome
		reason  probes.Reason
		detail  string
	}{
		{"too few replicas", kfake.Fault{Keys: []kmsg.Key{kmsg.Produce}, Err: kerr.NotEnoughReplicas, Count: -1}, probes.Failed, probes.Blocked, "produce: too few replicas are in sync"},
		{"a record that is refused", kfake.Fault{Keys: []kmsg.Key{kmsg.Produce}, Err: kerr.InvalidRecord, Count: -1}, probes.Failed, probes.Unexpected, "produce: Kafka answered INVALID_RECORD"},
		{"a user who may not write", kfake.Fault{Keys: []kmsg.Key{kmsg.Produce}, Err: kerr.TopicAuthorizationFailed, Count: -1}, probes.Failed, probes.AuthFailed, "produce: the user may not do this"},
		{"a user who may not read", kfake.Fault{Keys: []kmsg.Key{kmsg.Fetch}, Err: kerr.TopicAuthorizationFailed, Count: -1}, probes.Failed, probes.AuthFailed, "consume: the user may not do this"},
		{"a disk that fails", kfake.Fault{Keys: []kmsg.Key{kmsg.Fetch}, Err: kerr.KafkaStorageError, Count: -1}, probes.Failed, probes.Unexpected, "consume: Kafka answered KAFKA_STORAGE_ERROR"},
		{"a user who may not see the group", kfake.Fault{Keys: []kmsg.Key{kmsg.DescribeGroups}, Err: kerr.GroupAuthorizationFailed, Count: -1}, probes.Failed, probes.AuthFailed, "may not do this"},
		{"a leader that moves meanwhile", kfake.Fault{Keys: []kmsg.Key{kmsg.Produce}, Err: kerr.NotLeaderForPartition}, probes.OK, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			cluster := kafkaCluster(t)
			orders(t, kafkaClient(t, cluster), "orders", 3)
			mailer(t, cluster, 3)
			cluster.Fault(c.fault)
			r := check(t, checker(t, &Kafka{Brokers: cluster.ListenAddrs(), Groups: []KafkaGroup{{Name: "mailer"}}, Canary: "canary"}), 20*time.Second)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
		})
	}
}

// kafkaState answers for a cluster whose partitions are in a bad way.
func kafkaState(t *testing.T, cluster *kfake.Cluster, partitions ...kmsg.MetadataResponseTopicPartition) {
	host, text, _ := net.SplitHostPort(cluster.ListenAddrs()[0])
	port, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	cluster.ControlKey(int16(kmsg.Metadata), func(req kmsg.Request) (kmsg.Response, error, bool) {
		cluster.KeepControl()
		answer := req.ResponseKind().(*kmsg.MetadataResponse)
		answer.Brokers = []kmsg.MetadataResponseBroker{{NodeID: 0, Host: host, Port: int32(port)}}
		for _, asked := range req.(*kmsg.MetadataRequest).Topics {
			answer.Topics = append(answer.Topics, kmsg.MetadataResponseTopic{Topic: asked.Topic, TopicID: asked.TopicID, Partitions: partitions})
		}
		return answer, nil, true
	})
}

func TestKafkaPartitions(t *testing.T) {
	well := kmsg.MetadataResponseTopicPartition{Partition: 0, Leader: 0, Replicas: []int32{0, 1}, ISR: []int32{0, 1}}
	short := kmsg.MetadataResponseTopicPartition{Partition: 1, Leader: 0, Replicas: []int32{0, 1}, ISR: []int32{0}}
	headless := kmsg.MetadataResponseTopicPartition{Partition: 2, ErrorCode: kerr.LeaderNotAvailable.Code, Leader: -1, Replicas: []int32{1}, ISR: []int32{1}}
	for _, c := range []struct {
		name       string
		partitions []kmsg.MetadataResponseTopicPartition
		outcome    probes.Outcome
		detail     string
	}{
		{"all is well", []kmsg.MetadataResponseTopicPartition{well}, probes.OK, ""},
		{"a replica is not in sync", []kmsg.MetadataResponseTopicPartition{well, short}, probes.Degraded, "topic orders: 1 of 2 partitions lack replicas in sync: 1"},
		{"no leader", []kmsg.MetadataResponseTopicPartition{well, short, headless}, probes.Failed, "topic orders: 1 of 3 partitions have no leader: 2"},
		{"no leader anywhere, also not for the canary", []kmsg.MetadataResponseTopicPartition{headless}, probes.Failed, "topic canary: 1 of 1 partitions have no leader: 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cluster := kafkaCluster(t)
			kafkaState(t, cluster, c.partitions...)
			settings := Kafka{Brokers: cluster.ListenAddrs(), Topics: []string{"orders"}}
			if len(c.partitions) == 1 {
				settings.Canary = "canary"
			}
			reason := probes.Unexpected
			if c.outcome == probes.OK {
				reason = ""
			}
			expectVerdict(t, check(t, checker(t, &settings), 20*time.Second), c.outcome, reason, c.detail)
		})
	}
	cluster := kafkaCluster(t)
	missing := checker(t, &Kafka{Brokers: cluster.ListenAddrs(), Canary: "nowhere"})
	expectVerdict(t, check(t, missing, 20*time.Second), probes.Failed, probes.Unexpected, "topic nowhere does not exist")
}
