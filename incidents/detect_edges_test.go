package incidents

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/probes"
)

// statuses returns what an incident became, in order: "(team)" follows what customers did not read.
func statuses(inc *Incident) string {
	var out []string
	for _, u := range inc.Timeline() {
		word := string(u.Status)
		if u.Team {
			word += " (team)"
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

func TestDetectInLongAndOddOutages(t *testing.T) {
	type moment struct {
		after time.Duration
		sees  []string
	}
	at := func(after time.Duration, sees ...string) moment { return moment{after, sees} }
	tests := []struct {
		name    string
		moments []moment
		want    string
	}{
		{"a target that flaps within the hold time is told of once",
			[]moment{at(0, "new-loads=oxx"), at(20*time.Second, "new-loads=xxoo"), at(40*time.Second, "new-loads=ooxx"),
				at(time.Minute, "new-loads=xxoo"), at(80*time.Second, "new-loads=ooxx")},
			"investigating"},
		{"but one that comes back after it was said to work is told of again",
			[]moment{at(0, "new-loads=oxx"), at(20*time.Second, "new-loads=xxoo"), at(90*time.Second, "new-loads=ooo"), at(2*time.Minute, "new-loads=oxx")},
			"investigating, monitoring, investigating"},
		{"slow, then down is told of at once; down, then slow with the next update",
			[]moment{at(0, "new-loads=odd"), at(30*time.Second, "new-loads=ddx"), at(time.Minute, "new-loads=ddd"), at(90*time.Second, "new-loads=ddx"),
				at(2*time.Minute, "new-loads=ddd"), at(31*time.Minute, "new-loads=ddd")},
			"investigating, investigating, investigating"},
		{"a promise that falls into the hold time is kept with the good news",
			[]moment{at(0, "new-loads=oxx"), at(30*time.Minute+20*time.Second, "new-loads=xoo")},
			"investigating, monitoring"},
		{"which is taken back when it was too early",
			[]moment{at(0, "new-loads=oxx"), at(30*time.Minute+20*time.Second, "new-loads=xoo"), at(30*time.Minute+40*time.Second, "new-loads=oxx")},
			"investigating, monitoring, investigating"},
		{"a promise is kept to customers although only an internal part still fails",
			[]moment{at(0, "new-loads=oxx", "queue=oxx"), at(time.Minute, "new-loads=xoo", "queue=xxx"), at(2*time.Minute+time.Second, "queue=xxx", "new-loads=ooo"),
				at(32*time.Minute+10*time.Second, "queue=xxx", "new-loads=ooo"), at(32*time.Minute+11*time.Second, "queue=xxx")},
			"investigating, investigating, investigating"},
		{"an internal part that fails as well is the team's to know, and what works again the customers'",
			[]moment{at(0, "new-loads=oxx", "classic-loads=oxx", "queue=oox"), at(time.Minute, "new-loads=xoo", "classic-loads=xxx", "queue=xoo"),
				at(2*time.Minute+time.Second, "new-loads=ooo", "classic-loads=xxx", "queue=oxx")},
			"investigating, investigating (team), investigating"},
		{"a bad result holds back the end until it is clear what it means",
			[]moment{at(0, "new-loads=oxx"), at(time.Minute, "new-loads=xoo"), at(2*time.Minute+time.Second, "new-loads=ooo"),
				at(8*time.Minute, "new-loads=oox"), at(8*time.Minute+10*time.Second, "new-loads=oxx")},
			"investigating, monitoring, investigating"},
		{"but not longer",
			[]moment{at(0, "new-loads=oxx"), at(time.Minute, "new-loads=xoo"), at(2*time.Minute+time.Second, "new-loads=ooo"),
				at(8*time.Minute, "new-loads=oox"), at(8*time.Minute+10*time.Second, "new-loads=oxo")},
			"investigating, monitoring, resolved"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newState(t)
			for _, m := range tt.moments {
				w.sees(m.after, m.sees...)
			}
			if len(w.all) != 1 {
				t.Fatalf("%d incidents, want 1", len(w.all))
			}
			for _, u := range w.all[0].Timeline() {
				if u.Team && slices.ContainsFunc(u.Changes, func(c Change) bool { return c.Component != "queue" }) {
					t.Errorf("customers do not read why their components change: %+v", u)
				}
			}
			if got := statuses(w.all[0]); got != tt.want {
				t.Errorf("became %s\nwant   %s", got, tt.want)
			}
		})
	}
}

func TestDetectEndsWhatIsNoLongerConfigured(t *testing.T) {
	w := newState(t)
	w.sees(0, "new-loads=oxx", "eu-answers=oxx")
	w.policy.Rules = w.policy.Rules[1:]
	w.policy.Components = w.policy.Components[1:]
	for after := time.Minute; after < 10*time.Minute; after += 20 * time.Second {
		w.sees(after, "eu-answers=xxx")
	}
	var open []string
	for _, inc := range w.open {
		open = append(open, inc.Title)
	}
	if diff := cmp.Diff([]string{"The EU platform does not answer"}, open); diff != "" {
		t.Errorf("open incidents (-want +got):\n%s", diff)
	}
}

func TestDetectTellsOfAThousandSymptoms(t *testing.T) {
	w := newState(t)
	w.policy.Rules = nil
	var sees []string
	for i := range 1000 {
		key := fmt.Sprintf("probe%d", i)
		w.policy.Rules = append(w.policy.Rules, studioRule(key, "new", fmt.Sprintf("%d %s", i, strings.Repeat("ö", 200)), MajorOutage))
		sees = append(sees, key+"=oxx")
	}
	w.sees(0, sees...) // fails when an update is refused
	body := w.open[0].PublicTimeline()[0].Body
	if !strings.Contains(body, "\n- and 980 more\n") || len(body) > MaxBody || len(w.open[0].Title) > MaxTitle {
		t.Errorf("title of %d bytes, body of %d: %s", len(w.open[0].Title), len(body), body)
	}
	if err := w.open[0].Post(Update{At: epoch.Add(time.Minute), Status: Identified, Body: "Found.", Author: "Ada"}); err != nil {
		t.Fatal(err)
	}
	for i := range sees {
		sees[i] = strings.Replace(sees[i], "oxx", "ooo", 1)
	}
	w.sees(3*time.Minute, sees...)
}

// The example of docs/detection.md, second by second.
func TestDetectAsTheExampleSays(t *testing.T) {
	w := newState(t)
	results := []struct {
		clock  string
		probes string
		o      probes.Outcome
	}{
		{"10:39:10", "new-loads queue", probes.Failed}, {"10:39:12", "new-loads queue", probes.Failed},
		{"10:39:18", "classic-loads", probes.Failed}, {"10:39:20", "classic-loads", probes.Failed},
		{"10:50:00", "new-loads classic-loads queue", probes.OK}, {"10:50:02", "new-loads classic-loads queue", probes.OK},
		{"10:51:00", "new-loads classic-loads queue", probes.OK}, {"10:55:50", "new-loads classic-loads queue", probes.OK},
	}
	var got []string
	for now := epoch; now.Before(epoch.Add(20 * time.Minute)); now = now.Add(time.Second) {
		clock := now.Format("15:04:05")
		for _, r := range results {
			for _, key := range strings.Fields(r.probes) {
				if r.clock == clock {
					w.recent[key] = append([]probes.Result{{Probe: key, At: now, Outcome: r.o}}, w.recent[key]...)
				}
			}
		}
		for _, v := range w.sees(now.Sub(epoch)) {
			for _, u := range v.Updates {
				got = append(got, fmt.Sprintf("%s %s %s", clock, u.Status, u.NextBy.Format("15:04")))
			}
		}
	}
	want := []string{"10:39:12 investigating 11:10", "10:39:27 investigating 11:10", "10:51:00 monitoring 00:00", "10:56:00 resolved 00:00"}
	if diff := cmp.Diff(want, got); diff != "" || len(w.all) != 1 || w.all[0].Cause != "queue" {
		t.Fatalf("%d incidents, updates (-want +got):\n%s", len(w.all), diff)
	}
	impact := w.all[0].Impacts()[0]
	if from, lasted := impact.From.Format("15:04:05"), impact.Until.Sub(impact.From); from != "10:39:10" || lasted != 10*time.Minute+50*time.Second {
		t.Errorf("New Studio was in major outage from %s for %s", from, lasted)
	}
}

func TestDetectTellsTogetherWhatFailsTogether(t *testing.T) {
	w := newState(t)
	w.sees(0, "new-loads=oxx", "queue=oxx")
	w.sees(5*time.Second, "classic-loads=oxx", "new-loads=xxx", "queue=xxx")
	w.sees(10*time.Second, "classic-loads=xxx", "mail-arrives=oxx", "new-loads=xxx", "queue=xxx")
	if got := len(w.all[0].PublicTimeline()); got != 1 {
		t.Errorf("%d public updates within ten seconds, want the first alone", got)
	}
	w.sees(15 * time.Second)
	w.sees(16 * time.Second)
	got := w.all[0].PublicTimeline()
	if len(got) != 2 || !strings.Contains(got[1].Body, "- Test e-mails do not arrive\n- Classic Studio shows a white screen") {
		t.Fatalf("updates %+v, want a second one on both", got)
	}
}

func TestDetectKeepsNothingBackForLongerThanItHolds(t *testing.T) {
	w := newState(t)
	w.policy.Hold = 2 * time.Second
	w.sees(0, "new-loads=oxx", "queue=oxx")
	w.sees(time.Second, "classic-loads=oxx", "new-loads=xxx", "queue=xxx")
	if got := len(w.all[0].PublicTimeline()); got != 1 {
		t.Errorf("%d public updates within a second, want the first alone", got)
	}
	w.sees(2 * time.Second)
	if got := w.all[0].PublicTimeline(); len(got) != 2 || !strings.Contains(got[1].Body, "- Classic Studio shows a white screen") {
		t.Errorf("updates %+v, want a second one after the hold", got)
	}
}

func TestDetectTellsTheSameOnce(t *testing.T) {
	w := newState(t)
	w.policy.Rules = append(w.policy.Rules, studioRule("classic-shows", "classic", "Classic Studio shows a white screen", PartialOutage))
	w.sees(0, "classic-loads=oxx")
	w.sees(5*time.Second, "classic-loads=xxx", "classic-shows=oxx")
	inc := w.all[0]
	if len(inc.Symptoms) != 2 || len(inc.PublicTimeline()) != 1 {
		t.Errorf("a second probe of the same: %d symptoms, %d public updates, want 2 and 1", len(inc.Symptoms), len(inc.PublicTimeline()))
	}
	w.sees(time.Minute, "classic-loads=ooo", "classic-shows=xxx")
	w.sees(3*time.Minute, "classic-loads=ooo", "classic-shows=xxx")
	if got := inc.Affected()["classic"]; got != PartialOutage || len(inc.PublicTimeline()) != 1 {
		t.Errorf("while one of them fails, Classic Studio is %q after %d public updates", got, len(inc.PublicTimeline()))
	}
	w.policy.Rules[len(w.policy.Rules)-1].Status = MajorOutage
	w.sees(4*time.Minute, "classic-loads=ooo", "classic-shows=xxx")
	if got := inc.Affected()["classic"]; got != MajorOutage || len(inc.PublicTimeline()) != 2 {
		t.Errorf("once it is worse, Classic Studio is %q after %d public updates", got, len(inc.PublicTimeline()))
	}
}

func TestDetectDatesBackWithoutAWord(t *testing.T) {
	w := newState(t)
	w.policy.Rules = append(w.policy.Rules, studioRule("classic-shows", "classic", "Classic Studio shows a white screen", PartialOutage))
	w.sees(0, "classic-loads=oxx")
	w.sees(2*time.Second, "classic-loads=oxx", "classic-shows=xxx")
	inc := w.all[0]
	if len(inc.PublicTimeline()) != 1 || !inc.StartedAt.Equal(epoch.Add(-18*time.Second)) {
		t.Errorf("a slower probe of the same saw it first: %d public updates, started %v", len(inc.PublicTimeline()), inc.StartedAt)
	}
}

func TestDetectNeverSaysDownOfWhatIsSlow(t *testing.T) {
	w := newState(t)
	w.policy.Rules[0].Degraded = "New Studio is slow"
	w.sees(0, "new-loads=odd")
	inc := w.all[0]
	if got := inc.Title + " / " + inc.PublicTimeline()[0].Body; !strings.Contains(got, "New Studio is slow / ") || strings.Contains(got, "does not load") {
		t.Errorf("of a slow product customers read %q", got)
	}
	w.sees(time.Minute, "new-loads=dxx")
	told := inc.PublicTimeline()
	if got := told[len(told)-1].Body; inc.Title != "New Studio does not load" || !strings.Contains(got, "- New Studio does not load") || len(told) != 2 {
		t.Errorf("once it is down: %d updates, title %q, last %q", len(told), inc.Title, got)
	}
	w.sees(32*time.Minute, "new-loads=ddd")
	told = inc.PublicTimeline()
	if got := told[len(told)-1].Body; !strings.Contains(got, "- New Studio is slow") || inc.Title != "New Studio does not load" {
		t.Errorf("when it is slow again: title %q, last %q", inc.Title, got)
	}
}

// flaps lets New Studio's check fail and pass by turns of some minutes, once every ten seconds, and returns what is told.
func flaps(t *testing.T, p Policy, fails, passes time.Duration, times int) *state {
	w := newState(t)
	w.policy = p
	now := time.Duration(0)
	phase := func(letter string, length time.Duration) {
		for end := now + length; now < end; now += 10 * time.Second {
			w.sees(now, "new-loads="+strings.Repeat(letter, 3))
			if now%time.Minute == 0 {
				w.sees(now)
			}
		}
	}
	for range times {
		phase("x", fails)
		phase("o", passes)
	}
	phase("o", time.Hour)
	return w
}

func TestDetectCallsIntermittentWhatComesAndGoes(t *testing.T) {
	p := studio()
	p.Reopen = 30 * time.Minute
	w := flaps(t, p, time.Minute, 4*time.Minute, 24)
	if len(w.all) != 1 {
		t.Fatalf("%d incidents in two hours of flapping, want 1", len(w.all))
	}
	var told []string
	for _, u := range w.all[0].PublicTimeline() {
		told = append(told, u.At.Sub(epoch).String()+" "+string(u.Status))
	}
	if len(told) > 12 {
		t.Errorf("%d updates on two hours of flapping: %v", len(told), told)
	}
	all := w.all[0].PublicTimeline()
	if i := slices.IndexFunc(all, func(u Update) bool { return strings.HasPrefix(u.Body, "The problem comes and goes") }); i < 0 || i > 5 {
		t.Errorf("customers were not soon told that it is intermittent: %v", told)
	}
	if !w.all[0].ResolvedAt().After(epoch.Add(2 * time.Hour)) {
		t.Errorf("it was over at %v, and is flapping until two hours later", w.all[0].ResolvedAt())
	}
}

func TestDetectReopens(t *testing.T) {
	tests := []struct {
		name   string
		reopen time.Duration
		person bool
		after  time.Duration // from the end
		probe  string
		want   int // incidents in the end
	}{
		{"the same failure soon after", 30 * time.Minute, false, 20 * time.Minute, "new-loads", 1},
		{"not the same failure later", 30 * time.Minute, false, 40 * time.Minute, "new-loads", 2},
		{"not another failure", 30 * time.Minute, false, 20 * time.Minute, "eu-answers", 2},
		{"not what a person ended", 30 * time.Minute, true, 20 * time.Minute, "new-loads", 2},
		{"not without a window", 0, false, 20 * time.Minute, "new-loads", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newState(t)
			w.policy.Reopen = tt.reopen
			w.sees(0, "new-loads=oxx")
			first := w.all[0]
			if tt.person {
				if err := first.Post(Update{At: epoch.Add(time.Minute), Status: Identified, Body: "Found.", Author: "Ada"}); err != nil {
					t.Fatal(err)
				}
			}
			end := 10 * time.Minute
			for now := time.Minute; now <= end; now += 10 * time.Second {
				w.sees(now, "new-loads=ooo")
			}
			if tt.person {
				if err := first.Post(Update{At: epoch.Add(end), Status: Resolved, Body: "Over.", Author: "Ada"}); err != nil {
					t.Fatal(err)
				}
			}
			if first.Open() {
				t.Fatalf("still %s", first.Status())
			}
			ended := first.ResolvedAt().Sub(epoch)
			w.open = []*Incident{first} // as the store gives what ended a short while ago
			w.sees(ended+tt.after, tt.probe+"=oxx")
			if len(w.all) != tt.want {
				t.Fatalf("%d incidents, want %d", len(w.all), tt.want)
			}
			if told := first.PublicTimeline(); tt.want == 1 {
				if last := told[len(told)-1]; !strings.HasPrefix(last.Body, "The problem is back") || first.Status() != Investigating || !first.ResolvedAt().IsZero() {
					t.Errorf("reopened with %+v", last)
				}
				impacts := first.Impacts()
				if len(impacts) != 2 || !impacts[0].Until.Before(impacts[1].From) {
					t.Errorf("impacts %+v, want two with a time of health between them", impacts)
				}
			}
		})
	}
}

func TestDetectKeepsAnIncidentOpenForAMinimum(t *testing.T) {
	w := newState(t)
	w.policy.MinOpen = 20 * time.Minute
	w.sees(0, "new-loads=oxx")
	for now := time.Minute; now < 30*time.Minute && w.all[0].Open(); now += 10 * time.Second {
		w.sees(now, "new-loads=ooo")
	}
	if got := w.all[0].ResolvedAt().Sub(w.all[0].NoticedAt()); got < 20*time.Minute || got > 21*time.Minute {
		t.Errorf("resolved %s after it was noticed, want the minimum of 20m", got)
	}
}

func TestDetectExcusesMaintenance(t *testing.T) {
	w := newState(t)
	sees := func(after time.Duration, excused time.Duration, all ...string) {
		t.Helper()
		w.excused = map[string]time.Time{"new": epoch.Add(excused)}
		w.sees(after, all...)
	}
	sees(0, 0, "new-loads=oxx", "eu-answers=oxx")
	if len(w.all) != 1 || w.all[0].Title != "The EU platform does not answer" {
		t.Fatalf("during maintenance of New Studio: %v", w.titles())
	}
	sees(10*time.Second, 0, "new-loads=oxx")
	if len(w.all) != 1 {
		t.Fatal("one failure after the maintenance is not confirmed")
	}
	sees(20*time.Second, 0, "new-loads=xxx")
	if len(w.all) != 2 || !w.all[1].StartedAt.Equal(epoch.Add(10*time.Second)) {
		t.Fatalf("after the maintenance: %v, want a second incident that began after it", w.titles())
	}
	for now := time.Minute; now < 20*time.Minute; now += 10 * time.Second {
		sees(now, now, "new-loads=ooo", "eu-answers=ooo")
	}
	if len(w.open) != 0 {
		t.Errorf("maintenance keeps open what is well again: %v", w.titles())
	}
}
