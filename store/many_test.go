package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"candor/incidents"
	"candor/store"
	"candor/store/storetest"
)

// A page with more incidents than a statement may have parameters is read all the same.
func TestWhatBelongsToVeryManyIncidents(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var ids []string
		for i := range 40_000 {
			ids = append(ids, fmt.Sprintf("i%011d", i))
		}
		var want []string
		for i := range 2 { // the first and the last that are asked for
			inc := &incidents.Incident{ID: incidents.NewID(), Title: "Studio is slow", StartedAt: time.Now()}
			if err := inc.Post(incidents.Update{At: time.Now(), Status: incidents.Investigating, Body: "We are looking."}); err != nil {
				t.Fatal(err)
			}
			if err := db.SaveIncident(t.Context(), inc); err != nil {
				t.Fatal(err)
			}
			ids = slices.Insert(ids, i*len(ids), inc.ID)
			follow := &incidents.FollowUp{ID: incidents.NewID(), Incident: inc.ID, Text: "Look again", State: incidents.FollowUpOpen, MadeAt: time.Now(), ChangedAt: time.Now()}
			if err := db.SaveFollowUp(t.Context(), follow); err != nil {
				t.Fatal(err)
			}
			want = append(want, inc.ID)
		}
		followUps, err := db.FollowUps(t.Context(), ids)
		if err != nil || len(followUps) != 2 || len(followUps[want[0]]) != 1 || len(followUps[want[1]]) != 1 {
			t.Errorf("%d incidents have follow-ups, want 2 (%v)", len(followUps), err)
		}
		if list, err := db.PublishedPostmortems(t.Context(), ids); err != nil || len(list) != 0 {
			t.Errorf("%d postmortems, %v", len(list), err)
		}
		if list, err := db.PublicEvidence(t.Context(), ids); err != nil || len(list) != 0 {
			t.Errorf("evidence of %d incidents, %v", len(list), err)
		}
	})
}
