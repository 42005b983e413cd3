package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
)

// probeList shows every probe with its recent results.
func (s *Server) probeList(c echo.Context) error {
	frame, err := s.frame(c)
	if err != nil {
		return err
	}
	_, rows, err := s.seen(c.Request().Context())
	if err != nil {
		return err
	}
	list := make([]templates.ProbeRow, 0, len(rows))
	for _, p := range s.Probes {
		list = append(list, rows[p.Rule.Probe])
	}
	return s.show(c, http.StatusOK, templates.ProbesPage(frame, list))
}

// probe shows what one probe found of late.
func (s *Server) probe(c echo.Context) error {
	frame, err := s.frame(c)
	if err != nil {
		return err
	}
	_, rows, err := s.seen(c.Request().Context())
	if err != nil {
		return err
	}
	row, ok := rows[c.Param("key")]
	if !ok {
		return incidents.ErrNotFound
	}
	return s.show(c, http.StatusOK, templates.ProbePage(frame, row))
}
