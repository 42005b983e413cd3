package app

import (
	"log/slog"
	"runtime"
	"syscall"
)

// giveWay gives the goroutine a thread of its own, of which others come first: it needs some ten milliseconds at a time, and
// probes are due meanwhile. Of a core that is full it still gets a quarter.
func giveWay() {
	runtime.LockOSThread()
	thread := syscall.Gettid()
	priority, err := syscall.Getpriority(syscall.PRIO_PROCESS, thread) // 20 less its niceness
	if err == nil {
		err = syscall.Setpriority(syscall.PRIO_PROCESS, thread, 20-priority+niceness)
	}
	if err != nil {
		slog.Warn("store results at a lower priority than probes run at", "error", err)
	}
}

// niceness is how much nicer the thread is than the process.
const niceness = 5
