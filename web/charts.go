package web

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
	"candor/web/api"
)

// charts reads the charts that which selects, over a range.
func (f *facts) charts(ctx context.Context, r incidents.ChartRange, now time.Time, which func(incidents.Chart) bool) ([]incidents.PageChart, error) {
	var out []incidents.PageChart
	for _, c := range f.Charts {
		if !which(c) {
			continue
		}
		seen, err := c.Over(ctx, f.Store, r, now)
		if err != nil {
			return nil, err
		}
		out = append(out, seen)
	}
	return out, nil
}

// chartRange reads ?charts=7d or ?range=7d; without one it is the shortest.
func chartRange(name string) (incidents.ChartRange, error) {
	i := slices.IndexFunc(incidents.ChartRanges, func(r incidents.ChartRange) bool { return r.Name == name })
	switch {
	case name == "":
		return incidents.ChartRanges[0], nil
	case i < 0:
		return incidents.ChartRange{}, incidents.ErrNotFound
	}
	return incidents.ChartRanges[i], nil
}

// componentCharts answers /components/ID?charts=7d: its page with charts over another range.
func (s *Server) componentCharts(c echo.Context, id string) error {
	r, err := chartRange(c.QueryParam("charts"))
	if err != nil {
		return err
	}
	return s.latePage(c, "/components/"+id+"?charts="+r.Name, func(ctx context.Context, now *rendered, p templates.Page) (templ.Component, error) {
		component, err := now.component(id)
		if err != nil {
			return nil, err
		}
		list, err := s.snapshot.facts.charts(ctx, r, now.at, func(c incidents.Chart) bool { return c.Component == id })
		if err != nil {
			return nil, err
		}
		return templates.ComponentPage(p.Charting(list), component), nil
	})
}

// chartJSON answers /charts/ID.json?range=7d.
func (s *Server) chartJSON(c echo.Context) error {
	id, ok := strings.CutSuffix(c.Param("file"), ".json")
	if !ok {
		return incidents.ErrNotFound
	}
	r, err := chartRange(c.QueryParam("range"))
	if err != nil {
		return err
	}
	return s.late(c, fmt.Sprintf("/charts/%s.json?range=%s", id, r.Name), jsonType, apiCache, func(ctx context.Context, now *rendered) ([]byte, error) {
		list, err := s.snapshot.facts.charts(ctx, r, now.at, func(c incidents.Chart) bool { return c.ID() == id })
		if err != nil {
			return nil, err
		}
		page := now.page.Charting(list) // those of components that customers see
		if len(page.Charts) == 0 {
			return nil, incidents.ErrNotFound
		}
		return api.ChartJSON(page, page.Charts[0])
	})
}

// incidentCharts adds the charts around an incident that has a postmortem: the frozen ones, or, while there are none
// yet, what the stored results show.
func (s *Server) incidentCharts(ctx context.Context, now *rendered, inc incidents.PageIncident) (incidents.PageIncident, error) {
	if inc.Postmortem == nil || inc.ResolvedAt.IsZero() {
		return inc, nil
	}
	list, err := s.Store.FrozenCharts(ctx, inc.ID)
	if err == nil && len(list) == 0 {
		var touched []string
		for _, c := range inc.Components {
			touched = append(touched, c.ID)
		}
		list, err = incidents.ChartsAround(ctx, s.Store, s.Charts, touched, inc.StartedAt, inc.ResolvedAt, now.at.UTC())
	}
	return inc.Charting(list), err
}
