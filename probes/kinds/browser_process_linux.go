package kinds

import (
	"os/exec"
	"syscall"
)

// endTogether makes Chromium end with this program, and all of its children with it.
func endTogether(cmd *exec.Cmd) {
	ownGroup(cmd)
	cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL
}
