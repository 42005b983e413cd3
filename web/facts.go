package web

import (
	"context"
	"fmt"
	"time"

	"candor/incidents"
)

// facts reads what the public page is computed from, and keeps what does not change until the next time.
type facts struct {
	Options
	told     reading
	coverage coverage
}

// reading is what people and the checks have told, of one revision. Its values are shared by snapshots and never changed.
type reading struct {
	revision int64
	from     time.Time
	facts    incidents.PageFacts
}

func newFacts(o Options) *facts { return &facts{Options: o} }

func (f *facts) load(ctx context.Context, revision int64, now time.Time) (incidents.PageFacts, error) {
	now = now.UTC()
	from := now.Truncate(24*time.Hour).AddDate(0, 0, 1-incidents.MaxDays)
	if f.told.revision != revision || !f.told.from.Equal(from) {
		read, err := f.readTold(ctx, from)
		if err != nil {
			return read, err
		}
		f.told = reading{revision, from, read}
	}
	out := f.told.facts
	out.Site, out.Now, out.Stale, out.Days = f.Site, now, f.Stale, incidents.MaxDays
	if err := f.hear(ctx, &out); err != nil {
		return out, err
	}
	var err error
	all := func(incidents.Chart) bool { return true }
	if out.Charts, err = f.charts(ctx, incidents.ChartRanges[0], now, all); err != nil {
		return out, err
	}
	if err := f.cover(ctx, from, &out); err != nil {
		return out, err
	}
	guards, err := f.watch(ctx, now)
	out.Guards = byIncident(guards)
	return out, err
}

func (f *facts) readTold(ctx context.Context, from time.Time) (out incidents.PageFacts, err error) {
	if out.Components, err = f.Store.Components(ctx); err != nil {
		return out, fmt.Errorf("read components: %w", err)
	}
	if out.Incidents, err = f.Store.IncidentsSince(ctx, from); err != nil {
		return out, fmt.Errorf("read incidents: %w", err)
	}
	if err := f.belongings(ctx, ids(out.Incidents), &out); err != nil {
		return out, err
	}
	if out.Maintenances, err = f.Store.MaintenancesSince(ctx, from); err != nil {
		return out, fmt.Errorf("read maintenances: %w", err)
	}
	out.UpdatedAt = updatedAt(out)
	return out, nil
}

// belongings reads what belongs to some incidents: their postmortems, evidence and follow-ups.
func (f *facts) belongings(ctx context.Context, ids []string, out *incidents.PageFacts) (err error) {
	if out.Postmortems, err = f.Store.PublishedPostmortems(ctx, ids); err != nil {
		return fmt.Errorf("read postmortems: %w", err)
	}
	if out.Evidence, err = f.Store.PublicEvidence(ctx, ids); err != nil {
		return fmt.Errorf("read public evidence: %w", err)
	}
	if out.FollowUps, err = f.Store.FollowUps(ctx, ids); err != nil {
		return fmt.Errorf("read follow-ups: %w", err)
	}
	return nil
}

// hear fills in when the checks last saw the product, and which components they cannot see now.
func (f *facts) hear(ctx context.Context, out *incidents.PageFacts) error {
	var keys []string
	for _, p := range f.Probes {
		if !p.Witness {
			keys = append(keys, p.Rule.Probe)
		}
	}
	if len(keys) == 0 {
		out.Stale = 0 // nothing checks, so nothing can go blind
		return nil
	}
	heard, err := f.Store.Heard(ctx, keys, out.Now.Add(-24*time.Hour))
	if err != nil {
		return fmt.Errorf("read when the checks last saw something: %w", err)
	}
	seen := map[string]bool{} // component ids
	for _, p := range f.Probes {
		at := heard[p.Rule.Probe]
		if at.After(out.CheckedAt) {
			out.CheckedAt = at
		}
		seen[p.Rule.Component] = seen[p.Rule.Component] || out.Now.Sub(at) <= p.Rule.Gap()
	}
	out.Blind = map[string]bool{}
	for id, yes := range seen {
		out.Blind[id] = !yes
	}
	return nil
}

// updatedAt returns when anything public changed last.
func updatedAt(f incidents.PageFacts) time.Time {
	var last time.Time
	later := func(t time.Time) {
		if t.After(last) {
			last = t
		}
	}
	for _, c := range f.Components {
		later(c.CreatedAt)
	}
	for _, inc := range f.Incidents {
		for _, u := range inc.PublicTimeline() {
			later(u.At)
			later(u.EditedAt())
		}
		for _, c := range inc.Corrections() {
			later(c.At)
		}
		for _, f := range f.FollowUps[inc.ID] {
			if f.Public && inc.Public() {
				later(f.ChangedAt)
			}
		}
	}
	for _, p := range f.Postmortems {
		later(p.RevisedAt)
	}
	for _, m := range f.Maintenances {
		later(m.UpdatedAt())
	}
	return last
}

func ids(list []*incidents.Incident) []string {
	out := make([]string, len(list))
	for i, inc := range list {
		out[i] = inc.ID
	}
	return out
}
