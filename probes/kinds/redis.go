package kinds

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"candor/probes"
)

// Redis signs in to a Redis server, looks at its memory and its lists, and stores a value and reads it back.
type Redis struct {
	URL     string        `yaml:"url"` // redis://user:password@host:6379/0, or rediss
	TLS     ClientTLS     `yaml:"tls"`
	Canary  *bool         `yaml:"canary"`  // store a value and read it back; true by default
	Memory  float64       `yaml:"memory"`  // share of maxmemory from which it is degraded, where nothing is evicted; 0.8 by default
	Queues  []RedisQueue  `yaml:"queues"`  // lists, streams, sets or hashes
	Latency time.Duration `yaml:"latency"` // of the whole run; degraded above
}

// RedisQueue is a key of which the length counts; a limit of 0 is no limit.
type RedisQueue struct {
	Key        string `yaml:"key"`
	MaxLength  int64  `yaml:"max_length"`  // failed above
	WarnLength int64  `yaml:"warn_length"` // degraded above
}

// redisCanaryLife is how long the stored value lives when it cannot be removed.
const redisCanaryLife = 10 * time.Second

type redisCheck struct {
	Redis
	address, user, password string
	db                      int
	tls                     *tls.Config // nil without TLS
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *Redis) Checker() (probes.Checker, error) {
	const example = "redis://user:password@redis.example.com:6379/0"
	u, err := serverURL(s.URL, example, "redis", "rediss")
	if err != nil {
		return nil, err
	}
	c := &redisCheck{Redis: *s, address: hostPortOf(u, "6379"), user: u.User.Username()}
	c.password, _ = u.User.Password()
	if u.RawQuery != "" {
		return nil, &FieldError{"url", "this address takes no parameters; it should look like " + example}
	}
	if path := strings.Trim(u.Path, "/"); path != "" {
		if c.db, err = strconv.Atoi(path); err != nil || c.db < 0 {
			return nil, &FieldError{"url", "after the host stands the number of a database, for example " + example}
		}
	}
	if u.Scheme == "rediss" {
		if c.tls, err = s.TLS.config(); err != nil {
			return nil, err
		}
		if c.tls.ServerName == "" {
			c.tls.ServerName = u.Hostname()
		}
	} else if s.TLS != (ClientTLS{}) {
		return nil, &FieldError{"tls", "there is no TLS with redis://; write rediss://"}
	}
	if c.Memory == 0 {
		c.Memory = defaultMemoryShare
	}
	if !(c.Memory > 0 && c.Memory <= 1) {
		return nil, &FieldError{"memory", "a share of maxmemory, more than 0 and at most 1"}
	}
	return c, s.queueProblem()
}

// hostPortOf is where a URL points, with the port that it need not name.
func hostPortOf(u *url.URL, port string) string {
	if u.Port() != "" {
		port = u.Port()
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// queueProblem is untyped so that no problem is a nil error.
func (s *Redis) queueProblem() error {
	if len(s.Queues) > maxQueues {
		return &FieldError{"queues", fmt.Sprintf("at most %d queues for a probe", maxQueues)}
	}
	for i, q := range s.Queues {
		path := fmt.Sprintf("queues[%d].", i)
		switch {
		case q.Key == "":
			return &FieldError{path + "key", "name the key"}
		case q.MaxLength < 0:
			return &FieldError{path + "max_length", "a number of entries, 0 for no limit"}
		case q.WarnLength < 0 || q.MaxLength > 0 && q.WarnLength >= q.MaxLength:
			return &FieldError{path + "warn_length", "a number of entries below max_length, 0 for no limit"}
		}
	}
	return latencyProblem(s.Latency)
}

// Check connects anew.
func (c *redisCheck) Check(ctx context.Context) probes.Result {
	t := newTalk(c.password)
	defer t.close()
	if err := c.run(ctx, t); err != nil {
		c.explain(ctx, t, err)
	}
	return t.result(c.Latency, 0)
}

func (c *redisCheck) run(ctx context.Context, t *talk) error {
	conn, err := t.dial(ctx, c.address)
	if err == nil && c.tls != nil {
		conn, err = t.handshake(ctx, conn, c.tls)
	}
	if err != nil {
		return err
	}
	t.begin("sign in")
	client := c.client(conn)
	defer client.Close()
	if err := client.Ping(ctx).Err(); err != nil {
		return err
	}
	t.begin("state")
	text, err := client.Info(ctx, "memory", "replication", "clients").Result()
	if err != nil {
		return err
	}
	c.judge(t, text)
	for _, q := range c.Queues {
		t.begin("length of " + short(q.Key))
		if err := q.look(ctx, t, client); err != nil {
			return err
		}
	}
	if c.Canary != nil && !*c.Canary {
		return nil
	}
	t.begin("canary")
	return canary(ctx, t, client)
}

// client speaks over one connection, and never makes another.
func (c *redisCheck) client(conn net.Conn) *redis.Client {
	var used atomic.Bool
	return redis.NewClient(&redis.Options{
		Addr: c.address, Username: c.user, Password: c.password, DB: c.db,
		Dialer: func(context.Context, string, string) (net.Conn, error) {
			if used.Swap(true) {
				return nil, net.ErrClosed
			}
			return &modestConn{Conn: conn}, nil
		},
		Protocol: 2, DisableIdentity: true, ContextTimeoutEnabled: true, ReadTimeout: -1, WriteTimeout: -1,
		PoolSize: 1, MaxRetries: -1, DialerRetries: 1,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	})
}

// modestConn refuses lengths of more than seven digits: the client would make room for what is only announced.
type modestConn struct {
	net.Conn
	inside bool // a line has begun
	digits int  // of a length so far; 0 when there is none
}

func (c *modestConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	for _, b := range p[:n] {
		switch {
		case !c.inside && strings.IndexByte("$*=!~%>", b) >= 0, c.digits > 0 && b >= '0' && b <= '9':
			c.digits++
		default:
			c.digits = 0
		}
		if c.inside = b != '\n'; c.digits > 8 {
			return 0, errTooMuch
		}
	}
	return n, err
}

// judge reads what INFO tells.
func (c *redisCheck) judge(t *talk, text string) {
	info := map[string]string{}
	for line := range strings.SplitSeq(text, "\n") {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			info[name] = value
		}
	}
	number := func(name string) float64 {
		v, _ := strconv.ParseFloat(info[name], 64)
		return v
	}
	used, most := number("used_memory"), number("maxmemory")
	t.measure("memory", used, "bytes", most*c.Memory)
	t.measure("clients", number("connected_clients"), "clients", number("maxclients"))
	if most > 0 && used >= most*c.Memory && info["maxmemory_policy"] == "noeviction" {
		t.found.add(probes.Degraded, probes.NearLimit, fmt.Sprintf("expected less than %.0f %% of the memory to be used, got %.0f %%",
			c.Memory*100, used/most*100))
	}
	if info["role"] == "slave" && info["master_link_status"] == "down" {
		t.found.add(probes.Degraded, probes.Unexpected, "the replica has lost the connection to its primary")
	}
}

// look counts the entries of a key; one that does not exist has none.
func (q RedisQueue) look(ctx context.Context, t *talk, client *redis.Client) error {
	kind, err := client.Type(ctx, q.Key).Result()
	if err != nil {
		return err
	}
	var length int64
	switch kind {
	case "list":
		length, err = client.LLen(ctx, q.Key).Result()
	case "stream":
		length, err = client.XLen(ctx, q.Key).Result()
	case "zset":
		length, err = client.ZCard(ctx, q.Key).Result()
	case "set":
		length, err = client.SCard(ctx, q.Key).Result()
	case "hash":
		length, err = client.HLen(ctx, q.Key).Result()
	case "none":
	default:
		t.found.add(probes.Failed, probes.Unexpected, fmt.Sprintf("expected %s to be a list, stream, set or hash, got a %s", short(q.Key), short(kind)))
		return nil
	}
	if err != nil {
		return err
	}
	limit, outcome := q.MaxLength, probes.Failed
	if limit == 0 || q.WarnLength > 0 && length <= limit {
		limit, outcome = q.WarnLength, probes.Degraded
	}
	t.measure(q.Key+".length", float64(length), "entries", float64(cmp.Or(q.WarnLength, q.MaxLength)))
	if limit > 0 && length > limit {
		t.found.add(outcome, probes.Backlog, fmt.Sprintf("%s has %d entries; at most %d expected", short(q.Key), length, limit))
	}
	return nil
}

// canary stores a value under a key of its own, reads it back and removes it.
func canary(ctx context.Context, t *talk, client *redis.Client) error {
	nonce := rand.Text()
	name := "candor:canary:" + nonce
	if err := client.Set(ctx, name, nonce, redisCanaryLife).Err(); err != nil {
		return err
	}
	got, err := client.Get(ctx, name).Result()
	if err == nil {
		err = client.Del(ctx, name).Err()
	}
	switch {
	case errors.Is(err, redis.Nil):
		t.found.add(probes.Failed, probes.Unexpected, "expected the stored value, but it is gone")
	case err == nil && got != nonce:
		t.found.add(probes.Failed, probes.Unexpected, "expected the stored value, got another")
	case err != nil:
		return err
	}
	return nil
}

// explain adds what ended the run; the server's own refusal tells most.
func (c *redisCheck) explain(ctx context.Context, t *talk, err error) {
	var refusal redis.Error
	if !errors.As(err, &refusal) || ctx.Err() != nil {
		t.fail(ctx, err)
		return
	}
	code, _, _ := strings.Cut(refusal.Error(), " ")
	reason := probes.Unexpected
	switch code {
	case "NOAUTH", "WRONGPASS", "NOPERM", "DENIED":
		reason = probes.AuthFailed
	case "OOM", "MISCONF", "READONLY", "NOREPLICAS":
		reason = probes.Blocked
	}
	t.found.add(probes.Failed, reason, fmt.Sprintf("%s: Redis answered %s", t.stage, shorten(scrub(t.tell.clean(refusal.Error())))))
}
