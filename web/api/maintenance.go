package api

import (
	"encoding/json"
	"slices"
	"time"

	"candor/incidents"
)

// MaintenancesJSON answers /api/v2/scheduled-maintenances.json with the maintenances of a list that are in one of the
// states, or with all when none is named.
func MaintenancesJSON(p incidents.Page, list []incidents.PageIncident, states ...incidents.Status) ([]byte, error) {
	if len(states) > 0 {
		list = slices.DeleteFunc(slices.Clone(list), func(m incidents.PageIncident) bool { return !slices.Contains(states, m.Status) })
	}
	return json.Marshal(struct {
		Page                  Page          `json:"page"`
		ScheduledMaintenances []Maintenance `json:"scheduled_maintenances"`
	}{pageOf(p), maintenancesOf(p, list)})
}

// BareMaintenanceJSON answers /maintenance/ID.json, which has no page around it.
func BareMaintenanceJSON(p incidents.Page, m incidents.PageIncident) ([]byte, error) {
	return json.Marshal(maintenanceOf(p, m))
}

func maintenancesOf(p incidents.Page, list []incidents.PageIncident) []Maintenance {
	out := []Maintenance{}
	for _, m := range list {
		out = append(out, maintenanceOf(p, m))
	}
	return out
}

func maintenanceOf(p incidents.Page, m incidents.PageIncident) Maintenance {
	return Maintenance{Incident: incidentOf(p, m), ScheduledFor: in(p, m.From), ScheduledUntil: in(p, m.Until)}
}

// statusWord returns a status as Statuspage writes it, which completes what was cancelled.
func statusWord(s incidents.Status) string {
	if s == incidents.Cancelled {
		s = incidents.Completed
	}
	return string(s)
}

// startOf returns when an incident or maintenance began; one that has not begun, when it was announced.
func startOf(inc incidents.PageIncident) time.Time {
	if inc.StartedAt.IsZero() {
		return inc.ToldAt
	}
	return inc.StartedAt
}
