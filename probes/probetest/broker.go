package probetest

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

// relativeLimit is the share of the machine's memory that the node may use unless told otherwise.
const relativeLimit = "0.4"

// defaults are the lines of rabbitmq.conf that every broker gets. The memory's accounting, early collection and
// late paging make the alarm follow the length of a queue, which the usual settings do not.
const defaults = `
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.relative = ` + relativeLimit + `
vm_memory_high_watermark_paging_ratio = 0.99
vm_memory_calculation_strategy = legacy
background_gc_enabled = true
background_gc_target_interval = 1000
`

// SetMemoryLimit sets the node's memory limit in bytes; 0 restores the usual one, 40 % of the machine's memory.
// A limit below the use (100 MB is below it) raises the alarm at once.
func (b *Broker) SetMemoryLimit(bytes int64) error {
	args := []string{"set_vm_memory_high_watermark", "absolute", strconv.FormatInt(bytes, 10)}
	if bytes == 0 {
		args = []string{"set_vm_memory_high_watermark", relativeLimit}
	}
	_, err := b.control(args...)
	return err
}

// LimitMemoryAbove sets the memory limit to the present use plus extra bytes, and returns that limit.
//
// It is for an alarm that comes from a queue that fills. An idle node uses about 70 MB, gains up to 10 MB while it
// begins to be used, and looks at its use once a second. With 16 MiB extra, 900 to 2800 persistent messages of 3500 bytes
// raise the alarm, in 1 to 4 s when published as fast as one connection can; with less, it may come from other use.
// Messages of less than 4 KB are the surest: of larger ones the queue keeps only a part in memory
// (10 MiB take 400 to 1700 of 20 KiB, 800 to 1400 of 100 KiB). After Purge the alarm ends within 2 s.
func (b *Broker) LimitMemoryAbove(extra int64) (limit int64, err error) {
	out, err := b.control("eval", fmt.Sprintf("garbage_collect(), Limit = vm_memory_monitor:get_process_memory() + %d, "+
		"vm_memory_monitor:set_vm_memory_high_watermark({absolute, Limit}), Limit.", extra))
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(out), 10, 64)
}

// SetDiskLimit sets how much disk must stay free, such as "50MB", the usual limit.
// "9000GB" raises the alarm at once on most machines; larger units than GB are refused.
func (b *Broker) SetDiskLimit(limit string) error {
	_, err := b.control("set_disk_free_limit", limit)
	return err
}

// Refuse cuts every connection and refuses new ones, to the management API too, until Accept.
func (b *Broker) Refuse() error {
	_, err := b.control("eval", `rabbit_maintenance:suspend_all_client_listeners(), rabbit_networking:close_all_connections(<<"closed by the test">>).`)
	return err
}

// Accept lets connections in again.
func (b *Broker) Accept() error {
	_, err := b.control("resume_listeners")
	return err
}

// DeadLetter makes what is rejected from a queue go to another one, which it declares.
func (b *Broker) DeadLetter(queue, to string) error {
	if err := b.Declare(to); err != nil {
		return err
	}
	definition := fmt.Sprintf(`{"dead-letter-exchange": "", "dead-letter-routing-key": %q}`, to)
	_, err := b.control("set_policy", "--apply-to", "queues", "dead letters of "+queue, "^"+regexp.QuoteMeta(queue)+"$", definition)
	return err
}

// control runs rabbitmqctl, which takes 1 to 2 s to start, and returns what it printed.
func (b *Broker) control(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	attributes, err := attributes()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(b.scripts, "rabbitmqctl"), append([]string{"-q"}, args...)...)
	cmd.Dir, cmd.Env, cmd.SysProcAttr, cmd.WaitDelay = b.dir, b.env, attributes, time.Second
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("rabbitmqctl %s: %w: %s", args[0], err, out)
	}
	return string(out), nil
}

// Declare makes a durable queue, which lives until the broker is stopped.
func (b *Broker) Declare(queue string) error {
	return b.with(func(ch *amqp.Channel) error {
		_, err := ch.QueueDeclare(queue, true, false, false, false, nil)
		return err
	})
}

// Delete removes a queue and its messages.
func (b *Broker) Delete(queue string) error {
	return b.with(func(ch *amqp.Channel) error {
		_, err := ch.QueueDelete(queue, false, false, false)
		return err
	})
}

// Purge drops the messages of a queue that nobody has taken yet.
func (b *Broker) Purge(queue string) error {
	return b.with(func(ch *amqp.Channel) error {
		_, err := ch.QueuePurge(queue, false)
		return err
	})
}

// Depth counts the messages that wait in a queue, exactly and now, unlike the management API's figure (up to 5 s old).
func (b *Broker) Depth(queue string) (ready int, err error) {
	err = b.with(func(ch *amqp.Channel) error {
		q, err := ch.QueueDeclarePassive(queue, true, false, false, false, nil)
		ready = q.Messages
		return err
	})
	return ready, err
}

// Publish puts count persistent messages of size bytes into a queue and returns when the broker has them all,
// or with ctx's error when it holds publishers back until ctx ends.
func (b *Broker) Publish(ctx context.Context, queue string, count, size int) error {
	conn, err := amqp.Dial(b.AMQP())
	if err != nil {
		return err
	}
	if err := publish(ctx, conn, queue, count, make([]byte, size)); err != nil {
		conn.CloseDeadline(time.Now()) // a broker that holds us back would not answer
		return err
	}
	return conn.Close()
}

func publish(ctx context.Context, conn *amqp.Connection, queue string, count int, body []byte) error {
	ch, err := conn.Channel()
	if err != nil {
		return err
	}
	if err := ch.Confirm(false); err != nil {
		return err
	}
	for range count {
		confirm, err := ch.PublishWithDeferredConfirmWithContext(ctx, "", queue, false, false,
			amqp.Publishing{DeliveryMode: amqp.Persistent, Body: body})
		if err != nil {
			return err
		}
		if ok, err := confirm.WaitContext(ctx); err != nil {
			return err
		} else if !ok {
			return fmt.Errorf("queue %s took no message", queue)
		}
	}
	return nil
}

// with opens a channel for the length of one call.
func (b *Broker) with(do func(*amqp.Channel) error) error {
	conn, err := amqp.Dial(b.AMQP())
	if err != nil {
		return err
	}
	defer conn.Close()
	ch, err := conn.Channel()
	if err != nil {
		return err
	}
	return do(ch)
}

// Connections counts the open AMQP connections, from the node's own registry.
func (b *Broker) Connections() (int, error) {
	out, err := b.control("eval", "length(rabbit_networking:connections()).")
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(out))
}
