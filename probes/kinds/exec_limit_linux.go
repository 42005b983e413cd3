package kinds

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

const (
	canLimitMemory = true

	// limitedName is what this program is called when it only sets a limit and lets another program take its place:
	// so the limit holds from the other's first instruction on, and for its children.
	limitedName = "candor-exec-limited"

	limitedReport = 3 // descriptor of a pipe that tells why the other did not start; it closes when it does
)

// init and not main, because every program that links this kind is started so, also one of tests.
func init() {
	if len(os.Args) > 2 && os.Args[0] == limitedName {
		err := becomeLimited(os.Args[1], os.Args[2:])
		syscall.Write(limitedReport, []byte(err.Error()))
		os.Exit(1)
	}
}

// becomeLimited returns only when the program cannot be started.
func becomeLimited(limit string, command []string) error {
	syscall.CloseOnExec(limitedReport)
	bytes, err := strconv.ParseUint(limit, 10, 64)
	if err != nil {
		return err
	}
	// What is only reserved does not count, as it would with RLIMIT_AS: Go, Java and JavaScript reserve gigabytes.
	var now syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_DATA, &now); err != nil {
		return err
	}
	bytes = min(bytes, now.Max)
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: bytes, Max: bytes}); err != nil {
		return err
	}
	return syscall.Exec(command[0], command, os.Environ())
}

// memoryLimit bounds the memory of each process of a program.
type memoryLimit struct{ ours, theirs *os.File }

// limitMemory changes how a program will be started.
func limitMemory(cmd *exec.Cmd, bytes int64) (l memoryLimit, err error) {
	if l.ours, l.theirs, err = os.Pipe(); err != nil {
		return l, err
	}
	cmd.Args = append([]string{limitedName, strconv.FormatInt(bytes, 10)}, cmd.Args...)
	cmd.Path, cmd.ExtraFiles = "/proc/self/exe", []*os.File{l.theirs}
	return l, nil
}

// started is called after the start, whether it went well or not.
func (l memoryLimit) started() { l.theirs.Close() }

// refused tells, after the end, why the program was not started; it returns nil when it was.
func (l memoryLimit) refused() error {
	defer l.ours.Close()
	text, err := io.ReadAll(io.LimitReader(l.ours, 1<<10))
	if err == nil && len(text) > 0 {
		err = errors.New(string(text))
	}
	return err
}

// memoryTaken is the most bytes that one process of a program had in memory.
func memoryTaken(state *os.ProcessState) int64 {
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		return int64(usage.Maxrss) << 10
	}
	return 0
}
