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

// exec writes rows, whose columns stand in args one after another, each an int64 or a string, at most so many with one statement. It calls done
// with how many rows a statement had and how many of them it changed.
func (in inserts) exec(ctx context.Context, tx *sql.Tx, args []any, most int, done func(rows, changed int) error) error {
	for i, rows := range in.rows {
		width := rows * in.columns
		for rows <= most && len(args) >= width {
			runtime.Gosched() // probes are due meanwhile
			n, err := changed(ctx, tx, in.queries[i], in.engine.args(args[:width])...)
			if err != nil {
				return err
			}
			if err := done(rows, int(n)); err != nil {
				return err
			}
			args = args[width:]
		}
	}
	return nil
}
