package store_test

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"testing"
	"time"

	"candor/probes"
	"candor/store"
	"candor/store/storetest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func result(probe, place string, at time.Time, outcome probes.Outcome) probes.Result {
	r := probes.Result{Probe: probe, Place: place, At: at, Took: 123456789, Outcome: outcome}
	if outcome != probes.OK {
		r.Reason, r.Detail = probes.TimedOut, "no answer in 10s"
	}
	return r
}

func saveResults(t testing.TB, db *store.DB, list ...probes.Result) {
	t.Helper()
	if err := db.SaveResults(t.Context(), list); err != nil {
		t.Fatal(err)
	}
}

func TestResultsComeBackWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		second := func(n int) time.Time { return begin.Add(time.Duration(n) * time.Second) }
		full := result("broker", "local", second(3), probes.Failed)
		full.Steps = []probes.Step{{Name: "connect", Took: time.Millisecond}, {Name: "publish", Took: 7}}
		full.Measurements = []probes.Measurement{{Name: "queue", Value: 1e6, Unit: "messages", Limit: 5000}, {Name: "memory", Value: 0.4, Unit: "ratio"}}
		old, near, far := result("broker", "local", second(1), probes.OK), result("broker", "local", second(2), probes.OK), result("broker", "far", second(2), probes.Unknown)
		other := result("page", "local", second(1), probes.Degraded)
		saveResults(t, db, near, other, full, far, old)
		got, err := db.RecentResults(t.Context(), []string{"broker", "page", "unknown"}, 3)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]probes.Result{"broker": {full, near, far}, "page": {other}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
		if got, err := db.RecentResults(t.Context(), nil, 3); err != nil || len(got) != 0 {
			t.Errorf("of no probe: got %v, %v", got, err)
		}
	})
}

func TestResultsOfManyProbes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var keys []string
		var list []probes.Result
		want := map[string][]probes.Result{}
		for i := range 2*127 + 1 {
			r := result(fmt.Sprintf("probe-%d", i), "local", begin, probes.OK)
			keys, list, want[r.Probe] = append(keys, r.Probe), append(list, r), []probes.Result{r}
		}
		saveResults(t, db, list...)
		got, err := db.RecentResults(t.Context(), keys, 10)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
	})
}

// One odd answer must not cost the results that come with it.
func TestResultsWithOddContent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		odd := result("page", "local", begin, probes.Failed)
		odd.Detail = "\x00caf\xe9"
		odd.Measurements = []probes.Measurement{{Name: "a", Value: math.NaN()}, {Name: "b", Value: 1, Limit: math.Inf(1)}, {Name: "c", Value: 2}}
		saveResults(t, db, odd)
		got, err := db.RecentResults(t.Context(), []string{"page"}, 1)
		if err != nil {
			t.Fatal(err)
		}
		odd.Detail, odd.Measurements = "caf\uFFFD", odd.Measurements[2:]
		if diff := cmp.Diff([]probes.Result{odd}, got["page"]); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
	})
}

func TestReplayedResultsCountOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		first := result("page", "local", begin, probes.OK)
		again := result("page", "local", begin.Add(999*time.Microsecond), probes.Failed) // the same millisecond
		next := result("page", "local", begin.Add(time.Second), probes.Failed)
		saveResults(t, db, first, again)
		saveResults(t, db, first, next, next)
		saveResults(t, db, again, next)
		coverage(t, db, begin, map[string]map[time.Time]store.Counts{"page": {midnight(begin): {OK: 1, Failed: 1}}})
		if got := rows(t, db, `SELECT COUNT(*) FROM results`); got != 2 {
			t.Errorf("%d rows, want 2", got)
		}
		recount(t, db)
	})
}

func TestRaceOfReplays(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		handles := []*store.DB{storetest.Reopen(t, dsn), storetest.Reopen(t, dsn)}
		var list []probes.Result
		for i := range 200 {
			list = append(list, result(fmt.Sprintf("probe-%d", i%7), "local", begin.Add(time.Duration(i)*time.Minute), probes.OK))
		}
		for _, err := range race(t, handles, 4, func(db *store.DB) error { return db.SaveResults(t.Context(), list) }) {
			if err != nil {
				t.Error(err)
			}
		}
		if got := rows(t, handles[0], `SELECT SUM(ok) FROM results_daily`); got != len(list) {
			t.Errorf("the roll-ups count %d, want each of %d once", got, len(list))
		}
		recount(t, handles[0])
	})
}

func midnight(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

func coverage(t testing.TB, db *store.DB, from time.Time, want map[string]map[time.Time]store.Counts) {
	t.Helper()
	got := map[string]map[time.Time]store.Counts{}
	var newest time.Time
	err := db.EachDay(t.Context(), from, func(d store.Day) {
		if d.Day.Before(newest) {
			t.Errorf("the day %s came after %s", d.Day, newest)
		}
		newest = d.Day
		if got[d.Probe] == nil {
			got[d.Probe] = map[time.Time]store.Counts{}
		}
		if _, twice := got[d.Probe][d.Day]; twice {
			t.Errorf("the day %s of %s came twice", d.Day, d.Probe)
		}
		got[d.Probe][d.Day] = d.Counts
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("coverage: want -, got +\n%s", diff)
	}
}

// recount compares the roll-ups with the rows that they sum up.
func recount(t interface {
	Helper()
	Fatal(...any)
	Errorf(string, ...any)
}, db *store.DB) {
	t.Helper()
	var wrong int
	err := db.SQL().QueryRow(`
		WITH counted AS (
			SELECT at - at % $1 AS start_at, probe, place,
				COUNT(*) FILTER (WHERE outcome = 'ok') AS ok, COUNT(*) FILTER (WHERE outcome = 'degraded') AS degraded,
				COUNT(*) FILTER (WHERE outcome = 'failed') AS failed, COUNT(*) FILTER (WHERE outcome = 'unknown') AS unknown,
				SUM(took) AS took_sum, MIN(took) AS took_min, MAX(took) AS took_max
			FROM results GROUP BY 1, 2, 3),
		stored AS (
			SELECT start_at, probe, place, ok, degraded, failed, unknown, took_sum, took_min, took_max FROM results_daily)
		SELECT (SELECT COUNT(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM stored) AS a)
			+ (SELECT COUNT(*) FROM (SELECT * FROM stored EXCEPT SELECT * FROM counted) AS b)`, (24 * time.Hour).Milliseconds()).Scan(&wrong)
	if err != nil {
		t.Fatal(err)
	}
	if wrong > 0 {
		t.Errorf("%d roll-ups differ from a recount", wrong)
	}
}

func TestRollupsEqualARecount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		outcomes := []probes.Outcome{probes.OK, probes.Degraded, probes.Failed, probes.Unknown}
		one := rapid.Custom(func(t *rapid.T) probes.Result {
			r := result(
				rapid.SampledFrom([]string{"page", "broker", "mail"}).Draw(t, "probe"),
				rapid.SampledFrom([]string{"local", "far"}).Draw(t, "place"),
				begin.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "at"))*10*time.Minute),
				rapid.SampledFrom(outcomes).Draw(t, "outcome"))
			r.Took = time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "took"))
			return r
		})
		rapid.Check(t, func(t *rapid.T) {
			for _, batch := range rapid.SliceOfN(rapid.SliceOfN(one, 0, 60), 1, 3).Draw(t, "batches") {
				if err := db.SaveResults(t.Context(), batch); err != nil {
					t.Fatal(err)
				}
			}
			recount(t, db)
		})
		t.Logf("%d results", rows(t, db, `SELECT COUNT(*) FROM results`))
	})
}

func TestDays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		today, yesterday := midnight(begin), midnight(begin).Add(-24*time.Hour)
		day := store.Day{Probe: "page", Place: "local", Day: begin.In(time.FixedZone("east", 3600)), Counts: store.Counts{OK: 5, Unknown: 1}, TookSum: 60, TookMin: 5, TookMax: 20}
		before := day
		before.Day, before.Counts = yesterday, store.Counts{Degraded: 2}
		rest := store.Day{Probe: "page", Place: "local", Day: today, Counts: store.Counts{OK: 1}, TookSum: 20, TookMin: 20, TookMax: 20}
		day.OK, day.TookSum = day.OK-rest.OK, day.TookSum-rest.TookSum
		if err := db.SaveDays(t.Context(), []store.Day{rest, before, day}); err != nil {
			t.Fatal(err)
		}
		saveResults(t, db, result("page", "local", begin, probes.Failed), result("page", "far", begin, probes.OK), result("page", "west", begin, probes.OK))
		coverage(t, db, begin, map[string]map[time.Time]store.Counts{"page": {today: {OK: 5, Failed: 1, Unknown: 1}}})
		coverage(t, db, yesterday, map[string]map[time.Time]store.Counts{"page": {today: {OK: 5, Failed: 1, Unknown: 1}, yesterday: {Degraded: 2}}})
		coverage(t, db, begin.Add(24*time.Hour), map[string]map[time.Time]store.Counts{})
		if got := rows(t, db, `SELECT took_sum FROM results_daily WHERE place = 'local' AND failed = 1 AND took_min = 5 AND took_max = 123456789`); got != 60+123456789 {
			t.Errorf("took_sum %d", got)
		}
	})
}

func TestHeard(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		check := func(from time.Time, want map[string]time.Time) {
			t.Helper()
			got, err := db.Heard(t.Context(), []string{"page", "broker", "never"}, from)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%v, want -, got +\n%s", err, diff)
			}
		}
		check(begin, map[string]time.Time{})
		saveResults(t, db, result("page", "local", begin.Add(time.Hour), probes.Unknown))
		check(begin, map[string]time.Time{})
		saveResults(t, db, result("page", "local", begin, probes.OK), result("page", "mars", begin.Add(time.Second), probes.Degraded),
			result("broker", "local", begin.Add(time.Minute), probes.Failed), result("other", "local", begin.Add(time.Hour), probes.OK))
		check(begin, map[string]time.Time{"page": begin.Add(time.Second), "broker": begin.Add(time.Minute)})
		check(begin.Add(2*time.Second), map[string]time.Time{"broker": begin.Add(time.Minute)})
	})
}

func TestPruneResults(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const n = 2300 // more than two chunks
		var list []probes.Result
		for i := range n {
			list = append(list, result(fmt.Sprintf("probe-%d", i%3), "local", begin.Add(time.Duration(i)*time.Second), probes.OK))
		}
		saveResults(t, db, list...)
		got, err := db.PruneResults(t.Context(), begin.Add((n-10)*time.Second))
		if err != nil || got != n-10 {
			t.Errorf("pruned %d, %v, want %d", got, err, n-10)
		}
		if got := rows(t, db, `SELECT COUNT(*) FROM results`); got != 10 {
			t.Errorf("%d rows are left, want 10", got)
		}
		if got := rows(t, db, `SELECT SUM(ok) FROM results_daily`); got != n {
			t.Errorf("the roll-ups count %d, want still %d", got, n)
		}
	})
}

// Thousands of results a second are stored on small machines. A copy of each argument by itself would be as much again.
func TestSavingResultsLeavesLittleGarbage(t *testing.T) {
	const many, bound = 1000, 1200 // bytes a result; half of it is what the driver and the texts of lists take
	db := storetest.Open(t, "sqlite")
	list := make([]probes.Result, many)
	save := func(at time.Time) uint64 {
		for i := range list {
			list[i] = result(fmt.Sprintf("probe-%d", i*7%many), "local", at, probes.OK)
			list[i].Steps = []probes.Step{{Name: "studio.example.com/", Took: time.Millisecond}}
			list[i].Measurements = []probes.Measurement{{Name: "certificate", Value: 7654321, Unit: "s", Limit: 604800, Floor: true}}
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		saveResults(t, db, list...)
		runtime.ReadMemStats(&after)
		return (after.TotalAlloc - before.TotalAlloc) / many
	}
	save(begin) // prepares the statements
	if got := save(begin.Add(time.Minute)); got > bound {
		t.Errorf("%d bytes a result, want %d at most", got, bound)
	}
}

// BenchmarkSaveResults saves what comes within a moment of 4,000 probes that run each second.
func BenchmarkSaveResults(b *testing.B) {
	const many, size = 4000, 400
	for _, engine := range storetest.Engines {
		b.Run(engine, func(b *testing.B) {
			db := storetest.Open(b, engine)
			n := 0
			for b.Loop() {
				list := make([]probes.Result, size)
				for i := range list {
					list[i] = result(fmt.Sprintf("probe-%d", n%many), "local", begin.Add(time.Duration(n/many)*time.Second), probes.OK)
					list[i].Steps = []probes.Step{{Name: "studio.example.com/", Took: time.Millisecond}}
					list[i].Measurements = []probes.Measurement{{Name: "latency", Value: 0.001234, Unit: "s"}}
					n++
				}
				saveResults(b, db, list...)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "results/s")
		})
	}
}

func TestEachResultGoesThroughAStretchInOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var saved []probes.Result
		for i := range 5 {
			for _, probe := range []string{"b", "a"} {
				saved = append(saved, probes.Result{Probe: probe, Place: "local", At: begin.Add(time.Duration(i) * time.Second), Outcome: probes.OK})
			}
		}
		if err := db.SaveResults(t.Context(), saved); err != nil {
			t.Fatal(err)
		}
		var got []string
		see := func(r probes.Result) error {
			got = append(got, r.At.Sub(begin).String()+r.Probe)
			return nil
		}
		if err := db.EachResult(t.Context(), begin.Add(time.Second), begin.Add(3*time.Second), see); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"1sa", "1sb", "2sa", "2sb"}, got); diff != "" {
			t.Errorf("results (-want +got):\n%s", diff)
		}
		stop := errors.New("enough")
		if err := db.EachResult(t.Context(), begin, begin.Add(time.Hour), func(probes.Result) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("error %v, want the one of see", err)
		}
	})
}
