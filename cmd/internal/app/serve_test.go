package app

import (
	"context"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestOpenKeepsTheCheckersAndNotTheirSettings(t *testing.T) {
	a, err := Open(t.Context(), parse(t, small+"storage: {database: "+filepath.Join(t.TempDir(), "candor.db")+"}\n"))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for _, p := range a.Config.Probes {
		if p.Settings != nil || p.Checker == nil {
			t.Errorf("%s: settings %v, checker %v", p.Key, p.Settings, p.Checker)
		}
	}
}

// pipe is a listener with one connection.
type pipe struct {
	conns  chan net.Conn
	closed func()
}

func newPipe() (l *pipe, client net.Conn) {
	client, server := net.Pipe()
	conns := make(chan net.Conn, 1)
	conns <- server
	return &pipe{conns, sync.OnceFunc(func() { close(conns) })}, client
}

func (l *pipe) Accept() (net.Conn, error) {
	if conn, ok := <-l.conns; ok {
		return conn, nil
	}
	return nil, net.ErrClosed
}

func (l *pipe) Close() error   { l.closed(); return nil }
func (l *pipe) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "unix"} }

// TestServeHTTPWaitsForRequests ends while a request is being answered, which takes its time even once nobody listens.
func TestServeHTTPWaitsForRequests(t *testing.T) {
	tests := []struct {
		name             string
		answer, clearing time.Duration // how long it works, and how long it takes to notice that it need not
		answered, ended  bool
		took             time.Duration
	}{
		{"one that ends in time is answered", time.Second, 0, true, true, time.Second},
		{"one that does not is broken off, and its end awaited", time.Hour, time.Second, false, true, patience + time.Second},
		{"one that does not notice is left behind", time.Hour, time.Hour, false, false, patience + patience/2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l, client := newPipe()
				gone := make(chan struct{})
				server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					defer close(gone)
					select {
					case <-time.After(tt.answer):
						io.WriteString(w, "done")
					case <-r.Context().Done():
						time.Sleep(tt.clearing)
					}
				})}
				answered := make(chan bool, 1)
				go func() {
					io.WriteString(client, "GET / HTTP/1.1\r\nHost: candor\r\nConnection: close\r\n\r\n")
					all, _ := io.ReadAll(client) // broken off counts as nothing
					answered <- len(all) > 0
				}()
				ctx, stop := context.WithCancel(t.Context())
				result := make(chan error, 1)
				go func() { result <- serveHTTP(ctx, server, l, func() {}) }()
				synctest.Wait()
				began := time.Now()
				stop()
				err := <-result
				took := (time.Since(began) / time.Second) * time.Second // Shutdown looks now and then
				ended := false
				select {
				case <-gone:
					ended = true
				default:
				}
				if got := <-answered; err != nil || ended != tt.ended || got != tt.answered || took != tt.took {
					t.Errorf("got %v, ended %v, answered %v, after %v", err, ended, got, took)
				}
				<-gone
			})
		})
	}
}
