package web

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/incidents"
	"candor/store"
)

// number returns how many snapshots there have been.
func (h *house) number() int { return h.server.snapshot.current.Load().number }

// declares stores an incident, as another process would: nobody tells the page.
func (h *house) declares(title string) {
	h.Helper()
	inc := &incidents.Incident{ID: incidents.NewID(), Title: title, StartedAt: time.Now()}
	if err := inc.Post(incidents.Update{At: time.Now(), Status: incidents.Investigating, Body: "We are looking."}); err != nil {
		h.Fatal(err)
	}
	if err := h.db.SaveIncident(h.Context(), inc); err != nil {
		h.Fatal(err)
	}
}

func TestEachChangeIsRenderedOnce(t *testing.T) {
	h := open(t, nil)
	h.server.snapshot.most = time.Hour // only changes count, however slow the machine
	before := h.number()
	for i := range 10 {
		title := fmt.Sprint("Trouble ", i)
		h.declares(title)
		for range 3 { // who changed it, and the ticks after that
			if err := h.server.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		h.visitor().get("/").says(title)
	}
	if got := h.number() - before; got != 10 {
		t.Errorf("10 changes took %d renders", got)
	}
}

func TestChangesThatCrowdAreRenderedTogether(t *testing.T) {
	h := open(t, nil)
	h.server.snapshot.most = time.Hour // only changes count, however slow the machine
	before := h.number()
	h.server.snapshot.mu.Lock() // a render is under way
	var changing sync.WaitGroup
	for i := range 10 {
		h.declares(fmt.Sprint("Trouble ", i))
		changing.Go(func() {
			if err := h.server.Refresh(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	h.server.snapshot.mu.Unlock()
	changing.Wait()
	if got := h.number() - before; got != 1 {
		t.Errorf("10 changes during a render took %d more", got)
	}
	for i := range 10 {
		h.visitor().get("/").says(fmt.Sprint("Trouble ", i))
	}
}

// A refresh without a change reads what the checks found, and neither the incidents nor the days before again.
func TestRefreshKeepsWhatDidNotChange(t *testing.T) {
	s := crowded(t, 20, 10)
	first := s.snapshot.current.Load()
	f, err := s.snapshot.facts.load(t.Context(), first.revision, first.at)
	if err != nil {
		t.Fatal(err)
	}
	if f.Incidents[0] != first.facts.Incidents[0] {
		t.Error("the incidents were read again")
	}
	page := incidents.NewPage(f)
	for i, c := range page.Components() {
		last := first.whole().Components()[i]
		for n, d := range c.Days[:len(c.Days)-1] {
			if d != last.Days[n] {
				t.Fatalf("%s on %s: %+v, want %+v", c.Name, d.Date, d, last.Days[n])
			}
		}
	}
	if after, err := s.snapshot.facts.load(t.Context(), first.revision+1, first.at); err != nil || after.Incidents[0] == f.Incidents[0] {
		t.Errorf("another revision was not read, %v", err)
	}
}

// Snapshots share what did not change, and a later one changes nothing in those before it.
func TestCoverageOfASnapshotStays(t *testing.T) {
	from := time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)
	c := coverage{from: from, covered: map[string][]float64{}}
	first := c.with("a", map[time.Time]float64{from: 1, from.AddDate(0, 0, 1): .25})
	second := c.with("a", map[time.Time]float64{from: .5, from.AddDate(0, 0, 1): .25})
	third := c.with("a", map[time.Time]float64{from: .5})
	if len(first) != incidents.MaxDays || first[0] != 1 || first[1] != .25 || first[2] != 0 || second[0] != .5 || second[1] != .25 {
		t.Errorf("got %v and then %v", first[:3], second[:3])
	}
	if &third[0] != &second[0] {
		t.Error("what did not change was copied")
	}
}

func TestCoverageKnowsEachDayOnce(t *testing.T) {
	from := time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)
	on := func(n int) time.Time { return from.AddDate(0, 0, n) }
	c := coverage{from: from, seen: map[string][]seenDay{}}
	for _, d := range []store.Day{
		{Probe: "page", Day: on(3), Counts: store.Counts{OK: 10}},
		{Probe: "mail", Day: on(4), Counts: store.Counts{Unknown: 9}},
		{Probe: "page", Day: on(5), Counts: store.Counts{OK: 1}},
		{Probe: "page", Day: on(4), Counts: store.Counts{Failed: 2}},                                 // told of late
		{Probe: "page", Day: on(5), Counts: store.Counts{OK: 3, Degraded: 2, Failed: 1, Unknown: 7}}, // later on that day
	} {
		c.add(d)
	}
	days := map[time.Time]incidents.GuardDay{on(3): {Held: 10}, on(4): {Failed: 2}, on(5): {Held: 5, Failed: 1}}
	if diff := cmp.Diff(days, c.guarded("page")); diff != "" {
		t.Errorf("of a guard: want -, got +\n%s", diff)
	}
	for _, tt := range []struct {
		name, probe string
		since       time.Time
		want        map[time.Time]int
	}{
		{"all of it", "page", from, map[time.Time]int{on(3): 10, on(4): 2, on(5): 6}},
		{"the newest, and the first", "page", on(5), map[time.Time]int{on(3): 10, on(5): 6}},
		{"runs that told nothing", "mail", from, map[time.Time]int{on(4): 0}},
		{"a probe that never ran", "new", from, map[time.Time]int{}},
	} {
		if diff := cmp.Diff(tt.want, c.told(tt.probe, tt.since)); diff != "" {
			t.Errorf("%s: want -, got +\n%s", tt.name, diff)
		}
	}
}
