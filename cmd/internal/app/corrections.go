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

// commandLine signs what nobody else does.
const commandLine = "the command line"

// Correction is what somebody says at the command line that an incident really did.
type Correction struct {
	Component   string // key
	Status      string
	From, Until string // as ParseTime takes them
	Reason      string
	Author      string
}

// CorrectIncident stores a correction. It returns an InvalidError, in its own words alone, when that cannot be.
func CorrectIncident(ctx context.Context, c *Config, id string, said Correction) error {
	o := incidents.Correction{Status: incidents.ComponentStatus(said.Status), Reason: said.Reason, Author: cmp.Or(said.Author, commandLine), At: time.Now().UTC()}
	var err error
	if o.From, err = ParseTime(c.Site(), "from", said.From); err != nil {
		return err
	}
	if o.Until, err = ParseTime(c.Site(), "until", said.Until); err != nil {
		return err
	}
	return withStore(ctx, c, func(db *store.DB) error {
		inc, err := knownIncident(ctx, db, id)
		if err != nil {
			return err
		}
		ids, err := componentIDs(ctx, c, db, []string{said.Component})
		if err != nil {
			return err
		}
		o.Component = ids[0]
		if err := inc.Correct(o); err != nil {
			return err
		}
		return firstCome(db.SaveIncident(ctx, inc), "this incident")
	})
}

// EditUpdate gives a public update of an incident another text. It returns an InvalidError, in its own words alone, when
// that cannot be.
func EditUpdate(ctx context.Context, c *Config, incident, update, text, author string) error {
	return withStore(ctx, c, func(db *store.DB) error {
		inc, err := knownIncident(ctx, db, incident)
		if err != nil {
			return err
		}
		err = inc.Reword(update, incidents.Edit{At: time.Now().UTC(), Author: cmp.Or(author, commandLine), Body: text})
		if errors.Is(err, incidents.ErrNotFound) {
			return &incidents.InvalidError{Problem: fmt.Sprintf("The incident has no update %q. `candor update list %s` names them all.", update, incident)}
		}
		if err != nil {
			return err
		}
		return firstCome(db.SaveIncident(ctx, inc), "this incident")
	})
}

// Updates returns the public updates of an incident, oldest first.
func Updates(ctx context.Context, c *Config, incident string) (list []incidents.Update, err error) {
	err = withStore(ctx, c, func(db *store.DB) error {
		inc, err := knownIncident(ctx, db, incident)
		if err == nil {
			list = inc.PublicTimeline()
		}
		return err
	})
	return list, err
}

// withStore opens the database for one thing to do.
func withStore(ctx context.Context, c *Config, do func(*store.DB) error) error {
	db, err := OpenStore(ctx, c)
	if err != nil {
		return err
	}
	defer db.Close()
	return do(db)
}

// knownIncident reads an incident, or says in an InvalidError that there is none.
func knownIncident(ctx context.Context, db *store.DB, id string) (*incidents.Incident, error) {
	inc, err := db.Incident(ctx, id)
	if errors.Is(err, incidents.ErrNotFound) {
		return nil, &incidents.InvalidError{Problem: fmt.Sprintf("There is no incident %q. Its id is the last part of its page's address.", id)}
	}
	return inc, err
}

// firstCome says in an InvalidError that somebody else was first.
func firstCome(err error, what string) error {
	if errors.Is(err, incidents.ErrConflict) {
		return &incidents.InvalidError{Problem: fmt.Sprintf("Somebody changed %s at the same moment. Look at its page, and try again.", what)}
	}
	return err
}
