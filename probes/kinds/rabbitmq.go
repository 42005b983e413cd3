package kinds

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"

	"candor/probes"
)

// RabbitMQ sends a message through a broker and compares its queues, memory and disk with limits.
// It has a URL or a Management or both, or Nodes; only Management tells of memory, disk and unacknowledged messages.
type RabbitMQ struct {
	URL        string               `yaml:"url"`        // amqp://user:password@host:5672/vhost, or amqps
	Management string               `yaml:"management"` // http://user:password@host:15672; without a user, that of url
	Nodes      []RabbitMQNode       `yaml:"nodes"`      // of one cluster, instead of url and management; each is looked at
	Vhost      string               `yaml:"vhost"`      // of the queues; by default that of url, or /
	TLS        ClientTLS            `yaml:"tls"`
	Canary     *bool                `yaml:"canary"` // send a message and receive it, through a queue of its own; true by default
	Queues     []RabbitMQQueue      `yaml:"queues"`
	DeadLetter []RabbitMQDeadLetter `yaml:"dead_letter"`
	Memory     float64              `yaml:"memory"` // share of a node's memory limit from which it is degraded, 0.8 by default
	Disk       float64              `yaml:"disk"`   // degraded when less than this many times the disk limit is free, 2 by default
}

// RabbitMQNode is one node of a cluster.
type RabbitMQNode struct {
	URL        string `yaml:"url"`
	Management string `yaml:"management"`
}

// RabbitMQQueue is a queue to watch; a limit of 0 is no limit.
type RabbitMQQueue struct {
	Name              string        `yaml:"name"`
	MaxReady          int           `yaml:"max_ready"`          // messages that nobody has taken; failed above
	WarnReady         int           `yaml:"warn_ready"`         // degraded above
	MaxUnacknowledged int           `yaml:"max_unacknowledged"` // messages taken but not acknowledged; degraded above; needs management
	MaxGrowth         float64       `yaml:"max_growth"`         // ready messages per second since the last run; degraded above
	MaxAge            time.Duration `yaml:"max_age"`            // of the oldest message, where the broker tells it; failed above; needs management
	WarnAge           time.Duration `yaml:"warn_age"`           // degraded above
	MinConsumers      int           `yaml:"min_consumers"`      // failed below
}

// RabbitMQDeadLetter is a queue for messages that could not be worked off: any message in it is degraded.
type RabbitMQDeadLetter struct {
	Name     string `yaml:"name"`
	MaxReady int    `yaml:"max_ready"` // failed above, 0 for no limit
}

// ClientTLS says how to judge a server's certificate.
type ClientTLS struct {
	CAFile             string `yaml:"ca_file"`     // PEM; trusted instead of the system's authorities
	ServerName         string `yaml:"server_name"` // expected in the certificate instead of the URL's host
	InsecureSkipVerify bool   `yaml:"insecure_skip_verify"`
}

func (t ClientTLS) config() (*tls.Config, error) {
	return HTTPTLS{CAFile: t.CAFile, ServerName: t.ServerName, InsecureSkipVerify: t.InsecureSkipVerify}.config()
}

const (
	defaultMemoryShare = 0.8
	defaultDiskFactor  = 2
	maxQueues          = 20 // a result has room for their measurements
)

// rabbitCheck looks at all nodes at the same time.
type rabbitCheck struct {
	peers      []*rabbitPeer
	queues     []RabbitMQQueue
	deadLetter []RabbitMQDeadLetter
	lenient    bool // AMQP is checked too: that no management API answers is no failure of the broker
	secrets    redactor
	growth     growth
}

// rabbitPeer is a node, with the ways to look at it.
type rabbitPeer struct {
	name   string            // host and port
	amqp   *rabbitAMQP       // nil when not wanted
	manage *rabbitManagement // nil when not wanted
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (r *RabbitMQ) Checker() (probes.Checker, error) {
	config, err := r.TLS.config()
	if err != nil {
		return nil, err
	}
	nodes := r.Nodes
	if len(nodes) == 0 {
		nodes = []RabbitMQNode{{r.URL, r.Management}}
	}
	if err := r.nodeProblem(nodes); err != nil {
		return nil, err
	}
	c := &rabbitCheck{queues: r.Queues, deadLetter: r.DeadLetter, growth: growth{last: map[string]queueSample{}}}
	vhost := r.Vhost
	for i, n := range nodes {
		peer, err := r.peer(n, &vhost, config)
		if wrong := (*FieldError)(nil); errors.As(err, &wrong) && len(r.Nodes) > 0 {
			err = &FieldError{fmt.Sprintf("nodes[%d].%s", i, wrong.Path), wrong.Problem}
		}
		if err != nil {
			return nil, err
		}
		if peer.amqp != nil {
			c.lenient = true
			c.secrets.hide(peer.amqp.uri.Password)
		}
		if peer.manage != nil {
			c.secrets.hide(peer.manage.password)
		}
		c.peers = append(c.peers, peer)
	}
	return c, r.queueProblem(slices.ContainsFunc(nodes, func(n RabbitMQNode) bool { return n.Management != "" }))
}

// nodeProblem is untyped so that no problem is a nil error.
func (r *RabbitMQ) nodeProblem(nodes []RabbitMQNode) error {
	managed := slices.ContainsFunc(nodes, func(n RabbitMQNode) bool { return n.Management != "" })
	switch {
	case len(r.Nodes) > 0 && (r.URL != "" || r.Management != ""):
		return &FieldError{"nodes", "leave url and management out, and name every node here"}
	case len(nodes) > maxNodes:
		return &FieldError{"nodes", fmt.Sprintf("at most %d nodes for a probe", maxNodes)}
	case !managed && (r.Memory != 0 || r.Disk != 0):
		return &FieldError{"management", "only the management API knows memory and disk; set it, or leave them out"}
	case !(r.Memory >= 0 && r.Memory <= 1):
		return &FieldError{"memory", "a share of the memory limit, more than 0 and at most 1"}
	case r.Disk != 0 && !(r.Disk >= 1):
		return &FieldError{"disk", "how many times the disk limit must be free, 1 or more"}
	}
	return nil
}

// peer makes the ways to look at a node. The first node decides on the virtual host when none is set.
func (r *RabbitMQ) peer(n RabbitMQNode, vhost *string, config *tls.Config) (*rabbitPeer, error) {
	if n.URL == "" && n.Management == "" {
		return nil, &FieldError{"url", "say where the broker is, for example amqp://user:password@host:5672/, or name its management"}
	}
	p := &rabbitPeer{}
	var user *url.Userinfo
	if n.URL != "" {
		uri, err := amqpURI(n.URL)
		if err != nil {
			return nil, err
		}
		if *vhost = cmp.Or(*vhost, uri.Vhost); uri.Vhost != *vhost {
			return nil, &FieldError{"url", "this names another virtual host; use one probe for each"}
		}
		user = url.UserPassword(uri.Username, uri.Password)
		p.name = net.JoinHostPort(uri.Host, strconv.Itoa(uri.Port))
		p.amqp = &rabbitAMQP{uri: uri, tls: config, canary: r.Canary == nil || *r.Canary, queues: r.queueNames()}
	}
	*vhost = cmp.Or(*vhost, "/")
	if n.Management != "" {
		m, err := r.management(n.Management, user, *vhost, config)
		if err != nil {
			return nil, err
		}
		p.manage, p.name = m, cmp.Or(p.name, m.base.Host)
	}
	return p, nil
}

// amqpURI never quotes what is wrong, because it may hold a password.
func amqpURI(raw string) (amqp.URI, error) {
	uri, err := amqp.ParseURI(raw)
	if u, parseErr := url.Parse(raw); err != nil || parseErr != nil || u.Hostname() == "" || uri.Port < 1 || uri.Port > 65535 {
		return uri, &FieldError{"url", "this is no AMQP URL; it should look like amqp://user:password@host:5672/vhost, " +
			"with special characters in the password written as %XX"}
	}
	return uri, nil
}

func (r *RabbitMQ) management(address string, user *url.Userinfo, vhost string, config *tls.Config) (*rabbitManagement, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, &FieldError{"management", "this is no web address; it should look like http://user:password@host:15672"}
	}
	if u.User != nil {
		user = u.User
	}
	if user == nil {
		return nil, &FieldError{"management", "put user and password into the address: http://user:password@host:15672"}
	}
	m := &rabbitManagement{vhost: vhost, tls: config, queues: r.queueNames(),
		memory: cmp.Or(r.Memory, defaultMemoryShare), disk: cmp.Or(r.Disk, defaultDiskFactor)}
	m.user = user.Username()
	m.password, _ = user.Password()
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	m.base = u
	return m, nil
}
