package kinds

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// The management API of other versions, and what stands in its place when a proxy is set up wrongly.
func TestRabbitMQManagementAnswers(t *testing.T) {
	const node = `[{"name":"rabbit@a","running":true,"mem_used":50,"mem_limit":100,"disk_free":1000,"disk_free_limit":100,"new":{}}]`
	healthy := map[string]string{"/api/health/checks/alarms": `{"status":"ok"}`, "/api/nodes": node,
		"/api/queues/%2F/q": `{"messages_ready":1,"messages_unacknowledged":2,"consumers":3,"state":"running"}`}
	for _, c := range []struct {
		name, path, answer string // an answer of three digits is a status
		outcome            probes.Outcome
		reason             probes.Reason
		detail             string
		measurements       int
	}{
		{"healthy", "", "", probes.OK, "", "", 5},
		{"old, without health checks", "/api/health/checks/alarms", "404", probes.OK, "", "", 5},
		{"no figures yet", "/api/nodes", `[{"name":"rabbit@a","running":true,"mem_used":null}]`, probes.OK, "", "", 3},
		{"words instead of figures", "/api/nodes", `[{"name":"rabbit@a","mem_used":"off","mem_limit":1,"disk_free":"NaN","disk_free_limit":1}]`, probes.OK, "", "", 3},
		{"a queue without figures", "/api/queues/%2F/q", `{"name":"q"}`, probes.OK, "", "", 2},
		{"a queue that is down", "/api/queues/%2F/q", `{"state":"down"}`, probes.Failed, probes.Unexpected, "queue q is not available: it is down", 2},
		{"a quorum queue", "/api/queues/%2F/q", `{"type":"quorum","leader":"rabbit@a","members":["rabbit@a","rabbit@b","rabbit@c"],"online":["rabbit@a","rabbit@b","rabbit@c"]}`,
			probes.OK, "", "", 2},
		{"a quorum queue right after the start", "/api/queues/%2F/q", `{"type":"quorum","members":["rabbit@a","rabbit@b","rabbit@c"],"online":null}`, probes.OK, "", "", 2},
		{"a quorum queue without a member", "/api/queues/%2F/q", `{"type":"quorum","leader":"rabbit@a","members":["rabbit@a","rabbit@b","rabbit@c"],"online":["rabbit@a","rabbit@b"]}`,
			probes.Degraded, probes.Unexpected, "queue q: 2 of 3 members are online, rabbit@c is not", 2},
		{"a quorum queue without its majority", "/api/queues/%2F/q", `{"type":"quorum","leader":"rabbit@a","members":["rabbit@a","rabbit@b","rabbit@c"],"online":["rabbit@a"],"state":"minority"}`,
			probes.Failed, probes.Unexpected, "queue q has lost its majority: 1 of 3 members are online, rabbit@b, rabbit@c is not", 2},
		{"a quorum queue without a leader", "/api/queues/%2F/q", `{"type":"quorum","leader":"","members":["rabbit@a"],"online":["rabbit@a"]}`,
			probes.Failed, probes.Unexpected, "queue q has no leader", 2},
		{"an age that is no number", "/api/queues/%2F/q", `{"head_message_timestamp":""}`, probes.OK, "", "", 2},
		{"much memory in use", "/api/nodes", `[{"name":"rabbit@a","mem_used":81e6,"mem_limit":100e6}]`, probes.Degraded, probes.NearLimit,
			"node rabbit@a uses 81 MB of memory; from 100 MB on it holds back publishers", 4},
		{"little disk free", "/api/nodes", `[{"name":"rabbit@a","disk_free":199e6,"disk_free_limit":100e6}]`, probes.Degraded, probes.NearLimit,
			"node rabbit@a has 199 MB of disk free; below 100 MB it holds back publishers", 4},
		{"a node of two is down", "/api/nodes", `[{"name":"rabbit@b","running":false},` + node[1:], probes.Degraded, probes.Unexpected, "node rabbit@b does not run", 5},
		{"an alarm without a list", "/api/health/checks/alarms", "503", probes.Degraded, probes.Unexpected, "status 503, but its answer is not the expected JSON", 0},
		{"another error", "/api/nodes", "500", probes.Degraded, probes.Unexpected, "expected status 200, got 500", 3},
		{"a sign-in page", "/api/health/checks/alarms", "302", probes.Degraded, probes.Unexpected, "expected status 200, got 302", 0},
		{"no JSON", "/api/nodes", "<html>", probes.Degraded, probes.Unexpected, "not the expected JSON", 3},
		{"no end", "/api/nodes", strings.Repeat(" ", maxAnswer+1), probes.Degraded, probes.TooLarge, "an answer of more than 1048576 bytes", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				text, ok := healthy[r.URL.EscapedPath()]
				if r.URL.EscapedPath() == c.path {
					text = c.answer
				}
				var status int
				if !ok {
					w.WriteHeader(http.StatusTeapot)
				} else if _, err := fmt.Sscanf(text, "%3d", &status); err == nil && len(text) == 3 {
					w.WriteHeader(status)
				}
				io.WriteString(w, text)
			}))
			defer server.Close()
			m := checker(t, &RabbitMQ{Management: strings.Replace(server.URL, "//", "//u:hunter2@", 1), Queues: []RabbitMQQueue{{Name: "q"}}})
			m.(*rabbitCheck).lenient = c.outcome != probes.Failed
			got := check(t, m, 10*time.Second)
			expectVerdict(t, got, c.outcome, c.reason, c.detail)
			if len(got.Measurements) != c.measurements {
				t.Errorf("got %+v, want %d", got.Measurements, c.measurements)
			}
		})
	}
}
