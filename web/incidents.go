package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
)

// incident shows one incident to customers.
func (s *Server) incident(c echo.Context) error {
	id := c.Param("id")
	return s.latePage(c, "/incidents/"+id, func(ctx context.Context, now *rendered, p templates.Page) (templ.Component, error) {
		inc, err := s.publicIncident(ctx, now, id)
		if err != nil {
			return nil, err
		}
		if inc, err = s.incidentCharts(ctx, now, inc); err != nil {
			return nil, err
		}
		return templates.IncidentPage(p, inc), nil
	})
}

// incidentList shows all incidents to responders, newest first.
func (s *Server) incidentList(c echo.Context) error {
	ctx := c.Request().Context()
	const most = 200
	list, err := s.Store.Incidents(ctx, time.Time{}, most)
	if err != nil {
		return err
	}
	reports, err := s.Store.PublishedPostmortems(ctx, ids(list))
	if err != nil {
		return err
	}
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	return s.show(c, http.StatusOK, templates.IncidentsPage(d.frame, list, reports))
}

// room shows one incident to responders.
func (s *Server) room(c echo.Context) error {
	inc, err := s.Store.Incident(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return s.showRoom(c, http.StatusOK, inc, s.emptyUpdate(inc), nil)
}

// emptyUpdate is the form for an update as it stands before a responder writes.
func (s *Server) emptyUpdate(inc *incidents.Incident) templates.UpdateForm {
	form := templates.UpdateForm{Version: len(inc.Timeline()), Status: inc.Status(), Promise: "30"}
	switch {
	case !inc.Open():
		form.Status = "" // a note, unless somebody reopens it
	case !inc.Public() && inc.Automatic():
		form.Title, form.Body = s.Tracker.Policy().Draft(inc, time.Now().UTC())
	}
	return form
}

// showRoom renders the room with a form, whose chosen component statuses are in chosen.
func (s *Server) showRoom(c echo.Context, code int, inc *incidents.Incident, form templates.UpdateForm, chosen map[string]incidents.ComponentStatus) error {
	return s.showRoomWith(c, code, inc, form, chosen, templates.RoomEvidence{})
}

// refusePiece shows the room again with what a responder wrote to publish a piece of evidence, and why it was not taken.
func (s *Server) refusePiece(c echo.Context, inc *incidents.Incident, refused templates.RoomEvidence) error {
	return s.showRoomWith(c, http.StatusUnprocessableEntity, inc, s.emptyUpdate(inc), nil, refused)
}

func (s *Server) showRoomWith(c echo.Context, code int, inc *incidents.Incident, form templates.UpdateForm, chosen map[string]incidents.ComponentStatus, evidence templates.RoomEvidence) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	form.Components = s.choices(d, inc, chosen)
	room := templates.Room{Incident: inc, Form: form, Statuses: inc.Moves(), Names: names(d.components), Evidence: evidence}
	if room.Evidence.List, err = s.Store.IncidentEvidence(c.Request().Context(), inc.ID); err != nil {
		return err
	}
	room.Cause, room.CauseNotes = causeText(s.Tracker.Policy(), inc, s.Site.Zone)
	draft, _ := s.Tracker.Policy().Draft(inc, d.frame.Now)
	room.Withheld, room.TellAt = draft != "" && inc.Open() && !inc.Public(), s.Tracker.Policy().TellAt(inc)
	earlier, err := s.Store.Incidents(c.Request().Context(), time.Time{}, earlierIncidents)
	if err != nil {
		return err
	}
	room.Alike = incidents.Alike(inc, earlier, 3)
	for _, sym := range inc.Symptoms {
		if row, ok := d.rows[sym.Probe]; ok && sym.Lasts() {
			row.Since = sym.Since
			room.Failing = append(room.Failing, row)
		}
	}
	if room.Warnings, err = s.warningCharts(c.Request().Context(), inc, d.frame.Now); err != nil {
		return err
	}
	if room.Postmortem, err = s.Store.Postmortem(c.Request().Context(), inc.ID); err != nil && !errors.Is(err, incidents.ErrNotFound) {
		return err
	}
	if err := s.addCare(c.Request().Context(), &room); err != nil {
		return err
	}
	return s.show(c, code, templates.RoomPage(d.frame, room))
}

// earlierIncidents is how many of the newest incidents are searched for one that looked alike.
const earlierIncidents = 500

// keep lets a responder keep an incident from being published by the checks.
func (s *Server) keep(c echo.Context) error {
	id := c.Param("id")
	if err := s.Tracker.Keep(c.Request().Context(), id, s.sessions.person(c).Name); err != nil {
		return err
	}
	s.sessions.notice(c, "Kept for the team. Customers read of it when somebody posts a public update.")
	return c.Redirect(http.StatusSeeOther, "/console/incidents/"+id)
}

// postUpdate adds a responder's update.
func (s *Server) postUpdate(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	form, u, chosen := bindUpdate(c)
	inc, err := s.Store.Incident(ctx, id)
	if err != nil {
		return err
	}
	if c.FormValue("action") == "preview" {
		form.Preview = true
		return s.showRoom(c, http.StatusOK, inc, form, chosen)
	}
	if err := requirePromise(form, u); err != nil {
		return s.refuseUpdate(c, inc, form, chosen, err)
	}
	u.Author = s.sessions.person(c).Name
	u.Changes = changes(chosen, inc.Affected())
	if u.Status == "" {
		u.Changes = nil
	}
	now, err := s.Tracker.Post(ctx, id, form.Version, form.Title, u)
	if err != nil {
		if now == nil {
			return err
		}
		return s.refuseUpdate(c, now, form, chosen, err)
	}
	s.sessions.notice(c, "Update posted.")
	return c.Redirect(http.StatusSeeOther, "/console/incidents/"+id)
}

// refuseUpdate shows the form again with what the responder typed, and why it was not taken.
func (s *Server) refuseUpdate(c echo.Context, inc *incidents.Incident, form templates.UpdateForm, chosen map[string]incidents.ComponentStatus, err error) error {
	var invalid *incidents.InvalidError
	switch {
	case errors.As(err, &invalid):
		form.Field, form.Problem = invalid.Field, invalid.Problem
		return s.showRoom(c, http.StatusUnprocessableEntity, inc, form, chosen)
	case errors.Is(err, incidents.ErrConflict):
		form.Meanwhile = inc.Meanwhile(form.Version)
		form.Version = len(inc.Timeline())
		return s.showRoom(c, http.StatusConflict, inc, form, chosen)
	}
	return err
}

// showDeclare shows the form for a new incident.
func (s *Server) showDeclare(c echo.Context) error {
	return s.declareForm(c, http.StatusOK, templates.UpdateForm{Status: incidents.Investigating, Promise: "30"}, nil)
}

func (s *Server) declareForm(c echo.Context, code int, form templates.UpdateForm, chosen map[string]incidents.ComponentStatus) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	form.Components = s.choices(d, nil, chosen)
	return s.show(c, code, templates.DeclarePage(d.frame, form))
}

// declare opens an incident by a responder's hand.
func (s *Server) declare(c echo.Context) error {
	form, u, chosen := bindUpdate(c)
	if c.FormValue("action") == "preview" {
		form.Preview = true
		return s.declareForm(c, http.StatusOK, form, chosen)
	}
	u.Author = s.sessions.person(c).Name
	u.Changes = changes(chosen, nil)
	err := requirePromise(form, u)
	var inc *incidents.Incident
	if err == nil {
		inc, err = s.Tracker.Declare(c.Request().Context(), form.Title, u)
	}
	var invalid *incidents.InvalidError
	if errors.As(err, &invalid) {
		form.Field, form.Problem = invalid.Field, invalid.Problem
		return s.declareForm(c, http.StatusUnprocessableEntity, form, chosen)
	}
	if err != nil {
		return err
	}
	s.sessions.notice(c, "Incident declared.")
	return c.Redirect(http.StatusSeeOther, "/console/incidents/"+inc.ID)
}

// bindUpdate reads the form of an update, and the component statuses chosen in it.
func bindUpdate(c echo.Context) (templates.UpdateForm, incidents.Update, map[string]incidents.ComponentStatus) {
	form := templates.UpdateForm{Title: strings.TrimSpace(c.FormValue("title")), Status: incidents.Status(c.FormValue("status")),
		Body: strings.ReplaceAll(c.FormValue("body"), "\r\n", "\n"), Promise: c.FormValue("promise")}
	form.Version, _ = strconv.Atoi(c.FormValue("version"))
	u := incidents.Update{At: time.Now().UTC(), Status: form.Status, Body: form.Body}
	if form.Status == "note" {
		form.Status, u.Status, u.Team = "", "", true
	}
	if minutes, err := strconv.Atoi(form.Promise); err == nil && minutes > 0 && minutes <= 24*60 && u.Status != incidents.Resolved && !u.Team {
		u.NextBy = u.At.Add(time.Duration(minutes) * time.Minute)
	}
	chosen := map[string]incidents.ComponentStatus{}
	params, _ := c.FormParams() // a form that cannot be read has no values, and is refused for its empty body
	for name, values := range params {
		if id, ok := strings.CutPrefix(name, "component."); ok && len(values) > 0 {
			chosen[id] = incidents.ComponentStatus(values[0])
		}
	}
	return form, u, chosen
}

// requirePromise refuses an update that says nothing on when the next one comes.
func requirePromise(form templates.UpdateForm, u incidents.Update) error {
	if u.Team || u.Status == incidents.Resolved || !u.NextBy.IsZero() || form.Promise == "none" {
		return nil
	}
	return &incidents.InvalidError{Field: "promise", Problem: "Say when the next update comes, or choose to promise none."}
}

// changes returns what the chosen statuses change of what is.
func changes(chosen, now map[string]incidents.ComponentStatus) []incidents.Change {
	var out []incidents.Change
	for id, status := range chosen {
		if incidents.Operational.Worse(now[id]) != status {
			out = append(out, incidents.Change{Component: id, To: status})
		}
	}
	return out
}
