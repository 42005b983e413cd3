package kinds

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"candor/probes"
)

// BenchmarkHTTP asks for a short answer on a fresh connection each time.
func BenchmarkHTTP(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") }))
	b.Cleanup(server.Close)
	check, err := (&HTTP{HTTPRequest: HTTPRequest{URL: server.URL}}).Checker()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if r := check.Check(b.Context()); r.Outcome != probes.OK {
			b.Fatalf("%+v", r)
		}
	}
}

// BenchmarkHTTPBare is the least that BenchmarkHTTP can cost: the same with net/http alone.
func BenchmarkHTTPBare(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok") }))
	b.Cleanup(server.Close)
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	b.ReportAllocs()
	for b.Loop() {
		resp, err := client.Get(server.URL)
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
}
