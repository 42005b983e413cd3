package kinds

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/probes"
)

func wantResult(t *testing.T, r probes.Result, outcome probes.Outcome, reason probes.Reason, detail string) {
	t.Helper()
	if r.Outcome != outcome || r.Reason != reason || !strings.Contains(r.Detail, detail) {
		t.Errorf("got %s %s: %s, want %s %s: %s", r.Outcome, r.Reason, r.Detail, outcome, reason, detail)
	}
}

func TestBrowserNetworkTrouble(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	wantResult(t, browse(t, "url: "+gone.URL), probes.Failed, probes.Refused, "connection refused (net::ERR_CONNECTION_REFUSED)")
	wantResult(t, browse(t, "url: http://nowhere.invalid/"), probes.Failed, probes.Unreachable, "the name could not be looked up")
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	wantResult(t, browse(t, "url: "+secure.URL), probes.Failed, probes.Certificate, "signed by an unknown authority")
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	wantResult(t, browseWithin(t, 3*time.Second, "url: http://"+silent.Addr().String()), probes.Failed, probes.TimedOut, "no answer within the time limit")
}

func TestBrowserOddAnswers(t *testing.T) {
	hold := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("/broken", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(w, sentence)
	})
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/good", http.StatusFound) })
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	mux.HandleFunc("/good", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<body>", sentence) })
	mux.HandleFunc("/file", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Disposition", "attachment; filename=a.txt")
		fmt.Fprint(w, sentence)
	})
	mux.HandleFunc("/hold", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-hold:
		}
	})
	pages := map[string]string{
		"/endless": sentence + "<img src=/hold>",
		"/waiting": "<script src=/hold></script>" + sentence,
		"/alert":   "<script>alert('Hello'); if (confirm('Sure?')) document.write('" + sentence + "')</script>",
		"/popups":  sentence + "<script>for (let i = 0; i < 50; i++) window.open('/good')</script>",
		"/hangs":   sentence + "<script>onload = () => { for (;;); }</script>",
		"/fetches": sentence + "<a id=a download href=/file>file</a><script>a.click()</script>",
		"/huge": strings.Repeat("<div><p>One of many lines of a huge page</p></div>", 150_000) +
			"<script>console.log('a'.repeat(1e6)); for (let i = 0; i < 5000; i++) console.log(i)</script>",
	}
	for path, body := range pages {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html><body>", body) })
	}
	server := httptest.NewServer(mux)
	defer server.Close()
	defer close(hold)
	tests := []struct {
		name, path string
		limit      time.Duration
		outcome    probes.Outcome
		reason     probes.Reason
		detail     string
	}{
		{"an error page with text", "/broken", 20, probes.Failed, probes.Unexpected, "expected a page, got status 502"},
		{"a redirect", "/moved", 20, probes.OK, "", ""},
		{"a redirect to itself", "/round", 20, probes.Failed, probes.Unexpected, "too many redirects"},
		{"a download", "/file", 20, probes.Failed, probes.Unexpected, "expected a page, got a download"},
		{"a picture that never comes", "/endless", 20, probes.OK, "", ""},
		{"a script that never comes", "/waiting", 5, probes.Failed, probes.TimedOut, "1 request without an answer, one of them to 127.0.0.1"},
		{"dialogs", "/alert", 20, probes.OK, "", ""},
		{"popups", "/popups", 20, probes.OK, "", ""},
		{"a page that downloads", "/fetches", 20, probes.OK, "", ""},
		{"a script without an end", "/hangs", 5, probes.Failed, probes.TimedOut, "the page does not respond"},
		{"a huge page", "/huge", 40, probes.OK, "", ""},
		{"after all that", "/good", 20, probes.OK, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantResult(t, browseWithin(t, tt.limit*time.Second, "url: "+server.URL+tt.path), tt.outcome, tt.reason, tt.detail)
		})
	}
}

func TestBrowserOfTheMachineIsTheTrouble(t *testing.T) {
	url := site(t, map[string]string{"/": sentence})
	b := chromium{busy: make(chan struct{}, 1)}
	check := func(program string) probes.Result {
		c, err := (&Browser{URL: url, Chromium: program, chromium: &b}).Checker()
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		return c.Check(ctx)
	}
	wantResult(t, check("/nowhere/chromium"), probes.Unknown, probes.Internal, "there is no Chromium at /nowhere/chromium: install it (on Debian and Ubuntu: apt-get install chromium)")
	broken := filepath.Join(t.TempDir(), "chromium")
	if err := os.WriteFile(broken, []byte("#!/bin/sh\necho 'FATAL: no usable sandbox' >&2\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	wantResult(t, check(broken), probes.Unknown, probes.Internal, "chromium does not start")
	t.Setenv("PATH", t.TempDir())
	wantResult(t, check(""), probes.Unknown, probes.Internal, "there is no Chromium on this machine: install it")
}

func TestBrowserOpensOnePageAtATime(t *testing.T) {
	url := site(t, map[string]string{"/": sentence})
	theBrowser.busy <- struct{}{}
	r := browseWithin(t, 2*time.Second, "url: "+url)
	<-theBrowser.busy
	wantResult(t, r, probes.Unknown, probes.Internal, "opens one page at a time")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantResult(t, browserChecker(t, "url: "+url).Check(ctx), probes.Unknown, probes.Internal, "interrupted")
	wantResult(t, browse(t, "url: "+url), probes.OK, "", "")
}

// children returns the processes that use a profile, and have a text like --type=renderer among their arguments.
func children(t *testing.T, profile, kind string) (pids []int) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range all {
		text, _ := os.ReadFile(file) // it may have ended
		if strings.Contains(string(text), profile) && strings.Contains(string(text), kind) {
			pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			if err != nil {
				t.Fatal(err)
			}
			pids = append(pids, pid)
		}
	}
	return pids
}

// gone waits until nothing is left of a Chromium, neither a process nor its profile.
func gone(t *testing.T, profile string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		_, err := os.Stat(profile)
		left := children(t, profile, "")
		if os.IsNotExist(err) && len(left) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("left of %s: %v, processes %v", profile, err, left)
		}
	}
}

func TestBrowserIsReplaced(t *testing.T) {
	url := site(t, map[string]string{"/": sentence, "/empty": ""})
	hold := func() *chromiumProcess { // waits until the page before is closed
		theBrowser.busy <- struct{}{}
		defer func() { <-theBrowser.busy }()
		return theBrowser.process
	}
	wantResult(t, browse(t, "url: "+url), probes.OK, "", "")
	first := hold()
	if n := len(children(t, first.profile.path, "")); n < 3 {
		t.Fatalf("chromium has %d processes, want several", n)
	}

	go func() { // in the middle of a run: an empty page takes more than two seconds
		time.Sleep(time.Second)
		syscall.Kill(first.pid, syscall.SIGKILL)
	}()
	wantResult(t, browse(t, "url: "+url+"/empty"), probes.Unknown, probes.Internal, "chromium ended in the middle of the check")
	gone(t, first.profile.path)

	wantResult(t, browse(t, "url: "+url), probes.OK, "", "")
	second := hold()
	go func() {
		time.Sleep(time.Second)
		for _, pid := range children(t, second.profile.path, "--type=renderer") {
			syscall.Kill(pid, syscall.SIGKILL)
		}
	}()
	wantResult(t, browse(t, "url: "+url+"/empty"), probes.Unknown, probes.Internal, "the process of the page crashed")
	if hold() != nil {
		t.Error("the browser was not ended after a crash")
	}

	wantResult(t, browse(t, "url: "+url), probes.OK, "", "")
	second = hold()
	second.runs = maxRuns - 1
	wantResult(t, browse(t, "url: "+url), probes.OK, "", "")
	hold()
	gone(t, second.profile.path)

	wantResult(t, browse(t, "url: "+url), probes.OK, "", "")
	third := hold()
	wantResult(t, browse(t, "url: "+url+"\nsteps: [{go: \"http://127.0.0.1/\"}]\nsandbox: false"), probes.Failed, probes.Refused, "step 1")
	if os.Getuid() == 0 && hold() != third {
		t.Error("the same settings started another browser")
	}
	theBrowser.busy <- struct{}{}
	theBrowser.end()
	<-theBrowser.busy
	gone(t, third.profile.path)
}

func TestBrowserRemovesProfilesThatWereLeft(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	left, err := newProfile()
	if err != nil {
		t.Fatal(err)
	}
	held, err := newProfile()
	if err != nil {
		t.Fatal(err)
	}
	left.lock.Close() // as the kernel does when a program ends
	again, err := newProfile()
	if err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]bool{left.path: false, held.path: true, again.path: true} {
		if _, err := os.Stat(dir); (err == nil) != want {
			t.Errorf("%s: %v, want it to exist: %v", dir, err, want)
		}
	}
	held.remove()
	again.remove()
}

// TestBrowserEndsWithTheProgram runs itself as another program, which is killed in the middle of a run.
func TestBrowserEndsWithTheProgram(t *testing.T) {
	const child = "CANDOR_TEST_BROWSER_CHILD"
	if url := os.Getenv(child); url != "" {
		browseWithin(t, time.Minute, "url: "+url) // never ends
		return
	}
	asked := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	}))
	defer server.Close()
	dir, err := os.MkdirTemp("", "candor-") // short, because Chromium makes a socket there
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), child+"="+server.URL, "TMPDIR="+dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	select {
	case <-asked:
	case <-time.After(time.Minute):
		t.Fatal("the other program opened no page")
	}
	if n := len(children(t, dir, "")); n < 3 {
		t.Fatalf("chromium has %d processes, want several", n)
	}
	cmd.Process.Kill()
	for deadline := time.Now().Add(10 * time.Second); len(children(t, dir, "")) > 0; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("processes %v are left", children(t, dir, ""))
		}
	}
}
