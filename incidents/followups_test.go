package incidents

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestFollowUpMoves(t *testing.T) {
	inc := toldIncident(t)
	moves := map[FollowUpState]func(*FollowUp) error{
		FollowUpDone:    func(f *FollowUp) error { return f.Finish("Bo", hour(4)) },
		FollowUpDropped: func(f *FollowUp) error { return f.Drop("The queue is gone.", "Bo", hour(4)) },
	}
	for from := range moves {
		for to, move := range moves {
			f, err := NewFollowUp(inc, 0, FollowUp{Text: " Limit the queue ", Author: "Ada"}, hour(3))
			must(t, err)
			if f.State != FollowUpOpen || f.Text != "Limit the queue" || f.Incident != "i" || !f.ChangedAt.Equal(hour(3)) {
				t.Fatalf("a new one is %+v", f)
			}
			must(t, moves[from](&f))
			before := f
			if err := move(&f); err == nil || f != before {
				t.Errorf("%s → %s: %v, %+v", from, to, err, f)
			}
			if f.State != from || f.Author != "Bo" || !f.ChangedAt.Equal(hour(4)) || (f.Reason != "") != (from == FollowUpDropped) {
				t.Errorf("%s is %+v", from, f)
			}
		}
	}
}

func TestFollowUpRefuses(t *testing.T) {
	team := &Incident{ID: "t", StartedAt: hour(0)}
	for _, tt := range []struct {
		name, field string
		inc         *Incident
		others      int
		f           FollowUp
	}{
		{"no text", "text", toldIncident(t), 0, FollowUp{Text: " "}},
		{"a long text", "text", toldIncident(t), 0, FollowUp{Text: strings.Repeat("x", MaxFollowUp+1)}},
		{"a long owner", "owner", toldIncident(t), 0, FollowUp{Text: "x", Owner: strings.Repeat("x", MaxOwner+1)}},
		{"an owner to be told without a name", "owner", toldIncident(t), 0, FollowUp{Text: "x", OwnerTold: true}},
		{"a mistyped year", "due", toldIncident(t), 0, FollowUp{Text: "x", Due: hour(24 * 400)}},
		{"a mistyped year of the past", "due", toldIncident(t), 0, FollowUp{Text: "x", Due: hour(-24 * 400)}},
		{"public, of a team's incident", "public", team, 0, FollowUp{Text: "x", Public: true}},
		{"one too many", "", toldIncident(t), MaxFollowUps, FollowUp{Text: "x"}},
	} {
		var invalid *InvalidError
		if _, err := NewFollowUp(tt.inc, tt.others, tt.f, hour(3)); !errors.As(err, &invalid) || invalid.Field != tt.field {
			t.Errorf("%s: got %v", tt.name, err)
		}
	}
	f := FollowUp{State: FollowUpOpen}
	for _, reason := range []string{"", " \n", strings.Repeat("x", MaxReason+1)} {
		if err := f.Drop(reason, "Ada", hour(4)); err == nil || f.State != FollowUpOpen {
			t.Errorf("dropped for %d letters", len(reason))
		}
	}
}

// A day is over when it is over where the page's readers are.
func TestOverdue(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	must(t, err)
	due := time.Date(2026, 5, 12, 0, 0, 0, 0, time.UTC)
	at := func(day, hour int) time.Time { return time.Date(2026, 5, day, hour, 0, 0, 0, time.UTC) }
	for _, tt := range []struct {
		name string
		f    FollowUp
		now  time.Time
		zone *time.Location
		want bool
	}{
		{"the day before", FollowUp{State: FollowUpOpen, Due: due}, at(11, 23), time.UTC, false},
		{"the day itself", FollowUp{State: FollowUpOpen, Due: due}, at(12, 23), time.UTC, false},
		{"the day after", FollowUp{State: FollowUpOpen, Due: due}, at(13, 0), time.UTC, true},
		{"still the day itself in New York", FollowUp{State: FollowUpOpen, Due: due}, at(13, 3), newYork, false},
		{"the day after in New York", FollowUp{State: FollowUpOpen, Due: due}, at(13, 5), newYork, true},
		{"no zone", FollowUp{State: FollowUpOpen, Due: due}, at(13, 0), nil, true},
		{"no due day", FollowUp{State: FollowUpOpen}, at(13, 0), time.UTC, false},
		{"done", FollowUp{State: FollowUpDone, Due: due}, at(13, 0), time.UTC, false},
		{"dropped", FollowUp{State: FollowUpDropped, Due: due}, at(13, 0), time.UTC, false},
	} {
		if got := tt.f.Overdue(tt.now, tt.zone); got != tt.want {
			t.Errorf("%s: overdue %v", tt.name, got)
		}
	}
}
