package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"candor/incidents"
)

const people = `SELECT id, name, email, role, password_hash, created_at FROM people `

func scanPerson(row interface{ Scan(...any) error }) (incidents.Person, error) {
	var p incidents.Person
	err := row.Scan(&p.ID, &p.Name, &p.Email, &p.Role, &p.PasswordHash, timeOf(&p.CreatedAt))
	return p, err
}

// Person returns the account with an id, or ErrNotFound.
func (db *DB) Person(ctx context.Context, id string) (incidents.Person, error) {
	p, err := scanPerson(db.readers.QueryRowContext(ctx, people+`WHERE id = $1`, id))
	if err != nil {
		return incidents.Person{}, fmt.Errorf("load person %s: %w", id, db.mapped(err))
	}
	return p, nil
}

// PersonByEmail returns the account with an address, which is lower case, or ErrNotFound.
func (db *DB) PersonByEmail(ctx context.Context, email string) (incidents.Person, error) {
	p, err := scanPerson(db.readers.QueryRowContext(ctx, people+`WHERE email = $1`, text(email)))
	if err != nil {
		return incidents.Person{}, fmt.Errorf("load person by e-mail: %w", db.mapped(err)) // addresses stay out of logs
	}
	return p, nil
}

// People returns all accounts by name.
func (db *DB) People(ctx context.Context) ([]incidents.Person, error) {
	var list []incidents.Person
	err := db.read(ctx, func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			p, err := scanPerson(rows)
			list = append(list, p)
			return err
		}, people+`ORDER BY name, id`)
	})
	if err != nil {
		return nil, fmt.Errorf("load people: %w", err)
	}
	return list, nil
}

// SavePerson stores an account by its id, new or not; an owner voids the links that would make another. It returns an
// InvalidError when another account has the address.
func (db *DB) SavePerson(ctx context.Context, p incidents.Person) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		if p.Role == incidents.Owner {
			if err := voidOwnerInvitations(ctx, tx); err != nil {
				return err
			}
		}
		return writePerson(ctx, tx, p)
	})
	if err = emailTaken(err); err != nil {
		return fmt.Errorf("save person %s: %w", p.ID, err)
	}
	return nil
}

// voidOwnerInvitations makes the links useless that would make an owner.
func voidOwnerInvitations(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM invitations WHERE role = $1 AND used_at IS NULL`, string(incidents.Owner))
	return err
}

func writePerson(ctx context.Context, tx *sql.Tx, p incidents.Person) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO people (id, name, email, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, role = excluded.role,
			password_hash = excluded.password_hash`,
		p.ID, text(p.Name), text(p.Email), string(p.Role), p.PasswordHash, ms(p.CreatedAt))
	return err
}

// emailTaken turns a conflict between two people, which only the address can cause, into words.
func emailTaken(err error) error {
	if errors.Is(err, incidents.ErrConflict) {
		return &incidents.InvalidError{Field: "email", Problem: "Somebody has an account with this e-mail address already. Use another one, or sign in with it."}
	}
	return err
}

// SaveInvitation stores an invitation under the hash of its token. One for an owner voids the earlier unused ones.
func (db *DB) SaveInvitation(ctx context.Context, tokenHash []byte, role incidents.Role, expires time.Time) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		if role == incidents.Owner {
			if err := voidOwnerInvitations(ctx, tx); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO invitations (token_hash, role, expires_at) VALUES ($1, $2, $3)`,
			tokenHash, string(role), expires.UnixMilli())
		return err
	})
	if err != nil {
		return fmt.Errorf("save invitation: %w", err)
	}
	return nil
}

// Invitation returns the role that an invitation gives, or ErrNotFound when it is unknown, used or expired.
func (db *DB) Invitation(ctx context.Context, tokenHash []byte, now time.Time) (incidents.Role, error) {
	var role incidents.Role
	err := db.readers.QueryRowContext(ctx, `
		SELECT role FROM invitations WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2`,
		tokenHash, now.UnixMilli()).Scan(&role)
	if err != nil {
		return "", fmt.Errorf("load invitation: %w", db.mapped(err))
	}
	return role, nil
}

// AcceptInvitation uses up an invitation and stores the account, which gets the invitation's role whatever p says.
// It works once: then, and when it is unknown or expired, it returns ErrNotFound. An InvalidError leaves it usable.
func (db *DB) AcceptInvitation(ctx context.Context, tokenHash []byte, p incidents.Person, now time.Time) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `
			UPDATE invitations SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
			RETURNING role`, tokenHash, now.UnixMilli()).Scan(&p.Role)
		if err != nil {
			return err
		}
		return writePerson(ctx, tx, p)
	})
	if err = emailTaken(err); err != nil {
		return fmt.Errorf("accept invitation: %w", err)
	}
	return nil
}
