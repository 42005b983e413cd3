package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
)

// showAccess answers /access, the way in to a private page.
func (s *Server) showAccess(c echo.Context) error {
	form := templates.Access{Page: s.plain(s.tongue(c.Request())), Next: publicPath(c.QueryParam("next")), Password: s.Access.Password != ""}
	if c.QueryParam("void") != "" {
		form.Problem = form.Page.Words.LinkExpired()
	}
	return s.answerAccess(c, http.StatusOK, form)
}

// giveAccess lets those in who know the password.
func (s *Server) giveAccess(c echo.Context) error {
	if s.Access.Password == "" {
		return incidents.ErrNotFound
	}
	form := templates.Access{Page: s.plain(s.tongue(c.Request())), Next: publicPath(c.FormValue("next")), Password: true}
	if !passwordMatches(c.FormValue("password"), s.Access.Password) {
		form.Field, form.Problem = "password", form.Page.Words.WrongPassword()
		return s.answerAccess(c, http.StatusUnprocessableEntity, form)
	}
	until := time.Now().Add(passLife)
	s.remember(c.Response(), s.Access.pass(byPassword, until), until)
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.Redirect(http.StatusSeeOther, form.Next)
}

func (s *Server) answerAccess(c echo.Context, code int, form templates.Access) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return s.show(c, code, templates.AccessPage(form))
}

// publicPath returns a path of the page to go on to, whatever was asked for.
func publicPath(next string) string {
	if len(next) > 2000 || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.HasPrefix(next, accessPath) ||
		strings.ContainsFunc(next, func(r rune) bool { return r < ' ' || r == '\\' || r == 0x7f }) {
		return "/"
	}
	return next
}
