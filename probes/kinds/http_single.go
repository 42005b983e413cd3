package kinds

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptrace"
	"slices"
	"sync"

	"golang.org/x/net/http/httpguts"
)

// single is the way of the requests of a walk of one step: the goroutine of the run writes the request, and reads the answer.
// A transport has two more goroutines for each connection, which cost a quarter of a request. Net/http writes and reads the
// messages here as well. What needs more than that goes the transport's way: steps that share a connection, TLS, and a body,
// which may be refused while it is sent.
type single struct {
	run    *httpRun
	watch  *watch
	shares bool // connections with requests before and after
}

// RoundTrip sends a request. Its connection is free again, or closed, with the answer's body.
func (s single) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, conns := req.Context(), s.run.check.conns
	if len(s.run.check.steps) > 1 || req.URL.Scheme != "http" || req.URL.Host == "" || req.Body != nil && req.Body != http.NoBody {
		ctx = httptrace.WithClientTrace(context.WithValue(ctx, walking{}, s.run), s.watch.trace())
		return conns.shared().RoundTrip(req.WithContext(ctx))
	}
	host, err := httpguts.PunycodeHostPort(req.URL.Hostname())
	if err != nil {
		return nil, err
	}
	address := net.JoinHostPort(host, cmp.Or(req.URL.Port(), "80"))
	s.watch.asks(address)
	s.shares = s.shares && slices.Contains(repeatable, req.Method)
	conn := s.resting(address)
	reused := conn != nil
	if !reused {
		if conn, err = s.run.dial(ctx, "tcp", address); err != nil {
			return nil, err
		}
	}
	s.watch.gets(reused)
	x := newSingleAnswer(ctx, conn)
	resp, err := x.ask(req, s.watch)
	if err != nil {
		err = cmp.Or(ctx.Err(), err)
		x.Close()
		return nil, err
	}
	if s.shares && !resp.Close {
		x.free = func() { conns.put(address, conn) }
	}
	return resp, nil
}

// resting returns a connection on which nothing came since the request before: neither its end nor an answer to nothing.
// It is nil when there is none.
func (s single) resting(address string) net.Conn {
	if !s.shares {
		return nil
	}
	c := s.run.check.conns
	c.mu.Lock()
	conn := c.resting[address]
	delete(c.resting, address)
	c.mu.Unlock()
	if conn == nil || silent(conn) {
		return conn
	}
	conn.Close()
	return nil
}

// put lets a connection rest.
func (c *httpConns) put(address string, conn net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.resting == nil {
		c.resting = map[string]net.Conn{}
	}
	c.resting[address] = conn
}

// singleAnswer is a request and its answer on a connection; it is the body, which ends with the connection.
type singleAnswer struct {
	*buffers // nil once it is closed
	ctx      context.Context
	conn     net.Conn
	left     int64 // bytes that may still be read
	body     io.Reader
	whole    bool // all of the body was read
	stop     func() bool
	free     func() // lets the connection rest; nil when it is for this request alone
}

// buffers are what it is written and read through.
type buffers struct {
	read  *bufio.Reader
	write *bufio.Writer
}

// spareBuffers are those between two requests.
var spareBuffers = sync.Pool{New: func() any {
	return &buffers{bufio.NewReaderSize(nil, 2<<10), bufio.NewWriterSize(nil, 1<<10)}
}}

// newSingleAnswer takes a connection over until the answer is closed; it breaks off when ctx ends.
func newSingleAnswer(ctx context.Context, conn net.Conn) *singleAnswer {
	x := &singleAnswer{buffers: spareBuffers.Get().(*buffers), ctx: ctx, conn: conn, left: maxHTTPHeader}
	x.read.Reset(capped{x})
	x.write.Reset(conn)
	x.stop = context.AfterFunc(ctx, func() { conn.Close() })
	return x
}

// ask sends the request, and reads the head of the answer.
func (x *singleAnswer) ask(req *http.Request, w *watch) (*http.Response, error) {
	if err := cmp.Or(req.Write(x.write), x.write.Flush()); err != nil {
		return nil, err
	}
	if _, err := x.read.Peek(1); err != nil {
		return nil, err
	}
	w.hears()
	resp, err := x.head(req)
	if err != nil {
		return nil, err
	}
	x.left, x.body, resp.Body = math.MaxInt64, resp.Body, x
	return resp, nil
}

// head reads the head of the answer, past those that only inform.
func (x *singleAnswer) head(req *http.Request) (*http.Response, error) {
	for {
		resp, err := http.ReadResponse(x.read, req)
		switch {
		case err != nil && x.left == 0:
			return nil, fmt.Errorf("server response headers exceeded %d bytes; aborted", int64(maxHTTPHeader))
		case err != nil, resp.StatusCode >= 200, resp.StatusCode == http.StatusSwitchingProtocols:
			return resp, err
		}
	}
}

// capped reads from the connection what may still be read.
type capped struct{ *singleAnswer }

func (c capped) Read(p []byte) (int, error) {
	if c.left == 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := c.conn.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

// Read reads from the answer's body.
func (x *singleAnswer) Read(p []byte) (int, error) {
	if x.buffers == nil {
		return 0, http.ErrBodyReadAfterClose
	}
	n, err := x.body.Read(p)
	switch {
	case errors.Is(err, io.EOF):
		x.whole = true
	case err != nil:
		err = cmp.Or(x.ctx.Err(), err)
	}
	return n, err
}

// Close lets the connection rest for the next request, or closes it: what is left of an answer is not read.
func (x *singleAnswer) Close() error {
	if x.buffers == nil {
		return nil
	}
	reusable := x.stop() && x.whole && x.read.Buffered() == 0
	x.read.Reset(nil)
	x.write.Reset(nil)
	spareBuffers.Put(x.buffers)
	x.buffers = nil
	if reusable && x.free != nil {
		x.free()
		return nil
	}
	return x.conn.Close()
}
