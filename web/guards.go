package web

import (
	"context"
	"fmt"
	"slices"
	"time"

	"candor/incidents"
	"candor/templates"
)

// watch returns the guards with what their probes have found, by the days that were seen and the newest results.
func (f *facts) watch(ctx context.Context, now time.Time) ([]incidents.Watching, error) {
	guards, err := f.Store.Guards(ctx)
	if err != nil || len(guards) == 0 {
		return nil, err
	}
	recent, err := f.Store.RecentResults(ctx, incidents.GuardedProbes(guards), recentRuns)
	if err != nil {
		return nil, fmt.Errorf("read the newest results of guards: %w", err)
	}
	out := make([]incidents.Watching, len(guards))
	for i, g := range guards {
		out[i] = g.Watch(f.rule(g.Probe), f.coverage.guarded(g.Probe), recent[g.Probe], now)
	}
	return out, nil
}

// rule returns the rule of a probe, nil when there is no such probe.
func (f *facts) rule(key string) *incidents.Rule {
	i := slices.IndexFunc(f.Probes, func(p ProbeInfo) bool { return p.Rule.Probe == key })
	if i < 0 {
		return nil
	}
	return f.Probes[i].Rule
}

func byIncident(list []incidents.Watching) map[string][]incidents.Watching {
	out := map[string][]incidents.Watching{}
	for _, w := range list {
		out[w.Incident] = append(out[w.Incident], w)
	}
	return out
}

// promises returns, by probe, what is not kept while the probe fails.
func (s *Server) promises(ctx context.Context) (map[string][]templates.Promise, error) {
	guards, err := s.Store.Guards(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string][]templates.Promise{}
	for _, g := range guards {
		out[g.Probe] = append(out[g.Probe], templates.Promise{Incident: g.Incident, Title: g.Title, Caption: g.Caption})
	}
	return out, nil
}

// addCare adds to a room what the incident's postmortem promises.
func (s *Server) addCare(ctx context.Context, room *templates.Room) error {
	id := room.Incident.ID
	list, err := s.Store.FollowUps(ctx, []string{id})
	if err != nil {
		return err
	}
	room.FollowUps = list[id]
	if now := s.snapshot.current.Load(); now != nil {
		room.Guards = now.facts.Guards[id]
	}
	return nil
}
