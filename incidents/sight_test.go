package incidents

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"candor/probes"
)

// watched is Studio with two witnesses.
func watched(t *testing.T) *state {
	w := newState(t)
	w.policy.Witnesses = []Witness{{"dns", 10 * time.Second}, {"search", 10 * time.Second}}
	return w
}

func TestDetectKnowsWhenItIsBlind(t *testing.T) {
	tests := []struct {
		name string
		sees []string
		want int // incidents
	}{
		{"the witnesses answer, so it is the product", []string{"eu-answers=oxx", "dns=ooo", "search=ooo"}, 1},
		{"both fail, so it is the checks' own network", []string{"eu-answers=oxx", "dns=oxx", "search=oxx"}, 0},
		{"one of two that fails is a witness's own trouble", []string{"eu-answers=oxx", "dns=oxx", "search=ooo"}, 1},
		{"a witness that cannot tell says nothing", []string{"eu-answers=oxx", "dns=uuu", "search=oxx"}, 0},
		{"they failed before the product did, and answer again", []string{"eu-answers=ooxx", "dns=xxooo", "search=xxooo"}, 1},
		{"they fail a moment later, and may have failed all along", []string{"eu-answers=oxxo", "dns=ooox", "search=ooox"}, 0},
		{"nobody has heard of them for an hour", []string{"eu-answers=oxx"}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := watched(t)
			w.sees(5*time.Second, tt.sees...)
			w.sees(5*time.Second + witnessTime)
			if len(w.all) != tt.want {
				t.Errorf("%d incidents, want %d", len(w.all), tt.want)
			}
		})
	}
}

func TestDetectWaitsForItsWitnesses(t *testing.T) {
	w := watched(t)
	w.sees(0, "eu-answers=oxx", "dns=oo", "search=oo")
	for _, key := range []string{"dns", "search"} {
		for i := range w.recent[key] {
			w.recent[key][i].At = w.recent[key][i].At.Add(-20 * time.Second)
		}
	}
	w.all, w.open = nil, nil
	if w.sees(time.Second); len(w.all) != 0 {
		t.Fatal("opened before the witnesses were heard")
	}
	if w.sees(witnessTime); len(w.all) != 1 {
		t.Fatal("not opened although the witnesses had their time")
	}
}

func TestAnOutageThatBlindnessInterruptsGoesOn(t *testing.T) {
	w := watched(t)
	w.sees(0, "eu-answers=oxx", "dns=ooo", "search=ooo")
	w.sees(10*time.Minute, "eu-answers=xxx", "dns=xxx", "search=xxx")
	if len(w.open) != 1 || !w.open[0].Symptoms[0].Lasts() {
		t.Fatalf("open incidents %+v, want the one from before", w.open)
	}
	w.sees(20*time.Minute, "eu-answers=xoo", "dns=ooo", "search=ooo")
	if w.all[0].Symptoms[0].Lasts() {
		t.Error("it does not end when the checks see again that it works")
	}
}

// crowd is a product of unrelated parts.
func crowd(t *testing.T, parts int) *state {
	w := newState(t)
	w.policy.Components, w.policy.Rules = nil, nil
	for i := range parts {
		id := fmt.Sprint("part", i)
		w.policy.Components = append(w.policy.Components, Component{ID: id, Name: id})
		w.policy.Rules = append(w.policy.Rules, studioRule(id, id, id+" fails", MajorOutage))
	}
	return w
}

func (w *state) fail(parts int, apart time.Duration) {
	for i := range parts {
		key := fmt.Sprint("part", i)
		w.recent[key] = series("oxx")
		for n := range w.recent[key] {
			w.recent[key][n].At = w.recent[key][n].At.Add(time.Duration(i) * apart)
		}
	}
}

func TestDetectDoubtsThatEverythingFailsInTheSameSecond(t *testing.T) {
	tests := []struct {
		name        string
		parts, fail int
		apart       time.Duration
		depends     bool
		want        int // incidents at once
	}{
		{"most of many unrelated parts", 6, 5, 100 * time.Millisecond, false, 0},
		{"half of them is no majority", 8, 4, 100 * time.Millisecond, false, 4},
		{"three may well fail together", 3, 3, 100 * time.Millisecond, false, 3},
		{"one after the other is no coincidence", 6, 5, 2 * time.Second, false, 5},
		{"what depends on one thing may fail together", 6, 5, 100 * time.Millisecond, true, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := crowd(t, tt.parts)
			for i := range w.policy.Components[1:] {
				if tt.depends {
					w.policy.Components[i+1].DependsOn = []string{"part0"}
				}
			}
			w.fail(tt.fail, tt.apart)
			if w.sees(10 * time.Second); len(w.all) != tt.want {
				t.Errorf("%d incidents, want %d", len(w.all), tt.want)
			}
			if w.sees(blindTime); len(w.all) == 0 {
				t.Error("and it is never told")
			}
		})
	}
}

func TestBlindTellsWhereAndSinceWhen(t *testing.T) {
	w := watched(t)
	w.recent["dns"], w.recent["search"] = series("oxx"), series("oxx")
	for _, key := range []string{"dns", "search"} {
		for i := range w.recent[key] {
			w.recent[key][i].Place = "local"
		}
	}
	got := Blind(w.policy, Facts{Now: epoch, Recent: w.recent})
	if diff := cmp.Diff([]Blindness{{"local", epoch, []string{"dns", "search"}}}, got); diff != "" {
		t.Errorf("blind (-want +got):\n%s", diff)
	}
	c := crowd(t, 5)
	c.fail(5, 0)
	if got := Blind(c.policy, Facts{Now: epoch, Recent: c.recent}); len(got) != 1 || got[0].Witnesses != nil || !got[0].Since.Equal(epoch.Add(-10*time.Second)) {
		t.Errorf("blind %+v, want since everything failed", got)
	}
	r := w.policy.clear(w.recent, []probes.Result{{Place: "local", At: epoch, Outcome: probes.Failed, Reason: probes.TimedOut, Detail: "no answer"}})[0]
	if r.Outcome != probes.Unknown || !strings.Contains(r.Detail, "dns, search") || !strings.HasSuffix(r.Detail, "no answer") {
		t.Errorf("a result of a blind place became %+v", r)
	}
}
