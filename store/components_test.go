package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"candor/incidents"
	"candor/store"
	"candor/store/storetest"

	"github.com/google/go-cmp/cmp"
)

// studio is what the incidents of these tests are about.
var studio = []incidents.Component{
	{ID: "compnewst001", Key: "new-studio", Name: "New Studio", Group: "Studio", Description: "The editor", Position: 1, DependsOn: []string{"compbroker01"}, CreatedAt: begin},
	{ID: "compclassic1", Key: "classic", Name: "Classic Studio", Group: "Studio", Position: 2, CreatedAt: begin},
	{ID: "compbroker01", Key: "broker", Name: "Broker", Position: 3, Internal: true, CreatedAt: begin},
}

func saveStudio(t *testing.T, db *store.DB) {
	t.Helper()
	if err := db.SaveComponents(t.Context(), studio); err != nil {
		t.Fatal(err)
	}
}

func TestComponents(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		saveStudio(t, db)
		check := func(want []incidents.Component) {
			t.Helper()
			got, err := db.Components(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
		}
		check(studio)
		before := revision(t, db)
		saveStudio(t, db)
		if got := revision(t, db); got != before {
			t.Error("the revision grew though nothing changed")
		}
		changed := slices.Clone(studio)
		changed[0].ArchivedAt, changed[1].DependsOn = begin.Add(time.Hour), []string{studio[2].ID}
		changed = append(changed, incidents.Component{ID: "compmail0001", Name: "Mail", Position: 1})
		if err := db.SaveComponents(t.Context(), changed); err != nil {
			t.Fatal(err)
		}
		if got := revision(t, db); got != before+1 {
			t.Errorf("the revision grew by %d, want 1", got-before)
		}
		check([]incidents.Component{changed[3], changed[1], changed[2], changed[0]})
		twin := incidents.Component{ID: "compother001", Key: studio[0].Key, Name: "Other"}
		if err := db.SaveComponents(t.Context(), []incidents.Component{twin}); !errors.Is(err, incidents.ErrConflict) {
			t.Errorf("a key for two: got %v, want a conflict", err)
		}
	})
}
