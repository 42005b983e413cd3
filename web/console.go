package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/probes"
	"candor/templates"
)

// now shows what is going on: open incidents and failing probes.
func (s *Server) now(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	return s.show(c, http.StatusOK, templates.NowPage(d.frame, d.frame.Open, s.failing(d.rows, d.frame.Open)))
}

// show renders a page of the console.
func (s *Server) show(c echo.Context, code int, page templ.Component) error {
	c.Response().Header().Set(echo.HeaderContentType, htmlType)
	c.Response().WriteHeader(code)
	if c.Request().Method == http.MethodHead {
		return nil
	}
	return page.Render(c.Request().Context(), c.Response())
}

// desk is what the pages of the console are made from.
type desk struct {
	frame      templates.Console
	components []incidents.Component
	rows       map[string]templates.ProbeRow // by probe key
}

func (s *Server) desk(c echo.Context) (desk, error) {
	ctx := c.Request().Context()
	open, err := s.Store.OpenIncidents(ctx)
	if err != nil {
		return desk{}, err
	}
	d := desk{}
	if d.components, d.rows, err = s.seen(ctx); err != nil {
		return desk{}, err
	}
	d.frame = templates.Console{Site: s.Site, Person: s.sessions.person(c), Current: c.Request().URL.Path, Open: open,
		Failing: len(s.failing(d.rows, open)), Probes: len(s.Probes), Now: time.Now().UTC(), Notice: s.sessions.takeNotice(c)}
	d.frame.Blind = s.blind(d)
	return d, nil
}

// blind returns the places whose checks cannot see, by the results that are on the desk.
func (s *Server) blind(d desk) []incidents.Blindness {
	recent := map[string][]probes.Result{}
	for key, row := range d.rows {
		recent[key] = row.Recent
	}
	return incidents.Blind(s.Tracker.Policy(), incidents.Facts{Now: d.frame.Now, Recent: recent})
}

// recentRuns is how many results of a probe the console shows.
const recentRuns = 30

// seen reads the components, and each probe's recent results by its key.
func (s *Server) seen(ctx context.Context) ([]incidents.Component, map[string]templates.ProbeRow, error) {
	components, err := s.Store.Components(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read components: %w", err)
	}
	keys := make([]string, len(s.Probes))
	for i, p := range s.Probes {
		keys[i] = p.Rule.Probe
	}
	recent, err := s.Store.RecentResults(ctx, keys, recentRuns)
	if err != nil {
		return nil, nil, fmt.Errorf("read recent results: %w", err)
	}
	promises, err := s.promises(ctx)
	if err != nil {
		return nil, nil, err
	}
	called := names(components)
	rows := map[string]templates.ProbeRow{}
	for _, p := range s.Probes {
		rows[p.Rule.Probe] = templates.ProbeRow{Key: p.Rule.Probe, Kind: p.Kind, Component: called[p.Rule.Component],
			Symptom: p.Rule.Symptom, Witness: p.Witness, Interval: p.Rule.Interval, Recent: recent[p.Rule.Probe], Promises: promises[p.Rule.Probe]}
	}
	return components, rows, nil
}

// failing returns the probes that an open incident names, or whose newest result is bad, in the configuration's order.
func (s *Server) failing(rows map[string]templates.ProbeRow, open []*incidents.Incident) []templates.ProbeRow {
	since := map[string]time.Time{}
	for _, inc := range open {
		for _, sym := range inc.Symptoms {
			if sym.Lasts() {
				since[sym.Probe] = sym.Since
			}
		}
	}
	var out []templates.ProbeRow
	for _, p := range s.Probes {
		row := rows[p.Rule.Probe]
		began, named := since[row.Key]
		if len(row.Recent) > 0 && row.Recent[0].Outcome.Bad() && !named {
			began, named = row.Recent[0].At, true
		}
		if named {
			row.Since = began
			out = append(out, row)
		}
	}
	return out
}

// choices lists the components for a form: what customers see, what the checks see, and what is chosen.
func (s *Server) choices(d desk, inc *incidents.Incident, chosen map[string]incidents.ComponentStatus) []templates.ComponentChoice {
	checks := map[string]incidents.ComponentStatus{}
	for _, p := range s.Probes {
		if recent := d.rows[p.Rule.Probe].Recent; len(recent) > 0 {
			status := incidents.Operational
			if recent[0].Outcome.Bad() {
				status = p.Rule.StatusOf(recent[0])
			}
			checks[p.Rule.Component] = status.Worse(checks[p.Rule.Component])
		}
	}
	now := map[string]incidents.ComponentStatus{}
	if inc != nil {
		now = inc.Affected()
	}
	var out []templates.ComponentChoice
	for _, c := range d.components {
		if !c.ArchivedAt.IsZero() {
			continue
		}
		present := incidents.Operational.Worse(now[c.ID])
		out = append(out, templates.ComponentChoice{Component: c, Now: present, Checks: checks[c.ID], Status: cmp.Or(chosen[c.ID], present)})
	}
	return out
}

// causeText tells responders where an incident probably comes from, and what speaks for it.
func causeText(policy incidents.Policy, inc *incidents.Incident, zone *time.Location) (string, []string) {
	cause := incidents.LikelyCause(policy.Components, inc.Symptoms)
	if cause.Component == "" {
		return "", nil
	}
	var notes []string
	notes = append(notes, fmt.Sprintf("Its first failing probe is %s.", cause.Probe))
	if cause.Lead > 0 {
		notes = append(notes, fmt.Sprintf("It began %s before any other component failed.", cause.Lead.Round(time.Second)))
	}
	if cause.Others > 0 {
		notes = append(notes, fmt.Sprintf("%d of %d other failing probes depend on it.", cause.Dependent, cause.Others))
	}
	if len(inc.Symptoms) > 1 {
		notes = append(notes, "It began in this order: "+onsets(inc.Symptoms, zone)+".")
	}
	return "Likely cause: " + cmp.Or(names(policy.Components)[cause.Component], cause.Component) + ".", notes
}

// onsets tells in which order probes began to fail.
func onsets(symptoms []incidents.Symptom, zone *time.Location) string {
	symptoms = slices.SortedStableFunc(slices.Values(symptoms), func(a, b incidents.Symptom) int { return a.Since.Compare(b.Since) })
	out := make([]string, len(symptoms))
	for i, sym := range symptoms {
		if later := sym.Since.Sub(symptoms[0].Since).Round(time.Second); i == 0 {
			out[i] = sym.Probe + " at " + sym.Since.In(zone).Format("15:04:05 MST")
		} else {
			out[i] = fmt.Sprintf("%s %s later", sym.Probe, later)
		}
	}
	return incidents.Join(out, 8)
}

// names maps ids to names.
func names(components []incidents.Component) map[string]string {
	out := map[string]string{}
	for _, c := range components {
		out[c.ID] = c.Name
	}
	return out
}
