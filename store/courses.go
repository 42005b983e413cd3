package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"candor/incidents"
	"candor/probes"
)

// courseChunk is how many results one SELECT of a course reads.
const courseChunk = 100

// Took is the name of the course of how long the runs took, which every probe has.
const Took = "took"

// Courses returns what a probe measured after from and up to to: a course for each measurement and place, by name and
// place, and one named Took. Of each step it has the newest result of each place, so that a window of any length
// costs as many points as it has steps; what stood between them is left out. Unit and limit are the newest result's.
func (db *DB) Courses(ctx context.Context, probe string, from, to time.Time, step time.Duration) ([]incidents.Course, error) {
	all := coursesOf{}
	err := db.read(ctx, func(tx *sql.Tx) error {
		places, err := places(ctx, tx, probe, from, to)
		if err != nil {
			return err
		}
		return all.load(ctx, tx, probe, places, from, to, step)
	})
	if err != nil {
		return nil, fmt.Errorf("load courses of probe %s: %w", probe, err)
	}
	return all.sorted(), nil
}

// RecentCourses returns the courses of a probe as a forecast at now wants them: see incidents.Looks. A place without
// a result within the first look has none.
func (db *DB) RecentCourses(ctx context.Context, probe string, now time.Time) ([]incidents.Course, error) {
	all := coursesOf{}
	err := db.read(ctx, func(tx *sql.Tx) error {
		places, err := places(ctx, tx, probe, now.Add(-incidents.Looks[0].Back), now)
		if err != nil {
			return err
		}
		for i, look := range slices.Backward(incidents.Looks) {
			until := now
			if i > 0 {
				until = now.Add(-incidents.Looks[i-1].Back)
			}
			if err := all.load(ctx, tx, probe, places, now.Add(-look.Back), until, look.Step); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load recent courses of probe %s: %w", probe, err)
	}
	return all.sorted(), nil
}

// coursesOf holds the courses of one probe by name and place.
type coursesOf map[[2]string]*incidents.Course

// places returns where a probe ran.
func places(ctx context.Context, tx *sql.Tx, probe string, from, to time.Time) (list []string, err error) {
	err = each(ctx, tx, func(rows *sql.Rows) error {
		var place string
		err := rows.Scan(&place)
		list = append(list, place)
		return err
	}, `SELECT DISTINCT place FROM results WHERE probe = $1 AND at > $2 AND at <= $3`, probe, from.UnixMilli(), to.UnixMilli())
	return list, err
}

// load adds the points of one window, which is later than those before.
func (all coursesOf) load(ctx context.Context, tx *sql.Tx, probe string, places []string, from, to time.Time, step time.Duration) error {
	for _, place := range places {
		times, err := newestOfSteps(ctx, tx, probe, place, from, to, step)
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(times, courseChunk) {
			err := each(ctx, tx, func(rows *sql.Rows) error {
				r := probes.Result{Place: place}
				if err := rows.Scan(timeOf(&r.At), &r.Took, &r.Outcome, listOf(&r.Measurements)); err != nil {
					return err
				}
				if r.Outcome != probes.Unknown {
					all.add(r, probes.Measurement{Name: Took, Value: r.Took.Seconds(), Unit: "s"})
				}
				for _, m := range r.Measurements {
					all.add(r, m)
				}
				return nil
			}, `SELECT at, took, outcome, measurements FROM results
				WHERE at IN `+tuples(1, len(chunk))+fmt.Sprintf(` AND probe = $%d AND place = $%d ORDER BY at`, len(chunk)+1, len(chunk)+2),
				append(slices.Clip(chunk), probe, place)...)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// newestOfSteps returns the times of the newest result of each step, oldest first. It goes from step to step by the
// index and reads nothing between: a window of eight days has 70,000 results.
func newestOfSteps(ctx context.Context, tx *sql.Tx, probe, place string, from, to time.Time, step time.Duration) (times []any, err error) {
	err = each(ctx, tx, func(rows *sql.Rows) error {
		var at sql.NullInt64
		err := rows.Scan(&at)
		if at.Valid {
			times = append(times, at.Int64)
		}
		return err
	}, `WITH RECURSIVE newest (at) AS (
			SELECT (SELECT r.at FROM results AS r WHERE r.probe = $1 AND r.place = $2 AND r.at > $3 AND r.at <= $4
				ORDER BY r.at DESC LIMIT 1)
			UNION ALL
			SELECT (SELECT r.at FROM results AS r WHERE r.probe = $1 AND r.place = $2 AND r.at > $3 AND r.at < n.at - n.at % $5
				ORDER BY r.at DESC LIMIT 1) FROM newest AS n WHERE n.at IS NOT NULL)
		SELECT n.at FROM newest AS n ORDER BY n.at`, probe, place, from.UnixMilli(), to.UnixMilli(), max(1, step.Milliseconds()))
	return times, err
}

func (all coursesOf) add(r probes.Result, m probes.Measurement) {
	key := [2]string{m.Name, r.Place}
	s := all[key]
	if s == nil {
		s = &incidents.Course{Name: m.Name, Place: r.Place}
		all[key] = s
	}
	s.Unit, s.Limit, s.Floor = m.Unit, m.Limit, m.Floor
	s.Samples = append(s.Samples, incidents.Sample{At: r.At, Value: m.Value})
}

func (all coursesOf) sorted() []incidents.Course {
	var list []incidents.Course
	for _, s := range all {
		list = append(list, *s)
	}
	slices.SortFunc(list, func(a, b incidents.Course) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Place, b.Place))
	})
	return list
}
