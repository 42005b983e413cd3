// Package templates is all the HTML: the public page and the responders' console, from domain values.
package templates

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"candor/incidents"
	"candor/probes"
)

// Month is one heading of the public history.
type Month struct {
	First     time.Time // the first of the month in the page's zone
	Incidents []incidents.PageIncident
}

// HistoryFilter is what the public history is narrowed to.
type HistoryFilter struct {
	Component string                    // id; empty for all
	Impact    incidents.ComponentStatus // the least; empty for all
	Reported  bool                      // only with a postmortem
}

// Narrow says whether the filter leaves anything out.
func (f HistoryFilter) Narrow() bool { return f != HistoryFilter{} }

// Address returns a page of the history with the filter.
func (f HistoryFilter) Address(page int) string {
	q := url.Values{}
	if f.Component != "" {
		q.Set("component", f.Component)
	}
	if f.Impact != "" {
		q.Set("impact", string(f.Impact))
	}
	if f.Reported {
		q.Set("postmortem", "yes")
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return "/history"
	}
	return "/history?" + q.Encode()
}

// Shows says whether the history shows an incident.
func (f HistoryFilter) Shows(inc incidents.PageIncident) bool {
	touches := func(c incidents.PageComponent) bool { return c.ID == f.Component }
	return (f.Component == "" || slices.ContainsFunc(inc.Components, touches)) &&
		(f.Impact == "" || inc.Worst.Worse(f.Impact) == inc.Worst) &&
		(!f.Reported || inc.Postmortem != nil)
}

// Report is a published postmortem in the list of all.
type Report struct {
	Incident incidents.PageIncident
	Passage  []incidents.Piece // what was found; without a search its beginning
}

// Console is the frame around every page of the console: the rail and who is signed in.
type Console struct {
	Site    incidents.Site
	Person  incidents.Person
	Current string                // path of the page shown
	Open    []*incidents.Incident // newest first
	Failing int                   // probes that fail now
	Probes  int
	Blind   []incidents.Blindness // places whose checks cannot see
	Now     time.Time
	Notice  string // "Update posted." after a redirect; may be empty
}

// SignIn is the sign-in form.
type SignIn struct {
	Site    incidents.Site
	Email   string // as typed
	Next    string // path to go to afterwards
	Problem string // why the last try was refused
}

// Welcome is the form behind an invitation link, which makes an account.
type Welcome struct {
	Site        incidents.Site
	Token       string
	Role        incidents.Role
	Name, Email string // as typed
	Field       string // the field at fault
	Problem     string
}

// ProbeRow is a probe with its newest results.
type ProbeRow struct {
	Key, Kind, Component string // name of the component
	Symptom              string
	Witness              bool // it speaks for no component
	Interval             time.Duration
	Recent               []probes.Result // newest first; empty when it never ran
	Since                time.Time       // since when it fails; zero when it does not
	Pings                []probes.Ping   // a heartbeat's reports, newest first
	Promises             []Promise       // what is not kept while it fails
}

// Promise is what a guard watches, as the console names it.
type Promise struct {
	Incident, Title string // id and title of the incident whose postmortem promises it
	Caption         string // may be empty
}

// ComponentChoice is a component in a form.
type ComponentChoice struct {
	Component incidents.Component
	Status    incidents.ComponentStatus // chosen in the form
	Now       incidents.ComponentStatus // what customers see now
	Checks    incidents.ComponentStatus // what the probes see; empty without a probe
}

// UpdateForm is what a responder writes: an update of an incident, or the first one of a new incident.
type UpdateForm struct {
	Title      string           // of a new incident
	Version    int              // of the incident the form was made from
	Status     incidents.Status // empty for a team note
	Body       string
	Promise    string // minutes until the next update: "15", "30", "60", "120", or "none"
	Components []ComponentChoice
	Field      string // the field at fault
	Problem    string
	Meanwhile  []incidents.Update // posted by others since the form was made: a lost race
	Preview    bool               // show Body rendered
}

// Room is one incident in the console.
type Room struct {
	Warnings   []Chart // of the limits that come near
	Incident   *incidents.Incident
	Withheld   bool                  // customers could be told of it, but are not
	TellAt     time.Time             // when the checks tell them; zero when they will not
	Alike      []*incidents.Incident // earlier ones
	Form       UpdateForm
	Statuses   []incidents.Status // that it may take now
	Names      map[string]string  // component id → name
	Cause      string             // likely cause in a sentence; may be empty
	CauseNotes []string           // what speaks for it
	Failing    []ProbeRow         // the probes of its symptoms that still fail
	Evidence   RoomEvidence
	Postmortem incidents.Postmortem // zero when none was begun
	FollowUps  []incidents.FollowUp
	Guards     []incidents.Watching
}

// PostmortemForm is the postmortem's editor.
type PostmortemForm struct {
	Incident   *incidents.Incident
	Postmortem incidents.Postmortem
	Draft      string // as typed
	Version    int
	Field      string
	Problem    string
	Preview    bool
}
