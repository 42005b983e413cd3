package incidents_test

import (
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/store/storetest"
)

// measures lets a probe that passes report its memory for a while, as a share of the limit over time.
func (d *desk) measures(probe string, lasts time.Duration, share func(at time.Duration) float64) {
	d.t.Helper()
	const step = 15 * time.Second
	for at := time.Duration(0); at < lasts; at += step {
		time.Sleep(step)
		r := result(probe, 'o')
		r.Measurements = []probes.Measurement{{Name: "memory", Unit: "bytes", Value: 1e9 * share(at), Limit: 1e9}}
		d.observe(r)
	}
	time.Sleep(2 * time.Second)
}

func TestTheTeamIsWarnedOfALimitBeforeItIsMet(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		p := policy(t, db, "queue", "studio")
		p.Components[0].Internal, p.Components[1].DependsOn = true, []string{"queue"}
		if err := db.SaveComponents(t.Context(), p.Components); err != nil {
			t.Fatal(err)
		}
		d := start(t, db, p)
		defer func() { d.stop() }()
		began := time.Now()
		d.measures("queue", 50*time.Minute, func(at time.Duration) float64 { return 0.1 + 0.9*at.Minutes()/60 })
		list := stored(t, db)
		if len(list) != 1 || list[0].Public() || !list[0].Symptoms[0].Warning {
			t.Fatalf("%d minutes before the limit: %+v, want a warning for the team", 10, list)
		}
		warned := list[0]
		if after := warned.NoticedAt().Sub(began); after > 45*time.Minute {
			t.Errorf("warned %s after the leak began, which meets the limit after an hour", after)
		}
		if body := warned.Timeline()[0].Body; !strings.Contains(body, "early signs") || !strings.Contains(body, "memory meets its limit at about") {
			t.Errorf("the note: %s", body)
		}
		d.stop()
		d = start(t, db, p) // a restart forgets nothing and warns of nothing twice
		d.sees("studio", "xx")
		list = stored(t, db)
		if len(list) != 1 || !list[0].Public() || list[0].Cause != "queue" {
			t.Fatalf("when Studio fails: %+v, want the warned incident, now public", list)
		}
		if text := list[0].Title + list[0].PublicTimeline()[0].Body; strings.Contains(text, "memory") {
			t.Errorf("customers read %s", text)
		}
		d.sees("studio", "oo")
		for range 90 { // purged
			d.measures("queue", 2*time.Minute, func(time.Duration) float64 { return 0.2 })
			d.observe(result("studio", 'o'))
		}
		if list = stored(t, db); len(list) != 1 || list[0].Open() {
			t.Fatalf("hours after the purge: %+v", list[0])
		}
	})
}

func TestNobodyIsWarnedOfWhatComesAndGoes(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		d := start(t, db, policy(t, db, "queue"))
		defer d.stop()
		d.measures("queue", 3*time.Hour, func(at time.Duration) float64 { return 0.3 + 0.1*float64(int(at.Minutes())%7)/7 })
		if list := stored(t, db); len(list) != 0 {
			t.Errorf("%+v", list[0])
		}
	})
}

func TestCustomersReadAWarningThatHasASentenceForThem(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		p := policy(t, db, "queue")
		p.Rules[0].Warning = "E-mails may soon be late"
		d := start(t, db, p)
		defer d.stop()
		d.measures("queue", 50*time.Minute, func(at time.Duration) float64 { return 0.1 + 0.9*at.Minutes()/60 })
		inc := one(t, db, "investigating")
		u := inc.PublicTimeline()[0]
		if inc.Title != "E-mails may soon be late" || !strings.Contains(u.Body, "Nothing has failed yet") || inc.Affected()["queue"] != incidents.DegradedPerformance || strings.Contains(u.Body, "memory") {
			t.Errorf("%s: %s %v", inc.Title, u.Body, inc.Affected())
		}
	})
}

func TestTheTrackerStoresAsUnknownWhatABlindPlaceFinds(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		p := policy(t, db, "studio", "mail")
		p.Witnesses = []incidents.Witness{{Probe: "dns", Interval: interval}}
		d := start(t, db, p)
		defer d.stop()
		for _, found := range "oooxxxxxxxooo" {
			time.Sleep(interval)
			for _, probe := range []string{"dns", "studio", "mail"} {
				d.observe(result(probe, found))
			}
		}
		time.Sleep(5 * time.Second)
		if list := stored(t, db); len(list) != 0 {
			t.Errorf("blind checks opened %q", list[0].Title)
		}
		recent, err := db.RecentResults(t.Context(), []string{"studio", "dns"}, 20)
		if err != nil {
			t.Fatal(err)
		}
		count := func(probe string, o probes.Outcome) (n int) {
			for _, r := range recent[probe] {
				if r.Outcome == o {
					n++
				}
			}
			return n
		}
		if unknown, failed := count("studio", probes.Unknown), count("studio", probes.Failed); unknown < 6 || failed > 1 || count("dns", probes.Failed) != 7 {
			t.Errorf("stored %d unknown and %d failed results of the product, %d failed ones of the witness", unknown, failed, count("dns", probes.Failed))
		}
		d.sees("dns", "ooo")
		d.sees("studio", "xxx")
		one(t, db, "investigating")
	})
}
