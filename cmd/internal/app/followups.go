package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"candor/incidents"
	"candor/store"
)

// FollowUp is what somebody says at the command line that is to be done.
type FollowUp struct {
	Text, Owner, Due string // Due as 2026-12-01, or empty
	OwnerTold        bool
	Public           bool
	Author           string
}

// AddFollowUp stores a follow-up of an incident. It returns an InvalidError, in its own words alone, when there cannot
// be one.
func AddFollowUp(ctx context.Context, c *Config, incident string, said FollowUp) (f incidents.FollowUp, err error) {
	due, err := parseDay("due", said.Due, time.UTC)
	if err != nil {
		return f, err
	}
	err = withStore(ctx, c, func(db *store.DB) error {
		inc, err := knownIncident(ctx, db, incident)
		if err != nil {
			return err
		}
		others, err := db.FollowUps(ctx, []string{incident})
		if err != nil {
			return err
		}
		f, err = incidents.NewFollowUp(inc, len(others[incident]), incidents.FollowUp{Text: said.Text, Owner: said.Owner, OwnerTold: said.OwnerTold,
			Due: due, Public: said.Public, Author: cmp.Or(said.Author, commandLine)}, time.Now().UTC())
		if err != nil {
			return err
		}
		return db.SaveFollowUp(ctx, &f)
	})
	return f, err
}

// parseDay reads a day, as its midnight in a zone; empty text is the zero time.
func parseDay(field, text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil {
		return day, &incidents.InvalidError{Field: field, Problem: fmt.Sprintf("%q is no day. Write it like 2026-12-01.", text)}
	}
	return day.UTC(), nil
}

// EndFollowUp says that a follow-up is done or, with a reason, dropped. It returns an InvalidError, in its own words
// alone, when that cannot be.
func EndFollowUp(ctx context.Context, c *Config, id string, dropped bool, reason, author string) (f incidents.FollowUp, err error) {
	author = cmp.Or(author, commandLine)
	err = withStore(ctx, c, func(db *store.DB) error {
		if f, err = db.FollowUp(ctx, id); errors.Is(err, incidents.ErrNotFound) {
			return &incidents.InvalidError{Problem: fmt.Sprintf("There is no follow-up %q. `candor followup list` names them all.", id)}
		}
		if err != nil {
			return err
		}
		if dropped {
			err = f.Drop(reason, author, time.Now().UTC())
		} else {
			err = f.Finish(author, time.Now().UTC())
		}
		if err != nil {
			return err
		}
		return firstCome(db.SaveFollowUp(ctx, &f), "this follow-up")
	})
	return f, err
}

// FollowUps returns the follow-ups of an incident, or of all incidents the newest hundred, in the order that they were made.
func FollowUps(ctx context.Context, c *Config, incident string) (list []incidents.FollowUp, err error) {
	err = withStore(ctx, c, func(db *store.DB) error {
		if incident == "" {
			list, err = db.NewestFollowUps(ctx, 100)
			return err
		}
		if _, err := knownIncident(ctx, db, incident); err != nil {
			return err
		}
		all, err := db.FollowUps(ctx, []string{incident})
		list = all[incident]
		return err
	})
	return list, err
}
