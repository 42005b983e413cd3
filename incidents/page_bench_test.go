package incidents

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// crowdedFacts are those of a page of so many components, each watched for the whole window, and incidents over it.
func crowdedFacts(t testing.TB, components, told int) PageFacts {
	t.Helper()
	f := PageFacts{Site: site(), Now: epoch, CheckedAt: epoch, Stale: time.Minute, Days: MaxDays, Covered: map[string][]float64{}, Watched: map[string]bool{}}
	covered := slices.Repeat([]float64{1}, f.Days)
	for i := range components {
		id := fmt.Sprint("c", i)
		f.Components = append(f.Components, Component{ID: id, Name: fmt.Sprint("Component ", i), Group: fmt.Sprint("Group ", i/10), CreatedAt: epoch.AddDate(-1, 0, 0)})
		f.Watched[id], f.Covered[id] = true, covered
	}
	for i := range told {
		from := epoch.Add(-time.Duration(i+1) * (350 * day / time.Duration(told)))
		inc := &Incident{ID: fmt.Sprint("i", i), Title: "Studio is slow", StartedAt: from}
		change := Change{Component: fmt.Sprint("c", i*7%components), To: PartialOutage}
		for _, u := range []Update{
			{At: from, Status: Investigating, Body: "We are looking.", Changes: []Change{change}},
			{At: from.Add(time.Hour), Status: Resolved, Body: "It is over."},
		} {
			if err := inc.Post(u); err != nil {
				t.Fatal(err)
			}
		}
		f.Incidents = append(f.Incidents, inc)
	}
	return f
}

func BenchmarkNewPage(b *testing.B) {
	for _, size := range [][2]int{{100, 50}, {500, 500}, {5000, 10_000}} {
		b.Run(fmt.Sprintf("components=%d/incidents=%d", size[0], size[1]), func(b *testing.B) {
			f := crowdedFacts(b, size[0], size[1])
			b.ReportAllocs()
			for b.Loop() {
				NewPage(f)
			}
		})
	}
}

// The work of a page grows with its incidents and with its components, never with their product.
func TestNewPageLooksAtEachIncidentOnce(t *testing.T) {
	work := func(components int) float64 {
		f := crowdedFacts(t, components, 200)
		f.Days = 0
		with := testing.AllocsPerRun(1, func() { NewPage(f) })
		f.Incidents = nil
		return with - testing.AllocsPerRun(1, func() { NewPage(f) })
	}
	few, many := work(200), work(2000)
	if many > 2*few {
		t.Errorf("200 incidents cost %.0f allocations beside 200 components, and %.0f beside 2,000", few, many)
	}
}
