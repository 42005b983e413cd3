package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"candor/incidents"
	"candor/store"
)

// Guard is what somebody says at the command line that a probe watches.
type Guard struct {
	Probe, Caption, FollowUp, Since string // Since as ParseTime takes it, or a day
	Author                          string
}

// AddGuard lets a probe watch what an incident's postmortem promises. It returns an InvalidError, in its own words alone,
// when that cannot be.
func AddGuard(ctx context.Context, c *Config, incident string, said Guard) (g incidents.Guard, err error) {
	since, err := parseDay("since", said.Since, c.Site().Zone)
	if err != nil {
		if since, err = ParseTime(c.Site(), "since", said.Since); err != nil {
			return g, err
		}
	}
	if err := knownProbe(c, said.Probe); err != nil {
		return g, err
	}
	err = withStore(ctx, c, func(db *store.DB) error {
		inc, err := knownIncident(ctx, db, incident)
		if err != nil {
			return err
		}
		if err := followUpOf(ctx, db, incident, said.FollowUp); err != nil {
			return err
		}
		all, err := db.Guards(ctx)
		if err != nil {
			return err
		}
		others := slices.DeleteFunc(all, func(o incidents.Guard) bool { return o.Incident != incident })
		g, err = incidents.NewGuard(inc, len(others), incidents.Guard{Probe: said.Probe, Caption: said.Caption, FollowUp: said.FollowUp,
			Since: since, Author: cmp.Or(said.Author, commandLine)}, time.Now().UTC())
		if err != nil {
			return err
		}
		if err = db.SaveGuard(ctx, &g); errors.Is(err, incidents.ErrConflict) {
			return &incidents.InvalidError{Problem: fmt.Sprintf("The probe %s watches that already.", g.Probe)}
		}
		return err
	})
	return g, err
}

// followUpOf says in an InvalidError that an incident has no such follow-up; none at all is well.
func followUpOf(ctx context.Context, db *store.DB, incident, id string) error {
	if id == "" {
		return nil
	}
	f, err := db.FollowUp(ctx, id)
	if errors.Is(err, incidents.ErrNotFound) || err == nil && f.Incident != incident {
		return &incidents.InvalidError{Field: "followup", Problem: fmt.Sprintf("The incident has no follow-up %q. `candor followup list %s` names them all.", id, incident)}
	}
	return err
}

// knownProbe says in an InvalidError that the configuration has no such probe.
func knownProbe(c *Config, key string) error {
	var known []string
	for _, p := range c.Probes {
		known = append(known, p.Key)
	}
	switch {
	case slices.Contains(known, key):
		return nil
	case len(known) == 0:
		return &incidents.InvalidError{Field: "probe", Problem: "The configuration has no probes, so none can watch."}
	}
	return &incidents.InvalidError{Field: "probe", Problem: fmt.Sprintf("There is no probe %q. Choose from %s.", key, strings.Join(known, ", "))}
}

// RemoveGuard ends a guard's watching. It returns an InvalidError, in its own words alone, when there is no such guard.
func RemoveGuard(ctx context.Context, c *Config, id, author string) error {
	return withStore(ctx, c, func(db *store.DB) error {
		all, err := db.Guards(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(g incidents.Guard) bool { return g.ID == id })
		if i < 0 {
			return &incidents.InvalidError{Problem: fmt.Sprintf("There is no guard %q. `candor guard list` names them all.", id)}
		}
		all[i].Remove(cmp.Or(author, commandLine), time.Now().UTC())
		return firstCome(db.SaveGuard(ctx, &all[i]), "this guard")
	})
}

// Guards returns the guards that watch now.
func Guards(ctx context.Context, c *Config) (list []incidents.Guard, err error) {
	err = withStore(ctx, c, func(db *store.DB) error {
		list, err = db.Guards(ctx)
		return err
	})
	return list, err
}
