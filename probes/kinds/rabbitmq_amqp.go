package kinds

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"

	"candor/probes"
)

// rabbitAMQP looks at a broker as an application does.
type rabbitAMQP struct {
	uri    amqp.URI
	tls    *tls.Config
	canary bool
	queues []string
}

const (
	// rabbitHeartbeat is short so that the broker soon drops a connection that it holds back and we have left:
	// it does not read from it, and notices only when it writes.
	rabbitHeartbeat = 4 * time.Second
	maxFrame        = 128 << 10
	farewell        = time.Second // to say goodbye after the verdict
)

// heldBack says that the broker blocks a connection that publishes.
type heldBack struct{ reason string }

func (e heldBack) Error() string {
	return "the broker accepts connections but holds back publishers: " + e.reason
}

// rabbitSession is one run's connection.
type rabbitSession struct {
	*rabbitAMQP
	stages
	raw     *watchedConn
	conn    *amqp.Connection
	blocked chan amqp.Blocking
	closed  chan *amqp.Error
	report  report
	cert    certificateEnd
}

// look connects, counts the queues and sends a message round.
func (a *rabbitAMQP) look(ctx context.Context) report {
	s := &rabbitSession{rabbitAMQP: a, report: report{looked: true, queues: map[string]queueSample{}}}
	err := s.run(ctx)
	s.end()
	s.report.steps = s.steps
	s.report.cert = s.cert
	if err == nil {
		return s.report
	}
	reason, text := s.explain(ctx, err)
	if reason == probes.Blocked { // by the whole cluster
		s.report.findings.add(probes.Failed, reason, text)
	} else {
		s.report.lost.add(probes.Failed, reason, text)
	}
	return s.report
}

func (s *rabbitSession) run(ctx context.Context) error {
	s.begin("AMQP connect")
	raw, stop, err := dialWatched(ctx, net.JoinHostPort(s.uri.Host, strconv.Itoa(s.uri.Port)))
	if err != nil {
		return err
	}
	s.raw = raw
	defer raw.Close()
	defer stop()
	stream := net.Conn(raw)
	if s.uri.Scheme == "amqps" {
		if stream, err = s.handshake(ctx); err != nil {
			return err
		}
	}
	s.begin("AMQP sign in")
	if err := s.open(stream); err != nil {
		return err
	}
	err = s.use(ctx)
	s.end()
	s.leave(err)
	return err
}

// use does what an application does with the connection.
func (s *rabbitSession) use(ctx context.Context) error {
	s.begin("AMQP channel")
	ch, err := s.conn.Channel()
	if err != nil {
		return err
	}
	if len(s.queues) > 0 {
		s.begin("AMQP queues")
		if err := s.count(); err != nil {
			return err
		}
	}
	if !s.canary {
		return nil
	}
	return s.sendCanary(ctx, ch)
}

func (s *rabbitSession) handshake(ctx context.Context) (net.Conn, error) {
	s.begin("AMQP TLS")
	config := s.cert.watch(s.tls)
	if config.ServerName == "" {
		config.ServerName = s.uri.Host
	}
	conn := tls.Client(s.raw, config)
	return conn, conn.HandshakeContext(ctx)
}

// open signs in, without the library's dialler: it would hide errors and has no context.
func (s *rabbitSession) open(stream io.ReadWriteCloser) (err error) {
	properties := amqp.NewConnectionProperties()
	properties.SetClientConnectionName("candor")
	s.conn, err = amqp.Open(stream, amqp.Config{
		SASL:       []amqp.Authentication{s.uri.PlainAuth()},
		Vhost:      s.uri.Vhost,
		Heartbeat:  rabbitHeartbeat,
		FrameSize:  maxFrame,
		Locale:     "en_US",
		Properties: properties,
	})
	if err != nil {
		return err
	}
	s.blocked = s.conn.NotifyBlocked(make(chan amqp.Blocking, 4))
	s.closed = s.conn.NotifyClose(make(chan *amqp.Error, 1))
	return nil
}

// count asks for each queue's messages and consumers, before the broker can hold this connection back.
// A refusal closes the channel, so each queue has its own.
func (s *rabbitSession) count() error {
	for _, name := range s.queues {
		ch, err := s.conn.Channel()
		if err != nil {
			return err
		}
		q, err := ch.QueueDeclarePassive(name, false, false, false, false, nil)
		var refusal *amqp.Error
		switch {
		case err == nil:
			ready, consumers := float64(q.Messages), float64(q.Consumers)
			s.report.queues[name] = queueSample{at: time.Now(), fresh: true, ready: &ready, consumers: &consumers}
			if err := ch.Close(); err != nil {
				return err
			}
		case errors.As(err, &refusal) && refusal.Server && refusal.Code == amqp.NotFound:
			s.report.queues[name] = queueSample{missing: fmt.Sprintf("queue %s does not exist (%s)", name, scrub(refusal.Reason))}
		case errors.As(err, &refusal) && refusal.Server && refusal.Recover: // of the channel, not of the connection
			s.report.findings.add(probes.Failed, refusalReason(refusal), fmt.Sprintf("queue %s: %s", name, scrub(refusal.Reason)))
		default:
			return err
		}
	}
	return nil
}

// sendCanary sends a message through a queue that only this connection sees and that ends with it,
// so that two probes never take each other's messages and no message stays behind.
func (s *rabbitSession) sendCanary(ctx context.Context, ch *amqp.Channel) error {
	s.begin("AMQP declare")
	queue, err := ch.QueueDeclare("", false, true, true, false, nil)
	if err != nil {
		return err
	}
	deliveries, err := ch.Consume(queue.Name, "", true, true, false, false, nil)
	if err != nil {
		return err
	}
	if err := ch.Confirm(false); err != nil {
		return err
	}
	s.begin("AMQP publish")
	nonce := rand.Text()
	confirm, err := ch.PublishWithDeferredConfirmWithContext(ctx, "", queue.Name, false, false,
		amqp.Publishing{ContentType: "text/plain", AppId: "candor", Body: []byte(nonce)})
	if err != nil {
		return err
	}
	if _, _, err := await(ctx, s, confirm.Done()); err != nil {
		return err
	}
	switch {
	case confirm.Acked():
	case s.conn.IsClosed():
		return s.lost()
	default:
		return errors.New("the broker refused the canary message")
	}
	s.begin("AMQP consume")
	delivery, ok, err := await(ctx, s, deliveries)
	switch {
	case err != nil:
		return err
	case !ok:
		return s.lost()
	case string(delivery.Body) != nonce:
		return errors.New("the canary message came back with another content")
	}
	return nil
}

// leave says goodbye, unless the broker no longer reads.
func (s *rabbitSession) leave(err error) {
	limit := time.Now()
	var held heldBack
	if !errors.As(err, &held) {
		limit = limit.Add(farewell)
	}
	s.conn.CloseDeadline(limit)
}

// await receives from c unless the broker holds back or ctx ends; ok is false when c is closed.
func await[T any](ctx context.Context, s *rabbitSession, c <-chan T) (got T, ok bool, err error) {
	for {
		select {
		case got, ok = <-c:
			select { // what came first decides
			case b := <-s.blocked:
				if b.Active {
					return got, ok, heldBack{b.Reason}
				}
			default:
			}
			return got, ok, nil
		case b, open := <-s.blocked:
			if b.Active {
				return got, false, heldBack{b.Reason}
			}
			if !open {
				s.blocked = nil // the connection has ended, which c tells
			}
		case <-ctx.Done():
			return got, false, ctx.Err()
		}
	}
}
