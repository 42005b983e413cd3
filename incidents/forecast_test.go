package incidents

import (
	"math"
	"testing"
	"time"
)

var noon = time.Date(2024, 5, 2, 12, 0, 0, 0, time.UTC)

// calm is a day of one value, and then what follows, in steps of a minute up to noon.
func calm(limit, level float64, then ...float64) Course {
	s := Course{Name: "depth", Unit: "messages", Limit: limit}
	for i := range 24*60 + len(then) {
		v := level
		if i >= 24*60 {
			v = then[i-24*60]
		}
		s.Samples = append(s.Samples, Sample{noon.Add(time.Duration(i+1-24*60-len(then)) * time.Minute), v})
	}
	return s
}

// rise is n values from one to another, with a wobble.
func rise(n int, from, to float64) (list []float64) {
	for i := range n {
		list = append(list, from+(to-from)*float64(i+1)/float64(n)+(to-from)/50*math.Sin(float64(i)*2.4))
	}
	return list
}

func TestForecast(t *testing.T) {
	mirror := func(s Course) Course {
		s.Limit, s.Floor = -s.Limit, true
		for i := range s.Samples {
			s.Samples[i].Value *= -1
		}
		return s
	}
	old := func(s Course, age time.Duration) Course {
		for i := range s.Samples {
			s.Samples[i].At = s.Samples[i].At.Add(-age)
		}
		return s
	}
	odd := calm(1000, 100, rise(40, 100, 500)...)
	for i := range odd.Samples {
		if i%9 == 0 {
			odd.Samples[i].Value = 5
		}
	}
	odd.Samples[7].Value = math.NaN()
	fill := func() Course { return calm(1000, 100, rise(40, 100, 500)...) }
	none := fill()
	none.Limit = 0
	for _, c := range []struct {
		name string
		s    Course
		want time.Duration // until the limit; 0 for nothing
	}{
		{"a queue fills", fill(), 50 * time.Minute},
		{"a disk fills", mirror(fill()), 50 * time.Minute},
		{"a queue fills and some readings are odd", odd, 50 * time.Minute},
		{"nothing happens", calm(1000, 100), 0},
		{"no limit", none, 0},
		{"no points", Course{Limit: 5}, 0},
		{"it empties", calm(1000, 700, rise(40, 700, 300)...), 0},
		{"it is past the limit", calm(1000, 100, rise(40, 600, 1200)...), 0},
		{"it fell below a floor and recovers", mirror(calm(1000, 100, rise(40, 1500, 1100)...)), 0},
		{"it was purged a moment ago", calm(1000, 100, append(rise(40, 100, 500), 0)...), 0},
		{"it went as far before and turned", calm(1000, 100, append(append(rise(40, 100, 520), rise(60, 100, 100)...), rise(40, 100, 500)...)...), 0},
		{"it met its limit before", calm(1000, 100, append(append(rise(40, 100, 1100), rise(60, 100, 100)...), rise(40, 100, 500)...)...), 50 * time.Minute},
		{"the limit is far away", calm(1000, 100, rise(40, 100, 200)...), 0},
		{"the newest point is old", old(fill(), 10*time.Minute), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, ok := Forecast(c.s, noon)
			if !ok {
				if c.want > 0 {
					t.Errorf("nothing, want %v", c.want)
				}
				return
			}
			in := o.At.Sub(noon)
			if c.want == 0 || in < c.want*8/10 || in > c.want*12/10 {
				t.Errorf("in %v, want %v", in, c.want)
			}
			if o.Earliest.After(o.At) || o.Latest.Before(o.At) || !o.Since.Before(noon) || o.Earliest.Before(noon) {
				t.Errorf("odd outlook %+v", o)
			}
			if truth := noon.Add(c.want); truth.Before(o.Earliest) || truth.After(o.Latest) {
				t.Errorf("between %v and %v, want %v in it", o.Earliest.Sub(noon), o.Latest.Sub(noon), c.want)
			}
			if (o.Rate < 0) != c.s.Floor {
				t.Errorf("rate %g", o.Rate)
			}
		})
	}
}

func TestWarning(t *testing.T) {
	fill := calm(1000, 100, rise(40, 100, 500)...)
	purged := calm(1000, 100, append(rise(40, 100, 500), rise(30, 20, 20)...)...)
	for _, c := range []struct {
		name   string
		s      Course
		opened time.Duration // before noon; 0 when no warning is open
		now    time.Duration // after noon
		want   Move
	}{
		{"a fill opens it", fill, 0, 0, Warn},
		{"and keeps it", fill, 10 * time.Minute, 0, Keep},
		{"nothing opens none", calm(1000, 100), 0, 0, NoMove},
		{"silence keeps it", fill, 10 * time.Minute, time.Hour, Keep},
		{"the limit keeps it", calm(1000, 100, rise(40, 600, 1200)...), 10 * time.Minute, 0, Keep},
		{"a purge keeps it for a while", calm(1000, 100, append(rise(40, 100, 500), 20, 20, 20)...), 15 * time.Minute, 0, Keep},
		{"and then lifts it", purged, 45 * time.Minute, 0, Lift},
	} {
		t.Run(c.name, func(t *testing.T) {
			var opened time.Time
			if c.opened > 0 {
				opened = noon.Add(-c.opened)
			}
			if o, got := Warning(c.s, opened, noon.Add(c.now)); got != c.want || (got == Warn) && o.At.IsZero() {
				t.Errorf("got %q, %+v; want %q", got, o, c.want)
			}
		})
	}
}

func BenchmarkForecast(b *testing.B) {
	s, err := readStory("testdata/series/may-2-memory.csv")
	if err != nil {
		b.Fatal(err)
	}
	for name, ago := range map[string]time.Duration{"calm": 5 * time.Hour, "rising": 20 * time.Minute} {
		now := s.meets().Add(-ago)
		view := s.Course
		view.Samples = seen(s.Samples, now)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Forecast(view, now)
			}
		})
	}
}

// A queue that nobody reads any more fills at a steady rate: with a reading every 10 s, of which the
// forecast sees two of three, its limit is seen within minutes.
func TestForecastOfAQuickFill(t *testing.T) {
	s := Course{Name: "depth", Unit: "messages", Limit: 10000}
	began := noon.Add(-time.Hour)
	for at := began; at.Before(noon); at = at.Add(30 * time.Second) {
		for _, after := range []time.Duration{0, 10 * time.Second} {
			s.Samples = append(s.Samples, Sample{at.Add(after), 20 * at.Add(after).Sub(began).Seconds()})
		}
		if o, ok := Forecast(s, at.Add(18*time.Second)); ok {
			if took, full := at.Sub(began), began.Add(500*time.Second); took > 5*time.Minute || o.At.Sub(full).Abs() > 10*time.Second {
				t.Errorf("seen %v after it began, to be full at %v, want %v", took, o.At, full)
			}
			return
		}
	}
	t.Error("never seen")
}
