package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

const (
	pruneChunk   = 1000 // rows deleted at a time, so that other writers wait for milliseconds only
	resultFields = `probe, at, place, took, outcome, reason, detail, steps, measurements`
)

// SaveResults stores results and counts them into the daily roll-ups and the sums for charts, in one transaction.
// A result that is stored already, by probe, place and millisecond, counts no second time.
func (db *DB) SaveResults(ctx context.Context, list []probes.Result) error {
	if len(list) == 0 {
		return nil
	}
	// One order for all writers, lest two of them wait for each other.
	ordered := make([]*probes.Result, len(list))
	for i := range list {
		ordered[i] = &list[i]
	}
	slices.SortStableFunc(ordered, func(a, b *probes.Result) int { return keyOf(a).compare(keyOf(b)) })
	err := db.saveResults(ctx, ordered, len(ordered))
	if errors.Is(err, errStored) { // by itself, each row tells whether it is new
		err = db.saveResults(ctx, ordered, 1)
	}
	if err != nil {
		return fmt.Errorf("save results: %w", err)
	}
	return nil
}

// errStored says that some of the results of one statement were stored already.
var errStored = errors.New("some results were stored already")

// saveResults stores results, at most so many with one statement; it returns errStored when it cannot tell which are new.
func (db *DB) saveResults(ctx context.Context, list []*probes.Result, most int) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		var lists jsonLists
		days, charts, rest := make(rollups, 0, len(list)), sketches{}, list
		err := db.results.exec(ctx, tx, len(list), most, func(args []any, i int) ([]any, error) {
			return appendResult(args, list[i], &lists)
		}, func(rows, changed int) error {
			if changed < rows && rows > 1 {
				return errStored
			}
			for _, r := range rest[:changed] {
				days = append(days, rollupOf(r))
				charts.add(r, db.charted[r.Probe]...)
			}
			rest = rest[rows:]
			return nil
		})
		if err != nil {
			return err
		}
		if err := days.save(ctx, tx, db.daily); err != nil {
			return err
		}
		if err := charts.save(ctx, tx); err != nil {
			return err
		}
		return days.touchPast(ctx, tx, time.Now())
	})
}

// appendResult appends the columns of resultFields.
func appendResult(args []any, r *probes.Result, lists *jsonLists) ([]any, error) {
	steps, err := lists.text(&r.Steps, len(r.Steps))
	if err != nil {
		return nil, err
	}
	numbers := finite(r.Measurements)
	measurements, err := lists.text(&numbers, len(numbers))
	return append(args, r.Probe, r.At.UnixMilli(), r.Place, int64(r.Took), string(r.Outcome), text(r.Reason), text(r.Detail), steps, measurements), err
}

// finite leaves out the measurements that are no numbers, which JSON cannot hold.
func finite(list []probes.Measurement) []probes.Measurement {
	odd := func(f float64) bool { return math.IsNaN(f) || math.IsInf(f, 0) }
	bad := func(m probes.Measurement) bool { return odd(m.Value) || odd(m.Limit) }
	if !slices.ContainsFunc(list, bad) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), bad)
}

// resultKey identifies a stored result.
type resultKey struct {
	probe string
	at    int64
	place string
}

func keyOf(r *probes.Result) resultKey { return resultKey{r.Probe, r.At.UnixMilli(), r.Place} }

func (k resultKey) compare(o resultKey) int {
	if c := strings.Compare(k.probe, o.probe); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(k.at, o.at), strings.Compare(k.place, o.place))
}

// recentResults asks for the newest results of each probe. SQLite parses a statement anew each time when its LIMIT is a
// bare parameter.
var recentResults = newLookup(`SELECT `+resultFields+` FROM (SELECT `+resultFields+` FROM results
	WHERE probe = $%[1]d ORDER BY at DESC, place DESC LIMIT $1 + 0) AS r%[1]d`, ` ORDER BY probe, at DESC, place DESC`)

// RecentResults returns the newest results of each probe, at most n, newest first, those of all places together.
// A probe without results has no entry.
func (db *DB) RecentResults(ctx context.Context, keys []string, n int) (map[string][]probes.Result, error) {
	out := map[string][]probes.Result{}
	err := db.read(ctx, func(tx *sql.Tx) error {
		return recentResults.each(ctx, tx, n, keys, func(rows *sql.Rows) error {
			r, err := scanResult(rows)
			out[r.Probe] = append(out[r.Probe], r)
			return err
		})
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

// lastHeard asks for the newest result of each probe that is not unknown.
var lastHeard = newLookup(`SELECT probe, at FROM (SELECT probe, at FROM results
	WHERE probe = $%[1]d AND at >= $1 AND outcome <> 'unknown' ORDER BY at DESC LIMIT 1) AS r%[1]d`, ``)

// Heard returns the time of each probe's newest result that is not unknown, if it came at from or later.
func (db *DB) Heard(ctx context.Context, keys []string, from time.Time) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	err := db.read(ctx, func(tx *sql.Tx) error {
		return lastHeard.each(ctx, tx, from.UnixMilli(), keys, func(rows *sql.Rows) error {
			var key string
			var at time.Time
			err := rows.Scan(&key, timeOf(&at))
			out[key] = at
			return err
		})
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
			r, err := scanResult(rows)
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
