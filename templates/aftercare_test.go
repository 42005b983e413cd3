package templates

import (
	"slices"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/templates/languages"
)

// afterwards is the outage of 2 May as people cared for it: looked at ten days later.
func afterwards(t testing.TB) incidents.PageFacts {
	inc := resolved(t)
	day := func(n int) time.Time { return time.Date(2024, 5, n, 0, 0, 0, 0, time.UTC) }
	noon := func(n int) time.Time { return day(n).Add(16 * time.Hour) }
	for _, e := range []incidents.Edit{{At: at(11, 2, 0), Body: "The queue is drained. There may be delays of minutes while tasks catch up."}, {At: noon(3), Author: "Bo", Body: "The queue is drained."}} {
		if err := inc.Reword("h3k9w2q7xv5z-5", e); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []incidents.Correction{
		{Component: "mail", Status: incidents.MajorOutage, From: at(10, 39, 0), Until: at(11, 20, 0), Reason: "The last mails left at 11:20.", At: noon(3)},
		{Component: "classic", Status: incidents.Operational, Reason: "Only our check failed.", At: noon(4)},
	} {
		if err := inc.Correct(c); err != nil {
			t.Fatal(err)
		}
	}
	f := pastFacts(t, inc)
	f.Now = noon(14)
	f.Covered = covered(studio, 90)
	f.Postmortems = map[string]incidents.Postmortem{inc.ID: {Body: report, PublishedAt: noon(5), RevisedAt: noon(5), Version: 1}}
	todo := incidents.FollowUp{Public: true, State: incidents.FollowUpOpen, Owner: "Messaging"}
	with := func(id, text string, change func(*incidents.FollowUp)) incidents.FollowUp {
		f := todo
		f.ID, f.Text = id, text
		change(&f)
		return f
	}
	f.FollowUps = map[string][]incidents.FollowUp{inc.ID: {
		with("f1", "Check the queue’s size before adding to it", func(f *incidents.FollowUp) { f.State, f.ChangedAt = incidents.FollowUpDone, noon(3) }),
		with("f2", "Limit the queue", func(f *incidents.FollowUp) { f.Due, f.OwnerTold = day(12), true }),
		with("f3", "Alert on a worker that stops acknowledging", func(f *incidents.FollowUp) { f.Due = day(20) }),
		with("f4", "Move to another broker", func(f *incidents.FollowUp) {
			f.State, f.ChangedAt, f.Reason = incidents.FollowUpDropped, noon(6), "It would not have helped."
		}),
		with("f5", "Write it down", func(*incidents.FollowUp) {}),
		with("f6", "Change the password", func(f *incidents.FollowUp) { f.Public = false }),
	}}
	watch := func(id, followUp, caption string, w incidents.Watching) incidents.Watching {
		w.Guard = incidents.Guard{ID: id, FollowUp: followUp, Caption: caption, Probe: "queue-depth", Since: noon(3)}
		return w
	}
	f.Guards = map[string][]incidents.Watching{inc.ID: {
		watch("g1", "f1", "The queue stays far below its limit", incidents.Watching{State: incidents.GuardHolds, Told: 86400, Held: 86399}),
		watch("g2", "", "Test campaigns get through", incidents.Watching{State: incidents.GuardFails, FailedOn: day(14), Changed: noon(14).Add(-time.Hour)}),
		watch("g3", "", "Mails arrive", incidents.Watching{State: incidents.GuardHolds, FailedOn: day(9)}),
		watch("g4", "", "Pages load", incidents.Watching{State: incidents.GuardSilent, Changed: noon(8)}),
		watch("g5", "", "Workers live", incidents.Watching{State: incidents.GuardSilent}),
		watch("g6", "", "Disks have room", incidents.Watching{State: incidents.GuardGone, Changed: noon(8)}),
		watch("g7", "", "Memory is free", incidents.Watching{State: incidents.GuardGone}),
		watch("g8", "", "", incidents.Watching{State: incidents.GuardFails}),
	}}
	return f
}

// cared is the room of that incident.
func cared(t testing.TB) (Console, Room) {
	f := afterwards(t)
	inc := f.Incidents[0]
	row := row("queue-depth", probes.Failed, probes.Backlog, "messages", 900, 700, 20)
	row.Promises = []Promise{{inc.ID, inc.Title, "The queue stays far below its limit"}}
	c := console(roomPath(inc.ID))
	c.Now = f.Now
	return c, Room{Incident: inc, Names: names(studio), Form: UpdateForm{Version: 7}, FollowUps: f.FollowUps[inc.ID], Guards: f.Guards[inc.ID], Failing: []ProbeRow{row}}
}

func TestWhatCameAfter(t *testing.T) {
	p := incidents.NewPage(afterwards(t))
	inc, ok := p.Find("h3k9w2q7xv5z")
	if !ok {
		t.Fatal("the incident is not on the page")
	}
	check(t, render(t, IncidentPage(in(p), inc)), expect{
		"h2": {"Postmortem", "What we do about it", "Timeline", "Corrected times"}, ".kept h2 + p": nil,
		".kept > .small":      nil,
		".follow-up p .how":   {"Done 3 May 2024", "Watched by a check since 3 May 2024: holding", "Due 12 May 2024, not done yet", "Due 20 May 2024", "Dropped 6 May 2024", "Not done yet"},
		"#f1 .dot[data-s=ok]": {"", ""},
		"#f2 .dot":            {""}, "#f2[data-s=degraded] p": {"Due 12 May 2024, not done yet · Messaging"},
		"#f4[data-s=dropped] p": {"Dropped 6 May 2024 · It would not have helped."},
		"#f5[data-s=nodata] p":  {"Not done yet"}, "#f6": nil,
		"#f1 .guard p":           {"Watched by a check since 3 May 2024: holding · 99.99% of 86,400 checks held"},
		"#g2[data-s=major] .how": {"Watched by a check since 3 May 2024: failing since 14 May 2024, 11:00 EDT"},
		"#g3[data-s=ok] .how":    {"Watched by a check since 3 May 2024: holding again; it failed on 9 May 2024"},
		"#g4[data-s=nodata] p":   {"Watched by a check since 3 May 2024: it has not reported since 8 May 2024, 12:00 EDT"},
		"#g5[data-s=nodata] p":   {"Watched by a check since 3 May 2024: it has not reported yet"},
		"#g6[data-s=nodata] p":   {"Watched by a check since 3 May 2024: the check was removed, and reported last on 8 May 2024"},
		"#g7 p":                  {"Watched by a check since 3 May 2024: the check was removed and never reported"}, "#g8": nil,
		".corrections li": {
			"Test e-mail delivery: major outage from 10:39 EDT to 11:20 EDT (41 min)Corrected on 3 May 2024, 12:00 EDT · was major outage from 10:39 EDT to 11:05 EDT (26 min)The last mails left at 11:20.",
			"Classic Studio: no impact Corrected on 4 May 2024, 12:00 EDT · was partial outage from 10:40 EDT to 11:05 EDT (24 min)Only our check failed.",
		},
		"#h3k9w2q7xv5z-5 h3": {"Monitoring"}, "#h3k9w2q7xv5z-5 .body > .text": nil,
		"#h3k9w2q7xv5z-5 .was": {"Edited 3 May 2024, 12:00 EDT · what it said beforeThe queue is drained. There may be delays of minutes while tasks catch up.",
			"Edited 11:02 EDT · what it said beforeThe queue is drained. There may be slight delays while tasks catch up."},
		"#h3k9w2q7xv5z-6 .was":        nil,
		"#h3k9w2q7xv5z-6 .changes li": {"Operational: Classic Studio, Test e-mail delivery"},
		".affected":                   {"This incident affected: Products (New Studio, Test e-mail delivery)."},
	})
	if got := followUpCount(languages.English, inc.FollowUps); got != "1 of 4 done" {
		t.Errorf("%q, want what was dropped left out", got)
	}
	if got := texts(parse(t, render(t, IncidentPage(in(p), inc))), "#h3k9w2q7xv5z-5 .text"); got[0] != "The queue is drained." {
		t.Errorf("the update reads %q", got[0])
	}
}

// Where a percentage was corrected, its explanation counts how long, and keeps what was told.
func TestCorrectionsAreExplained(t *testing.T) {
	f := afterwards(t)
	f.Now = now.Add(time.Hour)
	p := incidents.NewPage(f)
	mail, eu := p.Groups[0].Components[2], p.Groups[1].Components[1]
	doc := render(t, ExplainPage(in(p), mail, 1))
	check(t, doc, expect{
		".sums td.num":       {"58,088 16 h 8 min", "0 0 s", "58,088 16 h 8 min", "2,460 41 min", "0 0 s", "0 0 s", "0 0 s", "900 15 min"},
		".sum":               {"1 − (2,460 + 0.3 × 0) ÷ 58,088 = 95.7650%"},
		".uncorrected":       {"Before the corrections it was 97.3144%: 1 − (1,560 + 0.3 × 0) ÷ 58,088"},
		".corrections a":     {"Studio cannot send test campaigns"},
		".corrections .soft": {"Corrected on 3 May 2024, 12:00 EDT · was major outage from 2 May 2024, 10:39 EDT to 2 May 2024, 11:05 EDT (26 min)", "The last mails left at 11:20."},
	})
	check(t, render(t, DayPage(in(p), mail, mail.Days[len(mail.Days)-1])), expect{".day > .small.soft": nil, ".parts dd": {"41 min", "15 h 27 min"}})
	if !strings.Contains(render(t, DayPage(in(p), mail, mail.Days[len(mail.Days)-1])), "Of it corrected by people") {
		t.Error("the day does not say that it was corrected")
	}
	check(t, render(t, ExplainPage(in(p), eu, 90)), expect{".corrections": nil, ".uncorrected": nil})
	if strings.Contains(render(t, ExplainPage(in(p), eu, 90)), "Corrected by people") {
		t.Error("a component that nobody corrected has a row of corrections")
	}
}

func TestRoomShowsWhatIsPromised(t *testing.T) {
	c, r := cared(t)
	page := render(t, RoomPage(c, r))
	check(t, page, expect{
		".promise-broken":         {"Breaks a promise of the postmortem Studio cannot send test campaigns · The queue stays far below its limit"},
		".care a":                 {"queue-depth", "queue-depth", "queue-depth", "queue-depth", "queue-depth", "queue-depth", "queue-depth", "queue-depth"},
		"#h3k9w2q7xv5z-5 summary": {"Edited 3 May 2024, 12:00 EDT by Bo · what it said before", "Edited 2 May 2024, 11:02 EDT by · what it said before"},
	})
	got := texts(parse(t, page), ".care p")
	for _, want := range []string{"Due 12 May 2024, not done yet · Messaging · public", "Not done yet · Messaging · team only", "Watched by a check since 3 May 2024: holding · “The queue stays far below its limit” · public"} {
		if !slices.Contains(got, want) {
			t.Errorf("the room lacks %q in %q", want, got)
		}
	}
	r.Failing[0].Recent[0].Outcome = probes.Degraded
	if strings.Contains(render(t, RoomPage(c, r)), "Breaks a promise") {
		t.Error("a degraded probe breaks a promise")
	}
}

// Readers look again when what came after an incident changes, and not because a check ran once more.
func TestEditionOfWhatCameAfter(t *testing.T) {
	page := func(change func(*incidents.PageFacts, string)) string {
		f := afterwards(t)
		change(&f, f.Incidents[0].ID)
		return Edition(incidents.NewPage(f))
	}
	before := page(func(*incidents.PageFacts, string) {})
	for name, c := range map[string]struct {
		change func(*incidents.PageFacts, string)
		same   bool
	}{
		"nothing":                  {func(*incidents.PageFacts, string) {}, true},
		"a check ran":              {func(f *incidents.PageFacts, id string) { f.Guards[id][0].Told++ }, true},
		"a team's guard fails":     {func(f *incidents.PageFacts, id string) { f.Guards[id][7].State = incidents.GuardHolds }, true},
		"a team's follow-up":       {func(f *incidents.PageFacts, id string) { f.FollowUps[id][5].State = incidents.FollowUpDone }, true},
		"a guard fails":            {func(f *incidents.PageFacts, id string) { f.Guards[id][0].State = incidents.GuardFails }, false},
		"a guard of the whole one": {func(f *incidents.PageFacts, id string) { f.Guards[id][1].State = incidents.GuardHolds }, false},
		"a follow-up is done":      {func(f *incidents.PageFacts, id string) { f.FollowUps[id][1].State = incidents.FollowUpDone }, false},
		"a follow-up is overdue":   {func(f *incidents.PageFacts, id string) { f.FollowUps[id][2].Due = f.FollowUps[id][1].Due }, false},
		"a correction": {func(f *incidents.PageFacts, id string) {
			c := incidents.Correction{Component: "new", Status: incidents.Operational, Reason: "x", At: f.Incidents[0].Corrections()[1].At}
			if err := f.Incidents[0].Correct(c); err != nil {
				t.Fatal(err)
			}
		}, false},
		"an edit": {func(f *incidents.PageFacts, _ string) {
			if err := f.Incidents[0].Reword("h3k9w2q7xv5z-0", incidents.Edit{At: f.Now, Body: "x"}); err != nil {
				t.Fatal(err)
			}
		}, false},
	} {
		if same := page(c.change) == before; same != c.same {
			t.Errorf("%s: the same edition %v, want %v", name, same, c.same)
		}
	}
}
