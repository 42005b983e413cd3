package app

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestTune(t *testing.T) {
	cores := runtime.GOMAXPROCS(1)
	percent := debug.SetGCPercent(100)
	t.Cleanup(func() { runtime.GOMAXPROCS(cores); debug.SetGCPercent(percent) })
	for _, c := range []struct {
		env            string
		cores, percent int
	}{{"", threads, 200}, {"1", 1, 100}} {
		runtime.GOMAXPROCS(1)
		debug.SetGCPercent(100)
		t.Setenv("GOMAXPROCS", c.env)
		t.Setenv("GOGC", c.env)
		tune()
		if got := runtime.GOMAXPROCS(0); got != c.cores {
			t.Errorf("with GOMAXPROCS=%q it runs on %d threads, want %d", c.env, got, c.cores)
		}
		if got := debug.SetGCPercent(100); got != c.percent {
			t.Errorf("with GOGC=%q it collects at %d %%, want %d %%", c.env, got, c.percent)
		}
	}
}
