package incidents_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"candor/probes"
	"candor/store/storetest"
)

// slowReads is a store of which a judgement's reads take long.
type slowReads struct {
	door
	took  time.Duration
	reads atomic.Int64
}

func (s *slowReads) RecentResults(ctx context.Context, keys []string, n int) (map[string][]probes.Result, error) {
	s.reads.Add(1)
	time.Sleep(s.took)
	return s.door.RecentResults(ctx, keys, n)
}

// While very much fails, each judgement reads very much. Results must be stored all the same.
func TestTrackerRestsFromJudgingThatTakesLong(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		s := &slowReads{took: 300 * time.Millisecond}
		s.Store(db)
		d := start(t, s, policy(t, db, "studio"))
		d.pace = 100 * time.Millisecond
		const n = 100
		for range n {
			d.sees("studio", "x")
		}
		d.stop()
		kept, err := db.RecentResults(t.Context(), []string{"studio"}, 2*n)
		if err != nil || len(kept["studio"]) != n {
			t.Errorf("%d of %d results are stored (%v)", len(kept["studio"]), n, err)
		}
		if busy := time.Duration(s.reads.Load()) * s.took; busy > 9*time.Second {
			t.Errorf("of twenty seconds, %v went into judging", busy)
		}
		one(t, db, "investigating")
	})
}

func TestTrackerTellsOfWhatFailsTogetherAtOnce(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		names := []string{"studio", "mail", "billing"}
		d := start(t, db, policy(t, db, names...))
		for range 2 {
			time.Sleep(interval)
			for _, name := range names {
				d.observe(result(name, 'x'))
			}
		}
		time.Sleep(2 * time.Second)
		d.stop()
		if got := len(stored(t, db)); got != len(names) || d.changes.Load() != 1 {
			t.Errorf("%d incidents opened, and the page was made %d times; want %d and once", got, d.changes.Load(), len(names))
		}
	})
}

// storing is a store that notes how many results are saved, and when.
type storing struct {
	door
	began time.Time
	notes []string
}

func (s *storing) SaveResults(ctx context.Context, list []probes.Result) error {
	s.notes = append(s.notes, fmt.Sprintf("%d after %s", len(list), time.Since(s.began)))
	return s.door.SaveResults(ctx, list)
}

// A transaction costs as much as many results, so good ones wait for others; a bad one hardly waits.
func TestTrackerStoresBadResultsSooner(t *testing.T) {
	for outcomes, want := range map[string]string{ // a result each 20 ms
		"oooooooooooooooo": "13 after 250ms",
		"xooooooooooooooo": "3 after 50ms",
		"oooxoxoooooooooo": "6 after 110ms",
	} {
		inTime(t, func(t *testing.T, dsn string) {
			db := storetest.Reopen(t, dsn)
			s := &storing{}
			s.Store(db)
			d := start(t, s, policy(t, db, "studio"))
			s.began = time.Now()
			for _, c := range outcomes {
				d.observe(result("studio", c))
				time.Sleep(20 * time.Millisecond)
			}
			d.stop()
			if len(s.notes) == 0 || s.notes[0] != want {
				t.Errorf("%s: stored %q, want first %s", outcomes, s.notes, want)
			}
		})
	}
}

// remembering is a store that looks at lists of results after it saved them.
type remembering struct {
	door
	lists [][]probes.Result
}

func (s *remembering) SaveResults(ctx context.Context, list []probes.Result) error {
	s.lists = append(s.lists, list)
	return s.door.SaveResults(ctx, list)
}

// At thousands of results a second the lists of them would be a tenth of all garbage.
func TestTrackerUsesTheMemoryOfABatchAgain(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		s := &remembering{}
		s.Store(db)
		d := start(t, s, policy(t, db, "studio"))
		for range 2 {
			r := result("studio", 'o')
			r.Evidence = []probes.Evidence{{Name: "answer", Type: "text/plain", Body: []byte("well")}}
			d.observe(r)
			time.Sleep(time.Second)
		}
		synctest.Wait()
		if len(s.lists) != 2 || &s.lists[0][0] != &s.lists[1][0] {
			t.Errorf("%d batches were stored, each in memory of its own; want two in the same", len(s.lists))
		} else if kept := s.lists[1][0]; kept.Probe != "" || kept.Evidence != nil {
			t.Errorf("what is stored stays in memory: %+v", kept)
		}
		d.stop()
		results, err := db.RecentResults(t.Context(), []string{"studio"}, 3)
		if err != nil || len(results["studio"]) != 2 {
			t.Errorf("%d of 2 results are stored (%v)", len(results["studio"]), err)
		}
	})
}
