package templates

import (
	"fmt"
	"io"
	"testing"
	"time"

	"candor/incidents"
)

// wide is a page of so many components in groups of ten, each with a year of days of which some were bad.
func wide(components int) incidents.Page {
	now := time.Date(2026, 5, 20, 12, 0, 0, 0, time.UTC)
	p := incidents.Page{Site: incidents.Site{Name: "Studio status", Product: "Studio", URL: "https://status.example.com", Zone: time.UTC, ZoneName: "UTC"},
		At: now, CheckedAt: now, Days: incidents.UsualDays, Answer: incidents.Answer{Says: incidents.Works, Sight: incidents.SightOK}}
	for i := range components {
		c := incidents.PageComponent{ID: fmt.Sprintf("c%011d", i), Name: fmt.Sprint("Component ", i), Group: fmt.Sprint("Group ", i/10), Status: incidents.Operational, Watched: true, CreatedAt: now.AddDate(-1, 0, 0)}
		for n := range incidents.MaxDays {
			d := incidents.Day{Date: now.Truncate(24*time.Hour).AddDate(0, 0, n+1-incidents.MaxDays), Seen: true, Worst: incidents.Operational, Length: 24 * time.Hour, Known: 24 * time.Hour}
			if (n+7*i)%40 == 0 {
				d.Worst, d.Partial = incidents.PartialOutage, time.Hour
			}
			c.Days = append(c.Days, d)
		}
		if i%10 == 0 {
			p.Groups = append(p.Groups, incidents.PageGroup{Name: c.Group})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Components = append(g.Components, c)
	}
	return p
}

func BenchmarkStatusPage(b *testing.B) {
	for _, n := range []int{30, 100, 500, 5000} {
		b.Run(fmt.Sprint("components=", n), func(b *testing.B) {
			p := in(wide(n))
			render := func() {
				if err := StatusPage(p).Render(b.Context(), io.Discard); err != nil {
					b.Fatal(err)
				}
			}
			render() // packs the assets, once
			b.ReportAllocs()
			for b.Loop() {
				render()
			}
		})
	}
}
