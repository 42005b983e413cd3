package web

import (
	"context"
	"fmt"
	"testing"
	"time"

	"candor/incidents"
)

// BenchmarkChange stores an update of an incident and makes the page of it, as a post of a responder does.
func BenchmarkChange(b *testing.B) {
	for _, size := range [][2]int{{30, 30}, {500, 500}, {5000, 10_000}} {
		b.Run(fmt.Sprintf("components=%d/incidents=%d", size[0], size[1]), func(b *testing.B) {
			s := crowded(b, size[0], size[1])
			inc := &incidents.Incident{ID: incidents.NewID(), Title: "Studio is slow", StartedAt: time.Now().UTC()}
			for b.Loop() {
				if err := inc.Post(incidents.Update{At: time.Now().UTC(), Status: incidents.Investigating, Body: "We are looking."}); err != nil {
					b.Fatal(err)
				}
				if err := s.Store.SaveIncident(context.Background(), inc); err != nil {
					b.Fatal(err)
				}
				if err := s.Refresh(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
