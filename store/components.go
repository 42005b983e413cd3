package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"candor/incidents"
)

// Components returns all components by position, the archived ones last.
func (db *DB) Components(ctx context.Context) ([]incidents.Component, error) {
	var list []incidents.Component
	err := db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			var c incidents.Component
			err := rows.Scan(&c.ID, &c.Key, &c.Name, &c.Group, &c.Description, &c.Position, &c.Internal,
				listOf(&c.DependsOn), timeOf(&c.CreatedAt), timeOf(&c.ArchivedAt))
			list = append(list, c)
			return err
		}, `
			SELECT id, key, name, group_name, description, position, internal, depends_on, created_at, archived_at
			FROM components
			ORDER BY CASE WHEN archived_at IS NULL THEN 0 ELSE 1 END, position, id`)
	})
	if err != nil {
		return nil, fmt.Errorf("load components: %w", err)
	}
	return list, nil
}

// SaveComponents stores components by id, new or not. The revision grows if one of them really changed.
func (db *DB) SaveComponents(ctx context.Context, list []incidents.Component) error {
	// One order for all writers, lest two of them wait for each other.
	list = slices.SortedFunc(slices.Values(list), func(a, b incidents.Component) int { return strings.Compare(a.ID, b.ID) })
	err := db.write(ctx, func(tx *sql.Tx) error {
		var touched int64
		for _, c := range list {
			n, err := saveComponent(ctx, tx, c)
			if err != nil {
				return fmt.Errorf("component %s: %w", c.ID, err)
			}
			touched += n
		}
		if touched == 0 {
			return nil
		}
		return revise(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("save components: %w", err)
	}
	return nil
}

func saveComponent(ctx context.Context, tx *sql.Tx, c incidents.Component) (touched int64, err error) {
	dependsOn, err := toJSON(c.DependsOn)
	if err != nil {
		return 0, err
	}
	return changed(ctx, tx, `
		INSERT INTO components AS c (id, key, name, group_name, description, position, internal, depends_on, created_at, archived_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name, group_name = excluded.group_name,
			description = excluded.description, position = excluded.position, internal = excluded.internal,
			depends_on = excluded.depends_on, created_at = excluded.created_at, archived_at = excluded.archived_at
		WHERE c.key <> excluded.key OR c.name <> excluded.name OR c.group_name <> excluded.group_name
			OR c.description <> excluded.description OR c.position <> excluded.position OR c.internal <> excluded.internal
			OR c.depends_on <> excluded.depends_on OR c.created_at IS DISTINCT FROM excluded.created_at
			OR c.archived_at IS DISTINCT FROM excluded.archived_at`,
		c.ID, c.Key, text(c.Name), text(c.Group), text(c.Description), c.Position, c.Internal, dependsOn, ms(c.CreatedAt), ms(c.ArchivedAt))
}
