package store

import (
	"context"

	"github.com/pressly/goose/v3"
)

// engine is all that differs between SQLite and PostgreSQL once the database is open.
type engine interface {
	dialect() goose.Dialect

	// hasTable says whether a table exists.
	hasTable(ctx context.Context, name string) (bool, error)

	// lock takes a lock that other processes see, without waiting for it: ok is false when another holds it.
	// It ends with release, or with the process.
	lock(ctx context.Context, p purpose) (release func(), ok bool, err error)

	// bulk returns how many rows of many one statement writes best, the most first and 1 last.
	bulk() []int

	// tuples returns the placeholders of such a statement, for n rows with so many columns each.
	tuples(n, columns int) string

	// args returns the arguments of such a statement as the driver takes them best.
	args(list []any) []any

	// fault classifies a driver's error.
	fault(err error) fault

	// explain turns an error met while opening into one that says what to do. It passes on what it does not know.
	explain(err error) error
}

// purpose is what a lock is for.
type purpose int64

const (
	serving   purpose = 0x63616e646f7201 // also PostgreSQL's keys: "candor" and a number
	migrating purpose = 0x63616e646f7202
)

// fault is a class of driver errors that callers act on.
type fault int

const (
	other   fault = iota
	taken         // a unique constraint
	missing       // a foreign key to nothing
	damaged       // the file cannot be read as a database
	busy          // another program keeps the file locked
)
