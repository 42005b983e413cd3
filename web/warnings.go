package web

import (
	"context"
	"slices"
	"time"

	"candor/incidents"
	"candor/templates"
)

// warningCharts draws the measurements that an incident warns of: the last hours, and where they are going.
func (s *Server) warningCharts(ctx context.Context, inc *incidents.Incident, now time.Time) ([]templates.Chart, error) {
	const shown, step = 3 * time.Hour, 30 * time.Second
	var out []templates.Chart
	for _, sym := range inc.Symptoms {
		if !sym.Warning || !sym.Lasts() {
			continue
		}
		probe, measurement := sym.Warned()
		courses, err := s.Store.Courses(ctx, probe, now.Add(-shown), now, step)
		if err != nil {
			return nil, err
		}
		named := func(c incidents.Course) bool { return c.Name != measurement }
		if courses = slices.DeleteFunc(courses, named); len(courses) == 0 {
			continue
		}
		recent, err := s.Store.RecentCourses(ctx, probe, now)
		if err != nil {
			return nil, err
		}
		chart := templates.Chart{ID: incidents.DerivedID(inc.ID, sym.Probe), Title: sym.Probe, Courses: courses, Now: now}
		if recent = slices.DeleteFunc(recent, named); len(recent) > 0 {
			chart.Outlook, _ = incidents.Forecast(recent[0], now)
		}
		out = append(out, chart)
	}
	return out, nil
}
