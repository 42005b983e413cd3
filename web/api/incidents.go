package api

import (
	"encoding/json"
	"slices"

	"candor/incidents"
)

// ComponentsJSON answers /api/v2/components.json: groups and components by position.
func ComponentsJSON(p incidents.Page) ([]byte, error) {
	return json.Marshal(struct {
		Page       Page        `json:"page"`
		Components []Component `json:"components"`
	}{pageOf(p), componentsOf(p)})
}

// IncidentsJSON answers /api/v2/incidents.json and its kin with a list that is newest first.
func IncidentsJSON(p incidents.Page, list []incidents.PageIncident) ([]byte, error) {
	return json.Marshal(struct {
		Page      Page       `json:"page"`
		Incidents []Incident `json:"incidents"`
	}{pageOf(p), incidentsOf(p, list)})
}

// ResolvedJSON answers /api/v2/incidents/resolved.json: those of the list that are over, with or without a postmortem.
func ResolvedJSON(p incidents.Page, list []incidents.PageIncident) ([]byte, error) {
	return IncidentsJSON(p, slices.DeleteFunc(slices.Clone(list), func(inc incidents.PageIncident) bool { return inc.Status != incidents.Resolved }))
}

// IncidentJSON answers /api/v2/incidents/ID.json.
func IncidentJSON(p incidents.Page, inc incidents.PageIncident) ([]byte, error) {
	return json.Marshal(struct {
		Page     Page     `json:"page"`
		Incident Incident `json:"incident"`
	}{pageOf(p), incidentOf(p, inc)})
}

// BareIncidentJSON answers /incidents/ID.json, which has no page around it.
func BareIncidentJSON(p incidents.Page, inc incidents.PageIncident) ([]byte, error) {
	return json.Marshal(incidentOf(p, inc))
}
