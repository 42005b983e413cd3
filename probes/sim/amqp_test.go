package sim

import (
	"errors"
	"strings"
	"testing"
	"time"

	"candor/probes/probetest"
)

// broker starts a RabbitMQ and returns the queue in it.
func broker(t *testing.T) (*probetest.Broker, *AMQP) {
	t.Helper()
	b := probetest.RabbitMQ(t)
	q, err := NewAMQP(AMQPOptions{URL: b.AMQP(), Management: b.Management()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(q.Close)
	return b, q
}

func TestAMQPFailsAsOnMay2(t *testing.T) {
	b, q := broker(t)
	h := open(t, q, Options{TrafficEvery: 5 * time.Millisecond, TrafficSize: 256 << 10})
	h.well()
	eventually(t, "the management API tells the memory", func() bool {
		d, err := q.Depth(within(t))
		return err == nil && d.Used > 0 && d.Limit > d.Used
	})

	if _, err := b.LimitMemoryAbove(40 << 20); err != nil {
		t.Fatal(err)
	}
	h.Break(StopWorker)
	eventually(t, "the broker refuses a session", func() bool { status, _ := h.get("/new-studio/"); return status == 503 })
	began := time.Now()
	for range 5 {
		h.opens("/new-studio/", 503, "Studio could not load")
		h.opens("/classic-studio/", 200, "")
	}
	if took := time.Since(began); took > h.options.AcceptWithin {
		t.Errorf("ten refusals took %s; a broker that holds back should be known at once", took)
	}
	if status, _ := h.send("lost"); status != 503 {
		t.Errorf("send: got %d, want 503", status)
	}
	if d, err := q.Depth(within(t)); err != nil || d.Messages < 10 {
		t.Errorf("depth while blocked: got %+v, %v; want a backlog", d, err)
	}
	if _, body := h.get("/us/health"); !strings.Contains(body, "ok") {
		t.Errorf("health: got %s", body)
	}

	h.pull("/purge", 303)
	h.Mend(StopWorker)
	eventually(t, "Studio opens again", func() bool { status, _ := h.get("/new-studio/"); return status == 200 })
	h.well()
}

func TestAMQPSurvivesTheBroker(t *testing.T) {
	b, q := broker(t)
	h := open(t, q, quiet)
	h.well()
	b.Kill()
	h.opens("/new-studio/", 503, "Studio could not load")
	if err := b.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "Studio opens again", func() bool { status, _ := h.get("/new-studio/"); return status == 200 })
	h.well()

	h.Break(RefuseConnections)
	h.opens("/new-studio/", 503, "Studio could not load")
	h.opens("/classic-studio/", 200, "")
	if _, err := q.Depth(within(t)); err != nil {
		t.Errorf("depth while refusing: %v", err)
	}
	h.Mend(RefuseConnections)
	h.well()
}

func TestAMQPRejectsWhatFails(t *testing.T) {
	b, q := broker(t)
	if err := b.DeadLetter("campaigns", "campaigns.failed"); err != nil {
		t.Fatal(err)
	}
	h := open(t, q, quiet)
	h.well()
	h.Break(ProcessingErrors)
	h.reaches(h.mustSend("garbled"), Failed)
	eventually(t, "the message is a dead letter", func() bool {
		failed, err := b.Depth("campaigns.failed")
		return err == nil && failed == 1
	})
	h.Mend(ProcessingErrors)

	if err := b.Refuse(); err != nil {
		t.Fatal(err)
	}
	h.opens("/new-studio/", 503, "Studio could not load")
	if err := b.Accept(); err != nil {
		t.Fatal(err)
	}
	h.well()
}

func TestAMQPNamesNoPassword(t *testing.T) {
	for _, o := range []AMQPOptions{
		{URL: "amqp://studio:secret@[bad/"},
		{URL: "http://studio:secret@host/"},
		{URL: "amqp://host/", Management: "studio:secret@host"},
		{URL: "amqp://host/", Management: "http://studio:secret@host:port/"},
	} {
		if _, err := NewAMQP(o); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("got %v, want an error without the password", err)
		}
	}
}

func TestAMQPWithoutABroker(t *testing.T) {
	q, err := NewAMQP(AMQPOptions{URL: "amqp://studio:secret@127.0.0.1:1/"})
	if err != nil {
		t.Fatal(err)
	}
	_, stop := consuming(t, q)
	if err := q.Publish(within(t), nil); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v, want an error without the password", err)
	}
	stop()
	q.Close()
	if err := q.Publish(within(t), nil); !errors.Is(err, errClosed) {
		t.Errorf("after close: got %v, want closed", err)
	}
}
