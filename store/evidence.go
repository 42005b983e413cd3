package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"candor/incidents"
)

// Moments returns the moments of the open incidents' symptoms, and those whose evidence is stored.
func (db *DB) Moments(ctx context.Context) (all, frozen []incidents.Moment, err error) {
	err = db.read(ctx, func(tx *sql.Tx) error {
		for _, part := range []struct {
			into  *[]incidents.Moment
			query string
		}{
			{&all, `SELECT incident, probe, since FROM symptoms
				WHERE incident IN (SELECT id FROM incidents WHERE resolved_at IS NULL) ORDER BY incident, position`},
			{&frozen, `SELECT DISTINCT incident, probe, since FROM evidence
				WHERE incident IN (SELECT id FROM incidents WHERE resolved_at IS NULL)`},
		} {
			err := each(ctx, tx, func(rows *sql.Rows) error {
				var m incidents.Moment
				err := rows.Scan(&m.Incident, &m.Probe, timeOf(&m.Since))
				*part.into = append(*part.into, m)
				return err
			}, part.query)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("load moments: %w", err)
	}
	return all, frozen, nil
}

// Freeze stores the evidence of one moment. It does nothing when that is stored already, and returns ErrNotFound when
// there is no such incident.
func (db *DB) Freeze(ctx context.Context, m incidents.Moment, list []incidents.Evidence) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		for i, e := range list {
			_, err := tx.ExecContext(ctx, `
				INSERT INTO evidence (id, incident, probe, since, position, sighting, at, name, type, body, public, caption, alt, author)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '', '')`,
				e.ID, m.Incident, m.Probe, m.Since.UnixMilli(), i, string(e.Sighting), e.At.UnixMilli(), text(e.Name), e.Type, blob(e.Body), false)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, incidents.ErrConflict) { // another machine was first
		return fmt.Errorf("store evidence of incident %s: %w", m.Incident, err)
	}
	return nil
}

const evidenceFields = `id, incident, probe, since, sighting, at, name, type, length(body), public, caption, alt, author, decided_at`

func scanEvidence(rows *sql.Rows, e *incidents.Evidence) error {
	return rows.Scan(&e.ID, &e.Incident, &e.Probe, timeOf(&e.Since), &e.Sighting, timeOf(&e.At), &e.Name, &e.Type, &e.Size,
		&e.Public, &e.Caption, &e.Alt, &e.Author, timeOf(&e.Decided), &e.Body)
}

// IncidentEvidence returns an incident's evidence in the order that it was frozen in, pictures without their bodies.
func (db *DB) IncidentEvidence(ctx context.Context, incident string) ([]incidents.Evidence, error) {
	list, err := db.evidence(ctx, `incident = $1`, incident)
	if err != nil {
		return nil, fmt.Errorf("load evidence of incident %s: %w", incident, err)
	}
	return list, nil
}

// PublicEvidence returns, by incident id, the evidence of the given incidents that customers may see, pictures without
// their bodies.
func (db *DB) PublicEvidence(ctx context.Context, ids []string) (map[string][]incidents.Evidence, error) {
	out := map[string][]incidents.Evidence{}
	for some := range slices.Chunk(ids, idChunk) {
		list, err := db.evidence(ctx, `public AND incident IN `+tuples(1, len(some)), anys(some)...)
		if err != nil {
			return nil, fmt.Errorf("load public evidence: %w", err)
		}
		for _, e := range list {
			out[e.Incident] = append(out[e.Incident], e)
		}
	}
	return out, nil
}

func (db *DB) evidence(ctx context.Context, which string, args ...any) (list []incidents.Evidence, err error) {
	err = db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			var e incidents.Evidence
			err := scanEvidence(rows, &e)
			list = append(list, e)
			return err
		}, `
			SELECT `+evidenceFields+`, CASE WHEN type LIKE 'image/%' THEN NULL ELSE body END
			FROM evidence WHERE `+which+` ORDER BY incident, since, probe, position`, args...)
	})
	return list, err
}

// Evidence returns a piece of an incident's evidence with its body, or ErrNotFound.
func (db *DB) Evidence(ctx context.Context, incident, id string) (incidents.Evidence, error) {
	e, found := incidents.Evidence{}, false
	err := db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			found = true
			return scanEvidence(rows, &e)
		}, `SELECT `+evidenceFields+`, body FROM evidence WHERE id = $1 AND incident = $2`, id, incident)
	})
	if err == nil && !found {
		err = incidents.ErrNotFound
	}
	if err != nil {
		return incidents.Evidence{}, fmt.Errorf("load evidence %s of incident %s: %w", id, incident, err)
	}
	return e, nil
}

// ShowEvidence stores whether a piece is public, with its texts and who decided it. It returns ErrNotFound when there is
// no such piece.
func (db *DB) ShowEvidence(ctx context.Context, e incidents.Evidence) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `
			UPDATE evidence SET public = $3, caption = $4, alt = $5, author = $6, decided_at = $7 WHERE id = $1 AND incident = $2`,
			e.ID, e.Incident, e.Public, text(e.Caption), text(e.Alt), text(e.Author), ms(e.Decided))
		if err == nil && n == 0 {
			err = incidents.ErrNotFound
		}
		if err != nil {
			return err
		}
		return revise(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("store evidence %s: %w", e.ID, err)
	}
	return nil
}

// blob returns bytes as both engines take them where NULL is refused.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
