package web

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// A snapshot remembers so many requests, each of so many bytes at most.
const (
	maxRepeats = 1000
	maxRepeat  = 4 << 10 // as much as net/http reads at once
)

// repeats remembers requests for what is kept, byte for byte, and how net/http answered them. Whoever sends the same bytes
// again is answered without net/http. Nobody else ever makes sense of a request.
type repeats struct {
	mu    sync.RWMutex
	known map[string]*repeated
}

// repeated is an answer as net/http sends it, but for the date, which is the last of its headers.
type repeated struct{ head, body []byte }

func (r *repeats) find(request []byte) *repeated {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.known[string(request)]
}

func (r *repeats) add(request []byte, s sent) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.known) >= maxRepeats || r.known[string(request)] != nil {
		return
	}
	if r.known == nil {
		r.known = map[string]*repeated{}
	}
	head := bytes.NewBufferString(fmt.Sprintf("HTTP/1.1 %d %s\r\n", s.code, http.StatusText(s.code)))
	s.header.Write(head) // a buffer does not fail
	r.known[string(request)] = &repeated{head.Bytes(), s.body}
}

// sent is an answer of a snapshot that net/http sent.
type sent struct {
	by     *rendered
	header http.Header
	code   int
	body   []byte
}

// told lets the connection of a request know how it was answered, where everybody who sends the same is answered so: not
// on a private page, not when a body follows, and not by HTTP/1.0, which has other headers.
func (s *Server) told(r *http.Request, answer sent) {
	c, ok := r.Context().Value(connectionKey{}).(*connection)
	if ok && answer.by != nil && !s.Access.Private() && r.Body == http.NoBody && r.ProtoAtLeast(1, 1) {
		c.answer = answer
	}
}

// flow is what net/http has been given of a connection. It is known for as long as that was nothing but whole requests for
// what is kept. All else is net/http's alone, and so is the connection from then on.
type flow struct {
	idle    bool   // net/http has answered all that it was given, and waits
	lost    bool   // it is not known any more
	request []byte // that net/http reads or answers
	early   []byte // what it was given of the next one
	answer  sent   // to the request

	second int64 // of the date and the deadlines
	date   []byte
	parts  [3][]byte
	out    net.Buffers // what is left of the parts
}

// Read returns what arrives for net/http. While that is idle, requests that came before are answered here.
func (c *connection) Read(p []byte) (int, error) {
	for {
		n, err := c.Conn.Read(p)
		done, failed := c.repeat(p[:n])
		switch {
		case failed != nil:
			return 0, failed
		case !done:
			c.give(p[:n])
			return n, err
		}
	}
}

// repeat answers a request that came before.
func (c *connection) repeat(request []byte) (done bool, err error) {
	if !c.idle || !c.from.begin() {
		return false, nil
	}
	defer c.from.running.Done()
	now := c.server.snapshot.current.Load()
	if now == nil {
		return false, nil
	}
	a := now.repeats.find(request)
	if a == nil {
		return false, nil
	}
	c.tick()
	c.parts = [3][]byte{a.head, c.date, a.body}
	c.out = c.parts[:]
	_, err = c.out.WriteTo(c.Conn)
	return true, err
}

// tick sets the date, and the deadlines that net/http would set, once a second.
func (c *connection) tick() {
	now := time.Now()
	if now.Unix() == c.second {
		return
	}
	c.second = now.Unix()
	c.date = now.UTC().AppendFormat(c.date[:0], "Date: "+http.TimeFormat+"\r\n\r\n")
	c.SetReadDeadline(now.Add(c.limits.IdleTimeout))
	c.SetWriteDeadline(now.Add(c.limits.WriteTimeout))
}

// give notes what net/http gets to read.
func (c *connection) give(b []byte) {
	if c.lost || len(b) == 0 {
		return
	}
	c.idle = false
	if whole(c.request) {
		c.early = append(c.early, b...)
	} else {
		c.request = append(c.request, b...)
	}
	c.lost = len(c.request)+len(c.early) > maxRepeat
}

// answered notes that net/http has answered, and waits for the next request.
func (c *connection) answered() {
	if c.lost || c.answer.by == nil || !whole(c.request) {
		c.flow = flow{lost: true}
		return
	}
	c.answer.by.repeats.add(c.request, c.answer)
	c.request, c.early, c.answer, c.second = c.early, nil, sent{}, 0
	c.idle = len(c.request) == 0
}

// whole says whether b is a GET from its first byte to its last: the first empty line ends it.
func whole(b []byte) bool {
	return bytes.HasPrefix(b, []byte("GET ")) && bytes.Index(b, []byte("\n\r\n")) == len(b)-3 && !bytes.Contains(b, []byte("\n\n"))
}
