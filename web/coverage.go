package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"candor/incidents"
	"candor/store"
)

// coverage remembers which share of which day was watched, so that a refresh reads two days and not a year.
type coverage struct {
	from    time.Time            // its first day; zero before all of it was read
	past    int64                // the store's Past, then
	seen    map[string][]seenDay // by probe, oldest first
	covered map[string][]float64 // by component id, for each day; snapshots share them, so they are never changed
}

// seenDay is how many runs of a probe told that all is well, and that it is not. It is small and without pointers,
// for there are hundreds of each probe.
type seenDay struct {
	day          uint32 // after the first of the coverage
	held, failed uint32
}

// cover fills in which share of which day was watched of which component.
func (f *facts) cover(ctx context.Context, from time.Time, out *incidents.PageFacts) error {
	past, err := f.Store.Past(ctx)
	if err != nil {
		return err
	}
	since, c := out.Now.Truncate(24*time.Hour).AddDate(0, 0, -1), f.coverage
	if c.past != past || !c.from.Equal(from) {
		since, c = from, coverage{from, past, map[string][]seenDay{}, map[string][]float64{}}
	}
	if err := f.Store.EachDay(ctx, since, c.add); err != nil {
		return fmt.Errorf("read coverage: %w", err)
	}
	f.coverage = c
	watching := map[string][]*incidents.Rule{} // by component id
	for _, p := range f.Probes {
		watching[p.Rule.Component] = append(watching[p.Rule.Component], p.Rule)
	}
	out.Watched, out.Covered = make(map[string]bool, len(watching)), make(map[string][]float64, len(watching))
	for id, rules := range watching {
		watches := make([]incidents.Watch, len(rules))
		for i, r := range rules {
			watches[i] = incidents.Watch{Interval: r.Interval, Told: c.told(r.Probe, since)}
		}
		out.Watched[id] = true
		out.Covered[id] = c.with(id, incidents.Coverage(watches, since, out.Now))
	}
	return nil
}

// with returns which share of each day a component was watched, and remembers it, where some days are known anew.
func (c *coverage) with(id string, days map[time.Time]float64) []float64 {
	all, mine := c.covered[id], false
	if all == nil {
		all, mine = make([]float64, incidents.MaxDays), true
	}
	for day, share := range days {
		n := int(day.Sub(c.from) / (24 * time.Hour))
		if all[n] == share {
			continue
		}
		if !mine {
			all, mine = slices.Clone(all), true
		}
		all[n] = share
	}
	c.covered[id] = all
	return all
}

// add puts what was read of a day in the place of what is known of it. New days come in their order.
func (c *coverage) add(d store.Day) {
	n := seenDay{uint32(d.Day.Sub(c.from) / (24 * time.Hour)), uint32(d.OK + d.Degraded), uint32(d.Failed)}
	days := c.seen[d.Probe]
	i, known := slices.BinarySearchFunc(days, n.day, func(s seenDay, day uint32) int { return cmp.Compare(s.day, day) })
	if known {
		days[i] = n
	} else {
		c.seen[d.Probe] = slices.Insert(days, i, n)
	}
}

// midnight returns when a day began.
func (c *coverage) midnight(s seenDay) time.Time {
	return c.from.Add(time.Duration(s.day) * 24 * time.Hour)
}

// told returns how many runs of a probe told something on each day since a time, and on its first.
func (c *coverage) told(probe string, since time.Time) map[time.Time]int {
	out := map[time.Time]int{}
	for i, s := range c.seen[probe] {
		if at := c.midnight(s); i == 0 || !at.Before(since) {
			out[at] = int(s.held) + int(s.failed)
		}
	}
	return out
}

// guarded returns the days of a probe that watches a guard.
func (c *coverage) guarded(probe string) map[time.Time]incidents.GuardDay {
	out := map[time.Time]incidents.GuardDay{}
	for _, s := range c.seen[probe] {
		out[c.midnight(s)] = incidents.GuardDay{Held: int(s.held), Failed: int(s.failed)}
	}
	return out
}
