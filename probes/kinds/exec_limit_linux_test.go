package kinds

import (
	"os"
	"testing"
	"time"

	"candor/probes"
)

func TestExecMemory(t *testing.T) {
	for _, c := range []struct {
		name    string
		body    string
		memory  int64
		outcome probes.Outcome
		reason  probes.Reason
		details []string
	}{
		{"the limit", `test "$(ulimit -d)" = 65536`, 64, probes.OK, "", nil},
		{"the usual limit", `test "$(ulimit -d)" = 1048576`, 0, probes.OK, "", nil},
		{"children have it too", `sh -c 'test "$(ulimit -d)" = 65536'`, 64, probes.OK, "", nil},
		{"nobody can raise it", `ulimit -d 1000000 || echo no; exit 2`, 64, probes.Failed, probes.Unexpected, nil},
		{"a program that eats memory", `exec tail /dev/zero`, 64, probes.Degraded, probes.Unexpected,
			[]string{"expected exit status 0, got 1: tail: memory exhausted; it took ", " of the 64 MiB of memory that each of its processes may take"}},
		{"a child that eats memory", `tail /dev/zero || exit 2`, 64, probes.Failed, probes.Unexpected,
			[]string{"got 2: tail: memory exhausted; it took ", " of the 64 MiB of memory"}},
		{"a program that dies of it", `exec 2>/dev/null; tail /dev/zero || kill -SEGV $$`, 64, probes.Unknown, probes.Internal,
			[]string{"the program did not end by itself: signal: segmentation fault", " of the 64 MiB of memory"}},
		{"a failure that needs little", `exit 2`, 64, probes.Failed, probes.Unexpected, []string{"expected exit status 0, got 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			noLeak(t)
			settings := &Exec{Command: script(t, c.body), Memory: c.memory}
			expectVerdict(t, check(t, checker(t, settings), 20*time.Second), c.outcome, c.reason, c.details...)
		})
	}
}

func TestExecThatIsNoProgram(t *testing.T) {
	noLeak(t)
	path := script(t, "")
	if err := os.WriteFile(path, []byte("\x7fELF nonsense"), 0o700); err != nil {
		t.Fatal(err)
	}
	expectVerdict(t, check(t, checker(t, &Exec{Command: path}), 10*time.Second), probes.Unknown, probes.Internal,
		"the program cannot be started: exec format error")
}
