package kinds

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"

	"candor/probes"
)

// goodbyeTime is how long the server may take to answer that the connection is closed; it is no part of the verdict.
const goodbyeTime = 300 * time.Millisecond

// webSocketRun is one run's connection.
type webSocketRun struct {
	*webSocketCheck
	*talk
	ws    *websocket.Conn // nil before the handshake
	heard chan error      // why the reading in the background ended; nil when nothing reads there
}

// Check connects anew.
func (c *webSocketCheck) Check(ctx context.Context) probes.Result {
	r := &webSocketRun{webSocketCheck: c, talk: newTalk(c.secrets...)}
	defer r.close()
	if err := r.run(ctx); err != nil {
		r.explain(ctx, err)
	}
	result := r.result(c.Latency, c.TLS.MinDaysLeft)
	r.leave()
	return result
}

func (r *webSocketRun) run(ctx context.Context) error {
	var conn net.Conn
	conn, err := r.dial(ctx, r.address)
	if err == nil && r.tls != nil {
		conn, err = r.handshake(ctx, conn, r.tls)
	}
	if err != nil {
		return err
	}
	r.begin("handshake")
	if err := r.upgrade(ctx, conn); err != nil || len(r.found) > 0 || r.Status != http.StatusSwitchingProtocols {
		return err
	}
	r.ws.SetReadLimit(r.MaxMessage)
	for i := range r.script {
		r.begin(r.script[i].label)
		if err := r.step(ctx, &r.script[i]); err != nil || len(r.found) > 0 {
			return err
		}
	}
	if r.Ping != nil && !*r.Ping {
		return nil
	}
	r.begin("ping")
	return r.ping(ctx)
}

// upgrade makes the handshake and judges the answer.
func (r *webSocketRun) upgrade(ctx context.Context, conn net.Conn) error {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	over, err := speak(ctx, conn, &protocols)
	if err != nil {
		return err
	}
	ws, resp, err := websocket.Dial(ctx, r.URL, &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: over, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		HTTPHeader: r.header, Host: r.host, Subprotocols: r.Subprotocols,
	})
	r.ws = ws
	if resp == nil {
		return err
	}
	if resp.Body != nil {
		defer resp.Body.Close()
	}
	switch {
	case resp.StatusCode != r.Status || err != nil && resp.StatusCode == http.StatusSwitchingProtocols:
		r.refused(resp, err)
	case ws != nil && len(r.Subprotocols) > 0 && ws.Subprotocol() == "":
		r.found.add(probes.Failed, probes.Unexpected, "expected the server to choose one of the subprotocols "+strings.Join(r.Subprotocols, ", ")+", got none")
	}
	return nil
}

// refused adds what is wrong with the answer to the handshake.
func (r *webSocketRun) refused(resp *http.Response, err error) {
	if resp.StatusCode == http.StatusSwitchingProtocols && r.Status == http.StatusSwitchingProtocols {
		r.found.add(probes.Failed, probes.Unexpected, "expected the handshake of a WebSocket, got: "+shorten(scrub(r.tell.clean(innermost(err)))))
		return
	}
	reason := probes.Unexpected
	if resp.StatusCode == http.StatusUnauthorized || resp.StatusCode == http.StatusForbidden {
		reason = probes.AuthFailed
	}
	text := fmt.Sprintf("expected status %d%s, got %d%s", r.Status, spaced(http.StatusText(r.Status)), resp.StatusCode, spaced(http.StatusText(resp.StatusCode)))
	if to := resp.Header.Get("Location"); to != "" {
		text += " to " + short(r.tell.clean(address(to)))
	}
	if versions := resp.Header.Get("Sec-Websocket-Version"); versions != "" {
		text += ", the server wants version " + r.tell.quote(versions)
	}
	var body []byte
	if resp.Body != nil {
		body, _ = io.ReadAll(resp.Body) // the library has read 1 KiB of it, and no more
	}
	r.found.add(probes.Failed, reason, text+r.tell.snippet(body))
}

// step sends a message and waits for the one that it expects.
func (r *webSocketRun) step(ctx context.Context, s *webSocketStep) error {
	if s.say != nil {
		if err := r.ws.Write(ctx, websocket.MessageText, s.say); err != nil {
			return err
		}
	}
	var last []byte
	for s.await {
		_, message, err := r.ws.Read(ctx)
		var closed websocket.CloseError
		switch {
		case err == nil && s.expect.in(string(message)):
			return nil
		case err == nil:
			last = message
		case errors.Is(ctx.Err(), context.Canceled):
			return err
		case ctx.Err() != nil:
			r.found.add(probes.Failed, probes.TimedOut, s.label+": "+r.missing(s, last)+" within the time limit")
			return nil
		case errors.As(err, &closed):
			r.found.add(probes.Failed, closeReason(closed), s.label+": "+r.missing(s, last)+" before "+r.goodbye(closed))
			return nil
		default:
			return err
		}
	}
	return nil
}

// missing says what did not come; what is quoted of a message is its beginning.
func (r *webSocketRun) missing(s *webSocketStep, last []byte) string {
	return s.expect.expected(&r.tell, r.tell.cleanStart(string(last), maxHeard))
}

// ping measures how long the server takes to answer a ping; messages that come meanwhile pass by.
func (r *webSocketRun) ping(ctx context.Context) error {
	waiting, stop := context.WithCancel(ctx)
	defer stop()
	r.heard = make(chan error, 1)
	go func() { // the answer comes only while somebody reads
		defer stop()
		r.heard <- discard(ctx, r.ws)
	}()
	began := time.Now()
	err := r.ws.Ping(waiting)
	if err == nil {
		r.measure("ping", time.Since(began).Seconds(), "s", 0)
		return nil
	}
	_ = r.ws.CloseNow()
	if why := <-r.heard; !errors.Is(why, net.ErrClosed) {
		err = why
	}
	r.heard = nil
	if len(r.script) > 0 && websocket.CloseStatus(err) == websocket.StatusNormalClosure {
		return nil // all was said
	}
	return err
}

// discard reads until the connection ends.
func discard(ctx context.Context, ws *websocket.Conn) error {
	for {
		_, message, err := ws.Reader(ctx)
		if err == nil {
			_, err = io.Copy(io.Discard, message)
		}
		if err != nil {
			return err
		}
	}
}

// explain adds what ended the run; what the server says of it tells most.
func (r *webSocketRun) explain(ctx context.Context, err error) {
	var closed websocket.CloseError
	switch {
	case ctx.Err() != nil:
		r.fail(ctx, err)
	case errors.Is(err, websocket.ErrMessageTooBig):
		r.found.add(probes.Failed, probes.TooLarge, fmt.Sprintf("%s: expected messages of at most %d bytes, got a larger one", r.stage, r.MaxMessage))
	case errors.As(err, &closed):
		r.found.add(probes.Failed, closeReason(closed), "expected an answer at "+r.stage+", but "+r.goodbye(closed))
	default:
		r.fail(ctx, err)
	}
}

// closeReason classes a close code, see https://www.iana.org/assignments/websocket/websocket.xhtml;
// 4401 and 4403 are private, but GraphQL's servers and others use them alike.
func closeReason(closed websocket.CloseError) probes.Reason {
	switch closed.Code {
	case 3000, 3003, 4401, 4403:
		return probes.AuthFailed
	}
	return probes.Unexpected
}

// goodbye says how the server closed the connection.
func (r *webSocketRun) goodbye(closed websocket.CloseError) string {
	text := fmt.Sprintf("the server closed the connection with code %d", closed.Code)
	if closed.Reason != "" {
		text += " " + r.tell.quote(namedSecret.ReplaceAllString(closed.Reason, "${1}***"))
	}
	return text
}

// leave says goodbye; a server that does not answer is left alone.
func (r *webSocketRun) leave() {
	if r.ws == nil {
		return
	}
	hurry := time.AfterFunc(goodbyeTime, func() { r.raw.Close() })
	defer hurry.Stop()
	_ = r.ws.Close(websocket.StatusNormalClosure, "") // nothing hangs on its answer
	if r.heard != nil {
		<-r.heard
	}
}
