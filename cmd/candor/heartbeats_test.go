package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

const (
	backupSecret   = "Kn4ryBackup-0123456789abcdef"
	backupByMail   = "Kn4ryMail-0123456789abcdef"
	heartbeatRules = `
page: {name: Studio status}
server: {mail: {listen: "127.0.0.1:0", domain: status.example.com}}
defaults: {interval: 10m, recheck: 1s, failures: 1, of: 1, recoveries: 1}
components: [{key: storage, name: Storage}]
probes:
  - {key: backup, component: storage, symptom: Backups are late, heartbeat: {secret: "${CANDOR_TEST_BACKUP}", every: 1d, max_run: 1h}}
  - {key: nas, component: storage, symptom: Copies are late, heartbeat: {secret: ` + backupByMail + `, cron: "0 3 * * *", mail: {fail: [FAILED]}}}
`
)

// curl runs the real one with an input, and returns the status of its answer, as its last line.
func curl(t *testing.T, input string, args ...string) (code, output string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "curl", append([]string{"-sS", "-m", "30", "-w", `\n%{http_code}`}, args...)...)
	cmd.Stdin = strings.NewReader(input)
	all, err := cmd.CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		t.Fatal("curl is missing: apt-get install curl")
	}
	output = string(all)
	return output[strings.LastIndexByte(output, '\n')+1:], output
}

func newHeartbeats(t *testing.T) (*process, shell) {
	t.Helper()
	t.Setenv("CANDOR_TEST_BACKUP", backupSecret)
	sh := newShell(t)
	sh.write("candor.yaml", heartbeatRules)
	return start(t, filepath.Join(sh.dir, "candor.yaml")), sh
}

// mailAddress returns where the process takes mail.
func (p *process) mailAddress() (host, port string) {
	p.Helper()
	for _, line := range strings.Split(p.output.String(), "\n") {
		var entry struct{ Msg, Address string }
		if json.Unmarshal([]byte(line), &entry) == nil && entry.Msg == "taking reports by mail" {
			host, port, _ = net.SplitHostPort(entry.Address)
			return host, port
		}
	}
	p.Fatalf("it takes no mail:\n%s", p.output)
	return "", ""
}

// TestHeartbeatsFromOutside reports as jobs do, through a power cut, and looks for the secrets afterwards.
func TestHeartbeatsFromOutside(t *testing.T) {
	p, sh := newHeartbeats(t)
	ada := p.owner()
	probe := func(key, want string) {
		t.Helper()
		until(t, key+" tells "+want, 20*time.Second, func() bool { return strings.Contains(ada.get("/console/probes/"+key), want) })
	}
	ok := func(input string, args ...string) {
		t.Helper()
		if code, out := curl(t, input, args...); code != "200" {
			t.Fatalf("curl %v: %s", args, out)
		}
	}
	probe("backup", "no report has come yet; one is expected by")
	ping := p.url + "/ping/" + backupSecret
	ok("", ping+"/start")
	ok("", "-I", ping)
	probe("backup", "<h2>Steps of the newest run</h2>")
	ok("no space left, see /ping/"+backupSecret+"\n"+strings.Repeat("x", 3<<20), "--data-binary", "@-", ping+"/3")
	probe("backup", "with exit status 3: no space left, see /ping/***")
	until(t, "an incident is open", 20*time.Second, func() bool { return strings.Contains(ada.get("/"), "Backups are late") })

	p.kill()
	p = start(t, filepath.Join(sh.dir, "candor.yaml"))
	ada.base, ping = p.url, p.url+"/ping/"+backupSecret
	before := strings.Count(ada.get("/console/probes/backup"), "with exit status 3")
	until(t, "the failure is known after a power cut", 20*time.Second, func() bool {
		return strings.Count(ada.get("/console/probes/backup"), "with exit status 3") > before
	})
	ok("", "-X", "POST", ping+"/0")
	probe("backup", "Measurements of the newest run")

	host, port := p.mailAddress()
	if out, err := exec.CommandContext(t.Context(), "swaks", "--server", host, "--port", port, "--from", "root@nas.example.com", "--to", backupByMail+"@status.example.com",
		"--header", "Subject: Copy failed", "--body", "disk 2").CombinedOutput(); err != nil {
		t.Fatalf("swaks: %v\n%s", err, out)
	}
	probe("nas", "Copy failed\ndisk 2")
	for _, path := range []string{"/", "/console", "/console/probes", "/console/probes/backup", "/console/probes/nas"} {
		refuseSecrets(t, path, ada.get(path))
	}
	p.stop()
	refuseSecrets(t, "the log", p.output.String())
	files, err := filepath.Glob(filepath.Join(sh.dir, "data", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("the data folder has %v (%v)", files, err)
	}
	for _, file := range files {
		refuseSecrets(t, file, sh.read(filepath.Join("data", filepath.Base(file))))
	}
	refuseSecrets(t, "check", sh.run("check").stdout)
}

func TestHeartbeatsThatAreNone(t *testing.T) {
	p, _ := newHeartbeats(t)
	unknown, unknownPage := curl(t, "", p.url+"/no-such-page")
	wrong, wrongPage := curl(t, "", p.url+"/ping/"+backupSecret+"x")
	number := regexp.MustCompile(`<[^>]*>[^<]*request[^<]*<[^>]*>|[A-Za-z0-9]{32}`) // of the request
	if wrong != "404" || wrong != unknown || number.ReplaceAllString(wrongPage, "") != number.ReplaceAllString(unknownPage, "") {
		t.Errorf("a wrong secret is answered\n%s\nand an unknown page\n%s", wrongPage, unknownPage)
	}
	for _, path := range []string{"/256", "/-1", "/later", "/start/now"} {
		if code, _ := curl(t, "", p.url+"/ping/"+backupSecret+path); code != "404" {
			t.Errorf("%s: %s", path, code)
		}
	}
	if code, _ := curl(t, "", "-X", "DELETE", p.url+"/ping/"+backupSecret); code != "405" {
		t.Errorf("DELETE: %s", code)
	}
	code := ""
	for range 20 {
		if code, _ = curl(t, "", p.url+"/ping/guess-0123456789abcdef"); code == "429" {
			break
		}
	}
	if code != "429" {
		t.Errorf("guesses without end: %s", code)
	}
	if code, out := curl(t, "", p.url+"/ping/"+backupSecret); code != "200" || !strings.HasPrefix(out, "OK") {
		t.Errorf("the right secret beside guesses: %s", out)
	}
}

// TestHeartbeatsWhileTheDatabaseIsBusy holds the database's one lock as another program might.
func TestHeartbeatsWhileTheDatabaseIsBusy(t *testing.T) {
	p, sh := newHeartbeats(t)
	db, err := sql.Open("sqlite", "file:"+filepath.Join(sh.dir, "data", "candor.db")+"?_txlock=immediate&_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	hold := func() *sql.Tx {
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return tx
	}
	long := hold()
	code, out := curl(t, "", "-i", p.url+"/ping/"+backupSecret)
	if code != "503" || !strings.Contains(out, "Retry-After: 5") || !strings.Contains(out, "Send it again.") {
		t.Errorf("while it is locked: %s", out)
	}
	if err := long.Rollback(); err != nil {
		t.Fatal(err)
	}
	short := hold()
	freed := time.AfterFunc(time.Second, func() { _ = short.Rollback() })
	defer freed.Stop()
	if code, out := curl(t, "", p.url+"/ping/"+backupSecret); code != "200" {
		t.Errorf("while it is locked for a second: %s", out)
	}
}

func TestCheckWithHeartbeats(t *testing.T) {
	t.Setenv("CANDOR_TEST_BACKUP", backupSecret)
	sh := newShell(t)
	sh.write("candor.yaml", heartbeatRules)
	got := sh.run("check")
	if got.code != 0 || !strings.Contains(got.stdout, "waits") || !strings.Contains(got.stdout, "0 of 0 probes pass, 2 more wait for reports") {
		t.Errorf("got %+v", got)
	}
	refuseSecrets(t, "check", got.stdout+got.stderr)
}
