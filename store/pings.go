package store

import (
	"context"
	"database/sql"
	"fmt"

	"candor/incidents"
	"candor/probes"
)

// SavePing stores a report as the newest of its probe, a millisecond after the one before it if need be,
// and forgets the probe's oldest beyond probes.KeptPings.
func (db *DB) SavePing(ctx context.Context, p probes.Ping) error {
	const tries = 10
	err := incidents.ErrConflict
	for range tries {
		var stored int64
		failed := db.write(ctx, func(tx *sql.Tx) (err error) {
			if stored, err = insertPing(ctx, tx, p.Bounded()); err == nil {
				_, err = tx.ExecContext(ctx, `
					DELETE FROM pings WHERE probe = $1 AND at <=
						(SELECT at FROM pings WHERE probe = $1 ORDER BY at DESC LIMIT 1 OFFSET $2)`, p.Probe, probes.KeptPings)
			}
			return err
		})
		if failed != nil || stored > 0 {
			err = failed
			break
		}
	}
	if err != nil {
		return fmt.Errorf("save a report for %s: %w", p.Probe, err)
	}
	return nil
}

// insertPing returns 0 when another report took the same millisecond meanwhile.
func insertPing(ctx context.Context, tx *sql.Tx, p probes.Ping) (int64, error) {
	return changed(ctx, tx, `
		INSERT INTO pings (probe, at, signal, exit_status, body)
		SELECT CAST($1 AS TEXT), CASE WHEN MAX(at) >= $2 THEN MAX(at) + 1 ELSE $2 END,
			CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($5 AS TEXT)
		FROM pings WHERE probe = $1
		ON CONFLICT DO NOTHING`, p.Probe, p.At.UnixMilli(), string(p.Signal), p.Exit, text(p.Body))
}

// Pings returns the reports of a probe that are kept, newest first.
func (db *DB) Pings(ctx context.Context, probe string) ([]probes.Ping, error) {
	var out []probes.Ping
	err := db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			p := probes.Ping{Probe: probe}
			err := rows.Scan(timeOf(&p.At), &p.Signal, &p.Exit, &p.Body)
			out = append(out, p)
			return err
		}, `SELECT at, signal, exit_status, body FROM pings WHERE probe = $1 ORDER BY at DESC`, probe)
	})
	if err != nil {
		return nil, fmt.Errorf("load the reports for %s: %w", probe, err)
	}
	return out, nil
}
