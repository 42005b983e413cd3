package incidents

import (
	"fmt"
	"strings"
	"time"
)

// Sight is how a status looks: the tone of a sentence, a mark or a bar.
type Sight string

const (
	SightOK       Sight = "ok"
	SightDegraded Sight = "degraded"
	SightPartial  Sight = "partial"
	SightMajor    Sight = "major"
	SightMaint    Sight = "maint"
	SightNoData   Sight = "nodata"
)

// Sight returns how the status looks.
func (s ComponentStatus) Sight() Sight {
	switch s {
	case MajorOutage:
		return SightMajor
	case PartialOutage:
		return SightPartial
	case DegradedPerformance:
		return SightDegraded
	case UnderMaintenance:
		return SightMaint
	}
	return SightOK
}

// Words returns the status as customers read it.
func (s ComponentStatus) Words() string {
	switch s {
	case MajorOutage:
		return "Major outage"
	case PartialOutage:
		return "Partial outage"
	case DegradedPerformance:
		return "Degraded performance"
	case UnderMaintenance:
		return "Under maintenance"
	}
	return "Operational"
}

// ImpactLevel is how bad an incident is, in the words of Statuspage's API.
type ImpactLevel string

const (
	ImpactNone     ImpactLevel = "none"
	ImpactMinor    ImpactLevel = "minor"
	ImpactMajor    ImpactLevel = "major"
	ImpactCritical ImpactLevel = "critical"
	ImpactMaint    ImpactLevel = "maintenance" // planned
)

// LevelOf returns the level of an incident by the worst status it gives a component, as Statuspage computes it.
func LevelOf(worst ComponentStatus) ImpactLevel {
	switch worst {
	case MajorOutage:
		return ImpactCritical
	case PartialOutage:
		return ImpactMajor
	case DegradedPerformance:
		return ImpactMinor
	}
	return ImpactNone
}

// Answer is the sentence that the page begins with: "Some of Studio is *not working*."
type Answer struct {
	Sight  Sight
	Before string // "Some of Studio is "
	Mark   string // "not working"; drawn in the sight's colour
	After  string // "."
	Detail string // one or two sentences on what is affected and what works
}

// Text returns the sentence without marks.
func (a Answer) Text() string { return a.Before + a.Mark + a.After }

// answer computes the sentence. It never says less than the worst component or open incident does.
func answer(p Page, stale time.Duration) Answer {
	all := p.Components()
	by := map[ComponentStatus][]string{}
	var unknown []string
	for _, c := range all {
		if c.Unknown() {
			unknown = append(unknown, c.Name)
		} else {
			by[c.Status] = append(by[c.Status], c.Name)
		}
	}
	down, partial, slow := by[MajorOutage], by[PartialOutage], by[DegradedPerformance]
	broken := append(append([]string{}, down...), partial...)
	a := Answer{Before: "All of " + p.Site.Product + " ", Mark: "works", After: ".", Sight: SightOK}
	switch {
	case len(all) > 0 && len(down) == len(all):
		a = Answer{Before: p.Site.Product + " is ", Mark: "not working", After: ".", Sight: SightMajor}
	case len(all) > 0 && len(broken) == len(all):
		a = Answer{Before: "Every part of " + p.Site.Product + " ", Mark: "has problems", After: ".", Sight: worstSight(down)}
	case len(broken) > 0:
		a = Answer{Before: "Some of " + p.Site.Product + " is ", Mark: "not working", After: ".", Sight: worstSight(down)}
	case len(slow) > 0:
		a = Answer{Before: "Some of " + p.Site.Product + " is ", Mark: "not at its best", After: ".", Sight: SightDegraded}
	case unresolved(p.Open):
		a = Answer{Before: "We are looking into ", Mark: "a problem", After: " with " + p.Site.Product + ".", Sight: SightDegraded}
	case len(all) > 0 && len(by[UnderMaintenance]) == len(all):
		a = Answer{Before: p.Site.Product + " is ", Mark: "under maintenance", After: ".", Sight: SightMaint}
	case len(by[UnderMaintenance]) > 0:
		a = Answer{Before: "Some of " + p.Site.Product + " is ", Mark: "under maintenance", After: ".", Sight: SightMaint}
	case blind(p, stale) || len(unknown) > 0:
		a = Answer{Before: "We ", Mark: "cannot see", After: " right now whether " + p.Site.Product + " works.", Sight: SightNoData}
	case len(p.Open) > 0:
		a = Answer{Before: "All of " + p.Site.Product + " ", Mark: "works again", After: ". We keep watching.", Sight: SightOK}
	}
	a.Detail = detail(append(broken, slow...), by[UnderMaintenance], by[Operational], unknown)
	if a.Sight == SightNoData {
		a.Detail = unseen(all)
	}
	return a
}

func worstSight(down []string) Sight {
	if len(down) > 0 {
		return SightMajor
	}
	return SightPartial
}

// unresolved says whether an open incident is not yet believed to be over.
func unresolved(open []PageIncident) bool {
	for _, inc := range open {
		if inc.Status != Monitoring {
			return true
		}
	}
	return false
}

// unseen says what the checks cannot see.
func unseen(all []PageComponent) string {
	var names []string
	for _, c := range all {
		if c.Unknown() {
			names = append(names, c.Name)
		}
	}
	if len(names) == 0 || len(names) == len(all) {
		return "Our checks have not reported for a while. What stands below is what we last knew."
	}
	return "Our checks cannot see " + Join(names, 4) + ". The rest works."
}

// Unknown says whether nobody knows how the component is: no check can see it, and nothing is known to be wrong.
func (c PageComponent) Unknown() bool { return c.Blind && c.Status == Operational }

// Sight returns how the component looks.
func (c PageComponent) Sight() Sight {
	if c.Unknown() {
		return SightNoData
	}
	return c.Status.Sight()
}

// Words returns the component's state as customers read it.
func (c PageComponent) Words() string {
	if c.Unknown() {
		return "Not known now"
	}
	return c.Status.Words()
}

// blind says whether the checks have seen nothing for too long.
func blind(p Page, stale time.Duration) bool {
	return stale > 0 && p.At.Sub(p.CheckedAt) > stale
}

func detail(affected, maintained, well, unknown []string) string {
	kinds := 0
	var parts []string
	say := func(names []string, one, many string) {
		switch len(names) {
		case 0:
			return
		case 1:
			parts = append(parts, names[0]+" "+one+".")
		default:
			parts = append(parts, Join(names, 4)+" "+many+".")
		}
		kinds++
	}
	say(affected, "is affected", "are affected")
	say(maintained, "is under maintenance", "are under maintenance")
	say(well, "works", "work")
	say(unknown, "cannot be seen now", "cannot be seen now")
	if kinds < 2 {
		return "" // the sentence has said it already
	}
	return strings.Join(parts, " ")
}

// Join lists names in a sentence; of more than most it names the first and counts the others.
func Join(names []string, most int) string {
	switch {
	case len(names) == 0:
		return ""
	case len(names) == 1:
		return names[0]
	case len(names) > most:
		return fmt.Sprintf("%s and %d others", strings.Join(names[:most-1], ", "), len(names)-most+1)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
