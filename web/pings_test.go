package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"candor/probes"
	"candor/probes/heartbeats"
)

// reporters opens a server with one heartbeat; fail, when it is set, is what its store answers.
func reporters(t *testing.T, fail *error) *visitor {
	h := open(t, func(o *Options) {
		o.Ping = heartbeats.New([]heartbeats.Heartbeat{{Probe: "new-loads", Secret: pingSecret}}, func(ctx context.Context, p probes.Ping) error {
			if *fail != nil {
				return *fail
			}
			return o.Store.SavePing(ctx, p)
		}).Take
	})
	return h.visitor()
}

func TestReportsAreTakenEachWay(t *testing.T) {
	v := reporters(t, new(error))
	long := strings.Repeat("x", 1<<20)
	tests := []struct {
		method, path, body string
		want               probes.Ping
	}{
		{http.MethodGet, "", "", probes.Ping{Signal: probes.Succeeded}},
		{http.MethodHead, "", "", probes.Ping{Signal: probes.Succeeded}},
		{http.MethodPost, "", "12 files", probes.Ping{Signal: probes.Succeeded, Body: "12 files"}},
		{http.MethodGet, "/start", "", probes.Ping{Signal: probes.Started}},
		{http.MethodPost, "/fail", "no space", probes.Ping{Signal: probes.Broke, Body: "no space"}},
		{http.MethodGet, "/0", "", probes.Ping{Signal: probes.Succeeded}},
		{http.MethodPost, "/255", "", probes.Ping{Signal: probes.Broke, Exit: 255}},
		{http.MethodPost, "/1", long, probes.Ping{Signal: probes.Broke, Exit: 1, Body: long[:probes.MaxPingBody]}},
	}
	for _, tt := range tests {
		a := v.do(v.request(tt.method, "/ping/"+pingSecret+tt.path, strings.NewReader(tt.body))).is(200)
		if a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s may be cached: %q", tt.method, tt.path, a.header.Get("Cache-Control"))
		}
		list, err := v.db.Pings(t.Context(), "new-loads")
		if err != nil {
			t.Fatal(err)
		}
		tt.want.Probe, tt.want.At = "new-loads", list[0].At
		if list[0] != tt.want {
			t.Errorf("%s %s: got %.100v, want %.100v", tt.method, tt.path, list[0], tt.want)
		}
	}
}

func TestAReportThatBreaksOffCounts(t *testing.T) {
	v := reporters(t, new(error))
	conn, err := net.Dial("tcp", v.web.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /ping/%s/fail HTTP/1.1\r\nHost: status.example.com\r\nContent-Length: 1000\r\n\r\nno sp", pingSecret)
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(conn); err != nil { // until the request is done
		t.Fatal(err)
	}
	list, err := v.db.Pings(t.Context(), "new-loads")
	if err != nil || len(list) != 1 || list[0].Signal != probes.Broke || list[0].Body != "no sp" {
		t.Errorf("stored %+v, %v", list, err)
	}
}

func TestAReportThatCannotBeStoredIsSentAgain(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	failure := errors.New("the disk is gone")
	v := reporters(t, &failure)
	a := v.get("/ping/" + pingSecret).is(503)
	if a.header.Get("Retry-After") == "" || strings.Contains(a.body, "disk") {
		t.Errorf("got %v %q", a.header, a.body)
	}
	if !strings.Contains(log.String(), "the disk is gone") || strings.Contains(log.String(), secret) {
		t.Errorf("the log says %s", log.String())
	}
	failure = nil
	code := 200
	for i := 0; code == 200 && i < 100; i++ {
		code = v.get("/ping/" + pingSecret).code
	}
	if code != 429 {
		t.Errorf("reports without end: %d", code)
	}
}

func TestWithoutHeartbeatsThereIsNoSuchAddress(t *testing.T) {
	v := open(t, nil).visitor()
	for range 15 {
		v.get("/ping/" + pingSecret).is(404)
	}
}
