package storetest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// asProcess makes a test binary start a server, tell its address, and stay.
const asProcess = "CANDOR_STORETEST_PROCESS"

func TestMain(m *testing.M) {
	if os.Getenv(asProcess) != "" {
		s, err := running()
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(s.dsn("postgres"))
		<-s.ended
		return
	}
	Main(m)
}

// A test that panics or is killed must leave neither a server nor its folder behind.
func TestServerEndsWithItsProcess(t *testing.T) {
	folder, err := os.MkdirTemp("", "candor-storetest-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	if err := os.Chmod(folder, 0o777); err != nil { // the server may run as another user
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), asProcess+"=1", "TMPDIR="+folder)
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	killed := cmd.Process.Kill()
	_ = cmd.Wait() // killed
	dsn := strings.TrimSpace(line)
	if err != nil || killed != nil || !strings.HasPrefix(dsn, "postgres://") {
		t.Fatalf("the other process said %q (%v, %v)", line, err, killed)
	}
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		conn, err := pgx.Connect(t.Context(), dsn)
		if err == nil {
			_ = conn.Close(t.Context())
		} else if len(entries) == 0 {
			return
		}
		if time.Since(start) > 30*time.Second {
			t.Fatalf("the server answers: %v; its folder still holds %v", err == nil, entries)
		}
	}
}

func TestDatabasesAreFreshAndEnd(t *testing.T) {
	var dsn string
	t.Run("one test", func(t *testing.T) {
		dsn = PostgreSQL(t)
		if dsn == PostgreSQL(t) {
			t.Error("one database for two")
		}
	})
	conn, err := pgx.Connect(context.Background(), dsn)
	if err == nil {
		t.Error("the database outlived its test", conn.Close(context.Background()))
	}
}

func TestServerThatCannotStartSaysWhy(t *testing.T) {
	s, err := running()
	if err != nil {
		t.Fatal(err)
	}
	bin, err := programs(debian)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := startOn(bin, s.port); err == nil {
		second.stop()
		t.Error("two servers on one port")
	} else if !strings.Contains(err.Error(), "could not bind") {
		t.Error(err)
	}
}

func TestMissingPrograms(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := programs(t.TempDir()); err == nil || !strings.Contains(err.Error(), "apt-get install postgresql") {
		t.Errorf("got %v, want what to install", err)
	}
}
