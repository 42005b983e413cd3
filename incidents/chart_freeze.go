package incidents

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// FreezeStore is what FreezeCharts reads and keeps charts in.
type FreezeStore interface {
	ChartStore
	// Unfrozen returns the incidents that were resolved after a time and until another, whose charts are not
	// stored or are of another end.
	Unfrozen(ctx context.Context, after, until time.Time) ([]*Incident, error)
	// FreezeCharts stores the charts around an incident, in the place of those that are stored.
	FreezeCharts(ctx context.Context, inc *Incident, list []PageChart) error
}

// freezeBeat is how often FreezeCharts looks for incidents that are over.
const freezeBeat = time.Minute

// FreezeCharts stores the charts around each incident an hour after its end, so that they outlive the results, which
// are kept for so long. It works until ctx ends, logs what fails, and tries again.
func FreezeCharts(ctx context.Context, store FreezeStore, charts []Chart, kept time.Duration) {
	ticker := time.NewTicker(freezeBeat)
	defer ticker.Stop()
	for len(charts) > 0 {
		if err := freezeCharts(ctx, store, charts, kept, time.Now().UTC()); err != nil && ctx.Err() == nil {
			slog.Error("freeze the charts around incidents", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func freezeCharts(ctx context.Context, store FreezeStore, charts []Chart, kept time.Duration, now time.Time) error {
	list, err := store.Unfrozen(ctx, now.Add(-max(kept, 2*beside)), now.Add(-beside))
	if err != nil {
		return err
	}
	var failed error
	for _, inc := range list {
		seen, err := ChartsAround(ctx, store, charts, inc.Touched(), inc.StartedAt, inc.ResolvedAt(), now)
		if err == nil && len(seen) > 0 {
			err = store.FreezeCharts(ctx, inc, seen)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("freeze the charts around incident %s: %w", inc.ID, err))
		}
	}
	return failed
}

// ChartsAround reads the charts of some components around an incident, without those that have nothing to show.
func ChartsAround(ctx context.Context, store ChartStore, charts []Chart, components []string, started, resolved, now time.Time) ([]PageChart, error) {
	var out []PageChart
	for _, c := range charts {
		if !slices.Contains(components, c.Component) {
			continue
		}
		seen, err := c.Around(ctx, store, started, resolved, now)
		if err != nil {
			return nil, err
		}
		if len(seen.Points) > 0 {
			out = append(out, seen)
		}
	}
	return out, nil
}
