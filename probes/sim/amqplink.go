package sim

import (
	"context"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// link is one connection to a broker with one channel. The first trouble ends it for good.
type link struct {
	raw  net.Conn
	conn *amqp.Connection
	ch   *amqp.Channel
	dead atomic.Bool

	mu      sync.Mutex
	held    chan struct{} // closed while the broker holds back publishers
	watcher sync.WaitGroup
}

// dial connects, opens the channel with publisher confirms and declares the queue, all before ctx ends.
func dial(ctx context.Context, url, queue, name string) (*link, error) {
	l := &link{held: make(chan struct{})}
	properties := amqp.NewConnectionProperties()
	properties.SetClientConnectionName("studio " + name)
	var err error
	l.conn, err = amqp.DialConfig(url, amqp.Config{
		Heartbeat: 10 * time.Second, Locale: "en_US", Properties: properties,
		Dial: func(network, addr string) (net.Conn, error) {
			var d net.Dialer
			raw, err := d.DialContext(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			l.raw = raw
			deadline, _ := ctx.Deadline() // the library clears it after the handshake
			return raw, raw.SetDeadline(deadline)
		},
	})
	if err != nil {
		if l.raw != nil {
			l.raw.Close()
		}
		return nil, fmt.Errorf("connect to the broker: %w", err)
	}
	l.watcher.Go(func() { l.watch(l.conn.NotifyBlocked(make(chan amqp.Blocking))) })
	if err := l.within(ctx, func() error { return l.open(queue) }); err != nil {
		l.kill()
		l.watcher.Wait()
		return nil, fmt.Errorf("open a channel: %w", err)
	}
	return l, nil
}

func (l *link) open(queue string) (err error) {
	if l.ch, err = l.conn.Channel(); err != nil {
		return err
	}
	if err = l.ch.Confirm(false); err != nil {
		return err
	}
	_, err = l.ch.QueueDeclare(queue, true, false, false, false, nil)
	return err
}

// watch notes when the broker begins and ends to hold back publishers.
func (l *link) watch(blocks <-chan amqp.Blocking) {
	held := false
	for b := range blocks {
		if b.Active == held {
			continue
		}
		held = b.Active
		l.mu.Lock()
		if held {
			close(l.held)
		} else {
			l.held = make(chan struct{})
		}
		l.mu.Unlock()
	}
}

// holding returns a channel that is closed as long as the broker holds back publishers.
func (l *link) holding() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held
}

// within makes a call that would wait for ever on a broker gone silent end with ctx, and kills the link when it fails.
func (l *link) within(ctx context.Context, call func() error) error {
	stop := context.AfterFunc(ctx, l.kill)
	defer stop()
	err := call()
	if err != nil {
		l.kill()
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return err
}

// kill cuts the connection without a word; whoever waits on it gets an error.
func (l *link) kill() {
	l.dead.Store(true)
	l.raw.Close()
}

func (l *link) broken() bool { return l.dead.Load() || l.conn.IsClosed() }

// close takes leave of the broker, for half a second at most, since one that holds back publishers does not answer.
func (l *link) close() {
	timer := time.AfterFunc(500*time.Millisecond, l.kill)
	defer timer.Stop()
	_ = l.conn.Close() // it is gone either way
	l.kill()
	l.watcher.Wait()
}

// door leads to the broker for one part of Studio, over one link that is made when it is needed.
type door struct {
	dial  func(context.Context) (*link, error)
	turn  chan struct{} // has room for one: whoever is inside changes the fields below
	link  *link
	block error // why no link may be made; nil when it may
}

func newDoor(dial func(context.Context) (*link, error)) *door {
	return &door{dial: dial, turn: make(chan struct{}, 1)}
}

// enter returns the link, a new one if the last is broken, within five seconds.
func (d *door) enter(ctx context.Context) (*link, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case d.turn <- struct{}{}:
	}
	defer func() { <-d.turn }()
	if d.block != nil {
		return nil, d.block
	}
	if d.link != nil && !d.link.broken() {
		return d.link, nil
	}
	d.closeLink()
	var err error
	d.link, err = d.dial(ctx)
	return d.link, err
}

// bar closes the link and refuses others with why; nil lets them in again.
func (d *door) bar(why error) {
	d.turn <- struct{}{}
	defer func() { <-d.turn }()
	d.block = why
	if why != nil {
		d.closeLink()
	}
}

// leave closes the link; the next to enter gets a new one.
func (d *door) leave() {
	d.turn <- struct{}{}
	defer func() { <-d.turn }()
	d.closeLink()
}

func (d *door) closeLink() {
	if d.link != nil {
		d.link.close()
		d.link = nil
	}
}
