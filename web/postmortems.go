package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
)

// showPostmortem shows the editor, with the template when nothing was written yet.
func (s *Server) showPostmortem(c echo.Context) error {
	inc, report, err := s.report(c)
	if err != nil {
		return err
	}
	return s.editPostmortem(c, http.StatusOK, templates.PostmortemForm{Incident: inc, Postmortem: report, Draft: report.Draft, Version: report.Version})
}

// report reads an incident and its postmortem; one that was never begun starts from the template.
func (s *Server) report(c echo.Context) (*incidents.Incident, incidents.Postmortem, error) {
	ctx, id := c.Request().Context(), c.Param("id")
	inc, err := s.Store.Incident(ctx, id)
	if err != nil {
		return nil, incidents.Postmortem{}, err
	}
	report, err := s.Store.Postmortem(ctx, id)
	if errors.Is(err, incidents.ErrNotFound) {
		return inc, incidents.Postmortem{Incident: id, Draft: incidents.PostmortemTemplate}, nil
	}
	return inc, report, err
}

func (s *Server) editPostmortem(c echo.Context, code int, form templates.PostmortemForm) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	return s.show(c, code, templates.PostmortemPage(d.frame, form))
}

// postPostmortem previews, saves or publishes what was written.
func (s *Server) postPostmortem(c echo.Context) error {
	inc, report, err := s.report(c)
	if err != nil {
		return err
	}
	form := templates.PostmortemForm{Incident: inc, Postmortem: report, Draft: strings.ReplaceAll(c.FormValue("draft"), "\r\n", "\n")}
	form.Version, _ = strconv.Atoi(c.FormValue("version"))
	action := c.FormValue("action")
	if action == "preview" {
		form.Preview = true
		return s.editPostmortem(c, http.StatusOK, form)
	}
	err = s.savePostmortem(c, inc, report, form, action == "publish")
	var invalid *incidents.InvalidError
	switch {
	case errors.As(err, &invalid):
		form.Field, form.Problem = invalid.Field, invalid.Problem
		return s.editPostmortem(c, http.StatusUnprocessableEntity, form)
	case errors.Is(err, incidents.ErrConflict):
		form.Problem = "Somebody saved another version meanwhile: it is shown beside yours. Take over what you need, then save again."
		if _, form.Postmortem, err = s.report(c); err != nil {
			return err
		}
		form.Version = form.Postmortem.Version
		return s.editPostmortem(c, http.StatusConflict, form)
	case err != nil:
		return err
	}
	if action == "publish" {
		s.sessions.notice(c, "Postmortem published.")
		return c.Redirect(http.StatusSeeOther, "/console/incidents/"+inc.ID)
	}
	s.sessions.notice(c, "Draft saved.")
	return c.Redirect(http.StatusSeeOther, "/console/incidents/"+inc.ID+"/postmortem")
}

func (s *Server) savePostmortem(c echo.Context, inc *incidents.Incident, report incidents.Postmortem, form templates.PostmortemForm, publish bool) error {
	author, now := s.sessions.person(c).Name, time.Now().UTC()
	if report.Version != form.Version {
		return incidents.ErrConflict
	}
	if err := report.Edit(form.Draft, author, now); err != nil {
		return err
	}
	if publish {
		if err := report.Publish(inc, author, now); err != nil {
			return err
		}
	}
	if err := s.Store.SavePostmortem(c.Request().Context(), &report); err != nil {
		return err
	}
	return s.Refresh(c.Request().Context())
}
