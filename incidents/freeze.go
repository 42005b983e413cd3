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
	if kept := keep(batch); len(kept) > 0 {
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
	var failed error
	for _, m := range unfrozen(all, frozen) {
		if err := t.freezeOne(ctx, m); err != nil {
			failed = errors.Join(failed, fmt.Errorf("freeze %s with incident %s: %w", m.Probe, m.Incident, err))
		}
	}
	return failed
}

// unfrozen returns the moments without evidence for which there is room.
func unfrozen(all, frozen []Moment) []Moment {
	incident, probe := map[string]int{}, map[[2]string]int{}
	count := func(m Moment) {
		incident[m.Incident]++
		probe[[2]string{m.Incident, m.Probe}]++
	}
	for _, m := range frozen {
		count(m)
	}
	var out []Moment
	for _, m := range all {
		if !slices.ContainsFunc(frozen, m.same) && incident[m.Incident] < MaxMoments && probe[[2]string{m.Incident, m.Probe}] < MaxProbeMoments {
			out = append(out, m)
			count(m)
		}
	}
	return out
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
