package main

import (
	"fmt"
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

// TestSlowFill stops the worker while messages go on coming, and expects that the team is warned of the full queue while
// every function of Studio works, without a word to customers. Then the broker runs out of memory, and customers are
// told in the incident that the warning opened.
func TestSlowFill(t *testing.T) {
	t.Parallel() // it waits for most of its time: no trend is told that lasts for less than four minutes
	w := &world{TB: t, broker: probetest.RabbitMQ(t, "collect_statistics_interval = 1000")}
	product := w.open(sim.Options{TrafficEvery: 50 * time.Millisecond, TrafficSize: 500, AcceptWithin: time.Second})
	wide := strings.Replace(storyConfig, "warn_ready: 200", "warn_ready: 9000", 1) // after seven and a half minutes
	w.watch(fmt.Sprintf(wide, 5*time.Second, product, w.broker.AMQP(), w.broker.Management()))
	ada := w.candor.owner()
	db, err := store.Open(t.Context(), filepath.Join(w.folder, "candor.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()

	w.studio.Break(sim.StopWorker)
	began := time.Now()
	var warned *incidents.Incident
	until(w, "the team is warned", 8*time.Minute, func() bool {
		if !w.says("All of Studio") || len(w.summary().Incidents) != 0 {
			w.Fatalf("before anything fails customers are told of %+v", w.summary().Incidents)
		}
		warned = w.warning(db)
		return warned != nil
	})
	t.Logf("the team was warned %.0f s after the queue began to fill, about %.0f s before it is full", time.Since(began).Seconds(), 450-time.Since(began).Seconds())
	room := "/console/incidents/" + warned.ID
	if text := ada.get(room); !strings.Contains(text, "campaigns.ready meets its limit at about") {
		t.Errorf("responders are not told of what comes:\n%.3000s", text)
	}

	if err := w.broker.SetMemoryLimit(1 << 20); err != nil {
		t.Fatal(err)
	}
	if id, _, _ := w.told(); id != warned.ID {
		t.Errorf("customers are told in %s, and the team was warned in %s", id, warned.ID)
	}
	if text := ada.get(room); !strings.Contains(text, "Likely cause: Message queue.") {
		t.Errorf("responders are not told of the cause:\n%.3000s", text)
	}
	if page := w.page.get("/incidents/" + warned.ID); strings.Contains(page, "meets its limit") || strings.Contains(page, "campaigns.ready") {
		t.Errorf("customers read of the warning:\n%.3000s", page)
	}
	if err := w.broker.SetMemoryLimit(0); err != nil {
		t.Fatal(err)
	}
	w.drain()
	until(w, "resolved", 2*time.Minute, func() bool { return len(w.summary().Incidents) == 0 && w.says("All of Studio") })
}

// warning returns the incident that only the team knows and that holds a warning; nil when there is none.
func (w *world) warning(db *store.DB) *incidents.Incident {
	w.Helper()
	open, err := db.OpenIncidents(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	for _, inc := range open {
		if !inc.Public() && slices.ContainsFunc(inc.Symptoms, func(s incidents.Symptom) bool { return s.Warning }) {
			return inc
		}
	}
	return nil
}
