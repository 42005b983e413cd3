package api

import (
	"slices"
	"time"

	"candor/incidents"
)

func pageOf(p incidents.Page) Page {
	return Page{ID: p.Site.ID, Name: p.Site.Name, URL: p.Site.URL, TimeZone: p.Site.ZoneName, UpdatedAt: in(p, p.UpdatedAt)}
}

// in gives a time in the page's zone.
func in(p incidents.Page, t time.Time) Time {
	if t.IsZero() || p.Site.Zone == nil {
		return Time{t}
	}
	return Time{t.In(p.Site.Zone)}
}

// statusOf computes the compatible summary by Atlassian's published rule. It may say less than the page's own
// sentence (four of six in partial outage is "minor" there); clients expect it so.
func statusOf(p incidents.Page) Status {
	n := map[incidents.ComponentStatus]int{}
	all := p.Components()
	for _, c := range all {
		n[c.Status]++
	}
	is := func(s incidents.ComponentStatus) bool { return len(all) > 0 && n[s] == len(all) }
	switch {
	case is(incidents.MajorOutage):
		return Status{"critical", "Major System Outage"}
	case n[incidents.MajorOutage] > 0, is(incidents.PartialOutage):
		return Status{"major", "Partial System Outage"}
	case n[incidents.PartialOutage] > 0:
		return Status{"minor", "Minor Service Outage"}
	case is(incidents.DegradedPerformance):
		return Status{"minor", "Degraded System Service"}
	case n[incidents.DegradedPerformance] > 0:
		return Status{"minor", "Partially Degraded Service"}
	case n[incidents.UnderMaintenance] > 0:
		return Status{"maintenance", "Service Under Maintenance"}
	}
	return Status{"none", "All Systems Operational"}
}

// componentsOf lists groups and components by position, as Statuspage does.
func componentsOf(p incidents.Page) []Component {
	out := []Component{}
	for _, g := range p.Groups {
		if g.Name != "" {
			out = append(out, groupOf(p, g))
		}
		for _, c := range g.Components {
			out = append(out, componentOf(p, c))
		}
	}
	slices.SortStableFunc(out, func(a, b Component) int { return a.Position - b.Position })
	return out
}

func componentOf(p incidents.Page, c incidents.PageComponent) Component {
	start := c.CreatedAt.UTC().Format(time.DateOnly)
	out := Component{ID: c.ID, Name: c.Name, Status: string(c.Status), CreatedAt: in(p, c.CreatedAt), UpdatedAt: in(p, c.UpdatedAt),
		Position: c.Position, Showcase: true, StartDate: &start, PageID: p.Site.ID}
	if c.Description != "" {
		out.Description = &c.Description
	}
	if c.Group != "" {
		id := groupID(p, c.Group)
		out.GroupID = &id
	}
	return out
}

func groupOf(p incidents.Page, g incidents.PageGroup) Component {
	out := Component{ID: groupID(p, g.Name), Name: g.Name, Status: string(incidents.Operational), PageID: p.Site.ID, Group: true,
		Position: g.Components[0].Position, CreatedAt: in(p, g.Components[0].CreatedAt)}
	worst := incidents.Operational
	for _, c := range g.Components {
		worst = worst.Worse(c.Status)
		out.Components = append(out.Components, c.ID)
		if in(p, c.UpdatedAt).After(out.UpdatedAt.Time) {
			out.UpdatedAt = in(p, c.UpdatedAt)
		}
	}
	out.Status = string(worst)
	return out
}

// groupID derives a group's id from the page and the group's name: groups are headings, not rows.
func groupID(p incidents.Page, name string) string { return incidents.DerivedID(p.Site.ID, name) }

func incidentsOf(p incidents.Page, list []incidents.PageIncident) []Incident {
	out := []Incident{}
	for _, inc := range list {
		out = append(out, incidentOf(p, inc))
	}
	return out
}

func incidentOf(p incidents.Page, inc incidents.PageIncident) Incident {
	out := Incident{ID: inc.ID, Name: inc.Title, Status: statusWord(inc.Status), CreatedAt: in(p, inc.ToldAt), UpdatedAt: in(p, lastChange(inc)),
		ResolvedAt: in(p, inc.ResolvedAt), Impact: string(inc.Impact), Shortlink: p.Site.URL + inc.Path(),
		StartedAt: in(p, startOf(inc)), PageID: p.Site.ID, IncidentUpdates: []Update{}, Components: []Component{}}
	if inc.Postmortem != nil {
		out.Status = postmortem
		out.IncidentUpdates = append(out.IncidentUpdates, postmortemOf(p, inc))
	}
	for _, u := range inc.Updates {
		out.IncidentUpdates = append(out.IncidentUpdates, updateOf(p, inc.ID, u))
		if u.Status == incidents.Monitoring {
			out.MonitoringAt = in(p, u.At)
		}
	}
	for _, c := range inc.Components {
		out.Components = append(out.Components, componentOf(p, c))
	}
	return out
}

// postmortem is the status of an incident once its postmortem is published, and of the update that holds it.
const postmortem = "postmortem"

func postmortemOf(p incidents.Page, inc incidents.PageIncident) Update {
	at := in(p, inc.Postmortem.PublishedAt)
	return Update{ID: incidents.DerivedID(inc.ID, postmortem), Status: postmortem, Body: inc.Postmortem.Body, IncidentID: inc.ID,
		CreatedAt: at, UpdatedAt: in(p, inc.Postmortem.RevisedAt), DisplayAt: at, DeliverNotifications: true}
}

func updateOf(p incidents.Page, incident string, u incidents.PageUpdate) Update {
	at := in(p, u.At)
	out := Update{ID: u.ID, Status: statusWord(u.Status), Body: u.Body, IncidentID: incident, CreatedAt: at, UpdatedAt: at, DisplayAt: at,
		DeliverNotifications: true}
	if len(u.Earlier) > 0 {
		out.UpdatedAt = in(p, u.Earlier[0].Until)
	}
	for _, c := range u.Changes {
		out.AffectedComponents = append(out.AffectedComponents, Affected{c.Component, c.Name, string(c.From), string(c.To)})
	}
	return out
}

// lastChange returns when customers last saw something new of an incident.
func lastChange(inc incidents.PageIncident) time.Time {
	if inc.Postmortem != nil && inc.Postmortem.RevisedAt.After(inc.UpdatedAt) {
		return inc.Postmortem.RevisedAt
	}
	return inc.UpdatedAt
}
