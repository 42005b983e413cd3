package incidents

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// TestMadeSeries makes the series that no program could be left running for, when told to -update.
func TestMadeSeries(t *testing.T) {
	for _, s := range madeStories(0) {
		if *update {
			if err := s.write(); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := readStory("testdata/series/" + s.Name + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		if kept.made != s.made || kept.Limit != s.Limit || len(kept.Samples) != len(s.Samples) {
			t.Errorf("%s is not what its maker makes: go test ./incidents -run TestMadeSeries -update", s.Name)
		}
	}
}

// dice are the same each time.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 7))} }

// around is noise of a deviation of 1.
func (d dice) around() float64 { return d.NormFloat64() }

// between is a number of a range.
func (d dice) between(low, high float64) float64 { return low + (high-low)*d.Float64() }

// daytime is 0 at night and 1 in the early afternoon.
func daytime(hours float64) float64 { return .5 - .5*math.Cos(2*math.Pi*(hours-2)/24) }

// make runs value, of the hours since the midnight of a Monday in New York, until the limit is met.
func (s story) make(from, until, step time.Duration, value func(hours float64) float64) story {
	begin := time.Date(2024, 4, 29, 4, 0, 0, 0, time.UTC)
	for at := from; at < until; at += step {
		v := value(at.Hours())
		s.Samples = append(s.Samples, Sample{begin.Add(at), v})
		if s.Floor && v <= s.Limit || !s.Floor && v >= s.Limit {
			break
		}
	}
	return s
}

func newStory(name, unit string, limit float64, floor bool, made string) story {
	return story{Course: Course{Name: name, Unit: unit, Limit: limit, Floor: floor}, made: "made by incidents/series_made_test.go: " + made}
}

// madeStories are the series of one throw of the dice.
func madeStories(throw uint64) []story {
	return append(growing(throw), turning(throw)...)
}

// growing are the series that meet their limit.
func growing(throw uint64) []story {
	d := newDice(100*throw + 1)
	leak := newStory("slow-leak", "bytes", 2e9, false, "a process whose memory breathes with the day; from hour 30 on it leaks 9 % of its limit per hour").
		make(0, 60*time.Hour, time.Minute, func(h float64) float64 {
			return 2e9 * (.3 + .1*daytime(h) + .015*d.around() + .09*max(0, h-30))
		})
	d = newDice(100*throw + 2)
	backlog := 0.0
	may := newStory("may-2-memory", "bytes", 4e9, false, "the broker of 2 May 2024 as its postmortem tells it: a queue backs up and fills the memory until Studio cannot connect; when it began to back up is our guess, 08:50 EDT").
		make(44*time.Hour, 90*time.Hour, time.Minute, func(h float64) float64 {
			switch hour := h - 72; {
			case hour > 8.83:
				backlog += (.35 + .25*d.Float64()) / 60
			case d.Float64() < .01: // a campaign goes out
				backlog = d.between(.02, .1)
			default:
				backlog *= .93
			}
			return 4e9 * (.22 + .04*daytime(h) + .008*d.around() + backlog)
		})
	d = newDice(100*throw + 3)
	disk := newStory("disk-rotation", "bytes", 2e9, true, "free disk below a log that rotates at midnight; each day keeps 3.5 GB more than the last").
		make(0, 8*24*time.Hour, 5*time.Minute, func(h float64) float64 {
			day, hour := math.Floor(h/24), math.Mod(h, 24)
			return 24e9 - 3.5e9*day - .4e9*hour - .15e9*d.Float64()
		})
	cert := newStory("certificate", "days", 14, true, "a certificate that nobody renews, looked at every hour").
		make(0, 30*24*time.Hour, time.Hour, func(h float64) float64 { return math.Round((36-h/24)*100) / 100 })
	d = newDice(100*throw + 4)
	held, rate := .3, .017
	restart := newStory("restarts", "bytes", 2e9, false, "a leak that deployments reset each working day, and nobody deploys at the weekend").
		make(0, 7*24*time.Hour, 4*time.Minute, func(h float64) float64 {
			hour := math.Mod(h, 24)
			if h < 5*24 && (math.Abs(hour-10) < .03 || math.Abs(hour-16) < .03) {
				held, rate = .3, d.between(.015, .02)
			}
			held += rate / 15
			rate += (.017 - rate) / 150
			return 2e9 * (held + .01*d.around())
		})
	return []story{leak, may, disk, cert, restart}
}

// turning are the series that never meet their limit, however much they look like it.
func turning(throw uint64) []story {
	return append(machines(throw), people(throw)...)
}

// machines are the series that programs turn by themselves.
func machines(throw uint64) []story {
	d := newDice(100*throw + 11)
	level, peak := .2, .7
	teeth := newStory("sawtooth", "bytes", 1e9, false, "a heap that is collected about every 40 minutes, at 60 to 75 % of its limit").
		make(0, 48*time.Hour, time.Minute, func(float64) float64 {
			if level += .012 * d.between(.8, 1.2); level > peak {
				level, peak = d.between(.18, .24), d.between(.6, .75)
			}
			return 1e9 * (level + .01*d.around())
		})
	d = newDice(100*throw + 12)
	drift := 0.0
	noise := newStory("noise", "connections", 500, false, "connections of a busy service, at 70 % of their limit: noise that follows itself").
		make(0, 48*time.Hour, time.Minute, func(float64) float64 {
			drift = .97*drift + .012*d.around()
			return math.Round(500 * (.7 + min(.25, max(-.25, drift)) + .02*d.around()))
		})
	d = newDice(100*throw + 13)
	warm := newStory("warm-up", "bytes", 1e9, false, "a cache that fills to 80 % of the limit after each of three restarts, half of it in 2 hours").
		make(0, 72*time.Hour, 2*time.Minute, func(h float64) float64 {
			return 1e9 * (.1 + .7*(1-math.Exp2(-math.Mod(h, 24)/2)) + .008*d.around())
		})
	d = newDice(100*throw + 14)
	freed, held := 13.5e9, 0.0
	disk := newStory("disk-steady", "bytes", 2e9, true, "free disk below a log that rotates at midnight and keeps nothing").
		make(0, 6*24*time.Hour, 5*time.Minute, func(h float64) float64 {
			if hour := math.Mod(h, 24); hour < .05 {
				freed, held = d.between(13e9, 14e9), 0
			}
			held += .4e9 / 12 * d.between(.5, 1.5)
			return freed - held - .1e9*d.Float64()
		})
	cert := newStory("certificate-renewed", "days", 14, true, "a certificate of 90 days that is renewed with 30 left, looked at every 6 hours").
		make(0, 200*24*time.Hour, 6*time.Hour, func(h float64) float64 { return math.Round((90-math.Mod(h/24, 60))*100) / 100 })
	return []story{teeth, noise, warm, disk, cert}
}

// people are the series that follow what people do.
func people(throw uint64) []story {
	d := newDice(100*throw + 21)
	daily := newStory("daily-cycle", "connections", 1000, false, "connections that follow the day, to 75 % of their limit at noon, fewer at the weekend").
		make(0, 9*24*time.Hour, 5*time.Minute, func(h float64) float64 {
			top := .55
			if day := int(h/24) % 7; day >= 5 {
				top = .25
			}
			return math.Round(1000 * (.2 + top*daytime(h) + .012*d.around()))
		})
	d = newDice(100*throw + 22)
	level, target := .3, .3
	step := newStory("step", "ratio", 1, false, "load that moves between .3 and .75 of its limit within ten minutes, every 2 to 12 hours").
		make(0, 72*time.Hour, 2*time.Minute, func(float64) float64 {
			if d.Float64() < 1./210 {
				target = d.between(.3, .75)
			}
			level += min(.09, max(-.09, target-level))
			return level + .01*d.around()
		})
	d = newDice(100*throw + 23)
	waiting, coming, rate := 0.0, 0, 0.0
	bursts := newStory("campaign-bursts", "messages", 50000, false, "a queue that campaigns fill for 5 to 25 minutes, to at most 70 % of its limit, and workers empty").
		make(0, 72*time.Hour, time.Minute, func(h float64) float64 {
			if coming == 0 && waiting < 2000 && d.Float64() < daytime(h)/90 {
				coming = int(d.between(5, 25))
				rate = d.between(8000, 35000) / float64(coming)
			}
			if coming > 0 {
				coming--
				waiting += rate * d.between(.7, 1.3)
			} else {
				waiting = max(0, waiting-1800*d.between(.7, 1.3))
			}
			return math.Round(waiting + 40*d.Float64())
		})
	return []story{daily, step, bursts}
}
