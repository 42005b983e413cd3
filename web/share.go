package web

import (
	"context"
	"slices"
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

// incidentPicture answers /share/ID.png with what a link to the incident shows elsewhere.
func (s *Server) incidentPicture(c echo.Context) error {
	id, ok := strings.CutSuffix(c.Param("file"), ".png")
	if !ok {
		return incidents.ErrNotFound
	}
	return s.late(c, "/share/"+id+".png", pngType, apiCache, func(ctx context.Context, now *rendered) ([]byte, error) {
		for _, m := range slices.Concat(now.page.Planned, now.page.Done) {
			if m.ID == id {
				return draw(templates.SharedIncident(now.page, m))
			}
		}
		inc, err := s.publicIncident(ctx, now, id)
		if err != nil {
			return nil, err
		}
		return draw(templates.SharedIncident(now.page, inc))
	})
}
