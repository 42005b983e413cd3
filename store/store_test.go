package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"candor/store"
	"candor/store/storetest"

	"github.com/gofrs/flock"
	"github.com/jackc/pgx/v5"
)

// asProcess names what a test binary does that a test started as another process.
const asProcess = "CANDOR_STORE_TEST_PROCESS"

func TestMain(m *testing.M) {
	if what, dsn, ok := strings.Cut(os.Getenv(asProcess), " "); ok {
		if err := otherProcess(what, dsn); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	storetest.Main(m)
}

// otherProcess opens a database, tells of it, and stays until its input ends.
func otherProcess(what, dsn string) error {
	db, err := store.Open(context.Background(), dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	if what == "claim" {
		if _, err := db.Claim(context.Background()); err != nil {
			return err
		}
	}
	fmt.Println("done")
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// process is a test binary that runs otherProcess.
type process struct {
	*exec.Cmd
	input io.Closer
	lines *bufio.Reader
}

func startProcess(t *testing.T, what, dsn string) process {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asProcess+"="+what+" "+dsn)
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return process{cmd, input, bufio.NewReader(output)}
}

// done waits for what the process tells.
func (p process) done(t *testing.T) {
	t.Helper()
	if line, err := p.lines.ReadString('\n'); line != "done\n" {
		t.Fatalf("the other process said %q (%v)", line, err)
	}
}

// eachDSN is storetest.Each for tests that open the database themselves.
func eachDSN(t *testing.T, test func(t *testing.T, dsn string)) {
	for _, engine := range storetest.Engines {
		t.Run(engine, func(t *testing.T) { test(t, storetest.DSN(t, engine)) })
	}
}

// begin is a time that a test may start from; it has no fraction that a millisecond would lose.
var begin = time.Date(2026, 5, 2, 9, 14, 0, 0, time.UTC)

// rows counts what a query selects.
func rows(t *testing.T, db *store.DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.SQL().QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func revision(t *testing.T, db *store.DB) int64 {
	t.Helper()
	n, err := db.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestPing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := db.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestOpenByTwoProcessesAtOnce(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		var all []process
		for range 4 {
			all = append(all, startProcess(t, "open", dsn))
		}
		for _, p := range all {
			p.done(t)
		}
	})
}

func TestOpenByManyHandlesAtOnce(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		errs := make(chan error)
		const n = 6
		for range n {
			go func() {
				db, err := store.Open(t.Context(), dsn)
				if err == nil {
					err = db.Close()
				}
				errs <- err
			}()
		}
		for range n {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		db := storetest.Reopen(t, dsn)
		files, err := store.MigrationFiles.ReadDir("migrations")
		if err != nil {
			t.Fatal(err)
		}
		if got := rows(t, db, `SELECT COUNT(*) FROM `+store.VersionTable+` WHERE version_id > 0`); got != len(files) {
			t.Errorf("%d migrations applied, want each of %d once", got, len(files))
		}
	})
}

// Whoever migrates keeps the others waiting, and they do not do it again.
func TestOpenWaitsForWhoMigrates(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		release := holdMigration(t, dsn)
		soon, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		if db, err := store.Open(soon, dsn); !errors.Is(err, context.DeadlineExceeded) {
			if err == nil {
				err = db.Close()
			}
			t.Errorf("opened a database that another process migrates (%v)", err)
		}
		release()
		storetest.Reopen(t, dsn)
	})
}

// holdMigration takes the lock for migrating an empty database as another process would.
func holdMigration(t *testing.T, dsn string) (release func()) {
	t.Helper()
	if !strings.HasPrefix(dsn, "postgres://") {
		l := flock.New(dsn + ".lock")
		if ok, err := l.TryLock(); !ok || err != nil {
			t.Fatal(ok, err)
		}
		return func() { _ = l.Close() }
	}
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `SELECT pg_advisory_lock($1)`, store.Migrating); err != nil {
		t.Fatal(err)
	}
	return func() { _ = conn.Close(context.Background()) }
}

func TestOpenOfOneInUse(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		release, err := storetest.Reopen(t, dsn).Claim(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer release()
		if err := storetest.Reopen(t, dsn).Ping(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestClaimIsForOne(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		one, two := storetest.Reopen(t, dsn), storetest.Reopen(t, dsn)
		release, err := one.Claim(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := two.Claim(t.Context()); err == nil || !strings.Contains(err.Error(), "another candor serve uses this database") {
			t.Errorf("second claim: got %v", err)
		}
		release()
		release, err = two.Claim(t.Context())
		if err != nil {
			t.Fatalf("claim after release: %v", err)
		}
		release()
	})
}

func TestClaimDiesWithItsProcess(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		holder := startProcess(t, "claim", dsn)
		holder.done(t)
		db := storetest.Reopen(t, dsn)
		if _, err := db.Claim(t.Context()); err == nil {
			t.Fatal("claimed what another process holds")
		}
		if err := holder.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = holder.Wait() // killed
		for start := time.Now(); ; {
			release, err := db.Claim(t.Context())
			if err == nil {
				release()
				return
			}
			if time.Since(start) > 20*time.Second { // the server notices by itself
				t.Fatal(err)
			}
		}
	})
}

func TestOpenOfANewerVersion(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		if _, err := db.SQL().ExecContext(t.Context(), `INSERT INTO `+store.VersionTable+` (version_id, is_applied) VALUES (99999, true)`); err != nil {
			t.Fatal(err)
		}
		refused(t, dsn, "made by a newer version of Candor")
	})
}

// refused checks that a database cannot be opened, and the words that say why.
func refused(t *testing.T, dsn, want string) {
	t.Helper()
	db, err := store.Open(t.Context(), dsn)
	if err == nil {
		t.Fatal("opened", db.Close())
	}
	if !strings.Contains(err.Error(), want) {
		t.Errorf("got %q, want it to say %q", err, want)
	}
	t.Log(err)
}
