package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"candor/incidents"
)

// maintenances adds one that went a little otherwise than planned, and one to come.
func (s seeder) maintenances(ctx context.Context) error {
	planned := s.daysAgo(8, 2, 0)
	night := s.daysAgo(-3, 2, 0)
	return errors.Join(
		s.maintain(ctx, "Database upgrade in the EU", "eu-platform",
			incidents.MaintenanceUpdate{At: planned.Add(-6 * 24 * time.Hour), Author: "Ada", From: planned, Until: planned.Add(time.Hour),
				Body: "We move the EU Platform to a newer database. **You can read everything meanwhile, but nothing can be saved.** Campaigns that are scheduled for this hour are sent right after it."},
			incidents.MaintenanceUpdate{At: planned, Status: incidents.InProgress, Body: "The maintenance has begun, as planned."},
			incidents.MaintenanceUpdate{At: planned.Add(52 * time.Minute), Author: "Ada", Until: planned.Add(90 * time.Minute),
				Body: "Copying the data takes longer than in our rehearsal. We need half an hour more; the EU Platform stays read-only until then."},
			incidents.MaintenanceUpdate{At: planned.Add(74 * time.Minute), Status: incidents.Verifying, Author: "Ada",
				Body: "The new database is in use, and you can save again. We look closely at it before we call this done."},
			incidents.MaintenanceUpdate{At: planned.Add(83 * time.Minute), Status: incidents.Completed, Author: "Ada",
				Body: "All is well on the new database. Campaigns that waited have been sent."}),
		s.maintain(ctx, "New routers for the US Platform", "us-platform",
			incidents.MaintenanceUpdate{At: s.daysAgo(2, 15, 5), Author: "Ada", From: night, Until: night.Add(2 * time.Hour),
				Body: "We replace the routers in front of the US Platform, one after the other. Expect pages to load slowly, and two interruptions of less than a minute each. Nothing that you save is lost."}))
}

// maintain stores a maintenance as if it had been told at its time.
func (s seeder) maintain(ctx context.Context, title, component string, first incidents.MaintenanceUpdate, more ...incidents.MaintenanceUpdate) error {
	m, err := incidents.NewMaintenance(title, []string{s.ids[component]}, first)
	if err != nil {
		return fmt.Errorf("announce %q: %w", title, err)
	}
	for _, u := range more {
		if err := m.Post(u); err != nil {
			return fmt.Errorf("tell %q: %w", title, err)
		}
	}
	return s.DB.SaveMaintenance(ctx, m)
}
