package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	versionTable = "candor_migrations"
	migrateWait  = 30 * time.Second // for another process that migrates
	lockPoll     = 20 * time.Millisecond
)

// migrate applies the migrations that the database lacks. It refuses one that has more than it knows.
func (db *DB) migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(db.engine.dialect(), db.writer, files,
		goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	sources := provider.ListSources()
	newest := sources[len(sources)-1].Version
	release, behind, err := db.lockBehind(ctx, newest)
	if err != nil || !behind {
		return err
	}
	defer release()
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

// lockBehind takes the lock for migrating a database that is behind the newest migration.
// It waits only as long as the database is behind: another process may do the work meanwhile.
func (db *DB) lockBehind(ctx context.Context, newest int64) (release func(), behind bool, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, migrateWait,
		errors.New("another candor uses the database, which needs an upgrade; stop that one first"))
	defer cancel()
	for {
		if behind, err := db.behind(ctx, newest); err != nil || !behind {
			return nil, false, err
		}
		release, ok, err := db.engine.lock(ctx, migrating)
		if err != nil {
			return nil, false, fmt.Errorf("lock the database: %w", err)
		}
		if ok {
			behind, err := db.behind(ctx, newest)
			if err != nil || !behind {
				release()
			}
			return release, behind, err
		}
		if err := pause(ctx); err != nil {
			return nil, false, err
		}
	}
}

// pause waits before the next look at a lock. It returns why ctx ended, if it did.
func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(lockPoll):
		return nil
	}
}

// behind says whether the database lacks migrations.
func (db *DB) behind(ctx context.Context, newest int64) (bool, error) {
	ok, err := db.engine.hasTable(ctx, versionTable)
	if err != nil || !ok {
		return err == nil, err
	}
	var version int64
	err = db.writer.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM `+versionTable).Scan(&version)
	if err != nil {
		return false, err
	}
	if version > newest {
		return false, fmt.Errorf("the database was made by a newer version of Candor (its tables are at %d, this one knows %d); start that version, or restore a backup from before", version, newest)
	}
	return version < newest, nil
}
