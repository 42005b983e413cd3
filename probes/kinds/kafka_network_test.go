package kinds

import (
	"context"
	"crypto/tls"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"

	"candor/probes"
)

func TestKafkaAccess(t *testing.T) {
	noLeak(t)
	cert, ca := certificates(t, time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	open := kafkaCluster(t).ListenAddrs()
	strict := kafkaCluster(t, kfake.EnableSASL(), kfake.Superuser("PLAIN", "plain", "hunter2"), kfake.Superuser("SCRAM-SHA-256", "small", "hunter2"),
		kfake.Superuser("SCRAM-SHA-512", "large", "hunter2")).ListenAddrs()
	secure := kafkaCluster(t, kfake.TLS(&tls.Config{Certificates: []tls.Certificate{cert}})).ListenAddrs()
	login := func(mechanism, user, password string) Kafka {
		return Kafka{Brokers: strict, Mechanism: mechanism, User: user, Password: password, Canary: "canary"}
	}
	refusing := func(key kmsg.Key, answer *kerr.Error) Kafka {
		c := kafkaCluster(t, kfake.EnableSASL(), kfake.Superuser("PLAIN", "plain", "hunter2"))
		c.Fault(kfake.Fault{Keys: []kmsg.Key{key}, TopLevel: true, Err: answer, Count: -1})
		return Kafka{Brokers: c.ListenAddrs(), Mechanism: "PLAIN", User: "plain", Password: "hunter2"}
	}
	polite, other := refusing(kmsg.SASLAuthenticate, kerr.SaslAuthenticationFailed), refusing(kmsg.SASLHandshake, kerr.UnsupportedSaslMechanism)
	gone := nobody(t)
	silent := mute(t)
	trusting := HTTPTLS{CAFile: ca}
	for _, c := range []struct {
		name     string
		settings Kafka
		outcome  probes.Outcome
		reason   probes.Reason
		details  []string
	}{
		{"only the connection", Kafka{Brokers: open}, probes.OK, "", nil},
		{"PLAIN", login("plain", "plain", "hunter2"), probes.OK, "", nil},
		{"SCRAM-SHA-256", login("SCRAM-SHA-256", "small", "hunter2"), probes.OK, "", nil},
		{"SCRAM-SHA-512", login("", "large", "hunter2"), probes.OK, "", nil},
		{"a wrong password", login("", "large", "hunter22"), probes.Failed, probes.AuthFailed, []string{"broker " + strict[0] + ": the broker closed the connection at sign in"}},
		{"a wrong plain password", login("PLAIN", "plain", "hunter22"), probes.Failed, probes.AuthFailed, []string{"at sign in"}},
		{"an unknown user", login("", "nobody", "hunter2"), probes.Failed, probes.AuthFailed, []string{"at sign in"}},
		{"a wrong password of Kafka 1.0 and later", polite, probes.Failed, probes.AuthFailed, []string{"broker " + polite.Brokers[0] + ": the broker did not accept user and password"}},
		{"another mechanism", other, probes.Failed, probes.AuthFailed, []string{"the broker does not offer this mechanism to sign in"}},
		{"nobody signs in", Kafka{Brokers: strict}, probes.Failed, probes.Unexpected, []string{"as it does when it wants TLS or a user"}},
		{"TLS", Kafka{Brokers: secure, Security: "tls", TLS: trusting, Canary: "canary"}, probes.OK, "", nil},
		{"TLS that ends soon", Kafka{Brokers: secure, Security: "tls", TLS: HTTPTLS{CAFile: ca, MinDaysLeft: 7}}, probes.Degraded, probes.Certificate, []string{"at least 7 more days"}},
		{"an unknown authority", Kafka{Brokers: secure, Security: "tls"}, probes.Failed, probes.Certificate, []string{"unknown authority"}},
		{"TLS is wanted", Kafka{Brokers: secure}, probes.Failed, probes.Unexpected, []string{"the broker closed the connection at once"}},
		{"TLS is not wanted", Kafka{Brokers: open, Security: "tls", TLS: trusting}, probes.Failed, probes.TimedOut, []string{"broker " + open[0] + ": connected, but"}},
		{"refused", Kafka{Brokers: []string{gone}}, probes.Failed, probes.Refused, []string{"connection to " + gone + " refused"}},
		{"no such name", Kafka{Brokers: []string{"kafka.invalid:9092"}}, probes.Failed, probes.Unreachable, []string{"the name kafka.invalid"}},
		{"mute", Kafka{Brokers: []string{silent}}, probes.Failed, probes.TimedOut, []string{"connected, but no answer within the time limit"}},
		{"no Kafka", Kafka{Brokers: []string{says(t, "SSH-2.0-OpenSSH_9.2\r\n", 1)}}, probes.Failed, probes.Unexpected, []string{"broker 127.0.0.1:"}},
		{"no end", Kafka{Brokers: []string{says(t, strings.Repeat("\x00", 1<<16), 1e6)}}, probes.Failed, probes.Unexpected, []string{"broker 127.0.0.1:"}},
		{"one of two is gone", Kafka{Brokers: []string{gone, open[0]}, Canary: "canary"}, probes.Degraded, probes.Refused, []string{"broker " + gone + ": connection"}},
		{"one of two is mute", Kafka{Brokers: []string{silent, open[0]}, Canary: "canary"}, probes.Degraded, probes.TimedOut, []string{"broker " + silent + ": connected, but"}},
		{"both are gone", Kafka{Brokers: []string{gone, "kafka.invalid:9092"}}, probes.Failed, probes.Refused, []string{"broker " + gone, "broker kafka.invalid:9092"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			expectVerdict(t, check(t, checker(t, &c.settings), 2*unanswered), c.outcome, c.reason, c.details...)
		})
	}
}

func TestKafkaHalfOpen(t *testing.T) {
	for key, stage := range map[kmsg.Key]string{kmsg.Metadata: "topics", kmsg.DescribeGroups: "groups", kmsg.Produce: "produce", kmsg.Fetch: "consume"} {
		run := func(name string, act func(<-chan struct{}) error, timeout time.Duration, reason probes.Reason, detail string) {
			t.Run(name+" at "+stage, func(t *testing.T) {
				cluster := kafkaCluster(t)
				orders(t, kafkaClient(t, cluster), "orders", 3)
				member := mailer(t, cluster, 3)
				member.Close()
				over := make(chan struct{})
				defer close(over)
				cluster.ControlKey(int16(key), func(req kmsg.Request) (kmsg.Response, error, bool) {
					cluster.KeepControl()
					if m, ok := req.(*kmsg.MetadataRequest); ok && len(m.Topics) == 0 {
						return nil, nil, false
					}
					return nil, act(over), true
				})
				settings := &Kafka{Brokers: cluster.ListenAddrs(), Groups: []KafkaGroup{{Name: "mailer", Topic: "orders"}}, Canary: "canary"}
				began := time.Now()
				expectVerdict(t, check(t, checker(t, settings), timeout), probes.Failed, reason, stage+": "+detail)
				if took := time.Since(began); took > 10*time.Second {
					t.Errorf("it took %s", took)
				}
			})
		}
		run("cut", func(<-chan struct{}) error { return errors.New("cut") }, 20*time.Second, probes.Unexpected, "the ")
		run("silent", func(over <-chan struct{}) error { <-over; return errors.New("too late") }, unanswered, probes.TimedOut, "connected, but no answer within the time limit")
	}
}

func TestKafkaInterrupted(t *testing.T) {
	noLeak(t)
	c := checker(t, &Kafka{Brokers: []string{mute(t)}})
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(100*time.Millisecond, cancel)
	expectVerdict(t, c.Check(ctx), probes.Unknown, probes.Internal, "interrupted")
}

func TestKafkaSettings(t *testing.T) {
	at := func(change func(*Kafka)) *Kafka {
		k := &Kafka{Brokers: []string{"kafka1:9092", "kafka2:9092"}}
		change(k)
		return k
	}
	group := func(g ...KafkaGroup) *Kafka { return at(func(k *Kafka) { k.Groups = g }) }
	wrongField(t, at(func(k *Kafka) {
		k.User, k.Password, k.Security, k.Topics, k.Canary = "u", "hunter2", "tls", []string{"orders"}, "candor-canary"
		k.Groups = []KafkaGroup{{Name: "a", MaxLag: 2, WarnLag: 1, MinMembers: 1}, {Name: "a", Topic: "orders"}}
	}), "")
	wrongField(t, &Kafka{}, "brokers")
	wrongField(t, &Kafka{Brokers: slices.Repeat([]string{"kafka:9092"}, 10)}, "brokers")
	wrongField(t, &Kafka{Brokers: []string{"kafka:9092", "kafka"}}, "brokers[1]")
	wrongField(t, &Kafka{Brokers: []string{"kafka:9092", "kafka:9092"}}, "brokers[1]")
	wrongField(t, at(func(k *Kafka) { k.Security = "ssl" }), "security")
	wrongField(t, at(func(k *Kafka) { k.TLS.CAFile = "/ca.pem" }), "security")
	wrongField(t, at(func(k *Kafka) { k.Security, k.TLS.CAFile = "tls", "/nowhere.pem" }), "tls.ca_file")
	wrongField(t, at(func(k *Kafka) { k.Password = "hunter2" }), "user")
	wrongField(t, at(func(k *Kafka) { k.Mechanism = "PLAIN" }), "user")
	wrongField(t, at(func(k *Kafka) { k.User = "u" }), "password")
	wrongField(t, at(func(k *Kafka) { k.User, k.Password, k.Mechanism = "u", "hunter2", "GSSAPI" }), "mechanism")
	wrongField(t, at(func(k *Kafka) { k.Topics = []string{"a b"} }), "topics[0]")
	wrongField(t, at(func(k *Kafka) { k.Topics = make([]string, 21) }), "topics")
	wrongField(t, at(func(k *Kafka) { k.Canary = "a/b" }), "canary")
	wrongField(t, group(make([]KafkaGroup, 21)...), "groups")
	wrongField(t, group(KafkaGroup{}), "groups[0].name")
	wrongField(t, group(KafkaGroup{Name: "a"}, KafkaGroup{Name: "a"}), "groups[1].name")
	wrongField(t, group(KafkaGroup{Name: "a", Topic: "*"}), "groups[0].topic")
	wrongField(t, group(KafkaGroup{Name: "a", MaxLag: -1}), "groups[0].max_lag")
	wrongField(t, group(KafkaGroup{Name: "a", MaxLag: 5, WarnLag: 5}), "groups[0].warn_lag")
	wrongField(t, group(KafkaGroup{Name: "a", MinMembers: -1}), "groups[0].min_members")
	wrongField(t, at(func(k *Kafka) { k.Latency = -1 }), "latency")
}
