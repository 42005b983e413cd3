package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// statement is SQL that runs all the time, so that it is worth parsing once.
type statement struct {
	text string
	stmt *sql.Stmt // nil where the driver keeps what it has seen prepared
}

// prepare readies the statements that run all the time.
func (db *DB) prepare(ctx context.Context) (err error) {
	if db.results, err = db.newInserts(ctx, 9, `INSERT INTO results (`+resultFields+`) VALUES `, ` ON CONFLICT DO NOTHING`); err != nil {
		return err
	}
	if db.daily, err = db.newRollups(ctx); err != nil {
		return err
	}
	if db.recent, err = db.newLookup(ctx, recentResults, ` ORDER BY probe, at DESC, place DESC`); err != nil {
		return err
	}
	if db.heard, err = db.newLookup(ctx, lastHeard, ``); err != nil {
		return err
	}
	db.revision, err = db.statement(ctx, db.readers, `SELECT value FROM meta WHERE name = 'revision'`)
	return err
}

func (db *DB) statement(ctx context.Context, pool *sql.DB, text string) (s statement, err error) {
	s.text = text
	if _, prepare := db.engine.bulk(); prepare {
		if s.stmt, err = pool.PrepareContext(ctx, text); err == nil {
			db.prepared = append(db.prepared, s.stmt)
		}
	}
	return s, err
}

// exec runs the statement and says how many rows it changed.
func (s statement) exec(ctx context.Context, tx *sql.Tx, args []any) (rows int, err error) {
	var done sql.Result
	if s.stmt == nil {
		done, err = tx.ExecContext(ctx, s.text, args...)
	} else {
		stmt := tx.StmtContext(ctx, s.stmt)
		defer stmt.Close()
		done, err = stmt.ExecContext(ctx, args...)
	}
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// row runs the statement, which returns one row.
func (s statement) row(ctx context.Context, pool *sql.DB) *sql.Row {
	if s.stmt == nil {
		return pool.QueryRowContext(ctx, s.text)
	}
	return s.stmt.QueryRowContext(ctx)
}

// each calls scan for every row that the statement returns.
func (s statement) each(ctx context.Context, tx *sql.Tx, args []any, scan func(*sql.Rows) error) error {
	if s.stmt == nil {
		return each(ctx, tx, scan, s.text, args...)
	}
	stmt := tx.StmtContext(ctx, s.stmt)
	defer stmt.Close()
	rows, err := stmt.QueryContext(ctx, args...)
	return scanAll(rows, err, scan)
}

// lookup asks for several probes: the first statement for the most at once, each after it for half as many, the last for
// one.
type lookup []statement

// mostAtOnce is how many probes the first statement of a lookup asks for.
const mostAtOnce = 64

// newLookup returns what asks part of each probe: a window over the results of all of them would read them all. The
// probe's key is $%[1]d there, and what follows all parts is after.
func (db *DB) newLookup(ctx context.Context, part, after string) (l lookup, err error) {
	for n := mostAtOnce; n > 0; n /= 2 {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = fmt.Sprintf(part, i+2)
		}
		s, err := db.statement(ctx, db.readers, strings.Join(parts, ` UNION ALL `)+after)
		if err != nil {
			return nil, err
		}
		l = append(l, s)
	}
	return l, nil
}

// each calls scan for every row of the keys' probes; first is $1.
func (l lookup) each(ctx context.Context, tx *sql.Tx, first any, keys []string, scan func(*sql.Rows) error) error {
	n := mostAtOnce
	for _, s := range l {
		for len(keys) >= n {
			args := []any{first}
			for _, key := range keys[:n] {
				args = append(args, key)
			}
			if err := s.each(ctx, tx, args, scan); err != nil {
				return err
			}
			keys = keys[n:]
		}
		n /= 2
	}
	return nil
}
