package templates

import (
	"slices"
	"time"

	"candor/incidents"
	"candor/templates/languages"
)

// recentDays is how far the front page looks back, and countedDays how far it counts.
const recentDays, countedDays = 15, 90

// past is what the front page says about resolved incidents and completed maintenances.
type past struct {
	Today  []incidents.PageIncident // ended on the day of the page
	Recent []incidents.PageIncident // before, within recentDays
	Empty  string                   // said when there is no incident in either
	Months []monthCount             // before that, newest first
}

type monthCount struct {
	First time.Time
	Count int
}

func newPast(p Page) past {
	var out past
	now := inZone(p.Site, p.At)
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	for _, inc := range p.Past {
		ended := inZone(p.Site, inc.ResolvedAt)
		switch {
		case !ended.Before(midnight):
			out.Today = append(out.Today, inc)
		case !ended.Before(midnight.AddDate(0, 0, -recentDays)):
			out.Recent = append(out.Recent, inc)
		case !ended.Before(midnight.AddDate(0, 0, -countedDays)):
			out.countMonth(inZone(p.Site, startOf(inc)))
		}
	}
	if len(out.Recent) == 0 {
		out.Empty = emptyPast(p, len(out.Today) > 0 || len(p.Open) > 0, midnight)
	}
	out.addMaintenance(p.Page, midnight)
	return out
}

// addMaintenance adds what was completed lately; of what was cancelled nobody felt anything.
func (p *past) addMaintenance(page incidents.Page, midnight time.Time) {
	for _, m := range page.Done {
		switch ended := inZone(page.Site, m.ResolvedAt); {
		case m.Status == incidents.Cancelled:
		case !ended.Before(midnight):
			p.Today = append(p.Today, m)
		case !ended.Before(midnight.AddDate(0, 0, -recentDays)):
			p.Recent = append(p.Recent, m)
		}
	}
	for _, list := range [][]incidents.PageIncident{p.Today, p.Recent} {
		slices.SortStableFunc(list, func(a, b incidents.PageIncident) int { return b.ResolvedAt.Compare(a.ResolvedAt) })
	}
}

func (p *past) countMonth(t time.Time) {
	first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
	for i := range p.Months {
		if p.Months[i].First.Equal(first) {
			p.Months[i].Count++
			return
		}
	}
	p.Months = append(p.Months, monthCount{first, 1})
}

// emptyPast says for how long there was nothing; a young page does not speak of days it has not seen.
func emptyPast(p Page, other bool, midnight time.Time) string {
	since, in := p.Words.NoIncidentSince, p.Words.NoIncidentIn
	if other {
		since, in = p.Words.NoOtherIncidentSince, p.Words.NoOtherIncidentIn
	}
	if began := began(p.Page); !began.IsZero() && began.After(midnight.AddDate(0, 0, -recentDays)) {
		return since(p.written(asDate, began))
	}
	return in(p.Words.Days(recentDays))
}

// began returns when the oldest component was made or first seen, or zero.
func began(p incidents.Page) time.Time {
	var first time.Time
	earlier := func(t time.Time) {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	for _, g := range p.Groups {
		for i := range g.Components { // they are large
			earlier(g.Components[i].CreatedAt)
			earlier(firstSeen(&g.Components[i]))
		}
	}
	return first
}

// firstSeen returns the first day that is known of a component from before it was made, or zero.
func firstSeen(c *incidents.PageComponent) time.Time {
	for i := range c.Days {
		if !c.Days[i].Date.Add(24 * time.Hour).Before(c.CreatedAt) {
			break
		}
		if c.Days[i].Seen {
			return c.Days[i].Date
		}
	}
	return time.Time{}
}

// had says how many incidents a month had. {} is the month.
func (p Page) had(m monthCount) string { return p.Words.MonthHad(m.Count) }

// monthID is the anchor of a month in the history.
func monthID(t time.Time) string { return t.Format("2006-01") }

// monthName begins a sentence with a month, with its year when that is not the reader's.
func (p Page) monthName(t time.Time) string {
	if t.Year() == inZone(p.Site, p.At).Year() {
		return languages.Capital(p.Words.MonthAlone(t))
	}
	return languages.Capital(p.Words.Month(t))
}
