package kinds

import (
	"fmt"
	"net"
	"syscall"
	"testing"
	"time"

	"candor/probes"
)

// TestHTTPToAPortThatDropsPackets fills the queue of a listener that never accepts: the kernel then drops
// what arrives, as a firewall would.
func TestHTTPToAPortThatDropsPackets(t *testing.T) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Listen(fd, 0); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", name.(*syscall.SockaddrInet4).Port)
	for {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			break // full
		}
		t.Cleanup(func() { conn.Close() })
	}
	r := checkHTTP(t, 2*time.Second, "url: http://"+address)
	expectResult(t, r, probes.Failed, probes.Unreachable, "no connection to "+address+" within the time limit")
}
