package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// healthz says that the process answers.
func (s *Server) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readyz says whether the database answers and the page is rendered.
func (s *Server) readyz(c echo.Context) error {
	if err := s.Store.Ping(c.Request().Context()); err != nil {
		return c.String(http.StatusServiceUnavailable, "the database does not answer\n")
	}
	if s.snapshot.current.Load() == nil {
		return c.String(http.StatusServiceUnavailable, "the public page is not rendered yet\n")
	}
	return c.String(http.StatusOK, "ok\n")
}
