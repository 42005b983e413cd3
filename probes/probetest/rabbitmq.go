// Package probetest starts real servers for tests and benchmarks, each with its own ports and data.
package probetest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// startLimit is how long a node may take to answer; it takes 6 s on an idle machine.
const startLimit = 120 * time.Second

// Broker is a RabbitMQ node of its own with the management plugin, on loopback ports that nobody else uses.
// Its user is guest with password guest, its virtual host "/". It shares nothing with a system-wide broker.
type Broker struct {
	dir     string // data, logs and settings; removed by Stop
	scripts string // folder of the rabbitmq-server and rabbitmqctl scripts
	amqp    int    // ports
	manage  int
	env     []string
	peer    *Broker // whose cluster it joined; nil when it began one
	epmd    *process
	node    *process
}

// RabbitMQ starts a broker for one test and stops it when the test ends.
// Each config is a line for rabbitmq.conf, such as "collect_statistics_interval = 1000" (default 5000 ms).
// It fails the test when the broker is not installed or does not come up.
func RabbitMQ(t testing.TB, config ...string) *Broker {
	t.Helper()
	b, err := StartRabbitMQ("", config...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Stop)
	return b
}

// StartRabbitMQ is for TestMain and benchmarks: the caller stops the broker.
// The node keeps its files in a new folder inside dir, or inside the system's temporary folder when dir is empty.
// As root it runs as the user rabbitmq, who must be able to reach dir.
func StartRabbitMQ(dir string, config ...string) (*Broker, error) {
	scripts, err := scriptsFolder()
	if err != nil {
		return nil, err
	}
	if dir, err = os.MkdirTemp(dir, "rabbitmq-"); err != nil {
		return nil, err
	}
	b := &Broker{dir: dir, scripts: scripts}
	if err := b.prepare(config); err != nil {
		b.Stop()
		return nil, fmt.Errorf("prepare rabbitmq in %s: %w", dir, err)
	}
	if err := b.Start(); err != nil {
		b.Stop()
		return nil, err
	}
	return b, nil
}

// Join starts another node in the broker's cluster, for one test. When the test ends, the node does, and the cluster forgets it.
func (b *Broker) Join(t testing.TB, config ...string) *Broker {
	t.Helper()
	dir, err := os.MkdirTemp(b.dir, "node-")
	if err != nil {
		t.Fatal(err)
	}
	joined := &Broker{dir: dir, scripts: b.scripts, peer: b}
	t.Cleanup(func() {
		joined.Stop()
		if _, err := b.control("forget_cluster_node", joined.Node()); err != nil {
			t.Error(err)
		}
	})
	config = append(config, "cluster_formation.peer_discovery_backend = classic_config", "cluster_formation.classic_config.nodes.1 = "+b.Node())
	if err := joined.prepare(config); err != nil {
		t.Fatal(err)
	}
	if err := joined.Start(); err != nil {
		t.Fatal(err)
	}
	return joined
}

// Node returns the name that the node has in its cluster, such as candor12345@localhost.
func (b *Broker) Node() string { return "candor" + b.port(amqpPort) + "@localhost" }

// AMQP returns the broker's address with credentials: amqp://guest:guest@127.0.0.1:PORT/.
func (b *Broker) AMQP() string {
	return fmt.Sprintf("amqp://%s:%s@%s/", b.User(), b.Password(), b.AMQPAddr())
}

// Management returns the address of the management API with credentials: http://guest:guest@127.0.0.1:PORT.
func (b *Broker) Management() string {
	return fmt.Sprintf("http://%s:%s@127.0.0.1:%d", b.User(), b.Password(), b.manage)
}

// AMQPAddr returns host and port of the AMQP listener.
func (b *Broker) AMQPAddr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(b.amqp)) }

// User returns the name to sign in with.
func (b *Broker) User() string { return "guest" }

// Password returns the password to sign in with.
func (b *Broker) Password() string { return "guest" }

// Start starts the node again after Kill, on the same ports and data, and returns when it answers.
// Durable queues and their persistent messages are back then, though a busy node may have lost a queue that was declared
// seconds before: it can confirm one before its log holds it. Limits that were set are forgotten.
func (b *Broker) Start() (err error) {
	if b.epmd == nil && b.peer == nil {
		if b.epmd, err = start(b.dir, b.env, epmdPath(), "-address", "127.0.0.1", "-port", b.port(epmdPort)); err != nil {
			return fmt.Errorf("start epmd: %w", err)
		}
	}
	if b.node, err = start(b.dir, b.env, filepath.Join(b.scripts, "rabbitmq-server")); err != nil {
		return fmt.Errorf("start rabbitmq-server: %w", err)
	}
	deadline := time.Now().Add(startLimit)
	for !b.answers() {
		select {
		case <-b.node.ended:
			return fmt.Errorf("rabbitmq-server ended early: %s", b.node.output())
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("rabbitmq-server gave no answer in %s: %s", startLimit, b.node.output())
		}
	}
	return nil
}

// Kill ends the node at once, as a crash does, and returns when it is gone.
func (b *Broker) Kill() { b.node.kill() }

// Stop ends the node and everything that was started for it, and removes its data. More than once does no harm.
func (b *Broker) Stop() {
	b.node.kill()
	b.epmd.kill()
	os.RemoveAll(b.dir)
}

// answers says whether both listeners work; the management API comes first.
func (b *Broker) answers() bool {
	client := &http.Client{Timeout: 5 * time.Second}
	resp, err := client.Get(b.Management() + "/api/overview")
	if err != nil {
		return false
	}
	io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	resp.Body.Close()
	client.CloseIdleConnections()
	conn, err := net.DialTimeout("tcp", b.AMQPAddr(), time.Second)
	if err != nil {
		return false
	}
	conn.Close()
	return resp.StatusCode == http.StatusOK
}

// Offsets of a broker's ports from its first one.
const (
	amqpPort = iota
	managePort
	distPort
	epmdPort
	portCount
)

func (b *Broker) port(offset int) string { return strconv.Itoa(b.amqp + offset) }

func (b *Broker) prepare(config []string) error {
	first, err := freePorts(portCount)
	if err != nil {
		return err
	}
	b.amqp, b.manage = first+amqpPort, first+managePort
	conf := bytes.NewBufferString("listeners.tcp.default = 127.0.0.1:" + b.port(amqpPort) +
		"\nmanagement.tcp.ip = 127.0.0.1\nmanagement.tcp.port = " + b.port(managePort) + defaults)
	for _, line := range config {
		fmt.Fprintln(conf, line)
	}
	b.env = b.environment()
	return errors.Join(
		os.WriteFile(b.path("rabbitmq.conf"), conf.Bytes(), 0o644),
		os.WriteFile(b.path("enabled_plugins"), []byte("[rabbitmq_management].\n"), 0o644),
		handOver(b.dir),
	)
}

func (b *Broker) path(name string) string { return filepath.Join(b.dir, name) }

func (b *Broker) environment() []string {
	first := cmp.Or(b.peer, b)
	return []string{
		"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + first.dir, // the cluster's cookie lies there
		"RABBITMQ_NODENAME=" + b.Node(),
		"RABBITMQ_MNESIA_BASE=" + b.path("mnesia"), "RABBITMQ_LOG_BASE=" + b.path("log"),
		"RABBITMQ_CONFIG_FILE=" + b.path("rabbitmq.conf"), "RABBITMQ_CONF_ENV_FILE=/dev/null",
		"RABBITMQ_ENABLED_PLUGINS_FILE=" + b.path("enabled_plugins"),
		"RABBITMQ_DIST_PORT=" + b.port(distPort),
		"ERL_EPMD_PORT=" + first.port(epmdPort), "ERL_EPMD_ADDRESS=127.0.0.1",
		`RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +S 2:2`,
		"RABBITMQ_CTL_ERL_ARGS=+S 1:1", "ERL_CRASH_DUMP_BYTES=0",
		"detached=true", // the start script then becomes the node instead of its parent
	}
}

// scriptsFolder finds the server's own scripts, because Debian's in /usr/sbin serve the system's broker only.
func scriptsFolder() (string, error) {
	places, _ := filepath.Glob("/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin")
	if path, err := exec.LookPath("rabbitmq-server"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			places = append(places, filepath.Dir(path))
		}
	}
	for _, dir := range slices.Backward(places) {
		if _, err := os.Stat(filepath.Join(dir, "rabbitmq-defaults")); err == nil && epmdPath() != "" {
			return dir, nil
		}
	}
	return "", errors.New("rabbitmq-server is not installed and this needs a real one: apt-get install rabbitmq-server")
}

func epmdPath() string {
	if path, err := exec.LookPath("epmd"); err == nil {
		return path
	}
	places, _ := filepath.Glob("/usr/lib/erlang/erts-*/bin/epmd")
	return append(places, "")[0]
}

// freePorts finds n neighbouring free ports, below those that the system gives to outgoing connections.
func freePorts(n int) (first int, err error) {
	for range 100 {
		first = 10000 + rand.IntN(20000)
		if err = tryPorts(first, n); err == nil {
			return first, nil
		}
	}
	return 0, err
}

func tryPorts(first, n int) error {
	for port := first; port < first+n; port++ {
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			return err
		}
		defer l.Close()
	}
	return nil
}

// handOver gives the data folder to the user rabbitmq when we are root; otherwise the node runs as we do.
func handOver(dir string) error {
	cred, err := credential()
	if err != nil || cred == nil {
		return err
	}
	return filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, int(cred.Uid), int(cred.Gid))
	})
}

func lookUp(name string) (uid, gid uint32, err error) {
	u, err := user.Lookup(name)
	if err != nil {
		return 0, 0, err
	}
	id, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return 0, 0, err
	}
	group, err := strconv.ParseUint(u.Gid, 10, 32)
	return uint32(id), uint32(group), err
}
