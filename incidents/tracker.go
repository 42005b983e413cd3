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

// Store is what a Tracker keeps results and incidents in.
type Store interface {
	SaveResults(ctx context.Context, results []probes.Result) error
	// RecentResults returns up to n results of each probe, newest first.
	RecentResults(ctx context.Context, probes []string, n int) (map[string][]probes.Result, error)
	// OpenIncidents returns the unresolved incidents, newest first.
	OpenIncidents(ctx context.Context) ([]*Incident, error)
	// Incident returns ErrNotFound when there is none with the id.
	Incident(ctx context.Context, id string) (*Incident, error)
	// SaveIncident returns ErrConflict when the stored version is another, or the cause has an open incident already.
	SaveIncident(ctx context.Context, inc *Incident) error
}

// Tracker stores what the probes find, opens and drives incidents, and takes the responders' updates.
type Tracker struct {
	store   Store
	policy  Policy
	results chan probes.Result
	changed func()
}

// NewTracker returns a tracker. changed is called after each stored change of an incident; it may be nil.
func NewTracker(store Store, policy Policy, changed func()) *Tracker {
	if changed == nil {
		changed = func() {}
	}
	return &Tracker{store: store, policy: policy, results: make(chan probes.Result, maxBatch), changed: changed}
}

const (
	maxBatch   = 1000                   // results stored in one transaction at most
	batchDelay = 100 * time.Millisecond // how long a result waits for others
	beat       = time.Second            // how often open incidents are looked at without a new result
	lastSave   = 5 * time.Second        // for what is still waiting when the server stops
)

// Policy returns the policy in force.
func (t *Tracker) Policy() Policy { return t.policy }

// Observe takes a result; it is stored within batchDelay. It blocks while the store cannot keep up.
func (t *Tracker) Observe(ctx context.Context, r probes.Result) error {
	select {
	case t.results <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Run stores the observed results in batches and acts on them until ctx ends and observed is closed:
// close it once nothing calls Observe any more, so that no result is lost. It logs what fails and goes on.
func (t *Tracker) Run(ctx context.Context, observed <-chan struct{}) {
	eye := newEye(t.policy.Rules)
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		var batch []probes.Result
		select {
		case r := <-t.results:
			batch = t.gather(r)
		case <-ticker.C:
		case <-observed:
			t.drain(ctx)
			return
		}
		t.step(ctx, eye, batch)
	}
}

// step stores a batch and judges what it shows.
func (t *Tracker) step(ctx context.Context, eye *eye, batch []probes.Result) {
	if len(batch) > 0 {
		if err := t.store.SaveResults(context.WithoutCancel(ctx), batch); err != nil {
			slog.Error("save probe results", "results", len(batch), "error", err)
			return
		}
	}
	eye.see(batch)
	if !eye.alert() || ctx.Err() != nil {
		return
	}
	if err := t.judge(ctx, eye); err != nil && ctx.Err() == nil {
		slog.Error("judge probe results", "error", err)
	}
}

// gather collects what arrives within batchDelay after the first result.
func (t *Tracker) gather(first probes.Result) []probes.Result {
	batch := []probes.Result{first}
	timeout := time.After(batchDelay)
	for len(batch) < maxBatch {
		select {
		case r := <-t.results:
			batch = append(batch, r)
		case <-timeout:
			return batch
		}
	}
	return batch
}

// drain stores what was observed before the end.
func (t *Tracker) drain(ctx context.Context) {
	var batch []probes.Result
	for len(t.results) > 0 {
		batch = append(batch, <-t.results)
	}
	if len(batch) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastSave)
	defer cancel()
	if err := t.store.SaveResults(ctx, batch); err != nil {
		slog.Error("save the last probe results", "results", len(batch), "error", err)
	}
}

// judge reads what is stored, lets Detect decide, and carries it out. When somebody else was first it looks again.
func (t *Tracker) judge(ctx context.Context, eye *eye) error {
	const tries = 3
	var err error
	for range tries {
		if err = t.judgeOnce(ctx, eye); !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return err
}

func (t *Tracker) judgeOnce(ctx context.Context, eye *eye) error {
	open, err := t.store.OpenIncidents(ctx)
	if err != nil {
		return fmt.Errorf("read open incidents: %w", err)
	}
	recent, err := t.store.RecentResults(ctx, eye.watch(open), t.policy.Window())
	if err != nil {
		return fmt.Errorf("read recent results: %w", err)
	}
	for _, v := range Detect(t.policy, recent, open, time.Now().UTC()) {
		if err := t.carryOut(ctx, v, open); err != nil {
			return err
		}
	}
	eye.settle(recent, open)
	return nil
}

// carryOut applies a verdict and stores the incident.
func (t *Tracker) carryOut(ctx context.Context, v Verdict, open []*Incident) error {
	inc := &Incident{ID: NewID(), Cause: v.Cause}
	if i := slices.IndexFunc(open, func(o *Incident) bool { return o.ID == v.Incident }); i >= 0 {
		inc = open[i]
	}
	if v.Title != "" {
		inc.Title = v.Title
	}
	if !v.StartedAt.IsZero() {
		inc.StartedAt = v.StartedAt
	}
	inc.Symptoms = v.Symptoms
	for _, u := range v.Updates {
		if err := inc.Post(u); err != nil {
			return fmt.Errorf("post an automatic update to incident %s: %w", inc.ID, err)
		}
	}
	if err := t.store.SaveIncident(ctx, inc); err != nil {
		return fmt.Errorf("save incident %s: %w", inc.ID, err)
	}
	for _, u := range v.Updates {
		slog.Info("incident updated by the checks", "incident", inc.ID, "status", string(inc.Status()), "public", !u.Team,
			"after", time.Since(inc.StartedAt).Round(time.Millisecond))
	}
	t.changed()
	return nil
}

// Declare opens an incident by hand and returns it.
func (t *Tracker) Declare(ctx context.Context, title string, first Update) (*Incident, error) {
	if title == "" || len(title) > MaxTitle {
		return nil, &InvalidError{"title", fmt.Sprintf("Give a title of at most %d letters.", MaxTitle)}
	}
	inc := &Incident{ID: NewID(), Title: title, StartedAt: first.At}
	if err := inc.Post(first); err != nil {
		return nil, err
	}
	if err := t.store.SaveIncident(ctx, inc); err != nil {
		return nil, fmt.Errorf("save incident %s: %w", inc.ID, err)
	}
	t.changed()
	return inc, nil
}

// Post adds a person's update to an incident of which the person saw the first seen updates. It returns ErrConflict,
// with the incident as it is now, when others posted meanwhile; team notes of the checks do not stand in the way.
func (t *Tracker) Post(ctx context.Context, id string, seen int, u Update) (*Incident, error) {
	const tries = 3
	for try := 1; ; try++ {
		inc, err := t.store.Incident(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read incident %s: %w", id, err)
		}
		if len(inc.Meanwhile(seen)) > 0 {
			return inc, ErrConflict
		}
		if err := inc.Post(u); err != nil {
			return inc, err
		}
		err = t.store.SaveIncident(ctx, inc)
		if err == nil {
			t.changed()
			return inc, nil
		}
		if !errors.Is(err, ErrConflict) || try == tries {
			return inc, fmt.Errorf("save incident %s: %w", id, err)
		}
	}
}
