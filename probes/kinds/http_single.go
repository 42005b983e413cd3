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
	"sync"

	"golang.org/x/net/http/httpguts"
)

// single is the way of requests that share their connection with none: the goroutine of the run writes the request, reads
// the answer and closes. A transport has two more goroutines for each connection, which cost a quarter of a request.
// Net/http writes and reads the messages here as well. What needs more than that goes the transport's way: TLS, and a
// body, which may be refused while it is sent.
type single struct{ conns *httpConns }

// RoundTrip sends a request on a connection of its own, which is closed with the answer's body.
func (s single) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != "http" || req.URL.Host == "" || req.Body != nil && req.Body != http.NoBody {
		return s.conns.shared().RoundTrip(req)
	}
	host, err := httpguts.PunycodeHostPort(req.URL.Hostname())
	if err != nil {
		return nil, err
	}
	ctx, address := req.Context(), net.JoinHostPort(host, cmp.Or(req.URL.Port(), "80"))
	if trace := httptrace.ContextClientTrace(ctx); trace != nil && trace.GetConn != nil {
		trace.GetConn(address)
	}
	conn, err := dial(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	x := newSingleAnswer(ctx, conn)
	resp, err := x.ask(req)
	if err != nil {
		err = cmp.Or(ctx.Err(), err)
		x.Close()
		return nil, err
	}
	return resp, nil
}

// singleAnswer is a request and its answer on a connection; it is the body, which ends with the connection.
type singleAnswer struct {
	*buffers // nil once it is closed
	ctx      context.Context
	conn     net.Conn
	left     int64 // bytes that may still be read
	body     io.Reader
	stop     func() bool
}

// buffers are what it is written and read through.
type buffers struct {
	read  *bufio.Reader
	write *bufio.Writer
}

// resting are buffers between two requests.
var resting = sync.Pool{New: func() any {
	return &buffers{bufio.NewReaderSize(nil, 2<<10), bufio.NewWriterSize(nil, 1<<10)}
}}

// newSingleAnswer takes a connection over until the answer is closed; it breaks off when ctx ends.
func newSingleAnswer(ctx context.Context, conn net.Conn) *singleAnswer {
	x := &singleAnswer{buffers: resting.Get().(*buffers), ctx: ctx, conn: conn, left: maxHTTPHeader}
	x.read.Reset(capped{x})
	x.write.Reset(conn)
	x.stop = context.AfterFunc(ctx, func() { conn.Close() })
	return x
}

// ask sends the request, and reads the head of the answer.
func (x *singleAnswer) ask(req *http.Request) (*http.Response, error) {
	if err := cmp.Or(req.Write(x.write), x.write.Flush()); err != nil {
		return nil, err
	}
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
	if err != nil && !errors.Is(err, io.EOF) {
		err = cmp.Or(x.ctx.Err(), err)
	}
	return n, err
}

// Close closes the connection, without reading what is left of the answer.
func (x *singleAnswer) Close() error {
	if x.buffers == nil {
		return nil
	}
	x.stop()
	x.read.Reset(nil)
	x.write.Reset(nil)
	resting.Put(x.buffers)
	x.buffers = nil
	return x.conn.Close()
}
