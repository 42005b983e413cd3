package incidents

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func site() Site {
	return Site{Name: "Studio status", Product: "Studio", URL: "https://status.example.com", Zone: time.UTC, ZoneName: "UTC", ID: "kctbh9vrtdwd"}
}

// pageOf computes the page of components with these statuses, each set by one incident that began an hour ago.
func pageOf(t *testing.T, statuses ...ComponentStatus) Page {
	t.Helper()
	f := PageFacts{Site: site(), Now: epoch, CheckedAt: epoch, Stale: time.Minute, Days: 3}
	inc := &Incident{ID: "i", Title: "Trouble", StartedAt: epoch.Add(-time.Hour)}
	var changes []Change
	for i, s := range statuses {
		id := string(rune('a' + i))
		f.Components = append(f.Components, Component{ID: id, Name: strings.ToUpper(id), CreatedAt: epoch.AddDate(0, 0, -30)})
		changes = append(changes, Change{Component: id, To: s})
	}
	must(t, inc.Post(Update{At: epoch.Add(-time.Hour), Status: Investigating, Body: "x", Changes: changes}))
	if len(inc.Affected()) > 0 {
		f.Incidents = []*Incident{inc}
	}
	return NewPage(f)
}

func TestAnswerNeverUnderstates(t *testing.T) {
	const o, d, p, m, u = Operational, DegradedPerformance, PartialOutage, MajorOutage, UnderMaintenance
	names := func(list string) []string { return strings.Split(list, "") }
	tests := []struct {
		statuses []ComponentStatus
		want     Answer
	}{
		{[]ComponentStatus{o, o}, Answer{Says: Works, Sight: SightOK}},
		{[]ComponentStatus{o, d}, Answer{Says: SomeSlow, Sight: SightDegraded, Affected: names("B"), Working: names("A")}},
		{[]ComponentStatus{p, o, o}, Answer{Says: SomeNotWorking, Sight: SightPartial, Affected: names("A"), Working: names("BC")}},
		{[]ComponentStatus{p, p, p, p, o, o}, Answer{Says: SomeNotWorking, Sight: SightPartial, Affected: names("ABCD"), Working: names("EF")}},
		{[]ComponentStatus{m, p, d, o}, Answer{Says: SomeNotWorking, Sight: SightMajor, Affected: names("ABC"), Working: names("D")}},
		{[]ComponentStatus{p, p}, Answer{Says: AllTroubled, Sight: SightPartial}},
		{[]ComponentStatus{m, p}, Answer{Says: AllTroubled, Sight: SightMajor}},
		{[]ComponentStatus{m, m}, Answer{Says: NotWorking, Sight: SightMajor}},
		{[]ComponentStatus{u, o}, Answer{Says: LookingInto, Sight: SightDegraded, Maintained: names("A"), Working: names("B")}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, pageOf(t, tt.statuses...).Answer, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.statuses, diff)
		}
	}
}

func TestAnswerSaysWhenItCannotSee(t *testing.T) {
	f := PageFacts{Site: site(), Now: epoch, CheckedAt: epoch.Add(-2 * time.Minute), Stale: time.Minute,
		Components: []Component{{ID: "a", Name: "A", CreatedAt: epoch}}}
	if got := NewPage(f).Answer; got.Sight != SightNoData || got.Says != CannotSee {
		t.Errorf("blind, the page says %q (%s)", got.Says, got.Sight)
	}
}

func TestAnswerNeverVouchesForWhatItCannotSee(t *testing.T) {
	inc := &Incident{ID: "i", StartedAt: epoch}
	must(t, inc.Post(Update{At: epoch, Status: Investigating, Body: "x", Changes: []Change{{Component: "a", To: MajorOutage}}}))
	f := PageFacts{Site: site(), Now: epoch, CheckedAt: epoch, Stale: time.Minute, Incidents: []*Incident{inc}, Blind: map[string]bool{"c": true},
		Components: []Component{{ID: "a", Name: "A", CreatedAt: epoch}, {ID: "b", Name: "B", CreatedAt: epoch}, {ID: "c", Name: "C", CreatedAt: epoch}}}
	want := Answer{Says: SomeNotWorking, Sight: SightMajor, Affected: []string{"A"}, Working: []string{"B"}, Unseen: []string{"C"}}
	if diff := cmp.Diff(want, NewPage(f).Answer, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the answer (-want +got):\n%s", diff)
	}
}

func TestAnswerWhileWatchingAfterwards(t *testing.T) {
	inc := &Incident{ID: "i", StartedAt: epoch}
	must(t, inc.Post(Update{At: epoch, Status: Investigating, Body: "x", Changes: []Change{{Component: "a", To: MajorOutage}}}))
	must(t, inc.Post(Update{At: epoch, Status: Monitoring, Body: "x", Changes: []Change{{Component: "a", To: Operational}}}))
	f := PageFacts{Site: site(), Now: epoch, CheckedAt: epoch, Stale: time.Minute, Incidents: []*Incident{inc},
		Components: []Component{{ID: "a", Name: "A", CreatedAt: epoch}}}
	if got := NewPage(f).Answer.Says; got != WorksAgain {
		t.Errorf("the page says %q", got)
	}
}

func TestDaysAndUptime(t *testing.T) {
	day := time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)
	now := day.Add(12 * time.Hour)
	inc := &Incident{ID: "i", StartedAt: day.Add(-time.Hour)}
	post := func(after time.Duration, s ComponentStatus) {
		must(t, inc.Post(Update{At: day.Add(after), Status: Investigating, Body: "x", Changes: []Change{{Component: "a", To: s}}}))
	}
	post(-time.Hour, MajorOutage) // 23:00 of the day before
	post(time.Hour, PartialOutage)
	post(2*time.Hour, DegradedPerformance)
	post(3*time.Hour, Operational)
	f := PageFacts{Now: now, Days: 4, Components: []Component{{ID: "a", CreatedAt: day.AddDate(0, 0, -2).Add(6 * time.Hour)}}, Incidents: []*Incident{inc}}
	got := NewPage(f).Components()[0]
	want := []Day{
		{Date: day.AddDate(0, 0, -3), Worst: Operational, Length: 24 * time.Hour},
		{Date: day.AddDate(0, 0, -2), Seen: true, Worst: Operational, Length: 24 * time.Hour, Known: 18 * time.Hour},
		{Date: day.AddDate(0, 0, -1), Seen: true, Worst: MajorOutage, Major: time.Hour, Length: 24 * time.Hour, Known: 24 * time.Hour},
		{Date: day, Seen: true, Worst: MajorOutage, Major: time.Hour, Partial: time.Hour, Degraded: time.Hour, Length: 12 * time.Hour, Known: 12 * time.Hour},
	}
	if diff := cmp.Diff(want, got.Days); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	share := 1 - (2+0.3)/(18+24+12.0)
	up := got.Uptime(4)
	if diff := up.Share - share; diff > 1e-9 || diff < -1e-9 || up.Counted != 54*time.Hour || up.Length != 84*time.Hour {
		t.Errorf("uptime %+v, want %v of 54 hours among 84", up, share)
	}
}

func TestDaysOfAWatchedComponentNeedResults(t *testing.T) {
	f := PageFacts{Now: epoch, Days: 3, Components: []Component{{ID: "a", CreatedAt: epoch.AddDate(0, 0, -30)}},
		Watched: map[string]bool{"a": true}, Covered: map[string][]float64{"a": {1}}}
	var got []bool
	for _, d := range NewPage(f).Components()[0].Days {
		got = append(got, d.Seen)
	}
	if diff := cmp.Diff([]bool{false, false, true}, got); diff != "" {
		t.Errorf("seen (-want +got):\n%s", diff)
	}
}

func TestOverlappingImpactsCountOnce(t *testing.T) {
	from := epoch.Truncate(24 * time.Hour)
	d := Day{}
	d.add([]Impact{
		{"a", MajorOutage, from, from.Add(2 * time.Hour)},
		{"a", MajorOutage, from.Add(time.Hour), from.Add(3 * time.Hour)},
		{"a", PartialOutage, from.Add(2 * time.Hour), from.Add(4 * time.Hour)},
		{"a", DegradedPerformance, from, from.Add(5 * time.Hour)},
	}, from, from.Add(24*time.Hour))
	want := Day{Seen: true, Worst: MajorOutage, Major: 3 * time.Hour, Partial: time.Hour, Degraded: time.Hour, Known: 5 * time.Hour}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("day (-want +got):\n%s", diff)
	}
}

// TestPageTellsNothingInternal puts a canary into everything that customers must not see.
func TestPageTellsNothingInternal(t *testing.T) {
	const canary = "CANARY"
	inc := &Incident{ID: "i", Title: "Trouble", Cause: "queue-" + canary, StartedAt: epoch, Symptoms: []Symptom{
		{Probe: canary, Component: "a", Text: "It hurts", Reason: canary, Detail: canary, Since: epoch},
		{Probe: canary, Component: "q", Text: canary, Internal: true, Since: epoch},
	}}
	must(t, inc.Post(Update{At: epoch, Status: Investigating, Body: canary, Team: true, Changes: []Change{{Component: "q", To: MajorOutage}}}))
	must(t, inc.Post(Update{At: epoch, Status: Investigating, Body: "x", Author: canary,
		Changes: []Change{{Component: "a", To: MajorOutage}, {Component: "q", To: PartialOutage}}}))
	hidden := &Incident{ID: canary, Title: canary, StartedAt: epoch}
	must(t, hidden.Post(Update{At: epoch, Status: Investigating, Body: canary, Team: true}))
	page := NewPage(PageFacts{Site: site(), Now: epoch, CheckedAt: epoch, Days: 2, Incidents: []*Incident{inc, hidden},
		Components: []Component{
			{ID: "a", Key: canary, Name: "A", DependsOn: []string{canary}, CreatedAt: epoch},
			{ID: "q", Name: canary, Internal: true, CreatedAt: epoch},
			{ID: "z", Name: canary, CreatedAt: epoch, ArchivedAt: epoch},
		},
		Postmortems: map[string]Postmortem{"i": {Incident: "i", Draft: canary, Author: canary}}})
	page.Site.Zone = nil // does not marshal
	text, err := json.Marshal(page)
	if err != nil {
		t.Fatal(err)
	}
	if i := strings.Index(string(text), canary); i >= 0 {
		t.Errorf("the page tells what is internal: …%s…", text[max(0, i-200):min(len(text), i+50)])
	}
	if len(page.Open) != 1 || len(page.Open[0].Symptoms) != 1 || len(page.Open[0].Updates) != 1 {
		t.Errorf("the page has %+v", page.Open)
	}
}

func TestAnArchivedComponentStaysInItsIncidents(t *testing.T) {
	inc := &Incident{ID: "i", StartedAt: epoch}
	must(t, inc.Post(Update{At: epoch, Status: Investigating, Body: "x", Changes: []Change{{Component: "old", To: MajorOutage}}}))
	f := PageFacts{Site: site(), Now: epoch, CheckedAt: epoch, Days: 1, Incidents: []*Incident{inc},
		Components: []Component{{ID: "a", Name: "A", CreatedAt: epoch}, {ID: "old", Name: "Old", CreatedAt: epoch, ArchivedAt: epoch}}}
	page := NewPage(f)
	if len(page.Components()) != 1 {
		t.Errorf("the page lists %d components, want the one in use", len(page.Components()))
	}
	if got := page.Open[0]; len(got.Components) != 1 || got.Impact != ImpactCritical {
		t.Errorf("the incident touched %+v with impact %s", got.Components, got.Impact)
	}
	if diff := cmp.Diff(NewPageIncident(f, inc), page.Open[0]); diff != "" {
		t.Errorf("alone, the incident looks otherwise (-alone +on the page):\n%s", diff)
	}
}

func TestPageSaysWhatItsChecksCannotSee(t *testing.T) {
	facts := PageFacts{Site: Site{Product: "Studio"}, Now: epoch, CheckedAt: epoch, Stale: time.Minute,
		Components: []Component{{ID: "a", Name: "Mail"}, {ID: "b", Name: "Pages"}}, Blind: map[string]bool{"a": true}}
	p := NewPage(facts)
	if mail := p.Components()[0]; mail.Sight() != SightNoData || !mail.Unknown() || mail.Status != Operational {
		t.Errorf("a component that no check sees is %s", mail.Sight())
	}
	if got := p.Answer; got.Says != CannotSee || strings.Join(got.Unseen, "") != "Mail" {
		t.Errorf("the page says %+v", got)
	}
	inc := &Incident{ID: "i", Title: "Mail is late"}
	if err := inc.Post(Update{At: epoch, Status: Investigating, Body: "x", Changes: []Change{{Component: "a", To: MajorOutage}}}); err != nil {
		t.Fatal(err)
	}
	facts.Incidents = []*Incident{inc}
	if p := NewPage(facts); p.Components()[0].Sight() != SightMajor || p.Answer.Sight != SightMajor {
		t.Errorf("what is known to be broken is drawn as %s", p.Components()[0].Sight())
	}
	facts.Incidents, facts.Blind = nil, map[string]bool{"a": true, "b": true}
	if p := NewPage(facts); p.Answer.Says != CannotSee || len(p.Answer.Unseen) > 0 {
		t.Errorf("of nothing at all the page says %+v", p.Answer)
	}
}
