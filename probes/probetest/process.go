package probetest

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// process is a program that we started and will end by its own id.
type process struct {
	cmd   *exec.Cmd
	out   string        // file with what it printed
	ended chan struct{} // closed when it is gone
}

// start runs a program in dir with nothing in its environment but env.
func start(dir string, env []string, path string, args ...string) (*process, error) {
	attributes, err := attributes()
	if err != nil {
		return nil, err
	}
	out, err := os.Create(filepath.Join(dir, filepath.Base(path)+".out"))
	if err != nil {
		return nil, err
	}
	defer out.Close()
	p := &process{cmd: exec.Command(path, args...), out: out.Name(), ended: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env, p.cmd.SysProcAttr = dir, env, attributes
	p.cmd.Stdout, p.cmd.Stderr = out, out
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		p.cmd.Wait() // how it ended is in its output
		close(p.ended)
	}()
	return p, nil
}

// kill ends the process at once and waits until it is gone; nil and an ended one are fine.
func (p *process) kill() {
	if p == nil {
		return
	}
	p.cmd.Process.Kill() // fails only when it has ended already
	<-p.ended
}

// output returns the beginning and the end of what the process printed.
func (p *process) output() string {
	const part = 2000
	text, err := os.ReadFile(p.out)
	if err != nil {
		return err.Error()
	}
	if len(text) <= 2*part {
		return string(text)
	}
	return string(text[:part]) + "\n…\n" + string(text[len(text)-part:])
}

// credential is the user that servers run as: rabbitmq when we are root, nil for our own.
func credential() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	uid, gid, err := lookUp("rabbitmq")
	return &syscall.Credential{Uid: uid, Gid: gid}, err
}
