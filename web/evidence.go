package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/probes"
	"candor/templates"
)

// evidencePolicy lets a piece of evidence do nothing, whatever a browser takes it for.
const evidencePolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

// piece sends a piece of evidence to responders. Nobody else learns that there is one.
func (s *Server) piece(c echo.Context) error {
	ctx := c.Request().Context()
	if _, err := s.Store.Person(ctx, s.sessions.GetString(ctx, personKey)); err != nil {
		return err
	}
	e, err := s.Store.Evidence(ctx, c.Param("id"), c.Param("piece"))
	if err != nil {
		return err
	}
	contentType, inline := evidenceType(e.Type)
	h := c.Response().Header()
	h.Set("Content-Security-Policy", evidencePolicy)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if !inline {
		h.Set("Content-Disposition", "attachment")
	}
	return c.Blob(http.StatusOK, contentType, e.Body)
}

// evidenceType returns what a piece is sent as, and whether a browser may show it.
func evidenceType(stored string) (contentType string, inline bool) {
	switch {
	case stored == "text/plain":
		return textType, true
	case slices.Contains(probes.EvidenceTypes, stored):
		return stored, true
	case stored == incidents.SeriesType:
		return jsonType, false
	}
	return "application/octet-stream", false
}

// publicPiece sends a picture that a responder chose to show to customers.
func (s *Server) publicPiece(c echo.Context) error {
	id, piece := c.Param("id"), c.Param("piece")
	now := s.snapshot.current.Load()
	if now == nil {
		return echo.NewHTTPError(http.StatusServiceUnavailable)
	}
	inc, err := s.publicIncident(c.Request().Context(), now, id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(inc.Evidence, func(e incidents.PageEvidence) bool { return e.ID == piece })
	if i < 0 || !strings.HasPrefix(inc.Evidence[i].Type, "image/") {
		return incidents.ErrNotFound
	}
	contentType, _ := evidenceType(inc.Evidence[i].Type)
	c.Response().Header().Set("Content-Security-Policy", evidencePolicy)
	return s.late(c, "/incidents/"+id+"/evidence/"+piece, contentType, publicCache, func(ctx context.Context, _ *rendered) ([]byte, error) {
		e, err := s.Store.Evidence(ctx, id, piece)
		if err == nil && !e.Public { // withdrawn since the page was rendered
			err = incidents.ErrNotFound
		}
		return e.Body, err
	})
}

// showPiece publishes a piece of evidence, or withdraws it.
func (s *Server) showPiece(c echo.Context) error {
	ctx, id := c.Request().Context(), c.Param("id")
	inc, err := s.Store.Incident(ctx, id)
	if err != nil {
		return err
	}
	list, err := s.Store.IncidentEvidence(ctx, id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(e incidents.Evidence) bool { return e.ID == c.Param("piece") })
	if i < 0 {
		return incidents.ErrNotFound
	}
	e := list[i]
	showing := incidents.Showing{Caption: c.FormValue("caption"), Alt: c.FormValue("alt"), Author: s.sessions.person(c).Name, At: time.Now().UTC()}
	notice := "Evidence withdrawn."
	if c.FormValue("action") == "withdraw" {
		e.Withdraw(showing.Author, showing.At)
	} else {
		others := len(slices.DeleteFunc(list, func(o incidents.Evidence) bool { return !o.Public || o.ID == e.ID }))
		notice, err = "Evidence published.", e.Publish(inc, others, showing)
	}
	var invalid *incidents.InvalidError
	if errors.As(err, &invalid) {
		refused := templates.RoomEvidence{Piece: e.ID, Caption: showing.Caption, Alt: showing.Alt, Field: invalid.Field, Problem: invalid.Problem}
		return s.refusePiece(c, inc, refused)
	}
	if err := s.Store.ShowEvidence(ctx, e); err != nil {
		return err
	}
	if err := s.Refresh(ctx); err != nil {
		return err
	}
	s.sessions.notice(c, notice)
	return c.Redirect(http.StatusSeeOther, "/console/incidents/"+id+"#"+e.ID)
}
