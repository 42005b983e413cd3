package app

import (
	"os"
	"runtime"
	"runtime/debug"
)

// threads is how many run Go's code on one core.
const threads = 8

// tune sets what Go leaves to the environment, unless that says otherwise.
func tune() {
	// Who waits for one of Go's threads waits until another gives way, 10 ms at worst: for what stores, renders or collects.
	// The kernel shares the core between threads sooner.
	if os.Getenv("GOMAXPROCS") == "" && runtime.GOMAXPROCS(0) == 1 {
		runtime.GOMAXPROCS(threads)
	}
	// Collecting costs the same however much is found, and delays what is due: with half as much memory again it is
	// needed half as often.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}
