package app

import (
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"candor/probes"
)

// metrics is what Prometheus may read of this process.
type metrics struct {
	registry *prometheus.Registry
	late     prometheus.Histogram
	tallies  *tallies
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		late: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "candor_probe_lateness_seconds",
			Help: "How long after they were due runs of probes began.", Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 9)}),
		tallies: &tallies{began: time.Now(), of: map[string]*tally{}},
	}
	m.registry.MustRegister(m.late, m.tallies,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) observe(r probes.Result) {
	m.late.Observe(r.Late.Seconds())
	m.tallies.observe(r)
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// tallies counts what every probe finds. It is a prometheus.Collector of plain numbers, made into metrics when somebody
// asks: kept as metrics they would be a third of the memory that the collector of garbage looks through.
type tallies struct {
	began time.Time
	mu    sync.Mutex
	of    map[string]*tally // by probe key
}

// tally is what one probe found so far.
type tally struct {
	results [4]uint64  // by outcomes
	took    [10]uint64 // by buckets; the last is for what is longer than all of them
	total   float64    // seconds that the runs took
	lastRun float64    // unix seconds
	skipped uint64
	told    bool    // some result said whether the target is up
	up      float64 // 1 when the newest of those is ok
}

var (
	outcomes = [4]probes.Outcome{probes.OK, probes.Degraded, probes.Failed, probes.Unknown}
	buckets  = prometheus.ExponentialBuckets(0.005, 2.5, 9) // in seconds

	resultsDesc = prometheus.NewDesc("candor_probe_results_total",
		"Results of probes by outcome: ok, degraded, failed, unknown.", []string{"probe", "outcome"}, nil)
	upDesc = prometheus.NewDesc("candor_probe_up",
		"1 when the probe's newest result is ok, 0 when it is not. An unknown result changes nothing.", []string{"probe"}, nil)
	tookDesc    = prometheus.NewDesc("candor_probe_duration_seconds", "How long runs of a probe take.", []string{"probe"}, nil)
	lastRunDesc = prometheus.NewDesc("candor_probe_last_run_timestamp_seconds", "When the probe's newest run began.", []string{"probe"}, nil)
	skippedDesc = prometheus.NewDesc("candor_probe_skipped_total",
		"Runs of a probe that were skipped because this machine could not keep up.", []string{"probe"}, nil)
)

func (t *tallies) observe(r probes.Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	of := t.of[r.Probe]
	if of == nil {
		of = &tally{}
		t.of[r.Probe] = of
	}
	of.add(r)
}

func (t *tally) add(r probes.Result) {
	found := slices.Index(outcomes[:], r.Outcome)
	if found < 0 {
		found = slices.Index(outcomes[:], probes.Unknown) // as the store counts it
	}
	t.results[found]++
	bucket, _ := slices.BinarySearch(buckets, r.Took.Seconds())
	t.took[bucket]++
	t.total += r.Took.Seconds()
	t.lastRun = float64(r.At.UnixMilli()) / 1000
	t.skipped += uint64(r.Skipped)
	switch {
	case r.Outcome == probes.OK:
		t.told, t.up = true, 1
	case r.Outcome.Bad():
		t.told, t.up = true, 0
	}
}

// Describe names the metrics for the registry.
func (t *tallies) Describe(descs chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{resultsDesc, upDesc, tookDesc, lastRunDesc, skippedDesc} {
		descs <- d
	}
}

// Collect sends the metrics of all probes. No result waits until they are read.
func (t *tallies) Collect(to chan<- prometheus.Metric) {
	for _, s := range t.samples() {
		s.collect(s.probe, t.began, to)
	}
}

// sample is a tally as it was at one time.
type sample struct {
	tally
	probe string
}

func (t *tallies) samples() []sample {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make([]sample, 0, len(t.of))
	for probe, of := range t.of {
		out = append(out, sample{*of, probe})
	}
	return out
}

func (t *tally) collect(probe string, began time.Time, to chan<- prometheus.Metric) {
	count := func(desc *prometheus.Desc, n uint64, labels ...string) {
		if n > 0 {
			to <- prometheus.MustNewConstMetricWithCreatedTimestamp(desc, prometheus.CounterValue, float64(n), began, labels...)
		}
	}
	gauge := func(desc *prometheus.Desc, v float64) {
		to <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, v, probe)
	}
	for i, n := range t.results {
		count(resultsDesc, n, probe, string(outcomes[i]))
	}
	count(skippedDesc, t.skipped, probe)
	runs, under := t.runs()
	to <- prometheus.MustNewConstHistogramWithCreatedTimestamp(tookDesc, runs, t.total, under, began, probe)
	gauge(lastRunDesc, t.lastRun)
	if t.told {
		gauge(upDesc, t.up)
	}
}

// runs returns how many runs there were, and how many of them took at most as long as each bucket.
func (t *tally) runs() (all uint64, under map[float64]uint64) {
	under = make(map[float64]uint64, len(buckets))
	for i, n := range t.took {
		all += n
		if i < len(buckets) {
			under[buckets[i]] = all
		}
	}
	return all, under
}
