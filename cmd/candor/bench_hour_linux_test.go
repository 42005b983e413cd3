package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store"
)

// benchHour gives the tracker what 2,000 probes find in an hour of runs each 10 s, as fast as it takes them, and looks
// at the database afterwards. What takes part is the real tracker with the real store, and no network.
func benchHour(b *testing.B, t *table) {
	const n, runs = 2000, 360
	path := filepath.Join(b.TempDir(), "candor.db")
	db, err := store.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	policy := incidents.Policy{Hold: time.Minute, ResolveAfter: time.Minute, Promise: time.Hour, Zone: time.UTC}
	for i := range n {
		policy.Rules = append(policy.Rules, incidents.Rule{Probe: fmt.Sprintf("p%d", i), Component: "c", Status: incidents.MajorOutage,
			Failures: 2, Of: 3, Recoveries: 2, Interval: 10 * time.Second})
	}
	tracker := incidents.NewTracker(db, policy, nil)
	observed, stored := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stored)
		tracker.Run(context.WithoutCancel(b.Context()), observed)
	}()
	began, cpu, at := time.Now(), ownCPU(b), time.Now().Add(-time.Hour).UTC()
	for run := range runs {
		for i := range n {
			r := probes.Result{Probe: fmt.Sprintf("p%d", i), Place: "local", Took: 1234567 * time.Nanosecond, Outcome: probes.OK,
				At:           at.Add(time.Duration(run)*10*time.Second + time.Duration(i)*5*time.Millisecond),
				Steps:        []probes.Step{{Name: "studio.example.com/new", Took: 1230001 * time.Nanosecond}},
				Measurements: []probes.Measurement{{Name: "latency", Value: 0.001234567, Unit: "s"}}}
			if err := tracker.Observe(b.Context(), r); err != nil {
				b.Fatal(err)
			}
		}
	}
	close(observed)
	<-stored
	took, cpu := time.Since(began), ownCPU(b)-cpu
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	const results = n * runs
	perResult := float64(info.Size()) / results
	b.ReportMetric(perResult, "B/result")
	t.add("one hour of 2,000 probes each 10 s, fed to the tracker as fast as it takes it", "",
		"%d results in %.0f s, %.0f µs of CPU each", results, took.Seconds(), float64(cpu.Microseconds())/results)
	t.add("its database", "", "%.0f bytes a result with its share of roll-ups and indexes: %.1f GB a day", perResult, perResult*results*24/1e9)
}
