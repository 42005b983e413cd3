package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"candor/incidents"
)

// SaveMaintenance stores m in one transaction and counts its Version up: a new one when Version is 0, else over the
// version that it was read as. It returns ErrConflict when somebody stored another version meanwhile, and ErrNotFound
// when it speaks of a component that is not stored. Stored updates are never changed: one that m lacks is an error.
func (db *DB) SaveMaintenance(ctx context.Context, m *incidents.Maintenance) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		if err := writeMaintenance(ctx, tx, m); err != nil {
			return err
		}
		if err := appendMaintenanceUpdates(ctx, tx, m); err != nil {
			return err
		}
		return revise(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("save maintenance %s: %w", m.ID, err)
	}
	m.Version++
	return nil
}

// writeMaintenance inserts version 1 or replaces exactly the version that m was read as.
func writeMaintenance(ctx context.Context, tx *sql.Tx, m *incidents.Maintenance) error {
	if err := knownComponents(ctx, tx, m.Components); err != nil {
		return err
	}
	components, err := toJSON(m.Components)
	if err != nil {
		return err
	}
	query := `
		UPDATE maintenances SET title = $2, components = $3, scheduled_for = $4, scheduled_until = $5, ended_at = $6,
			version = version + 1
		WHERE id = $1 AND version = $7`
	if m.Version == 0 {
		query = `
			INSERT INTO maintenances (id, title, components, scheduled_for, scheduled_until, ended_at, version)
			VALUES ($1, $2, $3, $4, $5, $6, $7 + 1)`
	}
	from, until := m.Window()
	n, err := changed(ctx, tx, query, m.ID, text(m.Title), components, from.UnixMilli(), until.UnixMilli(), ms(m.EndedAt()), m.Version)
	if err == nil && n == 0 {
		return incidents.ErrConflict
	}
	return err
}

// knownComponents returns ErrNotFound when one of the components is not stored.
func knownComponents(ctx context.Context, tx *sql.Tx, ids []string) error {
	for _, id := range ids {
		var one int
		if err := tx.QueryRowContext(ctx, `SELECT 1 FROM components WHERE id = $1`, id).Scan(&one); err != nil {
			return fmt.Errorf("component %s: %w", id, err)
		}
	}
	return nil
}

// appendMaintenanceUpdates stores what the timeline has beyond the stored updates.
func appendMaintenanceUpdates(ctx context.Context, tx *sql.Tx, m *incidents.Maintenance) error {
	timeline := m.Timeline()
	var ids []string
	for _, u := range timeline {
		ids = append(ids, u.ID)
	}
	stored, err := begun(ctx, tx, ids, `SELECT id FROM maintenance_updates WHERE maintenance = $1 ORDER BY position`, m.ID)
	if err != nil {
		return err
	}
	for i, u := range timeline[stored:] {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO maintenance_updates (id, maintenance, position, at, status, body, author, scheduled_for, scheduled_until)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			u.ID, m.ID, stored+i, u.At.UnixMilli(), string(u.Status), text(u.Body), text(u.Author), u.From.UnixMilli(), u.Until.UnixMilli())
		if err != nil {
			return fmt.Errorf("update %s: %w", u.ID, err)
		}
	}
	return nil
}

// Maintenance returns a maintenance, or ErrNotFound.
func (db *DB) Maintenance(ctx context.Context, id string) (*incidents.Maintenance, error) {
	list, err := db.maintenances(ctx, `WHERE id = $1`, id)
	return only(list, err, "maintenance "+id)
}

// OpenMaintenances returns those that are to come or under way, the latest scheduled first.
func (db *DB) OpenMaintenances(ctx context.Context) ([]*incidents.Maintenance, error) {
	return db.maintenances(ctx, `WHERE ended_at IS NULL`)
}

// MaintenancesSince returns those that are open or ended at from or later, the latest scheduled first.
func (db *DB) MaintenancesSince(ctx context.Context, from time.Time) ([]*incidents.Maintenance, error) {
	return db.maintenances(ctx, `WHERE (ended_at IS NULL OR ended_at >= $1)`, from.UnixMilli())
}

// MaintenancesScheduled returns those that are scheduled for from or later, but before until, the latest first.
func (db *DB) MaintenancesScheduled(ctx context.Context, from, until time.Time) ([]*incidents.Maintenance, error) {
	return db.maintenances(ctx, `WHERE scheduled_for >= $1 AND scheduled_for < $2`, from.UnixMilli(), until.UnixMilli())
}

// Maintenances returns at most limit maintenances that are scheduled for before a time, the latest first. The zero
// time means from the latest on.
func (db *DB) Maintenances(ctx context.Context, before time.Time, limit int) ([]*incidents.Maintenance, error) {
	which, args := `ORDER BY scheduled_for DESC, id DESC LIMIT $1`, []any{limit}
	if !before.IsZero() {
		which, args = `WHERE scheduled_for < $2 `+which, append(args, before.UnixMilli())
	}
	return db.maintenances(ctx, which, args...)
}

// maintenances loads those that a clause selects, the latest scheduled first. It takes two queries for however many.
func (db *DB) maintenances(ctx context.Context, which string, args ...any) ([]*incidents.Maintenance, error) {
	var list []incidents.Maintenance
	timelines := map[string][]incidents.MaintenanceUpdate{}
	err := db.read(ctx, func(tx *sql.Tx) error {
		err := each(ctx, tx, func(rows *sql.Rows) error {
			var m incidents.Maintenance
			err := rows.Scan(&m.ID, &m.Title, listOf(&m.Components), &m.Version)
			list = append(list, m)
			return err
		}, `
			SELECT id, title, components, version
			FROM maintenances WHERE id IN (SELECT id FROM maintenances `+which+`) ORDER BY scheduled_for DESC, id DESC`, args...)
		if err != nil || len(list) == 0 {
			return err
		}
		return each(ctx, tx, func(rows *sql.Rows) error {
			var id string
			var u incidents.MaintenanceUpdate
			err := rows.Scan(&id, &u.ID, timeOf(&u.At), &u.Status, &u.Body, &u.Author, timeOf(&u.From), timeOf(&u.Until))
			timelines[id] = append(timelines[id], u)
			return err
		}, `
			SELECT maintenance, id, at, status, body, author, scheduled_for, scheduled_until
			FROM maintenance_updates WHERE maintenance IN (SELECT id FROM maintenances `+which+`)
			ORDER BY maintenance, position`, args...)
	})
	if err != nil {
		return nil, fmt.Errorf("load maintenances: %w", err)
	}
	out := make([]*incidents.Maintenance, len(list))
	for i, m := range list {
		out[i] = incidents.StoredMaintenance(m, timelines[m.ID])
	}
	return out, nil
}
