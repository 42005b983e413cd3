package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"candor/incidents"
	"candor/probes"
)

// KeepEvidence stores evidence of results, and drops what is older than what is kept of each probe.
func (db *DB) KeepEvidence(ctx context.Context, kept []incidents.Kept) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		for _, k := range kept {
			if err := insertKept(ctx, tx, k); err != nil {
				return err
			}
			most := 1
			if !k.Good {
				most = incidents.KeptBad
			}
			_, err := tx.ExecContext(ctx, `
				DELETE FROM kept_evidence WHERE probe = $1 AND good = $2 AND at <
					(SELECT MIN(at) FROM (SELECT DISTINCT at FROM kept_evidence WHERE probe = $1 AND good = $2 ORDER BY at DESC LIMIT $3 + 0) AS newest)`,
				k.Probe, k.Good, most)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep evidence: %w", err)
	}
	return nil
}

func insertKept(ctx context.Context, tx *sql.Tx, k incidents.Kept) error {
	for i, e := range k.Evidence {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO kept_evidence (probe, at, place, position, good, name, type, body)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
			k.Probe, k.At.UnixMilli(), k.Place, i, k.Good, text(e.Name), e.Type, blob(e.Body))
		if err != nil {
			return err
		}
	}
	return nil
}

// Kept returns the kept evidence of a probe, oldest first.
func (db *DB) Kept(ctx context.Context, probe string) ([]incidents.Kept, error) {
	var out []incidents.Kept
	err := db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			k := incidents.Kept{Probe: probe}
			var e probes.Evidence
			if err := rows.Scan(timeOf(&k.At), &k.Place, &k.Good, &e.Name, &e.Type, &e.Body); err != nil {
				return err
			}
			if n := len(out); n == 0 || !out[n-1].At.Equal(k.At) || out[n-1].Place != k.Place {
				out = append(out, k)
			}
			last := &out[len(out)-1]
			last.Evidence = append(last.Evidence, e)
			return nil
		}, `SELECT at, place, good, name, type, body FROM kept_evidence WHERE probe = $1 ORDER BY at, place, position`, probe)
	})
	if err != nil {
		return nil, fmt.Errorf("load kept evidence of %s: %w", probe, err)
	}
	return out, nil
}

// ResultsBetween returns the newest n results of a probe from a time until another, newest first.
func (db *DB) ResultsBetween(ctx context.Context, probe string, from, until time.Time, n int) ([]probes.Result, error) {
	var out []probes.Result
	err := db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			r, err := scanResult(rows)
			out = append(out, r)
			return err
		}, `
			SELECT `+resultFields+` FROM results WHERE probe = $1 AND at >= $2 AND at <= $3
			ORDER BY at DESC, place DESC LIMIT $4`, probe, from.UnixMilli(), until.UnixMilli(), n)
	})
	if err != nil {
		return nil, fmt.Errorf("load results of %s: %w", probe, err)
	}
	return out, nil
}
