//go:build !linux

package kinds

import "os/exec"

// endTogether makes the children of Chromium end with it; it ends with this program, when the pipe between them closes.
func endTogether(cmd *exec.Cmd) { ownGroup(cmd) }
