//go:build !linux

package app

// giveWay does nothing: only Linux gives the threads of a process priorities of their own.
func giveWay() {}
