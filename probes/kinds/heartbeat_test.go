package kinds

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"candor/probes"
)

const beatSecret = "0123456789abcdef"

func pulse(t testing.TB, s Heartbeat) *Pulse {
	t.Helper()
	s.Secret = beatSecret
	c, err := s.Checker()
	if err != nil {
		t.Fatal(err)
	}
	return c.(*Pulse)
}

// reports reads "0 start, 20m fail 3": how long after from, the signal, the exit status. It returns the newest first.
func reports(t testing.TB, from time.Time, text string) (list []probes.Ping) {
	t.Helper()
	for _, each := range strings.Split(text, ", ") {
		if each == "" {
			continue
		}
		f := strings.Fields(each)
		after, err := time.ParseDuration(f[0])
		if err != nil {
			t.Fatal(err)
		}
		p := probes.Ping{At: from.Add(after), Signal: probes.Signal(f[1])}
		if len(f) > 2 {
			fmt.Sscan(f[2], &p.Exit)
		}
		list = slices.Insert(list, 0, p)
	}
	return list
}

func TestHeartbeatVerdicts(t *testing.T) {
	hourly := Heartbeat{Every: time.Hour, Grace: 10 * time.Minute}
	run := Heartbeat{Every: time.Hour, Grace: 10 * time.Minute, MaxRun: 30 * time.Minute}
	soft := Heartbeat{Every: time.Hour, Grace: 10 * time.Minute, MaxRun: 30 * time.Minute, Late: "degraded"}
	tests := []struct {
		name     string
		settings Heartbeat
		reports  string
		now      time.Duration
		want     string // outcome and reason
	}{
		{"nothing is known", hourly, "", time.Hour, "unknown missing"},
		{"nothing came yet", hourly, "0s awaited", 69 * time.Minute, "unknown missing"},
		{"the first report never came", hourly, "0s awaited", 71 * time.Minute, "failed missing"},
		{"the first run goes on", run, "0s awaited, 60m start", 61 * time.Minute, "ok "},
		{"in time", hourly, "0s success", 59 * time.Minute, "ok "},
		{"late, within the grace", hourly, "0s success", 70 * time.Minute, "ok "},
		{"missing", hourly, "0s success", 70*time.Minute + 1, "failed missing"},
		{"late is degraded first, if so wished", soft, "0s success", 71 * time.Minute, "degraded missing"},
		{"and failed when the next one is missing too", soft, "0s success", 131 * time.Minute, "failed missing"},
		{"a late report is a report", hourly, "0s success, 3h success", 4 * time.Hour, "ok "},
		{"a failure counts at once", hourly, "0s success, 1h fail 3", time.Hour, "failed unexpected"},
		{"and as long as nothing better comes", hourly, "0s fail", 100 * time.Hour, "failed unexpected"},
		{"another run does not mend it", run, "0s fail, 1h start", 61 * time.Minute, "failed unexpected"},
		{"its success does", run, "0s fail, 1h start, 61m success", 62 * time.Minute, "ok "},
		{"a run goes on", run, "0s success, 60m start", 89 * time.Minute, "ok "},
		{"it may end later than a report was due", run, "0s success, 65m start", 94 * time.Minute, "ok "},
		{"it runs too long", run, "0s success, 60m start", 91 * time.Minute, "failed timed out"},
		{"it runs a little too long", soft, "0s success, 60m start", 91 * time.Minute, "degraded timed out"},
		{"it runs much too long", soft, "0s success, 60m start", 121 * time.Minute, "failed timed out"},
		{"a crash in a loop is a run that does not end", run, "0s success, 60m start, 75m start, 89m start", 91 * time.Minute, "failed timed out"},
		{"without a limit, a start does not help", hourly, "0s success, 65m start", 71 * time.Minute, "failed missing"},
		{"only starts are known", hourly, strings.TrimSuffix(strings.Repeat("1s start, ", probes.KeptPings), ", "), 2 * time.Second, "failed unexpected"},
		{"Candor waits anew", hourly, "0s success, 5h awaited", 6 * time.Hour, "unknown missing"},
	}
	from := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := pulse(t, tt.settings)
			list := reports(t, from, tt.reports)
			got := p.Judge(list, from.Add(tt.now))
			if s := fmt.Sprintf("%s %s", got.Outcome, got.Reason); s != tt.want {
				t.Errorf("got %s (%s), want %s", s, got.Detail, tt.want)
			}
			late := got.Reason == probes.TimedOut || got.Reason == probes.Missing && got.Outcome != probes.Unknown
			if p.Overdue(list, from.Add(tt.now)) != late {
				t.Errorf("Overdue says %v", !late)
			}
			if (got.Detail == "") != (got.Outcome == probes.OK) {
				t.Errorf("the detail of %s is %q", got.Outcome, got.Detail)
			}
		})
	}
}

func TestHeartbeatFollowsTheCrontab(t *testing.T) {
	tests := []struct {
		name, cron, zone, last, deadline string
	}{
		{"the next night", "0 3 * * *", "", "2026-03-02T03:04:00Z", "2026-03-03T03:05:00Z"},
		{"a report just before its time is that night's", "0 3 * * *", "", "2026-03-02T02:59:55Z", "2026-03-03T03:05:00Z"},
		{"not over the weekend", "0 3 * * 1-5", "", "2026-03-06T03:04:00Z", "2026-03-09T03:05:00Z"},
		{"in its zone", "0 3 * * *", "America/New_York", "2026-01-02T08:01:00Z", "2026-01-03T08:05:00Z"},
		{"the night the clocks go back has one such hour for a job at a given time", "30 1 * * *", "America/New_York", "2026-11-01T01:31:00-04:00", "2026-11-02T01:35:00-05:00"},
		{"and two for one that runs all the time", "*/20 * * * *", "America/New_York", "2026-11-01T01:41:00-04:00", "2026-11-01T01:05:00-05:00"},
		{"a time that does not exist that night is not waited for", "30 2 * * *", "America/New_York", "2026-03-07T02:31:00-05:00", "2026-03-09T02:35:00-04:00"},
		{"each hour", "@hourly", "America/New_York", "2026-11-01T01:00:30-04:00", "2026-11-01T01:05:00-05:00"},
		{"the first of the month or Sundays", "0 0 1 * 7", "", "2026-10-30T03:00:00Z", "2026-11-01T00:05:00Z"},
		{"a leap day", "0 0 29 2 *", "", "2026-10-30T03:00:00Z", "2028-02-29T00:05:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := pulse(t, Heartbeat{Cron: tt.cron, TimeZone: tt.zone})
			at := func(text string) time.Time {
				when, err := time.Parse(time.RFC3339, text)
				if err != nil {
					t.Fatal(err)
				}
				return when
			}
			last := []probes.Ping{{At: at(tt.last), Signal: probes.Succeeded}}
			if got := p.Judge(last, at(tt.deadline)); got.Outcome != probes.OK {
				t.Errorf("at the deadline: %s, %s", got.Outcome, got.Detail)
			}
			if got := p.Judge(last, at(tt.deadline).Add(1)); got.Outcome != probes.Failed {
				t.Errorf("after the deadline: %s", got.Outcome)
			}
		})
	}
}

func TestHeartbeatTellsWhatHappened(t *testing.T) {
	from := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	p := pulse(t, Heartbeat{Every: time.Hour, MaxRun: 2 * time.Minute})
	list := reports(t, from, "0s start, 65s fail 3")
	list[0].Body = " rsync: no space left\nurl was /ping/" + beatSecret + " password=hunter2 \n" + strings.Repeat("x", 5000)
	got := p.Judge(list, from.Add(2*time.Minute))
	for _, want := range []string{"2026-03-02 12:01:05 UTC", "exit status 3: rsync: no space left\nurl was /ping/*** password=***"} {
		if !strings.Contains(got.Detail, want) {
			t.Errorf("the detail %.200q lacks %q", got.Detail, want)
		}
	}
	if len(got.Detail) > 1800 {
		t.Errorf("the detail has %d bytes", len(got.Detail))
	}
	if len(got.Steps) != 1 || got.Steps[0].Took != 65*time.Second || got.Measurements[0] != (probes.Measurement{Name: "run", Value: 65, Unit: "s", Limit: 120}) {
		t.Errorf("steps %v, measurements %v", got.Steps, got.Measurements)
	}
}

// TestHeartbeatThroughANight runs the check as Candor does: a job that reports each hour dies in the night, comes back late,
// and reports a failure, of which the check learns at once.
func TestHeartbeatThroughANight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var pings []probes.Ping
		var found []string
		began := time.Now()
		hurry := make(chan struct{}, 1)
		report := func(at time.Duration, signal probes.Signal) {
			time.Sleep(time.Until(began.Add(at)))
			mu.Lock()
			pings = slices.Insert(pings, 0, probes.Ping{At: time.Now(), Signal: signal})
			mu.Unlock()
			hurry <- struct{}{}
		}
		p := pulse(t, Heartbeat{Every: time.Hour, Grace: 10 * time.Minute}).Reading(func(context.Context) ([]probes.Ping, error) {
			mu.Lock()
			defer mu.Unlock()
			return slices.Clone(pings), nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), 8*time.Hour)
		defer cancel()
		var jobs sync.WaitGroup
		jobs.Go(func() {
			report(0, probes.Awaited)
			report(time.Hour, probes.Succeeded)
			report(2*time.Hour, probes.Succeeded)
			report(4*time.Hour+30*time.Minute, probes.Succeeded)
			report(5*time.Hour+5*time.Minute+7*time.Second, probes.Broke)
			report(6*time.Hour, probes.Succeeded)
		})
		last := probes.Outcome("")
		probes.Run(ctx, []probes.Probe{{Key: "backup", Interval: time.Minute, Timeout: time.Second, Recheck: time.Second, Now: hurry, Checker: p}},
			func(_ context.Context, r probes.Result) error {
				if r.Outcome != last {
					last = r.Outcome
					found = append(found, fmt.Sprintf("%s %s", r.At.Sub(began).Truncate(time.Minute), r.Outcome))
				}
				return nil
			})
		jobs.Wait()
		want := []string{"0s unknown", "1h0m0s ok", "3h11m0s failed", "4h30m0s ok", "5h5m0s failed", "6h0m0s ok", "7h11m0s failed"}
		if !slices.Equal(found, want) {
			t.Errorf("got %q, want %q", found, want)
		}
	})
}

func TestHeartbeatWithoutItsReports(t *testing.T) {
	p := pulse(t, Heartbeat{Every: time.Hour})
	if got := p.Check(t.Context()); got.Outcome != probes.Unknown || got.Detail == "" {
		t.Errorf("outside the server: %+v", got)
	}
	broken := p.Reading(func(context.Context) ([]probes.Ping, error) { return nil, errors.New("the disk is gone") })
	if got := broken.Check(t.Context()); got.Outcome != probes.Unknown || got.Reason != probes.Internal || !strings.Contains(got.Detail, "the disk is gone") {
		t.Errorf("with a broken store: %+v", got)
	}
}

func TestHeartbeatRefusesWhatCannotWork(t *testing.T) {
	good := func(change func(*Heartbeat)) *Heartbeat {
		s := &Heartbeat{Secret: beatSecret, Every: time.Hour}
		change(s)
		return s
	}
	tests := []struct {
		name, field string
		settings    *Heartbeat
	}{
		{"no secret", "secret", good(func(s *Heartbeat) { s.Secret = "" })},
		{"a short secret", "secret", good(func(s *Heartbeat) { s.Secret = "Kn4ry123456789x" })},
		{"a secret that no address can hold", "secret", good(func(s *Heartbeat) { s.Secret = "Kn4ry/123456789xyz" })},
		{"a secret that is too long for mail", "secret", good(func(s *Heartbeat) { s.Secret, s.Mail = "Kn4ry"+strings.Repeat("x", 54), &HeartbeatMail{} })},
		{"no schedule", "every", good(func(s *Heartbeat) { s.Every = 0 })},
		{"too fast", "every", good(func(s *Heartbeat) { s.Every = time.Millisecond })},
		{"two schedules", "cron", good(func(s *Heartbeat) { s.Cron = "0 3 * * *" })},
		{"no crontab", "cron", good(func(s *Heartbeat) { s.Every, s.Cron = 0, "every night" })},
		{"four fields", "cron", good(func(s *Heartbeat) { s.Every, s.Cron = 0, "0 3 * *" })},
		{"seconds", "cron", good(func(s *Heartbeat) { s.Every, s.Cron = 0, "0 0 3 * * *" })},
		{"no such day", "cron", good(func(s *Heartbeat) { s.Every, s.Cron = 0, "0 0 31 2 *" })},
		{"no such zone", "time_zone", good(func(s *Heartbeat) { s.Every, s.Cron, s.TimeZone = 0, "0 3 * * *", "Mars" })},
		{"a zone for nothing", "time_zone", good(func(s *Heartbeat) { s.TimeZone = "UTC" })},
		{"a long grace", "grace", good(func(s *Heartbeat) { s.Grace = 10000 * time.Hour })},
		{"another outcome", "late", good(func(s *Heartbeat) { s.Late = "unknown" })},
		{"an empty word", "mail.fail", good(func(s *Heartbeat) { s.Mail = &HeartbeatMail{Fail: []string{""}} })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.settings.Checker()
			var field *FieldError
			if !errors.As(err, &field) || field.Path != tt.field {
				t.Fatalf("got %v, want a problem of %s", err, tt.field)
			}
			if strings.Contains(err.Error(), "Kn4ry") {
				t.Errorf("the problem shows the secret: %v", err)
			}
		})
	}
}

func FuzzHeartbeatCron(f *testing.F) {
	for _, seed := range []string{"0 3 * * *", "@daily", "*/5 1-3,7 L * 5#2", "TZ=0", "@every 5m", "0 0 1W * ?"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cron string) {
		c, err := (&Heartbeat{Secret: beatSecret, Cron: cron}).Checker()
		if err != nil {
			return
		}
		c.(*Pulse).Judge([]probes.Ping{{At: time.Now(), Signal: probes.Succeeded}}, time.Now())
	})
}

func TestHeartbeatWithExpectations(t *testing.T) {
	plain := checker(t, &Heartbeat{Secret: "canary-secret-of-32-characters-00", Every: time.Hour})
	c, err := Expecting(plain, Expect{Measurements: map[string]string{"run": "< 300"}}, Expect{})
	if err != nil {
		t.Fatal(err)
	}
	if PulseOf(c) == nil || PulseOf(plain) == nil || PulseOf(checker(t, &TCP{Address: "127.0.0.1:1"})) != nil {
		t.Fatal("a heartbeat with expectations is not told from other checks")
	}
	now := time.Now()
	r := Reading(c, func(context.Context) ([]probes.Ping, error) {
		return []probes.Ping{{At: now, Signal: probes.Succeeded}, {At: now.Add(-10 * time.Minute), Signal: probes.Started}}, nil
	}).Check(t.Context())
	if r.Outcome != probes.Failed || !strings.Contains(r.Detail, "run") {
		t.Errorf("a run of ten minutes instead of five: %s, %q, %+v", r.Outcome, r.Detail, r.Measurements)
	}
}
