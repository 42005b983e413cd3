package kinds

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"

	"candor/probes"
)

// natsStream is what JetStream tells of a stream; a limit of 0 or less is none.
type natsStream struct {
	Config struct {
		MaxMessages float64 `json:"max_msgs"`
		MaxBytes    float64 `json:"max_bytes"`
		Discard     string  `json:"discard"` // "old" or "new"
		AllowMsgTTL bool    `json:"allow_msg_ttl"`
	} `json:"config"`
	State struct {
		Messages float64 `json:"messages"`
		Bytes    float64 `json:"bytes"`
	} `json:"state"`
}

// natsConsumer is what JetStream tells of a consumer.
type natsConsumer struct {
	Pending        float64 `json:"num_pending"`
	Unacknowledged float64 `json:"num_ack_pending"`
	Waiting        int     `json:"num_waiting"` // open requests of a pull consumer
	PushBound      bool    `json:"push_bound"`  // a push consumer has a subscriber
	Delivered      struct {
		Seq uint64 `json:"consumer_seq"`
	} `json:"delivered"`
}

// streamInfo reads and judges the stream; it returns nil when there is none to go on with.
func (s *natsSession) streamInfo(ctx context.Context) (*natsStream, error) {
	var info natsStream
	var refused *natsRefusal
	switch err := s.api(ctx, nats.NewMsg("$JS.API.STREAM.INFO."+s.Stream), &info); {
	case errors.As(err, &refused) && refused.ErrCode == natsNoStream:
		s.found.add(probes.Failed, probes.Unexpected, fmt.Sprintf("stream %s does not exist", s.Stream))
		return nil, nil
	case errors.As(err, &refused) && (refused.ErrCode == natsNotEnabled || refused.ErrCode == natsNotForUser):
		return nil, nats.ErrNoResponders // how most servers say it
	case err != nil:
		return nil, err
	}
	s.judgeStream(&info)
	return &info, nil
}

func (s *natsSession) judgeStream(info *natsStream) {
	messages, bytes := info.State.Messages, info.State.Bytes
	maxMessages, maxBytes := max(0, info.Config.MaxMessages), max(0, info.Config.MaxBytes)
	limit := float64(s.MaxMessages)
	if limit == 0 {
		limit = maxMessages
	}
	s.measure("messages", messages, "messages", limit)
	s.measure("bytes", bytes, "bytes", maxBytes)
	s.tooMany(fmt.Sprintf("stream %s has %.0f messages", s.Stream, messages), messages, s.MaxMessages, s.WarnMessages)
	full := maxMessages > 0 && messages >= maxMessages ||
		maxBytes > 0 && messages > 0 && maxBytes-bytes < bytes/messages // no room for one of the usual size
	usage := fmt.Sprintf("stream %s holds %s", s.Stream, natsUsage(info))
	switch {
	case full && info.Config.Discard == "new":
		s.found.add(probes.Failed, probes.Blocked, usage+": it is full and refuses messages")
	case full:
		s.found.add(probes.Degraded, probes.NearLimit, usage+": it is full and drops its oldest messages")
	case maxMessages > 0 && messages >= maxMessages*s.Storage, maxBytes > 0 && bytes >= maxBytes*s.Storage:
		s.found.add(probes.Degraded, probes.NearLimit, usage)
	}
}

// natsUsage tells how full a stream is, of those limits that it has.
func natsUsage(info *natsStream) string {
	text := fmt.Sprintf("%.0f messages", info.State.Messages)
	if info.Config.MaxMessages > 0 {
		text = fmt.Sprintf("%.0f of %.0f messages", info.State.Messages, info.Config.MaxMessages)
	}
	if info.Config.MaxBytes > 0 {
		text += fmt.Sprintf(", %.1f of %.1f MB", info.State.Bytes/1e6, info.Config.MaxBytes/1e6)
	}
	return text
}

// consumer reads and judges a consumer.
func (s *natsSession) consumer(ctx context.Context, c NATSConsumer) error {
	var info natsConsumer
	var refused *natsRefusal
	err := s.api(ctx, nats.NewMsg("$JS.API.CONSUMER.INFO."+s.Stream+"."+c.Name), &info)
	if errors.As(err, &refused) && refused.ErrCode == natsNoConsumer {
		s.found.add(probes.Failed, probes.NoConsumer, fmt.Sprintf("consumer %s does not exist", c.Name))
		return nil
	}
	if err != nil {
		return err
	}
	s.measure(c.Name+".pending", info.Pending, "messages", float64(c.MaxPending))
	s.measure(c.Name+".unacknowledged", info.Unacknowledged, "messages", float64(c.MaxUnacknowledged))
	s.tooMany(fmt.Sprintf("consumer %s has %.0f messages before it", c.Name, info.Pending), info.Pending, c.MaxPending, c.WarnPending)
	if c.MaxUnacknowledged > 0 && info.Unacknowledged > float64(c.MaxUnacknowledged) {
		s.found.add(probes.Degraded, probes.Backlog, fmt.Sprintf("consumer %s has %.0f unacknowledged messages; at most %d expected",
			c.Name, info.Unacknowledged, c.MaxUnacknowledged))
	}
	if busy := s.tookMore(c.Name, info.Delivered.Seq); c.MustListen && !busy && info.Waiting == 0 && !info.PushBound {
		s.found.add(probes.Failed, probes.NoConsumer, fmt.Sprintf("nobody listens at consumer %s", c.Name))
	}
	return nil
}

// tookMore says whether the consumer took messages since the last run: one at work may not be waiting for more.
func (s *natsSession) tookMore(consumer string, delivered uint64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	last, known := s.taken[consumer]
	s.taken[consumer] = delivered
	return known && delivered > last
}

// tooMany adds a finding when n is above one of two limits.
func (s *natsSession) tooMany(text string, n float64, most, warn int) {
	switch {
	case most > 0 && n > float64(most):
		s.found.add(probes.Failed, probes.Backlog, fmt.Sprintf("%s; at most %d expected", text, most))
	case warn > 0 && n > float64(warn):
		s.found.add(probes.Degraded, probes.Backlog, fmt.Sprintf("%s; at most %d expected", text, warn))
	}
}

func (s *natsSession) measure(name string, value float64, unit string, limit float64) {
	s.result.Measurements = append(s.result.Measurements, probes.Measurement{Name: name, Value: value, Unit: unit, Limit: limit})
}
