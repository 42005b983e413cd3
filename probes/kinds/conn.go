package kinds

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"sync"
)

// maxRead is how many bytes a broker may send in one run.
const maxRead = 4 << 20

var errTooMuch = errors.New("too much data")

// watchedConn remembers why a connection ended, which client libraries hide, and reads no more than maxRead bytes.
type watchedConn struct {
	net.Conn
	mu   sync.Mutex
	read int
	head []byte // the first that came
	err  error
}

// maxBegan is how many of the first bytes are kept: enough to tell a protocol by, and for a line of greeting.
const maxBegan = 256

// dialWatched connects; the connection closes when ctx ends, because client libraries wait for ever on a silent network.
// The caller calls stop before it closes the connection itself.
func dialWatched(ctx context.Context, address string) (c *watchedConn, stop func() bool, err error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, nil, err
	}
	c = &watchedConn{Conn: conn}
	return c, context.AfterFunc(ctx, func() { conn.Close() }), nil
}

func (c *watchedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.head = append(c.head, p[:min(n, maxBegan-len(c.head))]...)
	if c.read += n; c.read > maxRead {
		err = errTooMuch
	}
	c.remember(err)
	return n, err
}

func (c *watchedConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remember(err)
	return n, err
}

func (c *watchedConn) remember(err error) {
	if c.err == nil {
		c.err = err
	}
}

// ended returns the first error of the connection, nil while it works.
func (c *watchedConn) ended() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// began returns how the other side began to speak.
func (c *watchedConn) began() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(c.head)
}

// speak speaks HTTP over a connection that stands, and never makes another.
func speak(ctx context.Context, conn net.Conn, protocols *http.Protocols) (*http.ClientConn, error) {
	dial := func(context.Context, string, string) (net.Conn, error) { return conn, nil }
	transport := &http.Transport{DialContext: dial, DialTLSContext: dial, Protocols: protocols,
		DisableCompression: true, MaxResponseHeaderBytes: maxHTTPHeader}
	scheme := "http"
	if _, secure := conn.(*tls.Conn); secure {
		scheme = "https"
	}
	return transport.NewClientConn(ctx, scheme, conn.RemoteAddr().String())
}
