package sim

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

func startNATS(t *testing.T, maxBytes int64) *NATS {
	t.Helper()
	q, err := NewNATS(NATSOptions{Dir: t.TempDir(), MaxBytes: maxBytes})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(q.Close)
	return q
}

// within gives a test ten seconds.
func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// eventually waits until ok, up to 20 s.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 20 s: %s", what)
		}
	}
}

// consuming takes messages in the background and counts them.
func consuming(t *testing.T, q Queue) (taken *atomic.Int64, stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	taken = new(atomic.Int64)
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := q.Consume(ctx, func([]byte) error { taken.Add(1); return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("consume ended with %v, want canceled", err)
		}
	})
	stop = func() { cancel(); wg.Wait() }
	t.Cleanup(stop)
	return taken, stop
}

func TestNATSKeepsWhatIsNotConsumed(t *testing.T) {
	q, ctx := startNATS(t, 0), within(t)
	taken, stop := consuming(t, q)
	if err := q.Publish(ctx, []byte("a")); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the message is taken and acknowledged", func() bool {
		d, err := q.Depth(ctx)
		return err == nil && taken.Load() == 1 && d.Messages == 0
	})
	stop()
	for range 3 {
		if err := q.Publish(ctx, []byte("b")); err != nil {
			t.Fatal(err)
		}
	}
	if d, err := q.Depth(ctx); err != nil || d.Messages != 3 {
		t.Fatalf("got depth %+v, %v; want 3 messages", d, err)
	}
	taken, _ = consuming(t, q)
	eventually(t, "the backlog is worked off", func() bool { return taken.Load() == 3 })
}

func TestNATSRefusesWhenFullUntilPurged(t *testing.T) {
	q, ctx := startNATS(t, 64<<10), within(t)
	var err error
	for range 100 {
		if err = q.Publish(ctx, make([]byte, 4<<10)); err != nil {
			break
		}
	}
	if err == nil {
		t.Fatal("a stream of 64 KiB took 400 KiB")
	}
	client, err := nats.Connect(q.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	js, err := jetstream.New(client)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.Publish(ctx, Canary, make([]byte, 4<<10)); err == nil {
		t.Fatal("a full stream took a canary")
	}
	if err := q.Purge(ctx); err != nil {
		t.Fatal(err)
	}
	if err := q.Publish(ctx, make([]byte, 4<<10)); err != nil {
		t.Fatalf("after the purge: %v", err)
	}
}

func TestNATSCanaryIsNotForTheWorkerAndGoesByItself(t *testing.T) {
	q, ctx := startNATS(t, 0), within(t)
	taken, _ := consuming(t, q)
	client, err := nats.Connect(q.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	js, err := jetstream.New(client)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.Publish(ctx, Canary, nil, jetstream.WithMsgTTL(time.Second)); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the canary of a killed probe is gone", func() bool {
		d, err := q.Depth(ctx)
		return err == nil && d.Messages == 0
	})
	if taken.Load() != 0 {
		t.Error("the worker took the canary")
	}
}

func TestNATSRefusesConnections(t *testing.T) {
	q, ctx := startNATS(t, 0), within(t)
	taken, _ := consuming(t, q)
	if err := q.Publish(ctx, nil); err != nil {
		t.Fatal(err)
	}
	open, err := net.Dial("tcp", q.gate.address)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()

	q.Refuse(true)
	if _, err := net.Dial("tcp", q.gate.address); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("dial while refusing: got %v, want connection refused", err)
	}
	_ = open.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.Copy(io.Discard, open); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("an open connection outlived the refusal")
	}
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := q.Publish(short, nil); err == nil {
		t.Error("publish worked while connections were refused")
	}
	if _, err := q.Depth(ctx); err != nil {
		t.Errorf("depth while refusing: %v", err)
	}

	q.Refuse(false)
	eventually(t, "publish works again", func() bool {
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		return q.Publish(short, nil) == nil
	})
	eventually(t, "the worker is back", func() bool { return taken.Load() >= 2 })
}

func TestNATSSaysWhyItDoesNotStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if _, err := NewNATS(NATSOptions{Dir: t.TempDir(), Address: taken.Addr().String()}); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("got %v, want address in use", err)
	}
}
