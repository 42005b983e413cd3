package incidents

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The states of a maintenance. Statuspage has no word for one that was cancelled: there it is completed.
const (
	Scheduled  Status = "scheduled"
	InProgress Status = "in_progress"
	Verifying  Status = "verifying"
	Completed  Status = "completed"
	Cancelled  Status = "cancelled"
)

// MaintenanceSteps lists the states of a maintenance in the order it usually takes them.
var MaintenanceSteps = []Status{Scheduled, InProgress, Verifying, Completed}

// maintenanceMoves holds every legal change of state. What has begun is completed, and not cancelled any more.
var maintenanceMoves = map[Status][]Status{
	"":         {Scheduled},
	Scheduled:  {Scheduled, InProgress, Cancelled},
	InProgress: {InProgress, Verifying, Completed},
	Verifying:  {InProgress, Verifying, Completed},
	Completed:  nil,
	Cancelled:  nil,
}

// Bounds of a maintenance, lest a mistyped year keep the checks quiet for good.
const (
	MaxMaintenance = 30 * 24 * time.Hour
	MaxAhead       = 366 * 24 * time.Hour
)

// Maintenance is work on the product that is announced before it begins. Its updates are added by Post and never edited.
type Maintenance struct {
	ID         string
	Title      string
	Components []string // ids of what it affects while it is under way; may be none
	Version    int      // of the stored row; 0 when it was never stored
	timeline   []MaintenanceUpdate
}

// MaintenanceUpdate is one entry of a maintenance's story.
type MaintenanceUpdate struct {
	ID          string
	At          time.Time
	Status      Status
	Body        string    // Markdown
	Author      string    // the responder's name; empty when it was posted because the time had come
	From, Until time.Time // scheduled since this update; zero when it is posted keeps what was scheduled before
}

// NewMaintenance announces a maintenance by its first update. It refuses what Post refuses, and a title that is empty or too long.
func NewMaintenance(title string, components []string, first MaintenanceUpdate) (*Maintenance, error) {
	title = strings.TrimSpace(title)
	if title == "" || len(title) > MaxTitle {
		return nil, &InvalidError{"title", fmt.Sprintf("Give a title of at most %d letters, in customers' words.", MaxTitle)}
	}
	m := &Maintenance{ID: NewID(), Title: title}
	for _, id := range components {
		if !slices.Contains(m.Components, id) {
			m.Components = append(m.Components, id)
		}
	}
	first.Status = Scheduled
	return m, m.Post(first)
}

// StoredMaintenance returns a maintenance as it was saved. The updates are oldest first.
func StoredMaintenance(m Maintenance, timeline []MaintenanceUpdate) *Maintenance {
	m.timeline = timeline
	return &m
}

// Timeline returns a copy of all updates, oldest first.
func (m *Maintenance) Timeline() []MaintenanceUpdate { return slices.Clone(m.timeline) }

// last returns the newest update, or an empty one.
func (m *Maintenance) last() MaintenanceUpdate {
	if len(m.timeline) == 0 {
		return MaintenanceUpdate{}
	}
	return m.timeline[len(m.timeline)-1]
}

// Status returns the present state.
func (m *Maintenance) Status() Status { return m.last().Status }

// Window returns from when until when it is scheduled now.
func (m *Maintenance) Window() (from, until time.Time) { return m.last().From, m.last().Until }

// UpdatedAt returns the time of the newest update.
func (m *Maintenance) UpdatedAt() time.Time { return m.last().At }

// Open says whether it is still to come or under way.
func (m *Maintenance) Open() bool { return len(maintenanceMoves[m.Status()]) > 0 }

// UnderWay says whether it has begun and is not over.
func (m *Maintenance) UnderWay() bool { return m.Open() && !m.StartedAt().IsZero() }

// StartedAt returns when it really began, or zero.
func (m *Maintenance) StartedAt() time.Time { return m.firstAt(InProgress) }

// EndedAt returns when it was completed or cancelled, or zero.
func (m *Maintenance) EndedAt() time.Time { return m.firstAt(Completed, Cancelled) }

// ToldAt returns when customers were first told.
func (m *Maintenance) ToldAt() time.Time { return m.firstAt(Scheduled) }

func (m *Maintenance) firstAt(any ...Status) time.Time {
	for _, u := range m.timeline {
		if slices.Contains(any, u.Status) {
			return u.At
		}
	}
	return time.Time{}
}

// Impacts returns what the maintenance did to its components over time.
func (m *Maintenance) Impacts() []Impact {
	if m.StartedAt().IsZero() {
		return nil
	}
	var out []Impact
	for _, id := range m.Components {
		out = append(out, Impact{Component: id, Status: UnderMaintenance, From: m.StartedAt(), Until: m.EndedAt()})
	}
	return out
}

// Post adds an update; one with other times than before reschedules. It refuses, with an InvalidError, a move that
// the state does not allow, times that cannot be, and a text that is empty or too long.
func (m *Maintenance) Post(u MaintenanceUpdate) error {
	if u.Status == "" {
		u.Status = m.Status()
	}
	from, until := m.Window()
	if u.From.IsZero() {
		u.From = from
	}
	if u.Until.IsZero() {
		u.Until = until
	}
	if err := m.check(u); err != nil {
		return err
	}
	if u.ID == "" {
		u.ID = NewID()
	}
	if last := m.UpdatedAt(); u.At.Before(last) {
		u.At = last // the clock went back; the story must not
	}
	m.timeline = append(m.timeline, u)
	return nil
}

func (m *Maintenance) check(u MaintenanceUpdate) error {
	from, until := m.Window()
	moved := !u.From.Equal(from) || !u.Until.Equal(until)
	switch ends := u.Status == Completed || u.Status == Cancelled; {
	case !slices.Contains(maintenanceMoves[m.Status()], u.Status):
		return m.refuse(u.Status)
	case strings.TrimSpace(u.Body) == "":
		return &InvalidError{"body", "Write what customers should know."}
	case len(u.Body) > MaxBody:
		return &InvalidError{"body", fmt.Sprintf("The text has %d bytes; at most %d fit. Shorten it.", len(u.Body), MaxBody)}
	case ends && moved:
		return &InvalidError{"until", "What is over keeps its times. End it without new ones."}
	case ends || !moved && !from.IsZero():
		return nil
	case m.UnderWay() && !u.From.Equal(from):
		return &InvalidError{"from", "This maintenance has begun. Only its end can still be moved."}
	case u.From.IsZero() || u.Until.IsZero():
		return &InvalidError{"from", "Say from when until when the maintenance lasts."}
	}
	return checkWindow(u)
}

func checkWindow(u MaintenanceUpdate) error {
	switch {
	case !u.Until.After(u.From):
		return &InvalidError{"until", "A maintenance ends after it begins. Give a later end."}
	case !u.Until.After(u.At):
		return &InvalidError{"until", "Give an end that is still to come."}
	case u.Until.Sub(u.From) > MaxMaintenance:
		return &InvalidError{"until", "A maintenance lasts at most 30 days. Announce a longer one in parts."}
	case u.From.Sub(u.At) > MaxAhead:
		return &InvalidError{"from", "A maintenance begins within a year. Look at the year that you gave."}
	}
	return nil
}

// refuse says why the maintenance cannot take a state.
func (m *Maintenance) refuse(to Status) error {
	switch now := m.Status(); {
	case now == Completed || now == Cancelled:
		return &InvalidError{"status", fmt.Sprintf("This maintenance is %s. Announce a new one.", now)}
	case to == Cancelled:
		return &InvalidError{"status", "This maintenance has begun, so it cannot be cancelled. Complete it instead."}
	default:
		return &InvalidError{"status", fmt.Sprintf("A maintenance cannot become %q now. Choose one of %s.", to, joinStatuses(maintenanceMoves[now]))}
	}
}

// Due returns the update that the time asks for: that the maintenance has begun, or that it is over. It is dated
// to the scheduled time, however late it comes to be posted.
func (m *Maintenance) Due(now time.Time) (MaintenanceUpdate, bool) {
	from, until := m.Window()
	switch {
	case m.Status() == Scheduled && !now.Before(from):
		return MaintenanceUpdate{At: from, Status: InProgress, Body: "The maintenance has begun, as planned."}, true
	case m.UnderWay() && !now.Before(until):
		return MaintenanceUpdate{At: until, Status: Completed, Body: "The maintenance is over, as planned."}, true
	}
	return MaintenanceUpdate{}, false
}

// Held returns, by component, up to when failures belong to a maintenance: until now while one is under way, and
// until its end once it is over. They open no incident.
func Held(list []*Maintenance, now time.Time) map[string]time.Time {
	out := map[string]time.Time{}
	for _, m := range list {
		from, until := m.Window()
		if begun := m.StartedAt(); !begun.IsZero() {
			from = begun
		}
		if ended := m.EndedAt(); !ended.IsZero() {
			until = ended
		}
		if m.Status() == Cancelled || now.Before(from) {
			continue
		}
		if until.After(now) {
			until = now
		}
		for _, id := range m.Components {
			if until.After(out[id]) {
				out[id] = until
			}
		}
	}
	return out
}
