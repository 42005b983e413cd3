package kinds

import (
	"cmp"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// prometheusConfig makes a server look at itself and at a target that is down.
const prometheusConfig = `
global: {scrape_interval: 1s}
scrape_configs:
  - {job_name: prometheus, metrics_path: /prom/metrics, basic_auth: {username: candor, password: hunter2}, static_configs: [{targets: ["SELF"]}]}
  - {job_name: studio, static_configs: [{targets: ["GONE"]}]}
`

// prometheusWeb lets candor in with the password hunter2.
const prometheusWeb = "basic_auth_users: {candor: $2a$04$duTHK8aZCAA5TWTX0isAmeCzWUZJOlA4r8M2KHgCWWTAueRgUJztW}\n"

// prometheusServer starts a real server and returns its address, without a user, when it has seen both targets.
func prometheusServer(t *testing.T, gone string) string {
	t.Helper()
	dir := t.TempDir()
	address := serverOfOurs(t, "prometheus", func(port string) []string {
		config := strings.NewReplacer("SELF", "127.0.0.1:"+port, "GONE", gone).Replace(prometheusConfig)
		for name, text := range map[string]string{"prometheus.yml": config, "web.yml": prometheusWeb} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return []string{"--config.file=" + filepath.Join(dir, "prometheus.yml"), "--web.config.file=" + filepath.Join(dir, "web.yml"),
			"--storage.tsdb.path=" + filepath.Join(dir, "data"), "--web.listen-address=127.0.0.1:" + port, "--web.external-url=http://127.0.0.1:" + port + "/prom"}
	})
	seen := checker(t, &Prometheus{URL: "http://candor:hunter2@" + address + "/prom", Query: "count(up) == 2 and sum(up) == 1", Limits: Limits{Min: number64(2)}, Empty: "failed"})
	until(t, "Prometheus's view of both targets", func() bool { return check(t, seen, 10*time.Second).Outcome == probes.OK })
	return "http://" + address + "/prom"
}

func TestPrometheus(t *testing.T) {
	gone := nobody(t)
	server := prometheusServer(t, gone)
	as := func(user string) string { return strings.Replace(server, "//", "//"+user+"@", 1) }
	over := func(max float64) Limits { return Limits{Max: &max} }
	for _, c := range []struct {
		name     string
		settings Prometheus
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"a number", Prometheus{Query: "scalar(vector(7))", Limits: over(7)}, probes.OK, "", ""},
		{"a number over its limit", Prometheus{Query: "scalar(vector(7))", Limits: over(6)}, probes.Failed, probes.Unexpected, "expected the value to be at most 6, got 7"},
		{"one series", Prometheus{Query: `sum(up) + 0.5`, Limits: Limits{WarnAbove: number64(1)}}, probes.Degraded, probes.Unexpected, "expected the value to be at most 1, got 1.5"},
		{"series, one of them down", Prometheus{Query: "up", Limits: Limits{Min: number64(1)}}, probes.Failed, probes.Unexpected,
			`expected up{instance="` + gone + `",job="studio"} to be at least 1, got 0`},
		{"no end of a number", Prometheus{Query: "vector(1) / 0", Limits: over(7)}, probes.Failed, probes.Unexpected, "got +Inf"},
		{"no series", Prometheus{Query: "no_such_metric", Limits: over(7)}, probes.Unknown, probes.Unexpected, "expected a value, but the query brought none"},
		{"no series, which is good", Prometheus{Query: "no_such_metric", Limits: over(7), Empty: "ok"}, probes.OK, "", ""},
		{"no series, which is bad", Prometheus{Query: "no_such_metric", Limits: over(7), Empty: "failed"}, probes.Failed, probes.Unexpected, "brought none"},
		{"nothing is known", Prometheus{Query: "vector(0) / 0", Limits: over(7)}, probes.Unknown, probes.Unexpected, "brought none"},
		{"a wrong query", Prometheus{Query: "up{", Limits: over(7)}, probes.Unknown, probes.Unexpected, `got the error "invalid parameter \"query\": 1:4: parse error`},
		{"a range", Prometheus{Query: "up[5m]", Limits: over(7)}, probes.Unknown, probes.Unexpected, `got one for a "matrix"`},
		{"a text", Prometheus{Query: `"up"`, Limits: over(7)}, probes.Unknown, probes.Unexpected, `got one for a "string"`},
		{"too many series", Prometheus{Query: `{job="prometheus"}`, Limits: over(7)}, probes.Unknown, probes.TooLarge, "expected at most 20 series, got "},
		{"another page", Prometheus{URL: as("candor:hunter2") + "/consoles", Query: "up", Limits: over(7)}, probes.Unknown, probes.Unexpected, "expected an answer of its API, got status 405"},
		{"a wrong password", Prometheus{URL: as("candor:hunter22"), Query: "up", Limits: over(7)}, probes.Unknown, probes.AuthFailed, "got 401 Unauthorized"},
		{"no user", Prometheus{URL: server, Query: "up", Limits: over(7)}, probes.Unknown, probes.AuthFailed, "got 401 Unauthorized"},
		{"too slow", Prometheus{Query: "scalar(vector(7))", Limits: over(7), Latency: 1}, probes.Degraded, probes.Slow, "expected all within 1ns"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.settings.URL = cmp.Or(c.settings.URL, as("candor:hunter2"))
			r := check(t, checker(t, &c.settings), 10*time.Second)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if m, ok := figureOf(r, "value"); c.outcome == probes.OK && c.settings.Empty == "" && (!ok || m.Value != 7 || m.Limit != 7) {
				t.Errorf("got %+v", r.Measurements)
			}
		})
	}
	r := check(t, checker(t, &Prometheus{URL: as("candor:hunter2"), Query: "up", Limits: over(1)}), 10*time.Second)
	if m, ok := figureOf(r, `up{instance="`+gone+`",job="studio"}`); !ok || m.Value != 0 {
		t.Errorf("got %+v", r.Measurements)
	}
}

// promOddities are what no real server of Debian's says: what stands in its place, and what newer or other ones say.
var promOddities = map[string]string{
	"histogram": `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"histogram":[1,{"count":"5"}]}]}}`,
	"odd":       `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":["x",2]}]}}`,
	"garbage":   "<html>sign in first</html>",
	"endless":   strings.Repeat(" ", defaultMaxBody+1),
	"token":     `{"status":"success","data":{"resultType":"scalar","result":[1435781451.781,"7"]}}`,
}

func TestPrometheusOddities(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch query := r.PostFormValue("query"); {
		case query == "token" && r.Header.Get("Authorization") != "Bearer hunter2":
			http.Error(w, "wrong", http.StatusUnauthorized)
		case query == "silence":
			<-r.Context().Done()
		case query == "broken":
			http.Error(w, "upstream is gone", http.StatusBadGateway)
		default:
			io.WriteString(w, promOddities[query])
		}
	}))
	t.Cleanup(server.Close)
	for _, c := range []struct {
		name     string
		settings Prometheus
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"a histogram", Prometheus{Query: "histogram"}, probes.Unknown, probes.Unexpected, "expected numbers, got"},
		{"odd values", Prometheus{Query: "odd"}, probes.Unknown, probes.Unexpected, "expected numbers, got"},
		{"another server", Prometheus{Query: "garbage"}, probes.Unknown, probes.Unexpected, "Prometheus: expected an answer of its API, got status 200: <html>"},
		{"a broken proxy", Prometheus{Query: "broken"}, probes.Unknown, probes.Unexpected, "got status 502: upstream is gone"},
		{"too much", Prometheus{Query: "endless"}, probes.Unknown, probes.TooLarge, "at most 1048576 bytes"},
		{"silence", Prometheus{Query: "silence"}, probes.Unknown, probes.TimedOut, "Prometheus: connected, but no complete answer"},
		{"a token", Prometheus{Query: "token", Bearer: "hunter2"}, probes.OK, "", ""},
		{"a wrong token", Prometheus{Query: "token", Bearer: "hunter22"}, probes.Unknown, probes.AuthFailed, "got 401 Unauthorized"},
		{"nobody", Prometheus{URL: "http://" + nobody(t), Query: "up"}, probes.Unknown, probes.Refused, "refused"},
		{"mute", Prometheus{URL: "http://" + mute(t), Query: "up"}, probes.Unknown, probes.TimedOut, "no complete answer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.settings.URL, c.settings.Limits = cmp.Or(c.settings.URL, server.URL), Limits{Max: number64(7)}
			expectVerdict(t, check(t, checker(t, &c.settings), unanswered), c.outcome, c.reason, c.detail)
		})
	}
}

func TestPrometheusSettings(t *testing.T) {
	const at = "http://u:hunter2@prometheus:9090"
	limit := Limits{Max: number64(1)}
	wrongField(t, &Prometheus{URL: at, Query: "up", Limits: limit, Empty: "ok"}, "")
	for _, wrong := range []string{"", "prometheus:9090", "http://", "ftp://u:hunter2@prometheus"} {
		wrongField(t, &Prometheus{URL: wrong, Query: "up", Limits: limit}, "url")
	}
	wrongField(t, &Prometheus{URL: at, Limits: limit}, "query")
	wrongField(t, &Prometheus{URL: at, Query: "up"}, "max")
	wrongField(t, &Prometheus{URL: at, Query: "up", Limits: Limits{Min: number64(2), Max: number64(1)}}, "max")
	wrongField(t, &Prometheus{URL: at, Query: "up", Limits: limit, Empty: "fine"}, "empty")
	wrongField(t, &Prometheus{URL: at, Query: "up", Limits: limit, TLS: HTTPTLS{CAFile: "/nowhere.pem"}}, "tls.ca_file")
	wrongField(t, &Prometheus{URL: at, Query: "up", Limits: limit, Latency: -time.Second}, "latency")
}
