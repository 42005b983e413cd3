package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
)

// probeList shows every probe with its recent results.
func (s *Server) probeList(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	list := make([]templates.ProbeRow, 0, len(d.rows))
	for _, p := range s.Probes {
		list = append(list, d.rows[p.Rule.Probe])
	}
	return s.show(c, http.StatusOK, templates.ProbesPage(d.frame, list))
}

// probe shows what one probe found of late, and what was reported to it.
func (s *Server) probe(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	row, ok := d.rows[c.Param("key")]
	if !ok {
		return incidents.ErrNotFound
	}
	if row.Pings, err = s.Store.Pings(c.Request().Context(), row.Key); err != nil {
		return err
	}
	return s.show(c, http.StatusOK, templates.ProbePage(d.frame, row))
}
