package store_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store"
	"candor/store/storetest"

	"github.com/google/go-cmp/cmp"
)

const depth = incidents.Quantity("measurement depth")

// charted is what the tests have summed up: how long runs of the page took, and how deep the broker's queue is.
var charted = []incidents.Chart{{Probe: "page", Quantity: incidents.Latency}, {Probe: "broker", Quantity: depth}, {Probe: "broker", Quantity: "step publish"}}

func chart(t *testing.T, db *store.DB) {
	t.Helper()
	if err := db.Chart(t.Context(), charted); err != nil {
		t.Fatal(err)
	}
}

func buckets(t *testing.T, db *store.DB, probe string, q incidents.Quantity, from, until time.Time, step time.Duration) []incidents.Bucket {
	t.Helper()
	list, err := db.Buckets(t.Context(), probe, q, from, until, step)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// run is a result of the page.
func run(i int, at time.Time) probes.Result {
	r := result("page", []string{"local", "far"}[i%2], at, probes.OK)
	r.Took = time.Duration(float64(100*time.Millisecond) * math.Exp(math.Sin(float64(i)*1.7)))
	if i%50 == 0 {
		r.Outcome, r.Took = probes.Failed, 30*time.Second
	}
	return r
}

// Every percentile of every step, from sums and from single results, is compared with one computed from all the values.
func TestBucketsAreWithinTheStatedErrorOfTheValues(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		chart(t, db)
		from := begin.Truncate(24 * time.Hour)
		var list []probes.Result
		for i := range 2000 {
			if at := from.Add(time.Duration(i) * 47 * time.Second); i/100%7 != 3 { // with gaps
				list = append(list, run(i, at))
			}
		}
		for chunk := range slices.Chunk(list, 70) { // quarters of an hour are written in parts
			saveResults(t, db, chunk...)
			saveResults(t, db, chunk[:3]...) // again
		}
		until := from.Add(48 * time.Hour)
		for _, step := range []time.Duration{time.Minute, 5 * time.Minute, incidents.ChartGrain, 2 * time.Hour, 24 * time.Hour} {
			want := map[time.Time][]float64{}
			for _, r := range list {
				if r.Outcome == probes.OK {
					want[r.At.Truncate(step)] = append(want[r.At.Truncate(step)], r.Took.Seconds())
				}
			}
			got := buckets(t, db, "page", incidents.Latency, from, until, step)
			if len(got) != len(want) {
				t.Errorf("by %s: %d buckets, want %d", step, len(got), len(want))
			}
			for i, b := range got {
				values := want[b.Start]
				if i > 0 && !got[i-1].Start.Before(b.Start) || len(values) != int(b.Values.Count()) {
					t.Fatalf("by %s: bucket %d at %s has %d values, want %d", step, i, b.Start, b.Values.Count(), len(values))
				}
				slices.Sort(values)
				for _, p := range []float64{50, 95, 100} {
					exact := values[int(math.Ceil(p/100*float64(len(values))))-1]
					if seen := b.Values.Percentile(p); math.Abs(seen-exact) > exact*incidents.SketchError*1.000001 {
						t.Fatalf("by %s: percentile %g at %s is %g, want %g", step, p, b.Start, seen, exact)
					}
				}
			}
		}
	})
}

func TestOnlyWhatIsChartedIsSummedUp(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		chart(t, db)
		full := measured(begin, "local", probes.Measurement{Name: "depth", Value: 7, Unit: "messages"}, probes.Measurement{Name: "disk", Value: 1})
		full.Steps = []probes.Step{{Name: "connect", Took: time.Hour}, {Name: "publish", Took: 20 * time.Millisecond}}
		broken := measured(begin.Add(time.Second), "local", probes.Measurement{Name: "depth", Value: 9})
		broken.Outcome, broken.Steps = probes.Failed, full.Steps
		saveResults(t, db, full, broken, result("other", "local", begin, probes.OK), result("page", "local", begin, probes.Unknown))
		counts := map[string]uint64{}
		for _, c := range append(charted, incidents.Chart{Probe: "broker", Quantity: incidents.Latency}, incidents.Chart{Probe: "other", Quantity: incidents.Latency}) {
			for _, b := range buckets(t, db, c.Probe, c.Quantity, begin.Add(-time.Hour), begin.Add(time.Hour), incidents.ChartGrain) {
				counts[c.Probe+" "+string(c.Quantity)] += b.Values.Count()
			}
		}
		want := map[string]uint64{"broker measurement depth": 2, "broker step publish": 1} // a run that failed has no times
		if diff := cmp.Diff(want, counts); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
		if err := db.PruneBuckets(t.Context(), begin.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if n := rows(t, db, `SELECT COUNT(*) FROM sketches`); n != 0 {
			t.Errorf("%d sums are left after pruning", n)
		}
	})
}

// A chart that is new shows the results that are stored, once, however often the program starts.
func TestChartsBeginWithTheStoredResults(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var list []probes.Result
		for i := 1; i < 40; i++ {
			list = append(list, run(i, begin.Add(time.Duration(i)*time.Minute)))
		}
		saveResults(t, db, list[:30]...)
		chart(t, db)
		saveResults(t, db, list[30:]...)
		chart(t, db)
		var n uint64
		for _, b := range buckets(t, db, "page", incidents.Latency, begin.Add(-time.Hour), begin.Add(2*time.Hour), incidents.ChartGrain) {
			n += b.Values.Count()
		}
		if n != uint64(len(list)) {
			t.Errorf("%d values, want %d", n, len(list))
		}
	})
}

func TestRaceOfSums(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		handles := []*store.DB{storetest.Reopen(t, dsn), storetest.Reopen(t, dsn)}
		const each = 4
		for _, err := range race(t, handles, each, func(db *store.DB) error {
			var one incidents.Sketch
			one.Add(1)
			for range 10 {
				if err := db.SaveBuckets(t.Context(), "page", incidents.Latency, []incidents.Bucket{{Start: begin, Values: one}}); err != nil {
					return err
				}
			}
			return nil
		}) {
			if err != nil {
				t.Error(err)
			}
		}
		got := buckets(t, handles[0], "page", incidents.Latency, begin.Add(-time.Hour), begin.Add(time.Hour), incidents.ChartGrain)
		if len(got) != 1 || got[0].Values.Count() != 10*each*uint64(len(handles)) {
			t.Errorf("%d buckets, want one with %d values: %+v", len(got), 10*each*len(handles), got)
		}
	})
}

func TestFrozenCharts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		inc := outage(t, "cause", begin)
		end := func(after time.Duration) {
			t.Helper()
			if err := inc.Post(incidents.Update{At: begin.Add(after), Status: incidents.Resolved, Body: "Over."}); err != nil {
				t.Fatal(err)
			}
			if err := db.SaveIncident(t.Context(), inc); err != nil {
				t.Fatal(err)
			}
		}
		unfrozen := func(want int) {
			t.Helper()
			list, err := db.Unfrozen(t.Context(), begin, begin.Add(24*time.Hour))
			if err != nil || len(list) != want {
				t.Fatalf("%d incidents without charts, want %d, %v", len(list), want, err)
			}
		}
		end(time.Hour)
		unfrozen(1)
		list := []incidents.PageChart{{ID: "c1", Title: "Mail delay", Component: "mail", Unit: "s", Percentiles: []int{50}, From: begin, Until: begin.Add(time.Hour),
			Step: time.Minute, Gap: time.Minute, Points: []incidents.PagePoint{{At: begin, Runs: 3, Values: []float64{.25}}}, Whole: []float64{.25}}}
		if err := db.FreezeCharts(t.Context(), inc, list); err != nil {
			t.Fatal(err)
		}
		unfrozen(0)
		got, err := db.FrozenCharts(t.Context(), inc.ID)
		if diff := cmp.Diff(list, got); err != nil || diff != "" {
			t.Errorf("%v, want -, got +\n%s", err, diff)
		}
		if err := inc.Post(incidents.Update{At: begin.Add(2 * time.Hour), Status: incidents.Investigating, Body: "It is back."}); err != nil {
			t.Fatal(err)
		}
		end(3 * time.Hour)
		unfrozen(1)
		if got, err := db.FrozenCharts(t.Context(), "nothing"); err != nil || len(got) != 0 {
			t.Errorf("of no incident: %v, %v", got, err)
		}
	})
}

// BenchmarkNinetyDaysOfAChart reads the longest chart, of a probe that runs each 30 seconds.
func BenchmarkNinetyDaysOfAChart(b *testing.B) {
	for _, engine := range storetest.Engines {
		b.Run(engine, func(b *testing.B) {
			db := storetest.Open(b, engine)
			var list []incidents.Bucket
			for i := range 90 * 96 {
				bucket := incidents.Bucket{Start: begin.Add(time.Duration(i) * incidents.ChartGrain)}
				for j := range 30 {
					bucket.Values.Add(math.Exp(math.Sin(float64(i*30+j) * 1.7)))
				}
				list = append(list, bucket)
			}
			if err := db.SaveBuckets(b.Context(), "page", incidents.Latency, list); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				got, err := db.Buckets(b.Context(), "page", incidents.Latency, begin, begin.Add(90*24*time.Hour), 24*time.Hour)
				if err != nil || len(got) < 90 {
					b.Fatal(len(got), err)
				}
			}
		})
	}
}
