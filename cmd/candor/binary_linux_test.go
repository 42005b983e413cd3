package main

import (
	"os/exec"
	"syscall"
)

// dieWithParent lets a started program not outlive a test that is killed.
func dieWithParent(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
