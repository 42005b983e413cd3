package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/store"
	"candor/store/storetest"
)

const caredConfig = `
page: {name: Studio status, product: Studio, url: "http://status.example.com", time_zone: Europe/Berlin}
components: [{key: new-studio, name: New Studio}, {key: eu, name: EU Platform}, {key: queue, name: Message queue, internal: true}]
probes: [{key: queue-depth, component: queue, interval: 1h, tcp: {address: "127.0.0.1:1"}}]
`

// happened stores an incident of an hour that ended yesterday, and returns it.
func happened(t *testing.T, dsn string) *incidents.Incident {
	t.Helper()
	db, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	list, err := db.Components(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(c incidents.Component) bool { return c.Key == "new-studio" })
	start := time.Now().UTC().AddDate(0, 0, -1).Truncate(24 * time.Hour).Add(8 * time.Hour)
	inc := &incidents.Incident{ID: incidents.NewID(), Title: "Studio was down", StartedAt: start}
	for _, u := range []incidents.Update{
		{At: start, Status: incidents.Investigating, Author: "Ada", Body: "We look.", Changes: []incidents.Change{{Component: list[i].ID, To: incidents.MajorOutage}}},
		{At: start.Add(time.Minute), Author: "Ada", Team: true, Body: "It is the queue."},
		{At: start.Add(time.Hour), Status: incidents.Resolved, Author: "Ada", Body: "It works.\n\nAll of it."},
	} {
		if err := inc.Post(u); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.SaveIncident(t.Context(), inc); err != nil {
		t.Fatal(err)
	}
	return inc
}

// TestAftercare cares for an incident from a shell while the server runs.
func TestAftercare(t *testing.T) {
	for _, engine := range storetest.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			sh := newShell(t)
			dsn := storetest.DSN(t, engine)
			sh.write("candor.yaml", caredConfig+"storage: {database: \""+dsn+"\"}\n")
			p := start(t, filepath.Join(sh.dir, "candor.yaml"))
			inc := happened(t, dsn)
			page := newBrowser(t, p.url)
			path := "/incidents/" + inc.ID
			says := func(path string, texts ...string) {
				t.Helper()
				for _, text := range texts {
					until(t, path+" says "+text, 20*time.Second, func() bool { return strings.Contains(page.get(path), text) })
				}
			}
			says(path, "It works.")
			refuseAftercare(sh, inc)

			limit := sh.add("followup", "add", inc.ID, "--text", "Limit the queue", "--due", inc.StartedAt.Format(time.DateOnly), "--owner", "Messaging", "--show-owner", "--public", "--by", "Kanarienvogel")
			secret := sh.add("followup", "add", inc.ID, "--text", "Change the password", "--owner", "Plumbing")
			says(path, "Limit the queue", ", not done yet", "Messaging", "0 of 1 done")
			guard := sh.add("guard", "add", inc.ID, "--probe", "queue-depth", "--followup", limit, "--caption", "The queue stays short")
			says(path, "The queue stays short", "Watched by a check since")
			sh.expect("watched twice", sh.run("guard", "add", inc.ID, "--probe", "queue-depth", "--followup", limit), ended{"", "candor: The probe queue-depth watches that already.\n", 1})
			sh.expectLine("the follow-ups", sh.run("followup", "list", inc.ID), limit+`  of `+inc.ID+`  open     was due .*  Limit the queue\n`+secret+`  of `+inc.ID+`  open     no due day      Change the password\n`)
			sh.expectLine("done", sh.run("followup", "done", limit), limit+` is done: Limit the queue\n`)
			sh.expectLine("dropped", sh.run("followup", "drop", secret, "--reason", "There is none."), secret+` is dropped: Change the password\n`)
			sh.expect("done twice", sh.run("followup", "done", limit), ended{"", "candor: This follow-up is done already. Add a new one.\n", 1})
			says(path, "1 of 1 done")
			sh.expectLine("the guards", sh.run("guard", "list"), guard+`  of `+inc.ID+`  since \S+  queue-depth  The queue stays short\n`)
			sh.expectLine("removed", sh.run("guard", "remove", guard), guard+` does not watch any more.\n`)
			until(t, "the guard is gone", 20*time.Second, func() bool { return !strings.Contains(page.get(path), "The queue stays short") })

			clock := func(minutes int) string {
				return inc.StartedAt.Add(time.Duration(minutes) * time.Minute).Format(time.RFC3339)
			}
			sh.expectLine("corrected", sh.run("correct", inc.ID, "--component", "new-studio", "--status", "partial_outage", "--from", clock(0), "--until", clock(20), "--reason", "The logs say so."), inc.ID+` is corrected for new-studio.\n`)
			says(path, "Corrected times", "The logs say so.", "(20 min)", "(1 h)")
			updates := inc.PublicTimeline()
			sh.expectLine("the updates", sh.run("update", "list", inc.ID), updates[0].ID+`  .* CES?T  investigating  We look.\n`+updates[1].ID+`  .* CES?T  resolved       It works.\n`)
			sh.expectLine("edited", sh.runWith("It works, all of it.\n", "update", "edit", inc.ID, updates[1].ID, "--text", "-"), updates[1].ID+` is edited. .*\n`)
			says(path, "It works, all of it.", "what it said before")
			says("/api/v2/incidents/"+inc.ID+".json", `"body":"It works, all of it.\n"`)
			for _, hidden := range []string{"Kanarienvogel", "Change the password", "Plumbing", "queue-depth", "It is the queue."} {
				if strings.Contains(page.get(path), hidden) {
					t.Errorf("the page says %q", hidden)
				}
			}
			p.kill() // what was acknowledged is on the disk
			p = start(t, filepath.Join(sh.dir, "candor.yaml"))
			page = newBrowser(t, p.url)
			says(path, "It works, all of it.", "(20 min)", "1 of 1 done")
			p.stop()
		})
	}
}

// add runs a command that makes something and returns its id.
func (s shell) add(args ...string) string {
	s.Helper()
	got := s.run(args...)
	id, _, ok := strings.Cut(got.stdout, " ")
	if !ok || got.code != 0 || got.stderr != "" {
		s.Fatalf("%s: %+v", strings.Join(args, " "), got)
	}
	return id
}

func refuseAftercare(sh shell, inc *incidents.Incident) {
	sh.Helper()
	note := inc.Timeline()[1].ID
	for name, tt := range map[string]struct {
		args []string
		want string
	}{
		"no such incident":      {[]string{"followup", "add", "nothing", "--text", "x"}, `There is no incident "nothing". Its id is the last part of its page's address.`},
		"no text":               {[]string{"followup", "add", inc.ID}, "Say in one sentence of at most 500 letters what is to be done."},
		"no day":                {[]string{"followup", "add", inc.ID, "--text", "x", "--due", "soon"}, `"soon" is no day. Write it like 2026-12-01.`},
		"no such follow-up":     {[]string{"followup", "done", "nothing"}, "There is no follow-up \"nothing\". `candor followup list` names them all."},
		"no such probe":         {[]string{"guard", "add", inc.ID, "--probe", "mail"}, `There is no probe "mail". Choose from queue-depth.`},
		"a foreign follow-up":   {[]string{"guard", "add", inc.ID, "--probe", "queue-depth", "--followup", "x"}, "The incident has no follow-up \"x\". `candor followup list " + inc.ID + "` names them all."},
		"no such guard":         {[]string{"guard", "remove", "nothing"}, "There is no guard \"nothing\". `candor guard list` names them all."},
		"no such component":     {[]string{"correct", inc.ID, "--component", "mail", "--status", "operational", "--reason", "x"}, `There is no component "mail". Choose from new-studio, eu, queue.`},
		"no times":              {[]string{"correct", inc.ID, "--component", "eu", "--status", "major_outage", "--reason", "x"}, "Say from when until when the component was affected."},
		"no reason":             {[]string{"correct", inc.ID, "--component", "new-studio", "--status", "operational"}, "Give a reason of at most 500 letters: customers read it."},
		"no such update":        {[]string{"update", "edit", inc.ID, "nothing", "--text", "x"}, "The incident has no update \"nothing\". `candor update list " + inc.ID + "` names them all."},
		"a note":                {[]string{"update", "edit", inc.ID, note, "--text", "x"}, "Customers do not see this note, so it stays as it is. Add another one."},
		"the update as it is":   {[]string{"update", "edit", inc.ID, inc.Timeline()[0].ID, "--text", "We look."}, "The update says so already."},
		"an update without one": {[]string{"update", "edit", inc.ID, inc.Timeline()[0].ID}, "Write what customers should know."},
	} {
		sh.expect(name, sh.run(tt.args...), ended{"", "candor: " + tt.want + "\n", 1})
	}
}
