package incidents

import "slices"

// NewPageMaintenance computes the public view of one maintenance, which may be older than the page's window. It
// returns ErrNotFound for one that customers are not told of.
func NewPageMaintenance(f PageFacts, m *Maintenance) (PageIncident, error) {
	view := newPageView(f)
	if !view.tells(m) {
		return PageIncident{}, ErrNotFound
	}
	return view.maintenance(m), nil
}

// newPageView returns a view of single incidents and maintenances, whose components come without days.
func newPageView(f PageFacts) pageView {
	f.Days = 0
	view := viewOf(f)
	for _, c := range f.Components {
		if !c.Internal {
			view.component(c)
		}
	}
	return view
}

// Maintained says whether it is a maintenance.
func (inc PageIncident) Maintained() bool { return inc.Impact == ImpactMaint }

// Path returns where its page for people is.
func (inc PageIncident) Path() string {
	if inc.Maintained() {
		return "/maintenance/" + inc.ID
	}
	return "/incidents/" + inc.ID
}

// plan adds the maintenances that customers are told of.
func (p *Page) plan(view pageView) {
	for _, m := range view.facts.Maintenances {
		if !view.tells(m) {
			continue
		}
		if seen := view.maintenance(m); m.Open() {
			p.Planned = append(p.Planned, seen)
		} else {
			p.Done = append(p.Done, seen)
		}
	}
	slices.SortStableFunc(p.Planned, func(a, b PageIncident) int { return a.From.Compare(b.From) })
	slices.SortStableFunc(p.Done, func(a, b PageIncident) int { return b.ResolvedAt.Compare(a.ResolvedAt) })
}

// tells says whether customers are told of a maintenance: not when it is of internal components alone.
func (v pageView) tells(m *Maintenance) bool {
	return len(m.Components) == 0 || slices.ContainsFunc(m.Components, func(id string) bool {
		_, public := v.components[id]
		return public
	})
}

func (v pageView) maintenance(m *Maintenance) PageIncident {
	out := PageIncident{ID: m.ID, Title: m.Title, Status: m.Status(), Impact: ImpactMaint, Worst: UnderMaintenance,
		StartedAt: m.StartedAt(), NoticedAt: m.ToldAt(), ToldAt: m.ToldAt(), ResolvedAt: m.EndedAt(), UpdatedAt: m.UpdatedAt()}
	out.From, out.Until = m.Window()
	for _, id := range m.Components {
		if c, ok := v.components[id]; ok {
			c.Days = nil
			out.Components = append(out.Components, c)
		}
	}
	var last MaintenanceUpdate
	for _, u := range m.timeline {
		seen := PageUpdate{ID: u.ID, At: u.At, Status: u.Status, Body: u.Body, Automatic: u.Author == "", Repeated: u.Status == last.Status,
			Changes: maintenanceChanges(out.Components, last.Status, u.Status)}
		if !u.From.Equal(last.From) || !u.Until.Equal(last.Until) {
			seen.From, seen.Until = u.From, u.Until
		}
		out.Updates = append([]PageUpdate{seen}, out.Updates...)
		last = u
	}
	return out
}

// maintenanceChanges returns what a step did to the components, also when that is nothing: so does Statuspage.
func maintenanceChanges(list []PageComponent, from, to Status) []PageChange {
	var out []PageChange
	for _, c := range list {
		out = append(out, PageChange{Component: c.ID, Name: c.FullName(), From: statusDuring(from), To: statusDuring(to)})
	}
	return out
}

// statusDuring returns the status that a maintenance gives its components in one of its states.
func statusDuring(s Status) ComponentStatus {
	if s == InProgress || s == Verifying {
		return UnderMaintenance
	}
	return Operational
}
