package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

// stub is a server that costs little: it answers /N with two letters and notes when target N was asked.
type stub struct {
	testing.TB
	url   string
	fails func(target int) fate

	mu    sync.Mutex
	asked map[int][]time.Time
}

// fate is what a target does with a request.
type fate int

const (
	answers fate = iota
	breaks       // answers 500
	hangs        // never answers
)

var bodies = map[fate][]byte{
	answers: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"),
	breaks:  []byte("HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nno"),
}

// newStub starts a stub; fails says what becomes of a request, and may be nil.
func newStub(b *testing.B, fails func(target int) fate) *stub {
	b.Helper()
	if fails == nil {
		fails = func(int) fate { return answers }
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := &stub{TB: b, url: "http://" + l.Addr().String(), fails: fails, asked: map[int][]time.Time{}}
	b.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(conn)
		}
	}()
	return s
}

// serve answers the requests of a connection until the client closes it.
func (s *stub) serve(conn net.Conn) {
	defer conn.Close()
	r := bufio.NewReaderSize(conn, 1024)
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return
		}
		path, _, _ := bytes.Cut(bytes.TrimPrefix(line, []byte("GET /")), []byte(" "))
		target, err := strconv.Atoi(string(path))
		if err != nil {
			return
		}
		s.mu.Lock()
		s.asked[target] = append(s.asked[target], time.Now())
		s.mu.Unlock()
		for len(line) > 2 { // the rest of the head
			if line, err = r.ReadSlice('\n'); err != nil {
				return
			}
		}
		what := s.fails(target)
		if what == hangs {
			_, _ = r.ReadByte() // until the client gives up
			return
		}
		if _, err := conn.Write(bodies[what]); err != nil {
			return
		}
	}
}

// visits forgets and returns when each target was asked.
func (s *stub) visits() visits {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = make(map[int][]time.Time, len(asked))
	return asked
}

// visits are the times at which targets were asked.
type visits map[int][]time.Time

func (v visits) count() (n int) {
	for _, times := range v {
		n += len(times)
	}
	return n
}

// lateness returns, sorted, how much later than its schedule each visit came. A target's schedule is the grid of the
// interval on which no visit is early.
func (v visits) lateness(interval time.Duration) []time.Duration {
	var all []time.Duration
	for _, times := range v {
		var off []time.Duration
		for _, t := range times {
			since := t.Sub(times[0])
			off = append(off, since-since.Round(interval))
		}
		earliest := slices.Min(off)
		for _, o := range off {
			all = append(all, o-earliest)
		}
	}
	slices.Sort(all)
	return all
}

// quantile returns the time that a part of the sorted times does not exceed; 0 when there are none.
func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

// millis writes a time in milliseconds, as "1.2".
func millis(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) }
