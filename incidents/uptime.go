package incidents

import "time"

// Day is one bar of a component's history, a calendar day in UTC.
type Day struct {
	Date     time.Time // its midnight
	Seen     bool      // something is known of it; an unseen day is drawn as no data
	Worst    ComponentStatus
	Partial  time.Duration // time in partial outage
	Major    time.Duration // time in major outage
	Degraded time.Duration // time in degraded performance
	Length   time.Duration // of the part that has passed and was seen
}

// Uptime is a share of time with what it was computed from.
type Uptime struct {
	Known bool    // false when no day was seen
	Share float64 // 0 to 1
	Days  int     // seen
}

// partialWeight is what a second of partial outage counts; Statuspage's published arithmetic.
const partialWeight = 0.3

// uptime returns 1 − (major + 0.3 × partial) ÷ seen time over the days, Statuspage's formula.
// Degraded performance and maintenance count as up.
func uptime(days []Day) Uptime {
	var down, length time.Duration
	u := Uptime{}
	for _, d := range days {
		if !d.Seen {
			continue
		}
		u.Days++
		length += d.Length
		down += d.Major + time.Duration(float64(d.Partial)*partialWeight)
	}
	if length > 0 {
		u.Known, u.Share = true, max(0, 1-float64(down)/float64(length))
	}
	return u
}

// days computes a component's bars up to today.
func days(f PageFacts, c Component, impacts []Impact) []Day {
	const day = 24 * time.Hour
	today := f.Now.UTC().Truncate(day)
	out := make([]Day, f.Days)
	for n := range out {
		from := today.Add(-day * time.Duration(f.Days-1-n))
		until := from.Add(day)
		if until.After(f.Now) {
			until = f.Now
		}
		d := Day{Date: from, Worst: Operational, Length: until.Sub(from)}
		d.Seen = f.Covered[c.ID][from] || (!f.Watched[c.ID] && until.After(c.CreatedAt))
		d.add(impacts, from, until)
		out[n] = d
	}
	return out
}

// add counts the impacts into the day; where several overlap, each moment counts once, as the worst of them.
func (d *Day) add(impacts []Impact, from, until time.Time) {
	spans := map[ComponentStatus][]span{}
	for _, i := range impacts {
		if a, b, ok := i.overlap(from, until); ok {
			d.Seen, d.Worst = true, d.Worst.Worse(i.Status)
			spans[i.Status] = append(spans[i.Status], span{a, b})
		}
	}
	major := union(spans[MajorOutage])
	broken := union(append(spans[MajorOutage], spans[PartialOutage]...))
	impaired := union(append(append(spans[MajorOutage], spans[PartialOutage]...), spans[DegradedPerformance]...))
	d.Major, d.Partial, d.Degraded = major, broken-major, impaired-broken
}
