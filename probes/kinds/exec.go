package kinds

import (
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
	Latency time.Duration     `yaml:"latency"` // of the whole run; degraded above
}

const (
	maxOutput = 256 << 10              // bytes that are kept of standard output; a program that writes more is ended
	lastWords = 200 * time.Millisecond // for what still comes after a program's end, from children that hold its output
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
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.WaitDelay = c.env, c.Dir, output, lastWords
	ownGroup(cmd)
	err := cmd.Start()
	if err == nil {
		err = cmd.Wait()
		endGroup(cmd)
	}
	t.end()
	c.judge(ctx, t, cmd, output, err)
	return t.result(c.Latency, 0)
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

func (c *execCheck) judge(ctx context.Context, t *talk, cmd *exec.Cmd, output *boundedOutput, err error) {
	var exit *exec.ExitError
	switch {
	case output.tooMuch:
		t.found.add(probes.Failed, probes.TooLarge, fmt.Sprintf("expected at most %d bytes of output, got more", maxOutput))
	case errors.Is(ctx.Err(), context.Canceled):
		t.found.add(probes.Unknown, probes.Internal, "interrupted")
	case ctx.Err() != nil:
		t.found.add(probes.Failed, probes.TimedOut, "expected the program to end within the time limit, but it went on"+said(t, output.last()))
	case cmd.ProcessState == nil:
		t.found.add(probes.Unknown, probes.Internal, "the program cannot be started: "+innermost(err))
	case errors.As(err, &exit) && exit.ExitCode() < 0:
		t.found.add(probes.Unknown, probes.Internal, "the program was ended from outside: "+exit.Error()+said(t, output.last()))
	default:
		c.verdict(t, cmd.ProcessState.ExitCode(), output)
	}
}

// verdict is the program's own.
func (c *execCheck) verdict(t *talk, status int, output *boundedOutput) {
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
		t.found.add(outcome, probes.Unexpected, fmt.Sprintf("expected exit status 0, got %d%s", status, said(t, first)))
	}
}

// adopt takes over what the program itself found.
func (t *talk) adopt(own execVerdict) {
	for _, m := range own.Measurements {
		if m.Name != "" && m.Name != "latency" {
			t.measure(t.tell.clean(m.Name), m.Value, t.tell.clean(m.Unit), m.Limit)
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
