package app

import (
	"log/slog"
	"sync"
	"time"

	"candor/probes"
)

// lagEvery is how long the log says nothing more of skipped runs.
const lagEvery = time.Minute

// lag says in the log that runs of probes are skipped.
type lag struct {
	mu      sync.Mutex
	skipped int       // since the log said so
	quiet   time.Time // until then
}

func (l *lag) observe(r probes.Result, now time.Time) {
	if r.Skipped == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.skipped += r.Skipped
	if now.Before(l.quiet) {
		return
	}
	slog.Warn("this machine cannot keep up with the probes, runs are skipped", "skipped", l.skipped, "probe", r.Probe)
	l.skipped, l.quiet = 0, now.Add(lagEvery)
}
