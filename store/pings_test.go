package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/probes"
	"candor/store"
	"candor/store/storetest"

	"github.com/google/go-cmp/cmp"
)

func pings(t testing.TB, db *store.DB, probe string) []probes.Ping {
	t.Helper()
	list, err := db.Pings(t.Context(), probe)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestPingsComeBackWholeAndInTheirOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		started := probes.Ping{Probe: "backup", At: begin, Signal: probes.Started}
		broke := probes.Ping{Probe: "backup", At: begin, Signal: probes.Broke, Exit: 3, Body: "disk\x00 full\xff"}
		early := probes.Ping{Probe: "backup", At: begin.Add(-time.Hour), Signal: probes.Succeeded}
		for _, p := range []probes.Ping{started, broke, early, {Probe: "other", At: begin, Signal: probes.Succeeded}} {
			if err := db.SavePing(t.Context(), p); err != nil {
				t.Fatal(err)
			}
		}
		broke.At, broke.Body = begin.Add(time.Millisecond), "disk full\uFFFD"
		early.At = begin.Add(2 * time.Millisecond) // a clock that was set back changes no order
		if diff := cmp.Diff([]probes.Ping{early, broke, started}, pings(t, db, "backup")); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
		if got := pings(t, db, "unknown"); got != nil {
			t.Errorf("of no probe: %v", got)
		}
	})
}

func TestPingsAreBounded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for i := range probes.KeptPings + 3 {
			p := probes.Ping{Probe: "backup", At: begin.Add(time.Duration(i) * time.Second), Signal: probes.Succeeded, Body: strings.Repeat("é", probes.MaxPingBody)}
			if err := db.SavePing(t.Context(), p); err != nil {
				t.Fatal(err)
			}
		}
		got := pings(t, db, "backup")
		if len(got) != probes.KeptPings || !got[len(got)-1].At.Equal(begin.Add(3*time.Second)) {
			t.Errorf("%d reports are kept, the oldest of %v", len(got), got[len(got)-1].At)
		}
		if n := len(got[0].Body); n > probes.MaxPingBody || n < probes.MaxPingBody-10 {
			t.Errorf("the body has %d bytes", n)
		}
	})
}

func TestPingsAtOnceAreAllStored(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const n = 6
		var wg sync.WaitGroup
		for i := range n {
			wg.Go(func() {
				if err := db.SavePing(t.Context(), probes.Ping{Probe: "backup", At: begin, Signal: probes.Succeeded, Body: fmt.Sprint(i)}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		bodies := map[string]bool{}
		for _, p := range pings(t, db, "backup") {
			bodies[p.Body] = true
		}
		if len(bodies) != n {
			t.Errorf("%d of %d reports are stored", len(bodies), n)
		}
	})
}
