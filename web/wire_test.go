package web

import (
	"bytes"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// wire is a server of a few kept answers, and nothing else, whose connections are pipes in a bubble of synctest.
type wire struct {
	*testing.T
	*http.Server
	server *Server
	conns  chan net.Conn
	read   atomic.Int32 // how many requests net/http has read
}

// ready is an answer that nobody waits for.
func ready(a *answer) lazy { return func() (*answer, error) { return a, nil } }

// newWire serves until the test ends. Without repeating, net/http reads every request.
func newWire(t *testing.T, repeating bool) *wire {
	s := &Server{snapshot: &snapshot{}}
	s.snapshot.current.Store(&rendered{lazy: map[string]lazy{
		"/":      ready(newFullAnswer(htmlType, publicCache, bytes.Repeat([]byte("Studio works. "), 500))),
		"/small": ready(newAnswer(jsonType, apiCache, []byte(`{"status":"ok"}`))),
	}})
	w := &wire{T: t, Server: s.HTTP(), server: s, conns: make(chan net.Conn)}
	answer := s.before(http.NotFoundHandler())
	w.Handler = http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		w.read.Add(1)
		answer.ServeHTTP(out, r)
	})
	l := net.Listener(&pipes{w.conns, make(chan struct{}), sync.Once{}})
	if repeating {
		l = Listener(l)
	}
	var serving sync.WaitGroup
	serving.Go(func() { w.Serve(l) })
	t.Cleanup(func() {
		w.Close()
		serving.Wait()
		time.Sleep(time.Second) // net/http takes half of it to hang up
	})
	return w
}

// pipes is a listener of connections that a test makes.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.closed) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

// caller is one end of a connection.
type caller struct {
	net.Conn
	texts chan string // to be sent, one after the other
	gone  chan struct{}

	mu    sync.Mutex
	heard strings.Builder
}

// dial connects to the server. Whoever listens hears all that it says.
func (w *wire) dial(listens bool) *caller {
	ours, theirs := net.Pipe()
	w.conns <- theirs
	c := &caller{Conn: ours, texts: make(chan string, 100), gone: make(chan struct{})}
	w.Cleanup(func() { ours.Close(); close(c.texts) })
	go func() {
		for text := range c.texts {
			c.Write([]byte(text)) // the server may not take it
		}
	}()
	if listens {
		go c.listen()
	}
	return c
}

func (c *caller) listen() {
	defer close(c.gone)
	b := make([]byte, 64<<10)
	for {
		n, err := c.Read(b)
		c.mu.Lock()
		c.heard.Write(b[:n])
		c.mu.Unlock()
		if err != nil {
			return // closed, by whomever
		}
	}
}

// all returns what the server has answered, once it has done what it could.
func (c *caller) all() string {
	synctest.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.heard.String()
}

// say sends something and returns what the server answers.
func (c *caller) say(text string) string {
	before := c.all()
	c.texts <- text
	return c.all()[len(before):]
}
