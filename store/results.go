package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

const (
	resultChunk  = 25   // rows in one INSERT
	recentChunk  = 50   // probes in one SELECT
	pruneChunk   = 1000 // rows deleted at a time, so that other writers wait for milliseconds only
	resultFields = `probe, at, place, took, outcome, reason, detail, steps, measurements`
)

// SaveResults stores results and counts them into the hourly and daily roll-ups and the sums for charts, in one transaction.
// A result that is stored already, by probe, place and millisecond, counts no second time.
func (db *DB) SaveResults(ctx context.Context, list []probes.Result) error {
	if len(list) == 0 {
		return nil
	}
	// One order for all writers, lest two of them wait for each other.
	list = slices.SortedStableFunc(slices.Values(list), func(a, b probes.Result) int { return keyOf(a).compare(keyOf(b)) })
	err := db.write(ctx, func(tx *sql.Tx) error {
		hours, days, charts := rollups{}, rollups{}, sketches{}
		for chunk := range slices.Chunk(list, resultChunk) {
			fresh, err := insertResults(ctx, tx, chunk)
			if err != nil {
				return err
			}
			for _, r := range fresh {
				hours.add(r, time.Hour)
				days.add(r, 24*time.Hour)
				charts.add(r, db.charted[r.Probe]...)
			}
		}
		if err := saveRollups(ctx, tx, `results_hourly`, hours); err != nil {
			return err
		}
		if err := saveRollups(ctx, tx, `results_daily`, days); err != nil {
			return err
		}
		return charts.save(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("save results: %w", err)
	}
	return nil
}

// insertResults stores results and returns those that were not stored yet.
func insertResults(ctx context.Context, tx *sql.Tx, list []probes.Result) ([]probes.Result, error) {
	var args []any
	byKey := map[resultKey]probes.Result{}
	for _, r := range list {
		steps, err := toJSON(r.Steps)
		if err != nil {
			return nil, err
		}
		measurements, err := toJSON(finite(r.Measurements))
		if err != nil {
			return nil, err
		}
		args = append(args, r.Probe, r.At.UnixMilli(), r.Place, int64(r.Took), string(r.Outcome), text(r.Reason), text(r.Detail), steps, measurements)
		if _, twice := byKey[keyOf(r)]; !twice {
			byKey[keyOf(r)] = r
		}
	}
	var fresh []probes.Result
	err := each(ctx, tx, func(rows *sql.Rows) error {
		var k resultKey
		err := rows.Scan(&k.probe, &k.at, &k.place)
		fresh = append(fresh, byKey[k])
		return err
	}, `INSERT INTO results (`+resultFields+`) VALUES `+tuples(len(list), 9)+` ON CONFLICT DO NOTHING RETURNING probe, at, place`, args...)
	return fresh, err
}

// finite leaves out the measurements that are no numbers, which JSON cannot hold.
func finite(list []probes.Measurement) []probes.Measurement {
	bad := func(f float64) bool { return math.IsNaN(f) || math.IsInf(f, 0) }
	return slices.DeleteFunc(slices.Clone(list), func(m probes.Measurement) bool { return bad(m.Value) || bad(m.Limit) })
}

// resultKey identifies a stored result.
type resultKey struct {
	probe string
	at    int64
	place string
}

func keyOf(r probes.Result) resultKey { return resultKey{r.Probe, r.At.UnixMilli(), r.Place} }

func (k resultKey) compare(o resultKey) int {
	return cmp.Or(strings.Compare(k.probe, o.probe), cmp.Compare(k.at, o.at), strings.Compare(k.place, o.place))
}

// RecentResults returns the newest results of each probe, at most n, newest first, those of all places together.
// A probe without results has no entry.
func (db *DB) RecentResults(ctx context.Context, keys []string, n int) (map[string][]probes.Result, error) {
	out := map[string][]probes.Result{}
	err := db.read(ctx, func(tx *sql.Tx) error {
		for chunk := range slices.Chunk(keys, recentChunk) {
			query, args := recentResults(chunk, n)
			err := each(ctx, tx, func(rows *sql.Rows) error {
				r, err := scanResult(rows)
				out[r.Probe] = append(out[r.Probe], r)
				return err
			}, query, args...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load recent results: %w", err)
	}
	return out, nil
}

func scanResult(rows *sql.Rows) (r probes.Result, err error) {
	err = rows.Scan(&r.Probe, timeOf(&r.At), &r.Place, &r.Took, &r.Outcome, &r.Reason, &r.Detail, listOf(&r.Steps), listOf(&r.Measurements))
	return r, err
}

// recentResults is one query for several probes: a window over all their results would read them all.
func recentResults(keys []string, n int) (query string, args []any) {
	args = []any{n}
	var parts []string
	for i, key := range keys {
		parts = append(parts, fmt.Sprintf(`SELECT %s FROM (SELECT %s FROM results WHERE probe = $%d ORDER BY at DESC, place DESC LIMIT $1) AS r%d`,
			resultFields, resultFields, i+2, i))
		args = append(args, key)
	}
	return strings.Join(parts, ` UNION ALL `) + ` ORDER BY probe, at DESC, place DESC`, args
}

// Heard returns the time of each probe's newest result that is not unknown, if it came at from or later.
func (db *DB) Heard(ctx context.Context, keys []string, from time.Time) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	err := db.read(ctx, func(tx *sql.Tx) error {
		for chunk := range slices.Chunk(keys, recentChunk) {
			args := []any{from.UnixMilli()}
			var parts []string
			for i, key := range chunk {
				parts = append(parts, fmt.Sprintf(`SELECT probe, at FROM (SELECT probe, at FROM results
					WHERE probe = $%d AND at >= $1 AND outcome <> 'unknown' ORDER BY at DESC LIMIT 1) AS r%d`, i+2, i))
				args = append(args, key)
			}
			err := each(ctx, tx, func(rows *sql.Rows) error {
				var key string
				var at time.Time
				err := rows.Scan(&key, timeOf(&at))
				out[key] = at
				return err
			}, strings.Join(parts, ` UNION ALL `), args...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load when probes were heard of: %w", err)
	}
	return out, nil
}

// PruneResults deletes the results of before a time with their evidence, and says how many. The roll-ups stay, and
// what is frozen with an incident.
func (db *DB) PruneResults(ctx context.Context, before time.Time) (int64, error) {
	var total int64
	for {
		var n int64
		err := db.write(ctx, func(tx *sql.Tx) (err error) {
			n, err = changed(ctx, tx, `
				DELETE FROM results WHERE (probe, at, place) IN
					(SELECT probe, at, place FROM results WHERE at < $1 ORDER BY at LIMIT $2)`,
				before.UnixMilli(), pruneChunk)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("prune results: %w", err)
		}
		if total += n; n < pruneChunk {
			break
		}
	}
	if _, err := db.writer.ExecContext(ctx, `DELETE FROM kept_evidence WHERE at < $1`, before.UnixMilli()); err != nil {
		return total, fmt.Errorf("prune evidence of results: %w", db.mapped(err))
	}
	return total, nil
}

// EachResult calls see with each result of from or later, but before until, in the order in which their runs began.
// It ends with see's first error.
func (db *DB) EachResult(ctx context.Context, from, until time.Time, see func(probes.Result) error) error {
	err := db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			var r probes.Result
			err := rows.Scan(&r.Probe, timeOf(&r.At), &r.Place, &r.Took, &r.Outcome, &r.Reason, &r.Detail, listOf(&r.Steps), listOf(&r.Measurements))
			if err != nil {
				return err
			}
			return see(r)
		}, `SELECT `+resultFields+` FROM results WHERE at >= $1 AND at < $2 ORDER BY at, probe, place`, from.UnixMilli(), until.UnixMilli())
	})
	if err != nil {
		return fmt.Errorf("read results since %s: %w", from.UTC().Format(time.RFC3339), err)
	}
	return nil
}
