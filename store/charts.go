package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"candor/incidents"
	"candor/probes"
)

// Chart says which measurements SaveResults also sums up for charts, and sums up the stored results of those that are
// new. It is called before any result is saved.
func (db *DB) Chart(ctx context.Context, charts []incidents.Chart) error {
	db.charted = map[string][]incidents.Quantity{}
	for _, c := range charts {
		if slices.Contains(db.charted[c.Probe], c.Quantity) {
			continue
		}
		db.charted[c.Probe] = append(db.charted[c.Probe], c.Quantity)
		if err := db.chartStored(ctx, c.Probe, c.Quantity); err != nil {
			return fmt.Errorf("sum up the results of probe %s: %w", c.Probe, err)
		}
	}
	return nil
}

// chartStored sums up the stored results of a quantity that has no sums yet.
func (db *DB) chartStored(ctx context.Context, probe string, q incidents.Quantity) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		known := false
		err := each(ctx, tx, func(rows *sql.Rows) error { known = true; return rows.Scan(new(int)) },
			`SELECT 1 FROM sketches WHERE probe = $1 AND quantity = $2 LIMIT 1`, probe, text(q))
		if err != nil || known {
			return err
		}
		sums := sketches{}
		err = eachMeasured(ctx, tx, probe, 0, time.Now().UnixMilli(), func(r probes.Result) { sums.add(&r, q) })
		if err != nil {
			return err
		}
		return sums.save(ctx, tx)
	})
}

// eachMeasured calls see with the numbers of each result of a probe from a time until another, in unix milliseconds.
func eachMeasured(ctx context.Context, tx *sql.Tx, probe string, from, until int64, see func(probes.Result)) error {
	return each(ctx, tx, func(rows *sql.Rows) error {
		r := probes.Result{Probe: probe}
		if err := rows.Scan(timeOf(&r.At), &r.Took, &r.Outcome, listOf(&r.Steps), listOf(&r.Measurements)); err != nil {
			return err
		}
		see(r)
		return nil
	}, `SELECT at, took, outcome, steps, measurements FROM results WHERE probe = $1 AND at >= $2 AND at < $3`, probe, from, until)
}

// Buckets returns what a probe measured from a time until another, a bucket for each step in which it measured
// anything. The steps begin at the Unix epoch. Multiples of incidents.ChartGrain are read from what Chart sums up,
// others from the stored results.
func (db *DB) Buckets(ctx context.Context, probe string, q incidents.Quantity, from, until time.Time, step time.Duration) ([]incidents.Bucket, error) {
	sums := sketches{}
	err := db.read(ctx, func(tx *sql.Tx) error {
		start := func(at int64) sketchKey { return sketchKey{start: at - at%max(1, step.Milliseconds())} }
		if step%incidents.ChartGrain != 0 {
			return eachMeasured(ctx, tx, probe, from.UnixMilli(), until.UnixMilli(), func(r probes.Result) {
				if v, ok := q.Of(r); ok {
					sums.at(start(r.At.UnixMilli())).Add(v)
				}
			})
		}
		return each(ctx, tx, func(rows *sql.Rows) error {
			var at int64
			var body []byte
			if err := rows.Scan(&at, &body); err != nil {
				return err
			}
			return sums.at(start(at)).MergeBinary(body)
		}, `SELECT start_at, body FROM sketches WHERE probe = $1 AND quantity = $2 AND start_at >= $3 AND start_at < $4`,
			probe, text(q), from.UnixMilli(), until.UnixMilli())
	})
	if err != nil {
		return nil, fmt.Errorf("load what probe %s measured: %w", probe, err)
	}
	var out []incidents.Bucket
	for _, k := range sums.keys() {
		out = append(out, incidents.Bucket{Start: time.UnixMilli(k.start).UTC(), Values: *sums[k]})
	}
	return out, nil
}

// SaveBuckets adds buckets to the sums for charts, as if their results had been saved. Nothing keeps one from being
// added twice.
func (db *DB) SaveBuckets(ctx context.Context, probe string, q incidents.Quantity, list []incidents.Bucket) error {
	sums := sketches{}
	for _, b := range list {
		sums.at(sketchKey{probe, q, startOf(b.Start, incidents.ChartGrain)}).Merge(b.Values)
	}
	if err := db.write(ctx, func(tx *sql.Tx) error { return sums.save(ctx, tx) }); err != nil {
		return fmt.Errorf("save what probe %s measured: %w", probe, err)
	}
	return nil
}

// PruneBuckets deletes the sums for charts of before a time.
func (db *DB) PruneBuckets(ctx context.Context, before time.Time) error {
	if _, err := db.writer.ExecContext(ctx, `DELETE FROM sketches WHERE start_at < $1`, before.UnixMilli()); err != nil {
		return fmt.Errorf("prune sums for charts: %w", db.mapped(err))
	}
	return nil
}

// sketchChunk is how many sketches one statement holds.
const sketchChunk = 25

// sketches sums up what was measured.
type sketches map[sketchKey]*incidents.Sketch

type sketchKey struct {
	probe    string
	quantity incidents.Quantity
	start    int64
}

func (k sketchKey) compare(o sketchKey) int {
	return cmp.Or(strings.Compare(k.probe, o.probe), cmp.Compare(k.quantity, o.quantity), cmp.Compare(k.start, o.start))
}

func (s sketches) keys() []sketchKey { return slices.SortedFunc(maps.Keys(s), sketchKey.compare) }

func (s sketches) at(k sketchKey) *incidents.Sketch {
	if s[k] == nil {
		s[k] = &incidents.Sketch{}
	}
	return s[k]
}

func (s sketches) add(r *probes.Result, list ...incidents.Quantity) {
	for _, q := range list {
		if v, ok := q.Of(*r); ok {
			s.at(sketchKey{r.Probe, q, startOf(r.At, incidents.ChartGrain)}).Add(v)
		}
	}
}

// save merges sketches into those that are stored. Its first statement takes the rows, so that no other writer merges
// into what it read; all writers take them in one order, lest two of them wait for each other.
func (s sketches) save(ctx context.Context, tx *sql.Tx) error {
	for chunk := range slices.Chunk(s.keys(), sketchChunk) {
		var args []any
		for _, k := range chunk {
			args = append(args, k.probe, text(k.quantity), k.start, []byte{})
		}
		err := each(ctx, tx, func(rows *sql.Rows) error {
			var k sketchKey
			var body []byte
			if err := rows.Scan(&k.probe, &k.quantity, &k.start, &body); err != nil {
				return err
			}
			return s.at(k).MergeBinary(body)
		}, `INSERT INTO sketches AS s (probe, quantity, start_at, body) VALUES `+tuples(len(chunk), 4)+`
			ON CONFLICT (probe, quantity, start_at) DO UPDATE SET body = s.body RETURNING probe, quantity, start_at, body`, args...)
		if err != nil {
			return err
		}
		for i, k := range chunk {
			args[4*i+3] = s[k].Binary()
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO sketches AS s (probe, quantity, start_at, body) VALUES `+tuples(len(chunk), 4)+`
			ON CONFLICT (probe, quantity, start_at) DO UPDATE SET body = excluded.body`, args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// Unfrozen returns the incidents that were resolved after a time and until another, whose charts are not stored or are
// of another end.
func (db *DB) Unfrozen(ctx context.Context, after, until time.Time) ([]*incidents.Incident, error) {
	list, err := db.incidents(ctx, `WHERE resolved_at > $1 AND resolved_at <= $2 AND NOT EXISTS
		(SELECT 1 FROM frozen_charts AS f WHERE f.incident = incidents.id AND f.resolved_at = incidents.resolved_at)`,
		after.UnixMilli(), until.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("load incidents without charts: %w", err)
	}
	return list, nil
}

// FreezeCharts stores the charts around a resolved incident, in the place of those that are stored.
func (db *DB) FreezeCharts(ctx context.Context, inc *incidents.Incident, list []incidents.PageChart) error {
	body, err := json.Marshal(list)
	if err == nil {
		_, err = db.writer.ExecContext(ctx, `
			INSERT INTO frozen_charts (incident, resolved_at, body) VALUES ($1, $2, $3)
			ON CONFLICT (incident) DO UPDATE SET resolved_at = excluded.resolved_at, body = excluded.body`,
			inc.ID, inc.ResolvedAt().UnixMilli(), string(body))
	}
	if err != nil {
		return fmt.Errorf("store the charts of incident %s: %w", inc.ID, db.mapped(err))
	}
	return nil
}

// FrozenCharts returns the stored charts of an incident; none when there are none.
func (db *DB) FrozenCharts(ctx context.Context, incident string) (list []incidents.PageChart, err error) {
	err = db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error { return rows.Scan(listOf(&list)) },
			`SELECT body FROM frozen_charts WHERE incident = $1`, incident)
	})
	if err != nil {
		return nil, fmt.Errorf("load the charts of incident %s: %w", incident, err)
	}
	return list, nil
}
