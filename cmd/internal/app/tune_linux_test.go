package app

import (
	"runtime"
	"syscall"
	"testing"
)

func TestGiveWay(t *testing.T) {
	priority := func(thread int) int {
		p, err := syscall.Getpriority(syscall.PRIO_PROCESS, thread)
		if err != nil {
			t.Error(err)
		}
		return p
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	own := priority(syscall.Gettid())
	var before, after int
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // the thread ends with the goroutine
		before = priority(syscall.Gettid())
		giveWay()
		after = priority(syscall.Gettid())
	}()
	<-done
	if after != before-niceness {
		t.Errorf("it had priority %d and has %d, want %d less", before, after, niceness)
	}
	if got := priority(syscall.Gettid()); got != own {
		t.Errorf("another thread has priority %d, want %d as before", got, own)
	}
}
