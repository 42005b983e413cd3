// Package incidents is the domain: components, incidents and their updates, detection, postmortems, responders.
package incidents

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Status is the state of an incident, in the words of Statuspage's API.
type Status string

const (
	Investigating Status = "investigating"
	Identified    Status = "identified"
	Monitoring    Status = "monitoring"
	Resolved      Status = "resolved"
)

// Statuses lists every status in the order an incident usually takes them.
var Statuses = []Status{Investigating, Identified, Monitoring, Resolved}

// moves holds every legal change of status.
var moves = map[Status][]Status{
	"":            {Investigating, Identified, Monitoring},
	Investigating: Statuses,
	Identified:    Statuses,
	Monitoring:    Statuses,
	Resolved:      {Investigating}, // it is back: reopened
}

// Longest accepted texts, in bytes; the body's is Statuspage's.
const (
	MaxTitle = 255
	MaxBody  = 25_000
)

// Incident is something that went wrong, and the story told of it. Its updates are added by Post and never change:
// what Reword and Correct add stands beside them.
type Incident struct {
	ID        string
	Title     string
	Cause     string    // id of the component the checks opened it for; one open incident per cause. Empty when a person declared it
	StartedAt time.Time // when customers began to feel it, as far as the checks saw
	KeptBy    string    // the responder who keeps it for the team, so that the checks do not publish it; empty otherwise
	Version   int       // of the stored row; 0 when it was never stored
	Symptoms  []Symptom

	timeline    []Update     // oldest first
	corrections []Correction // oldest first
}

// Symptom is one probe's failure as part of an incident. Responders see all of it, customers the Text.
type Symptom struct {
	Probe     string // key
	Component string // id
	Text      string // what a customer notices
	Warning   bool   // a limit comes near, and nothing has failed yet: see Symptom.Warned
	Internal  bool   // for the team: about an internal component, or not told by Publish
	Status    ComponentStatus
	Reason    string // for responders
	Detail    string // for responders
	Since     time.Time
	Until     time.Time // zero while it lasts
	Returns   int       // how often it came back after it had ended
}

// Intermittent says whether the failure comes and goes.
func (s Symptom) Intermittent() bool { return s.Returns >= 2 }

// Lasts says whether the probe still fails.
func (s Symptom) Lasts() bool { return s.Until.IsZero() }

// Update is one entry of an incident's timeline.
type Update struct {
	ID      string
	At      time.Time
	Status  Status    // empty on a note, which changes nothing
	Body    string    // Markdown, as it was first posted
	Author  string    // the responder's name; empty when the checks posted it
	Team    bool      // for responders only
	NextBy  time.Time // when the next update is promised; zero without a promise
	Changes []Change
	Edits   []Edit // oldest first
}

// Change says that an update set a component's status.
type Change struct {
	Component string // id
	From, To  ComponentStatus
	Since     time.Time // when it became so, which may be before it was noticed; zero means the update's time
}

// Stored returns an incident as it was saved. The updates and the corrections are oldest first.
func Stored(inc Incident, timeline []Update, corrections ...Correction) *Incident {
	inc.timeline, inc.corrections = timeline, corrections
	return &inc
}

// Rename gives the incident a title in customers' words. It refuses one that is empty or too long.
func (inc *Incident) Rename(title string) error {
	if title = strings.TrimSpace(title); title == "" || len(title) > MaxTitle {
		return &InvalidError{"title", fmt.Sprintf("Give a title of at most %d letters, in customers' words.", MaxTitle)}
	}
	inc.Title = title
	return nil
}

// Timeline returns a copy of all updates, oldest first.
func (inc *Incident) Timeline() []Update { return slices.Clone(inc.timeline) }

// PublicTimeline returns the updates that customers may see, oldest first.
func (inc *Incident) PublicTimeline() []Update {
	return slices.DeleteFunc(inc.Timeline(), func(u Update) bool { return u.Team })
}

// Meanwhile returns what others told after the first seen updates: all but the checks' own team notes.
func (inc *Incident) Meanwhile(seen int) []Update {
	later := slices.Clone(inc.timeline[min(max(seen, 0), len(inc.timeline)):])
	return slices.DeleteFunc(later, func(u Update) bool { return u.Team && u.Author == "" })
}

// Status returns the incident's present status.
func (inc *Incident) Status() Status {
	for _, u := range slices.Backward(inc.timeline) {
		if u.Status != "" {
			return u.Status
		}
	}
	return ""
}

// Moves returns the statuses that the incident may take now.
func (inc *Incident) Moves() []Status { return slices.Clone(moves[inc.Status()]) }

// Open says whether the incident is not resolved yet.
func (inc *Incident) Open() bool { return inc.Status() != Resolved }

// Public says whether customers have been told.
func (inc *Incident) Public() bool { return !inc.ToldAt().IsZero() }

// Automatic says whether the checks opened the incident.
func (inc *Incident) Automatic() bool { return len(inc.timeline) > 0 && inc.timeline[0].Author == "" }

// Untouched says whether the incident is still the checks' own: a person's first public update takes it over.
func (inc *Incident) Untouched() bool {
	return inc.Automatic() && !slices.ContainsFunc(inc.timeline, func(u Update) bool { return u.Author != "" && !u.Team })
}

// NoticedAt returns when the checks, or a person, first recorded the incident.
func (inc *Incident) NoticedAt() time.Time {
	if len(inc.timeline) == 0 {
		return time.Time{}
	}
	return inc.timeline[0].At
}

// ToldAt returns the time of the first public update, or zero.
func (inc *Incident) ToldAt() time.Time {
	i := slices.IndexFunc(inc.timeline, func(u Update) bool { return !u.Team })
	if i < 0 {
		return time.Time{}
	}
	return inc.timeline[i].At
}

// ResolvedAt returns when the incident was last resolved; zero while it is open.
func (inc *Incident) ResolvedAt() time.Time {
	var at time.Time
	for _, u := range inc.timeline {
		switch {
		case u.Status == Resolved:
			at = u.At
		case u.Status != "":
			at = time.Time{}
		}
	}
	return at
}

// UpdatedAt returns the time of the newest entry.
func (inc *Incident) UpdatedAt() time.Time {
	if len(inc.timeline) == 0 {
		return time.Time{}
	}
	return inc.timeline[len(inc.timeline)-1].At
}

// Promise returns when customers were promised the next update, or zero.
func (inc *Incident) Promise() time.Time {
	if public := inc.PublicTimeline(); inc.Open() && len(public) > 0 {
		return public[len(public)-1].NextBy
	}
	return time.Time{}
}

// Promises counts the promised updates that are due or posted by now, and how many of them came in time.
func (inc *Incident) Promises(now time.Time) (kept, due int) {
	public := inc.PublicTimeline()
	for i, u := range public {
		switch {
		case u.NextBy.IsZero():
		case i+1 < len(public):
			due++
			if !public[i+1].At.After(u.NextBy) {
				kept++
			}
		case now.After(u.NextBy):
			due++
		}
	}
	return kept, due
}

// Post adds an update. It refuses, with an InvalidError, a move that the status does not allow and a text
// that is empty or too long. A component change that changes nothing is dropped; Resolved ends every impact.
func (inc *Incident) Post(u Update) error {
	if err := inc.check(u); err != nil {
		return err
	}
	if u.ID == "" {
		u.ID = NewID()
	}
	if last := inc.UpdatedAt(); u.At.Before(last) {
		u.At = last // the clock went back; the story must not
	}
	u.Changes = inc.settle(u)
	inc.timeline = append(inc.timeline, u)
	return nil
}

func (inc *Incident) check(u Update) error {
	switch {
	case u.Status != "" && !slices.Contains(moves[inc.Status()], u.Status):
		if inc.Status() == Resolved {
			return &InvalidError{"status", "This incident is resolved. Set it to investigating to reopen it, add a team note, or declare a new incident."}
		}
		return &InvalidError{"status", fmt.Sprintf("An incident cannot become %q now. Choose one of %s.", u.Status, joinStatuses(moves[inc.Status()]))}
	case u.Status == "" && (!u.Team || len(u.Changes) > 0):
		return &InvalidError{"status", "Choose a status: only a team note goes without one."}
	case strings.TrimSpace(u.Body) == "":
		return &InvalidError{"body", "Write what customers should know."}
	case len(u.Body) > MaxBody:
		return &InvalidError{"body", fmt.Sprintf("The text has %d bytes; at most %d fit. Shorten it.", len(u.Body), MaxBody)}
	case !u.NextBy.IsZero() && !u.NextBy.After(u.At):
		return &InvalidError{"next_by", "Promise the next update for a time that is still to come."}
	case u.Status == Resolved && !u.NextBy.IsZero():
		return &InvalidError{"next_by", "A resolved incident promises no further update."}
	}
	for _, c := range u.Changes {
		if !c.To.Valid() {
			return &InvalidError{"components", fmt.Sprintf("There is no component status %q.", c.To)}
		}
	}
	return nil
}

func joinStatuses(list []Status) string {
	words := make([]string, len(list))
	for i, s := range list {
		words[i] = string(s)
	}
	return strings.Join(words, ", ")
}
