package incidents

import (
	"net/mail"
	"strings"
	"time"
)

// Role says what a responder may do.
type Role string

const (
	Owner     Role = "owner"     // everything, including other people's accounts
	Responder Role = "responder" // incidents, updates, postmortems
)

// Person is somebody who may sign in to the console.
type Person struct {
	ID           string
	Name         string
	Email        string // lower case; unique
	Role         Role
	PasswordHash string // argon2id
	CreatedAt    time.Time
}

// Longest accepted account fields, in bytes, and the shortest password, in characters (NIST SP 800-63B).
const (
	MaxName     = 100
	MaxEmail    = 254
	MinPassword = 8
	MaxPassword = 200
)

// NewPerson checks what somebody typed and returns the account to store. hash turns a password into what is kept.
func NewPerson(name, email, password string, role Role, now time.Time, hash func(string) (string, error)) (Person, error) {
	name, email = strings.TrimSpace(name), strings.ToLower(strings.TrimSpace(email))
	address, err := mail.ParseAddress(email)
	switch {
	case name == "" || len(name) > MaxName:
		return Person{}, &InvalidError{"name", "Give a name of at most 100 letters."}
	case err != nil || address.Address != email || len(email) > MaxEmail:
		return Person{}, &InvalidError{"email", "Give an e-mail address such as ada@example.com."}
	case len([]rune(password)) < MinPassword:
		return Person{}, &InvalidError{"password", "Choose a password of at least 8 characters."}
	case len(password) > MaxPassword:
		return Person{}, &InvalidError{"password", "Choose a password of at most 200 characters."}
	case role != Owner && role != Responder:
		return Person{}, &InvalidError{"role", "A role is owner or responder."}
	}
	hashed, err := hash(password)
	if err != nil {
		return Person{}, err
	}
	return Person{ID: NewID(), Name: name, Email: email, Role: role, PasswordHash: hashed, CreatedAt: now}, nil
}
