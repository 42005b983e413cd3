package templates

import (
	"slices"

	"candor/incidents"
)

// stepsOf returns the customary steps of an incident or a maintenance.
func stepsOf(inc incidents.PageIncident) []incidents.Status {
	if inc.Maintained() {
		return incidents.MaintenanceSteps
	}
	return incidents.Statuses
}

// underWay returns the maintenances that are being carried out.
func underWay(p incidents.Page) []incidents.PageIncident {
	return slices.DeleteFunc(slices.Clone(p.Planned), func(m incidents.PageIncident) bool { return m.Status == incidents.Scheduled })
}

// toCome returns the maintenances that have not begun.
func toCome(p incidents.Page) []incidents.PageIncident {
	return slices.DeleteFunc(slices.Clone(p.Planned), func(m incidents.PageIncident) bool { return m.Status != incidents.Scheduled })
}

// pastWords says in a list how bad something was.
func pastWords(inc incidents.PageIncident) string {
	switch {
	case !inc.Maintained():
		return inc.Worst.Words()
	case inc.Status == incidents.Cancelled:
		return "Cancelled maintenance"
	}
	return "Maintenance"
}

// maintenanceSight returns the colour of a maintenance's state line: one that is over is well.
func maintenanceSight(m incidents.PageIncident) incidents.Sight {
	switch m.Status {
	case incidents.Completed:
		return incidents.SightOK
	case incidents.Cancelled:
		return incidents.SightNoData
	}
	return incidents.SightMaint
}

func maintenanceLine(m incidents.PageIncident) string {
	if m.Status == incidents.Completed {
		return "Completed after " + lengthWords(m.ResolvedAt.Sub(m.StartedAt))
	}
	return statusWord(m.Status)
}

func maintenanceDescription(p incidents.Page, m incidents.PageIncident) string {
	text := "Maintenance, " + statusWord(m.Status) + ". From " + stamp(inZone(p.Site, m.From)) + " until " + stamp(inZone(p.Site, m.Until)) + "."
	if len(m.Components) > 0 {
		text += " Affects " + incidents.Join(componentNames(m.Components), 6) + "."
	}
	return text
}

// plannedWord begins the times that an update gave.
func plannedWord(m incidents.PageIncident, u incidents.PageUpdate) string {
	if m.Updates[len(m.Updates)-1].ID == u.ID {
		return "Planned"
	}
	return "Now planned"
}

// untilFormat is the shortest that leaves no doubt about the day on which a maintenance ends.
func untilFormat(p incidents.Page, m incidents.PageIncident) string {
	if date(inZone(p.Site, m.From)) == date(inZone(p.Site, m.Until)) {
		return asClock
	}
	return asStamp
}

// said returns what a customer should read first of a maintenance under way: the newest that a person wrote.
func said(m incidents.PageIncident) string {
	for _, u := range m.Updates {
		if !u.Automatic {
			return u.Body
		}
	}
	return m.Updates[0].Body
}
