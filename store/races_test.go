package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"candor/incidents"
	"candor/store"
	"candor/store/storetest"
)

// race runs do at once, n times on each handle, and returns what each run returned.
func race(t *testing.T, handles []*store.DB, n int, do func(*store.DB) error) []error {
	t.Helper()
	errs := make([]error, n*len(handles))
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			<-start
			errs[i] = do(handles[i%len(handles)])
		})
	}
	close(start)
	wg.Wait()
	return errs
}

func TestRaceForOneCause(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		handles := []*store.DB{storetest.Reopen(t, dsn), storetest.Reopen(t, dsn)}
		saveStudio(t, handles[0])
		const rounds, each = 10, 4
		for round := range rounds {
			cause := fmt.Sprintf("cause%d", round)
			errs := race(t, handles, each, func(db *store.DB) error {
				return db.SaveIncident(t.Context(), outage(t, cause, begin))
			})
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else if !errors.Is(err, incidents.ErrConflict) {
					t.Error(err)
				}
			}
			if got := rows(t, handles[0], `SELECT COUNT(*) FROM incidents WHERE cause = $1`, cause); got != 1 || won != 1 {
				t.Fatalf("%d won and %d incidents are stored, want one", won, got)
			}
		}
		if got := revision(t, handles[0]); got != rounds+1 {
			t.Errorf("revision %d, want one for each incident and one for the components", got)
		}
	})
}

// An incident is read as of one moment, though its parts are in several tables.
func TestIncidentReadWhileItGrows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		inc := save(t, db, outage(t, "", begin))
		done := make(chan error, 1)
		go func() {
			for i := range 60 {
				to := []incidents.ComponentStatus{incidents.MajorOutage, incidents.PartialOutage}[i%2]
				err := inc.Post(incidents.Update{
					At: begin.Add(time.Hour), Status: incidents.Identified, Body: "Next.",
					Changes: []incidents.Change{{Component: studio[1].ID, To: to}},
				})
				if err == nil {
					err = db.SaveIncident(t.Context(), inc)
				}
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
		for {
			got, err := db.Incident(t.Context(), inc.ID)
			if err != nil {
				t.Fatal(err)
			}
			timeline := got.Timeline()
			if n := len(timeline); n != got.Version || len(timeline[n-1].Changes) == 0 {
				t.Fatalf("version %d was read with %d updates, the last with %d changes", got.Version, n, len(timeline[n-1].Changes))
			}
			select {
			case err := <-done:
				if err != nil {
					t.Error(err)
				}
				return
			default:
			}
		}
	})
}
