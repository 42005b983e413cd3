package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"candor/incidents"
)

// appendEdits stores the edits of updates that are not stored yet.
func appendEdits(ctx context.Context, tx *sql.Tx, inc *incidents.Incident) error {
	stored, err := countBy(ctx, tx, `
		SELECT u.id, COUNT(*) FROM updates AS u JOIN update_edits AS e ON e.update_id = u.id
		WHERE u.incident = $1 GROUP BY u.id`, inc.ID)
	if err != nil {
		return err
	}
	for _, u := range inc.Timeline() {
		if stored[u.ID] > len(u.Edits) {
			return fmt.Errorf("update %s lacks stored edits", u.ID)
		}
		for i, e := range u.Edits[stored[u.ID]:] {
			_, err := tx.ExecContext(ctx, `INSERT INTO update_edits (update_id, position, at, body, author) VALUES ($1, $2, $3, $4, $5)`,
				u.ID, stored[u.ID]+i, e.At.UnixMilli(), text(e.Body), text(e.Author))
			if err != nil {
				return fmt.Errorf("edit of update %s: %w", u.ID, err)
			}
		}
	}
	return nil
}

// appendCorrections stores the corrections that are not stored yet.
func appendCorrections(ctx context.Context, tx *sql.Tx, inc *incidents.Incident) error {
	counts, err := countBy(ctx, tx, `SELECT incident, COUNT(*) FROM corrections WHERE incident = $1 GROUP BY incident`, inc.ID)
	if err != nil {
		return err
	}
	list, stored := inc.Corrections(), counts[inc.ID]
	if stored > len(list) {
		return errors.New("the incident lacks stored corrections")
	}
	for i, c := range list[stored:] {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO corrections (incident, position, component, status, since, until, reason, author, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			inc.ID, stored+i, c.Component, string(c.Status), ms(c.From), ms(c.Until), text(c.Reason), text(c.Author), c.At.UnixMilli())
		if err != nil {
			return fmt.Errorf("correction of %s: %w", c.Component, err)
		}
	}
	return nil
}

// countBy returns the numbers that a query of names and numbers selects.
func countBy(ctx context.Context, tx *sql.Tx, query string, args ...any) (map[string]int, error) {
	out := map[string]int{}
	err := each(ctx, tx, func(rows *sql.Rows) error {
		var name string
		var n int
		err := rows.Scan(&name, &n)
		out[name] = n
		return err
	}, query, args...)
	return out, err
}

func (l *loading) loadEdits(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, func(rows *sql.Rows) error {
		var incident string
		var position int
		var e incidents.Edit
		if err := rows.Scan(&incident, &position, timeOf(&e.At), &e.Body, &e.Author); err != nil {
			return err
		}
		u := &l.timelines[l.at[incident]][position]
		u.Edits = append(u.Edits, e)
		return nil
	}, `
		SELECT u.incident, u.position, e.at, e.body, e.author
		FROM updates AS u JOIN update_edits AS e ON e.update_id = u.id
		WHERE u.incident IN `+l.which+` ORDER BY u.incident, u.position, e.position`, l.args...)
}

func (l *loading) loadCorrections(ctx context.Context, tx *sql.Tx) error {
	return each(ctx, tx, func(rows *sql.Rows) error {
		var incident string
		var c incidents.Correction
		err := rows.Scan(&incident, &c.Component, &c.Status, timeOf(&c.From), timeOf(&c.Until), &c.Reason, &c.Author, timeOf(&c.At))
		l.corrections[incident] = append(l.corrections[incident], c)
		return err
	}, `
		SELECT incident, component, status, since, until, reason, author, at
		FROM corrections WHERE incident IN `+l.which+` ORDER BY incident, position`, l.args...)
}
