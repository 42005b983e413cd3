package incidents_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store"
	"candor/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// inTime runs a test on every engine, in a bubble where time passes only while everybody waits.
func inTime(t *testing.T, test func(t *testing.T, dsn string)) {
	for _, engine := range storetest.Engines {
		t.Run(engine, func(t *testing.T) {
			dsn := storetest.DSN(t, engine)
			synctest.Test(t, func(t *testing.T) { test(t, dsn) })
		})
	}
}

const interval = 10 * time.Second

// policy stores a component for each name and returns the policy that lets one probe of the same name speak for it.
func policy(t *testing.T, db *store.DB, names ...string) incidents.Policy {
	t.Helper()
	p := incidents.Policy{Hold: time.Minute, ResolveAfter: 5 * time.Minute, Promise: 30 * time.Minute, Wording: incidents.DefaultWording}
	for i, name := range names {
		p.Components = append(p.Components, incidents.Component{ID: name, Key: name, Name: name, Position: i + 1, CreatedAt: time.Now()})
		p.Rules = append(p.Rules, incidents.Rule{Probe: name, Component: name, Symptom: name + " does not work",
			Status: incidents.MajorOutage, Failures: 2, Of: 3, Recoveries: 2, Interval: interval})
	}
	if err := db.SaveComponents(t.Context(), p.Components); err != nil {
		t.Fatal(err)
	}
	return p
}

// desk is a tracker at work.
type desk struct {
	*incidents.Tracker
	t       *testing.T
	stop    func() // as a server stops: first the context ends, then nothing is observed any more
	changes atomic.Int64
	pace    time.Duration // between two results
}

func start(t *testing.T, s incidents.Store, p incidents.Policy) *desk {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	d := &desk{t: t, pace: interval}
	d.Tracker = incidents.NewTracker(s, p, func() { d.changes.Add(1) })
	observed, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		d.Run(ctx, observed)
	}()
	d.stop = func() {
		cancel()
		close(observed)
		<-ended
	}
	return d
}

// sees lets a probe find something at the desk's pace: o is ok, x failed. It returns once the last was judged.
func (d *desk) sees(probe, text string) {
	d.t.Helper()
	for _, c := range text {
		time.Sleep(d.pace)
		d.observe(result(probe, c))
	}
	time.Sleep(min(2*time.Second, d.pace))
}

func (d *desk) observe(r probes.Result) {
	d.t.Helper()
	if err := d.Observe(d.t.Context(), r); err != nil {
		d.t.Fatal(err)
	}
}

func result(probe string, c rune) probes.Result {
	r := probes.Result{Probe: probe, Place: "local", At: time.Now(), Outcome: probes.OK}
	if c == 'x' {
		r.Outcome, r.Reason, r.Detail = probes.Failed, probes.Refused, "nobody listens"
	}
	return r
}

// stored returns all incidents, newest first.
func stored(t *testing.T, db *store.DB) []*incidents.Incident {
	t.Helper()
	list, err := db.IncidentsSince(t.Context(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// one returns the only incident, which must have come to the given statuses, separated by spaces.
func one(t *testing.T, db *store.DB, statuses string) *incidents.Incident {
	t.Helper()
	list := stored(t, db)
	if len(list) != 1 {
		t.Fatalf("%d incidents, want 1", len(list))
	}
	var got []string
	for _, u := range list[0].PublicTimeline() {
		got = append(got, string(u.Status))
	}
	if strings.Join(got, " ") != statuses {
		t.Fatalf("the incident became %s, want %s", got, statuses)
	}
	return list[0]
}

func update(status incidents.Status) incidents.Update {
	return incidents.Update{At: time.Now(), Status: status, Body: "We found it.", Author: "Ada"}
}

func TestTrackerStoresAllThatWasObserved(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		d := start(t, db, policy(t, db, "studio"))
		const all = 3500
		for i := range all {
			r := result("studio", 'o')
			r.At = r.At.Add(time.Duration(i) * time.Millisecond)
			d.observe(r)
		}
		d.stop() // with the last of them still waiting
		got, err := db.RecentResults(t.Context(), []string{"studio"}, 2*all)
		if err != nil || len(got["studio"]) != all {
			t.Errorf("%d of %d results are stored (%v)", len(got["studio"]), all, err)
		}
		if n := len(stored(t, db)); n != 0 || d.changes.Load() != 0 {
			t.Errorf("%d incidents and %d changes of a healthy product", n, d.changes.Load())
		}
	})
}

func TestTrackerStoresWhatWaitsWhenItEnds(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		p := policy(t, db, "studio")
		ended := make(chan struct{})
		close(ended)
		const rounds, each = 20, 5
		for range rounds {
			tracker := incidents.NewTracker(db, p, nil)
			for range each {
				time.Sleep(time.Millisecond)
				if err := tracker.Observe(t.Context(), result("studio", 'o')); err != nil {
					t.Fatal(err)
				}
			}
			tracker.Run(t.Context(), ended) // ends at once, or stores a batch first
		}
		got, err := db.RecentResults(t.Context(), []string{"studio"}, 2*rounds*each)
		if err != nil || len(got["studio"]) != rounds*each {
			t.Errorf("%d of %d results are stored (%v)", len(got["studio"]), rounds*each, err)
		}
	})
}

func TestTrackerTellsAnOutageFromItsFirstFailureToItsEnd(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		d := start(t, db, policy(t, db, "studio"))
		defer d.stop()
		d.sees("studio", "ooo")
		began := time.Now().Add(interval)
		d.sees("studio", "xx")
		inc := one(t, db, "investigating")
		if !inc.StartedAt.Equal(began) {
			t.Errorf("started at %v, want that of the first failing result %v", inc.StartedAt, began)
		}
		d.sees("studio", "xxxooooooo")
		one(t, db, "investigating monitoring")
		d.sees("studio", strings.Repeat("o", 32))
		one(t, db, "investigating monitoring resolved")
		if got := d.changes.Load(); got < 3 {
			t.Errorf("%d changes were told of, want at least the three updates", got)
		}
	})
}

func TestTrackerContinuesAfterARestart(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		p := policy(t, db, "studio")
		restart := func(d *desk) *desk {
			d.stop()
			return start(t, storetest.Reopen(t, dsn), p)
		}
		d := restart(start(t, db, p))
		d.sees("studio", "ox")
		d = restart(d)
		d.sees("studio", "x")
		one(t, db, "investigating")
		d = restart(d)
		d.sees("studio", "xo")
		d = restart(d)
		recovery := time.Now().Add(-2 * time.Second) // the good result before the restart counts
		d.sees("studio", "o")
		inc := one(t, db, "investigating")
		if until := inc.Symptoms[0].Until; !until.Equal(recovery) {
			t.Errorf("the symptom ended at %v, want that of the first good result %v", until, recovery)
		}
		d = restart(d)
		d.sees("studio", "oooooo")
		one(t, db, "investigating monitoring")
		d = restart(d)
		d.sees("studio", strings.Repeat("o", 32))
		one(t, db, "investigating monitoring resolved")
		d.stop()
	})
}

func TestTrackerBelievesNothingOfYesterday(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		p := policy(t, db, "studio")
		d := start(t, db, p)
		d.sees("studio", "oox")
		time.Sleep(interval)
		d.observe(result("studio", 'x'))
		d.stop() // stores the failure that would confirm an outage, and judges it no more
		time.Sleep(24 * time.Hour)
		d = start(t, db, p)
		d.sees("studio", "o")
		if n := len(stored(t, db)); n != 0 {
			t.Fatalf("%d incidents were opened for what was yesterday", n)
		}
		d.sees("studio", "xxooooooooo")
		one(t, db, "investigating monitoring")
		d.stop()
		time.Sleep(24 * time.Hour)
		d = start(t, db, p)
		time.Sleep(5 * time.Second)
		one(t, db, "investigating monitoring")
		d.sees("studio", "xx")
		one(t, db, "investigating monitoring investigating")
		d.stop()
		time.Sleep(24 * time.Hour)
		d = start(t, db, p)
		time.Sleep(5 * time.Second)
		one(t, db, "investigating monitoring investigating") // although an update was promised meanwhile
		d.sees("studio", "ooooooooo")
		d.stop()
		one(t, db, "investigating monitoring investigating investigating monitoring")
	})
}

func TestTrackerNotesForWhoTookOver(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		d := start(t, db, policy(t, db, "studio"))
		defer d.stop()
		d.sees("studio", "xx")
		inc := one(t, db, "investigating")
		if _, err := d.Post(t.Context(), inc.ID, 1, "", update(incidents.Identified)); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			d.sees("studio", "xxxxoooo") // flapping is not worth a note
		}
		if n := len(one(t, db, "investigating identified").Timeline()); n != 2 {
			t.Errorf("%d notes on a target that flaps", n-2)
		}
		d.sees("studio", strings.Repeat("o", 100)) // longer than what comes and goes must be over
		inc = one(t, db, "investigating identified")
		if n := len(inc.Timeline()); n != 3 || !strings.Contains(inc.Timeline()[2].Body, "studio passes again") {
			t.Errorf("notes: %+v, want one that says it passes", inc.Timeline()[2:])
		}
	})
}
