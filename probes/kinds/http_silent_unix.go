//go:build unix

package kinds

import (
	"errors"
	"net"
	"syscall"
)

// silent says that nothing came on a connection that nobody reads from: no data, no end and no error.
func silent(conn net.Conn) bool {
	raw, err := conn.(syscall.Conn).SyscallConn()
	if err != nil {
		return false
	}
	nothing := false
	err = raw.Read(func(fd uintptr) bool {
		_, _, err := syscall.Recvfrom(int(fd), make([]byte, 1), syscall.MSG_PEEK)
		nothing = errors.Is(err, syscall.EAGAIN)
		return true
	})
	return nothing && err == nil
}
