package incidents

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"candor/probes"
)

const (
	lookBack   = 30 * time.Minute // how much of a probe's past is frozen before a symptom
	lookAhead  = 10 * time.Minute // and after it, when the freezing comes late
	freezeTime = 2 * time.Second  // for one round of keeping and freezing
	freezeRest = time.Minute      // after a round that failed
)

// EvidenceStore is what a Tracker keeps evidence in.
type EvidenceStore interface {
	// KeepEvidence stores evidence of results, and drops what is older than what is kept of each probe.
	KeepEvidence(ctx context.Context, kept []Kept) error
	// Kept returns the kept evidence of a probe.
	Kept(ctx context.Context, probe string) ([]Kept, error)
	// ResultsBetween returns the newest n results of a probe from a time until another, newest first.
	ResultsBetween(ctx context.Context, probe string, from, until time.Time, n int) ([]probes.Result, error)
	// Moments returns those of the open incidents' symptoms, and those whose evidence is stored.
	Moments(ctx context.Context) (all, frozen []Moment, err error)
	// Freeze stores the evidence of one moment. It does nothing when that is stored already.
	Freeze(ctx context.Context, m Moment, list []Evidence) error
}

// preserve keeps the evidence of new results and freezes what open incidents lack. It comes after judging, in a time of
// its own, and what fails is tried again later: evidence must never stand in the way of an incident.
func (t *Tracker) preserve(ctx context.Context, batch []probes.Result, alert bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), freezeTime)
	defer cancel()
	t.spells.follow(batch)
	kept := slices.DeleteFunc(keep(batch), func(k Kept) bool { return t.spells.frozen[k.Probe] })
	if len(kept) > 0 {
		if err := t.store.KeepEvidence(ctx, kept); err != nil {
			slog.Error("keep evidence of probe results", "results", len(kept), "error", err)
		}
	}
	if !alert || time.Now().Before(t.rest) {
		return
	}
	if err := t.freeze(ctx); err != nil {
		slog.Error("freeze evidence with an incident", "error", err)
		t.rest = time.Now().Add(freezeRest)
	}
}

func (t *Tracker) freeze(ctx context.Context) error {
	all, frozen, err := t.store.Moments(ctx)
	if err != nil {
		return fmt.Errorf("read what is to be frozen: %w", err)
	}
	lacking := unfrozen(all, frozen)
	t.spells.settle(all, lacking)
	var failed error
	for _, m := range lacking {
		if err := t.freezeOne(ctx, m); err != nil {
			failed = errors.Join(failed, fmt.Errorf("freeze %s with incident %s: %w", m.Probe, m.Incident, err))
		}
	}
	return failed
}

// unfrozen returns the moments without evidence for which there is room.
func unfrozen(all, frozen []Moment) []Moment {
	incident, probe := map[string]int{}, map[[2]string][]Moment{}
	count := func(m Moment) {
		incident[m.Incident]++
		key := [2]string{m.Incident, m.Probe}
		probe[key] = append(probe[key], m)
	}
	for _, m := range frozen {
		count(m)
	}
	var out []Moment
	for _, m := range all {
		had := probe[[2]string{m.Incident, m.Probe}]
		if !slices.ContainsFunc(had, m.same) && incident[m.Incident] < MaxMoments && len(had) < MaxProbeMoments {
			out = append(out, m)
			count(m)
		}
	}
	return out
}

// spells knows the probes that fail and go on failing, so that their evidence is stored until an incident has it, and
// not for every run.
type spells struct {
	began  map[string]time.Time // by probe: its first result since which all were bad
	frozen map[string]bool      // by probe: nothing more of this spell will be frozen
}

// follow notes which probes begin to fail, and which do not any more.
func (s *spells) follow(batch []probes.Result) {
	if s.began == nil {
		s.began = map[string]time.Time{}
	}
	for _, r := range batch {
		if _, fails := s.began[r.Probe]; !r.Outcome.Bad() {
			delete(s.began, r.Probe)
			delete(s.frozen, r.Probe)
		} else if !fails {
			s.began[r.Probe] = r.At
		}
	}
}

// settle notes the spells of which an open incident lacks no evidence.
func (s *spells) settle(all, lacking []Moment) {
	s.frozen = map[string]bool{}
	of := func(m Moment) bool { // stored times are whole milliseconds
		began, fails := s.began[m.Probe]
		return fails && !m.Since.Before(began.Truncate(time.Millisecond))
	}
	for _, m := range all {
		if of(m) {
			s.frozen[m.Probe] = true
		}
	}
	for _, m := range lacking {
		delete(s.frozen, m.Probe)
	}
}

func (t *Tracker) freezeOne(ctx context.Context, m Moment) error {
	kept, err := t.store.Kept(ctx, m.Probe)
	if err != nil {
		return err
	}
	results, err := t.store.ResultsBetween(ctx, m.Probe, m.Since.Add(-lookBack), m.Since.Add(lookAhead), MaxPoints)
	if err != nil {
		return err
	}
	return t.store.Freeze(ctx, m, evidenceOf(m, kept, results))
}
