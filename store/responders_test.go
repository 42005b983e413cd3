package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"candor/incidents"
	"candor/store"
	"candor/store/storetest"

	"github.com/alexedwards/scs/v2"
	"github.com/google/go-cmp/cmp"
)

var _ scs.CtxStore = store.Sessions{}

var (
	ada = incidents.Person{ID: "personada001", Name: "Ada", Email: "ada@example.com", Role: incidents.Owner, PasswordHash: "$argon2id$a", CreatedAt: begin}
	bob = incidents.Person{ID: "personbob001", Name: "Bob", Email: "bob@example.com", Role: incidents.Responder, PasswordHash: "$argon2id$b", CreatedAt: begin}
)

// fieldAtFault returns the field of an InvalidError, or the error in words.
func fieldAtFault(err error) string {
	var invalid *incidents.InvalidError
	if errors.As(err, &invalid) {
		return invalid.Field
	}
	return fmt.Sprint(err)
}

func TestPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, p := range []incidents.Person{bob, ada} {
			if err := db.SavePerson(t.Context(), p); err != nil {
				t.Fatal(err)
			}
		}
		twin := incidents.Person{ID: "persontwin01", Name: "Eve", Email: ada.Email, Role: incidents.Owner}
		if err := db.SavePerson(t.Context(), twin); fieldAtFault(err) != "email" {
			t.Errorf("an address for two: got %v", err)
		}
		changed := bob
		changed.Email = ada.Email
		if err := db.SavePerson(t.Context(), changed); fieldAtFault(err) != "email" {
			t.Errorf("a change to another's address: got %v", err)
		}
		changed.Email, changed.Role = "robert@example.com", incidents.Owner
		if err := db.SavePerson(t.Context(), changed); err != nil {
			t.Fatal(err)
		}
		list, err := db.People(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]incidents.Person{ada, changed}, list); diff != "" {
			t.Errorf("people: want -, got +\n%s", diff)
		}
		if got, err := db.Person(t.Context(), ada.ID); err != nil || got != ada {
			t.Errorf("by id: got %v, %v", got, err)
		}
		if got, err := db.PersonByEmail(t.Context(), changed.Email); err != nil || got != changed {
			t.Errorf("by e-mail: got %v, %v", got, err)
		}
		if _, err := db.Person(t.Context(), "nobody"); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("unknown id: got %v", err)
		}
		if _, err := db.PersonByEmail(t.Context(), bob.Email+"\x00"); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("unknown e-mail: got %v", err)
		}
	})
}

func TestInvitations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		invite := func(token string, role incidents.Role) {
			t.Helper()
			if err := db.SaveInvitation(t.Context(), []byte(token), role, begin.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		usable := func(token string, at time.Time, want incidents.Role) {
			t.Helper()
			got, err := db.Invitation(t.Context(), []byte(token), at)
			if got != want || (want == "") != errors.Is(err, incidents.ErrNotFound) {
				t.Errorf("invitation %s: got %q, %v, want %q", token, got, err, want)
			}
		}
		invite("colleague", incidents.Responder)
		invite("first", incidents.Owner)
		invite("second", incidents.Owner)
		usable("first", begin, "")
		usable("second", begin, incidents.Owner)
		usable("colleague", begin, incidents.Responder)
		usable("colleague", begin.Add(time.Hour), "")
		usable("unknown", begin, "")

		if err := db.AcceptInvitation(t.Context(), []byte("second"), ada, begin); err != nil {
			t.Fatal(err)
		}
		usable("second", begin, "")
		if err := db.AcceptInvitation(t.Context(), []byte("second"), bob, begin); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("used twice: got %v", err)
		}
		if err := db.AcceptInvitation(t.Context(), []byte("colleague"), bob, begin.Add(time.Hour)); !errors.Is(err, incidents.ErrNotFound) {
			t.Errorf("expired: got %v", err)
		}
		twin := incidents.Person{ID: "persontwin01", Name: "Eve", Email: ada.Email, Role: incidents.Owner}
		if err := db.AcceptInvitation(t.Context(), []byte("colleague"), twin, begin); fieldAtFault(err) != "email" {
			t.Errorf("with a taken address: got %v", err)
		}
		usable("colleague", begin, incidents.Responder)
		invite("third", incidents.Owner)
		if err := db.SavePerson(t.Context(), incidents.Person{ID: "personowner1", Name: "Fay", Email: "fay@example.com", Role: incidents.Owner}); err != nil {
			t.Fatal(err)
		}
		usable("third", begin, "") // an owner is there now
		twin.Email = "eve@example.com"
		if err := db.AcceptInvitation(t.Context(), []byte("colleague"), twin, begin); err != nil {
			t.Fatal(err)
		}
		if got, err := db.Person(t.Context(), twin.ID); err != nil || got.Role != incidents.Responder {
			t.Errorf("took the role %q (%v), the invitation was for a responder", got.Role, err)
		}
	})
}

func TestRaceForOneInvitation(t *testing.T) {
	eachDSN(t, func(t *testing.T, dsn string) {
		handles := []*store.DB{storetest.Reopen(t, dsn), storetest.Reopen(t, dsn)}
		if err := handles[0].SaveInvitation(t.Context(), []byte("token"), incidents.Owner, begin.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		errs := race(t, handles, 5, func(db *store.DB) error {
			id := incidents.NewID()
			return db.AcceptInvitation(t.Context(), []byte("token"), incidents.Person{ID: id, Name: "A", Email: id, CreatedAt: begin}, begin)
		})
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, incidents.ErrNotFound) {
				t.Error(err)
			}
		}
		if got := rows(t, handles[0], `SELECT COUNT(*) FROM people`); got != 1 || won != 1 {
			t.Errorf("%d won and %d accounts are stored, want one", won, got)
		}
	})
}

func TestSessions(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		sessions, now := db.Sessions(), time.Now()
		commit := func(token, data string, expiry time.Time) {
			t.Helper()
			if err := sessions.Commit(token, []byte(data), expiry); err != nil {
				t.Fatal(err)
			}
		}
		found := func(token, want string) {
			t.Helper()
			got, ok, err := sessions.Find(token)
			if err != nil || string(got) != want || ok != (want != "") {
				t.Errorf("session %s: got %q, %v, %v, want %q", token, got, ok, err, want)
			}
		}
		commit("one", "a\x00\xff", now.Add(time.Hour))
		commit("one", "b\x00\xff", now.Add(time.Hour))
		commit("two", "c", now.Add(time.Hour))
		commit("old", "d", now.Add(-time.Minute))
		found("one", "b\x00\xff")
		found("old", "")
		found("unknown", "")
		if err := sessions.Delete("two"); err != nil {
			t.Fatal(err)
		}
		if err := sessions.Delete("two"); err != nil {
			t.Errorf("delete twice: %v", err)
		}
		found("two", "")
		if n, err := db.PruneSessions(t.Context(), now); n != 1 || err != nil {
			t.Errorf("pruned %d, %v, want the one that expired", n, err)
		}
		found("one", "b\x00\xff")
		if got := rows(t, db, `SELECT COUNT(*) FROM sessions WHERE token_hash = $1`, []byte("one")); got != 0 {
			t.Error("the token itself is stored")
		}
	})
}
