package store_test

import (
	"errors"
	"testing"
	"time"

	"candor/incidents"
	"candor/store"
	"candor/store/storetest"
)

func correct(t *testing.T, inc *incidents.Incident, component string, minutes int) {
	t.Helper()
	err := inc.Correct(incidents.Correction{Component: component, Status: incidents.PartialOutage, From: begin, Until: begin.Add(time.Duration(minutes) * time.Minute),
		Reason: "caf\xe9\x00!", Author: "Ada", At: begin.Add(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
}

func reword(t *testing.T, inc *incidents.Incident, update int, body string) {
	t.Helper()
	if err := inc.Reword(inc.Timeline()[update].ID, incidents.Edit{At: begin.Add(24 * time.Hour), Author: "Ada", Body: body}); err != nil {
		t.Fatal(err)
	}
}

func TestEditsAndCorrectionsComeBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		other := save(t, db, resolve(t, outage(t, "", begin.Add(time.Hour)), begin.Add(2*time.Hour)))
		correct(t, other, studio[1].ID, 1)
		save(t, db, other)
		inc := save(t, db, resolve(t, outage(t, "", begin), begin.Add(time.Hour)))
		before := revision(t, db)
		reword(t, inc, 0, "First.")
		reword(t, inc, 1, "It all works.")
		correct(t, inc, studio[0].ID, 30)
		save(t, db, inc)
		reword(t, inc, 0, "Second. caf\xe9\x00!")
		correct(t, inc, studio[0].ID, 40)
		if err := inc.Correct(incidents.Correction{Component: studio[1].ID, Status: incidents.Operational, Reason: "Nothing.", At: begin.Add(25 * time.Hour)}); err != nil {
			t.Fatal(err)
		}
		save(t, db, inc)
		save(t, db, inc) // once more adds nothing
		if got := revision(t, db) - before; got != 3 {
			t.Errorf("the revision grew by %d in three saves", got)
		}
		if edits, corrections := rows(t, db, `SELECT COUNT(*) FROM update_edits`), rows(t, db, `SELECT COUNT(*) FROM corrections`); edits != 3 || corrections != 4 {
			t.Errorf("%d edits and %d corrections stored, want 3 and 4", edits, corrections)
		}
		list, err := db.Incidents(t.Context(), time.Time{}, 10)
		if err != nil || len(list) != 2 {
			t.Fatal(len(list), err)
		}
		got := list[1]
		if u := got.Timeline()[0]; u.Wording() != "Second. caf\uFFFD!" || len(u.Edits) != 2 || u.Edits[0] != (incidents.Edit{At: begin.Add(24 * time.Hour), Author: "Ada", Body: "First."}) || u.Body == u.Wording() {
			t.Errorf("the edited update came back as %+v", u)
		}
		if c := got.Corrections(); len(c) != 3 || c[0].Reason != "caf\uFFFD!" || !c[2].From.IsZero() || c[2].Status != incidents.Operational {
			t.Errorf("the corrections came back as %+v", c)
		}
		if impacts := got.Impacts(); len(impacts) != 1 || !impacts[0].Until.Equal(begin.Add(40*time.Minute)) {
			t.Errorf("it did %+v", impacts)
		}
	})
}

// Edits and corrections are only added: a copy that lacks one is refused, and so is one that another save overtook.
func TestEditsAndCorrectionsStay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		inc := save(t, db, resolve(t, outage(t, "", begin), begin.Add(time.Hour)))
		mine, err := db.Incident(t.Context(), inc.ID)
		if err != nil {
			t.Fatal(err)
		}
		reword(t, inc, 0, "Hers.")
		correct(t, inc, studio[0].ID, 30)
		save(t, db, inc)
		reword(t, mine, 0, "Mine.")
		if err := db.SaveIncident(t.Context(), mine); !errors.Is(err, incidents.ErrConflict) {
			t.Errorf("a lost race: %v", err)
		}
		plain := inc.Timeline()
		plain[0].Edits = nil
		for name, changed := range map[string]*incidents.Incident{
			"an edit":      incidents.Stored(*inc, plain, inc.Corrections()...),
			"a correction": incidents.Stored(*inc, inc.Timeline()),
		} {
			if err := db.SaveIncident(t.Context(), changed); err == nil || errors.Is(err, incidents.ErrConflict) {
				t.Errorf("stored an incident that lacks %s: %v", name, err)
			}
		}
		got, err := db.Incident(t.Context(), inc.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.Timeline()[0].Wording() != "Hers." || len(got.Corrections()) != 1 || got.Version != inc.Version {
			t.Errorf("got %+v with %+v", got.Timeline()[0], got.Corrections())
		}
	})
}

func TestCorrectionOfAnUnknownComponent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		inc := save(t, db, resolve(t, outage(t, "", begin), begin.Add(time.Hour)))
		correct(t, inc, "nothing", 30)
		if err := db.SaveIncident(t.Context(), inc); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("got %v", err)
		}
		if n := rows(t, db, `SELECT COUNT(*) FROM corrections`); n != 0 {
			t.Errorf("%d corrections stored", n)
		}
	})
}
