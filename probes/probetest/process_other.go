//go:build unix && !linux

package probetest

import "syscall"

func attributes() (*syscall.SysProcAttr, error) {
	cred, err := credential()
	return &syscall.SysProcAttr{Credential: cred}, err
}
