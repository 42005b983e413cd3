package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
	"candor/store"
	"candor/store/storetest"
)

// promise stores a follow-up of an incident that was made so many minutes after begin.
func promise(t *testing.T, db *store.DB, inc *incidents.Incident, text string, minutes int) incidents.FollowUp {
	t.Helper()
	f, err := incidents.NewFollowUp(inc, 0, incidents.FollowUp{Text: text, Owner: "Messaging", OwnerTold: true, Public: true, Author: "Ada",
		Due: time.Date(2026, 5, 12, 0, 0, 0, 0, time.UTC)}, begin.Add(time.Duration(minutes)*time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SaveFollowUp(t.Context(), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFollowUpsComeBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		inc, other := save(t, db, outage(t, "", begin)), save(t, db, outage(t, "", begin))
		before := revision(t, db)
		second, first, third := promise(t, db, inc, "Second", 2), promise(t, db, inc, "First", 1), promise(t, db, other, "Third", 3)
		if err := second.Drop("Not needed.", "Bo", begin.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveFollowUp(t.Context(), &second); err != nil {
			t.Fatal(err)
		}
		if second.Version != 2 || revision(t, db)-before != 4 {
			t.Errorf("version %d and %d revisions after four saves", second.Version, revision(t, db)-before)
		}
		got, err := db.FollowUps(t.Context(), []string{inc.ID, "nothing"})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string][]incidents.FollowUp{inc.ID: {first, second}}, got); diff != "" {
			t.Errorf("of an incident: want -, got +\n%s", diff)
		}
		newest, err := db.NewestFollowUps(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]incidents.FollowUp{second, third}, newest); diff != "" {
			t.Errorf("the newest: want -, got +\n%s", diff)
		}
		if none, err := db.FollowUps(t.Context(), nil); err != nil || len(none) != 0 {
			t.Errorf("of no incident: %v, %v", none, err)
		}
	})
}

func TestFollowUpRaces(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		mine := promise(t, db, save(t, db, outage(t, "", begin)), "Limit the queue", 1)
		hers, err := db.FollowUp(t.Context(), mine.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(hers.Finish("Bo", begin.Add(time.Hour)), db.SaveFollowUp(t.Context(), &hers)); err != nil {
			t.Fatal(err)
		}
		if err := mine.Drop("No.", "Ada", begin.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := db.SaveFollowUp(t.Context(), &mine); !errors.Is(err, incidents.ErrConflict) || mine.Version != 1 {
			t.Errorf("a lost race: %v, version %d", err, mine.Version)
		}
		if got, err := db.FollowUp(t.Context(), mine.ID); err != nil || got != hers {
			t.Errorf("got %+v, %v", got, err)
		}
		if _, err := db.FollowUp(t.Context(), "nothing"); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("an unknown one: %v", err)
		}
		lost := incidents.FollowUp{ID: "x", Incident: "nothing", MadeAt: begin, ChangedAt: begin}
		if err := db.SaveFollowUp(t.Context(), &lost); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("of an unknown incident: %v", err)
		}
	})
}

func TestGuardsComeBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		inc := save(t, db, outage(t, "", begin))
		f := promise(t, db, inc, "Limit the queue", 1)
		guard := func(probe, followUp string, minutes int) *incidents.Guard {
			g, err := incidents.NewGuard(inc, 0, incidents.Guard{Probe: probe, FollowUp: followUp, Caption: "It holds", Author: "Ada", Since: begin.Add(time.Duration(minutes) * time.Minute)}, begin.Add(time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			return &g
		}
		late, early, twice := guard("queue", f.ID, 9), guard("queue", "", 3), guard("queue", f.ID, 9)
		before := revision(t, db)
		for _, g := range []*incidents.Guard{late, early} {
			if err := db.SaveGuard(t.Context(), g); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.SaveGuard(t.Context(), twice); !errors.Is(err, incidents.ErrConflict) {
			t.Errorf("the same probe for the same follow-up: %v", err)
		}
		for _, lost := range []*incidents.Guard{guard("mail", "nothing", 9), {ID: "x", Incident: "nothing", Probe: "mail"}} {
			if err := db.SaveGuard(t.Context(), lost); !errors.Is(err, incidents.ErrNotFound) {
				t.Errorf("of what is not stored: %v", err)
			}
		}
		got, err := db.Guards(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]incidents.Guard{*early, *late}, got); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
		late.Remove("Bo", begin.Add(time.Hour))
		if err := errors.Join(db.SaveGuard(t.Context(), late), db.SaveGuard(t.Context(), twice)); err != nil {
			t.Errorf("removed, and watched anew: %v", err)
		}
		if got, err := db.Guards(t.Context()); err != nil || len(got) != 2 || got[1].ID != twice.ID {
			t.Errorf("after that %+v, %v", got, err)
		}
		if n := revision(t, db) - before; n != 4 {
			t.Errorf("the revision grew by %d in four saves", n)
		}
	})
}
