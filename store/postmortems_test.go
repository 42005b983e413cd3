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

func TestPostmortem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		inc := save(t, db, resolve(t, outage(t, "", begin), begin.Add(time.Hour)))
		if _, err := db.Postmortem(t.Context(), inc.ID); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("never begun: got %v", err)
		}
		p := incidents.Postmortem{Incident: inc.ID}
		step := func(name string, grows int64, do func() error) {
			t.Helper()
			before := revision(t, db)
			if err := do(); err != nil {
				t.Fatal(name, err)
			}
			if err := db.SavePostmortem(t.Context(), &p); err != nil {
				t.Fatal(name, err)
			}
			if got := revision(t, db) - before; got != grows {
				t.Errorf("%s: the revision grew by %d, want %d", name, got, grows)
			}
			got, err := db.Postmortem(t.Context(), inc.ID)
			if err != nil {
				t.Fatal(name, err)
			}
			if diff := cmp.Diff(p, got); diff != "" {
				t.Errorf("%s: want -, got +\n%s", name, diff)
			}
		}
		at := begin.Add(2 * time.Hour)
		step("a draft", 0, func() error { return p.Edit("## Summary", "Ada", at) })
		step("a better draft", 0, func() error { return p.Edit("## Summary\nIt broke.", "Ada", at.Add(time.Minute)) })
		if got, err := db.PublishedPostmortems(t.Context(), []string{inc.ID}); err != nil || len(got) != 0 {
			t.Errorf("before publication: got %v, %v", got, err)
		}
		step("its publication", 1, func() error { return p.Publish(inc, "Ada", at.Add(time.Hour)) })
		step("a draft after it", 0, func() error { return p.Edit("secret", "Bob", at.Add(2*time.Hour)) })
		got, err := db.PublishedPostmortems(t.Context(), []string{"other", inc.ID})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]incidents.Postmortem{inc.ID: {Incident: inc.ID, Body: "## Summary\nIt broke.", PublishedAt: at.Add(time.Hour), RevisedAt: at.Add(time.Hour)}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("published: want -, got +\n%s", diff)
		}
		step("its second publication", 1, func() error { return p.Publish(inc, "Bob", at.Add(3*time.Hour)) })
	})
}

func TestReportedIncidents(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		var all []*incidents.Incident
		for n := range 4 {
			inc := save(t, db, resolve(t, outage(t, "", begin.AddDate(0, 0, n)), begin.AddDate(0, 0, n).Add(time.Hour)))
			p := incidents.Postmortem{Incident: inc.ID, Draft: "text"}
			if n > 0 { // of the first there is only a draft
				if err := p.Publish(inc, "ada", begin.AddDate(0, 1, -n)); err != nil {
					t.Fatal(err)
				}
			}
			if err := db.SavePostmortem(t.Context(), &p); err != nil {
				t.Fatal(err)
			}
			all = append(all, inc)
		}
		for limit, want := range map[int][]*incidents.Incident{10: {all[3], all[2], all[1]}, 2: {all[2], all[1]}} {
			got, err := db.Reported(t.Context(), limit)
			if err != nil {
				t.Fatal(err)
			}
			same(t, got, want)
		}
	})
}

func TestPostmortemOfAnOldVersionIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		inc := save(t, db, outage(t, "", begin))
		mine := incidents.Postmortem{Incident: inc.ID, Draft: "mine"}
		hers := incidents.Postmortem{Incident: inc.ID, Draft: "hers"}
		if err := db.SavePostmortem(t.Context(), &mine); err != nil {
			t.Fatal(err)
		}
		if err := db.SavePostmortem(t.Context(), &hers); !errors.Is(err, incidents.ErrConflict) || hers.Version != 0 {
			t.Errorf("two begin at once: got %v, version %d", err, hers.Version)
		}
		hers = mine
		if err := db.SavePostmortem(t.Context(), &mine); err != nil {
			t.Fatal(err)
		}
		if err := db.SavePostmortem(t.Context(), &hers); !errors.Is(err, incidents.ErrConflict) {
			t.Errorf("two edit at once: got %v", err)
		}
		if got := rows(t, db, `SELECT COUNT(*) FROM postmortems WHERE draft = 'mine' AND version = 2`); got != 1 {
			t.Error("the first one's draft is gone")
		}
		stray := incidents.Postmortem{Incident: "nothing", Draft: "of nothing"}
		if err := db.SavePostmortem(t.Context(), &stray); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("of an unknown incident: got %v", err)
		}
	})
}
