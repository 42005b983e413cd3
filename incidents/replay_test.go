package incidents_test

import (
	"testing"
	"testing/synctest"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store"
	"candor/store/storetest"
)

// What a replay of the stored results finds is what the tracker did with them, under the same policy; under another
// one it is not.
func TestReplayFindsWhatHappened(t *testing.T) {
	dsn := storetest.DSN(t, "sqlite")
	synctest.Test(t, func(t *testing.T) {
		db, err := store.Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		p := policy(t, db, "studio", "mail")
		p.Reopen = 10 * time.Minute
		began := time.Now()
		d := start(t, db, p)
		d.sees("studio", "oooxxxxoooooooooooooooooooooooooooooooooooooooooooo")
		d.sees("mail", "oxxoo")
		d.sees("studio", "xxooooooooooooooooooooooooooooooooooooooooooooooooooo")
		d.sees("mail", "xoxoooooooooooooooooooooooooooooooooooooooooooooooooo")
		d.stop()
		var results []probes.Result
		if err := db.EachResult(t.Context(), began, time.Now(), func(r probes.Result) error { results = append(results, r); return nil }); err != nil {
			t.Fatal(err)
		}
		was := stored(t, db)
		replay := func(p incidents.Policy) []incidents.Difference {
			r := incidents.NewReplay(p)
			for _, result := range results {
				r.See(result)
			}
			return incidents.Compare(was, r.End(time.Now()))
		}
		if len(was) < 2 {
			t.Fatalf("%d incidents happened, want two or more to compare", len(was))
		}
		for _, diff := range replay(p) {
			if diff.Was == nil || diff.Would == nil {
				t.Fatalf("was %+v, would have been %+v", diff.Was, diff.Would)
			}
			told, would := diff.Was.PublicTimeline(), diff.Would.PublicTimeline()
			if len(told) != len(would) {
				t.Fatalf("%s: %d updates, would have been %d", diff.Was.Title, len(told), len(would))
			}
			for i, u := range told {
				if apart := u.At.Sub(would[i].At).Abs(); u.Status != would[i].Status || apart > 2*time.Second {
					t.Errorf("%s: %s at %v, would have been %s at %v", diff.Was.Title, u.Status, u.At, would[i].Status, would[i].At)
				}
			}
		}
		strict := p
		strict.Rules = append([]incidents.Rule{}, p.Rules...)
		for i := range strict.Rules {
			strict.Rules[i].Failures, strict.Rules[i].Of = 4, 4
		}
		missed := 0
		for _, diff := range replay(strict) {
			if diff.Would == nil {
				missed++
			}
		}
		if missed == 0 {
			t.Error("four failures of four miss nothing of what two of three found")
		}
	})
}
