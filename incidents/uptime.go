package incidents

import (
	"slices"
	"time"
)

// MaxDays is how many days of a component are computed, and UsualDays how many of them are drawn by default.
const (
	MaxDays   = 365
	UsualDays = 90
)

const day = 24 * time.Hour

// Day is one bar of a component's history, a calendar day in UTC.
type Day struct {
	Date        time.Time // its midnight
	Seen        bool      // something is known of it; an unseen day is drawn as no data
	Worst       ComponentStatus
	Partial     time.Duration // time in partial outage
	Major       time.Duration // time in major outage
	Degraded    time.Duration // time in degraded performance
	Maintenance time.Duration // time under maintenance
	Length      time.Duration // of the part that has passed
	Known       time.Duration // of Length: the checks saw it, or an incident tells of it
	Corrected   time.Duration // of Length: told otherwise until somebody corrected it
	Told        *Day          // what it was before it was corrected; nil when Corrected is 0
}

// Well returns how long the day is known to have gone without trouble.
func (d Day) Well() time.Duration {
	return max(0, d.Known-d.Major-d.Partial-d.Degraded-d.Maintenance)
}

// Uptime is a share of time with what it was computed from.
type Uptime struct {
	Known       bool          // false when nothing was seen
	Share       float64       // 0 to 1
	Length      time.Duration // of the days, up to now
	Counted     time.Duration // of Length: the part that is known
	Major       time.Duration
	Partial     time.Duration
	Degraded    time.Duration
	Maintenance time.Duration
	Corrected   time.Duration // of Length: told otherwise until somebody corrected it
}

// PartialWeight is what a second of partial outage counts; Statuspage's published arithmetic.
const PartialWeight = 0.3

// UptimeOf returns 1 − (major + 0.3 × partial) ÷ known time over the days, Statuspage's formula.
// Degraded performance and maintenance count as up. Time that nobody saw is left out.
func UptimeOf(days []Day) Uptime {
	var length, corrected, known, major, partial, degraded, maintenance time.Duration // quicker than fields of u
	for i := range days {                                                             // they are large, and many
		d := &days[i]
		length, corrected = length+d.Length, corrected+d.Corrected
		if !d.Seen {
			continue
		}
		known, major, partial = known+d.Known, major+d.Major, partial+d.Partial
		degraded, maintenance = degraded+d.Degraded, maintenance+d.Maintenance
	}
	u := Uptime{Length: length, Counted: known, Major: major, Partial: partial, Degraded: degraded, Maintenance: maintenance, Corrected: corrected}
	if u.Counted > 0 {
		u.Known, u.Share = true, max(0, 1-u.Down()/u.Counted.Seconds())
	}
	return u
}

// UncorrectedOf returns the uptime as it was told before corrections.
func UncorrectedOf(days []Day) Uptime {
	days = slices.Clone(days)
	for i, d := range days {
		if d.Told != nil {
			days[i] = *d.Told
		}
	}
	return UptimeOf(days)
}

// Down returns the seconds of outage, the partial ones by their weight.
func (u Uptime) Down() float64 { return u.Major.Seconds() + PartialWeight*u.Partial.Seconds() }

// Coverage returns the share of the time that is known, 0 to 1.
func (u Uptime) Coverage() float64 {
	if u.Length <= 0 {
		return 0
	}
	return float64(u.Counted) / float64(u.Length)
}

// Last returns the newest n days of a component, or all it has.
func (c PageComponent) Last(n int) []Day { return c.Days[max(0, len(c.Days)-n):] }

// Uptime returns the uptime over the newest n days.
func (c PageComponent) Uptime(n int) Uptime { return UptimeOf(c.Last(n)) }

// Watch is how often a probe is to run, and on which days how many of its runs told something.
// A day on which all its runs were unknown has an entry of 0.
type Watch struct {
	Interval time.Duration
	Told     map[time.Time]int // by midnight in UTC
}

// Coverage returns which share of each day the probes of one component saw, 0 to 1: of each probe the runs that told
// something among those that its interval asks for, and of several probes the mean of those that had begun by then.
// Of today only the part until now is asked for, and of days before from nothing.
func Coverage(probes []Watch, from, now time.Time) map[time.Time]float64 {
	sums, counts := map[time.Time]float64{}, map[time.Time]int{}
	today := now.UTC().Truncate(day)
	for _, p := range probes {
		at := p.began()
		if !at.IsZero() && at.Before(from) {
			at = from
		}
		for ; !at.IsZero() && !at.After(today); at = at.Add(day) {
			sums[at] += p.share(at, now)
			counts[at]++
		}
	}
	for at, n := range counts {
		sums[at] /= float64(n)
	}
	return sums
}

// began returns the first day that the probe ran on, or zero.
func (w Watch) began() time.Time {
	var first time.Time
	for at := range w.Told {
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first
}

// share returns which share of a day the probe saw. One run may have fallen beyond the day's end, or be under way.
func (w Watch) share(at, now time.Time) float64 {
	told := w.Told[at]
	if told == 0 {
		return 0
	}
	asked := 0
	if w.Interval > 0 {
		asked = int(min(day, now.Sub(at)) / w.Interval)
	}
	if told+1 >= asked {
		return 1
	}
	return float64(told) / float64(asked)
}

// days computes a component's bars up to today.
func days(f PageFacts, c Component, impacts []Impact) []Day {
	first := f.Now.UTC().Truncate(day).Add(-day * time.Duration(f.Days-1))
	covered := f.Covered[c.ID]
	unseen := f.Days - len(covered)  // negative when more days are known than asked for
	impaired := make([]bool, f.Days) // by day: most have nothing to add
	for _, i := range impacts {
		if a, b, ok := i.overlap(first, f.Now); ok {
			for n := a.Sub(first) / day; int(n) < f.Days && first.Add(n*day).Before(b); n++ {
				impaired[n] = true
			}
		}
	}
	watched, out := f.Watched[c.ID], make([]Day, f.Days)
	for n := range out {
		d := &out[n]
		d.Date, d.Worst, d.Length = first.Add(day*time.Duration(n)), Operational, day
		if n == f.Days-1 {
			d.Length = f.Now.Sub(d.Date)
		}
		if watched {
			if n >= unseen {
				d.Known = time.Duration(covered[n-unseen] * float64(d.Length))
			}
		} else if since := d.Date.Add(d.Length).Sub(c.CreatedAt); since > 0 {
			d.Known = min(d.Length, since)
		}
		d.Seen = d.Known > 0
		if impaired[n] {
			d.add(impacts, d.Date, d.Date.Add(d.Length))
		}
	}
	return out
}

// add counts the impacts into the day; where several overlap, each moment counts once, as the worst of them.
func (d *Day) add(impacts []Impact, from, until time.Time) {
	var within []Impact
	for _, i := range impacts {
		if _, _, ok := i.overlap(from, until); ok {
			within = append(within, i)
		}
	}
	if len(within) == 0 {
		return
	}
	var spans []span
	var last time.Duration
	sums := map[ComponentStatus]time.Duration{}
	for _, s := range []ComponentStatus{MajorOutage, PartialOutage, DegradedPerformance, UnderMaintenance} {
		for _, i := range within {
			if i.Status == s {
				a, b, _ := i.overlap(from, until)
				d.Seen, d.Worst = true, d.Worst.Worse(s)
				spans = append(spans, span{a, b})
			}
		}
		if len(spans) > 0 {
			all := union(spans)
			sums[s], last = all-last, all
		}
	}
	d.Major, d.Partial, d.Degraded, d.Maintenance = sums[MajorOutage], sums[PartialOutage], sums[DegradedPerformance], sums[UnderMaintenance]
	d.Known = max(d.Known, last)
}
