//go:build linux

package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
)

// pinnedServer is set where TestPinnedServer is to serve until it is killed: "quiet", "probing", "changing",
// or "bare", which is a handler of net/http without anything of ours.
const pinnedServer = "CANDOR_PINNED_SERVER"

const (
	pinnedProbes   = 500
	pinnedInterval = 10 * time.Second
	pinnedChanges  = 100 // of the page, ten a second
)

// startPinned starts a server on core 0, with what it says after it began to serve.
func startPinned(b *testing.B, how string) (target, *bufio.Scanner) {
	lines := bufio.NewScanner(pinnedProcess(b, "env", pinnedServer+"="+how, os.Args[0], "-test.run", "^TestPinnedServer$"))
	for lines.Scan() {
		var address, pid string
		if _, err := fmt.Sscanf(lines.Text(), "serving %s %s", &address, &pid); err == nil {
			return target{"http://" + address, pid}, lines
		}
	}
	b.Fatal("the server did not start")
	return target{}, nil
}

// pinnedProcess starts a program on core 0 and ends it with the benchmark.
func pinnedProcess(b *testing.B, command ...string) io.Reader {
	cmd := exec.Command("taskset", append([]string{"-c", "0"}, command...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return out
}

// TestPinnedServer is the process that benchmarks start.
func TestPinnedServer(t *testing.T) {
	how := os.Getenv(pinnedServer)
	if how == "" {
		return
	}
	if how != "bare" { // as the program does on one core
		runtime.GOMAXPROCS(8)
		debug.SetGCPercent(200)
	}
	s := crowded(t, 100, 50)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go s.Run(t.Context())
	if how != "quiet" {
		go s.Tracker.Run(t.Context(), make(chan struct{}))
		go probes.Run(t.Context(), probing(t), s.Tracker.Observe)
	}
	if how == "changing" {
		go changing(t, s)
	}
	fmt.Println("serving", l.Addr(), os.Getpid())
	if how == "bare" {
		t.Fatal(http.Serve(l, bare(s)))
	}
	t.Fatal(s.HTTP().Serve(Listener(l)))
}

// bare answers as anybody would write it: with the same bytes and headers as ours.
func bare(s *Server) http.Handler {
	answers := map[string]*answer{}
	for _, path := range []string{"/", "/api/v2/summary.json"} {
		answers[path], _ = s.kept(s.snapshot.current.Load(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, h := answers[r.URL.Path], w.Header()
		h.Set("Cache-Control", a.cacheControl[0])
		h.Set("Etag", a.gzip.etag[0])
		h.Set("Vary", a.vary[0])
		if a.kind == toPeople {
			h.Set("Content-Security-Policy", pagePolicy)
			h.Set("Referrer-Policy", referrer[0])
			h.Set("Cross-Origin-Opener-Policy", ownWindow[0])
		} else {
			h.Set("Access-Control-Allow-Origin", "*")
		}
		h.Set("X-Content-Type-Options", "nosniff")
		if r.Header.Get("If-None-Match") == a.gzip.etag[0] {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		h.Set("Content-Type", a.contentType[0])
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(a.gzip.body)))
		w.Write(a.gzip.body)
	})
}

// probing returns probes that ask a server for a page, each on a connection of its own.
func probing(t *testing.T) []probes.Probe {
	target, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go http.Serve(target, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	list := make([]probes.Probe, pinnedProbes)
	for i := range list {
		list[i] = probes.Probe{Key: fmt.Sprint("p", i), Interval: pinnedInterval, Timeout: time.Second, Checker: asking{client, "http://" + target.Addr().String()}}
	}
	return list
}

type asking struct {
	client *http.Client
	url    string
}

// Check asks once.
func (a asking) Check(ctx context.Context) probes.Result {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.url, nil)
	if err != nil {
		return probes.Result{Outcome: probes.Unknown}
	}
	resp, err := a.client.Do(r)
	if err != nil {
		return probes.Result{Outcome: probes.Failed}
	}
	resp.Body.Close()
	return probes.Result{Outcome: probes.OK}
}

// changing changes the page ten times a second, and says at the end how often it was rendered.
func changing(t *testing.T, s *Server) {
	<-time.After(2 * time.Second)
	before := s.snapshot.current.Load().number
	for i := range pinnedChanges {
		<-time.After(100 * time.Millisecond)
		inc := &incidents.Incident{ID: incidents.NewID(), Title: fmt.Sprint("Trouble ", i), StartedAt: time.Now()}
		err := inc.Post(incidents.Update{At: time.Now(), Status: incidents.Investigating, Body: "We are looking."})
		if err == nil {
			err = s.Store.SaveIncident(t.Context(), inc)
		}
		if err == nil {
			err = s.Refresh(t.Context())
		}
		if err != nil {
			t.Error(err)
		}
	}
	fmt.Println("changed", pinnedChanges, s.snapshot.current.Load().number-before)
}
