package kinds

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"candor/probes"
)

// A target that hangs in the middle of an answer is what fails, on any connection.
func TestHTTPFailsInTheMiddleOfAnAnswer(t *testing.T) {
	eachScheme(t, func(t *testing.T, scheme string) {
		k := newKeeper(t, scheme, func(k *keeper, nth int64, _ net.Conn, w http.ResponseWriter) {
			if nth > 1 {
				w.Header().Set("Content-Length", "100")
				w.(http.Flusher).Flush()
				<-k.hold
			}
		})
		c := k.check(t, HTTPRequest{})
		runs(t, c, 1)
		expectVerdict(t, check(t, c, 500*time.Millisecond), probes.Failed, probes.TimedOut, "no complete answer within the time limit")
	})
}

// What is asked until it is well, and may not be asked twice, is asked on a new connection each time.
func TestHTTPPollsOnNewConnections(t *testing.T) {
	k := newKeeper(t, "http", func(k *keeper, _ int64, _ net.Conn, w http.ResponseWriter) {
		if k.asked.Load() < 5 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	runs(t, checker(t, httpSettings(t, "steps: [{url: "+k.URL+", method: POST, until: {every: 50ms}}]")), 1)
	if asked, opened := k.asked.Load(), k.opened.Load(); asked != 5 || opened != 5 {
		t.Errorf("asked %d times on %d connections, want 5 and 5", asked, opened)
	}
}

// Cookies are a run's.
func TestHTTPTakesNoCookiesFromRunToRun(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("seen")
		if first := asked.Add(1)%2 == 1; first != (err != nil) {
			t.Errorf("request %d: a cookie came: %t", asked.Load(), err == nil)
		} else if first {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes"})
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(server.Close)
	runs(t, checker(t, httpSettings(t, "steps: [{url: "+server.URL+", until: {every: 50ms}}]")), 3)
}

// What a server says unasked is not taken for the next answer, and what it says goodbye on is not used again.
func TestHTTPLeavesAConnectionThatSpeaksUnasked(t *testing.T) {
	const answer = "HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n"
	for name, texts := range map[string][]string{
		"at once": {fmt.Sprintf(answer+answer, "200 OK", "503 Service Unavailable")},
		"goodbye": {fmt.Sprintf(answer, "200 OK\r\nConnection: close")},
		"later":   {fmt.Sprintf(answer, "200 OK"), fmt.Sprintf(answer, "503 Service Unavailable")},
	} {
		t.Run(name, func(t *testing.T) {
			checked, said := make(chan struct{}), make(chan struct{})
			var opened atomic.Int64
			address := listen(t, func(conn net.Conn) {
				opened.Add(1)
				_, _ = conn.Read(make([]byte, 4096))
				io.WriteString(conn, texts[0])
				<-checked
				for _, text := range texts[1:] {
					io.WriteString(conn, text)
				}
				said <- struct{}{}
				_, _ = conn.Read(make([]byte, 4096))
			})
			c := checker(t, &HTTP{HTTPRequest: HTTPRequest{URL: "http://" + address}, KeepAlive: true})
			for range 3 {
				runs(t, c, 1)
				checked <- struct{}{}
				<-said
			}
			if opened.Load() != 3 {
				t.Errorf("%d connections, want 3: each was spoken on", opened.Load())
			}
		})
	}
}

// What nobody uses is closed: what stands between forgets it anyhow.
func TestHTTPClosesWhatIsIdle(t *testing.T) {
	eachScheme(t, func(t *testing.T, scheme string) {
		k := newKeeper(t, scheme, well)
		c := k.check(t, HTTPRequest{})
		runs(t, c, 2)
		if !c.conns.idle.Reset(0) {
			t.Error("nothing waits to close the connection")
		}
		until(t, "the end of the connection", func() bool { return k.closed.Load() == 1 })
		runs(t, c, 1)
		if c.conns.rouse(); c.conns.idle.Stop() {
			t.Error("it is waited for during a walk")
		}
	})
}
