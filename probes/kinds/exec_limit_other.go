//go:build !linux

package kinds

import (
	"os"
	"os/exec"
)

const canLimitMemory = false

// memoryLimit bounds nothing here.
type memoryLimit struct{}

func limitMemory(*exec.Cmd, int64) (memoryLimit, error) { return memoryLimit{}, nil }

func (memoryLimit) started() {}

func (memoryLimit) refused() error { return nil }

func memoryTaken(*os.ProcessState) int64 { return 0 }
