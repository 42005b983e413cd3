package templates

import (
	"fmt"
	"strings"
	"time"

	"candor/incidents"
	"candor/probes"
)

// promises are the choices of when the next update comes, by form value.
var promises = []struct{ Value, Words string }{
	{"15", "Next update in 15 min"},
	{"30", "Next update in 30 min"},
	{"60", "Next update in 1 hour"},
	{"120", "Next update in 2 hours"},
	{"none", "No promise"},
}

// note is the form value of the choice that posts a team note.
const note = "note"

// fieldID returns the id of the form control that a refusal's field means.
func fieldID(field string) string {
	switch {
	case field == "next_by":
		return "promise"
	case strings.HasPrefix(field, "component."):
		return "components"
	}
	return field
}

// fewComponents is how many components a form lists outright.
const fewComponents = 8

// splitChoices puts the components that matter now first; where there are many, the others fold.
func splitChoices(list []ComponentChoice) (shown, folded []ComponentChoice) {
	if len(list) <= fewComponents {
		return list, nil
	}
	for _, c := range list {
		if well(c.Status) && well(c.Now) && well(c.Checks) {
			folded = append(folded, c)
		} else {
			shown = append(shown, c)
		}
	}
	return shown, folded
}

func well(s incidents.ComponentStatus) bool { return s == "" || s == incidents.Operational }

// choiceHint says where the form, the page and the checks differ.
func choiceHint(c ComponentChoice) string {
	var parts []string
	if c.Status != c.Now && !(well(c.Status) && well(c.Now)) {
		parts = append(parts, "Customers see "+strings.ToLower(c.Now.Words())+".")
	}
	if c.Checks != "" && c.Checks != c.Status && !(well(c.Checks) && well(c.Status)) {
		parts = append(parts, "The checks see "+strings.ToLower(c.Checks.Words())+".")
	}
	return strings.Join(parts, " ")
}

// opened says how an incident came to be.
func opened(inc *incidents.Incident) string {
	if inc.Automatic() {
		return "opened automatically"
	}
	if t := inc.Timeline(); len(t) > 0 {
		return "declared by " + t[0].Author
	}
	return "declared"
}

func audience(inc *incidents.Incident) string {
	if inc.Public() {
		return "public"
	}
	return "team only"
}

func author(u incidents.Update) string {
	if u.Author == "" {
		return "by the checks"
	}
	return u.Author
}

// hold says who moves an open incident on.
func hold(inc *incidents.Incident) string {
	switch {
	case !inc.Open():
		return ""
	case inc.Untouched():
		return "The checks write updates and resolve it until a person posts."
	case inc.Automatic():
		return "A person has posted: the checks only take notes now."
	}
	return ""
}

// kept writes how many promises came in time.
func kept(inc *incidents.Incident, now time.Time) string {
	in, due := inc.Promises(now)
	if due == 0 {
		return ""
	}
	return fmt.Sprintf("Updates on time: %d of %d.", in, due)
}

// span of an incident in the console's lists.
func spanOf(inc *incidents.Incident, now time.Time) string {
	start := inc.StartedAt
	if start.IsZero() {
		start = inc.NoticedAt()
	}
	if inc.Open() {
		return "open for " + lengthWords(now.Sub(start))
	}
	return "lasted " + lengthWords(inc.ResolvedAt().Sub(start))
}

// sparkPoints is how many of the newest results a spark line shows.
const sparkPoints = 40

// spark is a row's short history: a line of readings, and what the newest one is.
type spark struct {
	Points string // for a polyline in a box of 88 × 22; empty when there is nothing to draw
	Words  string
}

func newSpark(row ProbeRow) spark {
	s := spark{Words: newestWords(row)}
	recent := row.Recent[:min(len(row.Recent), sparkPoints)]
	values := make([]float64, 0, len(recent))
	for i := len(recent) - 1; i >= 0; i-- {
		if v, ok := sparkValue(recent[i], recent[0]); ok {
			values = append(values, v)
		}
	}
	if len(values) < 2 {
		return s
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	var b strings.Builder
	for i, v := range values {
		y := 11.0
		if high > low {
			y = 20 - 18*(v-low)/(high-low)
		}
		fmt.Fprintf(&b, "%.1f,%.1f ", 88*float64(i)/float64(len(values)-1), y)
	}
	s.Points = strings.TrimSpace(b.String())
	return s
}

// sparkValue reads from a result what the newest one leads with: its first measurement, or how long it took.
func sparkValue(r, newest probes.Result) (float64, bool) {
	if len(newest.Measurements) == 0 {
		return r.Took.Seconds(), r.Took > 0
	}
	for _, m := range r.Measurements {
		if m.Name == newest.Measurements[0].Name {
			return m.Value, m.Value-m.Value == 0 // neither infinite nor NaN
		}
	}
	return 0, false
}

// newestWords says in two or three words what the newest result found.
func newestWords(row ProbeRow) string {
	r := newest(row)
	switch {
	case len(row.Recent) == 0:
		return "never ran"
	case len(r.Measurements) > 0:
		return reading(r.Measurements[0])
	case r.Reason != "":
		return string(r.Reason)
	}
	return took(r.Took)
}

func rowSight(row ProbeRow) incidents.Sight { return outcomeSight(newest(row).Outcome) }

func postmortemWord(pm incidents.Postmortem) string {
	switch {
	case pm.Published():
		return "Postmortem published"
	case pm.Version > 0:
		return "Postmortem draft"
	}
	return "Write the postmortem"
}
