package incidents

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"candor/probes"
)

// Store is what a Tracker keeps results and incidents in.
type Store interface {
	// SaveResults keeps nothing of the list, whose memory is used again.
	SaveResults(ctx context.Context, results []probes.Result) error
	// RecentResults returns up to n results of each probe, newest first.
	RecentResults(ctx context.Context, probes []string, n int) (map[string][]probes.Result, error)
	// IncidentsSince returns the incidents that are open or were resolved at from or later, newest first.
	IncidentsSince(ctx context.Context, from time.Time) ([]*Incident, error)
	// Incident returns ErrNotFound when there is none with the id.
	Incident(ctx context.Context, id string) (*Incident, error)
	// SaveIncident returns ErrConflict when the stored version is another, or the cause has an open incident already.
	SaveIncident(ctx context.Context, inc *Incident) error
	// RecentCourses returns what a probe measured of late, as Forecast wants it.
	RecentCourses(ctx context.Context, probe string, now time.Time) ([]Course, error)
	EvidenceStore
	// MaintenancesSince returns the maintenances that are open or ended at from or later.
	MaintenancesSince(ctx context.Context, from time.Time) ([]*Maintenance, error)
}

// Tracker stores what the probes find, opens and drives incidents, and takes the responders' updates.
type Tracker struct {
	store   Store
	policy  Policy
	results chan probes.Result
	changed func()
	ahead   lookout
	warned  time.Time // in the log, that a place is blind; for Run alone
	rest    time.Time // of freezing evidence, after it failed; for Run alone
	spells  spells    // for Run alone
	pause   time.Time // of judging, after it took long; for Run alone
}

// NewTracker returns a tracker. changed is called after stored changes of incidents, once for those of one
// judgement; it may be nil.
func NewTracker(store Store, policy Policy, changed func()) *Tracker {
	if changed == nil {
		changed = func() {}
	}
	return &Tracker{store: store, policy: policy, results: make(chan probes.Result, maxBatch), changed: changed}
}

const (
	maxBatch   = 1000                   // results stored in one transaction, and kept while the store refuses them, at most
	batchDelay = 250 * time.Millisecond // how long a result waits for others
	badDelay   = 50 * time.Millisecond  // the same, if it is bad or unknown
	beat       = time.Second            // how often open incidents are looked at without a new result
	patience   = 4 * time.Second        // with the store
	pauses     = 9                      // times as long as judging took it rests, a beat at most: a tenth of a core for it, while very much fails
)

// Policy returns the policy in force.
func (t *Tracker) Policy() Policy { return t.policy }

// Observe takes a result; it is stored within batchDelay, and sooner when it is bad. It blocks while the store cannot keep up.
func (t *Tracker) Observe(ctx context.Context, r probes.Result) error {
	select {
	case t.results <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Run stores the observed results in batches and acts on them until ctx ends and observed is closed:
// close it once nothing calls Observe any more, so that no result is lost. It logs what fails and goes on;
// results that the store refused are offered again.
func (t *Tracker) Run(ctx context.Context, observed <-chan struct{}) {
	eye := newEye(t.policy)
	looking, stop := context.WithCancel(ctx)
	var ahead sync.WaitGroup
	ahead.Go(func() { t.lookAhead(looking) })
	defer ahead.Wait()
	defer stop()
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	var waiting []probes.Result
	for {
		results := t.results
		if len(waiting) >= maxBatch {
			results = nil // Observe blocks until the store takes these
		}
		select {
		case r := <-results:
			waiting = t.gather(append(waiting, r))
		case <-ticker.C:
		case <-observed:
			t.drain(ctx, waiting)
			return
		}
		waiting = t.step(ctx, eye, waiting)
	}
}

// step stores a batch and judges what it shows. It returns the results that are still to be stored, and when there are
// none, the batch's memory for the next one.
func (t *Tracker) step(ctx context.Context, eye *eye, batch []probes.Result) []probes.Result {
	batch = t.discern(ctx, batch)
	if err := t.save(ctx, batch); err != nil {
		slog.Error("save probe results", "results", len(batch), "error", err)
		return lighten(batch)
	}
	eye.see(batch)
	t.ahead.notice(batch)
	alert := (eye.alert() || t.ahead.expects()) && ctx.Err() == nil && !time.Now().Before(t.pause)
	if alert {
		began := time.Now()
		limited, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		if err := t.judge(limited, eye); err != nil && ctx.Err() == nil {
			slog.Error("judge probe results", "error", err)
		}
		t.pause = time.Now().Add(min(pauses*time.Since(began), beat))
	}
	t.preserve(ctx, batch, alert)
	clear(batch) // lest it keep evidence in memory
	return batch[:0]
}

// save stores results, also those of a server that stops.
func (t *Tracker) save(ctx context.Context, batch []probes.Result) error {
	if len(batch) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	return t.store.SaveResults(ctx, batch)
}

// gather collects what arrives within batchDelay, or within badDelay of the first result that is not good. Each
// transaction costs as much as some dozen results.
func (t *Tracker) gather(batch []probes.Result) []probes.Result {
	good := func(r probes.Result) bool { return r.Outcome == probes.OK }
	calm, timeout := true, time.After(batchDelay)
	for {
		if calm && !good(batch[len(batch)-1]) {
			calm, timeout = false, time.After(badDelay)
		}
		if len(batch) >= maxBatch {
			return batch
		}
		select {
		case r := <-t.results:
			batch = append(batch, r)
		case <-timeout:
			return batch
		}
	}
}

// drain stores what was observed before the end.
func (t *Tracker) drain(ctx context.Context, batch []probes.Result) {
	for len(t.results) > 0 {
		batch = append(batch, <-t.results)
	}
	if err := t.save(ctx, batch); err != nil {
		slog.Error("save the last probe results", "results", len(batch), "error", err)
		return
	}
	t.preserve(ctx, batch, false)
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
	from := time.Now().Add(-t.policy.Memory())
	known, err := t.store.IncidentsSince(ctx, from)
	if err != nil {
		return fmt.Errorf("read incidents: %w", err)
	}
	maintenances, err := t.store.MaintenancesSince(ctx, from)
	if err != nil {
		return fmt.Errorf("read maintenances: %w", err)
	}
	recent, err := t.store.RecentResults(ctx, eye.watch(known), t.policy.Window())
	if err != nil {
		return fmt.Errorf("read recent results: %w", err)
	}
	var failed error
	now := time.Now().UTC()
	saved := false
	defer func() {
		if saved {
			t.changed() // once, however much failed at once
		}
	}()
	for _, v := range Detect(t.policy, Facts{Now: now, Recent: recent, Known: known, Excused: Held(maintenances, now), Foresight: t.ahead.foresee()}) {
		err := t.carryOut(ctx, v, known)
		if errors.Is(err, ErrConflict) {
			return err
		}
		saved = saved || err == nil
		failed = errors.Join(failed, err) // one incident in trouble must not silence the others
	}
	if failed == nil {
		eye.settle(recent, known)
	}
	return failed
}

// carryOut applies a verdict and stores the incident.
func (t *Tracker) carryOut(ctx context.Context, v Verdict, known []*Incident) error {
	inc := &Incident{ID: NewID(), Cause: v.Cause}
	if i := slices.IndexFunc(known, func(o *Incident) bool { return o.ID == v.Incident }); i >= 0 {
		inc = known[i]
	}
	if err := v.apply(inc); err != nil {
		return err
	}
	if err := t.store.SaveIncident(ctx, inc); err != nil {
		return fmt.Errorf("save incident %s: %w", inc.ID, err)
	}
	for _, u := range v.Updates {
		slog.Info("incident updated by the checks", "incident", inc.ID, "status", string(inc.Status()), "public", !u.Team,
			"after", time.Since(inc.StartedAt).Round(time.Millisecond))
	}
	return nil
}

// Declare opens an incident by hand and returns it.
func (t *Tracker) Declare(ctx context.Context, title string, first Update) (*Incident, error) {
	inc := &Incident{ID: NewID(), StartedAt: first.At}
	if err := inc.Rename(title); err != nil {
		return nil, err
	}
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
// The title is for an incident that becomes public with this update, and ignored for one that is public already.
func (t *Tracker) Post(ctx context.Context, id string, seen int, title string, u Update) (*Incident, error) {
	const tries = 10
	for try := 1; ; try++ {
		inc, err := t.store.Incident(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read incident %s: %w", id, err)
		}
		if len(inc.Meanwhile(seen)) > 0 || try > tries {
			return inc, ErrConflict
		}
		if !u.Team && !inc.Public() {
			if err := inc.Rename(title); err != nil {
				return inc, err
			}
			t.policy.approve(inc)
		}
		if err := inc.Post(u); err != nil {
			return inc, err
		}
		err = t.store.SaveIncident(ctx, inc)
		if err == nil {
			t.changed()
			return inc, nil
		}
		if !errors.Is(err, ErrConflict) {
			return nil, fmt.Errorf("save incident %s: %w", id, err)
		}
	}
}
