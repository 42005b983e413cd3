package sim

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"
)

// gate is the address at which a server inside the process is reached. Shut, it is an address where nobody listens.
type gate struct {
	address string
	inside  func() (net.Conn, error) // connects to the server

	mu   sync.Mutex
	shut context.CancelFunc // nil while shut
	wg   sync.WaitGroup
}

// openGate listens at address, HOST:PORT, where port 0 chooses a free one that is then kept.
func openGate(address string, inside func() (net.Conn, error)) (*gate, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for the queue: %w", err)
	}
	g := &gate{address: listener.Addr().String(), inside: inside}
	g.serve(listener)
	return g, nil
}

// Open lets connections in again, as soon as the address can be had.
func (g *gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut == nil {
		g.serve(nil)
	}
}

// Shut cuts every connection. When it returns, nobody listens.
func (g *gate) Shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut != nil {
		g.shut()
		g.shut = nil
		g.wg.Wait()
	}
}

// serve accepts connections until the gate is shut; without a listener it first gets one.
func (g *gate) serve(listener net.Listener) {
	ctx, cancel := context.WithCancel(context.Background())
	g.shut = cancel
	g.wg.Go(func() {
		if listener == nil {
			if listener = g.listen(ctx); listener == nil {
				return
			}
		}
		g.accept(ctx, listener)
	})
}

// listen takes the address, and waits for it while somebody else has it; nil when ctx ended first.
func (g *gate) listen(ctx context.Context) net.Listener {
	for warned := false; ; warned = true {
		listener, err := net.Listen("tcp", g.address)
		if err == nil {
			return listener
		}
		if !warned {
			slog.Warn("the queue waits for its address", "address", g.address, "error", err)
		}
		if !pause(ctx, 200*time.Millisecond) {
			return nil
		}
	}
}

func (g *gate) accept(ctx context.Context, listener net.Listener) {
	g.wg.Go(func() { <-ctx.Done(); listener.Close() })
	for {
		outer, err := listener.Accept()
		if err == nil {
			g.wg.Go(func() { g.join(ctx, outer) })
		} else if !pause(ctx, 50*time.Millisecond) { // otherwise a passing trouble, such as too many open files
			return
		}
	}
}

// join passes bytes both ways until either side ends or the gate is shut.
func (g *gate) join(ctx context.Context, outer net.Conn) {
	defer outer.Close()
	inner, err := g.inside()
	if err != nil {
		return
	}
	defer inner.Close()
	cut := func() { outer.Close(); inner.Close() }
	defer context.AfterFunc(ctx, cut)()
	g.wg.Go(func() {
		defer cut()
		_, _ = io.Copy(inner, outer) // either end closing is the way it ends
	})
	_, _ = io.Copy(outer, inner)
}
