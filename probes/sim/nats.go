package sim

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Names in the embedded NATS server, for those who watch it.
const (
	Stream   = "CAMPAIGNS"        // the JetStream stream
	Consumer = "worker"           // the campaign worker's durable consumer
	Canary   = "campaigns.canary" // a subject of the stream that the worker does not read; messages may carry a TTL

	workSubject = "campaigns.work"
)

// NATSOptions say where and how large the embedded queue is.
type NATSOptions struct {
	Dir      string // where the stream is stored; it survives a restart
	Address  string // HOST:PORT to listen at; empty means a free port on loopback
	MaxBytes int64  // size at which the stream refuses messages; 0 means 20 MiB
}

// NATS is a queue in an embedded NATS server with JetStream.
type NATS struct {
	server   *server.Server
	gate     *gate
	client   *nats.Conn // of Studio's parts, through the gate
	operator *nats.Conn // past the gate
	stream   jetstream.Stream
	js       jetstream.JetStream
	maxBytes int64
}

// NewNATS starts a NATS server and returns the queue in it, ready for use.
func NewNATS(o NATSOptions) (*NATS, error) {
	q := &NATS{maxBytes: orElse(o.MaxBytes, 20<<20)}
	if err := q.start(o.Dir, orElse(o.Address, "127.0.0.1:0")); err != nil {
		q.Close()
		return nil, fmt.Errorf("start the embedded queue: %w", err)
	}
	return q, nil
}

func (q *NATS) start(dir, address string) error {
	var err error
	q.server, err = server.NewServer(&server.Options{
		ServerName: "studio", DontListen: true, NoLog: true, NoSigs: true, MaxConn: 100,
		JetStream: true, StoreDir: dir,
	})
	if err != nil {
		return err
	}
	q.server.Start()
	if !q.server.ReadyForConnections(10 * time.Second) {
		return errors.New("not ready within 10 s")
	}
	if q.gate, err = openGate(address, q.server.InProcessConn); err != nil {
		return err
	}
	if q.operator, err = nats.Connect("", nats.InProcessServer(q.server), nats.Name("operator")); err != nil {
		return err
	}
	if err := q.declare(); err != nil {
		return err
	}
	q.client, err = nats.Connect(q.URL(), nats.Name("studio"), nats.RetryOnFailedConnect(true),
		nats.MaxReconnects(-1), nats.ReconnectWait(200*time.Millisecond),
		nats.ReconnectBufSize(-1)) // a message that cannot be sent now is refused, not kept for later
	if err != nil {
		return err
	}
	q.js, err = jetstream.New(q.client)
	return err
}

// declare makes the stream, which refuses messages when it is full, and the worker's consumer.
func (q *NATS) declare() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	js, err := jetstream.New(q.operator)
	if err != nil {
		return err
	}
	q.stream, err = js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: Stream, Subjects: []string{workSubject, Canary},
		Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew,
		MaxBytes: q.maxBytes, AllowMsgTTL: true, AllowDirect: true,
	})
	if err != nil {
		return fmt.Errorf("declare the stream: %w", err)
	}
	_, err = q.stream.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: Consumer, FilterSubject: workSubject, AckPolicy: jetstream.AckExplicitPolicy, AckWait: 5 * time.Second,
	})
	if err != nil {
		return fmt.Errorf("declare the consumer: %w", err)
	}
	return nil
}

// URL is where the server is reached, by Studio and by whoever watches it.
func (q *NATS) URL() string { return "nats://" + q.gate.address }

func (q *NATS) Publish(ctx context.Context, body []byte) error {
	if _, err := q.js.Publish(ctx, workSubject, body, jetstream.WithRetryAttempts(0)); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}

func (q *NATS) Consume(ctx context.Context, handle func(body []byte) error) error {
	for ctx.Err() == nil {
		err := q.consumeOnce(ctx, handle)
		if errors.Is(err, nats.ErrConnectionClosed) {
			return errClosed
		}
		if err != nil && !pause(ctx, 200*time.Millisecond) {
			break
		}
	}
	return ctx.Err()
}

// consumeOnce works until ctx ends or the connection is in trouble, and gives back what it took but did not handle.
func (q *NATS) consumeOnce(ctx context.Context, handle func(body []byte) error) error {
	consumer, err := q.js.Consumer(ctx, Stream, Consumer)
	if err != nil {
		return err
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(16), jetstream.PullExpiry(5*time.Second))
	if err != nil {
		return err
	}
	defer messages.Stop()
	defer context.AfterFunc(ctx, messages.Drain)()
	for {
		msg, err := messages.Next()
		if errors.Is(err, jetstream.ErrMsgIteratorClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case ctx.Err() != nil:
			err = msg.Nak()
		case handle(msg.Data()) != nil:
			err = msg.Term()
		default:
			err = msg.Ack()
		}
		if err != nil {
			return err
		}
	}
}

func (q *NATS) Depth(ctx context.Context) (Depth, error) {
	info, err := q.stream.Info(ctx)
	if err != nil {
		return Depth{}, fmt.Errorf("read the stream: %w", err)
	}
	return Depth{Messages: int(info.State.Msgs), Used: int64(info.State.Bytes), Limit: q.maxBytes, Of: "Size of the queue"}, nil
}

func (q *NATS) Purge(ctx context.Context) error {
	if err := q.stream.Purge(ctx, jetstream.WithPurgeSubject(workSubject)); err != nil {
		return fmt.Errorf("purge the stream: %w", err)
	}
	return nil
}

func (q *NATS) Refuse(refuse bool) {
	if refuse {
		q.gate.Shut()
	} else {
		q.gate.Open()
	}
}

func (q *NATS) Close() {
	for _, c := range []*nats.Conn{q.client, q.operator} {
		if c != nil {
			c.Close()
		}
	}
	if q.gate != nil {
		q.gate.Shut()
	}
	if q.server != nil {
		q.server.Shutdown()
		q.server.WaitForShutdown()
	}
}
