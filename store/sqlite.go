package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

const (
	sqliteReaders = 4
	sqliteWait    = 5 * time.Second // for another process's lock; busy_timeout below says the same

	// The settings stand in the DSN because they belong to each connection. FULL: what was committed is on the disk. The
	// write-ahead log grows to 4,000 pages, 16 MB: pages that change again and again are copied from it less often. Each
	// probe's results end on another page of their index: 32 MB hold those of thousands, where 2 MB are read anew for each
	// batch. What a statement of several rows needs to undo itself stays in memory, and not in a temporary file.
	sqliteWriter = "_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=wal_autocheckpoint(4000)&_pragma=cache_size(-32000)&_pragma=temp_store(MEMORY)&_txlock=immediate"
	sqliteReader = "_pragma=busy_timeout(5000)&_pragma=query_only(1)"
)

const unwritable = "%s cannot be written; let this user write the file and its folder, or name another file (%w)"

// sqliteEngine is one SQLite file.
type sqliteEngine struct {
	path string
	db   *sql.DB
}

// openSQLite connects one writer, because SQLite has no more, and some readers, which never wait for it.
func openSQLite(ctx context.Context, dsn string) (*DB, error) {
	path, uri, err := sqliteFile(dsn)
	if err != nil {
		return nil, err
	}
	if err := checkFolder(path); err != nil {
		return nil, err
	}
	if err := createFile(path); err != nil {
		return nil, fmt.Errorf(unwritable, path, err)
	}
	e := &sqliteEngine{path: path}
	if err := e.refuseStranger(ctx, uri); err != nil {
		return nil, e.explain(err)
	}
	writer, err := openPreparing(uri + sqliteWriter)
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	e.db = writer
	if err := e.connect(ctx); err != nil {
		return nil, errors.Join(e.explain(err), writer.Close())
	}
	readers, err := openPreparing(uri + sqliteReader)
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	readers.SetMaxOpenConns(sqliteReaders)
	readers.SetMaxIdleConns(sqliteReaders)
	return &DB{writer: writer, readers: readers, engine: e}, nil
}

// sqliteFile returns the path that a dsn names, and its URI up to where the settings follow.
func sqliteFile(dsn string) (path, uri string, err error) {
	if rest, ok := strings.CutPrefix(dsn, "file:"); ok {
		rest, query, _ := strings.Cut(rest, "?")
		if path, err = url.PathUnescape(rest); err != nil {
			return "", "", fmt.Errorf("the database address %q cannot be read: %w", dsn, err)
		}
		path = strings.TrimPrefix(path, "//") // file://host/path; the host may only be empty
		if uri = "file:" + rest + "?"; query != "" {
			uri += query + "&"
		}
	} else {
		path = dsn
		slashed := filepath.ToSlash(dsn)
		if filepath.VolumeName(dsn) != "" {
			slashed = "/" + slashed
		}
		uri = "file:" + (&url.URL{Path: slashed}).EscapedPath() + "?"
	}
	if path == "" || strings.Contains(path, ":memory:") || strings.Contains(uri, "mode=memory") {
		return "", "", fmt.Errorf("the database address %q names no file", dsn)
	}
	return path, uri, nil
}

// checkFolder finds the plain mistakes that SQLite reports as "unable to open the database file".
func checkFolder(path string) error {
	folder := filepath.Dir(path)
	switch info, err := os.Stat(folder); {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("the folder %s for the database does not exist; create it or name another file", folder)
	case err != nil:
		return fmt.Errorf("look at the database's folder: %w", err)
	case !info.IsDir():
		return fmt.Errorf("%s is no folder; name another file for the database", folder)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder; name a file in it for the database", path)
	}
	return nil
}

// creating keeps this process from using a new file before it is closed here: that would end the locks on it.
var creating sync.Mutex

// createFile makes a missing file, for this user only; SQLite gives the files that it puts beside it the same mode.
func createFile(path string) error {
	creating.Lock()
	defer creating.Unlock()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// connect makes the first connection. Two processes that turn one new file to
// write-ahead logging at once may be told that it is busy without waiting, hence the loop.
func (e *sqliteEngine) connect(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*sqliteWait)
	defer cancel()
	for start := time.Now(); ; {
		err := e.db.PingContext(ctx)
		if err == nil {
			break
		}
		if sqliteCode(err)&0xff != sqlite3.SQLITE_BUSY || time.Since(start) > sqliteWait {
			return err
		}
		if pause(ctx) != nil {
			return err
		}
	}
	if real, err := filepath.EvalSymlinks(e.path); err == nil {
		e.path = real // whatever name it goes by, its lock is one
	}
	return nil
}

// refuseStranger reads whose file it is, on a connection that writes nothing and is gone afterwards.
func (e *sqliteEngine) refuseStranger(ctx context.Context, uri string) error {
	db, err := sql.Open("sqlite", uri+sqliteReader)
	if err != nil {
		return err
	}
	defer db.Close()
	var strange bool
	err = db.QueryRowContext(ctx, `SELECT COUNT(*) > 0 AND COUNT(*) FILTER (WHERE name = $1) = 0 FROM sqlite_master WHERE type = 'table'`, versionTable).Scan(&strange)
	if err == nil && strange {
		err = fmt.Errorf("%s holds the data of another program; name another file for the database", e.path)
	}
	return err
}

func (e *sqliteEngine) dialect() goose.Dialect { return goose.DialectSQLite3 }

// bulk: a statement of more rows would hardly be cheaper. The driver's list of the texts of nine results, 63, has just not
// doubled again.
func (e *sqliteEngine) bulk() []int { return []int{9, 1} }

// tuples: a placeholder with a number is looked up among all others for each value.
func (e *sqliteEngine) tuples(n, columns int) string {
	row := "(?" + strings.Repeat(",?", columns-1) + ")"
	return row + strings.Repeat(","+row, n-1)
}

func (e *sqliteEngine) args(list []any) []any { return []any{together(list)} }

func (e *sqliteEngine) hasTable(ctx context.Context, name string) (bool, error) {
	var n int
	err := e.db.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1`, name).Scan(&n)
	return n > 0, err
}

// lock locks a file beside the database, for every purpose the same one. The kernel unlocks it when the process dies.
func (e *sqliteEngine) lock(context.Context, purpose) (release func(), ok bool, err error) {
	l := flock.New(e.path+".lock", flock.SetPermissions(0o600))
	if ok, err = l.TryLock(); err != nil || !ok {
		return nil, false, err
	}
	return func() { _ = l.Close() }, true, nil // closing cannot leave it locked
}

func (e *sqliteEngine) fault(err error) fault {
	switch code := sqliteCode(err); code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return taken
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return missing
	default:
		switch code & 0xff {
		case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
			return damaged
		case sqlite3.SQLITE_BUSY:
			return busy
		}
		return other
	}
}

func (e *sqliteEngine) explain(err error) error {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%s is not a Candor database or is damaged; restore it from a backup or name another file (%w)", e.path, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%s is locked by another program; end that one and try again (%w)", e.path, err)
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf(unwritable, e.path, err)
	}
	return err
}

// sqliteCode returns the extended result code of an error, 0 when it is not SQLite's.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}
