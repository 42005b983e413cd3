package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

const (
	postgresConns   = 10
	postgresIdle    = 5 * time.Minute
	postgresConnect = 5 * time.Second
)

// PostgreSQL's error codes (its manual, appendix A).
const (
	uniqueViolation     = "23505"
	foreignKeyViolation = "23503"
	invalidAuth         = "28000"
	invalidPassword     = "28P01"
	unknownDatabase     = "3D000"
	noPrivilege         = "42501"
	dataCorrupted       = "XX001"
	indexCorrupted      = "XX002"
)

// postgresEngine is one PostgreSQL database.
type postgresEngine struct {
	config *pgx.ConnConfig
	db     *sql.DB
}

// openPostgreSQL makes a first connection, so that what is wrong with the address shows at once.
func openPostgreSQL(ctx context.Context, dsn string) (*DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil { // it holds the password
		return nil, errors.New("the PostgreSQL address cannot be read; write it as postgres://user:password@host:5432/database")
	}
	if config.ConnectTimeout <= 0 || config.ConnectTimeout > postgresConnect {
		config.ConnectTimeout = postgresConnect
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "candor"
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(postgresConns)
	db.SetMaxIdleConns(postgresConns)
	db.SetConnMaxIdleTime(postgresIdle)
	e := &postgresEngine{config: config, db: db}
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(e.explain(err), db.Close())
	}
	return &DB{writer: db, readers: db, engine: e}, nil
}

func (e *postgresEngine) dialect() goose.Dialect { return goose.DialectPostgres }

// bulk: each statement is a way to the server and back.
func (e *postgresEngine) bulk() []int { return []int{100, 10, 1} }

func (e *postgresEngine) tuples(n, columns int) string { return tuples(n, columns) }

func (e *postgresEngine) args(list []any) []any { return list }

func (e *postgresEngine) hasTable(ctx context.Context, name string) (bool, error) {
	var ok bool
	err := e.db.QueryRowContext(ctx, `SELECT to_regclass($1) IS NOT NULL`, name).Scan(&ok)
	return ok, err
}

// lock takes an advisory lock on a connection of its own. The server frees it when the connection ends.
func (e *postgresEngine) lock(ctx context.Context, p purpose) (release func(), ok bool, err error) {
	conn, err := e.db.Conn(ctx)
	if err != nil {
		return nil, false, err
	}
	err = conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock($1)`, int64(p)).Scan(&ok)
	if err != nil || !ok {
		return nil, false, errors.Join(err, conn.Close())
	}
	return func() {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // ends the connection, and the lock with it
	}, true, nil
}

func (e *postgresEngine) fault(err error) fault {
	switch postgresCode(err) {
	case uniqueViolation:
		return taken
	case foreignKeyViolation:
		return missing
	case dataCorrupted, indexCorrupted:
		return damaged
	}
	return other
}

func (e *postgresEngine) explain(err error) error {
	server := fmt.Sprintf("PostgreSQL at %s:%d", e.config.Host, e.config.Port)
	switch postgresCode(err) {
	case invalidAuth, invalidPassword:
		return fmt.Errorf("%s refuses user %q or the password; correct the address", server, e.config.User)
	case unknownDatabase:
		return fmt.Errorf("%s has no database %q; create it or name another one", server, e.config.Database)
	case noPrivilege:
		return fmt.Errorf("user %q may not create tables in database %q; grant it (%v)", e.config.User, e.config.Database, err)
	}
	var unreachable *pgconn.ConnectError // not passed on: it carries the configuration with the password
	if errors.As(err, &unreachable) {
		reason, _, _ := strings.Cut(unreachable.Unwrap().Error(), "\n") // one line for each address tried
		return fmt.Errorf("%s does not answer; start it or correct the address (%s)", server, reason)
	}
	return err
}

// postgresCode returns the SQLSTATE of an error, empty when it is not the server's.
func postgresCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
