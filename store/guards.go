package store

import (
	"context"
	"database/sql"
	"fmt"

	"candor/incidents"
)

// SaveGuard stores g and counts its Version up: a new one when Version is 0, else over the version that it was read as.
// It returns ErrConflict when somebody stored another version meanwhile, or when the probe watches the same already,
// and ErrNotFound without such an incident or follow-up.
func (db *DB) SaveGuard(ctx context.Context, g *incidents.Guard) error {
	query := `
		UPDATE guards SET follow_up = $3, probe = $4, caption = $5, since = $6, author = $7, removed_at = $8, version = version + 1
		WHERE id = $1 AND incident = $2 AND version = $9`
	if g.Version == 0 {
		query = `
			INSERT INTO guards (id, incident, follow_up, probe, caption, since, author, removed_at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9 + 1)`
	}
	followUp := sql.NullString{String: g.FollowUp, Valid: g.FollowUp != ""}
	err := db.replace(ctx, query, g.ID, g.Incident, followUp, g.Probe, text(g.Caption), g.Since.UnixMilli(), text(g.Author), ms(g.RemovedAt), g.Version)
	if err != nil {
		return fmt.Errorf("save guard %s: %w", g.ID, err)
	}
	g.Version++
	return nil
}

// Guards returns the guards that watch now, of all incidents, the one that has watched the longest first.
func (db *DB) Guards(ctx context.Context) ([]incidents.Guard, error) {
	var list []incidents.Guard
	err := db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			var g incidents.Guard
			err := rows.Scan(&g.ID, &g.Incident, &g.Title, &g.FollowUp, &g.Probe, &g.Caption, timeOf(&g.Since), &g.Author, &g.Version)
			list = append(list, g)
			return err
		}, `
			SELECT g.id, g.incident, i.title, COALESCE(g.follow_up, ''), g.probe, g.caption, g.since, g.author, g.version
			FROM guards AS g JOIN incidents AS i ON i.id = g.incident
			WHERE g.removed_at IS NULL ORDER BY g.since, g.id`)
	})
	if err != nil {
		return nil, fmt.Errorf("load guards: %w", err)
	}
	return list, nil
}
