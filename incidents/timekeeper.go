package incidents

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// MaintenanceStore is what KeepTime reads maintenances from and keeps them in.
type MaintenanceStore interface {
	// OpenMaintenances returns those that are to come or under way.
	OpenMaintenances(ctx context.Context) ([]*Maintenance, error)
	// SaveMaintenance returns ErrConflict when the stored version is another.
	SaveMaintenance(ctx context.Context, m *Maintenance) error
}

// KeepTime begins and ends maintenances at their times until ctx ends, also those whose time came while nobody kept
// it. changed is called after each update. It logs what fails, and tries again.
func KeepTime(ctx context.Context, store MaintenanceStore, changed func()) {
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		if err := keepTime(ctx, store, changed, time.Now().UTC()); err != nil && ctx.Err() == nil {
			slog.Error("begin and end maintenances", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func keepTime(ctx context.Context, store MaintenanceStore, changed func(), now time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	list, err := store.OpenMaintenances(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, m := range list {
		failed = errors.Join(failed, advance(ctx, store, changed, m, now))
	}
	return failed
}

// advance posts what is due of one maintenance, which may be its beginning and its end.
func advance(ctx context.Context, store MaintenanceStore, changed func(), m *Maintenance, now time.Time) error {
	before := m.Status()
	for u, due := m.Due(now); due; u, due = m.Due(now) {
		if err := m.Post(u); err != nil {
			return fmt.Errorf("post to maintenance %s: %w", m.ID, err)
		}
	}
	if m.Status() == before {
		return nil
	}
	err := store.SaveMaintenance(ctx, m)
	if errors.Is(err, ErrConflict) {
		return nil // a person was first; the next look sees what is due then
	}
	if err != nil {
		return err
	}
	slog.Info("maintenance updated at its time", "maintenance", m.ID, "status", string(m.Status()))
	changed()
	return nil
}
