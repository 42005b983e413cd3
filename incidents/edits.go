package incidents

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// MaxEdits is how often one update can be reworded.
const MaxEdits = 20

// Edit is a later wording of an update. The earlier ones stay.
type Edit struct {
	At     time.Time
	Author string // the responder's name
	Body   string // Markdown
}

// Wording returns the update's text as it reads now.
func (u Update) Wording() string {
	if n := len(u.Edits); n > 0 {
		return u.Edits[n-1].Body
	}
	return u.Body
}

// EditedAt returns when the update was reworded last, or zero.
func (u Update) EditedAt() time.Time {
	if n := len(u.Edits); n > 0 {
		return u.Edits[n-1].At
	}
	return time.Time{}
}

// EarlierWording is a text that an update had until it was reworded.
type EarlierWording struct {
	Until time.Time
	Body  string // Markdown
}

// Earlier returns what the update said before, the newest first.
func (u Update) Earlier() []EarlierWording {
	var out []EarlierWording
	was := u.Body
	for _, e := range u.Edits {
		out = append(out, EarlierWording{e.At, was})
		was = e.Body
	}
	slices.Reverse(out)
	return out
}

// Reword gives a public update another text and keeps the earlier one. It returns ErrNotFound for an update that the
// incident does not have, and an InvalidError for a team note and for a text that cannot be.
func (inc *Incident) Reword(update string, e Edit) error {
	i := slices.IndexFunc(inc.timeline, func(u Update) bool { return u.ID == update })
	if i < 0 {
		return ErrNotFound
	}
	u := &inc.timeline[i]
	switch {
	case u.Team:
		return &InvalidError{"", "Customers do not see this note, so it stays as it is. Add another one."}
	case strings.TrimSpace(e.Body) == "":
		return &InvalidError{"body", "Write what customers should know."}
	case len(e.Body) > MaxBody:
		return &InvalidError{"body", fmt.Sprintf("The text has %d bytes; at most %d fit. Shorten it.", len(e.Body), MaxBody)}
	case e.Body == u.Wording():
		return &InvalidError{"body", "The update says so already."}
	case len(u.Edits) >= MaxEdits:
		return &InvalidError{"", fmt.Sprintf("This update was edited %d times. Post another one instead.", MaxEdits)}
	}
	for _, earlier := range []time.Time{u.At, u.EditedAt()} {
		if e.At.Before(earlier) {
			e.At = earlier // the clock went back; the story must not
		}
	}
	u.Edits = append(slices.Clip(u.Edits), e) // copies of the timeline keep what they have
	return nil
}
