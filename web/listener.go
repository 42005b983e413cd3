package web

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// Listener returns l for the server that HTTP returns: with it a kept answer leaves in one write to the kernel. Net/http
// alone needs two or three, because its buffer holds 4 KB.
func Listener(l net.Listener) net.Listener { return listener{l} }

type listener struct{ net.Listener }

func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if tcp, ok := c.(*net.TCPConn); ok {
		return &connection{TCPConn: tcp}, err
	}
	return c, err
}

// connection can hold back the first part of an answer until the rest is there.
type connection struct {
	*net.TCPConn
	holds bool
	held  *[]byte // nil when nothing is
}

var parts = sync.Pool{New: func() any { b := make([]byte, 0, 4<<10); return &b }} // as large as the buffer of net/http

// Write sends b behind what is held, or holds it when it is the first part.
func (c *connection) Write(b []byte) (int, error) {
	switch {
	case !c.holds:
		return c.TCPConn.Write(b)
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
		_, err := c.TCPConn.Write(b)
		return err
	}
	c.held = nil
	defer parts.Put(held)
	if b == nil {
		_, err := c.TCPConn.Write(*held)
		return err
	}
	both := net.Buffers{*held, b}
	_, err := both.WriteTo(c.TCPConn)
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

// withConnection lets writeWhole find the connection of a request.
func withConnection(ctx context.Context, c net.Conn) context.Context {
	if c, ok := c.(*connection); ok {
		return context.WithValue(ctx, connectionKey{}, c)
	}
	return ctx
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
