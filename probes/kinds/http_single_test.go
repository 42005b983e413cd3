package kinds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/probes"
)

// singleClient sends requests as a check of one step does, whose connections may be kept.
func singleClient(keep bool) *http.Client {
	return &http.Client{Transport: single{(&httpCheck{conns: newHTTPConns(nil, keep)}).newRun(), &watch{}, keep}}
}

func TestHTTPSingleAnswersDoNotMix(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, strings.Repeat(r.URL.Path, 500)) // more than the buffers hold
	}))
	t.Cleanup(server.Close)
	client := singleClient(false)
	var asking sync.WaitGroup
	for i := range 20 {
		asking.Go(func() {
			for k := range 20 {
				path := fmt.Sprintf("/%d-%d", i, k)
				resp, err := client.Get(server.URL + path)
				if err != nil {
					t.Error(err)
					return
				}
				body, err := io.ReadAll(resp.Body)
				if err != nil || string(body) != strings.Repeat(path, 500) {
					t.Errorf("%s got another answer of %d bytes (%v)", path, len(body), err)
				}
				resp.Body.Close()
				resp.Body.Close() // as the client and its user may both do
			}
		})
	}
	asking.Wait()
}

func TestHTTPBodiesDoNotMix(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, strings.Repeat(r.URL.Path, 500))
	}))
	t.Cleanup(server.Close)
	var asking sync.WaitGroup
	for i := range 10 {
		path, maxBody, want := fmt.Sprintf("/%d", i), 0, probes.OK
		if i%2 == 1 {
			maxBody, want = 999, probes.Failed // too large
		}
		c := checker(t, httpSettings(t, fmt.Sprintf("{url: %s%s, max_body: %d, expect: {body: '/^(%s){500}$/'}}", server.URL, path, maxBody, path)))
		asking.Go(func() {
			for range 20 {
				if r := c.Check(t.Context()); r.Outcome != want {
					t.Errorf("%s is %s, want %s: %s", path, r.Outcome, want, r.Detail)
					return
				}
			}
		})
	}
	asking.Wait()
}

func TestHTTPSingleAnswerEndsWithItsConnection(t *testing.T) {
	for _, keep := range []bool{false, true} {
		t.Run(fmt.Sprintf("keep %t", keep), func(t *testing.T) {
			closed := make(chan error, 1)
			address := listen(t, func(conn net.Conn) {
				answer := "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\nbegin"
				if _, err := conn.Read(make([]byte, 4096)); err != nil {
					closed <- err
					return
				}
				io.WriteString(conn, answer)
				conn.SetReadDeadline(time.Now().Add(10 * time.Second))
				_, err := conn.Read(make([]byte, 1))
				closed <- err
			})
			resp, err := singleClient(keep).Get("http://" + address)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.ReadFull(resp.Body, make([]byte, 5)); err != nil {
				t.Fatal(err)
			}
			resp.Body.Close() // nothing waits for the rest
			if err := <-closed; err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
				t.Errorf("the server could still read: %v", err)
			}
			if _, err := resp.Body.Read(make([]byte, 1)); !errors.Is(err, http.ErrBodyReadAfterClose) {
				t.Errorf("a body that is closed was read: %v", err)
			}
		})
	}
}

func TestHTTPSingleInterruptedInTheBody(t *testing.T) {
	address := listen(t, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 4096))
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nbegin")
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := singleClient(false).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	cancel()
	if _, err := io.ReadAll(resp.Body); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was interrupted", err)
	}
}

// A server may answer before it has taken a body in.
func TestHTTPAnswerWhileTheBodyIsSent(t *testing.T) {
	address := listen(t, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 512))
		io.WriteString(conn, "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n")
	})
	c, err := (&HTTP{HTTPRequest: HTTPRequest{URL: "http://" + address, Body: strings.Repeat("large ", 4<<20)}}).Checker()
	if err != nil {
		t.Fatal(err)
	}
	expectResult(t, check(t, c, 20*time.Second), probes.Failed, probes.Unexpected, "got 413")
}

// The ways of a request are one to a user: on a connection of its own, on one that is kept, and on a transport's, the same
// comes of it.
func TestHTTPWaysAreAlike(t *testing.T) {
	product := http.NewServeMux()
	product.Handle("/", testTarget())
	product.HandleFunc("/gate", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes"})
		http.Redirect(w, r, "/behind", http.StatusFound)
	})
	product.HandleFunc("/behind", func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("seen"); err != nil || c.Value != "yes" {
			http.Error(w, "no cookie", http.StatusForbidden)
		}
	})
	product.HandleFunc("/hint", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusProcessing)
		io.WriteString(w, r.Header.Get("Accept-Encoding")+" after hints")
	})
	server := httptest.NewServer(product)
	t.Cleanup(server.Close)
	endlessHints := "http://" + listen(t, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 4096))
		for err := error(nil); err == nil; {
			_, err = io.WriteString(conn, "HTTP/1.1 102 Processing\r\n\r\n")
		}
	})
	well, fails := probes.OK, probes.Failed
	for _, c := range []struct {
		want probes.Outcome
		text string
	}{
		{well, "url: " + server.URL + "/ok"},
		{well, "url: " + server.URL + "/chunked"},
		{well, "{url: " + server.URL + "/gzip, expect: {body: all is well, header: {Content-Encoding: gzip}}}"},
		{well, "{url: " + server.URL + "/gzip, headers: {Accept-Encoding: gzip}, expect: {body: {not: all is well}}}"},
		{well, "{url: " + server.URL + "/gzip, method: HEAD}"},
		{fails, "url: " + server.URL + "/not-gzip"},
		{fails, "url: " + server.URL + "/gzip-bomb"},
		{well, "url: " + server.URL + "/status/204"},
		{fails, "url: " + server.URL + "/status/502"},
		{fails, "url: " + server.URL + "/endless"},
		{well, "url: " + server.URL + "/gate"},
		{well, "{url: " + server.URL + "/gate, follow_redirects: false}"},
		{well, "{url: " + server.URL + "/hint, expect: {body: gzip after hints}}"},
		{well, "{url: " + server.URL + "/echo, body: sent}"},
		{fails, "url: " + endlessHints},
		{fails, "url: http://" + listen(t, answering("HTTP/1.1 200 OK\r\nX-A: "+strings.Repeat("a", 1<<20)))},
		{fails, "url: http://" + listen(t, answering("SSH-2.0-OpenSSH_9.2\r\n"))},
		{fails, "url: http://" + listen(t, answering("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"))},
		{fails, "url: http://" + listen(t, answering(""))},
		{fails, "url: http://" + listen(t, answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"))},
		{well, "url: http://" + listen(t, answering("HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n"))},
		{well, "url: http://" + listen(t, answering("HTTP/1.0 200 OK\r\n\r\nuntil the end"))},
	} {
		alone := checkHTTP(t, 20*time.Second, c.text)
		like := func(way string, other probes.Result) {
			t.Helper()
			if alone.Outcome != other.Outcome || alone.Reason != other.Reason || alone.Detail != other.Detail {
				t.Errorf("%s\nalone: %s, %q, %q\n%s: %s, %q, %q", c.text, alone.Outcome, alone.Reason, alone.Detail,
					way, other.Outcome, other.Reason, other.Detail)
			}
		}
		checker, err := httpSettings(t, c.text).Checker()
		if err != nil {
			t.Fatal(err)
		}
		several := checker.(*httpCheck)
		several.conns.keep = true
		like("kept", several.Check(t.Context()))
		like("kept and used again", several.Check(t.Context()))
		several.steps = append(several.steps, several.steps[0])
		like("of two steps", several.Check(t.Context()))
		if alone.Outcome != c.want {
			t.Errorf("%s is %s, want %s: %s", c.text, alone.Outcome, c.want, alone.Detail)
		}
	}
}
