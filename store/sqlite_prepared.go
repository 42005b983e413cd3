package store

import (
	"container/list"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
)

// mostPrepared is how many statements a connection keeps prepared.
const mostPrepared = 64

// preparing opens connections to SQLite that keep their statements prepared, as pgx does for PostgreSQL: to parse a
// statement takes longer than to run most of ours.
type preparing struct{ driver.Connector }

func openPreparing(dsn string) (*sql.DB, error) {
	c, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(preparing{c}), nil
}

// Connect returns a new connection.
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &prepared{sqliteConn: c.(sqliteConn), idle: map[string]*list.Element{}}, nil
}

// sqliteConn is what SQLite's connections can do, of what database/sql asks for.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// prepared is a connection with its statements that are not running. Like every connection of database/sql it is used by
// one goroutine at a time.
type prepared struct {
	sqliteConn
	idle   map[string]*list.Element // by the statement's text
	recent list.List                // of *statement, the one that ran last first
	spread []driver.NamedValue      // the arguments of the statement that runs, if they came together
}

// together are all arguments of a statement as a single one, each an int64 or a string: database/sql copies arguments
// one by one, which for all that is written all the time would be a third of its garbage.
type together []any

// CheckNamedValue takes arguments that come together, and leaves others to database/sql.
func (p *prepared) CheckNamedValue(v *driver.NamedValue) error {
	if _, ok := v.Value.(together); ok {
		return nil
	}
	return driver.ErrSkip
}

// statement is a prepared statement.
type statement struct {
	driver.Stmt
	text string
}

// take returns a statement that nobody else runs, until it is put back.
func (p *prepared) take(ctx context.Context, text string) (*statement, error) {
	if el, ok := p.idle[text]; ok {
		delete(p.idle, text)
		return p.recent.Remove(el).(*statement), nil
	}
	s, err := p.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	return &statement{s, text}, nil
}

// put keeps a statement that has run, and lets go the one that has not run for longest.
func (p *prepared) put(s *statement) error {
	if _, ok := p.idle[s.text]; ok { // it ran twice at once
		return s.Close()
	}
	p.idle[s.text] = p.recent.PushFront(s)
	if p.recent.Len() <= mostPrepared {
		return nil
	}
	oldest := p.recent.Remove(p.recent.Back()).(*statement)
	delete(p.idle, oldest.text)
	return oldest.Close()
}

// ExecContext runs a statement that returns no rows. One whose arguments come together is over before ctx could
// interrupt it: SQLite would start a goroutine to watch for that.
func (p *prepared) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 1 {
		if all, ok := args[0].Value.(together); ok {
			p.spread = p.spread[:0]
			for i, v := range all {
				p.spread = append(p.spread, driver.NamedValue{Ordinal: i + 1, Value: v})
			}
			ctx, args = context.WithoutCancel(ctx), p.spread
			defer clear(p.spread)
		}
	}
	s, err := p.take(ctx, text)
	if err != nil {
		return nil, err
	}
	result, err := s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
	return result, errors.Join(err, p.put(s))
}

// QueryContext runs a statement that returns rows. It can run again when they are closed.
func (p *prepared) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := p.take(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, errors.Join(err, p.put(s))
	}
	return &preparedRows{rows, p, s}, nil
}

// Close closes the statements, which would hold the file, and the connection.
func (p *prepared) Close() error {
	var errs []error
	for el := p.recent.Front(); el != nil; el = el.Next() {
		errs = append(errs, el.Value.(*statement).Close())
	}
	return errors.Join(append(errs, p.sqliteConn.Close())...)
}

// preparedRows are the rows of a statement that is put back with them.
type preparedRows struct {
	driver.Rows
	conn *prepared
	stmt *statement
}

// Close ends the statement's run. It is called once.
func (r *preparedRows) Close() error {
	return errors.Join(r.Rows.Close(), r.conn.put(r.stmt))
}
