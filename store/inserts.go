package store

import (
	"context"
	"database/sql"
	"runtime"
)

// inserts writes rows all the time, with few statements.
type inserts struct {
	engine  engine
	columns int
	rows    []int // of each statement, the most first and 1 last
	queries []string
}

// newInserts returns what writes rows of so many columns, between two parts of a statement.
func newInserts(e engine, columns int, before, after string) inserts {
	in := inserts{engine: e, columns: columns, rows: e.bulk()}
	for _, n := range in.rows {
		in.queries = append(in.queries, before+e.tuples(n, columns)+after)
	}
	return in
}

// exec writes so many rows, at most so many of them with one statement. row appends the columns of a row, each an int64
// or a string. exec calls done with how many rows a statement had and how many of them it changed.
func (in inserts) exec(ctx context.Context, tx *sql.Tx, count, most int, row func(args []any, i int) ([]any, error), done func(rows, changed int) error) error {
	var args []any
	next := 0
	for s, rows := range in.rows {
		for rows <= most && count-next >= rows {
			runtime.Gosched() // probes are due meanwhile
			args = args[:0]
			for range rows {
				var err error
				if args, err = row(args, next); err != nil {
					return err
				}
				next++
			}
			n, err := changed(ctx, tx, in.queries[s], in.engine.args(args)...)
			if err != nil {
				return err
			}
			if err := done(rows, int(n)); err != nil {
				return err
			}
		}
	}
	return nil
}
