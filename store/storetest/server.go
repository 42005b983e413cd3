package storetest

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	debian    = "/usr/lib/postgresql"
	startWait = 60 * time.Second // a busy machine
	ready     = "database system is ready to accept connections"
)

// guard makes a cluster, runs its server, and waits for the end of its input, which comes when the test process
// closes it or dies in whatever way. Then it stops the server and removes the folder.
const guard = `
trap '' INT HUP
exec 3<&0
bin=$1 dir=$2 port=$3
cd "$dir" || exit 1
if "$bin/initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >&2 </dev/null; then
	"$bin/postgres" -D data -p "$port" -h 127.0.0.1 -k '' -c lc_messages=C -c logging_collector=off \
		-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 </dev/null &
	server=$!
	( while read -r _; do :; done; kill -QUIT $server ) <&3 2>/dev/null &
	watcher=$!
	wait $server
	kill $watcher 2>/dev/null
fi
cd / && rm -rf "$dir"
`

// server is a running PostgreSQL.
type server struct {
	port  int
	input io.Closer // closing it ends the server
	ended chan struct{}
	made  atomic.Int64 // databases
}

// start starts a server. The port may be taken between finding and using it, so there is more than one try.
func start() (*server, error) {
	bin, err := programs(debian)
	if err != nil {
		return nil, err
	}
	var last error
	for range 3 {
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		s, err := startOn(bin, port)
		if err == nil {
			return s, nil
		}
		last = err
	}
	return nil, fmt.Errorf("start PostgreSQL for the tests: %w", last)
}

func startOn(bin string, port int) (*server, error) {
	dir, err := os.MkdirTemp("", "candor-postgresql-")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("/bin/sh", "-c", guard, "sh", bin, dir, strconv.Itoa(port))
	if err := lower(cmd, dir); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	input, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	log, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s := &server{port: port, input: input, ended: make(chan struct{})}
	up := make(chan error, 1)
	go func() {
		defer close(s.ended)
		follow(log, up)
		_ = cmd.Wait() // its log said what went wrong
	}()
	select {
	case err = <-up:
	case <-time.After(startWait):
		err = fmt.Errorf("it was not ready after %s", startWait)
	}
	if err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// follow reads the server's log to its end, and reports on up that the server is ready, or else what it said last.
func follow(log io.Reader, up chan<- error) {
	var last []string
	reported := false
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if last = append(last, lines.Text()); len(last) > 20 {
			last = last[1:]
		}
		if !reported && strings.Contains(lines.Text(), ready) {
			reported = true
			up <- nil
		}
	}
	if !reported {
		up <- fmt.Errorf("it ended: %s", strings.Join(last, "\n"))
	}
}

// stop ends the server and waits until its folder is gone.
func (s *server) stop() {
	_ = s.input.Close()
	<-s.ended
}

func (s *server) dsn(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", s.port, database)
}

func (s *server) create(ctx context.Context) (name string, err error) {
	name = fmt.Sprintf("test_%d", s.made.Add(1))
	return name, s.exec(ctx, `CREATE DATABASE `+name)
}

func (s *server) drop(name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startWait)
	defer cancel()
	return s.exec(ctx, `DROP DATABASE `+name+` WITH (FORCE)`)
}

func (s *server) exec(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// programs returns the folder of PostgreSQL's server programs: the newest of those that Debian keeps off the PATH,
// or one on the PATH.
func programs(versions string) (string, error) {
	folders, err := filepath.Glob(filepath.Join(versions, "*", "bin"))
	if err != nil {
		return "", err
	}
	slices.SortFunc(folders, func(a, b string) int { return cmp.Compare(version(b), version(a)) })
	folders = append(folders, filepath.SplitList(os.Getenv("PATH"))...)
	for _, folder := range folders {
		_, err1 := exec.LookPath(filepath.Join(folder, "initdb"))
		_, err2 := exec.LookPath(filepath.Join(folder, "postgres"))
		if err1 == nil && err2 == nil {
			return folder, nil
		}
	}
	return "", errors.New("the tests need PostgreSQL's server programs, initdb and postgres: on Debian install them with apt-get install postgresql, elsewhere put them on the PATH")
}

func version(bin string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	if err != nil {
		return 0
	}
	return n
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}
