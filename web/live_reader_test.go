package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/templates"
)

// soon is how long an open page may take to hear of a post.
const soon = time.Second

// lively returns a house whose server keeps open pages up to date.
func lively(t testing.TB, change func(*Options)) *house {
	t.Helper()
	h := open(t, change)
	h.run()
	return h
}

// run runs the server until stop, which waits for its end.
func (h *house) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); h.server.Run(ctx) }()
	stop = sync.OnceFunc(func() { cancel(); <-ended })
	h.Cleanup(stop)
	return stop
}

func (h *house) edition() string { return templates.Edition(h.server.snapshot.current.Load().page) }

// declare opens an incident through the console and returns its room.
func (v *visitor) declare(title string) reply {
	v.Helper()
	return v.post("/console/incidents", "title", title, "status", "investigating", "body", "We look into it.", "promise", "none",
		"component."+v.component("new"), "partial_outage", "action", "post").is(200)
}

// update posts an update through the console.
func (v *visitor) update(room reply, status, body string) {
	v.Helper()
	v.post(room.url+"/updates", "version", v.get(room.url).field("version"), "status", status, "body", body, "promise", "none", "action", "post").is(200)
}

// reader is an open page, as the server sees it.
type reader struct {
	t      testing.TB
	conn   net.Conn
	lines  *bufio.Reader
	header http.Header
	code   int
}

// openPage connects to /events of the server at address.
func openPage(t testing.TB, address string) *reader {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return listen(t, conn)
}

func listen(t testing.TB, conn net.Conn) *reader {
	t.Helper()
	fmt.Fprintf(conn, "GET /events HTTP/1.1\r\nHost: status.example.com\r\nAccept: text/event-stream\r\n\r\n")
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	p := &reader{t: t, conn: conn, lines: bufio.NewReaderSize(conn, 1024)}
	head := textproto.NewReader(p.lines)
	status, err := head.ReadLine()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(status, "HTTP/1.1 %d ", &p.code); err != nil {
		t.Fatalf("%q: %v", status, err)
	}
	header, err := head.ReadMIMEHeader()
	if err != nil {
		t.Fatal(err)
	}
	p.header = http.Header(header)
	return p
}

// hears reads until the event of that name, and returns its data. The test fails when it does not come within d.
func (p *reader) hears(event string, d time.Duration) string {
	p.t.Helper()
	p.conn.SetReadDeadline(time.Now().Add(d))
	for name := ""; ; {
		line, err := p.lines.ReadString('\n')
		if err != nil {
			p.t.Fatalf("no %s event: %v", event, err)
		}
		line = strings.TrimSpace(line)
		if value, ok := strings.CutPrefix(line, "event: "); ok {
			name = value
		}
		if value, ok := strings.CutPrefix(line, "data: "); ok && name == event {
			return value
		}
	}
}

// ends reads until the connection is closed, which must be within d.
func (p *reader) ends(d time.Duration) {
	p.t.Helper()
	p.conn.SetReadDeadline(time.Now().Add(d))
	if _, err := io.Copy(io.Discard, p.lines); err != nil && strings.Contains(err.Error(), "timeout") {
		p.t.Fatalf("the connection is still open after %v", d)
	}
}

func (h *house) address() string { return h.web.Listener.Addr().String() }

// eventually waits until a condition holds that another goroutine brings about.
func (h *house) eventually(what string, holds func() bool) {
	h.Helper()
	for deadline := time.Now().Add(15 * time.Second); !holds(); runtime.Gosched() {
		if time.Now().After(deadline) {
			h.Fatalf("not so after 15 s: %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func (l *live) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.viewers)
}
