// Package sim is a small Studio to watch: two front ends, a campaign worker behind a queue, and a mailbox, each of which can be broken on purpose.
package sim

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// Options say how a Studio behaves. The zero value suits a demo.
type Options struct {
	TrafficEvery time.Duration // between two messages of the background traffic; 0 means 50 ms, negative means no traffic
	TrafficSize  int           // bytes of one such message; 0 means 16 KiB, at most 512 KiB
	AcceptWithin time.Duration // how long a page or a campaign waits for the queue to accept a message; 0 means 2 s
	SlowBy       time.Duration // how long pages take while SlowPages is broken; 0 means 4 s
	Relay        Relay         // where test campaigns go besides Studio's own mailbox
	StatusPage   string        // link from the control page to the status page; empty shows none
	Product      string        // link from the control page to Studio; empty shows none
}

// Studio is a product like the one that failed on May 2, 2024.
type Studio struct {
	queue    Queue
	options  Options
	changing sync.Mutex // held while a fault is made or mended
	faults   faults
	post     post
	refused  atomic.Bool // whether the queue refused the latest message
}

// New returns a Studio whose parts pass messages over q. It does nothing in the background until Run.
func New(q Queue, o Options) *Studio {
	o.TrafficEvery = orElse(o.TrafficEvery, 50*time.Millisecond)
	o.TrafficSize = min(orElse(o.TrafficSize, 16<<10), 512<<10)
	o.AcceptWithin = orElse(o.AcceptWithin, 2*time.Second)
	o.SlowBy = orElse(o.SlowBy, 4*time.Second)
	return &Studio{queue: q, options: o}
}

// Run works campaigns off the queue and keeps the background traffic flowing until ctx ends.
// It returns when both have stopped.
func (s *Studio) Run(ctx context.Context) {
	var parts sync.WaitGroup
	parts.Go(func() { s.work(ctx) })
	parts.Go(func() { s.flow(ctx) })
	parts.Wait()
}

// publish hands a message to the queue within the time that a customer would wait.
func (s *Studio) publish(ctx context.Context, m message) error {
	patience, cancel := context.WithTimeout(ctx, s.options.AcceptWithin)
	defer cancel()
	err := s.queue.Publish(patience, m.encode())
	if ctx.Err() == nil { // a customer who left says nothing about the queue
		s.refused.Store(err != nil)
	}
	return err
}

// pause waits for d and says whether ctx is still alive.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

func orElse[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}
