//go:build linux

package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	readers    = 50   // connections
	readRate   = 1000 // requests a second, of all of them
	readLength = 10 * time.Second
)

// BenchmarkReaders asks for the page a thousand times a second, on the second, while 500 probes run and store in the same
// process, which has one core; and once more while the page changes ten times a second.
func BenchmarkReaders(b *testing.B) {
	for _, how := range []string{"quiet", "probing", "changing"} {
		b.Run(how, func(b *testing.B) {
			server, said := startPinned(b, how)
			<-time.After(time.Second)
			for b.Loop() {
				took := readSteadily(b, strings.TrimPrefix(server.base, "http://"))
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1e3, "ms-p50")
				b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1e3, "ms-p99")
			}
			for how == "changing" && said.Scan() {
				var changes, renders float64
				if _, err := fmt.Sscanf(said.Text(), "changed %f %f", &changes, &renders); err == nil {
					b.ReportMetric(renders/changes, "renders/change")
					break
				}
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// readSteadily asks at fixed moments, and returns how long after its moment each answer was there: who has to wait for a
// connection waits as well.
func readSteadily(b *testing.B, address string) []time.Duration {
	var (
		mu      sync.Mutex
		all     []time.Duration
		reading sync.WaitGroup
	)
	begin := time.Now()
	for i := range readers {
		reading.Go(func() {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				b.Error(err)
				return
			}
			defer conn.Close()
			in := bufio.NewReader(conn)
			var took []time.Duration
			for at := time.Duration(i) * time.Second / readRate; at < readLength; at += readers * time.Second / readRate {
				time.Sleep(time.Until(begin.Add(at)))
				if err := readPage(conn, in); err != nil {
					b.Error(err)
					return
				}
				took = append(took, time.Since(begin.Add(at)))
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
		})
	}
	reading.Wait()
	if len(all) == 0 {
		b.Fatal("nothing was read")
	}
	return all
}

// readPage reads the page once on a connection that is open.
func readPage(conn net.Conn, in *bufio.Reader) error {
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: status.example.com\r\nAccept-Encoding: gzip\r\n\r\n"); err != nil {
		return err
	}
	resp, err := http.ReadResponse(in, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}
