package incidents_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"candor/incidents"
	"candor/store"
	"candor/store/storetest"
)

// quick is long enough for a result to be stored and judged.
const quick = 200 * time.Millisecond

// numbered returns names with a number each.
func numbered(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("part%02d", i))
	}
	return out
}

func TestTwoTrackersOpenOneIncident(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		parts := numbered(12)
		p := policy(t, db, parts...)
		first, second := start(t, db, p), start(t, storetest.Reopen(t, dsn), p)
		for _, part := range parts {
			for range 2 {
				time.Sleep(quick)
				r := result(part, 'x')
				first.observe(r)
				second.observe(r)
			}
			time.Sleep(quick)
		}
		first.stop()
		second.stop()
		opened := map[string]int{}
		for _, inc := range stored(t, db) {
			opened[inc.Symptoms[0].Probe]++
			if len(inc.Symptoms) != 1 || len(inc.Timeline()) != 1 {
				t.Errorf("%s has %d symptoms and %d updates, want one of each", inc.Title, len(inc.Symptoms), len(inc.Timeline()))
			}
		}
		for _, part := range parts {
			if opened[part] != 1 {
				t.Errorf("%d incidents for %s, want 1", opened[part], part)
			}
		}
	})
}

// Another tracker opens the incident just before this one saves its own.
func TestOpenGivesWay(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		p := policy(t, db, "studio")
		s := &interrupted{DB: db}
		s.first = func() {
			other := start(t, db, p)
			time.Sleep(2 * time.Second) // it looks at what is stored
			other.stop()
			one(t, db, "investigating")
		}
		d := start(t, s, p)
		d.sees("studio", "xx")
		time.Sleep(interval) // it tries, and looks again
		d.stop()
		if one(t, db, "investigating"); s.first != nil {
			t.Error("this tracker never tried")
		}
	})
}

// A person posts at the moment in which the checks update the same incident.
func TestPostWhileTheChecksPost(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		const rounds = 12
		p := policy(t, db, numbered(2*rounds)...)
		for i := range rounds { // the parts go in pairs
			p.Components[2*i+1].DependsOn = []string{p.Components[2*i].ID}
		}
		d := start(t, storetest.Reopen(t, dsn), p)
		d.pace = quick
		person := incidents.NewTracker(db, p, nil)
		for i := range rounds {
			a, b := p.Rules[2*i].Probe, p.Rules[2*i+1].Probe
			d.sees(a, "xx")
			d.sees(b, "x")
			inc := stored(t, db)[0]
			seen := len(inc.Timeline())
			time.Sleep(15 * time.Second) // until the checks tell customers more
			d.observe(result(b, 'x'))
			time.Sleep(100 * time.Millisecond) // when the tracker stores it, and judges
			u := update(incidents.Identified)
			u.Body = fmt.Sprintf("Round %d.", i)
			now, err := person.Post(t.Context(), inc.ID, seen, "", u)
			if errors.Is(err, incidents.ErrConflict) {
				if len(now.Meanwhile(seen)) == 0 {
					t.Fatalf("a conflict, but nobody told anything")
				}
				_, err = person.Post(t.Context(), inc.ID, len(now.Timeline()), "", u)
			}
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(quick)
			checkTakenOver(t, db, inc.ID, u.Body)
		}
		d.stop()
		if n := len(stored(t, db)); n != rounds {
			t.Errorf("%d incidents, want %d", n, rounds)
		}
	})
}

// checkTakenOver looks for a person's update, once, after which the checks have told customers nothing.
func checkTakenOver(t *testing.T, db *store.DB, id, body string) {
	t.Helper()
	inc, err := db.Incident(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(inc.Timeline(), func(u incidents.Update) bool { return u.Body == body })
	if i < 0 || i != len(inc.Timeline())-1 && !inc.Timeline()[i+1].Team || len(inc.Symptoms) != 2 {
		t.Errorf("the update is lost, or the checks told customers more, or not two symptoms: %+v", inc)
	}
}

// interrupted is a store where something happens just before an incident is saved.
type interrupted struct {
	*store.DB
	first func()
}

func (s *interrupted) SaveIncident(ctx context.Context, inc *incidents.Incident) error {
	if do := s.first; do != nil {
		s.first = nil
		do()
	}
	return s.DB.SaveIncident(ctx, inc)
}

func TestPostLosesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := policy(t, db, "studio")
		s := &interrupted{DB: db}
		ours, theirs := incidents.NewTracker(s, p, nil), incidents.NewTracker(db, p, nil)
		inc, err := ours.Declare(t.Context(), "Studio", update(incidents.Investigating))
		if err != nil {
			t.Fatal(err)
		}
		post := func(author string, team bool) func() {
			return func() {
				now, err := db.Incident(t.Context(), inc.ID)
				if err != nil {
					t.Fatal(err)
				}
				u := update(incidents.Identified)
				if u.Body, u.Author, u.Team = author+" was first.", author, team; team {
					u.Status = ""
				}
				if _, err := theirs.Post(t.Context(), inc.ID, len(now.Timeline()), "", u); err != nil {
					t.Fatal(err)
				}
			}
		}
		tests := []struct {
			name     string
			first    func()
			conflict bool
		}{
			{"nobody", nil, false},
			{"the checks noted something for the team", post("", true), false},
			{"the checks told customers something", post("", false), true},
			{"a colleague noted something for the team", post("Bob", true), true},
			{"a colleague told customers something", post("Bob", false), true},
		}
		for _, tt := range tests {
			before, err := db.Incident(t.Context(), inc.ID)
			if err != nil {
				t.Fatal(err)
			}
			seen, want := len(before.Timeline()), len(before.Timeline())+1
			s.first = tt.first
			now, err := ours.Post(t.Context(), inc.ID, seen, "", update(incidents.Monitoring))
			if errors.Is(err, incidents.ErrConflict) != tt.conflict || !tt.conflict && err != nil {
				t.Fatalf("%s: %v, want a conflict: %v", tt.name, err, tt.conflict)
			}
			if tt.first != nil && !tt.conflict {
				want++
			}
			after, err := db.Incident(t.Context(), inc.ID)
			if err != nil {
				t.Fatal(err)
			}
			if len(after.Timeline()) != want || len(now.Timeline()) != want {
				t.Errorf("%s: %d updates are stored and %d returned, want %d", tt.name, len(after.Timeline()), len(now.Timeline()), want)
			}
			for i, u := range before.Timeline() {
				if after.Timeline()[i].ID != u.ID {
					t.Errorf("%s: update %d was replaced", tt.name, i)
				}
			}
		}
		if _, err := ours.Post(t.Context(), inc.ID, 1, "", update(incidents.Monitoring)); !errors.Is(err, incidents.ErrConflict) {
			t.Errorf("who saw only the first update posts: %v, want a conflict", err)
		}
		if _, err := ours.Post(t.Context(), "nosuch", 0, "", update(incidents.Monitoring)); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("post to no incident: %v", err)
		}
	})
}

// The checks find, just before they save, that a person was first: they look again and only note.
func TestChecksGiveWay(t *testing.T) {
	inTime(t, func(t *testing.T, dsn string) {
		db := storetest.Reopen(t, dsn)
		p := policy(t, db, "queue", "studio")
		p.Components[1].DependsOn = []string{"queue"}
		s := &interrupted{DB: db}
		d := start(t, s, p)
		d.sees("queue", "xx")
		d.sees("studio", "x")
		inc := one(t, db, "investigating")
		d.stop()
		s.first = func() {
			if _, err := incidents.NewTracker(db, p, nil).Post(t.Context(), inc.ID, 1, "", update(incidents.Identified)); err != nil {
				t.Error(err)
			}
		}
		d = start(t, s, p)
		d.sees("studio", "x")
		d.stop()
		notes := one(t, db, "investigating identified").Timeline()[2:]
		if s.first != nil || len(notes) != 1 || !strings.Contains(notes[0].Body, "studio does not work") {
			t.Errorf("notes after a person was first: %+v, want one on the new symptom", notes)
		}
	})
}

func TestManyDeclareAndPostAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		tracker := incidents.NewTracker(db, policy(t, db, "studio"), nil)
		var invalid *incidents.InvalidError
		for _, title := range []string{"", " ", strings.Repeat("x", incidents.MaxTitle+1)} {
			if _, err := tracker.Declare(t.Context(), title, update(incidents.Investigating)); !errors.As(err, &invalid) {
				t.Errorf("declare %q: %v, want a refusal", title, err)
			}
		}
		if _, err := tracker.Declare(t.Context(), "Studio", update(incidents.Resolved)); !errors.As(err, &invalid) {
			t.Errorf("declare what is over: %v, want a refusal", err)
		}
		inc, err := tracker.Declare(t.Context(), "Studio", update(incidents.Investigating))
		if err != nil {
			t.Fatal(err)
		}
		const people = 8
		var wg sync.WaitGroup
		won := make(chan int, people)
		for i := range people {
			wg.Go(func() {
				_, err := tracker.Post(t.Context(), inc.ID, 1, "", update(incidents.Identified))
				if err == nil {
					won <- i
				} else if !errors.Is(err, incidents.ErrConflict) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := len(stored(t, db)[0].Timeline()); len(won) != 1 || n != 2 {
			t.Errorf("%d of %d posts were taken and %d updates are stored, want 1 and 2", len(won), people, n)
		}
	})
}
