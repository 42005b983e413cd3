package templates

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"candor/incidents"
	"candor/probes"
	"candor/static"
	"candor/templates/languages"
)

var galleryDir = flag.String("gallery", "", "folder to write every page and asset to, for a look in a browser")

// gallery is every page in every state worth a look.
func gallery(t testing.TB) map[string]templ.Component {
	out := publicPages(t, languages.English)
	addConsole(t, out)
	addForms(t, out)
	return out
}

// publicPages is every page for customers in a language.
func publicPages(t testing.TB, words *languages.Language) map[string]templ.Component {
	in := func(p incidents.Page) Page { return Page{Page: p, Words: words, Offered: languages.All} }
	out := map[string]templ.Component{}
	for name, p := range pages(t) {
		out[name] = StatusPage(in(p))
	}
	addPublic(t, out, in)
	for _, code := range []int{404, 410, 405, 403, 413, 429, 503, 400, 500} {
		title, text := Problem(words, code, "256 KB")
		out["problem-"+strconv.Itoa(code)] = ProblemPage(in(incidents.Page{Site: site}), code, title, text, "r-8gk2vq0x")
	}
	return out
}

func addPublic(t testing.TB, out map[string]templ.Component, in func(incidents.Page) Page) {
	f := pastFacts(t, resolved(t))
	f.Postmortems = map[string]incidents.Postmortem{"h3k9w2q7xv5z": {Incident: "h3k9w2q7xv5z", Draft: report, Body: report,
		PublishedAt: now.AddDate(0, 0, 3), UpdatedAt: now.AddDate(0, 0, 4), Version: 2}}
	done := incidents.NewPage(f)
	open := incidents.NewPage(pastFacts(t, outage(t)))
	out["incident"] = IncidentPage(in(done), done.Past[0])
	out["incident-open"] = IncidentPage(in(open), open.Open[0])
	shown := pastFacts(t, outage(t))
	list := evidence()
	for i := range list {
		list[i].Public, list[i].Caption, list[i].Alt = true, "What our checks saw of Classic Studio", "A white page"
	}
	shown.Evidence = map[string][]incidents.Evidence{shown.Incidents[0].ID: list}
	saw := incidents.NewPage(shown)
	out["incident-evidence"] = IncidentPage(in(saw), saw.Open[0])
	cared := incidents.NewPage(afterwards(t))
	out["incident-after"] = IncidentPage(in(cared), cared.Past[0])
	out["explain-corrected"] = ExplainPage(in(cared), cared.Groups[0].Components[2], 90)
	first := func(month time.Month) time.Time { return time.Date(2024, month, 1, 0, 0, 0, 0, newYork) }
	out["history"] = HistoryPage(in(open), HistoryFilter{}, []Month{
		{first(5), open.Open}, {first(4), []incidents.PageIncident{done.Past[0], done.Past[1]}}, {first(3), done.Past[2:]}, {First: first(2)},
	}, "", "/history?before=2024-02")
	out["history-empty"] = HistoryPage(in(open), HistoryFilter{}, nil, "/history", "")
	out["history-filter"] = HistoryPage(in(open), HistoryFilter{Component: "new", Impact: incidents.MajorOutage, Reported: true}, []Month{{First: first(5)}}, "", "")
	mail := open.Groups[0].Components[2]
	out["component"] = ComponentPage(in(open), mail)
	out["status-charts"] = StatusPage(in(charting(open)))
	out["component-charts"] = ComponentPage(in(charting(open)), mail)
	out["incident-charts"] = IncidentPage(in(done), done.Past[0].Charting(charting(done).Charts))
	out["component-week"] = ComponentPage(in(open.Over(7)), open.Groups[1].Components[1])
	out["day"] = DayPage(in(open), mail, mail.Days[len(mail.Days)-1])
	out["day-unseen"] = DayPage(in(open), open.Groups[1].Components[1], open.Groups[1].Components[1].Days[0])
	out["uptime"] = UptimePage(in(open), time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC), "/uptime", "/uptime?month=2024-03")
	out["explain"] = ExplainPage(in(open), open.Groups[1].Components[1], 90)
	reports := []Report{{done.Past[0], incidents.NewQuery("queue").Passage(PlainText(report))}}
	out["postmortems"] = PostmortemsPage(in(done), "queue", reports)
	out["postmortems-none"] = PostmortemsPage(in(done), "unicorn", nil)
	out["status-week"] = StatusPage(in(open.Over(7)))
	maint := maintained(t)
	for _, m := range slices.Concat(maint.Planned, maint.Done) {
		out["maintenance-"+m.ID] = MaintenancePage(in(maint), m)
	}
	out["frame"], out["frame-calm"], out["frame-maintenance"] = FramePage(in(open)), FramePage(in(done)), FramePage(in(maint))
	door := Access{Page: in(incidents.Page{Site: site}), Next: "/"}
	out["access"] = AccessPage(door)
	door.Password, door.Field, door.Problem = true, "password", door.Page.Words.WrongPassword()
	out["access-refused"] = AccessPage(door)
	out["history-maintenance"] = HistoryPage(in(maint), HistoryFilter{}, []Month{{first(5), maint.Planned[:1]}, {first(4), maint.Done}}, "", "")
}

func addConsole(t testing.TB, out map[string]templ.Component) {
	r := room(t)
	c := console(roomPath(r.Incident.ID), r.Incident)
	out["room"] = RoomPage(c, r)
	refused := r
	refused.Form.Problem, refused.Form.Field = "Promise the next update for a time that is still to come.", "next_by"
	refused.Form.Preview, refused.Form.Promise = true, ""
	refused.Form.Meanwhile = r.Incident.Timeline()[3:]
	out["room-conflict"] = RoomPage(c, refused)
	seen := r
	seen.Evidence = RoomEvidence{List: evidence(), Piece: "ev6", Caption: "Messages that waited", Field: "caption", Problem: "Write a caption of at most 300 letters: customers read it."}
	out["room-evidence"] = RoomPage(c, seen)
	crowded := r
	crowded.Form.Status, crowded.Form.Components = "", choicesOf(append(studio, many(60)...), r.Incident)
	out["room-sixty"] = RoomPage(c, crowded)
	inc := resolved(t)
	over := Room{Incident: inc, Names: names(studio), Form: UpdateForm{Version: 7}, Postmortem: incidents.Postmortem{Version: 1}}
	out["room-resolved"] = RoomPage(console(roomPath(inc.ID)), over)
	out["room-team"] = RoomPage(console(roomPath("vn4k9w2q7xv5")), teamRoom(t))
	addWithheld(t, out)
	afterC, afterR := cared(t)
	out["room-after"] = RoomPage(afterC, afterR)
	out["now"] = NowPage(console("/console", three(t).Incidents...), three(t).Incidents, failingRows())
	quiet := console("/console")
	quiet.Failing, quiet.Notice = 0, "Update posted."
	out["now-well"] = NowPage(quiet, nil, nil)
	out["incidents"] = IncidentsPage(console("/console/incidents", r.Incident), append(three(t).Incidents, resolved(t)),
		map[string]incidents.Postmortem{"h3k9w2q7xv5z": {Version: 1, PublishedAt: now}})
	out["incidents-empty"] = IncidentsPage(quiet, nil, nil)
	rows := append(failingRows(), row("us-platform", probes.OK, "", "", .2, .3, .2), ProbeRow{Key: "new-probe", Kind: "http", Component: "New Studio", Interval: time.Minute})
	out["probes"] = ProbesPage(console("/console/probes"), rows)
	out["probes-empty"] = ProbesPage(console("/console/probes"), nil)
	out["probe"] = ProbePage(console("/console/probes/queue-memory"), rows[0])
	beat := row("backup", probes.Failed, probes.Unexpected, "s", 61, 62, 61, 65)
	beat.Kind, beat.Symptom, beat.Component = "heartbeat", "Backups are late", "Storage"
	beat.Pings = []probes.Ping{
		{At: now.Add(-time.Minute), Signal: probes.Broke, Exit: 3, Body: "rsync: no space left on device\nrsync error: error in file IO (code 11)\n" + strings.Repeat("x", 300)},
		{At: now.Add(-2 * time.Minute), Signal: probes.Started},
		{At: now.AddDate(0, 0, -1), Signal: probes.Succeeded, Body: "12 files"},
		{At: now.AddDate(0, 0, -2), Signal: probes.Awaited},
	}
	out["probe-heartbeat"] = ProbePage(console("/console/probes/backup"), beat)
	out["probe-never"] = ProbePage(console("/console/probes/new-probe"), rows[5])
	out["charts"] = chartsPage()
}

// addWithheld adds what only the team knows: a draft, a delay, one that somebody keeps, a warning, and checks that see nothing.
func addWithheld(t testing.TB, out map[string]templ.Component) {
	draft := teamRoom(t)
	c := console(roomPath(draft.Incident.ID))
	draft.Withheld, draft.Form.Field, draft.Form.Problem, draft.Form.Title = true, "", "", "Test e-mails arrive late"
	draft.Alike = []*incidents.Incident{resolved(t)}
	out["room-draft"] = RoomPage(c, draft)
	delayed := draft
	delayed.TellAt = now.Add(4 * time.Minute)
	out["room-delayed"] = RoomPage(c, delayed)
	kept, inc := draft, *draft.Incident
	inc.KeptBy, kept.Incident = "Ada Lovelace", &inc
	out["room-kept"] = RoomPage(c, kept)
	warned := teamRoom(t)
	warned.Form.Field, warned.Form.Problem, warned.Warnings = "", "", lineCharts()[:1]
	out["room-warned"] = RoomPage(c, warned)
	blind := console("/console", three(t).Incidents...)
	blind.Blind = []incidents.Blindness{{Place: "local", Since: now.Add(-3 * time.Minute), Witnesses: []string{"example-com", "example-org"}}, {Place: "fra", Since: now.Add(-time.Minute)}}
	out["now-blind"] = NowPage(blind, three(t).Incidents, failingRows())
}

func addForms(t testing.TB, out map[string]templ.Component) {
	inc := resolved(t)
	out["sign-in"] = SignInPage(SignIn{Site: site, Next: "/console"})
	out["sign-in-refused"] = SignInPage(SignIn{Site: site, Email: "ada@example.com", Problem: "E-mail address or password is wrong."})
	out["welcome"] = WelcomePage(Welcome{Site: site, Token: "t", Role: incidents.Owner, Field: "password", Problem: "Choose a password of at least 8 characters."})
	out["declare"] = DeclarePage(console("/console/incidents/new"), UpdateForm{Components: choicesOf(studio, outage(t)), Field: "title", Problem: "Give a title."})
	out["declare-preview"] = DeclarePage(console("/console/incidents/new"), UpdateForm{Title: "Campaigns fail", Body: "We *look* into it.", Preview: true, Promise: "none"})
	c := console("")
	out["postmortem"] = PostmortemPage(c, PostmortemForm{Incident: inc, Draft: report, Version: 1,
		Postmortem: incidents.Postmortem{Draft: report, Version: 1, Author: "Ada"}})
	out["postmortem-new"] = PostmortemPage(c, PostmortemForm{Incident: outage(t), Draft: incidents.PostmortemTemplate})
}

func TestGallery(t *testing.T) {
	for name, page := range gallery(t) {
		t.Run(name, func(t *testing.T) { houseRules(t, render(t, page)) })
	}
	if *galleryDir == "" {
		return
	}
	for name, page := range gallery(t) {
		write(t, name+".html", []byte(render(t, page)))
	}
	for _, l := range languages.All[1:] {
		for name, page := range publicPages(t, l) {
			write(t, l.Code+"/"+name+".html", []byte(render(t, page)))
		}
	}
	for path, f := range static.Files() {
		write(t, path, f.Body)
	}
}

func write(t *testing.T, name string, body []byte) {
	t.Helper()
	path := filepath.Join(*galleryDir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, body, 0o644); err != nil {
		t.Fatal(err)
	}
}

func render(t testing.TB, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
