package kinds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"candor/probes"
)

// SQL signs in to a PostgreSQL database, and asks a question that changes nothing.
type SQL struct {
	URL     string           `yaml:"url"`   // postgres://user:password@host:5432/database?sslmode=verify-full
	Query   string           `yaml:"query"` // one statement that returns at least a row; SELECT 1 by default
	Limits  `yaml:",inline"` // of the first row's first value
	Latency time.Duration    `yaml:"latency"` // of the whole run; degraded above
}

const (
	maxRows       = 10_000
	serverMargin  = 0.9 // share of the time left after which the server itself ends the query
	defaultSQLRun = time.Minute
)

// ours marks the context of our own connecting: the client also connects in the background, with a context of its own.
type ours struct{}

type sqlCheck struct {
	SQL
	config *pgconn.Config
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *SQL) Checker() (probes.Checker, error) {
	if _, err := serverURL(s.URL, "postgres://user:password@db.example.com:5432/studio", "postgres", "postgresql"); err != nil {
		return nil, err
	}
	config, err := pgconn.ParseConfig(s.URL)
	if err != nil {
		return nil, &FieldError{"url", "this cannot be used as an address of PostgreSQL; look at its parameters and the files they name, " +
			"and write special characters of the password as %XX"}
	}
	config.RuntimeParams["application_name"] = "candor"
	c := &sqlCheck{*s, config}
	if strings.TrimSpace(c.Query) == "" {
		c.Query = "SELECT 1"
	}
	if err := s.Limits.problem(); err != nil {
		return nil, err
	}
	return c, latencyProblem(s.Latency)
}

// Check connects anew, and asks within a transaction that may only read.
func (c *sqlCheck) Check(ctx context.Context) probes.Result {
	t := newTalk(c.config.Password)
	defer t.close()
	if err := c.run(ctx, t); err != nil {
		c.explain(ctx, t, err)
	}
	return t.result(c.Latency, 0)
}

func (c *sqlCheck) run(ctx context.Context, t *talk) error {
	config := c.config.Copy()
	config.BuildFrontend = func(r io.Reader, w io.Writer) *pgproto3.Frontend {
		frontend := pgproto3.NewFrontend(r, w)
		frontend.SetMaxBodyLen(maxRead)
		return frontend
	}
	if config.TLSConfig != nil {
		config.TLSConfig = t.cert.watch(config.TLSConfig)
	}
	for _, other := range config.Fallbacks {
		if other.TLSConfig != nil {
			other.TLSConfig = t.cert.watch(other.TLSConfig)
		}
	}
	var dialErr error
	config.DialFunc = func(ctx context.Context, _, address string) (conn net.Conn, err error) {
		if ctx.Value(ours{}) == nil {
			return nil, net.ErrClosed // the client wants to cancel behind our back; the server ends a query by itself
		}
		conn, dialErr = t.dial(ctx, address)
		return conn, dialErr
	}
	config.AfterNetConnect = func(_ context.Context, _ *pgconn.Config, conn net.Conn) (net.Conn, error) {
		t.begin("sign in")
		return conn, nil
	}
	t.begin("connect")
	conn, err := pgconn.ConnectConfig(context.WithValue(ctx, ours{}, true), config)
	if err != nil {
		if t.raw == nil && dialErr != nil {
			return dialErr // the client's own error speaks of something else when the time is over
		}
		return err
	}
	defer conn.Close(ctx)
	t.begin("query")
	if err := conn.Exec(ctx, begin(ctx)).Close(); err != nil {
		return err
	}
	return c.rows(t, conn.ExecParams(ctx, c.Query, nil, nil, nil, nil))
}

// begin makes the server end the query by itself, and soon, so that a slow one does not go on without us.
func begin(ctx context.Context) string {
	left := defaultSQLRun // for a caller without a deadline
	if deadline, ok := ctx.Deadline(); ok {
		left = time.Until(deadline)
	}
	limit := max(1, int64(float64(left.Milliseconds())*serverMargin))
	return fmt.Sprintf("BEGIN READ ONLY; SET LOCAL statement_timeout = %d", limit)
}

func (c *sqlCheck) rows(t *talk, rows *pgconn.ResultReader) error {
	count, first := 0, ""
	for rows.NextRow() {
		if count++; count == 1 && len(rows.Values()) > 0 {
			first = string(rows.Values()[0])
		}
		if count > maxRows {
			t.found.add(probes.Failed, probes.TooLarge, fmt.Sprintf("expected at most %d rows, got more", maxRows))
			return nil
		}
	}
	if _, err := rows.Close(); err != nil {
		return err
	}
	t.measure("rows", float64(count), "rows", 0)
	if count == 0 {
		t.found.add(probes.Failed, probes.Unexpected, "expected a row, got none")
		return nil
	}
	value, ok := number(first)
	switch {
	case ok:
		c.Limits.judge(t, "value", "the first value", value, "")
	case c.Limits.any():
		t.found.add(probes.Failed, probes.Unexpected, "expected the first value to be a number, got "+t.tell.quote(first))
	}
	return nil
}

// number reads a value as the server writes it.
func number(text string) (float64, bool) {
	switch text {
	case "t":
		return 1, true
	case "f":
		return 0, true
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

// explain adds what ended the run; the server's own refusal tells most. See PostgreSQL's appendix A for the codes.
func (c *sqlCheck) explain(ctx context.Context, t *talk, err error) {
	var refusal *pgconn.PgError
	var large *pgproto3.ExceededMaxBodyLenErr
	if errors.As(err, &large) {
		t.found.add(probes.Failed, probes.TooLarge, fmt.Sprintf("%s: the server announced a message of more than %d bytes", t.stage, maxRead))
		return
	}
	if !errors.As(err, &refusal) || errors.Is(ctx.Err(), context.Canceled) {
		t.fail(ctx, err)
		return
	}
	reason := probes.Unexpected
	switch {
	case strings.HasPrefix(refusal.Code, "28"), refusal.Code == "42501":
		reason = probes.AuthFailed
	case refusal.Code == "57014":
		reason = probes.TimedOut
	}
	t.found.add(probes.Failed, reason, fmt.Sprintf("%s: PostgreSQL answered %s (%s)", t.stage, short(t.tell.clean(refusal.Message)), refusal.Code))
}
