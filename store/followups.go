package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"candor/incidents"
)

// SaveFollowUp stores f and counts its Version up: a new one when Version is 0, else over the version that it was read
// as. It returns ErrConflict when somebody stored another version meanwhile, and ErrNotFound without such an incident.
func (db *DB) SaveFollowUp(ctx context.Context, f *incidents.FollowUp) error {
	query := `
		UPDATE follow_ups SET text = $3, owner = $4, owner_told = $5, due = $6, public = $7, state = $8, reason = $9, author = $10,
			made_at = $11, changed_at = $12, version = version + 1
		WHERE id = $1 AND incident = $2 AND version = $13`
	if f.Version == 0 {
		query = `
			INSERT INTO follow_ups (id, incident, text, owner, owner_told, due, public, state, reason, author, made_at, changed_at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 + 1)`
	}
	err := db.replace(ctx, query, f.ID, f.Incident, text(f.Text), text(f.Owner), f.OwnerTold, ms(f.Due), f.Public, string(f.State), text(f.Reason),
		text(f.Author), f.MadeAt.UnixMilli(), f.ChangedAt.UnixMilli(), f.Version)
	if err != nil {
		return fmt.Errorf("save follow-up %s: %w", f.ID, err)
	}
	f.Version++
	return nil
}

// replace runs a statement that writes one row of public data; without a row it returns ErrConflict.
func (db *DB) replace(ctx context.Context, query string, args ...any) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, query, args...)
		if err == nil && n == 0 {
			err = incidents.ErrConflict
		}
		if err != nil {
			return err
		}
		return revise(ctx, tx)
	})
}

// FollowUp returns a follow-up, or ErrNotFound.
func (db *DB) FollowUp(ctx context.Context, id string) (incidents.FollowUp, error) {
	list, err := db.followUps(ctx, `WHERE id = $1`, id)
	if err == nil && len(list) == 0 {
		err = incidents.ErrNotFound
	}
	if err != nil {
		return incidents.FollowUp{}, fmt.Errorf("load follow-up %s: %w", id, err)
	}
	return list[0], nil
}

// FollowUps returns the follow-ups of the given incidents by incident id, in the order that they were made.
func (db *DB) FollowUps(ctx context.Context, ids []string) (map[string][]incidents.FollowUp, error) {
	out := map[string][]incidents.FollowUp{}
	for some := range slices.Chunk(ids, idChunk) {
		list, err := db.followUps(ctx, `WHERE incident IN `+tuples(1, len(some)), anys(some)...)
		if err != nil {
			return nil, fmt.Errorf("load follow-ups: %w", err)
		}
		for _, f := range list {
			out[f.Incident] = append(out[f.Incident], f)
		}
	}
	return out, nil
}

// NewestFollowUps returns at most limit follow-ups, those that were made last, in the order that they were made.
func (db *DB) NewestFollowUps(ctx context.Context, limit int) ([]incidents.FollowUp, error) {
	list, err := db.followUps(ctx, `WHERE id IN (SELECT id FROM follow_ups ORDER BY made_at DESC, id DESC LIMIT $1)`, limit)
	if err != nil {
		return nil, fmt.Errorf("load the newest follow-ups: %w", err)
	}
	return list, nil
}

func (db *DB) followUps(ctx context.Context, which string, args ...any) (list []incidents.FollowUp, err error) {
	err = db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			var f incidents.FollowUp
			err := rows.Scan(&f.ID, &f.Incident, &f.Text, &f.Owner, &f.OwnerTold, timeOf(&f.Due), &f.Public, &f.State, &f.Reason,
				&f.Author, timeOf(&f.MadeAt), timeOf(&f.ChangedAt), &f.Version)
			list = append(list, f)
			return err
		}, `
			SELECT id, incident, text, owner, owner_told, due, public, state, reason, author, made_at, changed_at, version
			FROM follow_ups `+which+` ORDER BY made_at, id`, args...)
	})
	return list, err
}
