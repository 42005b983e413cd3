package web

import (
	"context"
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
	"candor/web/pictures"
)

// drawing allows one picture to be drawn at a time, so that crawlers cannot starve the probes.
var drawing = make(chan struct{}, 1)

func draw(s templates.Shared) ([]byte, error) {
	drawing <- struct{}{}
	defer func() { <-drawing }()
	return pictures.Share(s).PNG()
}

// incidentPicture answers /share/ID.png with what a link to the incident or maintenance shows elsewhere.
func (s *Server) incidentPicture(c echo.Context) error {
	id, ok := strings.CutSuffix(c.Param("file"), ".png")
	if !ok {
		return incidents.ErrNotFound
	}
	return s.late(c, "/share/"+id+".png", pngType, apiCache, func(ctx context.Context, now *rendered) ([]byte, error) {
		inc, err := s.publicIncident(ctx, now, id)
		if errors.Is(err, incidents.ErrNotFound) {
			inc, err = s.publicMaintenance(ctx, now, id)
		}
		if err != nil {
			return nil, err
		}
		return draw(templates.SharedIncident(now.page, inc))
	})
}
