package kinds

import (
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"

	"candor/probes"
	"candor/store/storetest"
)

// refusesSignIn answers a client's beginning with a question for the password, and then with an error.
func refusesSignIn(conn net.Conn) {
	defer conn.Close()
	server := pgproto3.NewBackend(conn, conn)
	if _, err := server.ReceiveStartupMessage(); err != nil {
		return
	}
	server.Send(&pgproto3.AuthenticationCleartextPassword{})
	if server.Flush() != nil {
		return
	}
	if _, err := server.Receive(); err != nil {
		return
	}
	server.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: "28P01", Message: `password authentication failed for user "candor" with hunter22`})
	server.Flush()
}

func number64(v float64) *float64 { return &v }

func TestSQL(t *testing.T) {
	dsn := storetest.PostgreSQL(t)
	at, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	setUp, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer setUp.Close(t.Context())
	if _, err := setUp.Exec(t.Context(), "CREATE TABLE campaigns (state TEXT)"); err != nil {
		t.Fatal(err)
	}
	elsewhere := func(address string) string {
		return "postgres://candor:hunter22@" + address + "/studio?sslmode=disable"
	}
	const count = "SELECT count(*) FROM generate_series(1, 7)"
	for _, c := range []struct {
		name     string
		settings SQL
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"a database that answers", SQL{URL: dsn}, probes.OK, "", ""},
		{"a value within its limits", SQL{URL: dsn, Query: count, Limits: Limits{Min: number64(7), Max: number64(7)}}, probes.OK, "", ""},
		{"a value over its limit", SQL{URL: dsn, Query: count, Limits: Limits{Max: number64(6.5)}}, probes.Failed, probes.Unexpected,
			"expected the first value to be at most 6.5, got 7"},
		{"a value under its limit", SQL{URL: dsn, Query: count, Limits: Limits{Min: number64(8)}}, probes.Failed, probes.Unexpected, "at least 8, got 7"},
		{"a value over its first limit", SQL{URL: dsn, Query: count, Limits: Limits{WarnAbove: number64(6)}}, probes.Degraded, probes.Unexpected, "at most 6, got 7"},
		{"a value under its first limit", SQL{URL: dsn, Query: count, Limits: Limits{WarnBelow: number64(8)}}, probes.Degraded, probes.Unexpected, "at least 8, got 7"},
		{"yes", SQL{URL: dsn, Query: "SELECT true", Limits: Limits{Min: number64(1)}}, probes.OK, "", ""},
		{"a text", SQL{URL: dsn, Query: "SELECT 'sent'"}, probes.OK, "", ""},
		{"a text with limits", SQL{URL: dsn, Query: "SELECT 'sent'", Limits: Limits{Min: number64(1)}}, probes.Failed, probes.Unexpected,
			`expected the first value to be a number, got "sent"`},
		{"not a number", SQL{URL: dsn, Query: "SELECT 'NaN'::float"}, probes.Failed, probes.Unexpected, "got NaN"},
		{"no row", SQL{URL: dsn, Query: "SELECT * FROM campaigns"}, probes.Failed, probes.Unexpected, "expected a row, got none"},
		{"no such table", SQL{URL: dsn, Query: "SELECT * FROM mails"}, probes.Failed, probes.Unexpected,
			`query: PostgreSQL answered relation "mails" does not exist (42P01)`},
		{"a change", SQL{URL: dsn, Query: "INSERT INTO campaigns VALUES ('x') RETURNING 1"}, probes.Failed, probes.Unexpected, "read-only transaction (25006)"},
		{"two statements", SQL{URL: dsn, Query: "COMMIT; DROP TABLE campaigns"}, probes.Failed, probes.Unexpected, "(42601)"},
		{"a query without end", SQL{URL: dsn, Query: "SELECT pg_sleep(60)"}, probes.Failed, probes.TimedOut, "statement timeout (57014)"},
		{"rows without end", SQL{URL: dsn, Query: "SELECT generate_series(1, 1000000)"}, probes.Failed, probes.TooLarge, "at most 10000 rows"},
		{"a huge value", SQL{URL: dsn, Query: "SELECT repeat('x', 6000000)"}, probes.Failed, probes.TooLarge, "announced a message of more than 4194304 bytes"},
		{"no such user", SQL{URL: strings.Replace(dsn, "postgres@", "nobody@", 1)}, probes.Failed, probes.AuthFailed, "(28000)"},
		{"no such database", SQL{URL: strings.Replace(dsn, at.Path, "/none", 1)}, probes.Failed, probes.Unexpected, "(3D000)"},
		{"a wrong password", SQL{URL: elsewhere(listen(t, refusesSignIn))}, probes.Failed, probes.AuthFailed,
			`sign in: PostgreSQL answered password authentication failed for user "candor" with *** (28P01)`},
		{"no TLS", SQL{URL: "postgres://postgres@" + at.Host + "/postgres?sslmode=require"}, probes.Failed, probes.Unexpected, "refused TLS"},
		{"silent at the beginning", SQL{URL: elsewhere(mute(t))}, probes.Failed, probes.TimedOut, "no complete answer at sign in within"},
		{"another protocol", SQL{URL: elsewhere(says(t, "SSH-2.0-OpenSSH_9.2\r\n", 1))}, probes.Failed, probes.TooLarge, "sign in: "},
		{"nobody", SQL{URL: elsewhere(nobody(t))}, probes.Failed, probes.Refused, "refused"},
		{"no such name", SQL{URL: elsewhere("db.invalid")}, probes.Failed, probes.Unreachable, "the name db.invalid"},
	} {
		t.Run(c.name, func(t *testing.T) {
			noLeak(t)
			r := check(t, checker(t, &c.settings), unanswered)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if m, ok := figureOf(r, "rows"); c.outcome == probes.OK && (!ok || m.Value != 1) {
				t.Errorf("got %+v rows", m)
			}
		})
	}
	until(t, "an end of all queries", func() bool {
		var running int
		err := setUp.QueryRow(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'candor' AND state = 'active'").Scan(&running)
		return err == nil && running == 0
	})
}

func TestSQLHalfOpen(t *testing.T) {
	dsn := storetest.PostgreSQL(t)
	at, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	for word, stage := range map[string]string{"user\x00": "sign in", "BEGIN": "query", "SELECT 1": "query"} {
		t.Run("silent at "+stage, func(t *testing.T) {
			noLeak(t)
			silent := trap(t, at.Host, word, func(_, _ net.Conn) {})
			r := check(t, checker(t, &SQL{URL: strings.Replace(dsn, at.Host, silent, 1)}), unanswered)
			expectVerdict(t, r, probes.Failed, probes.TimedOut, "no complete answer at "+stage+" within the time limit")
		})
		t.Run("cut at "+stage, func(t *testing.T) {
			noLeak(t)
			cut := trap(t, at.Host, word, func(client, server net.Conn) {
				client.Close()
				server.Close()
			})
			r := check(t, checker(t, &SQL{URL: strings.Replace(dsn, at.Host, cut, 1)}), 20*time.Second)
			expectVerdict(t, r, probes.Failed, probes.Unexpected, stage+": the connection was ")
		})
	}
}

func TestSQLSettings(t *testing.T) {
	const dsn = "postgres://u:hunter2@db:5432/studio"
	wrongField(t, &SQL{URL: dsn, Limits: Limits{Min: number64(0), WarnBelow: number64(1), WarnAbove: number64(2), Max: number64(3)}}, "")
	for _, wrong := range []string{"", "db", "mysql://u:hunter2@db/", "postgres://u:hunter2@:5432/", "postgres://u:hunter2@db/?sslmode=maybe",
		"postgres://u:hunter2@db/?sslmode=verify-full&sslrootcert=/nowhere.pem", "postgres://u:hun ter2@db:x/"} {
		wrongField(t, &SQL{URL: wrong}, "url")
	}
	wrongField(t, &SQL{URL: dsn, Limits: Limits{Min: number64(2), Max: number64(1)}}, "max")
	wrongField(t, &SQL{URL: dsn, Limits: Limits{WarnAbove: number64(2), Max: number64(1)}}, "max")
	wrongField(t, &SQL{URL: dsn, Limits: Limits{Min: number64(2), WarnBelow: number64(1)}}, "warn_below")
	wrongField(t, &SQL{URL: dsn, Latency: -time.Second}, "latency")
}

func TestLimits(t *testing.T) {
	for i, want := range []float64{4, 3, 2, 1} {
		all := []*float64{number64(1), number64(2), number64(4), number64(3)}
		for _, gone := range [][]int{{}, {2}, {2, 3}, {1, 2, 3}}[i] {
			all[gone] = nil
		}
		if got, floor := (Limits{all[0], all[1], all[2], all[3]}).first(); got != want || floor != (i > 1) {
			t.Errorf("got first limit %g, a floor: %t; want %g", got, floor, want)
		}
	}
}
