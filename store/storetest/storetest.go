// Package storetest gives tests real databases, SQLite and PostgreSQL, fresh for each.
package storetest

import (
	"path/filepath"
	"sync"
	"testing"

	"candor/store"
)

// Engines names the engines that Each runs on.
var Engines = []string{"sqlite", "postgresql"}

// Each runs a test on every engine, each time with a fresh database.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	for _, engine := range Engines {
		t.Run(engine, func(t *testing.T) { test(t, Open(t, engine)) })
	}
}

// Open opens a fresh database, which ends with the test.
func Open(t testing.TB, engine string) *store.DB {
	t.Helper()
	return Reopen(t, DSN(t, engine))
}

// Reopen opens a database until the end of the test.
func Reopen(t testing.TB, dsn string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatalf("open the database: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	return db
}

// DSN names a fresh, empty database of an engine, which ends with the test.
func DSN(t testing.TB, engine string) string {
	t.Helper()
	if engine == "postgresql" {
		return PostgreSQL(t)
	}
	return filepath.Join(t.TempDir(), "candor.db")
}

// PostgreSQL names a fresh, empty database in a server that the first call starts: an own one, in a temporary
// folder, on a port of the loopback that is free. The test fails, saying what to install, where its programs
// are missing.
func PostgreSQL(t testing.TB) string {
	t.Helper()
	s, err := running()
	if err != nil {
		t.Fatal(err)
	}
	name, err := s.create(t.Context())
	if err != nil {
		t.Fatalf("create a PostgreSQL database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.drop(name); err != nil {
			t.Errorf("drop PostgreSQL database %s: %v", name, err)
		}
	})
	return s.dsn(name)
}

// Main runs the tests of a package, and then stops the server if there is one; TestMain calls it.
// Without it, and after a crash, the server ends by itself as soon as the test process is gone.
func Main(m *testing.M) {
	m.Run() // the testing package exits with its code
	mu.Lock()
	defer mu.Unlock()
	if started != nil {
		started.stop()
	}
}

var (
	mu       sync.Mutex
	started  *server
	startErr error
)

// running returns this process's server, started by the first call.
func running() (*server, error) {
	mu.Lock()
	defer mu.Unlock()
	if started == nil && startErr == nil {
		started, startErr = start()
	}
	return started, startErr
}
