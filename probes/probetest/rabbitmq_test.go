package probetest

import (
	"context"
	"net"
	"os"
	"strings"
	"testing"
	"time"
)

func TestBrokerLife(t *testing.T) {
	dir := t.TempDir()
	reachable(t, dir)
	b, err := StartRabbitMQ(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Stop)
	if err := b.Declare("campaigns"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := b.Publish(ctx, "campaigns", 3, 100); err != nil {
		t.Fatal(err)
	}
	if out, err := b.control("eval", "mnesia:sync_log()."); err != nil || out != "ok\n" {
		t.Fatalf("the queue was not written to the disk: %s, %v", out, err)
	}
	b.Kill()
	if conn, err := net.Dial("tcp", b.AMQPAddr()); err == nil {
		conn.Close()
		t.Error("it still listens after Kill")
	}
	if err := b.Start(); err != nil {
		t.Fatal(err)
	}
	expectDepth(t, b, 3)
	if err := b.Purge("campaigns"); err != nil {
		t.Fatal(err)
	}
	expectDepth(t, b, 0)
	b.Stop()
	b.Stop()
	for _, port := range []int{amqpPort, managePort, distPort, epmdPort} {
		if conn, err := net.Dial("tcp", "127.0.0.1:"+b.port(port)); err == nil {
			conn.Close()
			t.Errorf("port %d still listens after Stop", port)
		}
	}
	expectEmpty(t, dir)
}

func TestBrokerThatDoesNotStart(t *testing.T) {
	dir := t.TempDir()
	reachable(t, dir)
	b, err := StartRabbitMQ(dir, "no_such_setting = 1")
	if err == nil {
		b.Stop()
		t.Fatal("it started with a setting that does not exist")
	}
	if !strings.Contains(err.Error(), "no_such_setting") {
		t.Errorf("the error does not tell why: %v", err)
	}
	expectEmpty(t, dir)
}

// reachable lets another user enter a test's folder.
func reachable(t *testing.T, dir string) {
	t.Helper()
	for range 2 {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		dir = dir[:strings.LastIndexByte(dir, '/')]
	}
}

func expectDepth(t *testing.T, b *Broker, want int) {
	t.Helper()
	if got, err := b.Depth("campaigns"); err != nil || got != want {
		t.Errorf("got %d messages, %v; want %d", got, err, want)
	}
}

func expectEmpty(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
