package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAnOpenPageHearsOfAPost(t *testing.T) {
	h := lively(t, nil)
	responder := h.responder("ada")
	before := h.edition()
	p := openPage(t, h.address())
	for name, want := range map[string]string{"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store, no-transform",
		"X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "", "Content-Length": ""} {
		if got := p.header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := p.hears("page", soon); got != before {
		t.Errorf("the first event names %q, the page is %q", got, before)
	}
	room := responder.declare("Studio is slow")
	if got := p.hears("page", soon); got == before || got != h.edition() {
		t.Errorf("after the post the event names %q, the page is %q", got, h.edition())
	}
	if !strings.Contains(h.visitor().get("/?edition="+h.edition()).body, `data-live="`+h.edition()+`"`) {
		t.Error("the page does not name its edition")
	}
	told := h.edition()
	responder.post(room.url+"/updates", "version", room.field("version"), "status", "note", "body", "For the team.", "promise", "none", "action", "post").is(200)
	h.refresh()
	if h.edition() != told {
		t.Error("a note for the team makes another edition of the public page")
	}
	responder.update(room, "identified", "It is the cache.")
	if got := p.hears("page", soon); got != h.edition() || got == told {
		t.Errorf("after the update the event names %q, the page is %q", got, h.edition())
	}
}

func TestAnOpenPageOutlivesTheTimeForAnswers(t *testing.T) {
	h := open(t, nil)
	h.web.Close()
	h.web = httptest.NewUnstartedServer(h.server)
	h.web.Config = h.server.HTTP()
	h.web.Config.WriteTimeout, h.web.Config.ReadTimeout = 50*time.Millisecond, 50*time.Millisecond
	h.web.Start()
	t.Cleanup(h.web.Close)
	p := openPage(t, h.address())
	p.hears("page", soon)
	time.Sleep(100 * time.Millisecond) // what is tested is that nothing happens by then
	h.server.live.send((&word{edition: "later"}).page())
	if got := p.hears("page", soon); got != "later" {
		t.Errorf("heard %q", got)
	}
}

func TestAnOpenPageOnAConnectionThatWasRepeatedTo(t *testing.T) {
	h := open(t, nil)
	conn, err := net.Dial("tcp", h.address())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	for range 3 {
		fmt.Fprint(conn, plain)
		resp, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
	p := listen(t, conn)
	p.hears("page", soon)
	h.server.live.send((&word{edition: "later"}).page())
	if got := p.hears("page", soon); got != "later" {
		t.Errorf("heard %q", got)
	}
}

func TestHeartbeatsSayWhenTheChecksLooked(t *testing.T) {
	h := open(t, nil)
	if got := string((&word{edition: "x"}).beat()); got != ":\n\n" {
		t.Errorf("without a check: %q", got)
	}
	h.fails("new-loads", "refused")
	want := h.server.snapshot.current.Load().page.CheckedAt
	got, err := time.Parse(time.RFC3339, openPage(t, h.address()).hears("checked", soon))
	if err != nil || !got.Equal(want) || want.IsZero() {
		t.Errorf("checked %v (%v), want %v", got, err, want)
	}
}

// A reader who does not read is dropped when its buffers are full, and nobody waits for it meanwhile.
func TestASlowReaderIsDropped(t *testing.T) {
	h := open(t, nil)
	slow := openPage(t, h.address())
	slow.conn.(*net.TCPConn).SetReadBuffer(1 << 10)
	quick := openPage(t, h.address())
	quick.hears("page", soon)
	longest, sent := time.Duration(0), 0
	for ; h.server.live.count() == 2; sent++ {
		if sent > 20_000 {
			t.Fatal("a reader who does not read is never dropped")
		}
		name := fmt.Sprint("edition-", sent)
		began := time.Now()
		h.server.live.send((&word{edition: name}).page())
		longest = max(longest, time.Since(began))
		if got := quick.hears("page", soon); got != name {
			t.Fatalf("the quick reader hears %q, want %q", got, name)
		}
	}
	if longest > soon {
		t.Errorf("one round took %v", longest)
	}
	t.Logf("dropped after %d events; the longest round took %v", sent, longest)
	slow.ends(10 * time.Second)
	h.server.live.send((&word{edition: "after"}).page())
	if got := quick.hears("page", soon); got != "after" {
		t.Errorf("the quick reader hears %q", got)
	}
}

func TestThereIsALimitOfOpenPages(t *testing.T) {
	h := lively(t, func(o *Options) { o.Viewers = 2 })
	first := openPage(t, h.address())
	openPage(t, h.address()).hears("page", soon)
	refused := openPage(t, h.address())
	if refused.code != 503 || refused.header.Get("Retry-After") != "60" || !strings.Contains(refused.header.Get("Cache-Control"), "no-store") {
		t.Errorf("the third got %d with %v", refused.code, refused.header)
	}
	first.conn.Close() // nothing is written meanwhile: it is noticed by looking
	h.eventually("a page that was closed gives its place back", func() bool { return h.server.live.count() == 1 })
	openPage(t, h.address()).hears("page", soon)
}

func TestStoppingClosesOpenPages(t *testing.T) {
	h := open(t, nil)
	stop := h.run()
	pages := []*reader{openPage(t, h.address()), openPage(t, h.address())}
	for _, p := range pages {
		p.hears("page", soon)
	}
	stop()
	for _, p := range pages {
		p.ends(soon)
	}
	if p := openPage(t, h.address()); p.code != 503 {
		t.Errorf("after the stop: %d", p.code)
	}
	if h.server.live.count() != 0 {
		t.Error("open pages are kept")
	}
}

func TestViewersCostNoGoroutines(t *testing.T) {
	h := lively(t, nil)
	openPage(t, h.address()).hears("page", soon)
	before := runtime.NumGoroutine()
	const many = 50
	for range many {
		openPage(t, h.address()).hears("page", soon)
	}
	h.eventually("the handlers have ended", func() bool { return runtime.NumGoroutine() <= before+5 })
	if got := h.server.live.count(); got != many+1 {
		t.Errorf("%d viewers, want %d", got, many+1)
	}
}

// What cannot be taken over from net/http is served all the same.
func TestOtherConnections(t *testing.T) {
	for _, proto := range []string{"h2", "http/1.1"} {
		t.Run(proto+" with TLS", func(t *testing.T) {
			h := open(t, nil)
			h.web.Close()
			h.web = httptest.NewUnstartedServer(h.server)
			h.web.EnableHTTP2 = proto == "h2"
			h.web.StartTLS()
			t.Cleanup(h.web.Close)
			stop := h.run()
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.web.URL+"/events", nil)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := h.web.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			if (answer.ProtoMajor == 2) != (proto == "h2") || answer.StatusCode != 200 {
				t.Fatalf("%s, %s", answer.Proto, answer.Status)
			}
			body := bufio.NewScanner(answer.Body)
			next := func() string {
				for body.Scan() {
					if text, ok := strings.CutPrefix(body.Text(), "data: "); ok {
						return text
					}
				}
				return "the end"
			}
			if got := next(); got != h.edition() {
				t.Errorf("the first event names %q", got)
			}
			h.past("Publishing was slow", 2*time.Hour, false)
			h.refresh()
			if got := next(); got != h.edition() {
				t.Errorf("after the post the event names %q, the page is %q", got, h.edition())
			}
			stop()
			if got := next(); got != "the end" {
				t.Errorf("after the stop comes %q", got)
			}
		})
	}
}

func TestAViewerWhoLeavesAStreamIsForgotten(t *testing.T) {
	h := open(t, nil)
	ctx, leave := context.WithCancel(t.Context())
	var served sync.WaitGroup
	served.Go(func() {
		h.server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/events", nil))
	})
	h.eventually("the viewer has joined", func() bool { return h.server.live.count() == 1 })
	leave()
	served.Wait()
	h.run()
	h.eventually("the viewer is forgotten", func() bool { return h.server.live.count() == 0 })
}
