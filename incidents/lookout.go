package incidents

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"candor/probes"
)

// Foresight is what the lookout decided about a limited measurement of a probe.
type Foresight struct {
	At          time.Time // when it was decided
	Probe       string
	Measurement string
	Outlook     Outlook // zero when only the move is known
	Move        Move
}

// WarningKey names the warning of a measurement among the symptoms of an incident.
func WarningKey(probe, measurement string) string { return probe + " → " + measurement }

// Warned returns the probe and the measurement of a symptom that is a warning.
func (s Symptom) Warned() (probe, measurement string) {
	probe, measurement, _ = strings.Cut(s.Probe, " → ")
	return probe, measurement
}

const (
	lookEvery = time.Minute
	nearFor   = 10 * time.Minute // how long a measurement counts as near its limit after it was
	warnAgain = time.Hour        // how long after its end a warning is not opened again
)

// lookout watches where limited measurements are going, beside the judging of results, which must not wait for it.
type lookout struct {
	mu   sync.Mutex
	near map[string]time.Time // probe → when a measurement of it was last near enough to its limit to look at
	sees map[string]Foresight // by WarningKey
}

// notice remembers which probes have a measurement that is near enough to its limit to look where it is going.
func (l *lookout) notice(batch []probes.Result) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range batch {
		if slices.ContainsFunc(r.Measurements, nearLimit) {
			if l.near == nil {
				l.near = map[string]time.Time{}
			}
			l.near[r.Probe] = r.At
		}
	}
}

// nearLimit says whether a measurement has come at least a fifth of the way to its limit. Times of answers have bounds
// of their own, and no trend.
func nearLimit(m probes.Measurement) bool {
	switch {
	case m.Limit == 0 || m.Unit == "s":
		return false
	case m.Floor:
		return m.Value <= 5*m.Limit
	}
	return m.Value >= m.Limit/5
}

// foresee returns what was last decided.
func (l *lookout) foresee() map[string]Foresight {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.sees)
}

// expects says whether a warning is to be opened.
func (l *lookout) expects() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.sees {
		if f.Move == Warn {
			return true
		}
	}
	return false
}

// lookAhead decides once a minute about the warnings of all probes that are near a limit, until ctx ends.
func (t *Tracker) lookAhead(ctx context.Context) {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := t.lookOnce(ctx, time.Now().UTC()); err != nil && ctx.Err() == nil {
			slog.Error("look where measurements are going", "error", err)
		}
	}
}

func (t *Tracker) lookOnce(ctx context.Context, now time.Time) error {
	known, err := t.store.IncidentsSince(ctx, now)
	if err != nil {
		return fmt.Errorf("read incidents: %w", err)
	}
	opened := map[string]time.Time{} // by WarningKey
	keys := map[string]bool{}
	for _, inc := range known {
		for _, s := range inc.Symptoms {
			if s.Warning && s.Lasts() && inc.Open() {
				probe, _ := s.Warned()
				opened[s.Probe], keys[probe] = s.Since, true
			}
		}
	}
	for _, rule := range t.policy.Rules {
		if t.ahead.wants(rule.Probe, now) {
			keys[rule.Probe] = true
		}
	}
	sees := map[string]Foresight{}
	for _, probe := range slices.Sorted(maps.Keys(keys)) {
		courses, err := t.store.RecentCourses(ctx, probe, now)
		if err != nil {
			return fmt.Errorf("read the courses of probe %s: %w", probe, err)
		}
		for _, c := range courses {
			foresee(sees, probe, c, opened, now)
		}
	}
	t.ahead.mu.Lock()
	t.ahead.sees = sees
	t.ahead.mu.Unlock()
	return nil
}

func (l *lookout) wants(probe string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, ok := l.near[probe]
	return ok && now.Sub(at) <= nearFor
}

// foresee adds what a course shows. Of several places the one that goes on warning decides.
func foresee(sees map[string]Foresight, probe string, c Course, opened map[string]time.Time, now time.Time) {
	if c.Limit == 0 || c.Unit == "s" {
		return
	}
	key := WarningKey(probe, c.Name)
	o, move := Warning(c, opened[key], now)
	if before, ok := sees[key]; move == NoMove || ok && (before.Move != Lift || move == Lift) {
		return
	}
	sees[key] = Foresight{At: now, Probe: probe, Measurement: c.Name, Outlook: o, Move: move}
}

// foresee opens and ends the warnings that the lookout decided on.
func (d *detector) foresee() {
	for _, key := range slices.Sorted(maps.Keys(d.Foresight)) {
		f := d.Foresight[key]
		rule, ruled := d.rules[f.Probe]
		if !ruled {
			continue
		}
		if f.Move == Warn && !d.claimed(key) && d.Now.Sub(warned(d.Known, key)) > warnAgain {
			d.place(d.warning(*rule, key, f))
		}
	}
}

// warned returns when a warning was last over; zero when it never was, or only because its incident was.
func warned(known []*Incident, key string) time.Time {
	var until time.Time
	for _, inc := range known {
		if i := slices.IndexFunc(inc.Symptoms, func(s Symptom) bool { return s.Probe == key }); i >= 0 && !inc.Symptoms[i].Until.Equal(inc.ResolvedAt()) {
			until = latest(until, latest(inc.Symptoms[i].Until, inc.ResolvedAt()))
		}
	}
	return until
}

// leave ends the warnings of an incident that is over for customers; those that hold open incidents of their own.
func (d *detector) leave(c *dossier) {
	for i := range c.symptoms {
		if c.aside(c.symptoms[i]) {
			c.symptoms[i].Until = d.Now
		}
	}
}

// warning is the symptom that warns of a limit: for the team, unless the rule has a sentence for customers.
func (d *detector) warning(rule Rule, key string, f Foresight) Symptom {
	clock := func(t time.Time) string { return words{since: t, zone: d.Zone}.fill("{since}") }
	text := fmt.Sprintf("%s: %s meets its limit at about %s (%s at the earliest, %s at the latest)",
		d.name(rule.Component), f.Measurement, clock(f.Outlook.At), clock(f.Outlook.Earliest), clock(f.Outlook.Latest))
	s := Symptom{Probe: key, Component: rule.Component, Warning: true, Status: DegradedPerformance, Text: text,
		Reason: string(probes.NearLimit), Detail: text, Since: d.Now}
	if rule.Warning != "" {
		s.Text = rule.Warning
	}
	return s
}

// followWarning ends a warning that is lifted, or that nobody looks after any more.
func (d *detector) followWarning(c *dossier, s *Symptom) {
	probe, _ := s.Warned()
	_, ruled := d.rules[probe]
	if f, ok := d.Foresight[s.Probe]; !ruled || ok && f.Move == Lift && f.At.After(s.Since) {
		s.Until, c.moved = d.Now, true
	}
}

// warnsOnly says whether the symptoms are warnings and nothing else.
func warnsOnly(symptoms []Symptom) bool {
	return len(symptoms) > 0 && !slices.ContainsFunc(symptoms, func(s Symptom) bool { return !s.Warning })
}
