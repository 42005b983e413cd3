package sim

import (
	"context"
	"errors"
)

// Queue is what Studio's parts pass messages over.
type Queue interface {
	// Publish returns once the broker has accepted the message, with an error when it refuses or ctx ends first.
	Publish(ctx context.Context, body []byte) error
	// Consume hands messages to handle, one at a time, until ctx ends or the queue is closed. A message is gone once
	// handle has returned for it; one that it fails on goes where the broker puts dead letters. A lost connection is made again.
	Consume(ctx context.Context, handle func(body []byte) error) error
	// Depth reads how full the queue is. It and Purge work while connections are refused.
	Depth(ctx context.Context) (Depth, error)
	// Purge drops every waiting message.
	Purge(ctx context.Context) error
	// Refuse breaks the connections of Studio's parts and refuses new ones, until it is called with false.
	Refuse(refuse bool)
	// Close ends every connection; the queue is of no use afterwards.
	Close()
}

// Depth is how full a queue is.
type Depth struct {
	Messages int
	Used     int64  // bytes that count against Limit
	Limit    int64  // bytes at which producers are refused; 0 when it is not known
	Of       string // what Used and Limit measure, in words
}

var (
	errRefused = errors.New("connection refused")
	errBlocked = errors.New("the broker holds back publishers")
	errClosed  = errors.New("the queue is closed")
)
