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
