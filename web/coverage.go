package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"candor/incidents"
	"candor/store"
)

// coverage remembers which share of which day was watched, so that a refresh reads two days and not a year.
type coverage struct {
	from    time.Time                             // its first day; zero before all of it was read
	past    int64                                 // the store's Past, then
	seen    map[string]map[time.Time]store.Counts // by probe and midnight in UTC
	began   map[string]time.Time                  // the first of them, by probe
	covered map[string][]float64                  // by component id, for each day; snapshots share them, so they are never changed
}

// cover fills in which share of which day was watched of which component.
func (f *facts) cover(ctx context.Context, from time.Time, out *incidents.PageFacts) error {
	past, err := f.Store.Past(ctx)
	if err != nil {
		return err
	}
	since, all := out.Now.Truncate(24*time.Hour).AddDate(0, 0, -1), f.coverage.past != past || !f.coverage.from.Equal(from)
	if all {
		since = from
	}
	seen, err := f.Store.Coverage(ctx, since)
	if err != nil {
		return fmt.Errorf("read coverage: %w", err)
	}
	if all {
		f.coverage = coverage{from, past, map[string]map[time.Time]store.Counts{}, map[string]time.Time{}, map[string][]float64{}}
	}
	f.coverage.add(seen)
	watches := map[string][]incidents.Watch{}
	for _, p := range f.Probes {
		id := p.Rule.Component
		watches[id] = append(watches[id], incidents.Watch{Interval: p.Rule.Interval, Told: f.coverage.told(p.Rule.Probe, since, out.Now)})
	}
	out.Watched, out.Covered = make(map[string]bool, len(watches)), make(map[string][]float64, len(watches))
	for id, list := range watches {
		out.Watched[id] = true
		out.Covered[id] = f.coverage.with(id, incidents.Coverage(list, since, out.Now))
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

// add puts what was read in the place of what is known of the same days.
func (c *coverage) add(seen map[string]map[time.Time]store.Counts) {
	for probe, days := range seen {
		if c.seen[probe] == nil {
			c.seen[probe] = make(map[time.Time]store.Counts, len(days))
		}
		for day, n := range days {
			day = day.UTC()
			c.seen[probe][day] = n
			if began, ok := c.began[probe]; !ok || day.Before(began) {
				c.began[probe] = day
			}
		}
	}
}

// told returns how many runs of a probe told something on each of those days, and on its first.
func (c *coverage) told(probe string, since, until time.Time) map[time.Time]int {
	out := map[time.Time]int{}
	if began, ok := c.began[probe]; ok {
		out[began] = c.seen[probe][began].Told()
	}
	for day := since; !day.After(until); day = day.Add(24 * time.Hour) {
		if n, ok := c.seen[probe][day]; ok {
			out[day] = n.Told()
		}
	}
	return out
}
