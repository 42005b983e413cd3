package kinds

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"candor/probes"
)

const (
	maxAnswer       = 1 << 20 // bytes of one answer of the management API
	manageAtOnce    = 4       // requests at a time
	maxNodes        = 9       // that are measured
	maxManageHeader = 64 << 10
)

// rabbitManagement looks at a broker through its management API.
type rabbitManagement struct {
	base           *url.URL // without credentials
	user, password string
	vhost          string
	tls            *tls.Config
	queues         []string
	memory         float64
	disk           float64
}

// figure is a number that may be absent, as all are right after the start, or a word, as in "disk monitoring off".
type figure struct{ *float64 }

func (f *figure) UnmarshalJSON(text []byte) error {
	var n *float64
	if json.Unmarshal(text, &n) == nil {
		f.float64 = n
	}
	return nil
}

// rabbitNode is what /api/nodes tells of a node.
type rabbitNode struct {
	Name          string `json:"name"`
	Running       *bool  `json:"running"`
	MemoryUsed    figure `json:"mem_used"`
	MemoryLimit   figure `json:"mem_limit"`
	MemoryAlarm   bool   `json:"mem_alarm"`
	DiskFree      figure `json:"disk_free"`
	DiskFreeLimit figure `json:"disk_free_limit"`
	DiskAlarm     bool   `json:"disk_free_alarm"`
}

// manageRun is one look; the requests run at the same time.
type manageRun struct {
	*rabbitManagement
	client    *http.Client
	connected atomic.Bool
	mu        sync.Mutex // guards report
	report    report
}

// look asks for alarms, nodes and queues.
func (m *rabbitManagement) look(ctx context.Context) report {
	r := &manageRun{rabbitManagement: m}
	transport := &http.Transport{
		DialContext:            r.dial,
		TLSClientConfig:        r.watch(m.tls),
		MaxConnsPerHost:        manageAtOnce,
		MaxResponseHeaderBytes: maxManageHeader,
	}
	defer transport.CloseIdleConnections()
	r.client = &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	r.report.looked, r.report.queues = true, map[string]queueSample{}
	began := time.Now()
	if old, ok := r.alarms(ctx); ok {
		r.figures(ctx, old)
	}
	r.report.steps = []probes.Step{{Name: "management", Took: time.Since(began)}}
	r.mu.Lock() // a handshake that nobody waits for any more may go on
	defer r.mu.Unlock()
	return r.report
}

// watch is certificateEnd.watch for handshakes that run at the same time.
func (r *manageRun) watch(config *tls.Config) *tls.Config {
	config = config.Clone()
	config.VerifyConnection = func(state tls.ConnectionState) error {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.report.cert.earliest(chainEnd(&state))
		return nil
	}
	return config
}

func (r *manageRun) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err == nil {
		r.connected.Store(true)
	}
	return conn, err
}

// alarms asks for the freshest sign of a broker that holds publishers back; ok is false when the API does not work,
// old when it does not know the question, as before RabbitMQ 3.8.
func (r *manageRun) alarms(ctx context.Context) (old, ok bool) {
	var health struct {
		Alarms []struct{ Node, Resource string } `json:"alarms"`
		Reason string                            `json:"reason"`
	}
	status, ok := r.get(ctx, &health, "health", "checks", "alarms")
	switch {
	case !ok || status == http.StatusOK:
	case status == http.StatusNotFound:
		old = true
	case status != http.StatusServiceUnavailable:
		r.unexpected(status)
		ok = false
	case len(health.Alarms) == 0:
		r.found(probes.Failed, probes.Blocked, "the broker reports an alarm: "+scrub(shorten(health.Reason)))
	}
	for _, a := range health.Alarms[:min(len(health.Alarms), 2*maxNodes)] {
		r.alarm(a.Resource, a.Node)
	}
	return old, ok
}

// figures asks for nodes and queues, several at a time.
func (r *manageRun) figures(ctx context.Context, old bool) {
	var nodes []rabbitNode
	var wg sync.WaitGroup
	wg.Go(func() { nodes = r.nodes(ctx) })
	for _, name := range r.queues {
		wg.Go(func() { r.queue(ctx, name) })
	}
	wg.Wait()
	r.judge(nodes, old)
}

func (r *manageRun) alarm(resource, node string) {
	r.found(probes.Failed, probes.Blocked, fmt.Sprintf("%s alarm on %s: the broker holds back publishers", scrub(shorten(resource)), scrub(shorten(node))))
}

func (r *manageRun) nodes(ctx context.Context) (nodes []rabbitNode) {
	status, ok := r.get(ctx, &nodes, "nodes")
	if ok && status != http.StatusOK {
		r.unexpected(status)
		return nil
	}
	slices.SortFunc(nodes, func(a, b rabbitNode) int { return cmp.Compare(a.Name, b.Name) })
	return nodes[:min(len(nodes), maxNodes)]
}

// judge compares the nodes with their limits; their own alarm flags are up to 10 s old and serve old brokers only.
func (r *manageRun) judge(nodes []rabbitNode, old bool) {
	for _, n := range nodes {
		name := scrub(shorten(n.Name))
		prefix := ""
		if len(nodes) > 1 {
			prefix = name + "."
		}
		if n.Running != nil && !*n.Running {
			r.found(probes.Degraded, probes.Unexpected, fmt.Sprintf("node %s does not run", name))
			continue
		}
		if old && n.MemoryAlarm {
			r.alarm("memory", n.Name)
		}
		if old && n.DiskAlarm {
			r.alarm("disk", n.Name)
		}
		if used, limit := n.MemoryUsed.float64, n.MemoryLimit.float64; used != nil && limit != nil {
			r.measure(prefix+"memory_used", *used, *limit, false)
			if *used >= *limit*r.memory {
				r.found(probes.Degraded, probes.NearLimit, fmt.Sprintf("node %s uses %s of memory; from %s on it holds back publishers",
					name, megabytes(*used), megabytes(*limit)))
			}
		}
		if free, limit := n.DiskFree.float64, n.DiskFreeLimit.float64; free != nil && limit != nil {
			r.measure(prefix+"disk_free", *free, *limit, true)
			if *free < *limit*r.disk {
				r.found(probes.Degraded, probes.NearLimit, fmt.Sprintf("node %s has %s of disk free; below %s it holds back publishers",
					name, megabytes(*free), megabytes(*limit)))
			}
		}
	}
}

func megabytes(n float64) string { return fmt.Sprintf("%.0f MB", n/1e6) }

func (r *manageRun) measure(name string, value, limit float64, floor bool) {
	r.report.measurements = append(r.report.measurements, probes.Measurement{Name: name, Value: value, Unit: "bytes", Limit: limit, Floor: floor})
}

func (r *manageRun) found(outcome probes.Outcome, reason probes.Reason, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.report.findings.add(outcome, reason, text)
}

// trouble notes that the API did not answer well.
func (r *manageRun) trouble(reason probes.Reason, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.report.lost.add(probes.Failed, reason, "management API: "+text)
}

func (r *manageRun) unexpected(status int) {
	r.trouble(probes.Unexpected, fmt.Sprintf("expected status 200, got %d", status))
}

// get asks and decodes; ok is false when there is nothing to judge because the trouble is noted already.
func (r *manageRun) get(ctx context.Context, into any, path ...string) (status int, ok bool) {
	resp, err := r.ask(ctx, path)
	if err != nil {
		if timeout(err) && !r.connected.Load() {
			err = &net.OpError{Op: "dial", Net: "tcp", Err: err} // the client tells only of the time-out
		}
		r.trouble(classify(err))
		return 0, false
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden {
		r.trouble(probes.AuthFailed, "user and password were not accepted, or the user lacks the tag monitoring")
		return 0, false
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		r.trouble(classify(err))
		return 0, false
	case len(body) > maxAnswer:
		r.trouble(probes.TooLarge, fmt.Sprintf("an answer of more than %d bytes", maxAnswer))
		return 0, false
	}
	judged := resp.StatusCode == http.StatusOK || resp.StatusCode == http.StatusServiceUnavailable
	if err := json.Unmarshal(body, into); err != nil && judged {
		r.trouble(probes.Unexpected, fmt.Sprintf("status %d, but its answer is not the expected JSON", resp.StatusCode))
		return 0, false
	}
	return resp.StatusCode, true
}

func (r *manageRun) ask(ctx context.Context, path []string) (*http.Response, error) {
	u := r.base.JoinPath("api")
	for _, part := range path {
		u = u.JoinPath(url.PathEscape(part))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(r.user, r.password)
	return r.client.Do(req)
}
