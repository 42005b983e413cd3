package app

import (
	"os"
	"runtime"
	"runtime/debug"
)

// tune sets what Go leaves to the environment, unless that says otherwise.
func tune() {
	// With one thread, Go looks at the network only when nothing else can run, or after 10 ms, and at timers not while it
	// collects: a page that is rendered holds up each reader. The kernel shares the core between two threads sooner.
	// Within a container's limit, Go takes two at the least as well.
	if os.Getenv("GOMAXPROCS") == "" && runtime.GOMAXPROCS(0) == 1 {
		runtime.GOMAXPROCS(2)
	}
	// Collecting costs the same however much is found, and delays what is due: with half as much memory again it is
	// needed half as often.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}
