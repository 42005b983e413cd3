package incidents

import (
	"strings"
	"testing"
	"time"
)

func TestPublish(t *testing.T) {
	tests := []struct {
		name    string
		policy  map[string]Publish
		keep    bool // by a person, after 20 s
		want    string
		changes bool // the component's status, in the end
	}{
		{"at once when nothing is said", nil, false, "investigating", true},
		{"after a delay since it began", map[string]Publish{"new": {After: 2 * time.Minute}}, false, "investigating (team), investigating", true},
		{"unless a person keeps it", map[string]Publish{"new": {After: 2 * time.Minute}}, true, "investigating (team),  (team)", false},
		{"never, as a draft", map[string]Publish{"new": {Never: true}}, false, "investigating (team)", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newState(t)
			w.policy.Publish = tt.policy
			w.sees(0, "new-loads=oxx")
			inc := w.all[0]
			if tt.keep {
				inc.KeptBy = "Ada"
				if err := inc.Post(Update{At: epoch.Add(20 * time.Second), Body: "Kept.", Author: "Ada", Team: true}); err != nil {
					t.Fatal(err)
				}
			}
			before := w.policy.TellAt(inc)
			for now := 30 * time.Second; now <= 3*time.Minute; now += 10 * time.Second {
				w.sees(now, "new-loads=xxx")
			}
			if got := statuses(inc); got != tt.want {
				t.Errorf("became %s, want %s", got, tt.want)
			}
			if got := inc.Affected()["new"] != ""; got != tt.changes {
				t.Errorf("the component changed: %v, want %v", got, tt.changes)
			}
			if inc.Public() && len(tt.policy) > 0 {
				if want := epoch.Add(-10 * time.Second).Add(2 * time.Minute); !before.Equal(want) || inc.ToldAt().Before(want) || inc.ToldAt().After(want.Add(10*time.Second)) {
					t.Errorf("to be told at %v, told at %v, want %v", before, inc.ToldAt(), want)
				}
				if from := inc.Impacts()[0].From; !from.Equal(epoch.Add(-10 * time.Second)) {
					t.Errorf("impaired since %v, want since the first bad result", from)
				}
			}
		})
	}
}

func TestADraftStaysOutOfAPublicIncident(t *testing.T) {
	w := newState(t)
	w.policy.Publish = map[string]Publish{"classic": {Never: true}}
	w.sees(0, "new-loads=oxx", "queue=oxx")
	w.sees(20*time.Second, "new-loads=xxx", "queue=xxx", "classic-loads=oxx")
	inc := w.all[0]
	if len(w.all) != 1 || inc.Affected()["classic"] != "" || strings.Contains(inc.PublicTimeline()[len(inc.PublicTimeline())-1].Body, "Classic") {
		t.Fatalf("customers read of a draft: %v %+v", inc.Affected(), inc.PublicTimeline())
	}
	if got := statuses(inc); got != "investigating, investigating (team)" {
		t.Errorf("became %s", got)
	}
}

func TestADraftIsWhatTheChecksWouldSay(t *testing.T) {
	w := newState(t)
	w.policy.Publish = map[string]Publish{"new": {Never: true}}
	w.sees(0, "new-loads=oxx", "queue=oxx")
	title, body := w.policy.Draft(w.all[0], epoch.Add(time.Hour))
	if title != "New Studio does not load" || !strings.Contains(body, "- New Studio does not load") || !strings.Contains(body, "12:10 UTC") || strings.Contains(body, "queue") {
		t.Errorf("draft %q: %s", title, body)
	}
	internal := newState(t)
	internal.sees(0, "queue=oxx")
	if title, body := internal.policy.Draft(internal.all[0], epoch); title+body != "" {
		t.Errorf("a draft of what customers cannot notice: %q %q", title, body)
	}
}
