// Package store keeps everything in SQLite or PostgreSQL, with one SQL text for both.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"candor/incidents"
)

// DB is an open database. It is safe for concurrent use.
type DB struct {
	writer  *sql.DB
	readers *sql.DB // the same as writer on PostgreSQL
	engine  engine
	charted map[string][]incidents.Quantity // by probe; see Chart

	results, daily inserts
}

// Open opens a database and brings its tables up to date. A dsn that begins with postgres:// or postgresql://
// names a PostgreSQL database, any other a SQLite file, as a path or as a file: URI. The file is made when it
// is missing, its folder is not. Several processes may open a database at once. Errors never hold a password.
func Open(ctx context.Context, dsn string) (*DB, error) {
	open := openSQLite
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		open = openPostgreSQL
	}
	db, err := open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(db.engine.explain(err), db.Close())
	}
	db.results = newInserts(db.engine, 9, `INSERT INTO results (`+resultFields+`) VALUES `, ` ON CONFLICT DO NOTHING`)
	db.daily = newRollups(db.engine)
	return db, nil
}

// Close ends all connections.
func (db *DB) Close() error {
	var err error
	if db.readers != db.writer {
		err = db.readers.Close()
	}
	return errors.Join(err, db.writer.Close()) // the last to close empties SQLite's write-ahead log
}

const (
	claimWait = time.Second      // for another one to let go: Open takes SQLite's one lock for a moment when there is something to migrate
	claimTry  = 10 * time.Second // bounds one look: a database that is slow is not held by another process
)

// Claim makes this the one process that serves the database, until release is called or the process dies.
// It fails within a second or so when another process holds the claim.
func (db *DB) Claim(ctx context.Context) (release func(), err error) {
	for began := time.Now(); ; {
		release, ok, err := db.tryClaim(ctx)
		switch {
		case err != nil:
			return nil, fmt.Errorf("claim the database: %w", err)
		case ok:
			return release, nil
		case time.Since(began) > claimWait:
			return nil, errors.New("another candor serve uses this database; stop it or use another one")
		}
		if err := pause(ctx); err != nil {
			return nil, err
		}
	}
}

func (db *DB) tryClaim(ctx context.Context) (release func(), ok bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, claimTry)
	defer cancel()
	return db.engine.lock(ctx, serving)
}

// Ping says whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	_, err := db.Revision(ctx)
	return err
}

// Revision returns a number that grows with every change to incidents, maintenances, components and published postmortems.
func (db *DB) Revision(ctx context.Context) (int64, error) {
	var revision int64
	if err := db.readers.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'revision'`).Scan(&revision); err != nil {
		return 0, fmt.Errorf("load revision: %w", db.mapped(err))
	}
	return revision, nil
}

// revise counts the revision up. It comes last in its transaction: all writers of public data meet at this row.
func revise(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE meta SET value = value + 1 WHERE name = 'revision'`)
	return err
}

// write runs do in a transaction, commits unless it returns an error, and maps the driver's errors.
func (db *DB) write(ctx context.Context, do func(*sql.Tx) error) error {
	return db.transact(ctx, db.writer, nil, do)
}

// read runs do in a transaction whose reads all see the same moment, and maps the driver's errors.
func (db *DB) read(ctx context.Context, do func(*sql.Tx) error) error {
	return db.transact(ctx, db.readers, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, do)
}

func (db *DB) transact(ctx context.Context, pool *sql.DB, opts *sql.TxOptions, do func(*sql.Tx) error) error {
	tx, err := pool.BeginTx(ctx, opts)
	if err != nil {
		return db.mapped(err)
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // the first error says more
		return db.mapped(err)
	}
	return db.mapped(tx.Commit())
}

// each calls scan for every row of a query.
func each(ctx context.Context, tx *sql.Tx, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	return scanAll(rows, err, scan)
}

// begun returns how many updates of a timeline are stored, whose ids a query finds. It is an error if the timeline does
// not begin with them.
func begun(ctx context.Context, tx *sql.Tx, timeline []string, query string, args ...any) (int, error) {
	n := 0
	err := each(ctx, tx, func(rows *sql.Rows) error {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if n >= len(timeline) || timeline[n] != id {
			return errors.New("the timeline does not begin with the stored updates")
		}
		n++
		return nil
	}, query, args...)
	return n, err
}

// only returns what was loaded by its id, or ErrNotFound.
func only[T any](list []*T, err error, name string) (*T, error) {
	if err == nil && len(list) == 0 {
		err = incidents.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", name, err)
	}
	return list[0], nil
}

// scanAll calls scan for every row, and closes them.
func scanAll(rows *sql.Rows, err error, scan func(*sql.Rows) error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// changed runs a statement and says how many rows it touched.
func changed(ctx context.Context, tx *sql.Tx, query string, args ...any) (int64, error) {
	done, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}
