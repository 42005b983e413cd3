package probes

import (
	"context"
	"runtime"
	"testing"
	"testing/synctest"
)

func TestWorkersWaitForMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w, before := newWorkers(), runtime.NumGoroutine()
		waiting := func() int {
			synctest.Wait()
			return runtime.NumGoroutine() - before
		}
		done := 0
		for range 100 {
			w.do(ctx, func() { done++ })
			synctest.Wait()
		}
		if done != 100 || waiting() != 1 {
			t.Errorf("after 100 things, one after another, %d are done and %d goroutines wait, want 1", done, waiting())
		}
		all := make(chan struct{})
		for range 1000 {
			w.do(ctx, func() { <-all })
		}
		if waiting() != 1000 {
			t.Errorf("%d of 1000 things at once are done by a goroutine each", waiting())
		}
		close(all)
		if waiting() != spare {
			t.Errorf("then %d goroutines wait, want %d", waiting(), spare)
		}
		if cancel(); waiting() != 0 {
			t.Errorf("at the end %d goroutines wait", waiting())
		}
	})
}
