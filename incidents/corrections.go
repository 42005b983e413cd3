package incidents

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Bounds of corrections.
const (
	MaxCorrections = 50 // of an incident
	MaxCorrected   = 30 * 24 * time.Hour
	MaxReason      = 500 // bytes
)

// Correction says what an incident really did to a component, where what was told of it proved wrong. It stands in the
// place of all that was told until then; what was told stays to be read.
type Correction struct {
	Component   string          // id
	Status      ComponentStatus // Operational when the incident did nothing to it
	From, Until time.Time       // zero when it did nothing
	Reason      string          // for customers
	Author      string          // the responder's name
	At          time.Time
}

// Corrections returns a copy of all corrections, oldest first.
func (inc *Incident) Corrections() []Correction { return slices.Clone(inc.corrections) }

// Correct adds a correction. It refuses, with an InvalidError, one that cannot be, one of a component that is still
// affected, and one that changes nothing.
func (inc *Incident) Correct(c Correction) error {
	c.Reason = strings.TrimSpace(c.Reason)
	if err := inc.checkCorrection(c); err != nil {
		return err
	}
	inc.corrections = append(slices.Clip(inc.corrections), c)
	return nil
}

func (inc *Incident) checkCorrection(c Correction) error {
	nothing := c.Status == Operational
	switch {
	case !inc.Public():
		return &InvalidError{"", "Customers were never told of this incident, so there is nothing to correct."}
	case inc.Affected()[c.Component] != "":
		return &InvalidError{"component", "This incident still affects the component. Post an update that ends it, and correct the times then."}
	case !c.Status.Valid() || c.Status == UnderMaintenance:
		return &InvalidError{"status", "Choose major_outage, partial_outage or degraded_performance, or operational when the incident did nothing to it."}
	case nothing && !(c.From.IsZero() && c.Until.IsZero()):
		return &InvalidError{"from", "A component that was operational all the time has no times. Leave them out."}
	case !nothing && (c.From.IsZero() || c.Until.IsZero()):
		return &InvalidError{"from", "Say from when until when the component was affected."}
	case !nothing && !c.Until.After(c.From):
		return &InvalidError{"until", "It ended after it began. Give a later end."}
	case c.Until.After(c.At):
		return &InvalidError{"until", "Give an end that has passed."}
	case c.Until.Sub(c.From) > MaxCorrected:
		return &InvalidError{"from", "That is more than 30 days. Look at the year that you gave."}
	case c.Reason == "" || len(c.Reason) > MaxReason:
		return &InvalidError{"reason", fmt.Sprintf("Give a reason of at most %d letters: customers read it.", MaxReason)}
	case len(inc.corrections) >= MaxCorrections:
		return &InvalidError{"", fmt.Sprintf("This incident was corrected %d times already. Explain the rest in its postmortem.", MaxCorrections)}
	case slices.EqualFunc(impactsOn(inc.Impacts(), c.Component), c.impacts(), Impact.same):
		return &InvalidError{"", "The incident says so already."}
	}
	return nil
}

// impacts returns what the correction says that happened.
func (c Correction) impacts() []Impact {
	if c.Status == Operational {
		return nil
	}
	return []Impact{{Component: c.Component, Status: c.Status, From: c.From, Until: c.Until}}
}

// Replaced returns what stood in the place of the n-th correction before it.
func (inc *Incident) Replaced(n int) []Impact {
	c := inc.corrections[n]
	return impactsOn(corrected(inc.until(c.At), inc.corrections[:n]), c.Component)
}

// until returns the updates that were posted until a time.
func (inc *Incident) until(t time.Time) []Update {
	n := 0
	for n < len(inc.timeline) && !inc.timeline[n].At.After(t) {
		n++
	}
	return inc.timeline[:n]
}

// corrected returns what the updates tell with corrections on top. Of each component the newest counts: it replaces
// what was told when it was made, and leaves what has happened since.
func corrected(updates []Update, corrections []Correction) []Impact {
	out := impactsOf(updates)
	var done []string
	for _, c := range slices.Backward(corrections) {
		if slices.Contains(done, c.Component) {
			continue
		}
		done = append(done, c.Component)
		before := (&Incident{timeline: updates}).until(c.At)
		out = append(c.impacts(), without(out, c.Component, len(impactsOn(impactsOf(before), c.Component)))...)
	}
	slices.SortStableFunc(out, func(a, b Impact) int { return a.From.Compare(b.From) })
	return out
}

// without returns a list that lacks the first n impacts on a component.
func without(list []Impact, component string, n int) []Impact {
	return slices.DeleteFunc(list, func(i Impact) bool {
		if i.Component != component || n == 0 {
			return false
		}
		n--
		return true
	})
}

// impactsOn returns those of a list that are on a component.
func impactsOn(list []Impact, component string) []Impact {
	return slices.DeleteFunc(slices.Clone(list), func(i Impact) bool { return i.Component != component })
}
