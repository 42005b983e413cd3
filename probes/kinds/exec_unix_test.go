//go:build unix

package kinds

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/probes"
)

// script writes a program for /bin/sh and returns its path.
func script(t *testing.T, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "check")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExec(t *testing.T) {
	t.Setenv("CANDOR_TEST_SECRET", "leaked")
	for _, c := range []struct {
		name    string
		body    string
		outcome probes.Outcome
		reason  probes.Reason
		detail  string
	}{
		{"all is well", "echo fine", probes.OK, "", ""},
		{"a warning", "echo 'DISK WARNING - 12 % free | free=12'; echo more; exit 1", probes.Degraded, probes.Unexpected,
			"expected exit status 0, got 1: DISK WARNING - 12 % free | free=12"},
		{"a failure", "echo DISK CRITICAL; exit 2", probes.Failed, probes.Unexpected, "got 2: DISK CRITICAL"},
		{"it does not know", "exit 3", probes.Unknown, probes.Unexpected, "expected exit status 0, got 3"},
		{"another status", "exit 77", probes.Failed, probes.Unexpected, "got 77"},
		{"a verdict in JSON", `echo log; echo '{"outcome":"degraded","detail":"12 jobs are late"}'; exit 2`, probes.Degraded, probes.Unexpected,
			"the program says degraded: 12 jobs are late"},
		{"a good verdict in JSON", `echo '{"outcome":"ok"}'; exit 2`, probes.OK, "", ""},
		{"an outcome that does not exist", `echo '{"outcome":"fine"}'`, probes.Unknown, probes.Internal, `"fine"`},
		{"JSON without an outcome", `echo '{"state":"fine"}'`, probes.OK, "", ""},
		{"broken JSON", `echo '{"outcome":"ok"'; exit 2`, probes.Failed, probes.Unexpected, "got 2"},
		{"only what it is given", `test "$TOKEN" = hunter2-token && test -n "$PATH" && test -z "$CANDOR_TEST_SECRET"`, probes.OK, "", ""},
		{"a secret", `echo "no $TOKEN, password=hunter2 $2"; exit 2`, probes.Failed, probes.Unexpected, "got 2: no ***, password=*** ***"},
		{"arguments are not words of a shell", `test "$3" = '$(exit 9); a b' || exit 2`, probes.OK, "", ""},
		{"killed", "kill -9 $$", probes.Unknown, probes.Internal, "the program did not end by itself: signal: killed"},
		{"hanging", "echo waiting for the queue; sleep 600", probes.Failed, probes.TimedOut,
			"expected the program to end within the time limit, but it went on: waiting for the queue"},
		{"deaf to polite signals", "trap '' TERM INT HUP; while :; do sleep 1; done", probes.Failed, probes.TimedOut, "within the time limit"},
		{"flooding", "exec yes hunter2", probes.Failed, probes.TooLarge, "at most 262144 bytes of output"},
		{"flooding the other output", "head -c 10000000 /dev/zero >&2; exit 1", probes.Degraded, probes.Unexpected, "got 1"},
		{"a complaint", "echo first >&2; echo \"no $TOKEN\" >&2; exit 2", probes.Failed, probes.Unexpected, "expected exit status 0, got 2: no ***"},
		{"a long complaint", "head -c 5000 /dev/zero | tr '\\0' x >&2; echo $TOKEN >&2; exit 2", probes.Failed, probes.Unexpected, "expected exit status 0, got 2"},
		{"nothing to read", "read line || exit 2", probes.Failed, probes.Unexpected, "got 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			noLeak(t)
			settings := &Exec{Command: script(t, c.body), Args: []string{"--password", "hunter2-arg", "$(exit 9); a b"}, Env: map[string]string{"TOKEN": "hunter2-token"}}
			r := check(t, checker(t, settings), unanswered)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
		})
	}
}

func TestExecMeasures(t *testing.T) {
	body := `echo '{"outcome":"ok","measurements":[{"name":"jobs","value":12,"unit":"jobs","limit":20},{"name":"free","value":5,"limit":1,"floor":true},{"name":""},{"name":"latency","value":9}]}'`
	r := check(t, checker(t, &Exec{Command: script(t, body), Latency: 1}), 10*time.Second)
	expectVerdict(t, r, probes.Degraded, probes.Slow, "expected all within 1ns")
	if m, _ := figureOf(r, "jobs"); m != (probes.Measurement{Name: "jobs", Value: 12, Unit: "jobs", Limit: 20}) || len(r.Measurements) != 3 {
		t.Errorf("got %+v", r.Measurements)
	}
	if m, _ := figureOf(r, "free"); !m.Floor {
		t.Errorf("got %+v, want a floor", m)
	}
}

// TestExecEndsChildren starts children that outlive their parent, in the ways in which scripts do.
func TestExecEndsChildren(t *testing.T) {
	for name, c := range map[string]struct {
		body    string
		outcome probes.Outcome
	}{
		"a hanging program's":                 {"sleep 600 & echo $! > $PIDS; (sleep 600 & echo $! >> $PIDS; wait) & sleep 600", probes.Failed},
		"one left behind":                     {"sleep 600 > /dev/null & echo $! > $PIDS", probes.OK},
		"one left behind with our output":     {"sleep 600 & echo $! > $PIDS; echo fine", probes.OK},
		"a bomb of forks":                     {"f() { [ $1 -gt 0 ] || exec sleep 600; f $(($1-1)) & f $(($1-1)) & echo $! >> $PIDS; wait; }; f 4", probes.Failed},
		"one that floods after its parent is": {"yes > /dev/null & echo $! > $PIDS", probes.OK},
	} {
		t.Run(name, func(t *testing.T) {
			noLeak(t)
			pids := filepath.Join(t.TempDir(), "pids")
			settings := &Exec{Command: script(t, c.body), Env: map[string]string{"PIDS": pids}}
			if r := check(t, checker(t, settings), unanswered); r.Outcome != c.outcome {
				t.Errorf("got %s: %s", r.Outcome, r.Detail)
			}
			text, err := os.ReadFile(pids)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Fields(string(text)) {
				pid, err := strconv.Atoi(line)
				if err != nil {
					t.Fatal(err)
				}
				until(t, "the end of process "+line, func() bool { return !alive(pid) })
			}
		})
	}
}

// alive says that a process runs; one that has ended and waits for its parent does not.
func alive(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return false
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return !os.IsNotExist(err)
	}
	_, state, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(state, "Z")
}

func TestExecInterruptedIsUnknown(t *testing.T) {
	noLeak(t)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	expectVerdict(t, checker(t, &Exec{Command: script(t, "sleep 600")}).Check(ctx), probes.Unknown, probes.Internal, "interrupted")
}

func TestExecThatIsGone(t *testing.T) {
	path := script(t, "exit 0")
	c := checker(t, &Exec{Command: path})
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	expectVerdict(t, check(t, c, 10*time.Second), probes.Unknown, probes.Internal, "the program cannot be started: no such file or directory")
}

func TestExecSettings(t *testing.T) {
	wrongField(t, &Exec{Command: "sh", Dir: t.TempDir(), Env: map[string]string{"A": "b"}}, "")
	wrongField(t, &Exec{}, "command")
	wrongField(t, &Exec{Command: "no-such-program"}, "command")
	wrongField(t, &Exec{Command: t.TempDir()}, "command")
	wrongField(t, &Exec{Command: "sh", Args: []string{"a\x00"}}, "args")
	wrongField(t, &Exec{Command: "sh", Env: map[string]string{"A": "hunter2\x00"}}, "env.A")
	wrongField(t, &Exec{Command: "sh", Env: map[string]string{"A=B": "hunter2"}}, "env")
	wrongField(t, &Exec{Command: "sh", Dir: "/nowhere"}, "dir")
	wrongField(t, &Exec{Command: "sh", Latency: -1}, "latency")
	wrongField(t, &Exec{Command: "sh", Memory: 15}, "memory")
	wrongField(t, &Exec{Command: "sh", Memory: -1}, "memory")
	wrongField(t, &Exec{Command: "sh", Memory: 1 << 40}, "memory")
}
