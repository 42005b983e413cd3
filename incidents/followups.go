package incidents

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// FollowUpState is how far a follow-up is.
type FollowUpState string

const (
	FollowUpOpen    FollowUpState = "open"
	FollowUpDone    FollowUpState = "done"
	FollowUpDropped FollowUpState = "dropped"
)

// followUpMoves holds every legal change of state. What was done or dropped stays so: a new thing to do is a new follow-up.
var followUpMoves = map[FollowUpState][]FollowUpState{
	FollowUpOpen: {FollowUpDone, FollowUpDropped},
}

// Bounds of follow-ups and guards, in bytes where they are texts.
const (
	MaxFollowUps = 50 // of an incident
	MaxFollowUp  = 500
	MaxOwner     = 100
)

// FollowUp is something that a postmortem promises to do.
type FollowUp struct {
	ID        string
	Incident  string    // id
	Text      string    // one sentence
	Owner     string    // the team that does it; may be empty
	OwnerTold bool      // customers read the owner's name
	Due       time.Time // midnight UTC of the day by whose end it is to be done; zero without
	Public    bool      // customers see it
	State     FollowUpState
	Reason    string // why it was dropped
	Author    string // the responder who changed it last
	MadeAt    time.Time
	ChangedAt time.Time // into its state
	Version   int       // of the stored row; 0 when it was never stored
}

// NewFollowUp makes an open follow-up of f's texts and due day, of an incident that has so many others. It refuses, with
// an InvalidError, texts that cannot be, and one that is public although customers do not know of the incident.
func NewFollowUp(inc *Incident, others int, f FollowUp, now time.Time) (FollowUp, error) {
	f.Text, f.Owner = strings.TrimSpace(f.Text), strings.TrimSpace(f.Owner)
	switch {
	case f.Text == "" || len(f.Text) > MaxFollowUp:
		return f, &InvalidError{"text", fmt.Sprintf("Say in one sentence of at most %d letters what is to be done.", MaxFollowUp)}
	case len(f.Owner) > MaxOwner:
		return f, &InvalidError{"owner", fmt.Sprintf("Name the team in at most %d letters.", MaxOwner)}
	case f.OwnerTold && f.Owner == "":
		return f, &InvalidError{"owner", "Name the team that customers shall read."}
	case f.Due.Sub(now) > MaxAhead || !f.Due.IsZero() && now.Sub(f.Due) > MaxAhead:
		return f, &InvalidError{"due", "That is more than a year away. Look at the year that you gave."}
	case f.Public && !inc.Public():
		return f, &InvalidError{"public", "Customers were never told of this incident, so they cannot see its follow-ups."}
	}
	if others >= MaxFollowUps {
		return f, &InvalidError{"", fmt.Sprintf("An incident has at most %d follow-ups. Sum some of them up.", MaxFollowUps)}
	}
	f.ID, f.Incident, f.State, f.MadeAt, f.ChangedAt = NewID(), inc.ID, FollowUpOpen, now, now
	return f, nil
}

// Finish says that it is done. It refuses what is not open.
func (f *FollowUp) Finish(author string, now time.Time) error {
	return f.move(FollowUpDone, author, now)
}

// Drop says that it will not be done, and why. It refuses what is not open, and an empty or too long reason.
func (f *FollowUp) Drop(reason, author string, now time.Time) error {
	if reason = strings.TrimSpace(reason); reason == "" || len(reason) > MaxReason {
		return &InvalidError{"reason", fmt.Sprintf("Say in at most %d letters why it will not be done.", MaxReason)}
	}
	if err := f.move(FollowUpDropped, author, now); err != nil {
		return err
	}
	f.Reason = reason
	return nil
}

func (f *FollowUp) move(to FollowUpState, author string, now time.Time) error {
	if !slices.Contains(followUpMoves[f.State], to) {
		return &InvalidError{"", fmt.Sprintf("This follow-up is %s already. Add a new one.", f.State)}
	}
	f.State, f.Author, f.ChangedAt = to, author, now
	return nil
}

// Overdue says whether it is still open although its day is over in a zone.
func (f FollowUp) Overdue(now time.Time, zone *time.Location) bool {
	return f.State == FollowUpOpen && overdue(f.Due, now, zone)
}

func overdue(due, now time.Time, zone *time.Location) bool {
	if zone != nil {
		now = now.In(zone)
	}
	return !due.IsZero() && now.Format(time.DateOnly) > due.Format(time.DateOnly)
}
