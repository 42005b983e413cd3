package templates

import (
	"slices"

	"candor/incidents"
	"candor/templates/languages"
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
func (p Page) pastWords(inc incidents.PageIncident) string {
	switch {
	case !inc.Maintained():
		return componentWord(p.Words, inc.Worst)
	case inc.Status == incidents.Cancelled:
		return p.Words.CancelledMaintenance()
	}
	return p.Words.Maintenance()
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

func maintenanceLine(p Page, m incidents.PageIncident) string {
	if m.Status == incidents.Completed {
		return p.Words.CompletedAfter(p.Words.LengthWords(m.ResolvedAt.Sub(m.StartedAt)))
	}
	return p.statusWord(m.Status)
}

func maintenanceDescription(p Page, m incidents.PageIncident) string {
	text := p.Words.Describe(p.statusWord(m.Status), p.written(asStamp, m.From), p.written(asStamp, m.Until))
	if len(m.Components) > 0 {
		text = p.Words.Sentences(text, p.Words.ThisMaintenance(p.names(m)))
	}
	return text
}

// plannedWord tells of the times that an update gave.
func plannedWord(w *languages.Language, m incidents.PageIncident, u incidents.PageUpdate) string {
	if m.Updates[len(m.Updates)-1].ID == u.ID {
		return w.Planned()
	}
	return w.NowPlanned()
}

// untilFormat is the shortest that leaves no doubt about the day on which a maintenance ends.
func untilFormat(p incidents.Page, m incidents.PageIncident) string {
	if sameDate(inZone(p.Site, m.From), inZone(p.Site, m.Until)) {
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
