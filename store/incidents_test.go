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

// outage returns an incident that was never stored, as the checks would open it.
func outage(t *testing.T, cause string, started time.Time) *incidents.Incident {
	t.Helper()
	inc := &incidents.Incident{
		ID: incidents.NewID(), Title: "Studio does not load", Cause: cause, StartedAt: started,
		Symptoms: []incidents.Symptom{
			{Probe: "new-studio-page", Component: studio[0].ID, Text: "Studio does not load.", Status: incidents.MajorOutage, Reason: "timed out", Detail: "no answer in 10s", Since: started},
			{Probe: "broker", Component: studio[2].ID, Text: "Messages wait.", Internal: true, Status: incidents.PartialOutage, Reason: "blocked", Since: started, Until: started.Add(time.Minute), Returns: 3, Warning: true},
		},
		KeptBy: "Ada",
	}
	post(t, inc, incidents.Update{
		At: started.Add(20 * time.Second), Status: incidents.Investigating, Body: "Studio does not load. We are **looking**.", NextBy: started.Add(time.Hour),
		Changes: []incidents.Change{
			{Component: studio[0].ID, To: incidents.MajorOutage, Since: started},
			{Component: studio[1].ID, To: incidents.DegradedPerformance},
		},
	})
	return inc
}

func post(t *testing.T, inc *incidents.Incident, u incidents.Update) {
	t.Helper()
	if err := inc.Post(u); err != nil {
		t.Fatal(err)
	}
}

func save(t *testing.T, db *store.DB, inc *incidents.Incident) *incidents.Incident {
	t.Helper()
	if err := db.SaveIncident(t.Context(), inc); err != nil {
		t.Fatal(err)
	}
	return inc
}

func resolve(t *testing.T, inc *incidents.Incident, at time.Time) *incidents.Incident {
	t.Helper()
	post(t, inc, incidents.Update{At: at, Status: incidents.Resolved, Body: "It works again.", Author: "Ada"})
	return inc
}

// same compares incidents with all that belongs to them.
func same(t *testing.T, got, want []*incidents.Incident) {
	t.Helper()
	type whole struct {
		Incident    incidents.Incident
		Timeline    []incidents.Update
		Corrections []incidents.Correction
	}
	open := func(list []*incidents.Incident) (out []whole) {
		for _, inc := range list {
			out = append(out, whole{*incidents.Stored(*inc, nil), inc.Timeline(), inc.Corrections()})
		}
		return out
	}
	if diff := cmp.Diff(open(want), open(got), cmp.AllowUnexported(incidents.Incident{})); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

func TestIncidentComesBackWhole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		before := revision(t, db)
		inc := save(t, db, outage(t, studio[2].ID, begin))
		post(t, inc, incidents.Update{At: begin.Add(5 * time.Minute), Body: "The queue is full.", Author: "Ada", Team: true})
		post(t, inc, incidents.Update{At: begin.Add(5 * time.Minute), Status: incidents.Identified, Body: "Found.", Author: "Ada"})
		inc.Title, inc.Symptoms = "Studio is slow", inc.Symptoms[1:]
		save(t, db, inc)
		if inc.Version != 2 {
			t.Errorf("version %d after two saves", inc.Version)
		}
		if got := revision(t, db) - before; got != 2 {
			t.Errorf("the revision grew by %d in two saves", got)
		}
		got, err := db.Incident(t.Context(), inc.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, []*incidents.Incident{got}, []*incidents.Incident{inc})
		if got := rows(t, db, `SELECT COUNT(*) FROM update_changes`); got != 2 {
			t.Errorf("%d changes stored, want 2", got)
		}
	})
}

func TestIncidentTextThatPostgreSQLWouldRefuse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		inc := &incidents.Incident{ID: incidents.NewID(), Title: "a\x00b", StartedAt: begin}
		post(t, inc, incidents.Update{At: begin, Status: incidents.Investigating, Body: "caf\xe9\x00!", Author: "Ada"})
		save(t, db, inc)
		got, err := db.Incident(t.Context(), inc.ID)
		if err != nil {
			t.Fatal(err)
		}
		if body := got.Timeline()[0].Body; got.Title != "ab" || body != "caf\uFFFD!" {
			t.Errorf("got %q and %q", got.Title, body)
		}
	})
}

func TestIncidentLists(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		hour := func(n int) time.Time { return begin.Add(time.Duration(n) * time.Hour) }
		first := save(t, db, resolve(t, outage(t, studio[0].ID, hour(0)), hour(1)))
		second := save(t, db, resolve(t, outage(t, studio[0].ID, hour(2)), hour(9)))
		third := save(t, db, outage(t, studio[0].ID, hour(3)))
		fourth := save(t, db, outage(t, "", hour(4)))
		tests := []struct {
			name string
			list func() ([]*incidents.Incident, error)
			want []*incidents.Incident
		}{
			{"open", func() ([]*incidents.Incident, error) { return db.OpenIncidents(t.Context()) }, []*incidents.Incident{fourth, third}},
			{"since a resolution", func() ([]*incidents.Incident, error) { return db.IncidentsSince(t.Context(), hour(9)) }, []*incidents.Incident{fourth, third, second}},
			{"since later", func() ([]*incidents.Incident, error) { return db.IncidentsSince(t.Context(), hour(10)) }, []*incidents.Incident{fourth, third}},
			{"resolved before", func() ([]*incidents.Incident, error) { return db.IncidentsResolved(t.Context(), hour(10), 5) }, []*incidents.Incident{second, first}},
			{"of those one", func() ([]*incidents.Incident, error) { return db.IncidentsResolved(t.Context(), hour(10), 1) }, []*incidents.Incident{second}},
			{"resolved before another", func() ([]*incidents.Incident, error) { return db.IncidentsResolved(t.Context(), hour(9), 5) }, []*incidents.Incident{first}},
			{"the newest page", func() ([]*incidents.Incident, error) { return db.Incidents(t.Context(), time.Time{}, 2) }, []*incidents.Incident{fourth, third}},
			{"the page after", func() ([]*incidents.Incident, error) { return db.Incidents(t.Context(), hour(3), 2) }, []*incidents.Incident{second, first}},
			{"the page after the last", func() ([]*incidents.Incident, error) { return db.Incidents(t.Context(), hour(0), 2) }, nil},
		}
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				got, err := tt.list()
				if err != nil {
					t.Fatal(err)
				}
				same(t, got, tt.want)
			})
		}
	})
}

func TestIncidentNotFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if _, err := db.Incident(t.Context(), "nothing"); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("got %v", err)
		}
		inc := outage(t, "", begin) // its components were never stored
		if err := db.SaveIncident(t.Context(), inc); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("unknown component: got %v", err)
		}
		if inc.Version != 0 || rows(t, db, `SELECT COUNT(*) FROM incidents`) != 0 || revision(t, db) != 0 {
			t.Error("a refused incident left traces")
		}
	})
}

func TestIncidentOfAnOldVersionIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		mine := save(t, db, outage(t, "", begin))
		hers, err := db.Incident(t.Context(), mine.ID)
		if err != nil {
			t.Fatal(err)
		}
		save(t, db, resolve(t, hers, begin.Add(time.Minute)))
		before := revision(t, db)
		post(t, mine, incidents.Update{At: begin.Add(time.Minute), Status: incidents.Monitoring, Body: "Too late."})
		if err := db.SaveIncident(t.Context(), mine); !errors.Is(err, incidents.ErrConflict) {
			t.Errorf("got %v, want a conflict", err)
		}
		got, err := db.Incident(t.Context(), mine.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, []*incidents.Incident{got}, []*incidents.Incident{hers})
		if mine.Version != 1 || revision(t, db) != before {
			t.Error("a lost race left traces")
		}
		again := outage(t, "", begin)
		again.ID = mine.ID
		if err := db.SaveIncident(t.Context(), again); !errors.Is(err, incidents.ErrConflict) {
			t.Errorf("new with a known id: got %v, want a conflict", err)
		}
	})
}

func TestTimelineOnlyGrows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		inc := save(t, db, outage(t, "", begin))
		post(t, inc, incidents.Update{At: begin.Add(time.Minute), Status: incidents.Identified, Body: "Found."})
		save(t, db, inc)
		timeline := inc.Timeline()
		for name, changed := range map[string][]incidents.Update{
			"shortened": timeline[:1], "reordered": {timeline[1], timeline[0]}, "emptied": nil,
		} {
			if err := db.SaveIncident(t.Context(), incidents.Stored(*inc, changed)); err == nil {
				t.Errorf("stored a timeline that was %s", name)
			}
		}
		got, err := db.Incident(t.Context(), inc.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, []*incidents.Incident{got}, []*incidents.Incident{inc})
	})
}

func TestOneOpenIncidentPerCause(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		first := save(t, db, outage(t, studio[0].ID, begin))
		if err := db.SaveIncident(t.Context(), outage(t, studio[0].ID, begin)); !errors.Is(err, incidents.ErrConflict) {
			t.Errorf("second of one cause: got %v, want a conflict", err)
		}
		save(t, db, outage(t, studio[1].ID, begin))
		save(t, db, outage(t, "", begin))
		save(t, db, outage(t, "", begin))
		save(t, db, resolve(t, first, begin.Add(time.Hour)))
		save(t, db, outage(t, studio[0].ID, begin.Add(2*time.Hour)))
	})
}
