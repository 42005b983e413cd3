// Package api is the public page as JSON and as a feed, in the shapes of a hosted Statuspage.
package api

import (
	"encoding/json"
	"time"

	"candor/incidents"
)

// Time is written as Statuspage writes it: ISO 8601 with milliseconds, in the page's zone.
type Time struct{ time.Time }

// MarshalJSON writes null for the zero time.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return []byte(t.Format(`"2006-01-02T15:04:05.000Z07:00"`)), nil
}

// Page names the page that an answer is of.
type Page struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	URL       string `json:"url"`
	TimeZone  string `json:"time_zone"`
	UpdatedAt Time   `json:"updated_at"`
}

// Status is the whole page in one word and one phrase.
type Status struct {
	Indicator   string `json:"indicator"`
	Description string `json:"description"`
}

// Component is a component, or a group of them.
type Component struct {
	ID                 string   `json:"id"`
	Name               string   `json:"name"`
	Status             string   `json:"status"`
	CreatedAt          Time     `json:"created_at"`
	UpdatedAt          Time     `json:"updated_at"`
	Position           int      `json:"position"`
	Description        *string  `json:"description"`
	Showcase           bool     `json:"showcase"`
	StartDate          *string  `json:"start_date"`
	GroupID            *string  `json:"group_id"`
	PageID             string   `json:"page_id"`
	Group              bool     `json:"group"`
	OnlyShowIfDegraded bool     `json:"only_show_if_degraded"`
	Components         []string `json:"components,omitempty"` // of a group
}

// Incident is an incident with its updates, newest first.
type Incident struct {
	ID                string      `json:"id"`
	Name              string      `json:"name"`
	Status            string      `json:"status"`
	CreatedAt         Time        `json:"created_at"`
	UpdatedAt         Time        `json:"updated_at"`
	MonitoringAt      Time        `json:"monitoring_at"`
	ResolvedAt        Time        `json:"resolved_at"`
	Impact            string      `json:"impact"`
	Shortlink         string      `json:"shortlink"`
	StartedAt         Time        `json:"started_at"`
	PageID            string      `json:"page_id"`
	IncidentUpdates   []Update    `json:"incident_updates"`
	Components        []Component `json:"components"`
	ReminderIntervals *string     `json:"reminder_intervals"`
}

// Maintenance is an incident that was planned.
type Maintenance struct {
	Incident
	ScheduledFor   Time `json:"scheduled_for"`
	ScheduledUntil Time `json:"scheduled_until"`
}

// Update is one update of an incident.
type Update struct {
	ID                   string     `json:"id"`
	Status               string     `json:"status"`
	Body                 string     `json:"body"`
	IncidentID           string     `json:"incident_id"`
	CreatedAt            Time       `json:"created_at"`
	UpdatedAt            Time       `json:"updated_at"`
	DisplayAt            Time       `json:"display_at"`
	AffectedComponents   []Affected `json:"affected_components"` // null when the update touched none
	DeliverNotifications bool       `json:"deliver_notifications"`
	CustomTweet          *string    `json:"custom_tweet"`
	TweetID              *string    `json:"tweet_id"`
}

// Affected says what an update did to a component.
type Affected struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	OldStatus string `json:"old_status"`
	NewStatus string `json:"new_status"`
}

// StatusJSON answers /api/v2/status.json.
func StatusJSON(p incidents.Page) ([]byte, error) {
	return json.Marshal(struct {
		Page   Page   `json:"page"`
		Status Status `json:"status"`
	}{pageOf(p), statusOf(p)})
}

// SummaryJSON answers /api/v2/summary.json: components, unresolved incidents, maintenances to come or under way.
func SummaryJSON(p incidents.Page) ([]byte, error) {
	return json.Marshal(struct {
		Page                  Page          `json:"page"`
		Components            []Component   `json:"components"`
		Incidents             []Incident    `json:"incidents"`
		ScheduledMaintenances []Maintenance `json:"scheduled_maintenances"`
		Status                Status        `json:"status"`
	}{pageOf(p), componentsOf(p), incidentsOf(p, p.Open), maintenancesOf(p, p.Planned), statusOf(p)})
}
