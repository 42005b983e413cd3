//go:build linux

package web

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	benchRounds  = 5
	benchSeconds = 2
)

// BenchmarkAgainstNginx asks us, nginx and a bare handler of net/http in turn for the same bytes with the same headers,
// each pinned to core 0 with wrk on core 1. It reports the medians of ours over theirs: requests per second, CPU per
// request, and p99.
func BenchmarkAgainstNginx(b *testing.B) {
	ours, _ := startPinned(b, "quiet")
	bare, _ := startPinned(b, "bare")
	for _, path := range []string{"/", "/api/v2/summary.json"} {
		header, body := fetch(b, ours.base+path)
		nginx := startNginx(b, path, header, body)
		if theirs, same := fetch(b, nginx.base+path); !bytes.Equal(body, same) || theirs.Get("Content-Encoding") != "gzip" {
			b.Fatalf("nginx answers %s with other bytes", path)
		}
		for _, how := range []string{"200", "304", "new"} {
			b.Run(how+path, func(b *testing.B) {
				for b.Loop() {
					compare(b, ours, map[string]target{"nginx": nginx, "bare": bare}, path, how)
				}
				b.ReportMetric(float64(len(body)), "bytes")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// target is a server under load.
type target struct{ base, pid string }

// load is what wrk measured.
type load struct{ rate, cpu, p99 float64 }

func compare(b *testing.B, ours target, others map[string]target, path, how string) {
	ratios := map[string][]float64{}
	for range benchRounds {
		for name, other := range others {
			x, y := press(b, ours, path, how), press(b, other, path, how)
			b.Logf("ours %.0f/s %.1f µs %.2f ms; %s %.0f/s %.1f µs %.2f ms", x.rate, x.cpu*1e6, x.p99*1e3, name, y.rate, y.cpu*1e6, y.p99*1e3)
			ratios["rate/"+name] = append(ratios["rate/"+name], x.rate/y.rate)
			ratios["cpu/"+name] = append(ratios["cpu/"+name], x.cpu/y.cpu)
			ratios["p99/"+name] = append(ratios["p99/"+name], x.p99/y.p99)
		}
	}
	for unit, list := range ratios {
		b.ReportMetric(median(list), unit)
	}
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

var (
	wrkRate = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)
	wrkAll  = regexp.MustCompile(`(\d+) requests in`)
	wrkP99  = regexp.MustCompile(`99%\s+([0-9.]+(?:us|ms|s))`)
)

// press asks a server from 32 connections as fast as it answers: for what they do not have, for what they have ("304"), or
// with requests of which no two are alike ("new").
func press(b *testing.B, t target, path, how string) load {
	args := []string{"-c", "1", "wrk", "-t1", "-c32", fmt.Sprintf("-d%ds", benchSeconds), "--latency", "-H", "Accept-Encoding: gzip"}
	want := 200
	switch how {
	case "304":
		header, _ := fetch(b, t.base+path)
		args, want = append(args, "-H", "If-None-Match: "+header.Get("Etag")), 304
	case "new":
		args = append(args, "-s", "testdata/new.lua")
	}
	if got := ask(b, t.base+path, args); got != want {
		b.Fatalf("%s%s answers %d, want %d", t.base, path, got, want)
	}
	before := cpuOf(b, t.pid)
	out, err := exec.Command("taskset", append(args, t.base+path)...).CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("Non-2xx")) && want == 200 || bytes.Contains(out, []byte("Socket errors")) {
		b.Fatalf("wrk: %v\n%s", err, out)
	}
	used := cpuOf(b, t.pid) - before
	find := func(r *regexp.Regexp) string {
		m := r.FindSubmatch(out)
		if m == nil {
			b.Fatalf("wrk said\n%s", out)
		}
		return string(m[1])
	}
	rate, _ := strconv.ParseFloat(find(wrkRate), 64)
	all, _ := strconv.ParseFloat(find(wrkAll), 64)
	p99, err := time.ParseDuration(find(wrkP99))
	if err != nil || rate == 0 || all == 0 {
		b.Fatalf("wrk said\n%s", out)
	}
	return load{rate, used.Seconds() / all, p99.Seconds()}
}

// ask returns the code of one answer to the headers that wrk gets.
func ask(b *testing.B, address string, args []string) int {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.Fatal(err)
	}
	for i, a := range args {
		if name, value, ok := strings.Cut(a, ": "); ok && args[i-1] == "-H" {
			r.Header.Set(name, value)
		}
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}

// cpuOf returns the time that a process has computed.
func cpuOf(b *testing.B, pid string) time.Duration {
	tasks, _ := filepath.Glob("/proc/" + pid + "/task/*/schedstat") // the pattern is valid
	if len(tasks) == 0 {
		b.Fatalf("process %s is gone", pid)
	}
	var total time.Duration
	for _, task := range tasks {
		stat, err := os.ReadFile(task)
		if err != nil {
			b.Fatal(err)
		}
		n, err := strconv.ParseInt(strings.Fields(string(stat))[0], 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		total += time.Duration(n)
	}
	return total
}

// fetch returns an answer as it is sent, compressed.
func fetch(b *testing.B, address string) (http.Header, []byte) {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != 200 {
		b.Fatalf("%s: %s %v", address, resp.Status, err)
	}
	return resp.Header, body
}

const nginxConf = `daemon off; worker_processes 1; master_process off; pid %[1]s/pid; error_log %[1]s/error;
events { worker_connections 1024; }
http {
	access_log off; keepalive_requests 1000000000; sendfile on; tcp_nopush on; open_file_cache max=10; default_type text/html;
	types { application/json json; } charset utf-8; client_body_temp_path %[1]s; proxy_temp_path %[1]s; fastcgi_temp_path %[1]s; uwsgi_temp_path %[1]s; scgi_temp_path %[1]s;
	server { listen %[2]s; root %[1]s; gzip_static on; server_tokens off; %[3]s }
}
`

// startNginx serves one path with the same bytes and headers as ours.
func startNginx(b *testing.B, path string, header http.Header, body []byte) target {
	dir := b.TempDir()
	file := filepath.Join(dir, path)
	if strings.HasSuffix(path, "/") {
		file = filepath.Join(file, "index.html")
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		b.Fatal(err)
	}
	for name, content := range map[string][]byte{file: []byte("not compressed"), file + ".gz": body} {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	var add strings.Builder
	for name, values := range header {
		if !slices.Contains([]string{"Date", "Etag", "Content-Type", "Content-Length", "Content-Encoding"}, name) {
			fmt.Fprintf(&add, "add_header %s %q; ", name, values[0])
		}
	}
	conf := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(conf, fmt.Appendf(nil, nginxConf, dir, address, add.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	pinnedProcess(b, "env", "PATH="+os.Getenv("PATH")+":/usr/sbin", "nginx", "-c", conf, "-p", dir, "-e", filepath.Join(dir, "error"))
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		pid, err := os.ReadFile(filepath.Join(dir, "pid")) // it is written once nginx listens
		if len(pid) > 0 {
			return target{"http://" + address, strings.TrimSpace(string(pid))}
		}
		if time.Now().After(deadline) {
			b.Fatalf("nginx does not start: %v", err)
		}
	}
}
