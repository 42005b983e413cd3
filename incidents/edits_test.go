package incidents

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// toldIncident is a public incident whose updates have the ids u0 and u1, with a team note n between them.
func toldIncident(t *testing.T) *Incident {
	t.Helper()
	inc := &Incident{ID: "i", Title: "Studio is slow", StartedAt: hour(0)}
	must(t, inc.Post(Update{ID: "u0", At: hour(0), Status: Investigating, Body: "We look.", Changes: []Change{{Component: "a", To: PartialOutage}, {Component: "b", To: MajorOutage}}}))
	must(t, inc.Post(Update{ID: "n", At: hour(1), Body: "It is the queue.", Author: "Ada", Team: true}))
	must(t, inc.Post(Update{ID: "u1", At: hour(2), Status: Resolved, Body: "It works.", Author: "Ada"}))
	return inc
}

func TestRewordKeepsWhatWasSaid(t *testing.T) {
	inc := toldIncident(t)
	before := inc.Timeline()
	must(t, inc.Reword("u1", Edit{At: hour(3), Author: "Bo", Body: "It works again."}))
	must(t, inc.Reword("u1", Edit{At: hour(2.5), Author: "Bo", Body: "All of it works again."})) // the clock went back
	u := inc.Timeline()[2]
	if u.Body != "It works." || u.Wording() != "All of it works again." || !u.EditedAt().Equal(hour(3)) || !u.At.Equal(hour(2)) {
		t.Errorf("edited twice: %+v", u)
	}
	if diff := cmp.Diff([]EarlierWording{{hour(3), "It works again."}, {hour(3), "It works."}}, u.Earlier()); diff != "" {
		t.Errorf("earlier wordings: want -, got +\n%s", diff)
	}
	if len(before[2].Edits) != 0 || inc.Timeline()[0].Wording() != "We look." || len(inc.Timeline()[0].Earlier()) != 0 || inc.Status() != Resolved {
		t.Error("an edit changed more than its update")
	}
	copied := inc.Timeline()
	must(t, inc.Reword("u1", Edit{At: hour(4), Body: "x"}))
	other := Stored(*inc, copied)
	must(t, other.Reword("u1", Edit{At: hour(4), Body: "y"}))
	if got := inc.Timeline()[2].Wording(); got != "x" {
		t.Errorf("an edit of a copy reached the incident: %q", got)
	}
}

func TestRewordRefuses(t *testing.T) {
	for _, tt := range []struct{ name, update, body, field string }{
		{"a team note", "n", "It is the disk.", ""},
		{"a text of blanks", "u1", " \n", "body"},
		{"a text too long", "u1", strings.Repeat("x", MaxBody+1), "body"},
		{"the same text", "u1", "It works.", "body"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inc := toldIncident(t)
			var invalid *InvalidError
			if err := inc.Reword(tt.update, Edit{At: hour(3), Body: tt.body}); !errors.As(err, &invalid) || invalid.Field != tt.field {
				t.Errorf("got %v", err)
			}
			if diff := cmp.Diff(toldIncident(t).Timeline(), inc.Timeline()); diff != "" {
				t.Errorf("refused, but changed:\n%s", diff)
			}
		})
	}
	inc := toldIncident(t)
	if err := inc.Reword("nothing", Edit{Body: "x"}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown update: %v", err)
	}
	var err error
	for n := 0; err == nil && n < 100; n++ {
		err = inc.Reword("u0", Edit{At: hour(3), Body: strings.Repeat("x", n+1)})
	}
	if got := len(inc.Timeline()[0].Edits); got != MaxEdits {
		t.Errorf("%d edits of one update, want %d at most", got, MaxEdits)
	}
}

// What the page says is the newest wording, and when it changed is the newest change.
func TestPageOfAnEditedUpdate(t *testing.T) {
	inc := toldIncident(t)
	must(t, inc.Reword("u0", Edit{At: hour(5), Author: "Bo", Body: "We look closely."}))
	got := NewPageIncident(PageFacts{Now: hour(6)}, inc)
	if u := got.Updates[1]; u.Body != "We look closely." || len(u.Earlier) != 1 || u.Earlier[0].Body != "We look." || !u.At.Equal(hour(0)) {
		t.Errorf("the page shows %+v", u)
	}
	if !got.UpdatedAt.Equal(hour(5)) || got.Status != Resolved || !got.ResolvedAt.Equal(hour(2)) {
		t.Errorf("updated at %v as %s", got.UpdatedAt, got.Status)
	}
}

func TestEditsOfLongAgoDoNotHideNewUpdates(t *testing.T) {
	inc := toldIncident(t)
	must(t, inc.Reword("u0", Edit{At: hour(1), Body: "We look closely."}))
	if got := NewPageIncident(PageFacts{Now: hour(6)}, inc).UpdatedAt; !got.Equal(hour(2)) {
		t.Errorf("updated %v after the tests began, want 2 h", got.Sub(epoch).Round(time.Second))
	}
}
