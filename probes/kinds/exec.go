package kinds

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// Exec runs a program and takes its verdict: the exit status as Nagios plugins use it (0 ok, 1 degraded, 2 failed,
// 3 unknown, any other failed), or a last line of JSON, which then decides alone.
type Exec struct {
	Command string            `yaml:"command"` // a program; there is no shell
	Args    []string          `yaml:"args"`
	Env     map[string]string `yaml:"env"`     // beside PATH, HOME, LANG and TZ all that the program gets; never shown
	Dir     string            `yaml:"dir"`     // where it runs; by default where Candor runs
	Memory  int64             `yaml:"memory"`  // MiB that each of its processes may take, 1024 by default; only on Linux
	Latency time.Duration     `yaml:"latency"` // of the whole run; degraded above
}

const (
	defaultMemory = 1024
	leastMemory   = 16                     // a shell needs a few
	maxOutput     = 256 << 10              // bytes that are kept of standard output; a program that writes more is ended
	lastWords     = 200 * time.Millisecond // for what still comes after a program's end, from children that hold its output
)

var inherited = []string{"PATH", "HOME", "LANG", "TZ"}

type execCheck struct {
	Exec
	path string
	env  []string
}

// execVerdict is what a program may say in its last line.
type execVerdict struct {
	Outcome      probes.Outcome       `json:"outcome"`
	Detail       string               `json:"detail"`
	Measurements []probes.Measurement `json:"measurements"`
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *Exec) Checker() (probes.Checker, error) {
	if s.Command == "" {
		return nil, &FieldError{"command", "name a program, for example /usr/local/lib/nagios/check_disk"}
	}
	c := &execCheck{Exec: *s}
	for _, name := range inherited {
		if value, ok := os.LookupEnv(name); ok && s.Env[name] == "" {
			c.env = append(c.env, name+"="+value)
		}
	}
	for _, name := range sortedKeys(s.Env) {
		if name == "" || strings.ContainsAny(name+s.Env[name], "\x00") || strings.Contains(name, "=") {
			return nil, &FieldError{key("env", name), "this cannot be a variable of the environment"}
		}
		c.env = append(c.env, name+"="+s.Env[name])
	}
	if strings.Contains(strings.Join(s.Args, ""), "\x00") {
		return nil, &FieldError{"args", "an argument cannot have a zero byte"}
	}
	if info, err := os.Stat(s.Dir); s.Dir != "" && (err != nil || !info.IsDir()) {
		return nil, &FieldError{"dir", "there is no such folder"}
	}
	if s.Memory != 0 && !canLimitMemory {
		return nil, &FieldError{"memory", "memory can be limited on Linux only; leave it out here"}
	}
	if c.Memory = cmp.Or(s.Memory, defaultMemory); c.Memory < leastMemory || c.Memory > 1<<20 {
		return nil, &FieldError{"memory", fmt.Sprintf("a number of MiB, at least %d", leastMemory)}
	}
	path, err := exec.LookPath(s.Command)
	if err == nil {
		c.path, err = filepath.Abs(path) // dir is where it runs, not where it lies
	}
	if err != nil {
		return nil, &FieldError{"command", "there is no such program that can be run; give its whole path"}
	}
	return c, latencyProblem(s.Latency)
}

// Check runs the program, and ends it with all its children when the time is over.
func (c *execCheck) Check(ctx context.Context) probes.Result {
	t := newTalk(append(slices.Collect(maps.Values(c.Env)), secretArgs(c.Args)...)...)
	t.begin("run")
	output := &boundedOutput{}
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	output.full = cancel
	cmd := exec.CommandContext(running, c.path, c.Args...)
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = c.env, c.Dir, output, &output.complaint, lastWords
	ownGroup(cmd)
	err, refused := c.run(cmd)
	t.end()
	c.judge(ctx, t, cmd, output, err, refused)
	return t.result(c.Latency, 0)
}

// run starts the program and waits for its end; refused tells why it did not start.
func (c *execCheck) run(cmd *exec.Cmd) (err, refused error) {
	limit, refused := limitMemory(cmd, c.Memory<<20)
	if refused != nil {
		return nil, refused
	}
	refused = cmd.Start()
	limit.started()
	if refused == nil {
		err = cmd.Wait()
		endGroup(cmd)
	}
	return err, cmp.Or(refused, limit.refused())
}

// secretArgs are the arguments that stand after or in one whose name says that it is secret.
func secretArgs(args []string) (secrets []string) {
	for i, arg := range args {
		name, value, both := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		switch {
		case !nameIsKey.MatchString(name):
		case both:
			secrets = append(secrets, value)
		case i+1 < len(args):
			secrets = append(secrets, args[i+1])
		}
	}
	return secrets
}

func (c *execCheck) judge(ctx context.Context, t *talk, cmd *exec.Cmd, output *boundedOutput, err, refused error) {
	var exit *exec.ExitError
	switch {
	case output.tooMuch:
		t.found.add(probes.Failed, probes.TooLarge, fmt.Sprintf("expected at most %d bytes of output, got more", maxOutput))
	case errors.Is(ctx.Err(), context.Canceled):
		t.found.add(probes.Unknown, probes.Internal, "interrupted")
	case ctx.Err() != nil:
		t.found.add(probes.Failed, probes.TimedOut, "expected the program to end within the time limit, but it went on"+said(t, output.last()))
	case refused != nil:
		t.found.add(probes.Unknown, probes.Internal, "the program cannot be started: "+innermost(refused))
	case errors.As(err, &exit) && exit.ExitCode() < 0:
		t.found.add(probes.Unknown, probes.Internal, "the program did not end by itself: "+exit.Error()+said(t, output.last())+c.hungry(cmd))
	default:
		c.verdict(t, cmd, output)
	}
}

// verdict is the program's own.
func (c *execCheck) verdict(t *talk, cmd *exec.Cmd, output *boundedOutput) {
	status := cmd.ProcessState.ExitCode()
	last := output.last()
	var own execVerdict
	if strings.HasPrefix(last, "{") && json.Unmarshal([]byte(last), &own) == nil && own.Outcome != "" {
		t.adopt(own)
		return
	}
	outcome, known := map[int]probes.Outcome{0: probes.OK, 1: probes.Degraded, 2: probes.Failed, 3: probes.Unknown}[status]
	if !known {
		outcome = probes.Failed
	}
	if outcome != probes.OK {
		first, _, _ := strings.Cut(strings.TrimSpace(output.kept.String()), "\n") // as Nagios shows it
		first = cmp.Or(first, output.complaint.last())
		t.found.add(outcome, probes.Unexpected, fmt.Sprintf("expected exit status 0, got %d%s%s", status, said(t, first), c.hungry(cmd)))
	}
}

// hungry says, with what stands before it in a sentence, that a program may have failed for want of memory.
func (c *execCheck) hungry(cmd *exec.Cmd) string {
	if taken := memoryTaken(cmd.ProcessState) >> 20; taken >= c.Memory/2 && canLimitMemory {
		return fmt.Sprintf("; it took %d of the %d MiB of memory that each of its processes may take", taken, c.Memory)
	}
	return ""
}

// adopt takes over what the program itself found.
func (t *talk) adopt(own execVerdict) {
	for _, m := range own.Measurements {
		if m.Name != "" && m.Name != "latency" {
			m.Name, m.Unit = t.tell.clean(m.Name), t.tell.clean(m.Unit)
			t.keep(m)
		}
	}
	switch own.Outcome {
	case probes.OK:
	case probes.Degraded, probes.Failed, probes.Unknown:
		t.found.add(own.Outcome, probes.Unexpected, "the program says "+string(own.Outcome)+said(t, own.Detail))
	default:
		t.found.add(probes.Unknown, probes.Internal, "the program's last line has an outcome other than ok, degraded, failed and unknown: "+
			t.tell.quote(string(own.Outcome)))
	}
}

// said shows a line of the output, with what stands before it in a sentence.
func said(t *talk, line string) string {
	if line = strings.TrimSpace(line); line == "" {
		return ""
	}
	return ": " + shorten(namedSecret.ReplaceAllString(t.tell.clean(line), "${1}***"))
}

// boundedOutput keeps the first bytes that a program writes.
type boundedOutput struct {
	kept    strings.Builder
	tooMuch bool
	full    func() // called when the program has written too much

	complaint complaint // what it wrote to the standard error
}

func (o *boundedOutput) Write(p []byte) (int, error) {
	o.kept.Write(p[:min(len(p), maxOutput-o.kept.Len())])
	if len(p) > 0 && o.kept.Len() == maxOutput {
		o.tooMuch = true
		o.full()
	}
	return len(p), nil
}

// last is the last line that is not empty.
func (o *boundedOutput) last() string {
	text := strings.TrimSpace(o.kept.String())
	return text[strings.LastIndexByte(text, '\n')+1:]
}

// complaint keeps the end of what a program writes to the standard error.
type complaint struct {
	kept []byte
	cut  bool
}

const maxComplaint = 4 << 10

func (c *complaint) Write(p []byte) (int, error) {
	c.kept = append(c.kept, p[max(0, len(p)-maxComplaint):]...)
	if more := len(c.kept) - maxComplaint; more > 0 || len(p) > maxComplaint {
		c.kept, c.cut = c.kept[max(0, more):], true
	}
	return len(p), nil
}

// last is the last line that is not empty and whose beginning is known, so that no half of a secret shows.
func (c *complaint) last() string {
	text := strings.TrimSpace(string(c.kept))
	i := strings.LastIndexByte(text, '\n')
	if c.cut && i < 0 {
		return ""
	}
	return text[i+1:]
}
