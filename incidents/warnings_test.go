package incidents

import (
	"testing"
	"time"
)

// A limit that comes near is no reason to tell customers of a problem that they no longer have, nor to forget it.
func TestDetectEndsAnIncidentBeforeItsWarning(t *testing.T) {
	w := newState(t)
	key := WarningKey("queue", "memory")
	foresight := func(after time.Duration, move Move) {
		at := epoch.Add(after)
		w.ahead = map[string]Foresight{key: {At: at, Probe: "queue", Measurement: "memory", Move: move,
			Outlook: Outlook{At: at.Add(time.Hour), Earliest: at.Add(30 * time.Minute), Latest: at.Add(2 * time.Hour)}}}
	}
	foresight(0, Warn)
	w.sees(0, "queue=ooo")
	foresight(time.Minute, Keep)
	w.sees(time.Minute, "queue=ooo", "new-loads=oxx")
	inc := w.all[0]
	if len(w.all) != 1 || !inc.Public() {
		t.Fatalf("what was warned of and what failed: %v", w.titles())
	}
	w.sees(5*time.Minute, "queue=ooo", "new-loads=xoo")
	w.sees(7*time.Minute, "queue=ooo", "new-loads=ooo")
	w.sees(15*time.Minute, "queue=ooo", "new-loads=ooo")
	if got := statuses(inc); inc.Open() || got != "investigating (team), investigating, monitoring, resolved" {
		t.Fatalf("once Studio works, the incident became %s", got)
	}
	if len(w.open) != 0 {
		t.Fatalf("before anybody looks ahead again: %v", w.titles())
	}
	w.policy.Reopen = time.Hour
	foresight(16*time.Minute, Warn)
	w.sees(16*time.Minute, "queue=ooo", "new-loads=ooo")
	if len(w.all) != 2 || w.all[1].Public() || !w.all[1].Open() || !w.all[1].Symptoms[0].Warning {
		t.Fatalf("the trend goes on: %v", w.titles())
	}
	foresight(17*time.Minute, Lift)
	w.sees(17*time.Minute, "queue=ooo", "new-loads=ooo")
	w.sees(30*time.Minute, "queue=ooo", "new-loads=ooo")
	w.sees(40*time.Minute, "queue=ooo", "new-loads=ooo")
	foresight(45*time.Minute, Warn)
	w.sees(45*time.Minute, "queue=ooo", "new-loads=ooo")
	if len(w.open) != 0 {
		t.Errorf("within an hour of its end the warning is there again: %v", w.titles())
	}
}
