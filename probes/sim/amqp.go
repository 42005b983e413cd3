package sim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// AMQPOptions say where the queue is.
type AMQPOptions struct {
	URL        string // amqp:// or amqps://, with user and password
	Management string // address of the management API, with user and password; empty leaves the broker's memory unknown
	Queue      string // name of the queue, which is declared durable; empty means "campaigns"
}

// AMQP is a queue in a RabbitMQ broker. Each part of Studio has a connection of its own, as a broker in need holds back all that publish.
type AMQP struct {
	queue                        string
	management                   *url.URL // nil when unknown
	producer, consumer, operator *door
}

// NewAMQP returns the queue without connecting yet: the broker may come later, go and come back.
// It refuses malformed addresses, in words without their passwords.
func NewAMQP(o AMQPOptions) (*AMQP, error) {
	if _, err := amqp.ParseURI(o.URL); err != nil {
		return nil, errors.New("the broker's address is not an amqp:// or amqps:// URL")
	}
	q := &AMQP{queue: orElse(o.Queue, "campaigns")}
	if o.Management != "" {
		u, err := url.Parse(o.Management)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return nil, errors.New("the management address is not an http:// or https:// URL")
		}
		q.management = u.JoinPath("api/nodes")
		q.management.RawQuery = "columns=mem_used,mem_limit"
	}
	part := func(name string) *door {
		return newDoor(func(ctx context.Context) (*link, error) { return dial(ctx, o.URL, q.queue, name) })
	}
	q.producer, q.consumer, q.operator = part("producer"), part("worker"), part("operator")
	return q, nil
}

func (q *AMQP) Publish(ctx context.Context, body []byte) error {
	l, err := q.producer.enter(ctx)
	if err != nil {
		return err
	}
	held := l.holding()
	select {
	case <-held:
		return errBlocked
	default:
	}
	var confirm *amqp.DeferredConfirmation
	err = l.within(ctx, func() (err error) {
		confirm, err = l.ch.PublishWithDeferredConfirm("", q.queue, false, false, amqp.Publishing{ContentType: "application/json", Body: body})
		return err
	})
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	select {
	case <-confirm.Done():
		if !confirm.Acked() {
			return errors.New("publish: the broker did not take the message")
		}
		return nil
	case <-held:
		return errBlocked
	case <-ctx.Done():
		l.kill() // a broker that neither confirms nor holds back is not worth waiting for
		return fmt.Errorf("publish: %w", ctx.Err())
	}
}

func (q *AMQP) Consume(ctx context.Context, handle func(body []byte) error) error {
	for ctx.Err() == nil {
		err := q.consumeOnce(ctx, handle)
		if errors.Is(err, errClosed) {
			return err
		}
		pause(ctx, 200*time.Millisecond)
	}
	return ctx.Err()
}

// consumeOnce works until ctx ends or the connection is lost. The broker takes back what was not handled.
func (q *AMQP) consumeOnce(ctx context.Context, handle func(body []byte) error) error {
	l, err := q.consumer.enter(ctx)
	if err != nil {
		return err
	}
	defer q.consumer.leave()
	var messages <-chan amqp.Delivery
	err = l.within(ctx, func() (err error) {
		if err = l.ch.Qos(16, 0, false); err != nil {
			return err
		}
		messages, err = l.ch.Consume(q.queue, "", false, false, false, false, nil)
		return err
	})
	if err != nil {
		return fmt.Errorf("consume: %w", err)
	}
	defer context.AfterFunc(ctx, l.kill)() // an acknowledgement must not wait for ever either
	for msg := range messages {
		if ctx.Err() != nil {
			break
		}
		settle := msg.Ack
		if handle(msg.Body) != nil {
			settle = msg.Reject
		}
		if err := settle(false); err != nil {
			return fmt.Errorf("settle a message: %w", err)
		}
	}
	return errors.New("consume: the connection was lost")
}

func (q *AMQP) Depth(ctx context.Context) (Depth, error) {
	l, err := q.operator.enter(ctx)
	if err != nil {
		return Depth{}, err
	}
	var state amqp.Queue
	err = l.within(ctx, func() (err error) {
		state, err = l.ch.QueueDeclarePassive(q.queue, true, false, false, false, nil)
		return err
	})
	if err != nil {
		return Depth{}, fmt.Errorf("read the queue: %w", err)
	}
	used, limit := q.memory(ctx)
	return Depth{Messages: state.Messages, Used: used, Limit: limit, Of: "Memory of the broker"}, nil
}

// memory asks the management API for the broker's memory and its limit; 0 when it does not say, as in its first seconds.
func (q *AMQP) memory(ctx context.Context) (used, limit int64) {
	if q.management == nil {
		return 0, 0
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, q.management.String(), nil)
	if err != nil {
		return 0, 0
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, 0
	}
	defer resp.Body.Close()
	var nodes []struct {
		Used  int64 `json:"mem_used"`
		Limit int64 `json:"mem_limit"`
	}
	if json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&nodes) != nil || len(nodes) == 0 {
		return 0, 0
	}
	return nodes[0].Used, nodes[0].Limit
}

func (q *AMQP) Purge(ctx context.Context) error {
	l, err := q.operator.enter(ctx)
	if err != nil {
		return err
	}
	err = l.within(ctx, func() error {
		_, err := l.ch.QueuePurge(q.queue, false)
		return err
	})
	if err != nil {
		return fmt.Errorf("purge: %w", err)
	}
	return nil
}

func (q *AMQP) Refuse(refuse bool) {
	var why error
	if refuse {
		why = errRefused
	}
	q.producer.bar(why)
	q.consumer.bar(why)
}

func (q *AMQP) Close() {
	for _, d := range []*door{q.producer, q.consumer, q.operator} {
		d.bar(errClosed)
	}
}
