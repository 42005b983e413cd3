package kinds

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// promAnswers are what a Prometheus says to the queries of the tests, in the format of its API.
var promAnswers = map[string]string{
	"scalar(up)": `{"status":"success","data":{"resultType":"scalar","result":[1435781451.781,"7"]}}`,
	"up": `{"status":"success","data":{"resultType":"vector","result":[
		{"metric":{"__name__":"up","job":"studio","instance":"a:80"},"value":[1435781451.781,"1"]},
		{"metric":{"__name__":"up","job":"mail","instance":"b:25"},"value":[1435781451.781,"0"]}]}}`,
	"one{a=\"b\"}": `{"status":"success","warnings":["slow"],"data":{"resultType":"vector","result":[{"metric":{},"value":[1435781451,"1.5"]}]}}`,
	"none":         `{"status":"success","data":{"resultType":"vector","result":[]}}`,
	"nan":          `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1435781451,"NaN"]}]}}`,
	"inf":          `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1435781451,"+Inf"]}]}}`,
	"up[5m]":       `{"status":"success","data":{"resultType":"matrix","result":[]}}`,
	"histogram":    `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"histogram":[1,{"count":"5"}]}]}}`,
	"odd":          `{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":["x",2]}]}}`,
	"many": `{"status":"success","data":{"resultType":"vector","result":[` +
		strings.Repeat(`{"metric":{},"value":[1435781451,"1"]},`, 20) + `{"metric":{},"value":[1435781451,"1"]}]}}`,
	"garbage": "<html>sign in first</html>",
	"endless": strings.Repeat(" ", defaultMaxBody+1),
}

func prometheusServer(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.PostFormValue("query")
		user, password, _ := r.BasicAuth()
		switch {
		case r.Method != http.MethodPost || r.URL.Path != "/prom/api/v1/query":
			http.NotFound(w, r)
		case query == "secret" && (user != "candor" || password != "hunter2") && r.Header.Get("Authorization") != "Bearer hunter2":
			http.Error(w, "wrong", http.StatusUnauthorized)
		case query == "secret":
			io.WriteString(w, promAnswers["scalar(up)"])
		case query == "up{":
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `{"status":"error","errorType":"bad_data","error":"1:4: parse error: unexpected end of input"}`)
		case query == "silence":
			<-r.Context().Done()
		case query == "broken":
			http.Error(w, "upstream is gone", http.StatusBadGateway)
		default:
			io.WriteString(w, promAnswers[query])
		}
	}))
	t.Cleanup(server.Close)
	return server.URL + "/prom"
}

func TestPrometheus(t *testing.T) {
	server := prometheusServer(t)
	withUser := strings.Replace(server, "//", "//candor:hunter2@", 1)
	over := func(max float64) Limits { return Limits{Max: &max} }
	under := func(min float64) Limits { return Limits{Min: &min} }
	for _, c := range []struct {
		name     string
		settings Prometheus
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"a number", Prometheus{Query: "scalar(up)", Limits: over(7)}, probes.OK, "", ""},
		{"a number over its limit", Prometheus{Query: "scalar(up)", Limits: over(6)}, probes.Failed, probes.Unexpected, "expected the value to be at most 6, got 7"},
		{"one series", Prometheus{Query: `one{a="b"}`, Limits: Limits{WarnAbove: number64(1)}}, probes.Degraded, probes.Unexpected, "expected the value to be at most 1, got 1.5"},
		{"series, one of them down", Prometheus{Query: "up", Limits: under(1)}, probes.Failed, probes.Unexpected,
			`expected up{instance="b:25",job="mail"} to be at least 1, got 0`},
		{"no end of a number", Prometheus{Query: "inf", Limits: over(7)}, probes.Failed, probes.Unexpected, "got +Inf"},
		{"no series", Prometheus{Query: "none", Limits: over(7)}, probes.Unknown, probes.Unexpected, "expected a value, but the query brought none"},
		{"no series, which is good", Prometheus{Query: "none", Limits: over(7), Empty: "ok"}, probes.OK, "", ""},
		{"no series, which is bad", Prometheus{Query: "none", Limits: over(7), Empty: "failed"}, probes.Failed, probes.Unexpected, "brought none"},
		{"nothing is known", Prometheus{Query: "nan", Limits: over(7)}, probes.Unknown, probes.Unexpected, "brought none"},
		{"a wrong query", Prometheus{Query: "up{", Limits: over(7)}, probes.Unknown, probes.Unexpected, `got the error "1:4: parse error`},
		{"a range", Prometheus{Query: "up[5m]", Limits: over(7)}, probes.Unknown, probes.Unexpected, `got one for a "matrix"`},
		{"a histogram", Prometheus{Query: "histogram", Limits: over(7)}, probes.Unknown, probes.Unexpected, "expected numbers, got"},
		{"odd values", Prometheus{Query: "odd", Limits: over(7)}, probes.Unknown, probes.Unexpected, "expected numbers, got"},
		{"too many series", Prometheus{Query: "many", Limits: over(7)}, probes.Unknown, probes.TooLarge, "at most 20 series, got 21"},
		{"another server", Prometheus{Query: "garbage", Limits: over(7)}, probes.Unknown, probes.Unexpected, "Prometheus: expected an answer of its API, got status 200: <html>"},
		{"a broken proxy", Prometheus{Query: "broken", Limits: over(7)}, probes.Unknown, probes.Unexpected, "got status 502: upstream is gone"},
		{"too much", Prometheus{Query: "endless", Limits: over(7)}, probes.Unknown, probes.TooLarge, "at most 1048576 bytes"},
		{"silence", Prometheus{Query: "silence", Limits: over(7)}, probes.Unknown, probes.TimedOut, "Prometheus: connected, but no complete answer"},
		{"a user", Prometheus{URL: withUser, Query: "secret", Limits: over(7)}, probes.OK, "", ""},
		{"a token", Prometheus{Query: "secret", Bearer: "hunter2", Limits: over(7)}, probes.OK, "", ""},
		{"a wrong token", Prometheus{Query: "secret", Bearer: "hunter22", Limits: over(7)}, probes.Unknown, probes.AuthFailed, "got 401 Unauthorized"},
		{"nobody", Prometheus{URL: "http://" + nobody(t), Query: "up", Limits: over(7)}, probes.Unknown, probes.Refused, "refused"},
		{"mute", Prometheus{URL: "http://" + mute(t), Query: "up", Limits: over(7)}, probes.Unknown, probes.TimedOut, "no complete answer"},
		{"too slow", Prometheus{Query: "scalar(up)", Limits: over(7), Latency: 1}, probes.Degraded, probes.Slow, "expected all within 1ns"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.settings.URL == "" {
				c.settings.URL = server
			}
			r := check(t, checker(t, &c.settings), unanswered)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if m, ok := figureOf(r, "value"); c.outcome == probes.OK && c.settings.Empty == "" && (!ok || m.Value != 7 || m.Limit != 7) {
				t.Errorf("got %+v", r.Measurements)
			}
		})
	}
	r := check(t, checker(t, &Prometheus{URL: server, Query: "up", Limits: over(1)}), unanswered)
	if m, ok := figureOf(r, `up{instance="a:80",job="studio"}`); !ok || m.Value != 1 {
		t.Errorf("got %+v", r.Measurements)
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
