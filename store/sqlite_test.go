package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"candor/store"
	"candor/store/storetest"
)

func TestOpenNamesAFile(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	tests := []struct{ name, dsn, file string }{
		{"a path", filepath.Join(folder, "plain.db"), "plain.db"},
		{"a path from here", "here.db", "here.db"},
		{"characters that mean something in a URI", filepath.Join(folder, "50% of #1?.db"), "50% of #1?.db"},
		{"a URI", "file:" + filepath.Join(folder, "uri%20name.db"), "uri name.db"},
		{"a URI with an empty host", "file://" + filepath.Join(folder, "host.db"), "host.db"},
		{"a URI with settings", "file:set.db?_pragma=cache_size(-4000)", "set.db"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			db := storetest.Reopen(t, tt.dsn)
			release, err := db.Claim(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer release()
			for _, file := range []string{tt.file, tt.file + ".lock"} {
				if _, err := os.Stat(filepath.Join(folder, file)); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // its files have no mode
	}
	path := filepath.Join(t.TempDir(), "candor.db")
	db := storetest.Reopen(t, path)
	release, err := db.Claim(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if err := db.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal", "-shm", ".lock"} {
		info, err := os.Stat(path + end)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o600 {
			t.Errorf("candor.db%s has mode %o, want 600", end, got)
		}
	}
}

func TestClaimSeesThroughLinks(t *testing.T) {
	folder := t.TempDir()
	path, link := filepath.Join(folder, "candor.db"), filepath.Join(folder, "link.db")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	release, err := storetest.Reopen(t, path).Claim(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	if _, err := storetest.Reopen(t, link).Claim(t.Context()); err == nil {
		t.Error("claimed the same file by another name")
	}
}

func TestSettingsHoldOnEveryConnection(t *testing.T) {
	db := storetest.Open(t, "sqlite")
	tests := []struct {
		pool         *sql.DB
		name, pragma string
		want         string
	}{
		{db.SQL(), "writer", "journal_mode", "wal"},
		{db.SQL(), "writer", "synchronous", "2"},
		{db.SQL(), "writer", "foreign_keys", "1"},
		{db.SQL(), "writer", "busy_timeout", "5000"},
		{db.SQL(), "writer", "wal_autocheckpoint", "4000"},
		{db.SQL(), "writer", "cache_size", "-32000"},
		{db.SQL(), "writer", "temp_store", "2"},
		{db.Readers(), "reader", "journal_mode", "wal"},
		{db.Readers(), "reader", "query_only", "1"},
		{db.Readers(), "reader", "busy_timeout", "5000"},
	}
	for _, tt := range tests {
		var got string
		if err := tt.pool.QueryRowContext(t.Context(), `PRAGMA `+tt.pragma).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != tt.want {
			t.Errorf("%s of a %s: got %s, want %s", tt.pragma, tt.name, got, tt.want)
		}
	}
}

func TestOpenRefusesFiles(t *testing.T) {
	const strange = "is not a Candor database or is damaged; restore it from a backup or name another file"
	tests := []struct {
		name, want string
		make       func(t *testing.T, path string)
	}{
		{"no database at all", strange, func(t *testing.T, path string) {
			write(t, path, bytes.Repeat([]byte("not a database\n"), 1000))
		}},
		{"a database whose pages were overwritten", strange, func(t *testing.T, path string) {
			content := closedDatabase(t, path)
			copy(content[100:], bytes.Repeat([]byte{0xA5}, len(content)-100))
			write(t, path, content)
		}},
		{"a database that was cut off", strange, func(t *testing.T, path string) {
			write(t, path, closedDatabase(t, path)[:5000])
		}},
		{"the database of another program", "holds the data of another program", func(t *testing.T, path string) {
			stranger(t, path, `CREATE TABLE moz_places (id INTEGER)`)
		}},
		{"a folder", "is a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}},
		{"a file in another's grip", "is locked by another program", func(t *testing.T, path string) {
			conn := stranger(t, path, `CREATE TABLE t (a INTEGER)`)
			if _, err := conn.ExecContext(t.Context(), `BEGIN EXCLUSIVE`); err != nil {
				t.Fatal(err)
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "candor.db")
			tt.make(t, path)
			refused(t, path, tt.want)
		})
	}
}

func TestOpenRefusesPlaces(t *testing.T) {
	forbidden := t.TempDir()
	if os.Geteuid() == 0 {
		forbidden = "/proc/self" // not even root may make a file here
	} else if err := os.Chmod(forbidden, 0o500); err != nil {
		t.Fatal(err)
	}
	refused(t, filepath.Join(forbidden, "candor.db"), "cannot be written")
	refused(t, filepath.Join(t.TempDir(), "missing", "candor.db"), "missing for the database does not exist; create it")
	refused(t, ":memory:", "names no file")
	refused(t, "file:x.db?mode=memory", "names no file")
	refused(t, "", "names no file")
}

// A file that goes bad while it is in use says so, and is not taken for "not found".
func TestDamageFoundLater(t *testing.T) {
	path := filepath.Join(t.TempDir(), "candor.db")
	content := closedDatabase(t, path)
	db := storetest.Reopen(t, path)
	var page int
	if err := db.SQL().QueryRowContext(t.Context(), `SELECT rootpage FROM sqlite_master WHERE name = 'people'`).Scan(&page); err != nil {
		t.Fatal(err)
	}
	const pageSize = 4096
	copy(content[(page-1)*pageSize:page*pageSize], bytes.Repeat([]byte{0xA5}, pageSize))
	write(t, path, content)
	if _, err := db.People(t.Context()); err == nil || !strings.Contains(err.Error(), "the database is damaged; restore it from a backup") {
		t.Errorf("got %v", err)
	}
}

func TestQueryPlans(t *testing.T) {
	db := storetest.Open(t, "sqlite")
	tests := []struct {
		name, query string
		args        []any
		want        []string
	}{
		{"recent results", store.RecentResultsQuery, []any{5, "a"}, []string{"SEARCH results USING INDEX sqlite_autoindex_results_1 (probe=?)"}},
		{"open incidents", `SELECT id FROM incidents WHERE resolved_at IS NULL`, nil, []string{"incidents_resolved (resolved_at=?)"}},
		{"updates of open incidents", `SELECT id FROM updates WHERE incident IN (SELECT id FROM incidents WHERE resolved_at IS NULL) ORDER BY incident, position`, nil,
			[]string{"updates USING INDEX sqlite_autoindex_updates_2 (incident=?)", "incidents_resolved (resolved_at=?)"}},
		{"incidents since", `SELECT id FROM incidents WHERE (resolved_at IS NULL OR resolved_at >= $1)`, []any{1}, []string{"MULTI-INDEX OR", "incidents_resolved (resolved_at=?)", "incidents_resolved (resolved_at>?)"}},
		{"a history page", `SELECT id FROM incidents WHERE started_at < $2 ORDER BY started_at DESC, id DESC LIMIT $1`, []any{10, 1}, []string{"incidents_started (started_at<?)"}},
		{"the latest result", `SELECT at FROM results WHERE outcome <> 'unknown' ORDER BY at DESC LIMIT 1`, nil, []string{"USING COVERING INDEX results_at"}},
		{"results to prune", `SELECT probe, at, place FROM results WHERE at < $1 ORDER BY at LIMIT 10`, []any{1}, []string{"results_at (at<?)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			plan := explain(t, db.Readers(), tt.query, tt.args...)
			for _, want := range tt.want {
				if !strings.Contains(plan, want) {
					t.Errorf("no %q in\n%s", want, plan)
				}
			}
			for _, line := range strings.Split(plan, "\n") {
				if strings.HasPrefix(line, "SCAN ") && !strings.Contains(line, "INDEX") && !strings.HasPrefix(line, "SCAN r") {
					t.Errorf("reads a whole table: %s\n%s", line, plan)
				}
			}
		})
	}
}

func explain(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	list, err := db.QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	var lines []string
	for list.Next() {
		var id, parent, unused int
		var detail string
		if err := list.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, detail)
	}
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// closedDatabase makes a database and returns what its file holds.
func closedDatabase(t *testing.T, path string) []byte {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// stranger runs a statement as another program would, on a connection that stays.
func stranger(t *testing.T, path, statement string) *sql.Conn {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := conn.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	return conn
}
