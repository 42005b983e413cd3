package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"candor/incidents"
)

// recentIncidents is how many incidents lists and feeds hold, as Statuspage's do.
const recentIncidents = 50

// loadRecent reads the newest public incidents, also those from before the page's window.
func (r *rendered) loadRecent(ctx context.Context, f *facts) error {
	list, facts := publicOnly(r.facts.Incidents), r.facts
	if len(list) < recentIncidents || list[recentIncidents-1].StartedAt.Before(f.told.from) { // others may be newer
		older, err := f.older(ctx, recentIncidents)
		if err == nil && len(older) > 0 {
			err = f.belongings(ctx, ids(older), &facts)
		}
		if err != nil {
			return fmt.Errorf("the newest incidents: %w", err)
		}
		list = append(list, older...)
		slices.SortStableFunc(list, func(a, b *incidents.Incident) int {
			return cmp.Or(b.StartedAt.Compare(a.StartedAt), strings.Compare(b.ID, a.ID))
		})
	}
	for _, inc := range list[:min(len(list), recentIncidents)] {
		seen, ok := r.page.Find(inc.ID)
		if !ok {
			seen = r.viewAll(inc, facts)
		}
		r.recent = append(r.recent, seen)
	}
	return nil
}

// older returns the newest n public incidents among those that were resolved before the page's window.
func (f *facts) older(ctx context.Context, n int) (list []*incidents.Incident, err error) {
	for limit := 2 * n; ; limit *= 4 { // incidents for the team alone take places too
		stored, err := f.Store.IncidentsResolved(ctx, f.told.from, limit)
		if err != nil {
			return nil, fmt.Errorf("read incidents before the page's window: %w", err)
		}
		if list = publicOnly(stored); len(stored) < limit || len(list) >= n {
			break
		}
	}
	return list[:min(len(list), n)], nil
}

// view computes what lists say of an incident that is not on the page.
func (r *rendered) view(inc *incidents.Incident, reports map[string]incidents.Postmortem) incidents.PageIncident {
	facts := r.facts
	facts.Postmortems, facts.Evidence, facts.FollowUps = reports, nil, nil
	return r.viewAll(inc, facts)
}

// viewAll computes all that customers may see of an incident that is not on the page.
func (r *rendered) viewAll(inc *incidents.Incident, facts incidents.PageFacts) incidents.PageIncident {
	facts.Days, facts.Incidents = 0, nil // the page has computed the components already
	return r.asNow(incidents.NewPageIncident(facts, inc))
}

// asNow gives the components of an incident or a maintenance the state they have on the page.
func (r *rendered) asNow(seen incidents.PageIncident) incidents.PageIncident {
	for i, c := range seen.Components {
		if now, err := publicComponent(r.page, c.ID); err == nil {
			now.Days = nil
			seen.Components[i] = now
		}
	}
	return seen
}

func publicOnly(list []*incidents.Incident) []*incidents.Incident {
	var out []*incidents.Incident
	for _, inc := range list {
		if inc.Public() {
			out = append(out, inc)
		}
	}
	return out
}

// publicIncident returns what customers may see of an incident, or ErrNotFound.
func (s *Server) publicIncident(ctx context.Context, now *rendered, id string) (incidents.PageIncident, error) {
	for _, inc := range now.recent {
		if inc.ID == id {
			return inc, nil
		}
	}
	if inc, ok := now.page.Find(id); ok {
		return inc, nil
	}
	inc, err := s.Store.Incident(ctx, id)
	if err != nil {
		return incidents.PageIncident{}, err
	}
	if !inc.Public() {
		return incidents.PageIncident{}, incidents.ErrNotFound
	}
	facts := now.facts
	if err := s.snapshot.facts.belongings(ctx, []string{id}, &facts); err != nil {
		return incidents.PageIncident{}, err
	}
	return now.viewAll(inc, facts), nil
}

func publicComponent(p incidents.Page, id string) (incidents.PageComponent, error) {
	if c, ok := p.Component(id); ok {
		return c, nil
	}
	return incidents.PageComponent{}, incidents.ErrNotFound
}
