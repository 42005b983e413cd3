package incidents_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
	"candor/store/storetest"
)

// unit is how long the maintenances of these tests wait and last.
const unit = 5 * time.Minute

// keep keeps time until stop is called.
func keep(t *testing.T, s incidents.MaintenanceStore, changed func()) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		incidents.KeepTime(ctx, s, changed)
	}()
	return func() {
		cancel()
		<-ended
	}
}

// story returns what a maintenance tells, and when after the beginning of the test.
func story(m *incidents.Maintenance, began time.Time) (out []string) {
	for _, u := range m.Timeline() {
		by := u.Author
		if by == "" {
			by = "automatic"
		}
		out = append(out, u.At.Sub(began).String()+" "+string(u.Status)+" "+by)
	}
	return out
}

func TestMaintenanceBeginsAndEndsAtItsTimes(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		began := time.Now().UTC()
		announce := func() *incidents.Maintenance {
			m, err := incidents.NewMaintenance("Upgrade", nil, incidents.MaintenanceUpdate{At: time.Now().UTC(), From: time.Now().Add(unit), Until: time.Now().Add(2 * unit), Body: "x", Author: "Ada"})
			if err == nil {
				err = db.SaveMaintenance(t.Context(), m)
			}
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		check := func(what string, m *incidents.Maintenance, want ...string) {
			t.Helper()
			got, err := db.Maintenance(t.Context(), m.ID)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, story(got, began)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		first := announce()
		var changes atomic.Int64
		stop := keep(t, db, func() { changes.Add(1) })
		time.Sleep(unit - 2*time.Second)
		check("before its time", first, "0s scheduled Ada")
		time.Sleep(4 * time.Second)
		check("at its time", first, "0s scheduled Ada", "5m0s in_progress automatic")
		longer, err := db.Maintenance(t.Context(), first.ID)
		if err == nil {
			err = longer.Post(incidents.MaintenanceUpdate{At: time.Now().UTC(), Until: began.Add(5 * unit / 2), Body: "Longer.", Author: "Ada"})
		}
		if err == nil {
			err = db.SaveMaintenance(t.Context(), longer)
		}
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(unit)
		check("at the end it had at first", first, "0s scheduled Ada", "5m0s in_progress automatic", "5m2s in_progress Ada")
		time.Sleep(unit)
		check("after the end it has now", first, "0s scheduled Ada", "5m0s in_progress automatic", "5m2s in_progress Ada", "12m30s completed automatic")
		if got := changes.Load(); got != 2 {
			t.Errorf("the page was refreshed %d times, want 2", got)
		}
		second := announce() // at 15m2s
		stop()
		time.Sleep(5 * unit) // nobody keeps time meanwhile
		stop = keep(t, db, func() { changes.Add(1) })
		synctest.Wait()
		time.Sleep(time.Second)
		check("after a restart", second, "15m2s scheduled Ada", "20m2s in_progress automatic", "25m2s completed automatic")
		stop()
		if got := changes.Load(); got != 3 {
			t.Errorf("the page was refreshed %d times, want 3", got)
		}
	})
}

// faulty refuses to save for a while.
type faulty struct {
	incidents.MaintenanceStore
	errs []error
}

func (f *faulty) SaveMaintenance(ctx context.Context, m *incidents.Maintenance) error {
	if len(f.errs) > 0 {
		err := f.errs[0]
		f.errs = f.errs[1:]
		return err
	}
	return f.MaintenanceStore.SaveMaintenance(ctx, m)
}

func TestTimeIsKeptInSpiteOfTrouble(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		m, err := incidents.NewMaintenance("Upgrade", nil, incidents.MaintenanceUpdate{At: time.Now().UTC(), From: time.Now().Add(time.Second), Until: time.Now().Add(unit), Body: "x", Author: "Ada"})
		if err == nil {
			err = db.SaveMaintenance(t.Context(), m)
		}
		if err != nil {
			t.Fatal(err)
		}
		stop := keep(t, &faulty{db, []error{context.DeadlineExceeded, incidents.ErrConflict}}, func() {})
		time.Sleep(10 * time.Second)
		stop()
		got, err := db.Maintenance(t.Context(), m.ID)
		if err != nil || got.Status() != incidents.InProgress || len(got.Timeline()) != 2 {
			t.Errorf("%v, %v", got.Timeline(), err)
		}
	})
}

func TestFailuresInMaintenanceOpenNothing(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		p := policy(t, db, "a", "b")
		from := time.Now().UTC().Add(time.Minute)
		end := from.Add(unit)
		m, err := incidents.NewMaintenance("Upgrade", []string{"a"}, incidents.MaintenanceUpdate{At: time.Now().UTC(), From: from, Until: end, Body: "x", Author: "Ada"})
		if err == nil {
			err = db.SaveMaintenance(t.Context(), m)
		}
		if err != nil {
			t.Fatal(err)
		}
		stop := keep(t, db, func() {})
		defer stop()
		d := start(t, db, p)
		defer d.stop()
		time.Sleep(time.Minute)
		d.sees("a", "xxxxxxxxxx")
		if list := stored(t, db); len(list) != 0 {
			t.Fatalf("%d incidents in maintenance", len(list))
		}
		d.sees("b", "xxx")
		one(t, db, "investigating") // of b, which is not in maintenance
		time.Sleep(time.Until(end))
		if list := stored(t, db); len(list) != 1 {
			t.Fatalf("%d incidents at the end of maintenance, for what was before it", len(list))
		}
		d.sees("a", "xxx")
		list := stored(t, db)
		if len(list) != 2 || list[0].StartedAt.Before(end) {
			t.Fatalf("after maintenance %d incidents, the newest since %v, want one more that began after %v", len(list), list[0].StartedAt, end)
		}
	})
}
