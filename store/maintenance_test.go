package store_test

import (
	"errors"
	"testing"
	"time"

	"candor/incidents"
	"candor/store"
	"candor/store/storetest"

	"github.com/google/go-cmp/cmp"
)

// plan returns a maintenance that was never stored, announced at begin for some hours later.
func plan(t *testing.T, title string, hours int, components ...string) *incidents.Maintenance {
	t.Helper()
	from := begin.Add(time.Duration(hours) * time.Hour)
	m, err := incidents.NewMaintenance(title, components, incidents.MaintenanceUpdate{At: begin, From: from, Until: from.Add(time.Hour), Body: "Soon.", Author: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func keepPlan(t *testing.T, db *store.DB, m *incidents.Maintenance, updates ...incidents.MaintenanceUpdate) *incidents.Maintenance {
	t.Helper()
	for _, u := range updates {
		if err := m.Post(u); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.SaveMaintenance(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	return m
}

// samePlans compares maintenances with all that belongs to them.
func samePlans(t *testing.T, what string, got, want []*incidents.Maintenance) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(incidents.Maintenance{})); diff != "" {
		t.Errorf("%s: want -, got +\n%s", what, diff)
	}
}

func TestMaintenanceComesBackWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		before := revision(t, db)
		m := keepPlan(t, db, plan(t, "Upgrade", 2, studio[1].ID, studio[0].ID))
		keepPlan(t, db, m, incidents.MaintenanceUpdate{At: begin.Add(time.Minute), From: begin.Add(3 * time.Hour), Until: begin.Add(4 * time.Hour), Body: "Later.", Author: "Ada"},
			incidents.MaintenanceUpdate{At: begin.Add(3 * time.Hour), Status: incidents.InProgress, Body: "caf\u00e9"})
		if m.Version != 2 || revision(t, db)-before != 2 {
			t.Errorf("version %d and %d revisions after two saves", m.Version, revision(t, db)-before)
		}
		got, err := db.Maintenance(t.Context(), m.ID)
		if err != nil {
			t.Fatal(err)
		}
		samePlans(t, "alone", []*incidents.Maintenance{got}, []*incidents.Maintenance{m})
		if _, err := db.Maintenance(t.Context(), "nothing"); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("an unknown one: got %v", err)
		}
	})
}

func TestMaintenanceTextThatPostgreSQLWouldRefuse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		m := plan(t, "a\x00b", 2)
		keepPlan(t, db, m, incidents.MaintenanceUpdate{At: begin, Body: "caf\xe9\x00!", Author: "Ada"})
		got, err := db.Maintenance(t.Context(), m.ID)
		if err != nil {
			t.Fatal(err)
		}
		if body := got.Timeline()[1].Body; got.Title != "ab" || body != "caf\uFFFD!" {
			t.Errorf("got %q and %q", got.Title, body)
		}
	})
}

func TestMaintenanceLists(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		hour := func(n int) time.Time { return begin.Add(time.Duration(n) * time.Hour) }
		over := keepPlan(t, db, plan(t, "Over", 1), incidents.MaintenanceUpdate{At: hour(1), Status: incidents.InProgress, Body: "x"},
			incidents.MaintenanceUpdate{At: hour(2), Status: incidents.Completed, Body: "x"})
		gone := keepPlan(t, db, plan(t, "Cancelled", 9), incidents.MaintenanceUpdate{At: hour(5), Status: incidents.Cancelled, Body: "x"})
		now := keepPlan(t, db, plan(t, "Under way", 4), incidents.MaintenanceUpdate{At: hour(4), Status: incidents.InProgress, Body: "x"})
		next := keepPlan(t, db, plan(t, "Next", 8))
		type list = []*incidents.Maintenance
		for _, tt := range []struct {
			name string
			load func() (list, error)
			want list
		}{
			{"open", func() (list, error) { return db.OpenMaintenances(t.Context()) }, list{next, now}},
			{"open, or ended since hour 2", func() (list, error) { return db.MaintenancesSince(t.Context(), hour(2)) }, list{gone, next, now, over}},
			{"open, or ended since hour 3", func() (list, error) { return db.MaintenancesSince(t.Context(), hour(3)) }, list{gone, next, now}},
			{"scheduled from hour 4 until hour 9", func() (list, error) { return db.MaintenancesScheduled(t.Context(), hour(4), hour(9)) }, list{next, now}},
			{"the two latest", func() (list, error) { return db.Maintenances(t.Context(), time.Time{}, 2) }, list{gone, next}},
			{"the one before hour 4", func() (list, error) { return db.Maintenances(t.Context(), hour(4), 5) }, list{over}},
		} {
			got, err := tt.load()
			if err != nil {
				t.Fatal(tt.name, err)
			}
			samePlans(t, tt.name, got, tt.want)
		}
	})
}

func TestMaintenanceIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		mine := keepPlan(t, db, plan(t, "Upgrade", 2))
		hers, err := db.Maintenance(t.Context(), mine.ID)
		if err != nil {
			t.Fatal(err)
		}
		keepPlan(t, db, hers, incidents.MaintenanceUpdate{At: begin, Status: incidents.Cancelled, Body: "x"})
		before := revision(t, db)
		refused := func(what string, m *incidents.Maintenance, want error) {
			t.Helper()
			version := m.Version
			if err := db.SaveMaintenance(t.Context(), m); err == nil || want != nil && !errors.Is(err, want) {
				t.Errorf("%s: got %v, want %v", what, err, want)
			}
			if m.Version != version || revision(t, db) != before {
				t.Errorf("%s left traces", what)
			}
		}
		refused("an old version", mine, incidents.ErrConflict)
		again := plan(t, "Upgrade", 2)
		again.ID = mine.ID
		refused("a new one with a known id", again, incidents.ErrConflict)
		refused("one of an unknown component", plan(t, "Upgrade", 2, "nothing"), incidents.ErrNotFound)
		refused("a shortened story", incidents.StoredMaintenance(*hers, hers.Timeline()[:1]), nil)
		if n := rows(t, db, `SELECT COUNT(*) FROM maintenance_updates`); n != 2 {
			t.Errorf("%d updates stored, want 2", n)
		}
	})
}
