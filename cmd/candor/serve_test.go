package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// checkLog expects a log of JSON lines, from the start to the end, without a secret in it.
func (p *process) checkLog() {
	p.Helper()
	lines := strings.Split(p.output.String(), "\n")
	for _, line := range lines {
		var entry struct {
			Time       time.Time
			Level, Msg string
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil || entry.Time.IsZero() || entry.Level == "" || entry.Msg == "" {
			p.Errorf("%q is not an entry of a log (%v)", line, err)
		}
	}
	text := p.output.String()
	if !strings.Contains(lines[0], `"msg":"serving"`) || !strings.Contains(lines[len(lines)-1], `"msg":"stopped"`) {
		p.Errorf("the log does not tell of the start and the end:\n%s", text)
	}
	if secret := canary.FindString(text); secret != "" || strings.Contains(text, "token=") || strings.Contains(text, "correct horse") {
		p.Errorf("the log has a secret (%q):\n%s", secret, text)
	}
}

// ask sends a request with headers and returns the answer.
func ask(t *testing.T, address string, headers ...string) (body string, code int, contentType string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{Timeout: 30 * time.Second}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(all), resp.StatusCode, resp.Header.Get("Content-Type")
}

// TestServeMovesItsDataAndAddress gives another folder and port than the configuration, whose port is in use.
func TestServeMovesItsDataAndAddress(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	sh := newShell(t)
	sh.write("candor.yaml", small+"server: {listen: \""+taken.Addr().String()+"\"}\nstorage: {database: \"postgres://candor:Kn4ryStorage@127.0.0.1:1/candor\"}\n")
	data := filepath.Join(sh.dir, "deep", "data")
	p := start(t, filepath.Join(sh.dir, "candor.yaml"), "--data", data)
	if p.url == "http://"+taken.Addr().String() {
		t.Errorf("it serves %s", p.url)
	}
	if page := newBrowser(t, p.url).get("/"); !strings.Contains(page, "All of Studio") {
		t.Errorf("the page says\n%.1000s", page)
	}
	p.stop()
	p.checkLog()
	if _, err := os.Stat(filepath.Join(data, "candor.db")); err != nil {
		t.Error(err)
	}
	if entries, err := os.ReadDir(sh.dir); err != nil || len(entries) != 2 {
		t.Errorf("beside the configuration and the data there are %v (%v)", entries, err)
	}
	if info, err := os.Stat(data); err != nil || info.Mode().Perm()&0o007 != 0 {
		t.Errorf("everybody may look into the data folder: %v (%v)", info.Mode(), err)
	}
}

// TestServeTellsSupervisors asks for what supervisors and Prometheus read.
func TestServeTellsSupervisors(t *testing.T) {
	t.Parallel()
	product := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "fine") }))
	defer product.Close()
	config := small + "probes:\n  - {key: loads, component: studio, symptom: Studio does not load, interval: 1s, http: {url: \"" + product.URL + "\"}}\n" +
		"  - {key: sends, component: studio, symptom: Studio does not send, interval: 1s, http: {url: \"http://127.0.0.1:1\"}}\n"
	p := start(t, write(t, "candor.yaml", config))
	for _, path := range []string{"/healthz", "/readyz"} {
		if body, code, kind := ask(t, p.url+path); body != "ok\n" || code != http.StatusOK || !strings.HasPrefix(kind, "text/plain") {
			t.Errorf("%s: got %d %q (%s)", path, code, body, kind)
		}
	}
	wanted := []string{`candor_probe_up{probe="loads"} 1`, `candor_probe_up{probe="sends"} 0`,
		`candor_probe_results_total{outcome="ok",probe="loads"}`, `candor_probe_results_total{outcome="failed",probe="sends"}`,
		`candor_probe_duration_seconds_count{probe="loads"}`, `candor_probe_last_run_timestamp_seconds{probe="loads"}`, "go_goroutines", "process_cpu_seconds_total"}
	until(t, "the metrics have both probes", 30*time.Second, func() bool {
		body, code, kind := ask(t, p.url+"/metrics")
		if code != http.StatusOK || !strings.HasPrefix(kind, "text/plain") {
			t.Fatalf("/metrics: got %d (%s)", code, kind)
		}
		for _, w := range wanted {
			if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(w)).MatchString(body) {
				return false
			}
		}
		return true
	})
	for _, header := range []string{"X-Forwarded-For", "Forwarded", "X-Real-IP"} {
		if body, code, _ := ask(t, p.url+"/metrics", header, "203.0.113.9"); code != http.StatusNotFound || strings.Contains(body, "candor_") {
			t.Errorf("/metrics from elsewhere, by %s: got %d\n%.500s", header, code, body)
		}
	}
	p.stop()
	p.checkLog()
}

// TestMetricsToken asks for the metrics with and without the token that they are kept behind.
func TestMetricsToken(t *testing.T) {
	t.Parallel()
	p := start(t, write(t, "candor.yaml", small+"server: {metrics_token: Kn4ryMetrics}\n"))
	for _, tt := range []struct {
		header string
		want   int
	}{{"Bearer Kn4ryMetrics", http.StatusOK}, {"Bearer other", http.StatusNotFound}, {"", http.StatusNotFound}} {
		if body, code, _ := ask(t, p.url+"/metrics", "Authorization", tt.header); code != tt.want || canary.MatchString(body) {
			t.Errorf("/metrics with %q: got %d, want %d\n%.500s", tt.header, code, tt.want, body)
		}
	}
	p.stop()
	p.checkLog()
}
