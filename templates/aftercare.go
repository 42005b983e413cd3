package templates

import (
	"slices"
	"time"

	"candor/incidents"
	"candor/templates/languages"
)

// Marks of follow-ups besides those of states.
const sightDropped incidents.Sight = "dropped"

// mark is how a follow-up or a guard looks: its shape, and its words with the time in their place, if any.
type mark struct {
	Sight incidents.Sight
	Words string // with {} where At is
	At    time.Time
	As    string // format of At
}

// markOf says how far a follow-up is. A due day that has passed is not hidden.
func markOf(w *languages.Language, f incidents.PageFollowUp) mark {
	switch {
	case f.State == incidents.FollowUpDone:
		return mark{incidents.SightOK, w.DoneOn(), f.At, asDate}
	case f.State == incidents.FollowUpDropped:
		return mark{sightDropped, w.DroppedOn(), f.At, asDate}
	case f.Overdue:
		return mark{Sight: incidents.SightDegraded, Words: w.DueNotDone(w.Date(f.Due))}
	case !f.Due.IsZero():
		return mark{Sight: incidents.SightNoData, Words: w.DueOn(w.Date(f.Due))}
	}
	return mark{Sight: incidents.SightNoData, Words: w.NotDoneYet()}
}

// followUpCount says how many are done of those that were not dropped: "1 of 2 done".
func followUpCount(w *languages.Language, list []incidents.PageFollowUp) string {
	done, all := 0, 0
	for _, f := range list {
		if f.State == incidents.FollowUpDropped {
			continue
		}
		if all++; f.State == incidents.FollowUpDone {
			done++
		}
	}
	if all == 0 {
		return ""
	}
	return w.DoneOf(done, all)
}

// guardMark says whether what a guard watches holds. The words follow since when it watches.
func guardMark(w *languages.Language, g incidents.PageGuard) mark {
	switch {
	case g.State == incidents.GuardFails:
		return mark{incidents.SightMajor, w.FailingSince(), g.Changed, asStamp}
	case g.State == incidents.GuardGone && g.Changed.IsZero():
		return mark{Sight: incidents.SightNoData, Words: w.CheckRemoved()}
	case g.State == incidents.GuardGone:
		return mark{incidents.SightNoData, w.CheckRemovedOn(), g.Changed, asDate}
	case g.State == incidents.GuardSilent && g.Changed.IsZero():
		return mark{Sight: incidents.SightNoData, Words: w.NotReportedYet()}
	case g.State == incidents.GuardSilent:
		return mark{incidents.SightNoData, w.NotReportedSince(), g.Changed, asStamp}
	case !g.FailedOn.IsZero():
		return mark{Sight: incidents.SightOK, Words: w.HoldsAgain(w.Date(g.FailedOn))}
	}
	return mark{Sight: incidents.SightOK, Words: w.Holding()}
}

// guardShare says how many of the runs held, or nothing when none is counted.
func guardShare(w *languages.Language, g incidents.PageGuard) string {
	if g.Told == 0 {
		return ""
	}
	return w.HeldOf(w.Percent(float64(g.Held)/float64(g.Told), 2), w.Number(int64(g.Told)))
}

// impactWords says what happened to a component, with the places of the times.
func impactWords(w *languages.Language, i incidents.Impact) string {
	if i.Until.IsZero() {
		return w.ImpactFrom(componentWord(w, i.Status))
	}
	return w.ImpactFromUntil(componentWord(w, i.Status), w.Length(i.Until.Sub(i.From)))
}

// sumWords is what is subtracted for an uptime: "1 − (2,460 + 0.3 × 0) ÷ 58,088".
func sumWords(w *languages.Language, u incidents.Uptime) string {
	return "1 − (" + seconds(w, u.Major) + " + " + w.Decimal(incidents.PartialWeight) + " × " + seconds(w, u.Partial) + ") ÷ " + seconds(w, u.Counted)
}

// impactFormat is the shortest that leaves no doubt about the day, on which something else began.
func impactFormat(site incidents.Site, began time.Time, list []incidents.Impact) string {
	var times []time.Time
	for _, i := range list {
		if times = append(times, i.From); !i.Until.IsZero() {
			times = append(times, i.Until)
		}
	}
	return timelineFormat(site, began, times)
}

// correctedIncidents returns the incidents with corrections of a component that reach into some days, and of each
// incident only those corrections.
func correctedIncidents(p incidents.Page, c incidents.PageComponent, days []incidents.Day) []incidents.PageIncident {
	var out []incidents.PageIncident
	for _, inc := range slices.Concat(p.Open, p.Past) {
		inc.Corrections = slices.DeleteFunc(slices.Clone(inc.Corrections), func(o incidents.PageCorrection) bool {
			return o.Component != c.ID || !reaches(slices.Concat(o.Now, o.Was), days)
		})
		if len(inc.Corrections) > 0 {
			out = append(out, inc)
		}
	}
	return out
}

// reaches says whether one of the impacts ended, if at all, after the first of the days began.
func reaches(list []incidents.Impact, days []incidents.Day) bool {
	return len(days) > 0 && slices.ContainsFunc(list, func(i incidents.Impact) bool {
		return i.Until.IsZero() || i.Until.After(days[0].Date)
	})
}

// roomFollowUp returns what decides how a follow-up looks to responders.
func roomFollowUp(c Console, f incidents.FollowUp) incidents.PageFollowUp {
	return incidents.PageFollowUp{Due: f.Due, Overdue: f.Overdue(c.Now, c.Site.Zone), State: f.State, At: f.ChangedAt}
}

// roomGuard returns what decides how a guard looks to responders.
func roomGuard(w incidents.Watching) incidents.PageGuard {
	return incidents.PageGuard{Since: w.Since, State: w.State, FailedOn: w.FailedOn, Changed: w.Changed}
}

func audienceOf(public bool) string {
	if public {
		return "public"
	}
	return "team only"
}
