package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"candor/store"
)

// onOne runs do on a database, and returns how many statements the connection that writes has kept prepared.
func onOne(t *testing.T, do func(db *store.DB)) int {
	t.Helper()
	path := filepath.Join(t.TempDir(), "candor.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a statement keeps the file open: %v", err)
		}
	}()
	do(db)
	conn, err := db.SQL().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	n := 0
	if err := conn.Raw(func(c any) error { n = store.Prepared(c); return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestStatementsStayPrepared(t *testing.T) {
	few := onOne(t, func(*store.DB) {})
	kept := onOne(t, func(db *store.DB) {
		for n := range 10 {
			var got int
			if err := db.SQL().QueryRowContext(t.Context(), `SELECT $1 + 1`, n).Scan(&got); err != nil || got != n+1 {
				t.Fatalf("got %d, %v", got, err)
			}
		}
	})
	if kept != few+1 {
		t.Errorf("%d statements are kept, %d before", kept, few)
	}
	kept = onOne(t, func(db *store.DB) {
		for range 2 {
			for n := range 2 * store.MostPrepared {
				var got int
				if err := db.SQL().QueryRowContext(t.Context(), fmt.Sprintf(`SELECT %d`, n)).Scan(&got); err != nil || got != n {
					t.Fatalf("got %d, %v", got, err)
				}
			}
		}
	})
	if kept != store.MostPrepared {
		t.Errorf("%d statements are kept, want %d", kept, store.MostPrepared)
	}
}

// A statement whose rows are being read runs once more beside itself, and both see their own rows.
func TestAStatementRunsWithinItself(t *testing.T) {
	onOne(t, func(db *store.DB) {
		tx, err := db.SQL().BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		for range 2 {
			var all []int
			eachOf(t, tx, `[1, 2, 3]`, func(n int) {
				all = append(all, n)
				eachOf(t, tx, fmt.Sprintf(`[%d]`, 10*n), func(n int) { all = append(all, n) })
			})
			if fmt.Sprint(all) != "[1 10 2 20 3 30]" {
				t.Errorf("read %v", all)
			}
		}
	})
}

// eachOf calls see for each number of a list, with a statement that is always the same.
func eachOf(t *testing.T, tx *sql.Tx, list string, see func(int)) {
	t.Helper()
	rows, err := tx.QueryContext(t.Context(), `SELECT value FROM json_each($1)`, list)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		see(n)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestAStatementThatFailedRunsAgain(t *testing.T) {
	const query = `INSERT INTO meta (name, value) VALUES ($1, 1)`
	few := onOne(t, func(*store.DB) {})
	kept := onOne(t, func(db *store.DB) {
		for n := range 3 {
			for _, again := range []bool{false, true} {
				if _, err := db.SQL().ExecContext(t.Context(), query, fmt.Sprint("name", n)); (err != nil) != again {
					t.Errorf("%d: again %t, but %v", n, again, err)
				}
			}
		}
		if _, err := db.SQL().ExecContext(t.Context(), `NO STATEMENT`); err == nil {
			t.Error("what is no statement ran")
		}
	})
	if kept != few+1 {
		t.Errorf("%d statements are kept, %d before", kept, few)
	}
}

func TestArgumentsThatComeTogether(t *testing.T) {
	onOne(t, func(db *store.DB) {
		const query = `INSERT INTO meta (name, value) VALUES (?, ?), (?, ?)`
		exec := func(ctx context.Context, list ...any) error {
			_, err := db.SQL().ExecContext(ctx, query, store.Together(list...))
			return err
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if err := exec(ended, "late", int64(1), "later", int64(2)); !errors.Is(err, context.Canceled) {
			t.Errorf("after the context's end: %v", err)
		}
		if exec(t.Context(), "one", int64(1), "two") == nil {
			t.Error("a statement ran with too few arguments")
		}
		if err := exec(t.Context(), "one", int64(1), "two", int64(2)); err != nil {
			t.Fatal(err)
		}
		if err := exec(t.Context(), "three", int64(3), "four", int64(4)); err != nil {
			t.Fatal(err)
		}
		if _, err := db.SQL().ExecContext(t.Context(), query, "five", 5, "six", 6); err != nil {
			t.Fatal(err)
		}
		var got string
		if err := db.SQL().QueryRowContext(t.Context(), `SELECT group_concat(name || value, ' ' ORDER BY value) FROM meta WHERE value > 0`).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if want := "one1 two2 three3 four4 five5 six6"; got != want {
			t.Errorf("stored %q, want %q", got, want)
		}
	})
}
