//go:build !unix

package web

import "net"

func newSocket(conn net.Conn) viewer { return patient{conn} }

func filesFor() int { return UsualViewers }
