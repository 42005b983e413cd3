package store_test

import (
	"testing"
	"time"

	"candor/probes"
	"candor/store"
	"candor/store/storetest"
)

func TestPastGrowsWithOldDaysOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Now()
		for _, tt := range []struct {
			name string
			save func()
			want int64
		}{
			{"a new result", func() { saveResults(t, db, result("page", "local", now, probes.OK)) }, 0},
			{"an agent that was cut off for three days", func() { saveResults(t, db, result("page", "far", now.AddDate(0, 0, -3), probes.OK)) }, 1},
			{"the same once more", func() { saveResults(t, db, result("page", "far", now.AddDate(0, 0, -3), probes.OK)) }, 1},
			{"an import", func() {
				if err := db.SaveDays(t.Context(), []store.Day{{Probe: "page", Place: "local", Day: now.AddDate(0, 0, -9), Counts: store.Counts{OK: 1}}}); err != nil {
					t.Fatal(err)
				}
			}, 2},
		} {
			tt.save()
			if got, err := db.Past(t.Context()); got != tt.want || err != nil {
				t.Errorf("after %s: %d %v, want %d", tt.name, got, err, tt.want)
			}
		}
	})
}
