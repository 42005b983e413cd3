package incidents

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// had returns an incident that is over, with symptoms like "queue:refused".
func had(id string, started time.Duration, symptoms ...string) *Incident {
	inc := &Incident{ID: id, StartedAt: epoch.Add(started)}
	for _, s := range symptoms {
		probe, reason, _ := strings.Cut(s, ":")
		inc.Symptoms = append(inc.Symptoms, Symptom{Probe: probe, Reason: reason})
	}
	inc.timeline = []Update{{Status: Resolved}}
	return inc
}

func TestAlike(t *testing.T) {
	earlier := []*Incident{
		had("the same, long ago", -time.Hour, "queue:refused", "studio:timed out"),
		had("the same", -time.Minute, "queue:refused", "studio:timed out"),
		had("for another reason", -time.Second, "queue:blocked", "studio:timed out"),
		had("one of two", -time.Second, "queue:refused"),
		had("one of many", -time.Second, "queue:refused", "a:x", "b:x", "c:x"),
		had("something else", -time.Second, "dns:refused"),
		had("nothing", -time.Second),
	}
	open := had("still open", 0, "queue:refused", "studio:timed out")
	open.timeline = []Update{{Status: Investigating}}
	now := had("now", 0, "queue:refused", "studio:timed out")
	var got []string
	for _, inc := range Alike(now, append(earlier, open, now), 4) {
		got = append(got, inc.ID)
	}
	if want := []string{"the same", "the same, long ago", "for another reason", "one of two"}; !slices.Equal(got, want) {
		t.Errorf("alike: %q, want %q", got, want)
	}
	if got := Alike(had("empty", 0), earlier, 3); got != nil {
		t.Errorf("an incident without symptoms is like %v", got)
	}
}
