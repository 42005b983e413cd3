package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"candor/probes"
)

// Counts says how often each outcome came.
type Counts struct{ OK, Degraded, Failed, Unknown int }

func (c *Counts) add(o Counts) {
	c.OK, c.Degraded, c.Failed, c.Unknown = c.OK+o.OK, c.Degraded+o.Degraded, c.Failed+o.Failed, c.Unknown+o.Unknown
}

// Told returns how many results told something.
func (c Counts) Told() int { return c.OK + c.Degraded + c.Failed }

// count returns the counts of one result. An outcome without a name of its own is unknown.
func count(o probes.Outcome) Counts {
	switch o {
	case probes.OK:
		return Counts{OK: 1}
	case probes.Degraded:
		return Counts{Degraded: 1}
	case probes.Failed:
		return Counts{Failed: 1}
	}
	return Counts{Unknown: 1}
}

// Day is what a probe found from one place on a calendar day in UTC.
type Day struct {
	Probe, Place string
	Day          time.Time // any time of it
	Counts
	TookSum, TookMin, TookMax time.Duration // over all the runs
}

// SaveDays adds whole days to the daily roll-ups, as if their results had been saved. Nothing keeps one from
// being added twice.
func (db *DB) SaveDays(ctx context.Context, days []Day) error {
	var sums rollups
	for _, d := range days {
		sums = append(sums, rollup{resultKey{d.Probe, startOf(d.Day, 24*time.Hour), d.Place}, d.Counts, d.TookSum, d.TookMin, d.TookMax})
	}
	err := db.write(ctx, func(tx *sql.Tx) error {
		if err := sums.save(ctx, tx, db.daily); err != nil {
			return err
		}
		return sums.touchPast(ctx, tx, time.Now())
	})
	if err != nil {
		return fmt.Errorf("save days: %w", err)
	}
	return nil
}

// EachDay calls see with every calendar day, in order, since the one that from is in, once for each probe that ran on it: with
// its midnight in UTC, and how often each outcome came at the place that could tell most often. What two places saw of one
// time is not twice the time. It covers more than the results that are still stored.
func (db *DB) EachDay(ctx context.Context, from time.Time, see func(Day)) error {
	err := db.read(ctx, func(tx *sql.Tx) error {
		var best Day
		tell := func() {
			if best.Probe != "" {
				see(best)
			}
		}
		err := each(ctx, tx, func(rows *sql.Rows) error {
			var d Day
			if err := rows.Scan(&d.Probe, &d.Place, timeOf(&d.Day), &d.OK, &d.Degraded, &d.Failed, &d.Unknown); err != nil {
				return err
			}
			again := d.Probe == best.Probe && d.Day.Equal(best.Day)
			if !again {
				tell()
			}
			if !again || d.Told() > best.Told() {
				best = d
			}
			return nil
		}, `SELECT probe, place, start_at, ok, degraded, failed, unknown FROM results_daily WHERE start_at >= $1
			ORDER BY start_at, probe, place`, startOf(from, 24*time.Hour))
		if err == nil {
			tell()
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("load days: %w", err)
	}
	return nil
}

// Past returns a number that grows when days are counted into that were over for a day: by an import, or by an agent that
// was cut off.
func (db *DB) Past(ctx context.Context) (int64, error) {
	var n int64
	err := db.readers.QueryRowContext(ctx, `SELECT COALESCE(MAX(value), 0) FROM meta WHERE name = 'past'`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("load how often the past changed: %w", db.mapped(err))
	}
	return n, nil
}

// touchPast counts Past up when days are among the sums that were over for a day. It comes last in its transaction, as
// revise does.
func (rs rollups) touchPast(ctx context.Context, tx *sql.Tx, now time.Time) error {
	before := startOf(now, 24*time.Hour) - (24 * time.Hour).Milliseconds()
	for _, r := range rs {
		if r.at < before {
			_, err := tx.ExecContext(ctx, `
				INSERT INTO meta (name, value) VALUES ('past', 1) ON CONFLICT (name) DO UPDATE SET value = meta.value + 1`)
			return err
		}
	}
	return nil
}

// startOf returns the beginning of the stretch of that length, counted from midnight in UTC, that t is in, in unix milliseconds.
func startOf(t time.Time, length time.Duration) int64 { return t.UTC().Truncate(length).UnixMilli() }

// rollups are what is added to the daily sums, in any order.
type rollups []rollup

// rollup sums up a day; its key's time is the day's beginning.
type rollup struct {
	resultKey
	Counts
	sum, min, max time.Duration
}

// rollupOf sums up one result.
func rollupOf(r *probes.Result) rollup {
	return rollup{resultKey{r.Probe, startOf(r.At, 24*time.Hour), r.Place}, count(r.Outcome), r.Took, r.Took, r.Took}
}

// merge adds what another one of the same day sums up.
func (r *rollup) merge(o rollup) {
	r.Counts.add(o.Counts)
	r.sum, r.min, r.max = r.sum+o.sum, min(r.min, o.min), max(r.max, o.max)
}

// newRollups returns what adds sums to those that are stored.
func newRollups(e engine) inserts {
	return newInserts(e, 10, `
		INSERT INTO results_daily AS r (start_at, probe, place, ok, degraded, failed, unknown, took_sum, took_min, took_max) VALUES `, `
		ON CONFLICT (start_at, probe, place) DO UPDATE SET
			ok = r.ok + excluded.ok, degraded = r.degraded + excluded.degraded,
			failed = r.failed + excluded.failed, unknown = r.unknown + excluded.unknown,
			took_sum = r.took_sum + excluded.took_sum,
			took_min = CASE WHEN excluded.took_min < r.took_min THEN excluded.took_min ELSE r.took_min END,
			took_max = CASE WHEN excluded.took_max > r.took_max THEN excluded.took_max ELSE r.took_max END`)
}

// save adds the sums to those that are stored, with what newRollups returned. It is called once: rs are merged.
func (rs rollups) save(ctx context.Context, tx *sql.Tx, into inserts) error {
	// One order for all writers, lest two of them wait for each other.
	slices.SortFunc(rs, func(a, b rollup) int { return a.compare(b.resultKey) })
	days := rs[:0]
	for _, r := range rs {
		if n := len(days); n > 0 && days[n-1].resultKey == r.resultKey {
			days[n-1].merge(r)
		} else {
			days = append(days, r)
		}
	}
	return into.exec(ctx, tx, len(days), len(days), func(args []any, i int) ([]any, error) {
		r := &days[i]
		return append(args, r.at, r.probe, r.place, int64(r.OK), int64(r.Degraded), int64(r.Failed), int64(r.Unknown), int64(r.sum), int64(r.min), int64(r.max)), nil
	}, func(int, int) error { return nil })
}
