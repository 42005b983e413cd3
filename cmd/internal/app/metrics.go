package app

import (
	"net/http"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"candor/probes"
)

// metrics is what Prometheus may read of this process.
type metrics struct {
	registry *prometheus.Registry
	results  *prometheus.CounterVec
	up       *prometheus.GaugeVec
	took     *prometheus.HistogramVec
	lastRun  *prometheus.GaugeVec
	late     prometheus.Histogram
	skipped  *prometheus.CounterVec

	mu     sync.Mutex
	probes map[string]*ofProbe // by key
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		probes:   map[string]*ofProbe{},
		results: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "candor_probe_results_total",
			Help: "Results of probes by outcome: ok, degraded, failed, unknown."}, []string{"probe", "outcome"}),
		up: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "candor_probe_up",
			Help: "1 when the probe's newest result is ok, 0 when it is not. An unknown result changes nothing."}, []string{"probe"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "candor_probe_duration_seconds",
			Help: "How long runs of a probe take.", Buckets: prometheus.ExponentialBuckets(0.005, 2.5, 9)}, []string{"probe"}),
		lastRun: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "candor_probe_last_run_timestamp_seconds",
			Help: "When the probe's newest run began."}, []string{"probe"}),
		late: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "candor_probe_lateness_seconds",
			Help: "How long after they were due runs of probes began.", Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 9)}),
		skipped: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "candor_probe_skipped_total",
			Help: "Runs of a probe that were skipped because this machine could not keep up."}, []string{"probe"}),
	}
	m.registry.MustRegister(m.results, m.up, m.took, m.lastRun, m.late, m.skipped,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// ofProbe are the metrics of one probe, found once.
type ofProbe struct {
	results     map[probes.Outcome]prometheus.Counter
	up, lastRun prometheus.Gauge // up is nil until the first result that can tell
	took        prometheus.Observer
}

func (m *metrics) observe(r probes.Result) {
	m.late.Observe(r.Late.Seconds())
	if r.Skipped > 0 {
		m.skipped.WithLabelValues(r.Probe).Add(float64(r.Skipped))
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	of := m.probes[r.Probe]
	if of == nil {
		of = &ofProbe{results: map[probes.Outcome]prometheus.Counter{}, lastRun: m.lastRun.WithLabelValues(r.Probe), took: m.took.WithLabelValues(r.Probe)}
		m.probes[r.Probe] = of
	}
	if of.results[r.Outcome] == nil {
		of.results[r.Outcome] = m.results.WithLabelValues(r.Probe, string(r.Outcome))
	}
	of.results[r.Outcome].Inc()
	of.took.Observe(r.Took.Seconds())
	of.lastRun.Set(float64(r.At.UnixMilli()) / 1000)
	if r.Outcome != probes.OK && !r.Outcome.Bad() {
		return
	}
	if of.up == nil {
		of.up = m.up.WithLabelValues(r.Probe)
	}
	if r.Outcome == probes.OK {
		of.up.Set(1)
	} else {
		of.up.Set(0)
	}
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}
