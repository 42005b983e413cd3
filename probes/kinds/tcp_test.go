package kinds

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// nobody returns an address of which the port is taken, and where nobody listens.
func nobody(t *testing.T) string {
	t.Helper()
	client, err := net.Dial("tcp", mute(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client.LocalAddr().String()
}

// wrongField fails the test unless the settings are refused because of the field at path, all right for the empty path.
func wrongField(t *testing.T, s Settings, path string) {
	t.Helper()
	_, err := s.Checker()
	var wrong *FieldError
	switch {
	case path == "" && err != nil:
		t.Errorf("%+v: %v", s, err)
	case path != "" && (!errors.As(err, &wrong) || wrong.Path != path):
		t.Errorf("%+v: got %v, want an error at %s", s, err, path)
	case path != "" && strings.Contains(err.Error(), "hunter2"):
		t.Errorf("the error tells the password: %v", err)
	}
}

func TestTCP(t *testing.T) {
	closed := nobody(t)
	greeting := says(t, "220 studio ready\r\n", 1)
	echo := listen(t, func(conn net.Conn) {
		defer conn.Close()
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err == nil {
			io.WriteString(conn, "you said "+line)
		}
	})
	hangsUp := listen(t, func(conn net.Conn) { conn.Close() })
	dribbles := listen(t, func(conn net.Conn) {
		for _, c := range "+PO" {
			io.WriteString(conn, string(c))
		}
	})
	for _, c := range []struct {
		name     string
		settings TCP
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"a port that is open", TCP{Address: mute(t)}, probes.OK, "", ""},
		{"a greeting", TCP{Address: greeting, Expect: "220 "}, probes.OK, "", ""},
		{"a greeting that matches", TCP{Address: greeting, Expect: `/^220 \w+ ready\r\n/`}, probes.OK, "", ""},
		{"an answer", TCP{Address: echo, Send: "PING\n", Expect: "you said PING"}, probes.OK, "", ""},
		{"another answer", TCP{Address: echo, Send: "PING\n", Expect: "PONG"}, probes.Failed, probes.Unexpected,
			`expected an answer with "PONG", got "you said ***" before the connection was closed`},
		{"a secret that comes back", TCP{Address: echo, Send: "hunter2-hunter2\n", Expect: "/welcome/"}, probes.Failed, probes.Unexpected,
			`expected an answer that matches /welcome/, got "you said ***"`},
		{"another greeting", TCP{Address: greeting, Expect: "/^SSH-/"}, probes.Failed, probes.TimedOut,
			`expected an answer that matches /^SSH-/, got "220 studio ready" within the time limit`},
		{"half an answer", TCP{Address: dribbles, Send: "PING\n", Expect: "+PONG"}, probes.Failed, probes.TimedOut,
			`expected an answer with "+PONG", got "+PO" within the time limit`},
		{"silence", TCP{Address: mute(t), Expect: "220"}, probes.Failed, probes.TimedOut, `expected an answer with "220", got nothing within`},
		{"the end", TCP{Address: hangsUp, Expect: "220"}, probes.Failed, probes.Unexpected, ""},
		{"no end", TCP{Address: says(t, strings.Repeat("x", 1<<16), 1e6), Expect: "220"}, probes.Failed, probes.TooLarge, "more than 16384 bytes"},
		{"a closed port", TCP{Address: closed}, probes.Failed, probes.Refused, "connection to " + closed + " refused"},
		{"a name that does not exist", TCP{Address: "studio.invalid:80"}, probes.Failed, probes.Unreachable, "the name studio.invalid"},
		{"too slow", TCP{Address: greeting, Expect: "220", Latency: 1}, probes.Degraded, probes.Slow, "expected all within 1ns, but it took"},
	} {
		t.Run(c.name, func(t *testing.T) {
			noLeak(t)
			r := check(t, checker(t, &c.settings), unanswered)
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			m, ok := figureOf(r, "latency")
			if good := c.outcome != probes.Failed; ok != good || good && (m.Value <= 0 || m.Unit != "s") {
				t.Errorf("got latency %+v, %t", m, ok)
			}
			if c.outcome == probes.OK && (len(r.Steps) == 0 || r.Steps[0].Name != "connect" || r.Steps[0].Took <= 0) {
				t.Errorf("got steps %+v", r.Steps)
			}
		})
	}
}

func TestTCPInterruptedIsUnknown(t *testing.T) {
	noLeak(t)
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	expectVerdict(t, checker(t, &TCP{Address: mute(t), Expect: "220"}).Check(ctx), probes.Unknown, probes.Internal, "interrupted")
}

func TestTCPSettings(t *testing.T) {
	wrongField(t, &TCP{Address: "[::1]:6379", Send: "PING", Expect: "/PONG/", Latency: time.Second}, "")
	for _, address := range []string{"", "studio", "studio:", ":80", "studio:0", "studio:65536", "studio:http", "http://studio:80"} {
		wrongField(t, &TCP{Address: address}, "address")
	}
	wrongField(t, &TCP{Address: "studio:80", Expect: "/(/"}, "expect")
	wrongField(t, &TCP{Address: "studio:80", Latency: -1}, "latency")
}
