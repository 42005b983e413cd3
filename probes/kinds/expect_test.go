package kinds

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"candor/probes"
)

// fixed is a check that always finds the same.
type fixed probes.Result

func (r fixed) Check(context.Context) probes.Result { return probes.Result(r) }

// depths is a result with one number of each kind that expectations know.
func depths(outcome probes.Outcome, reason probes.Reason, detail string) probes.Result {
	return probes.Result{Outcome: outcome, Reason: reason, Detail: detail,
		Steps: []probes.Step{{Name: "login", Took: 1200 * time.Millisecond}, {Name: "send", Took: 300 * time.Millisecond}},
		Measurements: []probes.Measurement{{Name: "queue depth", Value: 250, Unit: "messages"}, {Name: "latency", Value: 1.5, Unit: "s", Limit: 9},
			{Name: "memory", Value: 0.9, Unit: "ratio"}, {Name: daysLeft, Value: 7, Unit: "days"}}}
}

func measurement(name, must string) Expect {
	return Expect{Measurements: map[string]string{name: must}}
}
func step(name, must string) Expect { return Expect{Steps: map[string]string{name: must}} }

func TestExpecting(t *testing.T) {
	well := depths(probes.OK, "", "")
	slow := depths(probes.Degraded, probes.Slow, "it was slow")
	broken := depths(probes.Failed, probes.Refused, "refused")
	unsure := depths(probes.Unknown, probes.Internal, "no browser")
	ok, degraded, failed, unknown := probes.OK, probes.Degraded, probes.Failed, probes.Unknown
	var no Expect
	for _, c := range []struct {
		name             string
		found            probes.Result
		expect, degraded Expect
		outcome          probes.Outcome
		reason           probes.Reason
		detail           string
	}{
		{"nothing is expected", well, no, no, ok, "", ""},
		{"a number holds", well, measurement("queue depth", "< 1000"), no, ok, "", ""},
		{"a number does not hold", well, measurement("queue depth", "< 100"), no, failed, probes.Unexpected, "expected queue depth < 100, got 250 messages"},
		{"a number is worse", well, measurement("queue depth", "< 1000"), measurement("queue depth", "< 100"), degraded, probes.Unexpected,
			"expected queue depth < 100, got 250 messages"},
		{"a share", well, measurement("memory", "< 80%"), no, failed, probes.Unexpected, "expected memory < 80%, got 90 %"},
		{"the latency holds", well, Expect{Latency: "2s"}, no, ok, "", ""},
		{"the latency is degraded, also of what is expected", well, Expect{Latency: "< 1.5s"}, no, degraded, probes.Slow, "expected latency < 1.5s, got 1.5s"},
		{"as a measurement it is failed", well, measurement("latency", "< 1s"), no, failed, probes.Unexpected, "expected latency < 1s, got 1.5s"},
		{"a step holds", well, step("send", "< 1s"), no, ok, "", ""},
		{"a step is slow", well, step("login", "< 1s"), no, degraded, probes.Slow, "expected step login < 1s, got 1.2s"},
		{"the certificate lasts", well, Expect{Certificate: "> 3d"}, no, ok, "", ""},
		{"the certificate ends", well, Expect{Certificate: "> 14d"}, no, degraded, probes.Certificate, "expected the certificate to last > 14d, got 7 days"},
		{"the certificate ends so soon that it is failed", well, measurement(daysLeft, "> 10"), no, failed, probes.Unexpected, "certificate_days_left > 10, got 7 days"},
		{"two things", well, Expect{Latency: "1s", Measurements: map[string]string{"queue depth": "0"}}, no, failed, probes.Unexpected,
			"expected queue depth = 0, got 250 messages; expected latency <= 1s, got 1.5s"},
		{"no such measurement", well, measurement("queue deth", "< 100"), no, unknown, probes.Internal,
			`expected a measurement "queue deth", but this probe has only: queue depth, latency, memory, certificate_days_left`},
		{"no such step", well, no, step("sign in", "1s"), unknown, probes.Internal, `expected a step "sign in", but this probe has only: login, send`},
		{"no certificate", probes.Result{Outcome: ok}, Expect{Certificate: "14d"}, no, unknown, probes.Internal, "expected a certificate, but this probe saw none"},
		{"no measurements at all", probes.Result{Outcome: ok}, measurement("x", "1"), no, unknown, probes.Internal, "but this probe has none"},
		{"a number of another unit", well, measurement("queue depth", "< 2s"), no, unknown, probes.Internal, `expected queue depth < 2s, but it is measured in "messages"`},
		{"what is missing does not hide what is wrong", well, Expect{Latency: "1s", Measurements: map[string]string{"x": "1"}}, no, degraded, probes.Slow,
			`expected latency <= 1s, got 1.5s; expected a measurement "x"`},
		{"what was degraded stays so", slow, measurement("queue depth", "< 1000"), no, degraded, probes.Slow, "it was slow"},
		{"what was degraded may be failed", slow, measurement("queue depth", "< 100"), no, failed, probes.Unexpected, "got 250 messages; it was slow"},
		{"a failure is not slow besides", broken, Expect{Latency: "1s", Steps: map[string]string{"login": "1s"}}, no, failed, probes.Refused, "refused"},
		{"nor does it lack what it never reached", broken, Expect{Measurements: map[string]string{"x": "1"}, Steps: map[string]string{"y": "1s"}}, no,
			failed, probes.Refused, "refused"},
		{"but its numbers are judged", broken, measurement("queue depth", "< 100"), no, failed, probes.Refused, "refused; expected queue depth < 100"},
		{"what is unknown stays so", unsure, Expect{Latency: "1s"}, measurement("x", "1"), unknown, probes.Internal, "no browser"},
		{"unless a number says more", unsure, measurement("queue depth", "< 100"), no, failed, probes.Unexpected, "got 250 messages; no browser"},
	} {
		t.Run(c.name, func(t *testing.T) {
			check, err := Expecting(fixed(c.found), c.expect, c.degraded)
			if err != nil {
				t.Fatal(err)
			}
			expectResult(t, check.Check(t.Context()), c.outcome, c.reason, c.detail)
		})
	}
}

func TestExpectingWithoutALatencyTakesItsOwn(t *testing.T) {
	all, err := Expect{Latency: "< 2s"}.compile("expect", probes.Failed)
	if err != nil {
		t.Fatal(err)
	}
	expectResult(t, all.judge(probes.Result{Outcome: probes.OK}, 3*time.Second), probes.Degraded, probes.Slow, "expected latency < 2s, got 3s")
	expectResult(t, all.judge(probes.Result{Outcome: probes.OK}, time.Second), probes.OK, "", "")
}

func TestExpectingGivesLimits(t *testing.T) {
	found := depths(probes.OK, "", "")
	before := slices.Clone(found.Measurements)
	check, err := Expecting(fixed(found), Expect{Certificate: "2d", Latency: "5s", Measurements: map[string]string{"queue depth": "< 1000", "memory": "!= 0"}},
		measurement("queue depth", "< 300"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"queue depth": 300, "latency": 9, "memory": 0, daysLeft: 2}
	for _, m := range check.Check(t.Context()).Measurements {
		if floor := m.Name == daysLeft; m.Limit != want[m.Name] || m.Floor != floor {
			t.Errorf("%s has the limit %g, a floor: %t; want %g, %t", m.Name, m.Limit, m.Floor, want[m.Name], floor)
		}
	}
	if !slices.Equal(found.Measurements, before) {
		t.Errorf("the check's own measurements became %+v", found.Measurements)
	}
}

func TestExpectingRefuses(t *testing.T) {
	for _, c := range []struct {
		name          string
		expect        Expect
		path, problem string
	}{
		{"a latency without a unit", Expect{Latency: "2"}, "latency", "< 2s"},
		{"a step that is a word", step("login", "fast"), "steps.login", "write a duration"},
		{"a measurement with an unknown unit", measurement("depth", "< 5 messages"), "measurements.depth", "write a number or a comparison"},
		{"a name that a path cannot hold", measurement("queue depth", "many"), "measurements", `"queue depth": write a number`},
		{"a measurement of nothing", measurement("depth", ""), "measurements.depth", "write a number"},
		{"a certificate in plain days", Expect{Certificate: "14"}, "certificate", "14d"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for block, blocks := range map[string][2]Expect{"expect": {c.expect, {}}, "degraded": {{}, c.expect}} {
				_, err := Expecting(fixed{}, blocks[0], blocks[1])
				var field *FieldError
				if !errors.As(err, &field) || field.Path != block+"."+c.path || !strings.Contains(field.Problem, c.problem) {
					t.Errorf("got %v, want %s.%s: …%s…", err, block, c.path, c.problem)
				}
			}
		})
	}
}

// Each kind that sees a certificate measures it under the same name, also when the server says nothing more.
func TestEveryKindMeasuresTheCertificate(t *testing.T) {
	cert, file := certificates(t, time.Now().Add(-time.Hour), time.Now().Add(240*time.Hour))
	at := tlsListener(t, cert)
	hangsUp := listen(t, func(conn net.Conn) {
		secure := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}})
		if secure.Handshake() == nil {
			secure.Close()
		}
	})
	postgres := listen(t, func(conn net.Conn) {
		if _, err := io.ReadFull(conn, make([]byte, 8)); err != nil {
			return
		}
		io.WriteString(conn, "S") // SSLRequest, section 55.2.10 of the PostgreSQL manual
		secure := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}})
		if secure.Handshake() == nil {
			secure.Read(make([]byte, 1))
		}
	})
	secure := natsServer(t, func(o *server.Options) {
		o.TLSConfig = &tls.Config{Certificates: []tls.Certificate{cert}}
		o.TLSTimeout = 5
	})
	client, trust, one := ClientTLS{CAFile: file}, HTTPTLS{CAFile: file}, 1.0
	for name, s := range map[string]Settings{
		"tls":        &TLS{Address: at, HTTPTLS: trust},
		"smtp":       &SMTP{Address: at, Security: "tls", TLS: trust},
		"redis":      &Redis{URL: "rediss://" + at, TLS: client},
		"dns":        &DNS{Name: "studio.example.com", Transport: "tls", Server: at, TLS: client},
		"http":       &HTTP{HTTPRequest: HTTPRequest{URL: tlsTarget(t, cert, nil) + "/ok"}, TLS: trust},
		"prometheus": &Prometheus{URL: "https://" + hangsUp, TLS: trust, Query: "up", Limits: Limits{Max: &one}},
		"nats":       &NATS{URL: strings.Replace(secure.ClientURL(), "nats:", "tls:", 1), TLS: client},
		"sql":        &SQL{URL: "postgres://candor@" + postgres + "/studio?sslmode=verify-full&sslrootcert=" + file},
		"rabbitmq":   &RabbitMQ{URL: "amqps://guest:guest@" + hangsUp, Management: "https://guest:guest@" + hangsUp, TLS: client},
		"mail": &Mail{IMAP: IMAP{Address: at, Security: "tls", TLS: trust, User: "anna", Password: "secret"},
			SMTP: &SMTP{Address: at, From: "a@example.com", To: "b@example.com"}},
	} {
		t.Run(name, func(t *testing.T) {
			expecting, err := Expecting(checker(t, s), Expect{Certificate: "30d"}, Expect{})
			if err != nil {
				t.Fatal(err)
			}
			r := check(t, expecting, unanswered)
			if m, ok := figureOf(r, daysLeft); !ok || m.Value < 9.9 || m.Value > 10 || m.Unit != "days" || m.Limit == 0 {
				t.Errorf("got %+v of %+v", m, r)
			}
			if !strings.Contains(r.Detail, "expected the certificate to last >= 30d, got ") {
				t.Errorf("got %q", r.Detail)
			}
		})
	}
}
