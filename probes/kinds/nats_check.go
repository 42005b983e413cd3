package kinds

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/nats-io/nats.go"

	"candor/probes"
)

// canaryLife is how long a stored canary message lives when it cannot be removed.
const canaryLife = "10s"

// natsSession is one run's connection.
type natsSession struct {
	*natsCheck
	stages
	raw     *watchedConn
	dialErr error
	stop    func() bool
	conn    *nats.Conn
	result  probes.Result
	found   findings
	cert    certificateEnd
}

// Check connects anew, reads stream and consumers, and sends a message.
func (c *natsCheck) Check(ctx context.Context) probes.Result {
	s := &natsSession{natsCheck: c}
	if reason, text := s.run(ctx); reason != "" {
		s.found.add(probes.Failed, reason, text)
	}
	s.end()
	s.result.Steps = s.steps
	s.result.Measurements = append(s.result.Measurements, s.cert.measurements()...)
	s.found.verdict(&s.result)
	s.result.Detail = c.secrets.clean(s.result.Detail)
	if s.result.Outcome.Bad() {
		s.result.Evidence = []probes.Evidence{c.secrets.numbers("the broker's numbers", s.result)}
	}
	return s.result
}

// run returns why it could not look at everything; the reason is empty when it could.
func (s *natsSession) run(ctx context.Context) (probes.Reason, string) {
	// What the server refuses, and the end of the connection, come apart from the answers.
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	err := s.connect(ctx, cancel)
	if s.raw != nil {
		defer s.raw.Close()
		defer s.stop()
	}
	if err == nil {
		defer s.conn.Close()
		err = s.look(inner)
	}
	if err == nil {
		return "", ""
	}
	if cause := context.Cause(inner); cause != nil {
		err = cause
	}
	return s.explain(ctx, err)
}

func (s *natsSession) look(ctx context.Context) error {
	if s.Stream == "" {
		if s.Canary == "" {
			return s.flush(ctx)
		}
		return s.roundTrip(ctx)
	}
	s.begin("stream")
	stream, err := s.streamInfo(ctx)
	if err != nil || stream == nil {
		return err
	}
	if len(s.Consumers) > 0 {
		s.begin("consumers")
		for _, c := range s.Consumers {
			if err := s.consumer(ctx, c); err != nil {
				return err
			}
		}
	}
	if s.Canary == "" {
		return nil
	}
	s.begin("publish")
	return s.store(ctx, stream)
}

func (s *natsSession) connect(ctx context.Context, lost context.CancelCauseFunc) (err error) {
	s.begin("connect")
	limit := time.Minute // for a caller without a deadline
	if deadline, ok := ctx.Deadline(); ok {
		limit = time.Until(deadline)
	}
	if limit <= 0 {
		return ctx.Err()
	}
	options := []nats.Option{
		nats.Name("candor"), nats.NoReconnect(), nats.IgnoreDiscoveredServers(), nats.SkipHostLookup(), nats.Timeout(limit),
		nats.SetCustomDialer(natsDialer{s, ctx}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { lost(err) }),
		nats.ClosedHandler(func(c *nats.Conn) { lost(nats.ErrConnectionClosed) }),
	}
	if s.tls != nil {
		options = append(options, nats.Secure(s.tls.Clone()))
	}
	switch {
	case s.User != "":
		options = append(options, nats.UserInfo(s.User, s.Password))
	case s.Token != "":
		options = append(options, nats.Token(s.Token))
	case s.CredsFile != "":
		options = append(options, nats.UserCredentials(s.CredsFile))
	}
	if s.conn, err = nats.Connect("nats://"+s.host, options...); err != nil {
		return err
	}
	if state, err := s.conn.TLSConnectionState(); err == nil {
		s.cert.earliest(chainEnd(&state))
	}
	return nil
}

// natsDialer lets the client connect over a connection that ends with ctx and remembers why it ended.
type natsDialer struct {
	*natsSession
	ctx context.Context
}

func (d natsDialer) Dial(_, address string) (net.Conn, error) {
	d.raw, d.stop, d.dialErr = dialWatched(d.ctx, address)
	if d.dialErr != nil {
		return nil, d.dialErr
	}
	return d.raw, nil
}

// flush waits for an answer to a ping.
func (s *natsSession) flush(ctx context.Context) error {
	s.begin("ping")
	return s.conn.FlushWithContext(ctx)
}

// roundTrip sends a message and receives it.
func (s *natsSession) roundTrip(ctx context.Context) error {
	s.begin("subscribe")
	sub, err := s.conn.SubscribeSync(s.Canary)
	if err != nil {
		return err
	}
	if err := s.conn.FlushWithContext(ctx); err != nil {
		return err
	}
	s.begin("publish")
	nonce := nats.NewInbox()
	if err := s.conn.Publish(s.Canary, []byte(nonce)); err != nil {
		return err
	}
	s.begin("consume")
	for { // others may watch with the same subject
		msg, err := sub.NextMsgWithContext(ctx)
		if err != nil {
			return err
		}
		if string(msg.Data) == nonce {
			return nil
		}
	}
}

// natsRefusal is the error of JetStream's API, see its ADR-1 and ADR-7.
type natsRefusal struct {
	ErrCode     int    `json:"err_code"`
	Description string `json:"description"`
}

func (e *natsRefusal) Error() string { return scrub(shorten(e.Description)) }

// Error codes of JetStream.
const (
	natsNoConsumer  = 10014
	natsNotForUser  = 10039
	natsNoStream    = 10059
	natsOtherStream = 10060
	natsNotEnabled  = 10076
)

// api asks JetStream; a *natsRefusal is its answer when it has none for us.
func (s *natsSession) api(ctx context.Context, msg *nats.Msg, into any) error {
	answer, err := s.conn.RequestMsgWithContext(ctx, msg)
	if err != nil {
		return err
	}
	var refused struct {
		Error *natsRefusal `json:"error"`
	}
	if err := json.Unmarshal(answer.Data, &refused); err != nil {
		return errors.New("the answer is not the expected JSON")
	}
	if refused.Error != nil {
		return refused.Error
	}
	if err := json.Unmarshal(answer.Data, into); err != nil {
		return errors.New("the answer is not the expected JSON")
	}
	return nil
}

// store sends a message into the stream, waits for the acknowledgement, and removes the message.
func (s *natsSession) store(ctx context.Context, stream *natsStream) error {
	msg := nats.NewMsg(s.Canary)
	msg.Data = []byte("a canary message of Candor; it may be dropped")
	msg.Header.Set("Nats-Expected-Stream", s.Stream)
	if stream.Config.AllowMsgTTL {
		msg.Header.Set("Nats-TTL", canaryLife)
	}
	var stored struct {
		Seq uint64 `json:"seq"`
	}
	var refused *natsRefusal
	switch err := s.api(ctx, msg, &stored); {
	case errors.Is(err, nats.ErrNoResponders):
		s.found.add(probes.Failed, probes.Unexpected, fmt.Sprintf("no stream takes messages on %s", s.Canary))
		return nil
	case errors.As(err, &refused) && refused.ErrCode != natsOtherStream:
		s.found.add(probes.Failed, probes.Blocked, fmt.Sprintf("stream %s refuses messages: %s", s.Stream, refused))
		return nil
	case err != nil:
		return err
	}
	s.begin("remove")
	remove := nats.NewMsg("$JS.API.STREAM.MSG.DELETE." + s.Stream)
	remove.Data = fmt.Appendf(nil, `{"seq":%d,"no_erase":true}`, stored.Seq)
	if err := s.api(ctx, remove, &struct{}{}); errors.As(err, &refused) && stream.Config.AllowMsgTTL {
		return nil // it was dropped already, or soon will be
	} else if err != nil {
		return fmt.Errorf("remove the canary message: %w", err)
	}
	return nil
}

// explain puts the end of a run into our words; ctx is the run's.
func (s *natsSession) explain(ctx context.Context, err error) (probes.Reason, string) {
	var ended error
	if s.raw != nil {
		ended = s.raw.ended()
	}
	switch {
	case isAny(err, nats.ErrAuthorization, nats.ErrAuthExpired, nats.ErrAuthRevoked):
		return probes.AuthFailed, "the server did not accept our credentials"
	case errors.Is(err, nats.ErrPermissionViolation):
		return probes.AuthFailed, scrub(shorten(err.Error()))
	case errors.Is(ctx.Err(), context.Canceled):
		return probes.Internal, "interrupted"
	case s.raw == nil && s.dialErr != nil:
		return classify(s.dialErr)
	case errors.Is(ended, errTooMuch):
		return probes.TooLarge, fmt.Sprintf("the server sent more than %d bytes", maxRead)
	case ctx.Err() != nil || timeout(ended) || isAny(err, nats.ErrTimeout, context.DeadlineExceeded):
		return probes.TimedOut, fmt.Sprintf("connected, but no answer at %s within the time limit", s.stage)
	case errors.Is(err, nats.ErrNoResponders):
		return probes.Unexpected, "JetStream is not enabled there"
	case isAny(err, nats.ErrSecureConnWanted):
		return probes.Unexpected, "the server offers no TLS"
	case ended != nil:
		if reason, text := explain(err); reason == probes.Certificate {
			return reason, text
		}
		err = ended
	}
	return prefixed(s.stage+": ", err)
}
