//go:build unix

package web

import (
	"errors"
	"net"
	"runtime"
	"syscall"
	"time"
)

// socket is a viewer on a bare connection. It holds no goroutine, timer or buffer.
type socket struct {
	conn *net.TCPConn
	raw  syscall.RawConn
}

func newSocket(conn net.Conn) viewer {
	if c, ok := conn.(*connection); ok {
		conn = c.Conn
	}
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return patient{conn}
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return patient{conn}
	}
	tcp.SetWriteBuffer(8 << 10) // of the kernel: a reader who has so much unread is too slow
	if runtime.GOOS == "linux" {
		// A reader who vanished without a word is noticed after a minute instead of a quarter of an hour.
		const userTimeout = 0x12 // TCP_USER_TIMEOUT
		raw.Control(func(fd uintptr) {
			syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, userTimeout, int(time.Minute.Milliseconds()))
		})
	}
	return &socket{tcp, raw}
}

func (s *socket) write(text []byte) bool {
	n := 0
	err := s.raw.Write(func(fd uintptr) bool {
		n, _ = syscall.Write(int(fd), text)
		return true // never wait: the connection's buffer takes it, or the reader is too slow
	})
	if err != nil || n < len(text) {
		s.conn.SetLinger(0) // nobody reads what is still in the kernel's buffer
		return false
	}
	return true
}

// gone reads what the other side sent, which is nothing or the end.
func (s *socket) gone() bool {
	gone := false
	err := s.raw.Read(func(fd uintptr) bool {
		var b [64]byte
		n, err := syscall.Read(int(fd), b[:])
		gone = n == 0 && err == nil || err != nil && !errors.Is(err, syscall.EAGAIN) && !errors.Is(err, syscall.EINTR)
		return true
	})
	return gone || err != nil
}

func (s *socket) close() { s.conn.Close() }

// filesFor returns how many connections may stay open without taking the last files from everybody else.
func filesFor() int {
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return UsualViewers
	}
	return int(min(uint64(files.Cur)/4*3, 1<<30))
}
