package templates

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/templates/languages"
)

// statusWord returns an incident's status as responders read it.
func statusWord(s incidents.Status) string {
	if s == "" {
		return "Note"
	}
	return strings.ReplaceAll(strings.ToUpper(string(s[:1]))+string(s[1:]), "_", " ")
}

// updateWord names an update; one that repeats the status before it is just an update.
func (p Page) updateWord(u incidents.PageUpdate) string {
	if u.Repeated {
		return p.Words.Update()
	}
	return p.statusWord(u.Status)
}

// HistoryImpacts are the impacts that the history can be narrowed to.
var HistoryImpacts = []incidents.ComponentStatus{incidents.DegradedPerformance, incidents.PartialOutage, incidents.MajorOutage}

// incidentSight returns the colour of an incident on the public page.
func incidentSight(inc incidents.PageIncident) incidents.Sight {
	if s := inc.Worst.Sight(); s != incidents.SightOK {
		return s
	}
	if inc.Status == incidents.Resolved || inc.Status == incidents.Monitoring {
		return incidents.SightOK
	}
	return incidents.SightDegraded
}

// roomSight returns the colour of an incident in the console.
func roomSight(inc *incidents.Incident) incidents.Sight {
	worst := incidents.Operational
	for _, s := range inc.Affected() {
		worst = worst.Worse(s)
	}
	return incidentSight(incidents.PageIncident{Worst: worst, Status: inc.Status()})
}

// roomState says in words what the mark of an incident in the console shows.
func roomState(inc *incidents.Incident) string {
	worst := incidents.Operational
	for _, s := range inc.Affected() {
		worst = worst.Worse(s)
	}
	if !inc.Open() || worst == incidents.Operational {
		return statusWord(inc.Status())
	}
	return statusWord(inc.Status()) + ", " + strings.ToLower(worst.Words())
}

func startOf(inc incidents.PageIncident) time.Time {
	if inc.Maintained() {
		return cmp.Or(inc.StartedAt, inc.From)
	}
	if inc.StartedAt.IsZero() {
		return inc.ToldAt
	}
	return inc.StartedAt
}

// affectedSentence names the components in the form that Statuspage made customary:
// "Products (New Studio, Classic Studio) and Platforms (US Platform)".
func affectedSentence(w *languages.Language, list []incidents.PageComponent) string {
	var groups []string
	names := map[string][]string{}
	for _, c := range list {
		if len(names[c.Group]) == 0 {
			groups = append(groups, c.Group)
		}
		names[c.Group] = append(names[c.Group], c.Name)
	}
	var parts []string
	for _, g := range groups {
		if g == "" {
			parts = append(parts, names[g]...)
		} else {
			parts = append(parts, g+" ("+w.Row(names[g])+")")
		}
	}
	return w.List(parts, len(parts))
}

// names lists the components of an incident.
func (p Page) names(inc incidents.PageIncident) string {
	var names []string
	for _, c := range inc.Components {
		names = append(names, c.Name)
	}
	return p.Words.List(names, 6)
}

// changeGroup is what an update did, by the state that the components came to.
type changeGroup struct {
	To    incidents.ComponentStatus
	Names []string
}

func changeGroups(changes []incidents.PageChange) []changeGroup {
	var out []changeGroup
	for _, c := range changes {
		if c.From == c.To {
			continue
		}
		i := slices.IndexFunc(out, func(g changeGroup) bool { return g.To == c.To })
		if i < 0 {
			i, out = len(out), append(out, changeGroup{To: c.To})
		}
		out[i].Names = append(out[i].Names, c.Name)
	}
	return out
}

// shortNames leaves the group out of the names: a reader of the incident's page knows it.
func shortNames(inc incidents.PageIncident, changes []incidents.PageChange) []incidents.PageChange {
	changes = slices.Clone(changes)
	for i, c := range changes {
		for _, known := range inc.Components {
			if known.ID == c.Component {
				changes[i].Name = known.Name
			}
		}
		for _, spared := range inc.Corrections { // of a component that the incident did nothing to after all
			if spared.Component == c.Component {
				changes[i].Name = spared.Name
			}
		}
	}
	return changes
}

// roomChanges gives the changes of an update in the console their names.
func roomChanges(u incidents.Update, names map[string]string) []incidents.PageChange {
	var out []incidents.PageChange
	for _, c := range u.Changes {
		name := names[c.Component]
		if name == "" {
			name = "a component that is gone"
		}
		out = append(out, incidents.PageChange{Component: c.Component, Name: name, From: c.From, To: c.To})
	}
	return out
}

// sameDay says whether all the updates and the start fall on one day of the page's zone.
func sameDay(site incidents.Site, start time.Time, at []time.Time) bool {
	return !slices.ContainsFunc(at, func(t time.Time) bool { return !sameDate(inZone(site, t), inZone(site, start)) })
}

func pageTimes(updates []incidents.PageUpdate) []time.Time {
	var out []time.Time
	for _, u := range updates {
		out = append(out, u.At)
	}
	return out
}

func roomTimes(updates []incidents.Update) []time.Time {
	var out []time.Time
	for _, u := range updates {
		out = append(out, u.At)
	}
	return out
}

// timelineFormat is the shortest that leaves no doubt about the day.
func timelineFormat(site incidents.Site, start time.Time, at []time.Time) string {
	if sameDay(site, start, at) {
		return asClock
	}
	return asStamp
}

// reached says which of the customary steps the incident has taken.
func reached(inc incidents.PageIncident, s incidents.Status) bool {
	return slices.ContainsFunc(inc.Updates, func(u incidents.PageUpdate) bool { return u.Status == s })
}

// newestFirst returns the updates in the order a timeline shows them.
func newestFirst(list []incidents.Update) []incidents.Update {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

var outcomeWords = map[probes.Outcome]string{
	probes.OK:       "OK",
	probes.Degraded: "Degraded",
	probes.Failed:   "Failed",
	probes.Unknown:  "Unknown",
}

func outcomeWord(o probes.Outcome) string {
	if w, ok := outcomeWords[o]; ok {
		return w
	}
	return "Never ran"
}

func outcomeSight(o probes.Outcome) incidents.Sight {
	switch o {
	case probes.OK:
		return incidents.SightOK
	case probes.Degraded:
		return incidents.SightDegraded
	case probes.Failed:
		return incidents.SightMajor
	}
	return incidents.SightNoData
}

// newest returns the newest result of a probe, or one without an outcome.
func newest(row ProbeRow) probes.Result {
	if len(row.Recent) == 0 {
		return probes.Result{}
	}
	return row.Recent[0]
}

// icon names the tab's icon for a state.
func icon(s incidents.Sight) string {
	if !slices.Contains(sights[:], s) {
		return "favicon.svg"
	}
	return "favicon-" + string(s) + ".svg"
}
