package kinds

import (
	"crypto/tls"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/sasl"
	saslplain "github.com/twmb/franz-go/pkg/sasl/plain"
	"github.com/twmb/franz-go/pkg/sasl/scram"

	"candor/probes"
)

// Kafka looks at a cluster's brokers, partitions and consumer groups, and stores a record and reads it back.
type Kafka struct {
	Brokers   []string      `yaml:"brokers"`  // HOST:PORT; the cluster tells of those that are not named
	Security  string        `yaml:"security"` // none by default, or tls
	TLS       HTTPTLS       `yaml:"tls"`
	Mechanism string        `yaml:"mechanism"` // SCRAM-SHA-512 by default, SCRAM-SHA-256 or PLAIN
	User      string        `yaml:"user"`
	Password  string        `yaml:"password"`
	Topics    []string      `yaml:"topics"` // beside those of the groups and the canary; each partition must have a leader and all its replicas
	Groups    []KafkaGroup  `yaml:"groups"`
	Canary    string        `yaml:"canary"`  // a topic of its own, for a record that is stored by all replicas in sync and read back
	Latency   time.Duration `yaml:"latency"` // of the whole run; degraded above
}

// KafkaGroup is a consumer group to watch; a limit of 0 is no limit.
type KafkaGroup struct {
	Name       string `yaml:"name"`
	Topic      string `yaml:"topic"`       // only this one; otherwise each that the group takes from
	MaxLag     int64  `yaml:"max_lag"`     // records of a topic that the group has not taken; failed above
	WarnLag    int64  `yaml:"warn_lag"`    // degraded above
	MinMembers int    `yaml:"min_members"` // failed below
}

const maxBrokers = 9

// kafkaName is what a topic may be called, see Topic.java of Kafka.
var kafkaName = regexp.MustCompile(`^[a-zA-Z0-9._-]{1,249}$`)

type kafkaCheck struct {
	Kafka
	tls       *tls.Config    // nil without TLS
	mechanism sasl.Mechanism // nil when nobody signs in
	topics    []string       // all whose partitions are looked at
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *Kafka) Checker() (probes.Checker, error) {
	if err := s.brokerProblem(); err != nil {
		return nil, err
	}
	c := &kafkaCheck{Kafka: *s}
	var err error
	switch s.Security {
	case "tls":
		if c.tls, err = s.TLS.config(); err != nil {
			return nil, err
		}
	case "", "none":
		if s.TLS != (HTTPTLS{}) {
			return nil, &FieldError{"security", "there is no TLS without it; write security: tls"}
		}
	default:
		return nil, &FieldError{"security", "tls or none"}
	}
	if c.mechanism, err = s.signIn(); err != nil {
		return nil, err
	}
	c.topics = slices.Clone(s.Topics)
	for _, g := range s.Groups {
		c.topics = append(c.topics, g.Topic)
	}
	slices.Sort(c.topics)
	c.topics = slices.DeleteFunc(slices.Compact(append(c.topics, s.Canary)), func(name string) bool { return name == "" })
	if err := s.topicProblem(); err != nil {
		return nil, err
	}
	if err := s.groupProblem(); err != nil {
		return nil, err
	}
	return c, latencyProblem(s.Latency)
}

// brokerProblem is untyped so that no problem is a nil error.
func (s *Kafka) brokerProblem() error {
	if len(s.Brokers) == 0 || len(s.Brokers) > maxBrokers {
		return &FieldError{"brokers", fmt.Sprintf("name at least one broker and at most %d, for example [kafka1.example.com:9092]", maxBrokers)}
	}
	for i, address := range s.Brokers {
		path := fmt.Sprintf("brokers[%d]", i)
		if problem := addressProblem(address, "kafka1.example.com:9092"); problem != "" {
			return &FieldError{path, problem}
		}
		if slices.Contains(s.Brokers[:i], address) {
			return &FieldError{path, "this broker is named twice"}
		}
	}
	return nil
}

func (s *Kafka) signIn() (sasl.Mechanism, error) {
	switch {
	case s.User == "" && s.Password != "":
		return nil, &FieldError{"user", "name the user that the password belongs to"}
	case s.User == "" && s.Mechanism != "":
		return nil, &FieldError{"user", "name the user who signs in"}
	case s.User == "":
		return nil, nil
	case s.Password == "":
		return nil, &FieldError{"password", "give the user's password, for example ${KAFKA_PASSWORD}"}
	}
	login := scram.Auth{User: s.User, Pass: s.Password}
	switch strings.ToUpper(s.Mechanism) {
	case "PLAIN":
		return saslplain.Auth{User: s.User, Pass: s.Password}.AsMechanism(), nil
	case "SCRAM-SHA-256":
		return login.AsSha256Mechanism(), nil
	case "SCRAM-SHA-512", "":
		return login.AsSha512Mechanism(), nil
	}
	return nil, &FieldError{"mechanism", "SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN"}
}

func (s *Kafka) topicProblem() error {
	if len(s.Topics) > maxQueues {
		return &FieldError{"topics", fmt.Sprintf("at most %d topics for a probe", maxQueues)}
	}
	for i, name := range s.Topics {
		if !kafkaName.MatchString(name) {
			return &FieldError{fmt.Sprintf("topics[%d]", i), "a name of letters, digits, dots, _ and -"}
		}
	}
	if s.Canary != "" && !kafkaName.MatchString(s.Canary) {
		return &FieldError{"canary", "the name of a topic, such as candor-canary"}
	}
	return nil
}

func (s *Kafka) groupProblem() error {
	if len(s.Groups) > maxQueues {
		return &FieldError{"groups", fmt.Sprintf("at most %d groups for a probe", maxQueues)}
	}
	for i, g := range s.Groups {
		fail := func(field, problem string) error { return &FieldError{fmt.Sprintf("groups[%d].%s", i, field), problem} }
		switch {
		case g.Name == "" || len(g.Name) > 255:
			return fail("name", "name the group, in at most 255 bytes")
		case slices.ContainsFunc(s.Groups[:i], func(other KafkaGroup) bool { return other.Name == g.Name && other.Topic == g.Topic }):
			return fail("name", "this group is named twice with the same topic")
		case g.Topic != "" && !kafkaName.MatchString(g.Topic):
			return fail("topic", "a name of letters, digits, dots, _ and -")
		case g.MaxLag < 0:
			return fail("max_lag", "a number of records, 0 for no limit")
		case g.WarnLag < 0 || g.MaxLag > 0 && g.WarnLag >= g.MaxLag:
			return fail("warn_lag", "a number of records below max_lag, 0 for no limit")
		case g.MinMembers < 0:
			return fail("min_members", "a number of members, 0 for no limit")
		}
	}
	return nil
}
