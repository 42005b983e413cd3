//go:build linux

package web

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	crowd        = 10_000 // viewers, where so many files may be open
	crowdAddress = "CANDOR_CROWD_ADDRESS"
	crowdSize    = "CANDOR_CROWD_SIZE"
)

// BenchmarkViewers posts through the console while a crowd has the page open, on one core. The crowd is a process of its
// own, so that what is measured here is the server's: memory per viewer, and the time from the post to the last one told.
func BenchmarkViewers(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	h := lively(b, nil)
	responder := h.responder("ada")
	room := responder.declare("Studio is slow")
	n := min(crowd, filesAllowed(b)-500)
	heap, resident := memory(b)
	told := gather(b, h.address(), n)
	<-told
	h.eventually("everybody has a place", func() bool { return h.server.live.count() == n })
	fullHeap, fullResident := memory(b)
	var slowest, all time.Duration
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		responder.update(room, "investigating", fmt.Sprint("Still looking, ", i))
		took := (<-told).Sub(began)
		slowest, all = max(slowest, took), all+took
	}
	b.ReportMetric(float64(n), "viewers")
	b.ReportMetric(float64(fullHeap-heap)/float64(n), "heap-B/viewer")
	b.ReportMetric(float64(fullResident-resident)/float64(n), "rss-B/viewer")
	b.ReportMetric(float64(all.Milliseconds())/float64(b.N), "ms-to-last/op")
	b.ReportMetric(float64(slowest.Milliseconds()), "ms-to-last-max")
	b.ReportMetric(0, "ns/op") // includes reading the form
}

// filesAllowed raises the number of files that may be open as far as it goes, and returns it.
func filesAllowed(t testing.TB) int {
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		t.Fatal(err)
	}
	files.Cur = files.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		t.Fatal(err)
	}
	return int(min(files.Cur, 1<<20))
}

// memory returns the bytes in use on the heap and in stacks, and those the process holds of the machine's.
func memory(t testing.TB) (heap, resident int64) {
	runtime.GC()
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := bytes.Cut(status, []byte("VmRSS:"))
	kilobytes, err := strconv.ParseInt(strings.Fields(string(after))[0], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return int64(m.HeapInuse + m.StackInuse + m.OtherSys + m.MSpanInuse), kilobytes << 10
}

// gather starts a process that opens the page n times, and returns when each edition had reached all of them.
func gather(b *testing.B, address string, n int) <-chan time.Time {
	cmd := exec.Command(os.Args[0], "-test.run", "^TestCrowd$")
	cmd.Env = append(os.Environ(), crowdAddress+"="+address, crowdSize+"="+strconv.Itoa(n))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	told := make(chan time.Time)
	b.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	go func() {
		defer close(told)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if at, err := strconv.ParseInt(lines.Text(), 10, 64); err == nil {
				told <- time.Unix(0, at)
			}
		}
	}()
	return told
}

// TestCrowd is the process that BenchmarkViewers starts: it prints when all its readers have heard of an edition.
func TestCrowd(t *testing.T) {
	address := os.Getenv(crowdAddress)
	if address == "" {
		return
	}
	n, err := strconv.Atoi(os.Getenv(crowdSize))
	if err != nil {
		t.Fatal(err)
	}
	filesAllowed(t)
	heard := make(chan string, n)
	for i := range n {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatalf("reader %d: %v", i, err)
		}
		fmt.Fprintf(conn, "GET /events HTTP/1.1\r\nHost: status.example.com\r\n\r\n")
		go listenOn(conn, heard)
		if i%100 == 99 {
			time.Sleep(10 * time.Millisecond) // a crowd comes within seconds, not at once
		}
	}
	for count := map[string]int{}; ; {
		edition := <-heard
		if edition == "" {
			t.Fatal("a reader was dropped")
		}
		if count[edition]++; count[edition] == n {
			fmt.Println(time.Now().UnixNano())
		}
	}
}

// listenOn passes on the name of each edition once, and nothing when the connection ends.
func listenOn(conn net.Conn, heard chan<- string) {
	last := ""
	for lines := bufio.NewReaderSize(conn, 256); ; {
		line, err := lines.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			if !errors.Is(err, io.EOF) {
				fmt.Fprintln(os.Stderr, err)
			}
			heard <- ""
			return
		}
		if id, ok := bytes.CutPrefix(line, []byte("id: ")); ok && string(id) != last {
			last = string(id)
			heard <- strings.TrimSpace(last)
		}
	}
}
