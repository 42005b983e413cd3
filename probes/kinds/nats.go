package kinds

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync"

	"candor/probes"
)

// NATS looks at a NATS server, and at a JetStream stream and its consumers.
type NATS struct {
	URL          string         `yaml:"url"` // nats://host:4222, or tls; user and password may stand in it
	User         string         `yaml:"user"`
	Password     string         `yaml:"password"`
	Token        string         `yaml:"token"`
	CredsFile    string         `yaml:"creds_file"`
	TLS          ClientTLS      `yaml:"tls"`
	Stream       string         `yaml:"stream"`
	MaxMessages  int            `yaml:"max_messages"`  // in the stream; failed above, 0 for no limit
	WarnMessages int            `yaml:"warn_messages"` // degraded above
	Storage      float64        `yaml:"storage"`       // share of the stream's own limits from which it is degraded, 0.8 by default
	Consumers    []NATSConsumer `yaml:"consumers"`
	// Canary is a subject that no consumer takes. A message is stored in the stream under it and removed again;
	// without a stream it is sent and received.
	Canary string `yaml:"canary"`
}

// NATSConsumer is a consumer of the stream to watch; a limit of 0 is no limit.
type NATSConsumer struct {
	Name              string `yaml:"name"`
	MaxPending        int    `yaml:"max_pending"`        // messages not yet delivered to it; failed above
	WarnPending       int    `yaml:"warn_pending"`       // degraded above
	MaxUnacknowledged int    `yaml:"max_unacknowledged"` // messages delivered and not acknowledged; degraded above
	MustListen        bool   `yaml:"must_listen"`        // failed when nobody waits for messages and none were taken since the last run
}

const defaultStorageShare = 0.8

// natsCheck looks at one server.
type natsCheck struct {
	NATS
	host    string      // and port
	tls     *tls.Config // nil when the server decides
	secrets redactor
	mu      sync.Mutex
	taken   map[string]uint64 // deliveries by consumer at the last run; a restart forgets it harmlessly
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (n *NATS) Checker() (probes.Checker, error) {
	u, err := url.Parse(n.URL)
	if err != nil || u.Scheme != "nats" && u.Scheme != "tls" || u.Hostname() == "" {
		return nil, &FieldError{"url", "say where the server is, for example nats://127.0.0.1:4222"}
	}
	c := &natsCheck{NATS: *n, taken: map[string]uint64{}}
	c.host = net.JoinHostPort(u.Hostname(), u.Port())
	if u.Port() == "" {
		c.host = net.JoinHostPort(u.Hostname(), "4222")
	}
	if n.TLS != (ClientTLS{}) || u.Scheme == "tls" {
		if c.tls, err = n.TLS.config(); err != nil {
			return nil, err
		}
	}
	if err := c.signIn(u.User); err != nil {
		return nil, err
	}
	if err := n.streamProblem(); err != nil {
		return nil, err
	}
	if c.Storage == 0 {
		c.Storage = defaultStorageShare
	}
	return c, n.consumerProblem()
}

// signIn takes the credentials from wherever they stand: only one way may be used.
func (c *natsCheck) signIn(inURL *url.Userinfo) error {
	ways := 0
	for _, used := range []bool{inURL != nil, c.User != "" || c.Password != "", c.Token != "", c.CredsFile != ""} {
		if used {
			ways++
		}
	}
	switch {
	case ways > 1:
		return &FieldError{"url", "give one of: user and password, token, creds_file, or the user in the url"}
	case c.Password != "" && c.User == "":
		return &FieldError{"user", "name the user that the password belongs to"}
	case c.CredsFile != "":
		if _, err := readFile(c.CredsFile); err != nil {
			return &FieldError{"creds_file", "this file cannot be read: " + err.Error()}
		}
	case inURL != nil:
		password, both := inURL.Password()
		if both {
			c.User, c.Password = inURL.Username(), password
		} else {
			c.Token = inURL.Username()
		}
	}
	c.secrets.hide(c.Password, c.Token)
	return nil
}

// streamProblem is untyped so that no problem is a nil error.
func (n *NATS) streamProblem() error {
	switch {
	case n.Stream == "" && (n.MaxMessages != 0 || n.WarnMessages != 0 || n.Storage != 0 || len(n.Consumers) > 0):
		return &FieldError{"stream", "name the stream that the limits and consumers belong to"}
	case strings.ContainsAny(n.Stream, ".*> \t\r\n/\\"):
		return &FieldError{"stream", "a name without dots, wildcards, slashes and spaces"}
	case n.MaxMessages < 0:
		return &FieldError{"max_messages", "a number of messages, 0 for no limit"}
	case n.WarnMessages < 0 || n.MaxMessages > 0 && n.WarnMessages >= n.MaxMessages:
		return &FieldError{"warn_messages", "a number of messages below max_messages, 0 for no limit"}
	case !(n.Storage >= 0 && n.Storage <= 1):
		return &FieldError{"storage", "a share of the stream's own limits, more than 0 and at most 1"}
	case strings.ContainsAny(n.Canary, "*> \t\r\n") || strings.HasPrefix(n.Canary, "$"):
		return &FieldError{"canary", "a subject without wildcards and spaces, such as candor.canary"}
	}
	return nil
}

func (n *NATS) consumerProblem() error {
	if len(n.Consumers) > maxQueues {
		return &FieldError{"consumers", fmt.Sprintf("at most %d consumers for a probe", maxQueues)}
	}
	seen := map[string]bool{}
	for i, c := range n.Consumers {
		fail := func(field, problem string) error {
			return &FieldError{fmt.Sprintf("consumers[%d].%s", i, field), problem}
		}
		switch {
		case c.Name == "" || strings.ContainsAny(c.Name, ".*> \t\r\n/\\"):
			return fail("name", "name the consumer, without dots, wildcards, slashes and spaces")
		case seen[c.Name]:
			return fail("name", "this consumer is named twice")
		case c.MaxPending < 0:
			return fail("max_pending", "a number of messages, 0 for no limit")
		case c.WarnPending < 0 || c.MaxPending > 0 && c.WarnPending >= c.MaxPending:
			return fail("warn_pending", "a number of messages below max_pending, 0 for no limit")
		case c.MaxUnacknowledged < 0:
			return fail("max_unacknowledged", "a number of messages, 0 for no limit")
		}
		seen[c.Name] = true
	}
	return nil
}
