package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
)

// hashing allows two passwords to be hashed at a time, so that sign-ins cannot starve the probes.
var hashing = make(chan struct{}, 2)

// passwordCost is OWASP's recommendation for argon2id: 19 MiB, two passes, one lane.
var passwordCost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// HashPassword returns what is stored of a password (argon2id).
func HashPassword(password string) (string, error) {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	hash, err := argon2id.CreateHash(password, passwordCost)
	if err != nil {
		return "", fmt.Errorf("hash a password: %w", err)
	}
	return hash, nil
}

// nobody is the hash that is compared with when there is no such account, so that the answer takes as long.
var nobody = sync.OnceValue(func() string {
	secret, _ := NewInvitation()
	hash, _ := HashPassword(secret) // without one the comparison fails, as it must
	return hash
})

func passwordMatches(password, hash string) bool {
	if len(password) > incidents.MaxPassword {
		return false
	}
	hashing <- struct{}{}
	defer func() { <-hashing }()
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	return err == nil && ok
}

// NewInvitation returns a secret for a link that makes an account once, and the hash to store of it.
func NewInvitation() (secret string, hash []byte) {
	b := make([]byte, 32)
	rand.Read(b) // never fails: it ends the program instead
	secret = base64.RawURLEncoding.EncodeToString(b)
	return secret, invitationHash(secret)
}

func invitationHash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

func (s *Server) showSignIn(c echo.Context) error {
	return s.show(c, http.StatusOK, templates.SignInPage(templates.SignIn{Site: s.Site, Next: localPath(c.QueryParam("next"))}))
}

func (s *Server) signIn(c echo.Context) error {
	form := templates.SignIn{Site: s.Site, Email: c.FormValue("email"), Next: localPath(c.FormValue("next"))}
	person, err := s.Store.PersonByEmail(c.Request().Context(), strings.ToLower(strings.TrimSpace(form.Email)))
	if err != nil && !errors.Is(err, incidents.ErrNotFound) {
		return err
	}
	hash := person.PasswordHash
	if err != nil {
		hash = nobody()
	}
	if !passwordMatches(c.FormValue("password"), hash) || err != nil {
		form.Problem = "That e-mail address and password do not belong together. Try again."
		return s.show(c, http.StatusUnprocessableEntity, templates.SignInPage(form))
	}
	if err := s.sessions.begin(c, person); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, form.Next)
}

func (s *Server) signOut(c echo.Context) error {
	if err := s.sessions.Destroy(c.Request().Context()); err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return c.Redirect(http.StatusSeeOther, "/")
}

func (s *Server) showWelcome(c echo.Context) error {
	role, err := s.Store.Invitation(c.Request().Context(), invitationHash(c.QueryParam("token")), time.Now())
	if err != nil {
		return err
	}
	return s.show(c, http.StatusOK, templates.WelcomePage(templates.Welcome{Site: s.Site, Token: c.QueryParam("token"), Role: role}))
}

// welcome makes the account that an invitation is for, and signs it in.
func (s *Server) welcome(c echo.Context) error {
	ctx, now := c.Request().Context(), time.Now().UTC()
	form := templates.Welcome{Site: s.Site, Token: c.FormValue("token"), Name: c.FormValue("name"), Email: c.FormValue("email")}
	hash := invitationHash(form.Token)
	role, err := s.Store.Invitation(ctx, hash, now)
	if err != nil {
		return err
	}
	form.Role = role
	person, err := incidents.NewPerson(form.Name, form.Email, c.FormValue("password"), role, now, HashPassword)
	if err == nil {
		err = s.Store.AcceptInvitation(ctx, hash, person, now)
	}
	var invalid *incidents.InvalidError
	if errors.As(err, &invalid) {
		form.Field, form.Problem = invalid.Field, invalid.Problem
		return s.show(c, http.StatusUnprocessableEntity, templates.WelcomePage(form))
	}
	if err != nil {
		return err
	}
	if err := s.sessions.begin(c, person); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/console")
}

// localPath returns a path of the console to go on to, whatever was asked for.
func localPath(next string) string {
	if strings.HasPrefix(next, "/console") && !strings.ContainsAny(next, "\\\r\n") {
		return next
	}
	return "/console"
}
