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

// Says names what the page's first sentence says of the product.
type Says string

const (
	Works          Says = "works"
	WorksAgain     Says = "works again"
	NotWorking     Says = "not working"
	AllTroubled    Says = "all troubled"
	SomeNotWorking Says = "some not working"
	SomeSlow       Says = "some slow"
	SomeMaintained Says = "some maintained"
	AllMaintained  Says = "all maintained"
	LookingInto    Says = "looking into"
	CannotSee      Says = "cannot see"
)

// Answer is what the page begins with. How that reads is for each language to say.
type Answer struct {
	Says       Says
	Sight      Sight
	Affected   []string // names of components; there are some in two of these lists, or in none
	Maintained []string
	Working    []string
	Unseen     []string // by the checks
}

// answer computes the answer. It never says less than the worst component or open incident does.
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
	a := Answer{Says: Works, Sight: SightOK}
	switch {
	case len(all) > 0 && len(down) == len(all):
		a = Answer{Says: NotWorking, Sight: SightMajor}
	case len(all) > 0 && len(broken) == len(all):
		a = Answer{Says: AllTroubled, Sight: worstSight(down)}
	case len(broken) > 0:
		a = Answer{Says: SomeNotWorking, Sight: worstSight(down)}
	case len(slow) > 0:
		a = Answer{Says: SomeSlow, Sight: SightDegraded}
	case unresolved(p.Open):
		a = Answer{Says: LookingInto, Sight: SightDegraded}
	case len(all) > 0 && len(by[UnderMaintenance]) == len(all):
		a = Answer{Says: AllMaintained, Sight: SightMaint}
	case len(by[UnderMaintenance]) > 0:
		a = Answer{Says: SomeMaintained, Sight: SightMaint}
	case blind(p, stale) || len(unknown) > 0:
		a = Answer{Says: CannotSee, Sight: SightNoData}
	case len(p.Open) > 0:
		a = Answer{Says: WorksAgain, Sight: SightOK}
	}
	a.sort(append(broken, slow...), by[UnderMaintenance], by[Operational], unknown)
	return a
}

// sort keeps the names where there are two kinds of them; of one kind the sentence has said it already.
func (a *Answer) sort(affected, maintained, working, unseen []string) {
	if max(len(affected), len(maintained), len(working), len(unseen)) < len(affected)+len(maintained)+len(working)+len(unseen) {
		a.Affected, a.Maintained, a.Working, a.Unseen = affected, maintained, working, unseen
	}
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

// Unknown says whether nobody knows how the component is: no check can see it, and nothing is known to be wrong.
func (c PageComponent) Unknown() bool { return c.Blind && c.Status == Operational }

// Sight returns how the component looks.
func (c PageComponent) Sight() Sight {
	if c.Unknown() {
		return SightNoData
	}
	return c.Status.Sight()
}

// blind says whether the checks have seen nothing for too long.
func blind(p Page, stale time.Duration) bool {
	return stale > 0 && p.At.Sub(p.CheckedAt) > stale
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
