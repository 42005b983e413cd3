package incidents_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store"
	"candor/store/storetest"
)

// door leads to a database that may be away for a while.
type door struct{ atomic.Pointer[store.DB] }

func (d *door) SaveResults(ctx context.Context, r []probes.Result) error {
	return d.Load().SaveResults(ctx, r)
}
func (d *door) RecentResults(ctx context.Context, keys []string, n int) (map[string][]probes.Result, error) {
	return d.Load().RecentResults(ctx, keys, n)
}
func (d *door) IncidentsSince(ctx context.Context, from time.Time) ([]*incidents.Incident, error) {
	return d.Load().IncidentsSince(ctx, from)
}
func (d *door) MaintenancesSince(ctx context.Context, from time.Time) ([]*incidents.Maintenance, error) {
	return d.Load().MaintenancesSince(ctx, from)
}
func (d *door) Incident(ctx context.Context, id string) (*incidents.Incident, error) {
	return d.Load().Incident(ctx, id)
}
func (d *door) SaveIncident(ctx context.Context, inc *incidents.Incident) error {
	return d.Load().SaveIncident(ctx, inc)
}

func (d *door) RecentCourses(ctx context.Context, probe string, now time.Time) ([]incidents.Course, error) {
	return d.Load().RecentCourses(ctx, probe, now)
}
func (d *door) KeepEvidence(ctx context.Context, kept []incidents.Kept) error {
	return d.Load().KeepEvidence(ctx, kept)
}
func (d *door) Kept(ctx context.Context, probe string) ([]incidents.Kept, error) {
	return d.Load().Kept(ctx, probe)
}
func (d *door) ResultsBetween(ctx context.Context, probe string, from, until time.Time, n int) ([]probes.Result, error) {
	return d.Load().ResultsBetween(ctx, probe, from, until, n)
}
func (d *door) Moments(ctx context.Context) (all, frozen []incidents.Moment, err error) {
	return d.Load().Moments(ctx)
}
func (d *door) Freeze(ctx context.Context, m incidents.Moment, list []incidents.Evidence) error {
	return d.Load().Freeze(ctx, m, list)
}

func TestTrackerOutlivesItsStore(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	inTime(t, func(t *testing.T, dsn string) {
		log.Reset()
		db := storetest.Reopen(t, dsn)
		away, err := store.Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		var s door
		s.Store(away)
		d := start(t, &s, policy(t, db, "studio"))
		d.sees("studio", "oo")
		if err := away.Close(); err != nil {
			t.Fatal(err)
		}
		d.sees("studio", "xxx")
		if _, err := d.Declare(t.Context(), "Studio", update(incidents.Investigating)); err == nil || errors.Is(err, incidents.ErrConflict) {
			t.Errorf("an incident was declared without a store: %v", err)
		}
		s.Store(db)
		d.sees("studio", "x")
		d.stop()
		got, err := db.RecentResults(t.Context(), []string{"studio"}, 10)
		if err != nil || len(got["studio"]) != 6 {
			t.Errorf("%d of 6 results are stored (%v)", len(got["studio"]), err)
		}
		one(t, db, "investigating")
		if text := log.String(); !strings.Contains(text, `level=ERROR msg="save probe results" results=1`) || strings.Contains(text, "nobody listens") {
			t.Errorf("the log says:\n%s", text)
		}
	})
}

func TestTrackerOpensAnewWhatAPersonResolvedTooEarly(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		d := start(t, db, policy(t, db, "studio"))
		defer d.stop()
		d.sees("studio", "xxx")
		if _, err := d.Post(t.Context(), one(t, db, "investigating").ID, 1, "", update(incidents.Resolved)); err != nil {
			t.Fatal(err)
		}
		d.sees("studio", "x")
		one(t, db, "investigating resolved")
		resolved := time.Now()
		d.sees("studio", "x")
		list := stored(t, db)
		if len(list) != 2 || !list[0].Open() || list[0].StartedAt.Before(resolved.Add(-interval)) {
			t.Errorf("%d incidents; want a second one, for what failed after the first was resolved", len(list))
		}
	})
}
