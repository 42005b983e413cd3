package kinds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"candor/probes"
)

// TCP connects to a port, and may say something and compare what comes back.
type TCP struct {
	Address string        `yaml:"address"` // host:port
	Send    string        `yaml:"send"`    // said after connecting; never shown
	Expect  string        `yaml:"expect"`  // text that comes back, or a regular expression between slashes
	Latency time.Duration `yaml:"latency"` // of the whole run; degraded above
}

// maxHeard is how many bytes of an answer a text may be looked for in.
const maxHeard = 16 << 10

type tcpCheck struct {
	TCP
	expect pattern
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *TCP) Checker() (probes.Checker, error) {
	if problem := addressProblem(s.Address, "redis.example.com:6379"); problem != "" {
		return nil, &FieldError{"address", problem}
	}
	expect, err := compilePattern("expect", s.Expect)
	if err != nil {
		return nil, err
	}
	return &tcpCheck{*s, expect}, latencyProblem(s.Latency)
}

// Check connects anew.
func (c *tcpCheck) Check(ctx context.Context) probes.Result {
	t := newTalk(c.Send)
	defer t.close()
	if err := c.run(ctx, t); err != nil {
		t.fail(ctx, err)
	}
	return t.result(c.Latency, 0)
}

func (c *tcpCheck) run(ctx context.Context, t *talk) error {
	conn, err := t.dial(ctx, c.Address)
	if err != nil {
		return err
	}
	if c.Send != "" {
		t.begin("send")
		if _, err := io.WriteString(conn, c.Send); err != nil {
			return err
		}
	}
	if c.Expect == "" {
		return nil
	}
	t.begin("answer")
	return c.listen(ctx, t, conn)
}

// listen reads until what is expected has come, or cannot come any more.
func (c *tcpCheck) listen(ctx context.Context, t *talk, conn net.Conn) error {
	var got []byte
	chunk := make([]byte, 4096)
	for {
		n, err := conn.Read(chunk)
		got = append(got, chunk[:n]...)
		switch {
		case c.expect.in(string(got)):
			return nil
		case len(got) >= maxHeard:
			t.found.add(probes.Failed, probes.TooLarge, c.expect.expected(&t.tell, string(got))+fmt.Sprintf(" and more than %d bytes", maxHeard))
			return nil
		case errors.Is(ctx.Err(), context.Canceled):
			return err
		case ctx.Err() != nil:
			t.found.add(probes.Failed, probes.TimedOut, c.expect.expected(&t.tell, string(got))+" within the time limit")
			return nil
		case errors.Is(err, io.EOF):
			t.found.add(probes.Failed, probes.Unexpected, c.expect.expected(&t.tell, string(got))+" before the connection was closed")
			return nil
		case err != nil:
			return err
		}
	}
}
