package incidents

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// twoRoots is a studio whose front ends need web servers besides the queue.
func twoRoots(t *testing.T) *state {
	w := newState(t)
	w.policy.Components[0].DependsOn = []string{"web", "queue"}
	w.policy.Components = append(w.policy.Components, Component{ID: "web", Name: "Web servers", Internal: true})
	w.policy.Rules = append(w.policy.Rules, studioRule("web", "web", "", MajorOutage))
	return w
}

func TestDetectMergesWhatOneFailureShowsToBelongTogether(t *testing.T) {
	const together = "Test e-mails do not arrive: mail=major_outage new=major_outage web=degraded_performance"
	note := func(w *state, inc *Incident) {
		if err := inc.Post(Update{At: epoch, Body: "I look at it.", Author: "Ada", Team: true}); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name string
		then func(*state, *Incident) // with what the team knows of
		want []string
	}{
		{"what only the team knows goes on in what customers know", nil, []string{together}},
		{"unless a person has had a hand in it", note,
			[]string{"(team) Web servers fails its checks: web=degraded_performance", "Test e-mails do not arrive: mail=major_outage new=major_outage"}},
		{"or keeps it", func(w *state, inc *Incident) { inc.KeptBy = "Ada" },
			[]string{"(team) Web servers fails its checks: web=degraded_performance", "Test e-mails do not arrive: mail=major_outage new=major_outage"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := twoRoots(t)
			w.sees(-time.Minute, "web=odd")
			w.sees(-30*time.Second, "mail-arrives=oxx", "queue=oox", "web=ddd")
			if len(w.open) != 2 {
				t.Fatalf("at first %v", w.titles())
			}
			if tt.then != nil {
				tt.then(w, w.all[0])
			}
			w.sees(0, "new-loads=oxx", "mail-arrives=xxx", "queue=oxo", "web=ddd")
			if diff := cmp.Diff(tt.want, w.titles()); diff != "" {
				t.Errorf("incidents (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("also at once", func(t *testing.T) {
		w := twoRoots(t)
		w.policy.Rules = append(w.policy.Rules[len(w.policy.Rules)-1:], w.policy.Rules[:len(w.policy.Rules)-1]...)
		w.policy.Rules[1], w.policy.Rules[3] = w.policy.Rules[3], w.policy.Rules[1] // web, mail, classic, new: the bridge comes last
		w.sees(0, "web=odd", "mail-arrives=oxx", "queue=oox", "new-loads=oxx")
		if diff := cmp.Diff([]string{together}, w.titles()); diff != "" {
			t.Errorf("incidents (-want +got):\n%s", diff)
		}
	})
}

func TestDetectSaysWhereAMergedIncidentGoesOn(t *testing.T) {
	w := twoRoots(t)
	w.sees(-time.Minute, "web=odd")
	w.sees(-30*time.Second, "mail-arrives=oxx", "queue=oox", "web=ddd")
	w.sees(0, "new-loads=oxx", "mail-arrives=xxx", "queue=oxo", "web=ddd")
	merged, into := w.all[0], w.all[1]
	if got, want := merged.Timeline()[1].Body, "This goes on in the incident “Test e-mails do not arrive”: they seem to have one cause."; got != want || merged.Public() {
		t.Errorf("the merged incident ends with %q, public %v; want %q", got, merged.Public(), want)
	}
	for _, s := range into.Symptoms {
		if s.Probe == "web" && (!s.Internal || !s.Since.Equal(epoch.Add(-70*time.Second))) {
			t.Errorf("the symptom that moved is %+v", s)
		}
	}
	for _, u := range into.PublicTimeline() {
		if strings.Contains(u.Body, "Web servers") {
			t.Errorf("customers read of an internal component: %s", u.Body)
		}
	}
	w.sees(5*time.Minute, "new-loads=xoo", "mail-arrives=xoo", "queue=ooo", "web=doo")
	w.sees(10*time.Minute, "new-loads=ooo", "mail-arrives=ooo", "queue=ooo", "web=ooo")
	w.sees(20*time.Minute, "new-loads=ooo", "mail-arrives=ooo", "queue=ooo", "web=ooo")
	if len(w.open) != 0 || len(w.all) != 2 {
		t.Errorf("at the end %v are open of %d", w.titles(), len(w.all))
	}
}
