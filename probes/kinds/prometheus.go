package kinds

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/probes"
)

// Prometheus compares what an instant query brings with limits. While Prometheus itself cannot tell, the outcome is
// unknown: that speaks against the eyes, not against what they look at.
type Prometheus struct {
	URL     string           `yaml:"url"` // http://user:password@prometheus:9090, also of another server with the same API
	Bearer  string           `yaml:"bearer"`
	TLS     HTTPTLS          `yaml:"tls"`
	Query   string           `yaml:"query"` // PromQL; it brings a number, or at most 20 series
	Limits  `yaml:",inline"` // of each series
	Empty   string           `yaml:"empty"`   // what no series, or no number, means: unknown by default, or ok, or failed
	Latency time.Duration    `yaml:"latency"` // of the whole run; degraded above
}

const maxSeries = 20

type prometheusCheck struct {
	Prometheus
	http *httpCheck
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *Prometheus) Checker() (probes.Checker, error) {
	u, err := serverURL(s.URL, "http://prometheus.example.com:9090", "http", "https")
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(s.Query) == "" {
		return nil, &FieldError{"query", "say what to ask, for example sum(rate(http_errors_total[5m]))"}
	}
	if !slices.Contains([]string{"", "unknown", "ok", "failed"}, s.Empty) {
		return nil, &FieldError{"empty", "unknown, ok or failed"}
	}
	if !s.Limits.any() {
		return nil, &FieldError{"max", "set at least one of min, warn_below, warn_above and max"}
	}
	if err := s.Limits.problem(); err != nil {
		return nil, err
	}
	u = u.JoinPath("api/v1/query")
	inner, err := (&HTTP{TLS: s.TLS, HTTPRequest: HTTPRequest{URL: u.String(), Bearer: s.Bearer,
		Headers: map[string]string{"Content-Type": "application/x-www-form-urlencoded"},
		Body:    url.Values{"query": {s.Query}}.Encode()}}).Checker()
	if err != nil {
		return nil, err
	}
	return &prometheusCheck{*s, inner.(*httpCheck)}, latencyProblem(s.Latency)
}

// Check asks on a fresh connection.
func (c *prometheusCheck) Check(ctx context.Context) probes.Result {
	t := newTalk()
	run := c.http.newRun()
	defer run.end(false)
	t.tell = run.tell
	t.begin("query")
	answer, short := run.fetch(ctx, &c.http.steps[0])
	t.cert = run.cert
	var series []promSeries
	if short == nil {
		series, short = readSeries(answer, &t.tell)
	}
	if short != nil {
		t.found.add(probes.Unknown, short.reason, "Prometheus: "+short.detail)
	} else {
		c.judge(t, series)
	}
	return t.result(c.Latency, c.TLS.MinDaysLeft)
}

// fetch sends a step's request once, and returns the answer as it is.
func (r *httpRun) fetch(ctx context.Context, s *httpStep) (*answer, *shortfall) {
	w := &watch{}
	req, resp, err := r.send(ctx, s, w)
	if req == nil {
		return nil, &shortfall{probes.Internal, "the request cannot be made"}
	}
	if err != nil {
		if resp != nil {
			resp.Body.Close()
		}
		return nil, r.trouble(err, w)
	}
	defer resp.Body.Close()
	a := r.read(resp, s, w)
	r.cert.earliest(w.certificate())
	if a.tooLarge {
		return nil, &shortfall{probes.TooLarge, fmt.Sprintf("expected a body of at most %d bytes, got more", s.MaxBody)}
	}
	return a, a.bodyErr
}

// promSeries is a series with its value now.
type promSeries struct {
	Metric map[string]string `json:"metric"`
	Value  *promValue        `json:"value"` // nil for a histogram
}

// promValue is a value that the API writes as a pair of a time in seconds and a text.
type promValue float64

func (v *promValue) UnmarshalJSON(text []byte) error {
	var at float64
	var value string
	if err := json.Unmarshal(text, &[]any{&at, &value}); err != nil {
		return err
	}
	f, err := strconv.ParseFloat(value, 64)
	*v = promValue(f)
	return err
}

// readSeries reads what came; see https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries.
func readSeries(a *answer, tell *teller) ([]promSeries, *shortfall) {
	var body struct {
		Status string `json:"status"`
		Error  string `json:"error"`
		Data   struct {
			Type   string          `json:"resultType"`
			Result json.RawMessage `json:"result"`
		} `json:"data"`
	}
	err := json.Unmarshal(a.body, &body)
	switch {
	case a.status == http.StatusUnauthorized || a.status == http.StatusForbidden:
		return nil, &shortfall{probes.AuthFailed, fmt.Sprintf("expected status 200, got %d %s", a.status, http.StatusText(a.status))}
	case err == nil && body.Status == "error":
		return nil, &shortfall{probes.Unexpected, "expected a value, got the error " + tell.quote(body.Error)}
	case a.status != http.StatusOK || err != nil || body.Status != "success":
		return nil, &shortfall{probes.Unexpected, fmt.Sprintf("expected an answer of its API, got status %d%s", a.status, tell.snippet(a.body))}
	}
	series := make([]promSeries, 1)
	switch body.Data.Type {
	case "scalar":
		err = json.Unmarshal(body.Data.Result, &series[0].Value)
	case "vector":
		err = json.Unmarshal(body.Data.Result, &series)
	default:
		return nil, &shortfall{probes.Unexpected, "expected a query for values now, got one for a " + tell.quote(body.Data.Type)}
	}
	if err != nil || slices.ContainsFunc(series, func(s promSeries) bool { return s.Value == nil }) {
		return nil, &shortfall{probes.Unexpected, "expected numbers, got" + tell.snippet(body.Data.Result)}
	}
	if len(series) > maxSeries {
		return nil, &shortfall{probes.TooLarge, fmt.Sprintf("expected at most %d series, got %d; aggregate them in the query", maxSeries, len(series))}
	}
	return series, nil
}

// String writes a series as PromQL does.
func (s promSeries) String() string {
	var pairs []string
	for _, k := range sortedKeys(s.Metric) {
		if k != "__name__" {
			pairs = append(pairs, k+"="+strconv.Quote(s.Metric[k]))
		}
	}
	return short(s.Metric["__name__"] + "{" + strings.Join(pairs, ",") + "}")
}

func (c *prometheusCheck) judge(t *talk, series []promSeries) {
	series = slices.DeleteFunc(series, func(s promSeries) bool { return math.IsNaN(float64(*s.Value)) }) // as after 0/0: nothing is known
	if len(series) == 0 {
		outcome := map[string]probes.Outcome{"": probes.Unknown, "unknown": probes.Unknown, "failed": probes.Failed}[c.Empty]
		if outcome != "" {
			t.found.add(outcome, probes.Unexpected, "expected a value, but the query brought none")
		}
		return
	}
	for _, s := range series {
		name, what := "value", "the value"
		if len(series) > 1 {
			name, what = s.String(), s.String()
		}
		c.Limits.judge(t, name, what, float64(*s.Value), "")
	}
}
