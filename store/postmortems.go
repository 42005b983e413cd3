package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"candor/incidents"
)

// Postmortem returns the postmortem of an incident, or ErrNotFound when nobody began one.
func (db *DB) Postmortem(ctx context.Context, incident string) (incidents.Postmortem, error) {
	var p incidents.Postmortem
	err := db.readers.QueryRowContext(ctx, `
		SELECT incident, draft, body, author, updated_at, published_at, revised_at, version
		FROM postmortems WHERE incident = $1`, incident).
		Scan(&p.Incident, &p.Draft, &p.Body, &p.Author, timeOf(&p.UpdatedAt), timeOf(&p.PublishedAt), timeOf(&p.RevisedAt), &p.Version)
	if err != nil {
		return incidents.Postmortem{}, fmt.Errorf("load postmortem of %s: %w", incident, db.mapped(err))
	}
	return p, nil
}

// PublishedPostmortems returns the published postmortems of the given incidents by incident id,
// and of each only what customers may see: Body, PublishedAt and RevisedAt.
func (db *DB) PublishedPostmortems(ctx context.Context, ids []string) (map[string]incidents.Postmortem, error) {
	out := map[string]incidents.Postmortem{}
	err := db.read(ctx, func(tx *sql.Tx) error {
		for some := range slices.Chunk(ids, idChunk) {
			err := each(ctx, tx, func(rows *sql.Rows) error {
				var p incidents.Postmortem
				err := rows.Scan(&p.Incident, &p.Body, timeOf(&p.PublishedAt), timeOf(&p.RevisedAt))
				out[p.Incident] = p
				return err
			}, `
				SELECT incident, body, published_at, revised_at FROM postmortems
				WHERE published_at IS NOT NULL AND incident IN `+tuples(1, len(some)), anys(some)...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load published postmortems: %w", err)
	}
	return out, nil
}

// Reported returns the incidents with a published postmortem, newest StartedAt first. Of more than limit they are
// those that were published last.
func (db *DB) Reported(ctx context.Context, limit int) ([]*incidents.Incident, error) {
	list, err := db.incidents(ctx, `
		JOIN postmortems ON postmortems.incident = incidents.id
		WHERE published_at IS NOT NULL ORDER BY published_at DESC, id DESC LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("load incidents with a postmortem: %w", err)
	}
	return list, nil
}

// SavePostmortem stores p and counts its Version up. It returns ErrConflict when somebody stored another version
// meanwhile, and ErrNotFound when there is no such incident. The revision grows if customers see a difference.
func (db *DB) SavePostmortem(ctx context.Context, p *incidents.Postmortem) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		before, err := shownPostmortem(ctx, tx, p.Incident)
		if err != nil {
			return err
		}
		if err := writePostmortem(ctx, tx, *p); err != nil {
			return err
		}
		if now, err := shownPostmortem(ctx, tx, p.Incident); err != nil || now == before {
			return err
		}
		return revise(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("save postmortem of %s: %w", p.Incident, err)
	}
	p.Version++
	return nil
}

// shown is the public part of a postmortem.
type shown struct {
	body               string
	published, revised time.Time
}

func shownPostmortem(ctx context.Context, tx *sql.Tx, incident string) (shown, error) {
	var s shown
	err := tx.QueryRowContext(ctx, `
		SELECT body, published_at, revised_at FROM postmortems WHERE incident = $1 AND published_at IS NOT NULL`, incident).
		Scan(&s.body, timeOf(&s.published), timeOf(&s.revised))
	if errors.Is(err, sql.ErrNoRows) {
		return shown{}, nil
	}
	return s, err
}

// writePostmortem inserts version 1 or replaces exactly the version that p was read as.
func writePostmortem(ctx context.Context, tx *sql.Tx, p incidents.Postmortem) error {
	query := `
		UPDATE postmortems SET draft = $2, body = $3, author = $4, updated_at = $5, published_at = $6, revised_at = $7, version = version + 1
		WHERE incident = $1 AND version = $8`
	if p.Version == 0 {
		query = `
			INSERT INTO postmortems (incident, draft, body, author, updated_at, published_at, revised_at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8 + 1)
			ON CONFLICT (incident) DO NOTHING`
	}
	n, err := changed(ctx, tx, query, p.Incident, text(p.Draft), text(p.Body), text(p.Author), ms(p.UpdatedAt), ms(p.PublishedAt), ms(p.RevisedAt), p.Version)
	if err == nil && n == 0 {
		return incidents.ErrConflict
	}
	return err
}

// anys returns a list as arguments of a query.
func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}
