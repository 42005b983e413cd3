package web

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
	"candor/web/api"
)

// maintenancePath answers /maintenance/ID with the page for people, /maintenance/ID.json with the maintenance alone,
// and /maintenance/ID.ics with what a calendar takes over.
func (s *Server) maintenancePath(c echo.Context) error {
	file := c.Param("id")
	ending := path.Ext(file)
	id, address := strings.TrimSuffix(file, ending), "/maintenance/"+file
	of := func(write func(incidents.Page, incidents.PageIncident) ([]byte, error)) func(context.Context, *rendered) ([]byte, error) {
		return func(ctx context.Context, now *rendered) ([]byte, error) {
			m, err := s.publicMaintenance(ctx, now, id)
			if err != nil {
				return nil, err
			}
			return write(now.page, m)
		}
	}
	switch ending {
	case "":
		return s.latePage(c, address, func(ctx context.Context, now *rendered, p templates.Page) (templ.Component, error) {
			m, err := s.publicMaintenance(ctx, now, id)
			if err != nil {
				return nil, err
			}
			return templates.MaintenancePage(p, m), nil
		})
	case ".json":
		return s.late(c, address, jsonType, apiCache, of(api.BareMaintenanceJSON))
	case ".ics":
		return s.late(c, address, icsType, apiCache, of(func(p incidents.Page, m incidents.PageIncident) ([]byte, error) {
			return api.Calendar(p, []incidents.PageIncident{m}), nil
		}))
	}
	return incidents.ErrNotFound
}

// loadMaintenances reads the newest public maintenances, also those from before the page's window.
func (r *rendered) loadMaintenances(ctx context.Context, f *facts) error {
	for limit := 2 * recentIncidents; ; limit *= 4 { // those for the team alone take places too
		stored, err := f.Store.Maintenances(ctx, time.Time{}, limit)
		if err != nil {
			return fmt.Errorf("read the newest maintenances: %w", err)
		}
		if r.planned = r.shown(stored); len(stored) < limit || len(r.planned) >= recentIncidents {
			r.planned = r.planned[:min(len(r.planned), recentIncidents)]
			return nil
		}
	}
}

// shown computes what customers may see of maintenances, and leaves out those that they are not told of.
func (r *rendered) shown(list []*incidents.Maintenance) []incidents.PageIncident {
	facts := r.facts
	facts.Incidents, facts.Maintenances = nil, nil // the page has computed the components already
	var out []incidents.PageIncident
	for _, m := range list {
		if seen, err := incidents.NewPageMaintenance(facts, m); err == nil {
			out = append(out, r.asNow(seen))
		}
	}
	return out
}

// told returns the incidents and maintenances that customers were told of last, newest first.
func (r *rendered) told() []incidents.PageIncident {
	all := slices.Concat(r.recent, r.planned)
	slices.SortStableFunc(all, func(a, b incidents.PageIncident) int { return b.ToldAt.Compare(a.ToldAt) })
	return all[:min(len(all), recentIncidents)]
}

// newestFirst sorts by when an incident began, and a maintenance begins.
func newestFirst(list []incidents.PageIncident) {
	begin := func(inc incidents.PageIncident) time.Time {
		if inc.Maintained() {
			return inc.From
		}
		return inc.StartedAt
	}
	slices.SortStableFunc(list, func(a, b incidents.PageIncident) int { return begin(b).Compare(begin(a)) })
}

// maintained returns the public maintenances that were scheduled between two times and are not still to come.
func (s *Server) maintained(ctx context.Context, now *rendered, from, until time.Time) ([]incidents.PageIncident, error) {
	list, err := s.Store.MaintenancesScheduled(ctx, from, until)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(m *incidents.Maintenance) bool { return m.Status() == incidents.Scheduled })
	return now.shown(list), nil
}

// publicMaintenance returns what customers may see of a maintenance, or ErrNotFound.
func (s *Server) publicMaintenance(ctx context.Context, now *rendered, id string) (incidents.PageIncident, error) {
	if i := slices.IndexFunc(now.planned, func(m incidents.PageIncident) bool { return m.ID == id }); i >= 0 {
		return now.planned[i], nil
	}
	m, err := s.Store.Maintenance(ctx, id)
	if err != nil {
		return incidents.PageIncident{}, err
	}
	list := now.shown([]*incidents.Maintenance{m})
	if len(list) == 0 {
		return incidents.PageIncident{}, incidents.ErrNotFound
	}
	return list[0], nil
}
