package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"candor/cmd/internal/app"
)

// shell runs commands in a folder.
type shell struct {
	testing.TB
	dir string
}

func newShell(t testing.TB) shell { return shell{t, t.TempDir()} }

// ended is what a command printed, and its exit status.
type ended struct {
	stdout, stderr string
	code           int
}

// run runs the program to its end, which must come within a minute.
func (s shell) run(args ...string) ended { s.Helper(); return s.runWith("", args...) }

// runWith is run with a standard input.
func (s shell) runWith(input string, args ...string) ended {
	s.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = s.dir, strings.NewReader(input), &stdout, &stderr
	dieWithParent(cmd)
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
		s.Fatalf("candor %s: %v (%v)\n%s%s", strings.Join(args, " "), err, ctx.Err(), &stdout, &stderr)
	}
	return ended{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

func (s shell) write(name, content string) {
	s.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(content), 0o600); err != nil {
		s.Fatal(err)
	}
}

func (s shell) read(name string) string {
	s.Helper()
	content, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		s.Fatal(err)
	}
	return string(content)
}

// expect compares the whole end of a command.
func (s shell) expect(what string, got, want ended) {
	s.Helper()
	if got != want {
		s.Errorf("%s: got exit status %d, output\n%s\nand errors\n%s\nwant exit status %d, output\n%s\nand errors\n%s",
			what, got.code, got.stdout, got.stderr, want.code, want.stdout, want.stderr)
	}
}

var (
	tookTime = regexp.MustCompile(`  (\d+ms|0s)( |\n)`)
	gaps     = regexp.MustCompile(` {2,}`)
)

// plain takes the times and the widths out of a table.
func plain(table string) string {
	return gaps.ReplaceAllString(tookTime.ReplaceAllString(table, "  ?$2"), "  ")
}

func TestFirstConfiguration(t *testing.T) {
	t.Parallel()
	sh := newShell(t)
	none := ended{"", "candor: no configuration at candor.yaml; write one with `candor init`, or pass --config\n", 1}
	for _, command := range []string{"serve", "check", "responder list"} {
		sh.expect(command+" without a configuration", sh.run(strings.Fields(command)...), none)
	}
	sh.expect("init", sh.run("init"),
		ended{"Wrote candor.yaml. Make it yours, try it with `candor check`, then run `candor serve`.\n", "", 0})
	if got := sh.read("candor.yaml"); got != app.Example {
		t.Errorf("init wrote\n%s", got)
	}
	const nobody = "127.0.0.1:1" // nothing listens on tcpmux
	mine := strings.ReplaceAll(app.Example, "127.0.0.1:8090", nobody)
	sh.write("candor.yaml", mine)
	sh.expect("init again", sh.run("init"),
		ended{"", "candor: candor.yaml exists already; it was left as it is. Name another file with --config\n", 1})
	if sh.read("candor.yaml") != mine {
		t.Error("init changed a file that it said it left as it is")
	}
	got := sh.run("check")
	got.stdout = plain(got.stdout)
	sh.expect("check of it", got, ended{`  probe  component  outcome  reason  took  detail
✗  new-studio-loads  new-studio  failed  refused  ?  127.0.0.1:1/new: connection to 127.0.0.1:1 refused
✗  classic-studio-loads  classic-studio  failed  refused  ?  127.0.0.1:1/classic: connection to 127.0.0.1:1 refused
✗  campaign-is-sent  sending  failed  refused  ?  step send a test campaign: connection to 127.0.0.1:1 refused
0 of 3 probes pass
`, "candor: not every probe passes\n", 1})
	sh.expect("init where no folder is", sh.run("init", "--config", "gone/candor.yaml"),
		ended{"", "candor: write the configuration: open gone/candor.yaml: no such file or directory\n", 1})
}

const mistaken = `page:
  name: Studio status
  time_zone: Mars/Olympus
srever: {listen: 127.0.0.1:8080}
components:
  - {key: studio, name: Studio}
probes:
  - key: loads
    component: stduio
    symptom: Studio does not load
    interval: 30
    http:
      url: https://studio.example.com
      expect: {status: 200, bodi: text}
  - key: signs-in
    component: studio
    symptom: Nobody can sign in
    http: {url: "ftp://ada:Kn4ryLogin@studio.example.com", bearer: Kn4ryBearer}
`

const mistakes = `candor: candor.yaml:3:14: there is no such time zone; write it like America/New_York or UTC
   3 |   time_zone: Mars/Olympus
                    ^
candor.yaml:4:1: unknown key "srever"; did you mean "server"?
   4 | srever: {listen: 127.0.0.1:8080}
       ^
candor.yaml:9:16: no component has the key "stduio"; did you mean "studio"?
   9 |     component: stduio
                      ^
candor.yaml:11:15: "interval" takes a duration with its unit, like 30s, 5m or 14d
  11 |     interval: 30
                     ^
candor.yaml:14:29: unknown key "bodi"; did you mean "body"?
  14 |       expect: {status: 200, bodi: text}
                                   ^
candor.yaml:18:17: url: the URL begins with neither http:// nor https://; it should look like https://studio.example.com/new
  18 |     http: {url: "ftp://**************@studio.example.com", bearer: ************
                       ^
`

func TestMistakesAreToldTogether(t *testing.T) {
	t.Parallel()
	sh := newShell(t)
	sh.write("candor.yaml", mistaken)
	for _, command := range []string{"serve", "check", "responder list", "responder add"} {
		sh.expect(command, sh.run(strings.Fields(command)...), ended{"", mistakes, 1})
	}
	sh.write("candor.yaml", "page: {name: Studio status\ncomponents: [\n")
	if got := sh.run("check"); got.code != 1 || got.stdout != "" || !strings.HasPrefix(got.stderr, "candor: candor.yaml:") || !strings.Contains(got.stderr, "this is not YAML") {
		t.Errorf("no YAML at all: got %+v", got)
	}
	if left, err := filepath.Glob(filepath.Join(sh.dir, "*")); err != nil || len(left) != 1 {
		t.Errorf("a refused configuration left %v (%v)", left, err)
	}
}

func TestCheckSuitsACIJob(t *testing.T) {
	t.Parallel()
	var broken atomic.Bool
	product := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if broken.Load() && r.URL.Path == "/two" {
			w.WriteHeader(http.StatusTeapot)
		}
		fmt.Fprint(w, "All is fine.")
	}))
	defer product.Close()
	host := strings.TrimPrefix(product.URL, "http://")
	sh := newShell(t)
	sh.write("candor.yaml", fmt.Sprintf(`page: {name: Studio status}
components: [{key: studio, name: Studio}]
probes:
  - {key: one, component: studio, symptom: One fails, http: {url: "%[1]s/one", expect: {body: fine}}}
  - {key: two, component: studio, symptom: Two fails, http: {url: "%[1]s/two"}}
`, product.URL))
	check := func(what string, want ended) {
		t.Helper()
		got := sh.run("check")
		got.stdout = strings.ReplaceAll(plain(got.stdout), host, "HOST")
		sh.expect(what, got, want)
	}
	check("a healthy product", ended{`  probe  component  outcome  reason  took  detail
✓  one  studio  ok  ?  
✓  two  studio  ok  ?  
2 of 2 probes pass
`, "", 0})
	broken.Store(true)
	check("half a product", ended{`  probe  component  outcome  reason  took  detail
✓  one  studio  ok  ?  
✗  two  studio  failed  unexpected  ?  HOST/two: expected status 2xx, got 418 I'm a teapot: All is fine.
1 of 2 probes pass
`, "candor: not every probe passes\n", 1})
}

func TestCommandLineMistakes(t *testing.T) {
	t.Parallel()
	sh := newShell(t)
	sh.write("candor.yaml", small)
	tests := []struct{ args, want string }{
		{"srve", "unknown command \"srve\" for \"candor\"\n\nDid you mean this?\n\tserve\n\n"},
		{"responder ad", "unknown command \"ad\" for \"candor responder\"\n"},
		{"serve now", "unknown command \"now\" for \"candor serve\"\n"},
		{"serve --port 1", "unknown flag: --port\n"},
		{"serve --log xml", "a log is written as text or json, not as \"xml\"\n"},
		{"serve --listen 8080", "cannot listen on 8080: listen tcp: address 8080: missing port in address\n"},
		{"check --config .", "read the configuration: read .: is a directory\n"},
	}
	for _, tt := range tests {
		sh.expect(tt.args, sh.run(strings.Fields(tt.args)...), ended{"", "candor: " + tt.want, 1})
	}
	for _, args := range []string{"", "responder", "help serve"} {
		if got := sh.run(strings.Fields(args)...); got.code != 0 || got.stderr != "" || !strings.Contains(got.stdout, "Usage:") {
			t.Errorf("candor %s: got %+v", args, got)
		}
	}
}
