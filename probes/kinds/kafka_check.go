package kinds

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"candor/probes"
)

const (
	kafkaPatience = time.Minute            // for a caller without a deadline
	kafkaPause    = 100 * time.Millisecond // before the client asks again
	kafkaTries    = 2                      // more than the first; a leader may just have moved
	maxFetch      = 64 << 10               // bytes that a broker should send for a record; more when its batch is larger
)

// kafkaRun is one look at a cluster, over connections of its own.
type kafkaRun struct {
	*kafkaCheck
	*talk
	ctx    context.Context // of the run; the client dials with another
	client *kgo.Client     // of a broker that answered
	mu     sync.Mutex      // guards what follows
	conns  map[string]*watchedConn
	breaks map[string]kafkaBreak
	ends   certificateEnd          // of all brokers
	stop   context.CancelCauseFunc // ends the wait for the canary; nil before it
}

// kafkaBreak is how a broker's connection ended, which the client hides when it tries again.
type kafkaBreak struct {
	during kmsg.Key
	err    error
}

// Check connects anew to each broker, and looks at the cluster through one that answers.
func (c *kafkaCheck) Check(ctx context.Context) probes.Result {
	ctx, cancel := context.WithTimeout(ctx, kafkaPatience)
	defer cancel()
	r := &kafkaRun{kafkaCheck: c, talk: newTalk(c.Password), ctx: ctx, conns: map[string]*watchedConn{}, breaks: map[string]kafkaBreak{}}
	if r.connect() {
		defer r.client.Close()
		if err := r.look(); err != nil {
			reason, text := r.explain(err)
			r.found.add(probes.Failed, reason, r.stage+": "+text)
		}
	}
	r.mu.Lock()
	r.cert = r.ends
	r.mu.Unlock()
	return r.result(c.Latency, c.TLS.MinDaysLeft)
}

func (r *kafkaRun) look() error {
	admin := kadm.NewClient(r.client)
	var partitions []int32 // of the canary
	if len(r.topics) > 0 {
		r.begin("topics")
		cluster, err := admin.Metadata(r.ctx, r.topics...)
		if err != nil {
			return err
		}
		for _, name := range r.topics {
			if alive := r.topic(cluster.Topics[name]); name == r.Canary {
				partitions = alive
			}
		}
	}
	if len(r.Groups) > 0 {
		r.begin("groups")
		if err := r.groups(admin); err != nil {
			return err
		}
	}
	if len(partitions) == 0 {
		return nil
	}
	return r.canary(partitions)
}

// connect signs in to every broker at the same time and keeps the client of one that answers.
// While another broker may answer, none gets more than half of the time.
func (r *kafkaRun) connect() bool {
	r.begin("connect")
	ctx := r.ctx
	if deadline, ok := ctx.Deadline(); ok && len(r.Brokers) > 1 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, time.Now().Add(time.Until(deadline)/2))
		defer cancel()
	}
	clients, errs := make([]*kgo.Client, len(r.Brokers)), make([]error, len(r.Brokers))
	var wg sync.WaitGroup
	for i, address := range r.Brokers {
		wg.Go(func() { clients[i], errs[i] = r.signInTo(ctx, address) })
	}
	wg.Wait()
	outcome := probes.Failed
	if i := slices.IndexFunc(clients, func(c *kgo.Client) bool { return c != nil }); i >= 0 {
		r.client, outcome = clients[i], probes.Degraded
	}
	for i, address := range r.Brokers {
		if errs[i] != nil {
			reason, text := r.explainBroker(ctx, address, errs[i])
			r.found.add(outcome, reason, fmt.Sprintf("broker %s: %s", address, text))
		} else if clients[i] != r.client {
			clients[i].Close()
		}
	}
	r.mu.Lock()
	clear(r.breaks) // they are told
	r.mu.Unlock()
	r.measure("brokers", float64(len(r.Brokers)-len(r.found)), "brokers", float64(len(r.Brokers)))
	return r.client != nil
}

// signInTo asks one broker for nothing but an answer.
func (r *kafkaRun) signInTo(ctx context.Context, address string) (*kgo.Client, error) {
	limit := kafkaPatience
	if deadline, ok := ctx.Deadline(); ok {
		limit = max(time.Millisecond, time.Until(deadline))
	}
	options := []kgo.Opt{
		kgo.SeedBrokers(address), kgo.ClientID("candor"), kgo.WithContext(r.ctx), kgo.Dialer(r.dialBroker), kgo.DialTimeout(limit),
		kgo.DisableClientMetrics(), kgo.RequestRetries(kafkaTries), kgo.RetryBackoffFn(func(int) time.Duration { return kafkaPause }),
		kgo.MetadataMinAge(kafkaPause), kgo.BrokerMaxReadBytes(maxRead), kgo.MaxDecompressBatchBytes(maxRead),
		kgo.DisableIdempotentWrite(), kgo.RequiredAcks(kgo.AllISRAcks()), kgo.RecordRetries(kafkaTries), kgo.UnknownTopicRetries(kafkaTries),
		kgo.RecordPartitioner(kgo.ManualPartitioner()), kgo.ProducerBatchCompression(kgo.NoCompression()),
		kgo.FetchMaxBytes(maxFetch), kgo.FetchMaxPartitionBytes(maxFetch), kgo.DisableFetchSessions(), kgo.KeepRetryableFetchErrors(),
		kgo.WithHooks(r),
	}
	if r.mechanism != nil {
		options = append(options, kgo.SASL(r.mechanism))
	}
	client, err := kgo.NewClient(options...)
	if err != nil {
		return nil, err
	}
	nothing := kmsg.NewPtrMetadataRequest()
	nothing.Topics = []kmsg.MetadataRequestTopic{}
	if _, err := client.SeedBrokers()[0].Request(ctx, nothing); err != nil {
		client.Close()
		return nil, err
	}
	return client, nil
}

// dialBroker connects for the client, to brokers that we named and to those that the cluster named.
func (r *kafkaRun) dialBroker(_ context.Context, _, address string) (net.Conn, error) {
	raw, _, err := dialWatched(r.ctx, address) // the run ends it
	if err != nil {
		r.broke(address, -1, err)
		return nil, err
	}
	r.mu.Lock()
	r.conns[address] = raw
	r.mu.Unlock()
	if r.tls == nil {
		return raw, nil
	}
	config := r.tls.Clone()
	if host, _, err := net.SplitHostPort(address); err == nil {
		config.ServerName = cmp.Or(config.ServerName, host)
	}
	secure, err := r.secure(raw, config)
	if err != nil {
		raw.Close()
		return nil, err
	}
	return secure, nil
}

// OnBrokerE2E is called by the client after each request.
func (r *kafkaRun) OnBrokerE2E(broker kgo.BrokerMetadata, key int16, end kgo.BrokerE2E) {
	if err := end.Err(); err != nil {
		r.broke(net.JoinHostPort(broker.Host, fmt.Sprint(broker.Port)), kmsg.Key(key), err)
	}
}

func (r *kafkaRun) broke(address string, during kmsg.Key, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.breaks[address] = kafkaBreak{during, err}
	if r.stop != nil {
		r.stop(err)
	}
}

// explainBroker tells why a broker did not answer.
func (r *kafkaRun) explainBroker(ctx context.Context, address string, err error) (probes.Reason, string) {
	r.mu.Lock()
	conn, last := r.conns[address], r.breaks[address]
	r.mu.Unlock()
	late := ctx.Err() != nil || timeout(err)
	switch {
	case errors.Is(r.ctx.Err(), context.Canceled):
		return probes.Internal, "interrupted"
	case conn == nil && late:
		return probes.Unreachable, "no connection within the time limit"
	case conn == nil:
		return r.explain(err)
	case late:
		return probes.TimedOut, "connected, but no answer within the time limit"
	case errors.Is(conn.ended(), errTooMuch):
		return probes.TooLarge, fmt.Sprintf("the broker sent more than %d bytes", maxRead)
	case last.during == kmsg.SASLAuthenticate && errors.Is(err, io.EOF):
		return probes.AuthFailed, "the broker closed the connection at sign in, as some do when user or password are wrong"
	}
	return r.explain(err)
}

// explain puts an error of the client or an answer of Kafka into our words.
func (r *kafkaRun) explain(err error) (probes.Reason, string) {
	var answer *kerr.Error
	var closed *kgo.ErrFirstReadEOF
	switch {
	case errors.Is(r.ctx.Err(), context.Canceled):
		return probes.Internal, "interrupted"
	case isAny(err, kerr.UnsupportedSaslMechanism, kerr.IllegalSaslState):
		return probes.AuthFailed, "the broker does not offer this mechanism to sign in"
	case isAny(err, kerr.SaslAuthenticationFailed):
		return probes.AuthFailed, "the broker did not accept user and password"
	case isAny(err, kerr.TopicAuthorizationFailed, kerr.GroupAuthorizationFailed, kerr.ClusterAuthorizationFailed):
		return probes.AuthFailed, "the user may not do this: Kafka answered " + kafkaCode(err)
	case isAny(err, kerr.NotEnoughReplicas, kerr.NotEnoughReplicasAfterAppend):
		return probes.Blocked, "too few replicas are in sync to store a record: Kafka answered " + kafkaCode(err)
	case errors.As(err, &answer):
		return probes.Unexpected, "Kafka answered " + answer.Message
	case errors.Is(err, kgo.ErrRecordRetries):
		return r.explainRetries(err)
	case r.ctx.Err() != nil || isAny(err, context.DeadlineExceeded, kgo.ErrRecordTimeout, kgo.ErrClientClosed):
		return probes.TimedOut, "connected, but no answer within the time limit"
	case errors.As(err, &closed) && errors.Is(err, io.EOF):
		return probes.Unexpected, "the broker closed the connection at once, as it does when it wants TLS or a user, or neither"
	}
	return classify(err)
}

// explainRetries tells what a record met that could not be stored.
func (r *kafkaRun) explainRetries(err error) (probes.Reason, string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, last := range r.breaks {
		return classify(last.err)
	}
	return classify(err)
}

func kafkaCode(err error) string {
	var answer *kerr.Error
	errors.As(err, &answer)
	return answer.Message
}
