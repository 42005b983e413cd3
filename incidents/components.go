package incidents

import (
	"cmp"
	"slices"
	"time"
)

// ComponentStatus is the state of a component, in the words and order of Statuspage's API.
type ComponentStatus string

const (
	Operational         ComponentStatus = "operational"
	UnderMaintenance    ComponentStatus = "under_maintenance"
	DegradedPerformance ComponentStatus = "degraded_performance"
	PartialOutage       ComponentStatus = "partial_outage"
	MajorOutage         ComponentStatus = "major_outage"
)

// ComponentStatuses lists every status, best first.
var ComponentStatuses = []ComponentStatus{Operational, UnderMaintenance, DegradedPerformance, PartialOutage, MajorOutage}

// Valid says whether s is one of ComponentStatuses.
func (s ComponentStatus) Valid() bool { return slices.Contains(ComponentStatuses, s) }

// Worse returns the worse of two statuses; an empty one counts as Operational.
func (s ComponentStatus) Worse(o ComponentStatus) ComponentStatus {
	if s == o && s != "" {
		return s
	}
	if slices.Index(ComponentStatuses, o) > slices.Index(ComponentStatuses, s) {
		return o
	}
	if s == "" {
		return Operational
	}
	return s
}

// Component is a part of the product that customers know by name, or an internal part that those depend on.
type Component struct {
	ID          string
	Key         string // its name in the configuration file; empty when it was made elsewhere
	Name        string
	Group       string // heading it stands under; may be empty
	Description string
	Position    int      // order on the page, from 1
	Internal    bool     // for responders only: never on the public page
	DependsOn   []string // ids of the components it needs
	CreatedAt   time.Time
	ArchivedAt  time.Time // zero while in use; an archived component keeps its history
}

// Reconcile matches the components of a configuration, whose DependsOn are keys, with the stored ones by key.
// It returns what to store: known components keep id and age whatever their new name, new ones get an id,
// and stored ones that the configuration dropped come back archived.
func Reconcile(stored, configured []Component, now time.Time) []Component {
	byKey := map[string]Component{}
	for _, c := range stored {
		if c.Key != "" {
			byKey[c.Key] = c
		}
	}
	ids := map[string]string{}
	for _, c := range configured {
		ids[c.Key] = cmp.Or(byKey[c.Key].ID, NewID())
	}
	var out []Component
	for i, c := range configured {
		c.ID, c.Position, c.ArchivedAt = ids[c.Key], i+1, time.Time{}
		if c.CreatedAt = byKey[c.Key].CreatedAt; c.CreatedAt.IsZero() {
			c.CreatedAt = now
		}
		keys := c.DependsOn
		c.DependsOn = nil
		for _, k := range keys {
			if id, ok := ids[k]; ok {
				c.DependsOn = append(c.DependsOn, id)
			}
		}
		out = append(out, c)
	}
	for _, c := range stored {
		if _, kept := ids[c.Key]; c.Key != "" && !kept && c.ArchivedAt.IsZero() {
			c.ArchivedAt = now
			out = append(out, c)
		}
	}
	return out
}

// FullName returns the name with its group, as Statuspage writes it.
func (c PageComponent) FullName() string {
	if c.Group == "" {
		return c.Name
	}
	return c.Group + " - " + c.Name
}
