package store

import (
	"context"
	"database/sql"
	"runtime"
)

// inserts writes rows all the time, with few statements.
type inserts struct {
	columns int
	rows    []int // of each statement, the most first and 1 last
	stmts   []statement
}

// newInserts returns what writes rows of so many columns, between two parts of a statement.
func (db *DB) newInserts(ctx context.Context, columns int, before, after string) (in inserts, err error) {
	in.columns = columns
	in.rows, _ = db.engine.bulk()
	for _, n := range in.rows {
		s, err := db.statement(ctx, db.writer, before+db.engine.tuples(n, columns)+after)
		if err != nil {
			return in, err
		}
		in.stmts = append(in.stmts, s)
	}
	return in, nil
}

// exec writes rows, whose columns stand in args one after another, at most so many with one statement. It calls done
// with how many rows a statement had and how many of them it changed.
func (in inserts) exec(ctx context.Context, tx *sql.Tx, args []any, most int, done func(rows, changed int) error) error {
	for i, rows := range in.rows {
		width := rows * in.columns
		for rows <= most && len(args) >= width {
			runtime.Gosched() // probes are due meanwhile
			n, err := in.stmts[i].exec(ctx, tx, args[:width])
			if err != nil {
				return err
			}
			if err := done(rows, n); err != nil {
				return err
			}
			args = args[width:]
		}
	}
	return nil
}
