package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store"
	"candor/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var picture = []byte{0xff, 0xd8, 0, 1, 2, 0x27, '\\'}

func kept(probe string, at time.Time, good bool, evidence ...probes.Evidence) incidents.Kept {
	return incidents.Kept{Probe: probe, Place: "local", At: at, Good: good, Evidence: evidence}
}

func keep(t *testing.T, db *store.DB, list ...incidents.Kept) {
	t.Helper()
	if err := db.KeepEvidence(t.Context(), list); err != nil {
		t.Fatal(err)
	}
}

func TestKeptEvidence(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		second := func(n int) time.Time { return begin.Add(time.Duration(n) * time.Second) }
		shot := probes.Evidence{Name: "screenshot", Type: "image/jpeg", Body: picture}
		head := probes.Evidence{Name: "answer\x00\xff", Type: "text/plain", Body: []byte{}}
		for n := range 6 {
			keep(t, db, kept("page", second(2*n), false, shot, head), kept("page", second(2*n+1), true, shot))
			keep(t, db, kept("page", second(2*n), false, shot)) // again
		}
		keep(t, db, kept("other", begin, false, head))
		got, err := db.Kept(t.Context(), "page")
		if err != nil {
			t.Fatal(err)
		}
		head.Name = "answer\uFFFD"
		want := []incidents.Kept{kept("page", second(6), false, shot, head), kept("page", second(8), false, shot, head),
			kept("page", second(10), false, shot, head), kept("page", second(11), true, shot)}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
		if _, err := db.PruneResults(t.Context(), second(10)); err != nil {
			t.Fatal(err)
		}
		if got := rows(t, db, `SELECT COUNT(*) FROM kept_evidence`); got != 3 {
			t.Errorf("%d pieces are left after pruning, want 3", got)
		}
	})
}

func TestResultsBetween(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var want []probes.Result
		for n := range 9 {
			r := result("page", "local", begin.Add(time.Duration(n)*time.Minute), probes.OK)
			saveResults(t, db, r, result("other", "local", r.At, probes.OK))
			if n >= 3 && n <= 6 {
				want = append([]probes.Result{r}, want...)
			}
		}
		for _, most := range []int{100, 2} {
			got, err := db.ResultsBetween(t.Context(), "page", begin.Add(3*time.Minute), begin.Add(6*time.Minute), most)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want[:min(most, len(want))], got); diff != "" {
				t.Errorf("at most %d: want -, got +\n%s", most, diff)
			}
		}
	})
}

// frozen stores an incident with evidence of its first symptom, and returns both.
func frozen(t *testing.T, db *store.DB, public bool) (*incidents.Incident, []incidents.Evidence) {
	t.Helper()
	inc := save(t, db, outage(t, "", begin))
	m := incidents.Moment{Incident: inc.ID, Probe: inc.Symptoms[0].Probe, Since: inc.Symptoms[0].Since}
	list := []incidents.Evidence{
		{Sighting: incidents.AtFailure, At: begin, Name: "screenshot", Type: "image/jpeg", Body: picture},
		{Sighting: incidents.Around, At: begin, Name: "numbers", Type: incidents.SeriesType, Body: incidents.NewSeries(nil).JSON()},
	}
	for i := range list {
		list[i].ID, list[i].Moment, list[i].Size = incidents.NewID(), m, len(list[i].Body)
	}
	if err := db.Freeze(t.Context(), m, list); err != nil {
		t.Fatal(err)
	}
	if public {
		for i := range list {
			list[i].Public, list[i].Caption, list[i].Alt, list[i].Author, list[i].Decided = true, "What customers saw", "A white page", "Ada", begin
			if err := db.ShowEvidence(t.Context(), list[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	return inc, list
}

func TestEvidenceComesBackWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		hidden, _ := frozen(t, db, false)
		inc, list := frozen(t, db, true)
		one, err := db.Evidence(t.Context(), inc.ID, list[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(list[0], one); diff != "" {
			t.Errorf("one piece: want -, got +\n%s", diff)
		}
		if _, err := db.Evidence(t.Context(), hidden.ID, list[0].ID); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("a piece of another incident: %v", err)
		}
		list[0].Body = nil // a picture is not in lists
		all, err := db.IncidentEvidence(t.Context(), inc.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(list, all); diff != "" {
			t.Errorf("of the incident: want -, got +\n%s", diff)
		}
		public, err := db.PublicEvidence(t.Context(), []string{inc.ID, hidden.ID})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string][]incidents.Evidence{inc.ID: list}, public); diff != "" {
			t.Errorf("public: want -, got +\n%s", diff)
		}
		before := revision(t, db)
		list[0].Withdraw("Bob", begin.Add(time.Hour))
		if err := db.ShowEvidence(t.Context(), list[0]); err != nil {
			t.Fatal(err)
		}
		if revision(t, db) == before {
			t.Error("the revision did not grow")
		}
		if public, err := db.PublicEvidence(t.Context(), []string{inc.ID}); err != nil || len(public[inc.ID]) != 1 {
			t.Errorf("%d pieces are public after one was withdrawn, want 1 (%v)", len(public[inc.ID]), err)
		}
		list[0].ID = "unknown"
		if err := db.ShowEvidence(t.Context(), list[0]); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("an unknown piece: %v", err)
		}
	})
}

func TestFreezeHappensOnce(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		handles := []*store.DB{storetest.Reopen(t, dsn), storetest.Reopen(t, dsn)}
		db := handles[0]
		saveStudio(t, db)
		inc := save(t, db, outage(t, "", begin))
		m := incidents.Moment{Incident: inc.ID, Probe: "new-studio-page", Since: begin}
		other := incidents.Moment{Incident: inc.ID, Probe: "broker", Since: begin}
		for _, err := range race(t, handles, 8, func(db *store.DB) error {
			var list []incidents.Evidence
			for i := range 3 {
				list = append(list, incidents.Evidence{ID: incidents.NewID(), Sighting: incidents.AtFailure, At: begin, Name: fmt.Sprint(i), Type: "text/plain"})
			}
			return db.Freeze(t.Context(), m, list)
		}) {
			if err != nil {
				t.Error(err)
			}
		}
		if got := rows(t, db, `SELECT COUNT(*) FROM evidence`); got != 3 {
			t.Errorf("%d pieces, want 3", got)
		}
		all, stored, err := db.Moments(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([][]incidents.Moment{{m, other}, {m}}, [][]incidents.Moment{all, stored}); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
		save(t, db, resolve(t, inc, begin.Add(time.Hour)))
		if all, stored, err := db.Moments(t.Context()); err != nil || len(all)+len(stored) > 0 {
			t.Errorf("of a resolved incident: %v, %v (%v)", all, stored, err)
		}
		m.Incident = "unknown"
		if err := db.Freeze(t.Context(), m, []incidents.Evidence{{ID: "x"}}); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("with no incident: %v", err)
		}
	})
}

func TestFrozenEvidenceOutlivesTheResults(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		_, list := frozen(t, db, false)
		if _, err := db.PruneResults(t.Context(), begin.AddDate(1, 0, 0)); err != nil {
			t.Fatal(err)
		}
		if got := rows(t, db, `SELECT COUNT(*) FROM evidence`); got != len(list) {
			t.Errorf("%d pieces are left, want %d", got, len(list))
		}
	})
}
