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

var epoch = time.Date(2026, 5, 2, 10, 39, 0, 0, time.UTC)

// series turns "oxx" into results, the last of which came at epoch, 10 s apart: o ok, x failed, d degraded, u unknown.
// They come newest first, as the store gives them.
func series(text string) []probes.Result {
	outcomes := map[rune]probes.Outcome{'o': probes.OK, 'x': probes.Failed, 'd': probes.Degraded, 'u': probes.Unknown}
	var out []probes.Result
	for i, c := range text {
		at := epoch.Add(-time.Duration(len(text)-1-i) * 10 * time.Second)
		r := probes.Result{At: at, Outcome: outcomes[c]}
		if r.Outcome.Bad() {
			r.Reason, r.Detail = probes.Refused, "nobody listens"
		}
		out = append([]probes.Result{r}, out...)
	}
	return out
}

func TestJudge(t *testing.T) {
	rule := Rule{Status: MajorOutage, Failures: 2, Of: 3, Recoveries: 2, Interval: 10 * time.Second}
	at := func(n int) time.Time { return epoch.Add(-time.Duration(n) * 10 * time.Second) }
	tests := []struct {
		name    string
		results string
		ongoing bool
		failing bool
		since   time.Time
		until   time.Time
		status  ComponentStatus
	}{
		{"no trouble", "ooo", false, false, time.Time{}, time.Time{}, ""},
		{"one failure is not enough", "oox", false, false, at(0), time.Time{}, MajorOutage},
		{"two failures of three are, dated to the first", "oxx", false, true, at(1), time.Time{}, MajorOutage},
		{"two failures around a success are too", "xox", false, true, at(2), time.Time{}, MajorOutage},
		{"an old failure outside the window does not count", "xoox", false, false, at(0), time.Time{}, MajorOutage},
		{"slow is degraded", "odd", false, true, at(1), time.Time{}, DegradedPerformance},
		{"slow and failed is the worse of them", "odx", false, true, at(1), time.Time{}, MajorOutage},
		{"unknown says nothing", "oxux", false, true, at(2), time.Time{}, MajorOutage},
		{"unknown alone opens nothing", "uuu", false, false, time.Time{}, time.Time{}, ""},
		{"an ongoing failure outlasts one success", "xxo", true, true, at(2), time.Time{}, MajorOutage},
		{"two successes in a row are a recovery, dated to the first", "xxoo", true, false, at(2), at(1), MajorOutage},
		{"a success before a failure is no recovery", "xoxo", true, true, at(1), time.Time{}, MajorOutage},
		{"unknown does not recover", "xxuu", true, true, at(3), time.Time{}, MajorOutage},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := judge(rule, series(tt.results), tt.ongoing)
			if got.failing != tt.failing || !got.since.Equal(tt.since) || !got.until.Equal(tt.until) || got.status != tt.status {
				t.Errorf("judge(%s) = failing %v since %v until %v status %q, want %v %v %v %q", tt.results,
					got.failing, got.since, got.until, got.status, tt.failing, tt.since, tt.until, tt.status)
			}
		})
	}
}

func TestJudgeForgetsWhatWasBeforeAGap(t *testing.T) {
	rule := Rule{Status: MajorOutage, Failures: 2, Of: 3, Recoveries: 2, Interval: 10 * time.Second}
	results := series("xx")
	results[1].At = epoch.Add(-24 * time.Hour) // the server was off for a day
	if got := judge(rule, results, false); got.failing {
		t.Errorf("a failure of yesterday and one of now confirm an outage since %v", got.since)
	}
}

// studio is the product of the stories: two front ends and mail need the queue; the EU stands alone.
func studio() Policy {
	return Policy{
		Components: []Component{
			{ID: "new", Name: "New Studio", Group: "Products", DependsOn: []string{"queue"}},
			{ID: "classic", Name: "Classic Studio", Group: "Products", DependsOn: []string{"queue"}},
			{ID: "mail", Name: "Test e-mails", Group: "Products", DependsOn: []string{"queue"}},
			{ID: "eu", Name: "EU Platform", Group: "Platforms"},
			{ID: "queue", Name: "Message queue", Internal: true},
		},
		Rules: []Rule{
			studioRule("new-loads", "new", "New Studio does not load", MajorOutage),
			studioRule("classic-loads", "classic", "Classic Studio shows a white screen", PartialOutage),
			studioRule("mail-arrives", "mail", "Test e-mails do not arrive", MajorOutage),
			studioRule("eu-answers", "eu", "The EU platform does not answer", MajorOutage),
			studioRule("queue", "queue", "", MajorOutage),
		},
		Hold: time.Minute, ResolveAfter: 5 * time.Minute, Promise: 30 * time.Minute, Wording: DefaultWording, Zone: time.UTC,
	}
}

func studioRule(probe, component, symptom string, status ComponentStatus) Rule {
	return Rule{Probe: probe, Component: component, Symptom: symptom, Status: status, Failures: 2, Of: 3, Recoveries: 2, Interval: 10 * time.Second}
}

// state is a small world for Detect: incidents change only by its verdicts and by what a test posts.
type state struct {
	t      *testing.T
	policy Policy
	recent map[string][]probes.Result
	open   []*Incident
	all    []*Incident

	excused map[string]time.Time
	ahead   map[string]Foresight
}

func newState(t *testing.T) *state {
	return &state{t: t, policy: studio(), recent: map[string][]probes.Result{}}
}

// sees sets each probe's results, "new-loads=oxx", and lets Detect decide at epoch + after.
func (w *state) sees(after time.Duration, all ...string) []Verdict {
	w.t.Helper()
	for _, one := range all {
		key, text, _ := strings.Cut(one, "=")
		w.recent[key] = series(text)
		for i := range w.recent[key] {
			w.recent[key][i].At = w.recent[key][i].At.Add(after)
			w.recent[key][i].Probe = key
		}
	}
	verdicts := Detect(w.policy, Facts{Now: epoch.Add(after), Recent: w.recent, Known: w.known(), Excused: w.excused, Foresight: w.ahead})
	for _, v := range verdicts {
		inc := &Incident{ID: fmt.Sprintf("i%d", len(w.all)+1), Cause: v.Cause}
		for _, o := range w.open {
			if o.ID == v.Incident {
				inc = o
			}
		}
		if err := v.apply(inc); err != nil {
			w.t.Fatal(err)
		}
		if v.Incident == "" {
			w.open = append([]*Incident{inc}, w.open...)
			w.all = append(w.all, inc)
		}
	}
	var open []*Incident
	for _, inc := range w.open {
		if inc.Open() {
			open = append(open, inc)
		}
	}
	w.open = open
	return verdicts
}

// known returns all incidents, newest first.
func (w *state) known() []*Incident {
	all := slices.Clone(w.all)
	slices.Reverse(all)
	return all
}

func TestDetectOpensOneIncidentPerCause(t *testing.T) {
	tests := []struct {
		name string
		sees []string
		want []string // title: component=status, …
	}{
		{"all well", []string{"new-loads=ooo", "queue=ooo"}, nil},
		{"one failure is no incident", []string{"new-loads=oox"}, nil},
		{"a confirmed failure is one", []string{"new-loads=oxx"}, []string{"New Studio does not load: new=major_outage"}},
		{"slow is one too", []string{"new-loads=odd"}, []string{"New Studio does not load: new=degraded_performance"}},
		{"what shares a failing queue is one incident",
			[]string{"classic-loads=oxx", "new-loads=oxx", "queue=oxx"},
			[]string{"New Studio does not load: classic=partial_outage new=major_outage queue=major_outage"}},
		{"also while the queue is only under suspicion",
			[]string{"classic-loads=oxx", "new-loads=oxx", "queue=oox"},
			[]string{"New Studio does not load: classic=partial_outage new=major_outage"}},
		{"what shares a healthy queue is two",
			[]string{"classic-loads=oxx", "new-loads=oxx", "queue=ooo"},
			[]string{"Classic Studio shows a white screen: classic=partial_outage", "New Studio does not load: new=major_outage"}},
		{"what shares nothing is two",
			[]string{"eu-answers=oxx", "new-loads=oxx", "queue=oxx"},
			[]string{"New Studio does not load: new=major_outage queue=major_outage", "The EU platform does not answer: eu=major_outage"}},
		{"an internal failure is the team's alone", []string{"queue=oxx"}, []string{"(team) Message queue fails its checks: queue=major_outage"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newState(t)
			w.sees(0, tt.sees...)
			if diff := cmp.Diff(tt.want, w.titles()); diff != "" {
				t.Errorf("incidents (-want +got):\n%s", diff)
			}
		})
	}
}

// titles describes the open incidents, sorted by title.
func (w *state) titles() []string {
	var out []string
	for _, inc := range w.open {
		text := inc.Title + ":"
		if !inc.Public() {
			text = "(team) " + text
		}
		for _, id := range sortedKeys(inc.Affected()) {
			text += fmt.Sprintf(" %s=%s", id, inc.Affected()[id])
		}
		out = append(out, text)
	}
	return sorted(out)
}

func TestDetectTellsWhatCustomersNotice(t *testing.T) {
	w := newState(t)
	w.sees(0, "classic-loads=oxx", "new-loads=oxx", "queue=oxx")
	inc := w.open[0]
	want := "Our checks see a problem:\n\n- New Studio does not load\n- Classic Studio shows a white screen\n\n" +
		"We are looking into it and will tell you more by 11:10 UTC."
	if got := inc.PublicTimeline()[0].Body; got != want {
		t.Errorf("first update:\n%s\nwant:\n%s", got, want)
	}
	if got, want := inc.StartedAt, epoch.Add(-10*time.Second); !got.Equal(want) {
		t.Errorf("started at %v, want the first failing result's time %v", got, want)
	}
	if got, want := inc.Promise(), epoch.Add(31*time.Minute); !got.Equal(want) {
		t.Errorf("promise %v, want %v", got, want)
	}
	if inc.Cause != "queue" {
		t.Errorf("cause %q, want the most upstream component", inc.Cause)
	}
	for _, u := range inc.PublicTimeline() {
		if strings.Contains(u.Body, "queue") || strings.Contains(u.Body, "nobody listens") {
			t.Errorf("a public update tells of internals: %s", u.Body)
		}
	}
}

func TestDetectFollowsAnIncidentToItsEnd(t *testing.T) {
	w := newState(t)
	type step struct {
		name  string
		after time.Duration
		sees  []string
		posts string // status of the update expected, with what its text begins; or nothing
	}
	steps := []step{
		{"the queue fails first, which is the team's to know", 0, []string{"queue=oxx"}, "investigating (team): Our checks see a problem:\n\n- Message queue"},
		{"nothing new, nothing said", 5 * time.Second, nil, ""},
		{"then customers feel it", 10 * time.Second, []string{"new-loads=oxx"}, "investigating: Our checks see a problem:\n\n- New Studio"},
		{"more of it is one update", 26 * time.Second, []string{"classic-loads=oxx", "mail-arrives=oxx"}, "investigating: Our checks now also see:\n\n- Test e-mails do not arrive\n- Classic Studio"},
		{"the promise is kept", 30*time.Minute + 20*time.Second, []string{"new-loads=xxx", "classic-loads=xxx", "mail-arrives=xxx", "queue=xxx"}, "investigating: Our checks still see"},
		{"one recovers, which is believed after the hold time", 40 * time.Minute, []string{"new-loads=xxx", "classic-loads=xxx", "mail-arrives=xoo", "queue=xxx"}, ""},
		{"and said then", 41*time.Minute + time.Second, []string{"new-loads=xxx", "classic-loads=xxx", "mail-arrives=ooo", "queue=xxx"}, "investigating: Working again: Test e-mails."},
		{"all recover", 45 * time.Minute, []string{"new-loads=xoo", "classic-loads=xoo", "mail-arrives=ooo", "queue=xoo"}, ""},
		{"too early to say", 45*time.Minute + 30*time.Second, nil, ""},
		{"well for the hold time", 46*time.Minute + time.Second, []string{"new-loads=ooo", "classic-loads=ooo", "mail-arrives=ooo", "queue=ooo"}, "monitoring: All our checks have passed since 11:23 UTC."},
		{"one relapses", 47 * time.Minute, []string{"classic-loads=oxx"}, "investigating: The problem is back:\n\n- Classic Studio"},
		{"and recovers", 48 * time.Minute, []string{"classic-loads=xoo"}, ""},
		{"monitoring again", 49*time.Minute + time.Second, []string{"classic-loads=ooo"}, "monitoring: "},
		{"not yet over", 53 * time.Minute, []string{"classic-loads=ooo"}, ""},
		{"over", 54*time.Minute + 2*time.Second, []string{"classic-loads=ooo"}, "resolved: "},
	}
	for _, s := range steps {
		before := 0
		if len(w.all) > 0 {
			before = len(w.all[0].Timeline())
		}
		w.sees(s.after, s.sees...)
		if len(w.all) != 1 {
			t.Fatalf("%s: %d incidents, want 1", s.name, len(w.all))
		}
		got := ""
		if later := w.all[0].Timeline()[before:]; len(later) > 0 {
			if got = string(later[0].Status); later[0].Team {
				got += " (team)"
			}
			got += ": " + later[0].Body
		}
		if (s.posts == "") != (got == "") || !strings.HasPrefix(got, s.posts) {
			t.Fatalf("%s: posted %q, want %q", s.name, got, s.posts)
		}
	}
	inc := w.all[0]
	if kept, due := inc.Promises(epoch.Add(time.Hour)); kept != due || due == 0 {
		t.Errorf("%d of %d promises kept", kept, due)
	}
	for _, i := range inc.Impacts() {
		if i.Component == "mail" {
			want := Impact{"mail", MajorOutage, epoch.Add(16 * time.Second), epoch.Add(40*time.Minute - 10*time.Second)}
			if i != want {
				t.Errorf("mail was %+v, want %+v: from its first failing to its first good result", i, want)
			}
		}
	}
}

func TestDetectHelpsWhoTookOver(t *testing.T) {
	w := newState(t)
	w.sees(0, "new-loads=oxx", "queue=oxx")
	inc := w.open[0]
	if err := inc.Post(Update{At: epoch.Add(time.Minute), Status: Identified, Body: "The queue is full.", Author: "Ada", NextBy: epoch.Add(20 * time.Minute)}); err != nil {
		t.Fatal(err)
	}
	told := len(inc.PublicTimeline())
	w.sees(2*time.Minute, "new-loads=xxx", "queue=xxx", "classic-loads=oxx")
	w.sees(25*time.Minute, "new-loads=xxx", "queue=xxx", "classic-loads=xxx")
	w.sees(30*time.Minute, "new-loads=xoo", "queue=xoo", "classic-loads=xoo")
	w.sees(50*time.Minute, "new-loads=ooo", "queue=ooo", "classic-loads=ooo")
	if got := len(inc.PublicTimeline()); got != told || !inc.Open() {
		t.Errorf("the checks posted %d public updates to an incident that a person leads; open: %v", got-told, inc.Open())
	}
	var notes []string
	for _, u := range inc.Timeline()[told:] {
		notes = append(notes, u.Body)
	}
	want := []string{
		"Our checks see:\n\n- classic-loads: Classic Studio shows a white screen. Proposed: set Classic Studio to *Partial outage*.",
		"Our checks see:\n\n- new-loads passes again since 11:08 UTC.\n- queue passes again since 11:08 UTC.\n- classic-loads passes again since 11:08 UTC.\n\n" +
			"Every check of this incident passes. Proposed: *monitoring*, or *resolved* once you are sure.",
	}
	if diff := cmp.Diff(want, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestDetectIsPure(t *testing.T) {
	w := newState(t)
	w.sees(0, "new-loads=oxx", "queue=oxx")
	w.recent["classic-loads"] = series("oxx")
	before := fmt.Sprintf("%+v", *w.open[0])
	first := Detect(w.policy, Facts{Now: epoch.Add(time.Hour), Recent: w.recent, Known: w.open})
	second := Detect(w.policy, Facts{Now: epoch.Add(time.Hour), Recent: w.recent, Known: w.open})
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("the same facts gave other verdicts (-first +second):\n%s", diff)
	}
	if after := fmt.Sprintf("%+v", *w.open[0]); after != before {
		t.Errorf("Detect changed an incident it was given:\n%s\n%s", before, after)
	}
}
