package probetest

import "syscall"

// attributes makes servers end with us, even when a test binary is killed and runs no clean-up.
func attributes() (*syscall.SysProcAttr, error) {
	cred, err := credential()
	return &syscall.SysProcAttr{Credential: cred, Pdeathsig: syscall.SIGKILL}, err
}
