package web

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
)

// UsualViewers is how many open pages are kept up to date unless the options say otherwise.
const UsualViewers = 20_000

const (
	heartbeat = 25 * time.Second // keeps proxies from closing a quiet connection, and "checked" fresh
	sweep     = 5 * time.Second  // how long a page that was closed keeps its place
)

// live tells open pages through server-sent events that there is another edition. It sends the edition's name only:
// so little fits every connection's buffer, is the same for all pages, and the page itself comes from a cache.
type live struct {
	most int
	news chan struct{} // holds one: what is told is always the newest word
	word atomic.Pointer[word]

	mu      sync.Mutex
	places  int // taken, by viewers and by those about to become one
	viewers []viewer
	closed  bool
}

// word is what an open page wants to know.
type word struct {
	edition string
	checked time.Time
}

// viewer is one open page. None of its methods waits.
type viewer interface {
	write(text []byte) bool // false when it does not take all of it
	gone() bool
	close()
}

func newLive(most int) *live {
	if most <= 0 {
		most = UsualViewers
	}
	return &live{most: min(most, filesFor()), news: make(chan struct{}, 1)}
}

// tell makes w what viewers hear. They hear of a new edition at once, and otherwise with the next heartbeat.
func (l *live) tell(w word) {
	if old := l.word.Swap(&w); old != nil && old.edition == w.edition {
		return
	}
	select {
	case l.news <- struct{}{}:
	default:
	}
}

// run serves the viewers until ctx ends, and then closes their connections: an http.Server does not know them any more.
func (l *live) run(ctx context.Context) {
	beats, sweeps := time.NewTicker(heartbeat), time.NewTicker(sweep)
	defer beats.Stop()
	defer sweeps.Stop()
	for {
		select {
		case <-ctx.Done():
			l.close()
			return
		case <-l.news:
			l.send(l.word.Load().page())
		case <-beats.C:
			l.send(l.word.Load().beat())
		case <-sweeps.C:
			l.keep(func(v viewer) bool { return !v.gone() })
		}
	}
}

// send writes to every viewer, and drops those who do not keep up.
func (l *live) send(text []byte) { l.keep(func(v viewer) bool { return v.write(text) }) }

func (l *live) keep(stays func(viewer) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := len(l.viewers)
	l.viewers = slices.DeleteFunc(l.viewers, func(v viewer) bool {
		if stays(v) {
			return false
		}
		v.close()
		return true
	})
	l.places -= before - len(l.viewers)
}

func (l *live) close() {
	l.keep(func(viewer) bool { return false })
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
}

// reserve takes a place for somebody who is about to join.
func (l *live) reserve() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.places >= l.most || l.word.Load() == nil {
		return false
	}
	l.places++
	return true
}

// join gives v the place that was reserved, and the present word after head. It says whether v took that.
func (l *live) join(v viewer, head []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.word.Load()
	if l.closed || !v.write(slices.Concat(head, w.page(), w.beat())) {
		v.close()
		l.places--
		return false
	}
	l.viewers = append(l.viewers, v)
	return true
}

// page names the edition. A page that shows another one fetches itself.
func (w *word) page() []byte {
	return fmt.Appendf(nil, "id: %s\nevent: page\ndata: %s\n\n", w.edition, w.edition)
}

// beat says when the checks last looked.
func (w *word) beat() []byte {
	if w == nil || w.checked.IsZero() {
		return []byte(":\n\n")
	}
	return fmt.Appendf(nil, "event: checked\ndata: %s\n\n", w.checked.UTC().Format("2006-01-02T15:04:05.000Z"))
}

// events answers /events. It takes the connection over from net/http, whose goroutine and buffers
// would cost ten times as much for as long as the page is open, and leaves it to run.
func (l *live) events(c echo.Context) error {
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store, no-transform")
	if !l.reserve() {
		h.Set("Retry-After", "60")
		return c.String(http.StatusServiceUnavailable, "too many open pages: ask for the page itself now and then\n")
	}
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no") // nginx would wait for more
	if c.Request().ProtoMajor == 1 {
		if conn, _, err := http.NewResponseController(c.Response()).Hijack(); err == nil {
			l.join(newSocket(conn), httpHead(h))
			return nil
		}
	}
	l.stream(c)
	return nil
}

// httpHead is the head of an HTTP/1.1 answer whose body ends with the connection.
func httpHead(h http.Header) []byte {
	var head bytes.Buffer
	head.WriteString("HTTP/1.1 200 OK\r\n")
	h.Set("Connection", "close")
	h.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	h.Write(&head) // a buffer does not fail
	head.WriteString("\r\n")
	return head.Bytes()
}

// stream serves a viewer whose connection cannot be taken over, as with HTTP/2, until it is closed.
func (l *live) stream(c echo.Context) {
	v := &stream{texts: make(chan []byte, 16), done: c.Request().Context().Done()}
	if !l.join(v, nil) {
		return
	}
	out := http.NewResponseController(c.Response())
	for {
		select {
		case <-v.done:
			return
		case text, open := <-v.texts:
			if !open {
				return
			}
			out.SetWriteDeadline(time.Now().Add(sweep)) // where there are deadlines
			if _, err := c.Response().Write(text); err != nil || out.Flush() != nil {
				return
			}
		}
	}
}

// stream is a viewer with a goroutine that writes what it is given.
type stream struct {
	texts chan []byte
	done  <-chan struct{}
}

func (s *stream) write(text []byte) bool {
	select {
	case s.texts <- text:
		return true
	default:
		return false
	}
}

func (s *stream) gone() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

func (s *stream) close() { close(s.texts) }

// patient is a viewer on a connection that can only be written to by waiting, as one with TLS, for a moment at most.
type patient struct{ net.Conn }

func (p patient) write(text []byte) bool {
	p.SetWriteDeadline(time.Now().Add(10 * time.Millisecond))
	_, err := p.Write(text)
	return err == nil
}

func (p patient) gone() bool { return false } // writing will tell
func (p patient) close()     { p.Close() }
