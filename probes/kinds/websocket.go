package kinds

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"candor/probes"
)

// WebSocket opens a WebSocket, says what its steps say, and waits for what they expect.
type WebSocket struct {
	URL          string            `yaml:"url"` // ws://host/path, or wss
	Headers      map[string]string `yaml:"headers"`
	Origin       string            `yaml:"origin"`
	Subprotocols []string          `yaml:"subprotocols"` // the server must choose one of them
	TLS          HTTPTLS           `yaml:"tls"`
	Status       int               `yaml:"status"` // of the handshake, 101 by default; with another one the refusal is what is expected
	Steps        []WebSocketStep   `yaml:"steps"`
	Ping         *bool             `yaml:"ping"`        // send a ping after the steps and wait for its answer; true by default
	MaxMessage   int64             `yaml:"max_message"` // bytes, 1 MiB by default
	Latency      time.Duration     `yaml:"latency"`     // of the whole run; degraded above
}

// WebSocketStep sends a message, or waits for one, or does both in this order.
type WebSocketStep struct {
	Name   string `yaml:"name"`
	Send   string `yaml:"send"`   // a text; never shown
	JSON   any    `yaml:"json"`   // instead of send
	Expect string `yaml:"expect"` // text of a message that comes, or a regular expression between slashes; others pass by
}

const (
	defaultMaxMessage = 1 << 20
	maxWebSocketSteps = 40 // a result holds a few more
)

type webSocketCheck struct {
	WebSocket
	address string
	host    string      // for the Host header; empty for the URL's
	tls     *tls.Config // nil without TLS
	header  http.Header
	script  []webSocketStep
	secrets []string
}

// webSocketStep is a step that has been checked; without anything to send, say is nil.
type webSocketStep struct {
	label  string
	say    []byte
	await  bool
	expect pattern
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (s *WebSocket) Checker() (probes.Checker, error) {
	u, err := serverURL(s.URL, "wss://studio.example.com/live", "ws", "wss")
	if err != nil {
		return nil, err
	}
	c := &webSocketCheck{WebSocket: *s, address: hostPortOf(u, "80"), header: http.Header{},
		secrets: HTTPStep{HTTPRequest: HTTPRequest{URL: s.URL, Headers: s.Headers}}.secrets()}
	if u.Scheme == "wss" {
		if c.tls, err = s.TLS.config(); err != nil {
			return nil, err
		}
		c.address = hostPortOf(u, "443")
		c.tls.NextProtos = []string{"http/1.1"}
		if c.tls.ServerName == "" {
			c.tls.ServerName = u.Hostname()
		}
	} else if s.TLS != (HTTPTLS{}) {
		return nil, &FieldError{"tls", "there is no TLS with ws://; write wss://"}
	}
	if err := c.limitProblem(); err != nil {
		return nil, err
	}
	if err := c.compileHeader(); err != nil {
		return nil, err
	}
	if err := c.compileSteps(); err != nil {
		return nil, err
	}
	return c, latencyProblem(s.Latency)
}

// limitProblem fills in defaults; it is untyped so that no problem is a nil error.
func (c *webSocketCheck) limitProblem() error {
	if c.Status == 0 {
		c.Status = http.StatusSwitchingProtocols
	}
	if c.MaxMessage == 0 {
		c.MaxMessage = defaultMaxMessage
	}
	switch {
	case c.Status != http.StatusSwitchingProtocols && (c.Status < 200 || c.Status > 599):
		return &FieldError{"status", "101, or a status from 200 to 599 with which the server refuses"}
	case c.Status != http.StatusSwitchingProtocols && len(c.Steps) > 0:
		return &FieldError{"steps", "there are no steps after a refusal; leave them or status out"}
	case c.MaxMessage < 0 || c.MaxMessage > maxRead:
		return &FieldError{"max_message", fmt.Sprintf("a number of bytes from 1 to %d", maxRead)}
	case len(c.Steps) > maxWebSocketSteps:
		return &FieldError{"steps", fmt.Sprintf("at most %d steps", maxWebSocketSteps)}
	}
	return nil
}

// compileHeader checks and collects what is sent with the handshake.
func (c *webSocketCheck) compileHeader() error {
	if field, problem := (HTTPRequest{Headers: c.Headers}).requestProblem(); problem != "" {
		return &FieldError{field, problem}
	}
	for _, name := range sortedKeys(c.Headers) {
		lower := strings.ToLower(name)
		switch {
		case lower == "connection" || lower == "upgrade" || strings.HasPrefix(lower, "sec-websocket-"):
			return &FieldError{key("headers", name), "the handshake sets this itself; for the subprotocol, there is subprotocols"}
		case lower == "origin" && c.Origin != "":
			return &FieldError{key("headers", name), "give either this header or origin"}
		case lower == "host":
			c.host = c.Headers[name]
		default:
			c.header.Set(name, c.Headers[name])
		}
	}
	if u, err := url.Parse(c.Origin); c.Origin != "" && (err != nil || u.Scheme == "" || u.Host == "") {
		return &FieldError{"origin", "an origin like https://studio.example.com"}
	}
	if c.Origin != "" {
		c.header.Set("Origin", c.Origin)
	}
	if c.header.Get("User-Agent") == "" {
		c.header.Set("User-Agent", userAgent)
	}
	if i := slices.IndexFunc(c.Subprotocols, func(p string) bool { return !httpguts.ValidHeaderFieldName(p) }); i >= 0 {
		return &FieldError{fmt.Sprintf("subprotocols[%d]", i), "a name like graphql-transport-ws"}
	}
	return nil
}

func (c *webSocketCheck) compileSteps() error {
	for i, s := range c.Steps {
		path := fmt.Sprintf("steps[%d].", i)
		switch {
		case s.Send != "" && s.JSON != nil:
			return &FieldError{path + "json", "give either send or json"}
		case s.Send == "" && s.JSON == nil && s.Expect == "":
			return &FieldError{path + "send", "say what to send, or what to expect"}
		}
		step := webSocketStep{label: stepLabel(s.Name, i), await: s.Expect != ""}
		var err error
		if step.expect, err = compilePattern(path+"expect", s.Expect); err != nil {
			return err
		}
		if s.Send != "" {
			step.say = []byte(s.Send)
		}
		if s.JSON != nil {
			if step.say, err = json.Marshal(s.JSON); err != nil {
				return &FieldError{path + "json", "this value cannot be written as JSON"}
			}
		}
		c.script = append(c.script, step)
		said := HTTPStep{HTTPRequest: HTTPRequest{Body: string(step.say), JSON: s.JSON}}
		c.secrets = append(append(c.secrets, string(step.say)), said.secrets()...)
	}
	return nil
}
