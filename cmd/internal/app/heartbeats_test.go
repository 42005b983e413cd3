package app

import (
	"path/filepath"
	"testing"
	"time"

	"candor/probes"
	"candor/probes/kinds"
	"candor/store"
)

// TestAwaitForgivesWhatNobodyCouldSee starts Candor after a time of which the database knows little.
func TestAwaitForgivesWhatNobodyCouldSee(t *testing.T) {
	const day, hour = 24 * time.Hour, time.Hour
	tests := []struct {
		name    string
		last    time.Duration // since the last report; 0 when there is none
		signal  probes.Signal
		looked  time.Duration // since the last result; 0 when there is none
		found   probes.Outcome
		awaited bool
		want    probes.Outcome // of a run right after the start
	}{
		{"the first start", 0, "", 0, "", true, probes.Unknown},
		{"a short restart", hour, probes.Succeeded, time.Second, probes.OK, false, probes.OK},
		{"the deadline went by while Candor was down", 3 * hour, probes.Succeeded, 2 * hour, probes.OK, true, probes.Unknown},
		{"a report was missing before", 3 * hour, probes.Succeeded, time.Second, probes.Failed, false, probes.Failed},
		{"a report was missing before Candor was down for long", 10 * day, probes.Succeeded, 9 * day, probes.Failed, false, probes.Failed},
		{"the first report is still awaited", hour, probes.Awaited, time.Second, probes.Unknown, false, probes.Unknown},
		{"a run that had to end while Candor was down", 3 * hour, probes.Started, 2*hour + 50*time.Minute, probes.OK, true, probes.Unknown},
		{"a failure stays one", 10 * day, probes.Broke, 9 * day, probes.Failed, false, probes.Failed},
		{"so does one that came just before the end", 10 * day, probes.Broke, 10 * day, probes.OK, false, probes.Failed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := parse(t, twoParts+"storage: {database: "+filepath.Join(t.TempDir(), "candor.db")+"}\n"+
				"probes: [{key: backup, component: a, symptom: s, heartbeat: {secret: 0123456789abcdefgh, every: 2h, max_run: 1h}}]\n")
			a, err := Open(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			now := time.Now().UTC()
			if tt.last > 0 {
				save(t, a.DB, probes.Ping{Probe: "backup", At: now.Add(-tt.last), Signal: tt.signal})
			}
			if tt.looked > 0 {
				if err := a.DB.SaveResults(t.Context(), []probes.Result{{Probe: "backup", Place: "local", At: now.Add(-tt.looked), Outcome: tt.found}}); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 { // a second start changes nothing
				in, running, err := a.heartbeats(t.Context())
				if err != nil || in.Now("backup") == nil || running[0].Now == nil {
					t.Fatalf("%v, %+v", err, running)
				}
				pings, err := a.DB.Pings(t.Context(), "backup")
				if err != nil {
					t.Fatal(err)
				}
				if awaited := pings[0].Signal == probes.Awaited && tt.signal != probes.Awaited; awaited != tt.awaited || len(pings) > 2 {
					t.Errorf("the stored reports are %+v", pings)
				}
				if got := probes.Once(t.Context(), running[0]); got.Outcome != tt.want {
					t.Errorf("%s, %s", got.Outcome, got.Detail)
				}
			}
		})
	}
}

func save(t *testing.T, db *store.DB, p probes.Ping) {
	t.Helper()
	if err := db.SavePing(t.Context(), p); err != nil {
		t.Fatal(err)
	}
}

func TestHeartbeatsAreAKind(t *testing.T) {
	c := parse(t, twoParts+"server: {mail: {listen: \":2525\", domain: status.example.com}}\n"+
		"probes: [{key: backup, component: a, symptom: s, heartbeat: {secret: 0123456789abcdefgh, cron: \"0 3 * * *\", mail: {}}}]\n")
	if pulse, ok := c.Probes[0].Checker.(*kinds.Pulse); !ok || pulse.Mail == nil || pulse.Grace != 5*time.Minute {
		t.Errorf("got %+v", c.Probes[0].Checker)
	}
}
