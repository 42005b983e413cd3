package templates

import (
	"slices"
	"strconv"
	"time"

	"candor/incidents"
	"candor/templates/languages"
)

// Windows are the lengths of the bars that the page offers, in days.
var Windows = []int{7, 30, 90, incidents.MaxDays}

func componentPath(c incidents.PageComponent) string { return "/components/" + c.ID }

func uptimePath(c incidents.PageComponent, days int) string {
	return componentPath(c) + "/uptime?days=" + strconv.Itoa(days)
}

func dayPath(c incidents.PageComponent, d incidents.Day) string {
	return componentPath(c) + "/days/" + dayID(d.Date)
}

func dayID(t time.Time) string { return t.Format(time.DateOnly) }

// dayPart is a part of a day in one state.
type dayPart struct {
	Sight  incidents.Sight
	Words  string
	Length time.Duration
}

// dayParts says how long a day was in which state, the worst first.
func dayParts(w *languages.Language, d incidents.Day) []dayPart {
	list := []dayPart{
		{incidents.SightMajor, w.MajorOutage(), d.Major},
		{incidents.SightPartial, w.PartialOutage(), d.Partial},
		{incidents.SightDegraded, w.DegradedPerformance(), d.Degraded},
		{incidents.SightMaint, w.Maintenance(), d.Maintenance},
		{incidents.SightOK, w.NoTrouble(), d.Well()},
		{incidents.SightNoData, w.NotSeen(), d.Length - d.Known},
	}
	return slices.DeleteFunc(list, func(p dayPart) bool { return p.Length < time.Second })
}

// dayStory is what one incident did to a component on one day.
type dayStory struct {
	Incident    incidents.PageIncident
	Worst       incidents.ComponentStatus
	From, Until time.Time // within the day; Until is zero while it lasts
}

// dayStories returns what happened to a component between two times, the first first.
func dayStories(p incidents.Page, c incidents.PageComponent, from, until time.Time) []dayStory {
	var out []dayStory
	for _, inc := range slices.Concat(p.Open, p.Past) {
		s := dayStory{Incident: inc, Worst: incidents.Operational}
		for _, i := range inc.Impacts {
			if i.Component != c.ID || !i.From.Before(until) || !i.Until.IsZero() && !i.Until.After(from) {
				continue
			}
			s.Worst = s.Worst.Worse(i.Status)
			if s.From.IsZero() || i.From.Before(s.From) {
				s.From = i.From
			}
			s.Until = i.Until
		}
		if s.From.IsZero() {
			continue
		}
		if s.From.Before(from) {
			s.From = from
		}
		if s.Until.After(until) {
			s.Until = until
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b dayStory) int { return a.From.Compare(b.From) })
	return out
}

// calendar is a month of a component: weeks with a place for each day.
type calendar struct {
	First  time.Time
	Begins time.Weekday // of its weeks
	Weeks  [][7]place
}

// place is a day in a calendar.
type place struct {
	Number int // of the month; 0 outside it
	Day    incidents.Day
	Known  bool // the component has the day: it is neither to come nor too long ago
}

func newCalendar(c incidents.PageComponent, month time.Time, begins time.Weekday) calendar {
	first := time.Date(month.Year(), month.Month(), 1, 0, 0, 0, 0, time.UTC)
	out := calendar{First: first, Begins: begins}
	column := (int(first.Weekday()-begins) + 7) % 7
	for at := first; at.Month() == first.Month(); at = at.AddDate(0, 0, 1) {
		if column %= 7; len(out.Weeks) == 0 || column == 0 {
			out.Weeks = append(out.Weeks, [7]place{})
		}
		d, ok := DayOf(c, at)
		out.Weeks[len(out.Weeks)-1][column] = place{at.Day(), d, ok}
		column++
	}
	return out
}

// DayOf returns a day of a component. ok is false when it is to come or longer ago than days are computed.
func DayOf(c incidents.PageComponent, at time.Time) (d incidents.Day, ok bool) {
	if len(c.Days) == 0 {
		return d, false
	}
	n := int(at.Sub(c.Days[0].Date) / (24 * time.Hour))
	if at.Before(c.Days[0].Date) || n >= len(c.Days) {
		return d, false
	}
	return c.Days[n], true
}

// lastMonths returns the first days of the newest n months, newest first.
func lastMonths(now time.Time, n int) []time.Time {
	var out []time.Time
	for i := range n {
		out = append(out, time.Date(now.Year(), now.Month()-time.Month(i), 1, 0, 0, 0, 0, time.UTC))
	}
	return out
}

// monthDays returns the days of a component that are in a month.
func monthDays(c incidents.PageComponent, month time.Time) []incidents.Day {
	var out []incidents.Day
	for _, d := range c.Days {
		if d.Date.Year() == month.Year() && d.Date.Month() == month.Month() {
			out = append(out, d)
		}
	}
	return out
}

// monthRuns returns the days of each component in a month.
func monthRuns(list []incidents.PageComponent, month time.Time) [][]run {
	var out [][]run
	for _, c := range list {
		out = append(out, newRuns(monthDays(c, month), c.CreatedAt))
	}
	return out
}

// happened returns the incidents of the page that touched a component.
func happened(p incidents.Page, c incidents.PageComponent) []incidents.PageIncident {
	return slices.DeleteFunc(slices.Concat(p.Open, p.Past), func(inc incidents.PageIncident) bool {
		return !slices.ContainsFunc(inc.Components, func(t incidents.PageComponent) bool { return t.ID == c.ID })
	})
}

// seconds writes a duration in seconds with its thousands apart: "7,776,000".
func seconds(w *languages.Language, d time.Duration) string { return w.Number(int64(d / time.Second)) }
