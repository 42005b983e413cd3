package app

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

func TestLagIsLoggedOnceAMinute(t *testing.T) {
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	var out strings.Builder
	if err := SetLog(&out, "text"); err != nil {
		t.Fatal(err)
	}
	var l lag
	now := time.Date(2024, 5, 2, 10, 0, 0, 0, time.UTC)
	for range 90 {
		l.observe(probes.Result{Probe: "page"}, now)
		l.observe(probes.Result{Probe: "page", Skipped: 2}, now)
		now = now.Add(time.Second)
	}
	if n := strings.Count(out.String(), "runs are skipped"); n != 2 || !strings.Contains(out.String(), "skipped=120 probe=page") {
		t.Errorf("said %d times, want twice, the second time with what came between:\n%s", n, &out)
	}
}
