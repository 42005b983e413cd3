package kinds

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/url"
	"sync"

	amqp "github.com/rabbitmq/amqp091-go"

	"candor/probes"
)

// RabbitMQ sends a message through a broker and compares its queues, memory and disk with limits.
// At least one of URL and Management is set; only Management tells of memory, disk and unacknowledged messages.
type RabbitMQ struct {
	URL        string          `yaml:"url"`        // amqp://user:password@host:5672/vhost, or amqps
	Management string          `yaml:"management"` // http://user:password@host:15672; without a user, that of url
	Vhost      string          `yaml:"vhost"`      // of the queues; by default that of url, or /
	TLS        ClientTLS       `yaml:"tls"`
	Canary     *bool           `yaml:"canary"` // send a message and receive it, through a queue of its own; true by default
	Queues     []RabbitMQQueue `yaml:"queues"`
	Memory     float64         `yaml:"memory"` // share of a node's memory limit from which it is degraded, 0.8 by default
	Disk       float64         `yaml:"disk"`   // degraded when less than this many times the disk limit is free, 2 by default
}

// RabbitMQQueue is a queue to watch; a limit of 0 is no limit.
type RabbitMQQueue struct {
	Name              string  `yaml:"name"`
	MaxReady          int     `yaml:"max_ready"`          // messages that nobody has taken; failed above
	WarnReady         int     `yaml:"warn_ready"`         // degraded above
	MaxUnacknowledged int     `yaml:"max_unacknowledged"` // messages taken but not acknowledged; degraded above; needs management
	MaxGrowth         float64 `yaml:"max_growth"`         // ready messages per second since the last run; degraded above
	MinConsumers      int     `yaml:"min_consumers"`      // failed below
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

// rabbitCheck looks at one broker, over AMQP and over its management API at the same time.
type rabbitCheck struct {
	amqp    *rabbitAMQP       // nil when not wanted
	manage  *rabbitManagement // nil when not wanted
	queues  []RabbitMQQueue
	secrets redactor
	growth  growth
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (r *RabbitMQ) Checker() (probes.Checker, error) {
	if r.URL == "" && r.Management == "" {
		return nil, &FieldError{"url", "say where the broker is, for example amqp://user:password@host:5672/, or name its management"}
	}
	if r.Management == "" && (r.Memory != 0 || r.Disk != 0) {
		return nil, &FieldError{"management", "only the management API knows memory and disk; set it, or leave them out"}
	}
	config, err := r.TLS.config()
	if err != nil {
		return nil, err
	}
	c := &rabbitCheck{queues: r.Queues, growth: growth{last: map[string]queueSample{}}}
	vhost := "/"
	var user *url.Userinfo
	if r.URL != "" {
		uri, err := amqpURI(r.URL)
		if err != nil {
			return nil, err
		}
		vhost, user = uri.Vhost, url.UserPassword(uri.Username, uri.Password)
		c.amqp = &rabbitAMQP{uri: uri, tls: config, canary: r.Canary == nil || *r.Canary, queues: queueNames(r.Queues)}
		c.secrets.hide(uri.Password)
	}
	if r.Vhost != "" {
		vhost = r.Vhost
	}
	if c.amqp != nil && c.amqp.uri.Vhost != vhost {
		return nil, &FieldError{"vhost", "url names another virtual host; use one probe for each"}
	}
	if r.Management != "" {
		if c.manage, err = r.management(user, vhost, config); err != nil {
			return nil, err
		}
		c.manage.lenient = c.amqp != nil
		c.secrets.hide(c.manage.password)
	}
	return c, r.queueProblem()
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

func (r *RabbitMQ) management(user *url.Userinfo, vhost string, config *tls.Config) (*rabbitManagement, error) {
	u, err := url.Parse(r.Management)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, &FieldError{"management", "this is no web address; it should look like http://user:password@host:15672"}
	}
	if u.User != nil {
		user = u.User
	}
	if user == nil {
		return nil, &FieldError{"management", "put user and password into the address: http://user:password@host:15672"}
	}
	m := &rabbitManagement{vhost: vhost, tls: config, queues: queueNames(r.Queues), memory: r.Memory, disk: r.Disk}
	m.user = user.Username()
	m.password, _ = user.Password()
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	m.base = u
	if m.memory == 0 {
		m.memory = defaultMemoryShare
	}
	if !(m.memory > 0 && m.memory <= 1) {
		return nil, &FieldError{"memory", "a share of the memory limit, more than 0 and at most 1"}
	}
	if m.disk == 0 {
		m.disk = defaultDiskFactor
	}
	if !(m.disk >= 1) {
		return nil, &FieldError{"disk", "how many times the disk limit must be free, 1 or more"}
	}
	return m, nil
}

// queueProblem is untyped so that no problem is a nil error.
func (r *RabbitMQ) queueProblem() error {
	if len(r.Queues) > maxQueues {
		return &FieldError{"queues", fmt.Sprintf("at most %d queues for a probe", maxQueues)}
	}
	seen := map[string]bool{}
	for i, q := range r.Queues {
		fail := func(field, problem string) error { return &FieldError{fmt.Sprintf("queues[%d].%s", i, field), problem} }
		switch {
		case q.Name == "" || len(q.Name) > 255: // a short string of AMQP
			return fail("name", "name the queue, in at most 255 bytes")
		case seen[q.Name]:
			return fail("name", "this queue is named twice")
		case q.MaxReady < 0:
			return fail("max_ready", "a number of messages, 0 for no limit")
		case q.WarnReady < 0 || q.MaxReady > 0 && q.WarnReady >= q.MaxReady:
			return fail("warn_ready", "a number of messages below max_ready, 0 for no limit")
		case q.MaxUnacknowledged < 0:
			return fail("max_unacknowledged", "a number of messages, 0 for no limit")
		case q.MaxUnacknowledged > 0 && r.Management == "":
			return fail("max_unacknowledged", "only the management API knows this number; set management too")
		case !(q.MaxGrowth >= 0):
			return fail("max_growth", "messages per second, 0 for no limit")
		case q.MinConsumers < 0:
			return fail("min_consumers", "a number of consumers, 0 for no limit")
		}
		seen[q.Name] = true
	}
	return nil
}

func queueNames(queues []RabbitMQQueue) []string {
	names := make([]string, len(queues))
	for i, q := range queues {
		names[i] = q.Name
	}
	return names
}

// report is what one of the ways to look at a broker brought.
type report struct {
	findings     findings
	steps        []probes.Step
	measurements []probes.Measurement
	queues       map[string]queueSample
	cert         certificateEnd
}

// Check looks at the broker on fresh connections and returns when both ways have ended.
func (c *rabbitCheck) Check(ctx context.Context) probes.Result {
	var overAMQP, overHTTP report
	var wg sync.WaitGroup
	if c.amqp != nil {
		wg.Go(func() { overAMQP = c.amqp.look(ctx) })
	}
	if c.manage != nil {
		wg.Go(func() { overHTTP = c.manage.look(ctx) })
	}
	wg.Wait()
	result := probes.Result{
		Steps:        append(overAMQP.steps, overHTTP.steps...),
		Measurements: overHTTP.measurements,
	}
	overAMQP.cert.earliest(overHTTP.cert.cert)
	result.Measurements = append(result.Measurements, overAMQP.cert.measurements()...)
	found := append(overAMQP.findings, overHTTP.findings...)
	for _, q := range c.queues {
		sample, ok := merge(overAMQP.queues, overHTTP.queues, q.Name)
		if !ok {
			continue
		}
		result.Measurements = append(result.Measurements, c.growth.judge(q, sample, &found)...)
	}
	found.verdict(&result)
	result.Detail = c.secrets.clean(result.Detail)
	if result.Outcome.Bad() {
		result.Evidence = []probes.Evidence{c.secrets.numbers("the broker's numbers", result)}
	}
	return result
}
