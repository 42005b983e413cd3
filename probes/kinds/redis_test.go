package kinds

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"math"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"candor/probes"
)

// serverOfOurs starts a server that listens on a port of its own, and ends it with the test.
func serverOfOurs(t *testing.T, name string, arguments func(port string) []string) (address string) {
	t.Helper()
	program, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("these tests need %s, which is in a Debian package of this name: %v", name, err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = free.Addr().String()
	free.Close()
	_, port, _ := net.SplitHostPort(address)
	cmd := exec.Command(program, arguments(port)...)
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if t.Failed() {
			t.Log(log.String())
		}
	})
	until(t, name, func() bool {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	return address
}

// redisServer starts a server of its own with more options, which ends with the test.
func redisServer(t *testing.T, options ...string) (address string, client *redis.Client) {
	t.Helper()
	address = serverOfOurs(t, "redis-server", func(port string) []string {
		return append([]string{"--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", t.TempDir()}, options...)
	})
	client = redis.NewClient(&redis.Options{Addr: address})
	t.Cleanup(func() { client.Close() })
	return address, client
}

func do(t *testing.T, client *redis.Client, commands ...string) {
	t.Helper()
	for _, command := range commands {
		args := []any{}
		for _, word := range strings.Fields(command) {
			args = append(args, word)
		}
		if err := client.Do(t.Context(), args...).Err(); err != nil {
			t.Fatalf("%s: %v", command, err)
		}
	}
}

func TestRedis(t *testing.T) {
	address, client := redisServer(t, "--maxmemory", "100mb", "--maxmemory-policy", "noeviction")
	do(t, client, "RPUSH jobs a b c", "SADD names a b", "XADD events * a b", "ZADD late 1 a", "HSET fields a b", "SET word hunter2",
		"ACL SETUSER candor on >hunter2 ~* +@all", "ACL SETUSER reader on >hunter2 ~jobs +@read +ping +info")
	at := func(user string) string { return "redis://" + user + address }
	queue := func(key string, most, warn int64) []RedisQueue { return []RedisQueue{{key, most, warn}} }
	off := new(bool) // false
	for _, c := range []struct {
		name     string
		settings Redis
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"all is well", Redis{URL: at("")}, probes.OK, "", ""},
		{"a user", Redis{URL: at("candor:hunter2@") + "/3"}, probes.OK, "", ""},
		{"a wrong password", Redis{URL: at("candor:hunter22@")}, probes.Failed, probes.AuthFailed, "sign in: Redis answered WRONGPASS"},
		{"a user who may not write", Redis{URL: at("reader:hunter2@")}, probes.Failed, probes.AuthFailed, "canary: Redis answered NOPERM"},
		{"a user who need not write", Redis{URL: at("reader:hunter2@"), Canary: off, Queues: queue("jobs", 3, 0)}, probes.OK, "", ""},
		{"no such database", Redis{URL: at("") + "/99"}, probes.Failed, probes.Unexpected, "sign in: Redis answered ERR DB index is out of range"},
		{"a list within its limits", Redis{URL: at(""), Queues: queue("jobs", 4, 3)}, probes.OK, "", ""},
		{"a list over its limit", Redis{URL: at(""), Queues: queue("jobs", 2, 1)}, probes.Failed, probes.Backlog, "jobs has 3 entries; at most 2 expected"},
		{"a list over its first limit", Redis{URL: at(""), Queues: queue("jobs", 3, 2)}, probes.Degraded, probes.Backlog, "jobs has 3 entries; at most 2 expected"},
		{"a set", Redis{URL: at(""), Queues: queue("names", 0, 1)}, probes.Degraded, probes.Backlog, "names has 2 entries"},
		{"a stream, a sorted set, a hash and nothing", Redis{URL: at(""), Queues: []RedisQueue{{"events", 1, 0}, {"late", 1, 0}, {"fields", 1, 0}, {"none", 1, 0}}}, probes.OK, "", ""},
		{"a word", Redis{URL: at(""), Queues: queue("word", 1, 0)}, probes.Failed, probes.Unexpected, "expected word to be a list, stream, set or hash, got a string"},
		{"memory", Redis{URL: at(""), Memory: 0.001}, probes.Degraded, probes.NearLimit, "expected less than 0 % of the memory to be used, got 1 %"},
		{"too slow", Redis{URL: at(""), Latency: 1}, probes.Degraded, probes.Slow, "expected all within 1ns"},
		{"nobody", Redis{URL: "redis://" + nobody(t)}, probes.Failed, probes.Refused, "refused"},
		{"mute", Redis{URL: "redis://" + mute(t)}, probes.Failed, probes.TimedOut, "no complete answer at sign in within"},
		{"another protocol", Redis{URL: "redis://" + says(t, "SSH-2.0-OpenSSH_9.2\r\n", 1)}, probes.Failed, probes.Unexpected, "sign in: "},
		{"no end", Redis{URL: "redis://" + says(t, "+"+strings.Repeat("x", 1<<16), 1e6)}, probes.Failed, probes.TooLarge, "more than 4194304 bytes"},
		{"room for nothing", Redis{URL: "redis://" + says(t, "$99999999999\r\n", 1)}, probes.Failed, probes.TooLarge, "more than 4194304 bytes"},
		{"no TLS", Redis{URL: "rediss://" + address}, probes.Failed, probes.TimedOut, "no complete answer at TLS handshake within"},
	} {
		t.Run(c.name, func(t *testing.T) {
			noLeak(t)
			r := check(t, checker(t, &c.settings), unanswered)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if m, ok := figureOf(r, "memory"); c.outcome == probes.OK && (!ok || m.Value <= 0 || m.Unit != "bytes" || m.Limit <= 0) {
				t.Errorf("got %+v", r.Measurements)
			}
		})
	}
	if left, err := client.Keys(t.Context(), "candor:*").Result(); err != nil || len(left) != 0 {
		t.Errorf("the check left %v, %v", left, err)
	}
}

func TestRedisThatRefusesWrites(t *testing.T) {
	address, client := redisServer(t)
	c := checker(t, &Redis{URL: "redis://" + address})
	do(t, client, "CONFIG SET maxmemory 1")
	expectVerdict(t, check(t, c, unanswered), probes.Failed, probes.Blocked, "canary: Redis answered OOM", "of the memory to be used")
	do(t, client, "CONFIG SET maxmemory 0", "CONFIG SET min-replicas-to-write 1")
	expectVerdict(t, check(t, c, unanswered), probes.Failed, probes.Blocked, "NOREPLICAS")
	host, port, _ := net.SplitHostPort(nobody(t))
	do(t, client, "CONFIG SET min-replicas-to-write 0", fmt.Sprintf("REPLICAOF %s %s", host, port))
	expectVerdict(t, check(t, c, unanswered), probes.Failed, probes.Blocked, "READONLY", "the replica has lost the connection to its primary")
	do(t, client, "REPLICAOF NO ONE")
	expectVerdict(t, check(t, c, unanswered), probes.OK, "")
}

func TestRedisHalfOpen(t *testing.T) {
	address, _ := redisServer(t)
	for word, stage := range map[string]string{"ping": "sign in", "info": "state", "type": "length of jobs", "candor:canary": "canary"} {
		settings := Redis{Queues: []RedisQueue{{Key: "jobs"}}}
		t.Run("silent at "+stage, func(t *testing.T) {
			noLeak(t)
			settings.URL = "redis://" + trap(t, address, word, func(_, _ net.Conn) {})
			expectVerdict(t, check(t, checker(t, &settings), unanswered), probes.Failed, probes.TimedOut, "no complete answer at "+stage+" within")
		})
		t.Run("cut at "+stage, func(t *testing.T) {
			noLeak(t)
			settings.URL = "redis://" + trap(t, address, word, func(client, server net.Conn) {
				client.Close()
				server.Close()
			})
			expectVerdict(t, check(t, checker(t, &settings), 20*time.Second), probes.Failed, probes.Unexpected, stage+": the connection was ")
		})
	}
}

func TestRedisOverTLS(t *testing.T) {
	address, _ := redisServer(t)
	cert, file := certificates(t, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	secure := listen(t, func(conn net.Conn) {
		client := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}})
		defer client.Close()
		server, err := net.Dial("tcp", address)
		if err != nil {
			return
		}
		defer server.Close()
		go io.Copy(server, client)
		io.Copy(client, server)
	})
	trusting := Redis{URL: "rediss://" + secure, TLS: ClientTLS{CAFile: file}}
	r := check(t, checker(t, &trusting), unanswered)
	expectVerdict(t, r, probes.OK, "")
	if _, ok := figureOf(r, "certificate_days_left"); !ok {
		t.Errorf("got %+v", r.Measurements)
	}
	expectVerdict(t, check(t, checker(t, &Redis{URL: "rediss://" + secure}), unanswered), probes.Failed, probes.Certificate, "unknown authority")
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	expectVerdict(t, checker(t, &Redis{URL: "redis://" + mute(t)}).Check(ctx), probes.Unknown, probes.Internal, "interrupted")
}

func TestRedisSettings(t *testing.T) {
	const at = "redis://u:hunter2@redis:6379/0"
	wrongField(t, &Redis{URL: at, Memory: 1, Queues: []RedisQueue{{"jobs", 2, 1}, {"mails", 0, 1}}}, "")
	for _, wrong := range []string{"", "redis:6379", "redis://", "http://u:hunter2@redis", at + "x", "redis://redis/-1", at + "?timeout=3"} {
		wrongField(t, &Redis{URL: wrong}, "url")
	}
	wrongField(t, &Redis{URL: at, TLS: ClientTLS{InsecureSkipVerify: true}}, "tls")
	wrongField(t, &Redis{URL: "rediss://redis", TLS: ClientTLS{CAFile: "/nowhere.pem"}}, "tls.ca_file")
	wrongField(t, &Redis{URL: at, Memory: 1.5}, "memory")
	wrongField(t, &Redis{URL: at, Memory: math.NaN()}, "memory")
	wrongField(t, &Redis{URL: at, Queues: []RedisQueue{{}}}, "queues[0].key")
	wrongField(t, &Redis{URL: at, Queues: []RedisQueue{{"a", -1, 0}}}, "queues[0].max_length")
	wrongField(t, &Redis{URL: at, Queues: []RedisQueue{{"a", 1, 1}}}, "queues[0].warn_length")
	wrongField(t, &Redis{URL: at, Queues: make([]RedisQueue, 21)}, "queues")
	wrongField(t, &Redis{URL: at, Latency: -1}, "latency")
}
