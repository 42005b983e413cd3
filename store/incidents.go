package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"candor/incidents"
)

// SaveIncident stores inc in one transaction and counts its Version up: a new one when Version is 0, else over the
// version that it was read as. It returns ErrConflict when somebody stored another version meanwhile, or another
// open incident has the same cause; and ErrNotFound when it speaks of a component that is not stored.
// Stored updates, edits and corrections are never changed: one that inc lacks, or has at another place, is an error.
func (db *DB) SaveIncident(ctx context.Context, inc *incidents.Incident) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		if err := writeIncident(ctx, tx, inc); err != nil {
			return err
		}
		if err := appendUpdates(ctx, tx, inc); err != nil {
			return err
		}
		if err := appendEdits(ctx, tx, inc); err != nil {
			return err
		}
		if err := appendCorrections(ctx, tx, inc); err != nil {
			return err
		}
		if err := replaceSymptoms(ctx, tx, inc); err != nil {
			return err
		}
		return revise(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("save incident %s: %w", inc.ID, err)
	}
	inc.Version++
	return nil
}

// writeIncident inserts version 1 or replaces exactly the version that inc was read as.
func writeIncident(ctx context.Context, tx *sql.Tx, inc *incidents.Incident) error {
	query := `
		UPDATE incidents SET title = $2, cause = $3, started_at = $4, resolved_at = $5, kept_by = $6, version = version + 1
		WHERE id = $1 AND version = $7`
	if inc.Version == 0 {
		query = `INSERT INTO incidents (id, title, cause, started_at, resolved_at, kept_by, version) VALUES ($1, $2, $3, $4, $5, $6, $7 + 1)`
	}
	n, err := changed(ctx, tx, query, inc.ID, text(inc.Title), inc.Cause, inc.StartedAt.UnixMilli(), ms(inc.ResolvedAt()), text(inc.KeptBy), inc.Version)
	if err == nil && n == 0 {
		return incidents.ErrConflict
	}
	return err
}

// appendUpdates stores what the timeline has beyond the stored updates.
func appendUpdates(ctx context.Context, tx *sql.Tx, inc *incidents.Incident) error {
	timeline := inc.Timeline()
	var ids []string
	for _, u := range timeline {
		ids = append(ids, u.ID)
	}
	stored, err := begun(ctx, tx, ids, `SELECT id FROM updates WHERE incident = $1 ORDER BY position`, inc.ID)
	if err != nil {
		return err
	}
	for i, u := range timeline[stored:] {
		if err := insertUpdate(ctx, tx, inc.ID, stored+i, u); err != nil {
			return fmt.Errorf("update %s: %w", u.ID, err)
		}
	}
	return nil
}

func insertUpdate(ctx context.Context, tx *sql.Tx, incident string, position int, u incidents.Update) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO updates (id, incident, position, at, status, body, author, team, next_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		u.ID, incident, position, u.At.UnixMilli(), string(u.Status), text(u.Body), text(u.Author), u.Team, ms(u.NextBy))
	if err != nil {
		return err
	}
	for i, c := range u.Changes {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO update_changes (update_id, position, component, from_status, to_status, since)
			VALUES ($1, $2, $3, $4, $5, $6)`,
			u.ID, i, c.Component, string(c.From), string(c.To), ms(c.Since))
		if err != nil {
			return err
		}
	}
	return nil
}

func replaceSymptoms(ctx context.Context, tx *sql.Tx, inc *incidents.Incident) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM symptoms WHERE incident = $1`, inc.ID); err != nil {
		return err
	}
	for i, s := range inc.Symptoms {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO symptoms (incident, probe, position, component, text, internal, status, reason, detail, since, until, returns, warning)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
			inc.ID, s.Probe, i, s.Component, text(s.Text), s.Internal, string(s.Status), text(s.Reason), text(s.Detail), ms(s.Since), ms(s.Until), s.Returns, s.Warning)
		if err != nil {
			return fmt.Errorf("symptom of %s: %w", s.Probe, err)
		}
	}
	return nil
}

// Incident returns an incident, or ErrNotFound.
func (db *DB) Incident(ctx context.Context, id string) (*incidents.Incident, error) {
	list, err := db.incidents(ctx, `WHERE id = $1`, id)
	return only(list, err, "incident "+id)
}

// OpenIncidents returns the incidents that are not resolved, newest StartedAt first.
func (db *DB) OpenIncidents(ctx context.Context) ([]*incidents.Incident, error) {
	return db.incidents(ctx, `WHERE resolved_at IS NULL`)
}

// IncidentsSince returns the incidents that are open or were resolved at from or later, newest StartedAt first.
func (db *DB) IncidentsSince(ctx context.Context, from time.Time) ([]*incidents.Incident, error) {
	return db.incidents(ctx, `WHERE (resolved_at IS NULL OR resolved_at >= $1)`, from.UnixMilli())
}

// IncidentsResolved returns at most limit incidents that were resolved before a time, newest StartedAt first.
func (db *DB) IncidentsResolved(ctx context.Context, before time.Time, limit int) ([]*incidents.Incident, error) {
	return db.incidents(ctx, `WHERE resolved_at < $1 ORDER BY started_at DESC, id DESC LIMIT $2 + 0`, before.UnixMilli(), limit)
}

// IncidentsStarted returns the incidents that started at from or later, but before until, newest StartedAt first.
func (db *DB) IncidentsStarted(ctx context.Context, from, until time.Time) ([]*incidents.Incident, error) {
	return db.incidents(ctx, `WHERE started_at >= $1 AND started_at < $2`, from.UnixMilli(), until.UnixMilli())
}

// Incidents returns at most limit incidents that started before a time, newest StartedAt first.
// The zero time means from the newest on.
func (db *DB) Incidents(ctx context.Context, before time.Time, limit int) ([]*incidents.Incident, error) {
	which, args := `ORDER BY started_at DESC, id DESC LIMIT $1 + 0`, []any{limit}
	if !before.IsZero() {
		which, args = `WHERE started_at < $2 `+which, append(args, before.UnixMilli())
	}
	return db.incidents(ctx, which, args...)
}

// incidents loads the incidents that a clause selects, newest first. It takes six queries for however many.
func (db *DB) incidents(ctx context.Context, which string, args ...any) ([]*incidents.Incident, error) {
	l := loading{which: `(SELECT id FROM incidents ` + which + `)`, args: args, at: map[string]int{}, corrections: map[string][]incidents.Correction{}}
	err := db.read(ctx, func(tx *sql.Tx) error {
		if err := l.loadIncidents(ctx, tx); err != nil || len(l.list) == 0 {
			return err
		}
		for _, load := range []func(context.Context, *sql.Tx) error{l.loadUpdates, l.loadChanges, l.loadEdits, l.loadCorrections, l.loadSymptoms} {
			if err := load(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load incidents: %w", err)
	}
	out := make([]*incidents.Incident, len(l.list))
	for i, inc := range l.list {
		out[i] = incidents.Stored(inc, l.timelines[i], l.corrections[inc.ID]...)
	}
	return out, nil
}

// loading gathers incidents from their tables.
type loading struct {
	which       string // selects their ids
	args        []any
	list        []incidents.Incident
	timelines   [][]incidents.Update
	at          map[string]int                    // incident id → index into list and timelines
	corrections map[string][]incidents.Correction // by incident id
}

func (l *loading) loadIncidents(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, func(rows *sql.Rows) error {
		var inc incidents.Incident
		err := rows.Scan(&inc.ID, &inc.Title, &inc.Cause, timeOf(&inc.StartedAt), &inc.KeptBy, &inc.Version)
		l.at[inc.ID] = len(l.list)
		l.list = append(l.list, inc)
		l.timelines = append(l.timelines, nil)
		return err
	}, `
		SELECT id, title, cause, started_at, kept_by, version
		FROM incidents WHERE id IN `+l.which+` ORDER BY started_at DESC, id DESC`, l.args...)
}

func (l *loading) loadUpdates(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, func(rows *sql.Rows) error {
		var incident string
		var u incidents.Update
		err := rows.Scan(&incident, &u.ID, timeOf(&u.At), &u.Status, &u.Body, &u.Author, &u.Team, timeOf(&u.NextBy))
		if err != nil {
			return err
		}
		i := l.at[incident]
		l.timelines[i] = append(l.timelines[i], u)
		return nil
	}, `
		SELECT incident, id, at, status, body, author, team, next_by
		FROM updates WHERE incident IN `+l.which+` ORDER BY incident, position`, l.args...)
}

func (l *loading) loadChanges(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, func(rows *sql.Rows) error {
		var incident string
		var position int
		var c incidents.Change
		if err := rows.Scan(&incident, &position, &c.Component, &c.From, &c.To, timeOf(&c.Since)); err != nil {
			return err
		}
		u := &l.timelines[l.at[incident]][position]
		u.Changes = append(u.Changes, c)
		return nil
	}, `
		SELECT u.incident, u.position, c.component, c.from_status, c.to_status, c.since
		FROM updates AS u JOIN update_changes AS c ON c.update_id = u.id
		WHERE u.incident IN `+l.which+` ORDER BY u.incident, u.position, c.position`, l.args...)
}

func (l *loading) loadSymptoms(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, func(rows *sql.Rows) error {
		var incident string
		var s incidents.Symptom
		err := rows.Scan(&incident, &s.Probe, &s.Component, &s.Text, &s.Internal, &s.Status, &s.Reason, &s.Detail,
			timeOf(&s.Since), timeOf(&s.Until), &s.Returns, &s.Warning)
		if err != nil {
			return err
		}
		inc := &l.list[l.at[incident]]
		inc.Symptoms = append(inc.Symptoms, s)
		return nil
	}, `
		SELECT incident, probe, component, text, internal, status, reason, detail, since, until, returns, warning
		FROM symptoms WHERE incident IN `+l.which+` ORDER BY incident, position`, l.args...)
}
