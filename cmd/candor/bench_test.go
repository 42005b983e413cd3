package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes/probetest"
	"candor/probes/sim"
	"candor/store"
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

// BenchmarkSlowFill lets the broker's memory creep to its limit within about ten minutes, and reports how long before the
// alarm the team was warned: while every function of Studio worked, and without a word to customers.
func BenchmarkSlowFill(b *testing.B) {
	w := &world{TB: b, broker: probetest.RabbitMQ(b, "collect_statistics_interval = 1000")}
	product := w.open(sim.Options{TrafficEvery: 50 * time.Millisecond, TrafficSize: 3500, AcceptWithin: time.Second})
	silent := strings.Replace(storyConfig, ", queues: [{name: campaigns, warn_ready: 200}]", "", 1)
	w.watch(fmt.Sprintf(silent, 5*time.Second, product, w.broker.AMQP(), w.broker.Management()))
	db, err := store.Open(b.Context(), filepath.Join(w.folder, "candor.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for b.Loop() {
		w.fillSlowly(db, b.ReportMetric)
	}
	b.ReportMetric(0, "ns/op")
}

func (w *world) fillSlowly(db *store.DB, report func(float64, string)) {
	w.Helper()
	if _, err := w.broker.LimitMemoryAbove(96 << 20); err != nil {
		w.Fatal(err)
	}
	w.studio.Break(sim.StopWorker)
	began := time.Now()
	until(w, "the team is warned, or the broker holds back producers", 30*time.Minute, func() bool { return w.warned(db) || w.alarm() })
	if !w.warned(db) || w.alarm() || !w.says("All of Studio") || len(w.summary().Incidents) != 0 {
		w.Fatalf("after %v: warned %v, alarm %v, customers are told of %+v", time.Since(began), w.warned(db), w.alarm(), w.summary())
	}
	warned := time.Now()
	until(w, "the broker holds back producers", 30*time.Minute, w.alarm)
	report(warned.Sub(began).Seconds(), "s-to-warning")
	report(time.Since(warned).Seconds(), "s-before-alarm")
	id, _, _ := w.told()
	if room := w.candor.owner().get("/console/incidents/" + id); !strings.Contains(room, "Likely cause: Message queue.") {
		w.Errorf("responders are not told of the cause:\n%.3000s", room)
	}
	w.drain()
	mended := time.Now()
	until(w, "resolved", 30*time.Minute, func() bool { return len(w.summary().Incidents) == 0 })
	report(time.Since(mended).Seconds(), "s-to-resolved")
}

// warned says whether an incident that only the team knows holds a warning.
func (w *world) warned(db *store.DB) bool {
	w.Helper()
	open, err := db.OpenIncidents(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	return slices.ContainsFunc(open, func(inc *incidents.Incident) bool {
		return !inc.Public() && slices.ContainsFunc(inc.Symptoms, func(s incidents.Symptom) bool { return s.Warning })
	})
}
