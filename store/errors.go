package store

import (
	"database/sql"
	"errors"
	"fmt"

	"candor/incidents"
)

// mapped returns what an error means to the domain: ErrNotFound, ErrConflict, or the error itself.
func (db *DB) mapped(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return incidents.ErrNotFound
	}
	switch db.engine.fault(err) {
	case taken:
		return fmt.Errorf("%w (%w)", incidents.ErrConflict, err)
	case missing:
		return fmt.Errorf("%w (%w)", incidents.ErrNotFound, err)
	case damaged:
		return fmt.Errorf("the database is damaged; restore it from a backup (%w)", err)
	case busy:
		return fmt.Errorf("the database is locked by another program; end that one and try again (%w)", err)
	}
	return err
}
