package kinds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	amqp "github.com/rabbitmq/amqp091-go"

	"candor/probes"
)

// lost returns why the connection ended.
func (s *rabbitSession) lost() error {
	select {
	case err := <-s.closed:
		if err != nil {
			return err
		}
	default:
	}
	return io.ErrUnexpectedEOF
}

// explain puts the end of a run into our words; ctx is the run's.
func (s *rabbitSession) explain(ctx context.Context, err error) (probes.Reason, string) {
	var held heldBack
	var refusal *amqp.Error
	if errors.As(err, &held) {
		return probes.Blocked, scrub(held.Error())
	}
	if errors.As(err, &refusal) && refusal.Server {
		return refusalReason(refusal), "the broker refused at " + s.stage + ": " + scrub(refusal.Reason)
	}
	if s.raw == nil {
		return prefixed("AMQP: ", err)
	}
	ended := s.raw.ended()
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return probes.Internal, "interrupted"
	case ctx.Err() != nil || timeout(ended):
		return probes.TimedOut, s.late(err)
	case errors.Is(ended, errTooMuch):
		return probes.TooLarge, fmt.Sprintf("AMQP: the broker sent more than %d bytes", maxRead)
	case errors.Is(err, amqp.ErrCredentials) && isAny(ended, io.EOF, syscall.ECONNRESET):
		return probes.AuthFailed, "the broker closed the connection at AMQP sign in, as it does when user or password are wrong"
	case errors.Is(err, amqp.ErrSASL):
		return probes.AuthFailed, "the broker does not let sign in with user and password"
	case refusal != nil && ended == nil:
		return probes.Unexpected, s.stage + ": this is no AMQP 0-9-1: " + scrub(refusal.Reason)
	case refusal != nil:
		err = ended
	}
	return prefixed(s.stage+": ", err)
}

func (s *rabbitSession) late(err error) string {
	text := "connected, but no answer to " + s.stage + " within the time limit"
	if errors.Is(err, amqp.ErrCredentials) {
		text += "; RabbitMQ takes 3 s to refuse a wrong password"
	}
	return text
}

// refusalReason classes what the broker said.
func refusalReason(e *amqp.Error) probes.Reason {
	if e.Code == amqp.AccessRefused {
		return probes.AuthFailed
	}
	return probes.Unexpected
}

// prefixed is classify with a word on what failed.
func prefixed(what string, err error) (probes.Reason, string) {
	reason, text := classify(err)
	return reason, what + text
}
