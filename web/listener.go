package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// Listener returns l, whose connections are not encrypted, for the server that HTTP returns: with it a kept answer leaves
// in one write to the kernel, and a request that came before is answered without net/http.
func Listener(l net.Listener) net.Listener { return &listener{Listener: l} }

type listener struct {
	net.Listener
	running sync.WaitGroup // answers that are being repeated
	mu      sync.Mutex
	ended   bool // no more begin
}

// lastRepeats is how long a server that shuts down waits for answers that are being repeated.
const lastRepeats = 3 * time.Second

// Accept returns the next connection. Once there are no more, nothing is repeated any more either, and what arrives goes
// to net/http, which knows how to shut down.
func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err == nil {
		return &connection{Conn: c, from: l}, nil
	}
	if errors.Is(err, net.ErrClosed) {
		l.end()
	}
	return nil, err
}

func (l *listener) begin() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended {
		l.running.Add(1)
	}
	return !l.ended
}

func (l *listener) end() {
	l.mu.Lock()
	l.ended = true
	l.mu.Unlock()
	none := make(chan struct{})
	go func() {
		l.running.Wait()
		close(none)
	}()
	select {
	case <-none:
	case <-time.After(lastRepeats):
	}
}

// connection answers what came before, and can hold back the first part of an answer until the rest is there.
type connection struct {
	net.Conn
	from   *listener
	server *Server
	limits *http.Server
	flow

	holds bool
	held  *[]byte // nil when nothing is
}

var parts = sync.Pool{New: func() any { b := make([]byte, 0, 4<<10); return &b }} // as large as the buffer of net/http

// Write sends b behind what is held, or holds it when it is the first part.
func (c *connection) Write(b []byte) (int, error) {
	switch {
	case !c.holds:
		return c.Conn.Write(b)
	case c.held == nil && len(b) <= 4<<10:
		c.held = parts.Get().(*[]byte)
		*c.held = append((*c.held)[:0], b...)
		return len(b), nil
	}
	return len(b), c.send(b)
}

// send writes what is held and b in one call.
func (c *connection) send(b []byte) error {
	held := c.held
	if held == nil {
		_, err := c.Conn.Write(b)
		return err
	}
	c.held = nil
	defer parts.Put(held)
	if b == nil {
		_, err := c.Conn.Write(*held)
		return err
	}
	both := net.Buffers{*held, b}
	_, err := both.WriteTo(c.Conn)
	return err
}

// release sends what is still held. A connection that is broken shows at the next read.
func (c *connection) release() {
	c.holds = false
	if c.held != nil {
		c.send(nil)
	}
}

type connectionKey struct{}

// attach lets connections of a Listener know the server and what it does, and handlers the connection of a request.
func (s *Server) attach(h *http.Server) {
	h.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		c, ok := conn.(*connection)
		if !ok {
			return ctx
		}
		c.server, c.limits = s, h
		return context.WithValue(ctx, connectionKey{}, c)
	}
	h.ConnState = func(conn net.Conn, state http.ConnState) {
		if c, ok := conn.(*connection); ok && state == http.StateIdle {
			c.answered()
		}
	}
}

// smallest is a body that fits the buffer of net/http with its headers.
const smallest = 2 << 10

// writeWhole writes the body of an answer whose length has been told. It flushes before it lets go of the connection,
// so that all of the answer passes through it here.
func writeWhole(w http.ResponseWriter, r *http.Request, body []byte) {
	if len(body) > smallest {
		if c, ok := r.Context().Value(connectionKey{}).(*connection); ok {
			c.holds = true
			defer c.release()
			w.Write(body)
			http.NewResponseController(w).Flush()
			return
		}
	}
	w.Write(body)
}
