package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"candor/incidents"
)

// Sessions keeps the sessions of signed-in people. It is a CtxStore of github.com/alexedwards/scs/v2.
// Only the SHA-256 of a token is stored, so that nobody can sign in with what the database holds.
type Sessions struct{ db *DB }

// Sessions returns the session store.
func (db *DB) Sessions() Sessions { return Sessions{db} }

// FindCtx returns a session's data; found is false when it is unknown or expired.
func (s Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.db.readers.QueryRowContext(ctx, `SELECT data FROM sessions WHERE token_hash = $1 AND expires_at > $2`,
		hashed(token), time.Now().UnixMilli()).Scan(&data)
	err = s.db.mapped(err)
	if errors.Is(err, incidents.ErrNotFound) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("load session: %w", err)
	}
	return data, true, nil
}

// CommitCtx stores a session's data, new or not.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.exec(ctx, "save session", `
		INSERT INTO sessions (token_hash, data, expires_at) VALUES ($1, $2, $3)
		ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`,
		hashed(token), data, expiry.UnixMilli())
}

// DeleteCtx ends a session. An unknown one is no error.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.exec(ctx, "delete session", `DELETE FROM sessions WHERE token_hash = $1`, hashed(token))
}

// Find is FindCtx without a context.
func (s Sessions) Find(token string) (data []byte, found bool, err error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s Sessions) Delete(token string) error {
	return s.DeleteCtx(context.Background(), token)
}

// PruneSessions deletes the sessions that had expired by now, and says how many.
func (db *DB) PruneSessions(ctx context.Context, now time.Time) (int64, error) {
	var n int64
	err := db.write(ctx, func(tx *sql.Tx) (err error) {
		n, err = changed(ctx, tx, `DELETE FROM sessions WHERE expires_at <= $1`, now.UnixMilli())
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("prune sessions: %w", err)
	}
	return n, nil
}

func (s Sessions) exec(ctx context.Context, what, query string, args ...any) error {
	err := s.db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func hashed(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
