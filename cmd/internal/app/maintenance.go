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

// Plan is what somebody says of a maintenance at the command line. What is empty stays as it is.
type Plan struct {
	Title       string
	Components  []string // keys
	Status      string
	Text        string
	From, Until string // as ParseTime takes them
	Author      string
}

// ParseTime reads RFC 3339, or a date and a time of the page's zone: "2026-12-01 22:00". Empty text is the zero time.
func ParseTime(site incidents.Site, field, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, text, site.Zone); err == nil {
			return t.UTC(), nil
		}
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, &incidents.InvalidError{Field: field, Problem: fmt.Sprintf(
			"%q is no time. Write it like \"2026-12-01 22:00\", in the zone of the page (%s), or as 2026-12-01T22:00:00Z.", text, site.ZoneName)}
	}
	return t.UTC(), nil
}

// update returns what the plan posts.
func (p Plan) update(site incidents.Site, now time.Time) (incidents.MaintenanceUpdate, error) {
	u := incidents.MaintenanceUpdate{At: now, Status: incidents.Status(p.Status), Body: p.Text, Author: cmp.Or(p.Author, "the command line")}
	var err error
	if u.From, err = ParseTime(site, "from", p.From); err != nil {
		return u, err
	}
	u.Until, err = ParseTime(site, "until", p.Until)
	return u, err
}

// AddMaintenance announces a maintenance. It returns an InvalidError, in its own words alone, when there cannot be one.
func AddMaintenance(ctx context.Context, c *Config, p Plan) (*incidents.Maintenance, error) {
	u, err := p.update(c.Site(), time.Now().UTC())
	if err != nil {
		return nil, err
	}
	db, err := OpenStore(ctx, c)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	ids, err := componentIDs(ctx, c, db, p.Components)
	if err != nil {
		return nil, err
	}
	m, err := incidents.NewMaintenance(p.Title, ids, u)
	if err != nil {
		return nil, err
	}
	return m, db.SaveMaintenance(ctx, m)
}

// componentIDs finds stored components by their keys.
func componentIDs(ctx context.Context, c *Config, db *store.DB, keys []string) ([]string, error) {
	stored, err := db.Components(ctx)
	if err != nil {
		return nil, err
	}
	var ids, known []string
	for _, part := range c.Parts {
		known = append(known, part.Key)
	}
	for _, key := range keys {
		i := slices.IndexFunc(stored, func(s incidents.Component) bool { return s.Key == key && s.ArchivedAt.IsZero() })
		switch {
		case i >= 0:
			ids = append(ids, stored[i].ID)
		case slices.Contains(known, key):
			return nil, &incidents.InvalidError{Field: "components", Problem: fmt.Sprintf("The component %s is new. Let `candor serve` begin with it once, and try again.", key)}
		default:
			return nil, &incidents.InvalidError{Field: "components", Problem: fmt.Sprintf("There is no component %q. Choose from %s.", key, strings.Join(known, ", "))}
		}
	}
	return ids, nil
}

// Maintenances returns the hundred that are scheduled the latest, latest first.
func Maintenances(ctx context.Context, c *Config) ([]*incidents.Maintenance, error) {
	db, err := OpenStore(ctx, c)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return db.Maintenances(ctx, time.Time{}, 100)
}

// UpdateMaintenance posts to a maintenance and returns it as it is then. It returns an InvalidError, in its own words
// alone, when that cannot be.
func UpdateMaintenance(ctx context.Context, c *Config, id string, p Plan) (*incidents.Maintenance, error) {
	u, err := p.update(c.Site(), time.Now().UTC())
	if err != nil {
		return nil, err
	}
	db, err := OpenStore(ctx, c)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	m, err := db.Maintenance(ctx, id)
	if errors.Is(err, incidents.ErrNotFound) {
		return nil, &incidents.InvalidError{Problem: fmt.Sprintf("There is no maintenance %q. `candor maintenance list` names them all.", id)}
	}
	if err != nil {
		return nil, err
	}
	if err := m.Post(u); err != nil {
		return nil, err
	}
	err = db.SaveMaintenance(ctx, m)
	if errors.Is(err, incidents.ErrConflict) {
		return nil, &incidents.InvalidError{Problem: "Somebody posted to this maintenance at the same moment. Look at its page, and try again."}
	}
	return m, err
}
