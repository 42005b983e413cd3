package kinds

import (
	"context"
	"errors"
	"net"
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
	err  error
}

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
