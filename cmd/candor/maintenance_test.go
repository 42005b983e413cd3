package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"candor/store/storetest"
)

const maintainedConfig = `
page: {name: Studio status, product: Studio, url: "http://status.example.com", time_zone: Europe/Berlin}
components: [{key: new-studio, name: New Studio}, {key: eu, name: EU Platform}, {key: queue, name: Message queue, internal: true}]
`

// TestMaintenance announces maintenance from a shell while the server runs, and lets it go its way.
func TestMaintenance(t *testing.T) {
	for _, engine := range storetest.Engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			sh := newShell(t)
			sh.write("candor.yaml", maintainedConfig+"storage: {database: \""+storetest.DSN(t, engine)+"\"}\n")
			p := start(t, filepath.Join(sh.dir, "candor.yaml"))
			page := newBrowser(t, p.url)
			says := func(path string, texts ...string) {
				t.Helper()
				for _, text := range texts {
					until(t, path+" says "+text, 20*time.Second, func() bool { return strings.Contains(page.get(path), text) })
				}
			}
			refuseMaintenance(sh)
			berlin, err := time.LoadLocation("Europe/Berlin")
			if err != nil {
				t.Fatal(err)
			}
			noon := time.Now().In(berlin).AddDate(0, 0, 3)
			day := noon.Format(time.DateOnly)
			next := sh.announce("--title", "New routers", "--components", "eu,queue", "--from", day+" 12:00", "--until", day+" 13:30", "--text", "Pages load slowly.")
			says("/", "Planned maintenance", "New routers")
			says("/maintenance/"+next, "1 hour 30 minutes", "Pages load slowly.", "EU Platform")
			if strings.Contains(page.get("/maintenance/"+next), "Message queue") {
				t.Error("the page names an internal component")
			}
			sh.expectLine("moved", sh.run("maintenance", "update", next, "--until", day+" 14:00", "--text", "Half an hour more."),
				next+` is scheduled: \S+ 12:00 CES?T to \S+ 14:00 CES?T\n`)
			says("/maintenance/"+next, "Now planned from", "Half an hour more.")
			says("/history.ics", "SEQUENCE:1")

			now := time.Now().UTC()
			running := sh.announce("--title", "Database upgrade", "--components", "eu", "--from", now.Add(-time.Minute).Format(time.RFC3339),
				"--until", now.Add(time.Hour).Format(time.RFC3339), "--text", "Read-only meanwhile.", "--by", "Kanarienvogel")
			says("/", "under maintenance", "Planned to end by")
			says("/api/v2/scheduled-maintenances/active.json", `"status":"in_progress"`)
			p.kill()
			p = start(t, filepath.Join(sh.dir, "candor.yaml"))
			page = newBrowser(t, p.url)
			says("/", "under maintenance")
			sh.expectLine("completed", sh.runWith("All is well.\n", "maintenance", "update", running, "--status", "completed", "--text", "-"), running+` is completed: .*\n`)
			says("/", "All of Studio", "Database upgrade")
			says("/maintenance/"+running, "All is well.", "The maintenance has begun, as planned.")
			if strings.Contains(page.get("/maintenance/"+running), "Kanarienvogel") {
				t.Error("the page names who wrote it")
			}
			sh.expect("cancelled too late", sh.run("maintenance", "cancel", running), ended{"", "candor: This maintenance is completed. Announce a new one.\n", 1})
			sh.expectLine("cancelled", sh.run("maintenance", "cancel", next), next+" is cancelled: .*\n")
			says("/history.ics", "STATUS:CANCELLED")
			sh.expectLine("the list", sh.run("maintenance", "list"), next+`  cancelled    .*  New routers\n`+running+`  completed    .*  Database upgrade\n`)
			p.stop()
		})
	}
}

// announce adds a maintenance and returns its id.
func (s shell) announce(args ...string) string {
	s.Helper()
	got := s.run(append([]string{"maintenance", "add"}, args...)...)
	id, _, ok := strings.Cut(got.stdout, " is announced: ")
	if !ok || got.code != 0 {
		s.Fatalf("add: %+v", got)
	}
	return id
}

// expectLine compares the output of a command that worked with a pattern.
func (s shell) expectLine(what string, got ended, pattern string) {
	s.Helper()
	if got.code != 0 || got.stderr != "" || !regexp.MustCompile(`\A`+pattern+`\z`).MatchString(got.stdout) {
		s.Errorf("%s: got %+v, want %q", what, got, pattern)
	}
}

func refuseMaintenance(sh shell) {
	sh.Helper()
	add := func(more ...string) []string { return append([]string{"maintenance", "add"}, more...) }
	from, until := time.Now().Add(time.Hour).UTC().Format(time.RFC3339), time.Now().Add(2*time.Hour).UTC().Format(time.RFC3339)
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"no title", add("--from", from, "--until", until, "--text", "x"), "Give a title of at most 255 letters, in customers' words."},
		{"no times", add("--title", "x", "--text", "x"), "Say from when until when the maintenance lasts."},
		{"no text", add("--title", "x", "--from", from, "--until", until), "Write what customers should know."},
		{"the end first", add("--title", "x", "--text", "x", "--from", until, "--until", from), "A maintenance ends after it begins. Give a later end."},
		{"no time", add("--title", "x", "--text", "x", "--from", "tomorrow", "--until", until),
			`"tomorrow" is no time. Write it like "2026-12-01 22:00", in the zone of the page (Europe/Berlin), or as 2026-12-01T22:00:00Z.`},
		{"no such component", add("--title", "x", "--components", "mail", "--text", "x", "--from", from, "--until", until),
			`There is no component "mail". Choose from new-studio, eu, queue.`},
		{"no such maintenance", []string{"maintenance", "update", "nothing", "--text", "x"},
			"There is no maintenance \"nothing\". `candor maintenance list` names them all."},
	}
	for _, tt := range tests {
		sh.expect(tt.name, sh.run(tt.args...), ended{"", "candor: " + tt.want + "\n", 1})
	}
}

// TestMaintenanceOfANewComponent announces maintenance before the server has seen the component.
func TestMaintenanceOfANewComponent(t *testing.T) {
	t.Parallel()
	sh := newShell(t)
	sh.write("candor.yaml", maintainedConfig)
	args := []string{"maintenance", "add", "--title", "x", "--components", "eu", "--text", "x", "--from", "2026-12-01 22:00", "--until", "2026-12-01 23:00"}
	sh.expect("add", sh.run(args...), ended{"", "candor: The component eu is new. Let `candor serve` begin with it once, and try again.\n", 1})
}
