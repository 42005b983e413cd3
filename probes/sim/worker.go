package sim

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// message is what travels over the queue.
type message struct {
	Kind    kind   `json:"kind"`
	ID      string `json:"id,omitempty"`      // of a campaign or a session
	Padding string `json:"padding,omitempty"` // what gives background traffic its weight
}

type kind string

const (
	forCampaign kind = "campaign"
	forSession  kind = "session"
	forTraffic  kind = "traffic"
)

func (m message) encode() []byte {
	body, err := json.Marshal(m)
	if err != nil {
		panic(err) // three strings always marshal
	}
	return body
}

// work runs the campaign worker whenever it is not stopped.
func (s *Studio) work(ctx context.Context) {
	for ctx.Err() == nil {
		since, flipped := s.faults.state(StopWorker)
		if !since.IsZero() {
			select {
			case <-ctx.Done():
			case <-flipped:
			}
			continue
		}
		s.consumeUntil(ctx, flipped)
	}
}

// consumeUntil takes messages from the queue until stop is closed or ctx ends.
func (s *Studio) consumeUntil(ctx context.Context, stop <-chan struct{}) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var watcher sync.WaitGroup
	defer watcher.Wait()
	watcher.Go(func() {
		defer cancel()
		select {
		case <-stop:
		case <-ctx.Done():
		}
	})
	if err := s.queue.Consume(ctx, s.handle); err != nil && ctx.Err() == nil {
		slog.Warn("the campaign worker lost its queue", "error", err)
		pause(ctx, 500*time.Millisecond)
	}
	cancel()
}

var errProcessing = errors.New("the campaign could not be processed")

// handle does what a message asks for. Sessions and traffic ask for nothing but to be taken.
func (s *Studio) handle(body []byte) error {
	var m message
	if err := json.Unmarshal(body, &m); err != nil || m.Kind != forCampaign {
		return nil
	}
	err := s.mail(m.ID)
	if err != nil {
		s.post.move(m.ID, Failed)
	}
	return err
}

// mail sends a test campaign, and delivers it unless mail is lost.
func (s *Studio) mail(id string) error {
	if s.broken(ProcessingErrors) {
		return errProcessing
	}
	lost := s.broken(LoseMail)
	if c, ok := s.post.campaign(id); ok {
		if err := s.options.Relay.send(c, lost); err != nil {
			slog.Warn("hand a test campaign to the mail server", "error", err)
			return err
		}
	}
	s.post.move(id, Sent)
	if !lost {
		s.post.deliver(id, time.Now())
	}
	return nil
}

// flow publishes a steady trickle, so that the queue of a stopped worker grows. After a refusal it halves its size, so
// that a queue which is nearly full becomes quite full and refuses the small messages of pages and campaigns too.
func (s *Studio) flow(ctx context.Context) {
	if s.options.TrafficEvery < 0 {
		return
	}
	tick := time.NewTicker(s.options.TrafficEvery)
	defer tick.Stop()
	size := s.options.TrafficSize
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		err := s.publish(ctx, message{Kind: forTraffic, Padding: strings.Repeat(" ", size)})
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			size /= 2
		} else {
			size = min(2*size+1, s.options.TrafficSize)
		}
	}
}
