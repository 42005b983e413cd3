package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/store"
)

// How long a session lasts at most, and without use.
const (
	sessionLife = 30 * 24 * time.Hour
	sessionIdle = 7 * 24 * time.Hour
)

// sessions knows who is signed in.
type sessions struct {
	*scs.SessionManager
	store *store.DB
}

const (
	personKey  = "person" // in the session: the person's id
	noticeKey  = "notice" // in the session: what to say on the next page
	contextKey = "person" // in echo's context: the person
)

func newSessions(db *store.DB, secure bool) *sessions {
	m := scs.New()
	m.Store = db.Sessions()
	m.Lifetime, m.IdleTimeout = sessionLife, sessionIdle
	m.Cookie.Name, m.Cookie.Path = "candor", "/"
	m.Cookie.HttpOnly, m.Cookie.SameSite, m.Cookie.Secure = true, http.SameSiteLaxMode, secure
	if secure {
		m.Cookie.Name = "__Host-candor"
	}
	m.ErrorFunc = func(w http.ResponseWriter, _ *http.Request, err error) {
		slog.Error("read or write a session", "error", err)
		http.Error(w, "Something failed on our side. Try again.", http.StatusInternalServerError)
	}
	return &sessions{m, db}
}

// begin signs a person in, under a new token.
func (s *sessions) begin(c echo.Context, p incidents.Person) error {
	ctx := c.Request().Context()
	if err := s.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew a session: %w", err)
	}
	s.Put(ctx, personKey, p.ID)
	return nil
}

// person returns who is signed in; only for routes behind signedIn.
func (s *sessions) person(c echo.Context) incidents.Person {
	p, _ := c.Get(contextKey).(incidents.Person)
	return p
}

// notice keeps a sentence for the next page.
func (s *sessions) notice(c echo.Context, text string) { s.Put(c.Request().Context(), noticeKey, text) }

func (s *sessions) takeNotice(c echo.Context) string {
	return s.PopString(c.Request().Context(), noticeKey)
}

// signedIn lets responders pass and sends everybody else to sign in first.
func (s *Server) signedIn(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		id := s.sessions.GetString(ctx, personKey)
		if id == "" {
			return toSignIn(c)
		}
		person, err := s.Store.Person(ctx, id)
		if errors.Is(err, incidents.ErrNotFound) {
			return toSignIn(c)
		}
		if err != nil {
			return err
		}
		c.Set(contextKey, person)
		return next(c)
	}
}

func toSignIn(c echo.Context) error {
	target := "/console/sign-in"
	if c.Request().Method == http.MethodGet && c.Request().URL.Path != "/console" {
		target += "?next=" + url.QueryEscape(c.Request().URL.RequestURI())
	}
	return c.Redirect(http.StatusSeeOther, target)
}
