package web

import (
	"context"
	"fmt"
	"time"

	"candor/incidents"
)

// recentIncidents is how many incidents lists and feeds hold, as Statuspage's do.
const recentIncidents = 50

// loadRecent reads the newest public incidents, also those from before the page's window.
func (r *rendered) loadRecent(ctx context.Context, f facts) error {
	var list []*incidents.Incident
	for limit := 2 * recentIncidents; ; limit *= 4 { // incidents for the team alone take places too
		stored, err := f.Store.Incidents(ctx, time.Time{}, limit)
		if err != nil {
			return fmt.Errorf("read the newest incidents: %w", err)
		}
		if list = publicOnly(stored); len(stored) < limit || len(list) >= recentIncidents {
			break
		}
	}
	list = list[:min(len(list), recentIncidents)]
	reports, err := f.Store.PublishedPostmortems(ctx, ids(list))
	if err != nil {
		return fmt.Errorf("read the newest postmortems: %w", err)
	}
	shown, err := f.Store.PublicEvidence(ctx, ids(list))
	if err != nil {
		return fmt.Errorf("read the newest public evidence: %w", err)
	}
	for _, inc := range list {
		seen, ok := r.page.Find(inc.ID)
		if !ok {
			seen = r.viewAll(inc, reports, shown)
		}
		r.recent = append(r.recent, seen)
	}
	return nil
}

// view computes what lists say of an incident that is not on the page.
func (r *rendered) view(inc *incidents.Incident, reports map[string]incidents.Postmortem) incidents.PageIncident {
	return r.viewAll(inc, reports, nil)
}

// viewAll computes all that customers may see of an incident that is not on the page.
func (r *rendered) viewAll(inc *incidents.Incident, reports map[string]incidents.Postmortem, shown map[string][]incidents.Evidence) incidents.PageIncident {
	facts := r.facts
	facts.Days, facts.Incidents, facts.Postmortems, facts.Evidence = 0, nil, reports, shown // the page has computed the components already
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
	reports, err := s.Store.PublishedPostmortems(ctx, []string{id})
	if err != nil {
		return incidents.PageIncident{}, err
	}
	shown, err := s.Store.PublicEvidence(ctx, []string{id})
	if err != nil {
		return incidents.PageIncident{}, err
	}
	return now.viewAll(inc, reports, shown), nil
}

func publicComponent(p incidents.Page, id string) (incidents.PageComponent, error) {
	for _, c := range p.Components() {
		if c.ID == id {
			return c, nil
		}
	}
	return incidents.PageComponent{}, incidents.ErrNotFound
}
