package store_test

import (
	"fmt"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store"
	"candor/store/storetest"

	"github.com/google/go-cmp/cmp"
)

func measured(at time.Time, place string, list ...probes.Measurement) probes.Result {
	r := result("broker", place, at, probes.OK)
	r.Measurements = list
	return r
}

func point(at time.Time, value float64) incidents.Sample {
	return incidents.Sample{At: at, Value: value}
}

func TestCourses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := func(seconds int) time.Time {
			return begin.Truncate(time.Minute).Add(time.Duration(seconds) * time.Second)
		}
		depth := func(v float64) probes.Measurement {
			return probes.Measurement{Name: "depth", Value: v, Unit: "messages", Limit: 100 + v}
		}
		disk := func(v float64) probes.Measurement {
			return probes.Measurement{Name: "disk", Value: v, Unit: "bytes", Limit: 50, Floor: true}
		}
		blind := result("broker", "local", at(130), probes.Unknown)
		saveResults(t, db, measured(at(0), "local", depth(1)), measured(at(10), "local", depth(2)), measured(at(50), "local", depth(3)),
			measured(at(70), "local", depth(4), disk(90)), measured(at(80), "far", disk(80)), blind, measured(at(200), "local", depth(5)),
			result("page", "local", at(60), probes.OK))
		took := 0.123456789
		check := func(name string, got []incidents.Course, err error, want []incidents.Course) {
			t.Helper()
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s: %v, want -, got +\n%s", name, err, diff)
			}
		}
		got, err := db.Courses(t.Context(), "broker", at(0), at(130), time.Minute)
		check("by the minute", got, err, []incidents.Course{
			{Name: "depth", Place: "local", Unit: "messages", Limit: 104, Samples: []incidents.Sample{point(at(50), 3), point(at(70), 4)}},
			{Name: "disk", Place: "far", Unit: "bytes", Limit: 50, Floor: true, Samples: []incidents.Sample{point(at(80), 80)}},
			{Name: "disk", Place: "local", Unit: "bytes", Limit: 50, Floor: true, Samples: []incidents.Sample{point(at(70), 90)}},
			{Name: store.Took, Place: "far", Unit: "s", Samples: []incidents.Sample{point(at(80), took)}},
			{Name: store.Took, Place: "local", Unit: "s", Samples: []incidents.Sample{point(at(50), took), point(at(70), took)}},
		})
		got, err = db.Courses(t.Context(), "broker", at(-1), at(60), 0)
		check("every result", got, err, []incidents.Course{
			{Name: "depth", Place: "local", Unit: "messages", Limit: 103, Samples: []incidents.Sample{point(at(0), 1), point(at(10), 2), point(at(50), 3)}},
			{Name: store.Took, Place: "local", Unit: "s", Samples: []incidents.Sample{point(at(0), took), point(at(10), took), point(at(50), took)}},
		})
		got, err = db.Courses(t.Context(), "nobody", at(0), at(130), time.Minute)
		check("a probe without results", got, err, nil)
	})
}

// The newest hour is close together, and the days before are not, without a point twice where they meet.
func TestRecentCourses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := begin.Truncate(time.Hour)
		var list []probes.Result
		for i := range 3 * 24 * 60 {
			at := now.Add(-time.Duration(i) * time.Minute)
			list = append(list, measured(at, "local", probes.Measurement{Name: "depth", Value: float64(i), Unit: "messages", Limit: 1e6}))
		}
		saveResults(t, db, list...)
		got, err := db.RecentCourses(t.Context(), "broker", now)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 2 || got[0].Name != "depth" || got[1].Name != store.Took {
			t.Fatalf("got %d series, want depth and took", len(got))
		}
		points := got[0].Samples
		if n := len(points); n < 60+7*30+64 || n > 60+7*30+68 {
			t.Errorf("%d points, want those of each minute, two minutes and hour", n)
		}
		for i := range points[1:] {
			if !points[i].At.Before(points[i+1].At) {
				t.Fatalf("point %d at %v is not before the next at %v", i, points[i].At, points[i+1].At)
			}
		}
		if last := points[len(points)-1]; !last.At.Equal(now) || last.Value != 0 {
			t.Errorf("the newest point is %v, want that of now", last)
		}
	})
}

// BenchmarkRecentCourses reads what one forecast needs of a probe that runs each 10 seconds and keeps eight days.
func BenchmarkRecentCourses(b *testing.B) {
	for _, engine := range storetest.Engines {
		b.Run(engine, func(b *testing.B) {
			db := storetest.Open(b, engine)
			var list []probes.Result
			for i := range 8 * 24 * 360 {
				r := measured(begin.Add(-time.Duration(i)*10*time.Second), "local")
				for m := range 5 {
					r.Measurements = append(r.Measurements, probes.Measurement{Name: fmt.Sprint("measurement-", m), Value: float64(i), Unit: "bytes", Limit: 1e9})
				}
				list = append(list, r)
			}
			saveResults(b, db, list...)
			if _, err := db.SQL().Exec(`ANALYZE results`); err != nil { // as PostgreSQL does by itself
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := db.RecentCourses(b.Context(), "broker", begin); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
