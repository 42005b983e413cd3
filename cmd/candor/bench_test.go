package main

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// BenchmarkFaultToPublic breaks the broker ten times, at any moment of the probes' interval of 10 s (recheck 2 s), and
// reports how long it takes from the moment the broker holds back producers until the page tells customers.
func BenchmarkFaultToPublic(b *testing.B) {
	const runs = 10
	w := newWorld(b, 2*time.Second)
	var took []float64
	for b.Loop() {
		for len(took) < runs {
			took = append(took, w.faultToPublic().Seconds())
		}
	}
	slices.Sort(took)
	b.Logf("seconds from the fault to the published incident: %.1f", took)
	b.ReportMetric(took[runs/2], "s-median")
	b.ReportMetric(took[runs-1], "s-max")
	b.ReportMetric(0, "ns/op")
	if took[runs-1] > 20 {
		b.Errorf("customers waited for %.1f s", took[runs-1])
	}
}

// faultToPublic raises the broker's memory alarm, waits for the public incident, mends, and waits for the end.
func (w *world) faultToPublic() time.Duration {
	w.Helper()
	<-time.After(rand.N(10 * time.Second))
	began := time.Now() // before the tool that raises the alarm has even started
	if err := w.broker.SetMemoryLimit(1 << 20); err != nil {
		w.Fatal(err)
	}
	until(w, "an incident is public", time.Minute, func() bool { return len(w.summary().Incidents) > 0 })
	published := w.summary().Incidents[0].CreatedAt
	if published.Before(began) {
		w.Fatalf("an incident was published before the fault")
	}
	if err := w.broker.SetMemoryLimit(0); err != nil {
		w.Fatal(err)
	}
	until(w, "all is over", 2*time.Minute, func() bool { return len(w.summary().Incidents) == 0 && w.says("All of Studio") })
	return published.Sub(began)
}
