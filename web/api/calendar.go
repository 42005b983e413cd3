package api

import (
	"slices"
	"strings"
	"unicode"

	ical "github.com/arran4/golang-ical"

	"candor/incidents"
)

// Calendar answers /history.ics, /maintenance/ID.ics and /components/ID.ics: maintenances as events (RFC 5545). The
// same maintenances give the same bytes.
func Calendar(p incidents.Page, list []incidents.PageIncident) []byte {
	cal := ical.NewCalendarFor("Candor")
	cal.SetProductId("-//Candor//Status page//EN")
	cal.SetMethod(ical.MethodPublish)
	cal.SetXWRCalName(plain(oneLine(p.Site.Name) + " maintenance"))
	cal.SetXWRTimezone(p.Site.ZoneName)
	cal.SetXPublishedTTL("PT15M")
	cal.SetRefreshInterval("PT15M")
	for _, m := range list {
		addEvent(cal, p, m)
	}
	return []byte(cal.Serialize(ical.WithNewLineWindows))
}

// Touching returns those of a list that touched a component.
func Touching(list []incidents.PageIncident, component string) []incidents.PageIncident {
	return slices.DeleteFunc(slices.Clone(list), func(inc incidents.PageIncident) bool {
		return !slices.ContainsFunc(inc.Components, func(c incidents.PageComponent) bool { return c.ID == component })
	})
}

func addEvent(cal *ical.Calendar, p incidents.Page, m incidents.PageIncident) {
	e := cal.AddEvent(m.ID + "@candor") // ids are random, so this is one of its kind wherever the page moves to
	e.SetSequence(len(m.Updates) - 1)
	e.SetDtStampTime(m.UpdatedAt)
	e.SetModifiedAt(m.UpdatedAt)
	e.SetCreatedTime(m.ToldAt)
	e.SetStartAt(m.From)
	e.SetEndAt(m.Until)
	e.SetSummary(plain(oneLine(m.Title)))
	e.SetURL(p.Site.URL + m.Path())
	e.SetTimeTransparency(ical.TransparencyTransparent) // nobody is busy because of it
	e.SetStatus(ical.ObjectStatusConfirmed)
	if m.Status == incidents.Cancelled {
		e.SetStatus(ical.ObjectStatusCancelled)
	}
	var text []string
	if len(m.Updates) > 0 {
		text = append(text, m.Updates[0].Body)
	}
	if len(m.Components) > 0 {
		var names []string
		for _, c := range m.Components {
			names = append(names, c.FullName())
		}
		text = append(text, "Affects "+incidents.Join(names, len(names))+".")
	}
	e.SetDescription(plain(strings.Join(append(text, p.Site.URL+m.Path()), "\n\n")))
}

// plain takes out the control characters that a calendar must not hold.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
