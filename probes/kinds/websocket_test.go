package kinds

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"candor/probes"
)

// liveStudio is a product with real WebSockets, and with what may stand in their place.
func liveStudio(t *testing.T) http.Handler {
	mux := http.NewServeMux()
	serve := func(path string, options *websocket.AcceptOptions, talk func(context.Context, *websocket.Conn, *http.Request)) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			conn, err := websocket.Accept(w, r, options)
			if err != nil {
				return // it has answered
			}
			defer conn.CloseNow()
			talk(r.Context(), conn, r)
		})
	}
	echo := func(ctx context.Context, conn *websocket.Conn, r *http.Request) {
		for {
			kind, message, err := conn.Read(ctx)
			if err != nil {
				return
			}
			conn.Write(ctx, kind, []byte(fmt.Sprintf("you said %s as %s of %s", message, r.Header.Get("Authorization"), r.Host)))
		}
	}
	serve("/echo", nil, echo)
	serve("/graphql", &websocket.AcceptOptions{Subprotocols: []string{"graphql-transport-ws"}}, echo)
	serve("/ours", &websocket.AcceptOptions{OriginPatterns: []string{"studio.example.com"}}, echo)
	serve("/news", nil, func(ctx context.Context, conn *websocket.Conn, _ *http.Request) {
		for _, text := range []string{"hello", "12 recipients", "state: ready"} {
			conn.Write(ctx, websocket.MessageText, []byte(text))
		}
		for _, _, err := conn.Read(ctx); err == nil; _, _, err = conn.Read(ctx) {
		}
	})
	serve("/large", nil, func(ctx context.Context, conn *websocket.Conn, _ *http.Request) {
		conn.Write(ctx, websocket.MessageBinary, make([]byte, 5000))
		conn.Read(ctx)
	})
	serve("/flood", nil, func(ctx context.Context, conn *websocket.Conn, _ *http.Request) {
		for conn.Write(ctx, websocket.MessageText, make([]byte, 1<<16)) == nil {
		}
	})
	serve("/once", nil, func(ctx context.Context, conn *websocket.Conn, _ *http.Request) {
		conn.Write(ctx, websocket.MessageText, []byte("that is all"))
		conn.Close(websocket.StatusNormalClosure, "bye")
	})
	serve("/stranger", nil, func(_ context.Context, conn *websocket.Conn, _ *http.Request) {
		conn.Close(4401, "no session for token=hidden-by-name")
	})
	serve("/crash", nil, func(context.Context, *websocket.Conn, *http.Request) {})
	served := make(chan struct{})
	t.Cleanup(func() { close(served) })
	serve("/deaf", nil, func(context.Context, *websocket.Conn, *http.Request) { <-served }) // it never reads, so it sends no pong
	mux.HandleFunc("/guarded", func(w http.ResponseWriter, r *http.Request) {
		switch r.Header.Get("Authorization") {
		case "Bearer hunter2-hunter2":
			w.WriteHeader(http.StatusNoContent)
		case "":
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "who are you?", http.StatusUnauthorized)
		default:
			http.Error(w, "not you, "+r.Header.Get("Authorization"), http.StatusForbidden)
		}
	})
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<h1>Welcome</h1>") })
	mux.Handle("/moved", http.RedirectHandler("https://studio.example.com/live?token=hunter2", http.StatusFound))
	mux.HandleFunc("/newer", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Sec-WebSocket-Version", "14")
		w.WriteHeader(http.StatusUpgradeRequired)
	})
	mux.HandleFunc("/pretends", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "Upgrade")
		w.Header().Set("Upgrade", "websocket")
		w.Header().Set("Sec-WebSocket-Accept", "guess")
		w.WriteHeader(http.StatusSwitchingProtocols)
	})
	return mux
}

func TestWebSocket(t *testing.T) {
	server := httptest.NewServer(liveStudio(t))
	t.Cleanup(server.Close)
	host := server.Listener.Addr().String()
	at := func(path string, steps ...WebSocketStep) WebSocket {
		return WebSocket{URL: "ws://" + host + path, Steps: steps}
	}
	with := func(s WebSocket, change func(*WebSocket)) WebSocket { change(&s); return s }
	bearer := func(token string) func(*WebSocket) {
		return func(s *WebSocket) { s.Headers = map[string]string{"Authorization": "Bearer " + token} }
	}
	without := false
	for _, c := range []struct {
		name     string
		settings WebSocket
		outcome  probes.Outcome
		reason   probes.Reason
		detail   string
	}{
		{"a handshake", at("/echo"), probes.OK, "", ""},
		{"an answer", at("/echo", WebSocketStep{Send: "ping", Expect: "you said ping"}), probes.OK, "", ""},
		{"JSON", at("/echo", WebSocketStep{JSON: map[string]any{"type": "init"}, Expect: `/said \{"type":"init"\}/`}), probes.OK, "", ""},
		{"a message after others", at("/news", WebSocketStep{Expect: "ready"}), probes.OK, "", ""},
		{"several steps", at("/news", WebSocketStep{Name: "greeting", Expect: "/^hello$/"}, WebSocketStep{Send: "x"}, WebSocketStep{Expect: "recipients"}), probes.OK, "", ""},
		{"messages that nobody waits for", at("/news"), probes.OK, "", ""},
		{"another answer", at("/echo", WebSocketStep{Name: "login", Send: "hunter2-secret", Expect: "welcome"}), probes.Failed, probes.TimedOut,
			`step login: expected an answer with "welcome", got "you said *** as of ` + host + `" within the time limit`},
		{"a secret in JSON", at("/echo", WebSocketStep{JSON: map[string]any{"token": "hunter2-secret"}, Expect: "/welcome/"}), probes.Failed, probes.TimedOut,
			`step 1: expected an answer that matches /welcome/, got "you said *** as`},
		{"no message", at("/deaf", WebSocketStep{Expect: "hello"}), probes.Failed, probes.TimedOut, `step 1: expected an answer with "hello", got nothing within`},
		{"no pong", at("/deaf"), probes.Failed, probes.TimedOut, "no complete answer at ping within the time limit"},
		{"no pong, and none asked for", with(at("/deaf"), func(s *WebSocket) { s.Ping = &without }), probes.OK, "", ""},
		{"the end before the answer", at("/once", WebSocketStep{Expect: "welcome"}), probes.Failed, probes.Unexpected,
			`got "that is all" before the server closed the connection with code 1000 "bye"`},
		{"the end after the answer", at("/once", WebSocketStep{Expect: "all"}), probes.OK, "", ""},
		{"the end after the handshake", at("/once"), probes.Failed, probes.Unexpected, `expected an answer at ping, but the server closed the connection with code 1000 "bye"`},
		{"a session that is unknown", at("/stranger"), probes.Failed, probes.AuthFailed, `code 4401 "no session for token=***"`},
		{"a connection that breaks", at("/crash", WebSocketStep{Expect: "hello"}), probes.Failed, probes.Unexpected, "step 1: the connection was"},
		{"a connection that breaks at the ping", at("/crash"), probes.Failed, probes.Unexpected, "ping: the connection was"},
		{"a large message", with(at("/large", WebSocketStep{Expect: "x"}), func(s *WebSocket) { s.MaxMessage = 4999 }), probes.Failed, probes.TooLarge,
			"step 1: expected messages of at most 4999 bytes, got a larger one"},
		{"one that is large enough", with(at("/large", WebSocketStep{Expect: `/^\x00+$/`}), func(s *WebSocket) { s.MaxMessage = 5000 }), probes.OK, "", ""},
		{"messages without end", at("/flood", WebSocketStep{Expect: "ready"}), probes.Failed, probes.TooLarge, "more than 4194304 bytes"},
		{"a subprotocol", with(at("/graphql"), func(s *WebSocket) { s.Subprotocols = []string{"mqtt", "graphql-transport-ws"} }), probes.OK, "", ""},
		{"a subprotocol that it does not speak", with(at("/graphql"), func(s *WebSocket) { s.Subprotocols = []string{"mqtt"} }), probes.Failed, probes.Unexpected,
			"expected the server to choose one of the subprotocols mqtt, got none"},
		{"an origin", with(at("/ours"), func(s *WebSocket) { s.Origin = "https://studio.example.com" }), probes.OK, "", ""},
		{"another origin", with(at("/ours"), func(s *WebSocket) { s.Origin = "https://evil.example.com" }), probes.Failed, probes.AuthFailed, "got 403 Forbidden"},
		{"a host of its own", with(at("/echo", WebSocketStep{Send: "x", Expect: "of studio.example.com"}), func(s *WebSocket) {
			s.Headers = map[string]string{"host": "studio.example.com"}
		}), probes.OK, "", ""},
		{"no sign-in", at("/guarded"), probes.Failed, probes.AuthFailed, "expected status 101 Switching Protocols, got 401 Unauthorized: who are you?"},
		{"no sign-in, as it should be", with(at("/guarded"), func(s *WebSocket) { s.Status = 401 }), probes.OK, "", ""},
		{"a wrong sign-in that the server repeats", with(at("/guarded"), bearer("hunter2-hunter3")), probes.Failed, probes.AuthFailed, "got 403 Forbidden: not you, ***"},
		{"open where it should be closed", with(at("/echo"), func(s *WebSocket) { s.Status = 401 }), probes.Failed, probes.Unexpected,
			"expected status 401 Unauthorized, got 101 Switching Protocols"},
		{"a user in the URL", WebSocket{URL: "ws://candor:hunter2-pw@" + host + "/guarded"}, probes.Failed, probes.AuthFailed, "not you, Basic ***"},
		{"an ordinary page", at("/page"), probes.Failed, probes.Unexpected, "got 200 OK: <h1>Welcome</h1>"},
		{"no such page", at("/nowhere"), probes.Failed, probes.Unexpected, "got 404 Not Found"},
		{"a redirect", at("/moved"), probes.Failed, probes.Unexpected, "got 302 Found to studio.example.com/live"},
		{"another version", at("/newer"), probes.Failed, probes.Unexpected, `got 426 Upgrade Required, the server wants version "14"`},
		{"a handshake that is none", at("/pretends"), probes.Failed, probes.Unexpected, "expected the handshake of a WebSocket, got: WebSocket protocol violation"},
		{"too slow", with(at("/echo"), func(s *WebSocket) { s.Latency = 1 }), probes.Degraded, probes.Slow, "expected all within 1ns, but it took"},
		{"silence", WebSocket{URL: "ws://" + mute(t)}, probes.Failed, probes.TimedOut, "no complete answer at handshake within the time limit"},
		{"silence with TLS", WebSocket{URL: "wss://" + mute(t)}, probes.Failed, probes.TimedOut, "no complete answer at TLS handshake"},
		{"a closed port", WebSocket{URL: "ws://" + nobody(t)}, probes.Failed, probes.Refused, "refused"},
		{"a name that does not exist", WebSocket{URL: "wss://studio.invalid"}, probes.Failed, probes.Unreachable, "the name studio.invalid"},
		{"no HTTP", WebSocket{URL: "ws://" + says(t, "SSH-2.0-OpenSSH_9.2\r\n", 1)}, probes.Failed, probes.Unexpected, "handshake: "},
		{"headers without end", WebSocket{URL: "ws://" + listen(t, answering("HTTP/1.1 101 OK\r\nX-A: "+strings.Repeat("a", 1<<20)))}, probes.Failed, probes.Unexpected, "headers exceeded"},
		{"the end", WebSocket{URL: "ws://" + listen(t, answering(""))}, probes.Failed, probes.Unexpected, "handshake: the connection was closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := check(t, checker(t, &c.settings), patience(c.reason))
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if m, ok := figureOf(r, "latency"); ok != (c.outcome != probes.Failed) || ok && (m.Value <= 0 || m.Unit != "s") {
				t.Errorf("got latency %+v, %t", m, ok)
			}
			if len(r.Detail) > 600 {
				t.Errorf("a detail of %d bytes", len(r.Detail))
			}
		})
	}
}

func TestWebSocketMeasures(t *testing.T) {
	server := httptest.NewServer(liveStudio(t))
	t.Cleanup(server.Close)
	r := check(t, checker(t, &WebSocket{URL: "ws://" + server.Listener.Addr().String() + "/echo", Steps: []WebSocketStep{
		{Send: "one", Expect: "one"}, {Name: "second", Send: "two", Expect: "two"}}}), patience(""))
	expectVerdict(t, r, probes.OK, "")
	exactSteps(t, r, "connect", "handshake", "step 1", "step second", "ping")
	if m, ok := figureOf(r, "ping"); !ok || m.Value <= 0 || m.Unit != "s" {
		t.Errorf("got ping %+v, %t", m, ok)
	}
}

func TestWebSocketSaysGoodbye(t *testing.T) {
	ends := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, nil)
		if err == nil {
			_, _, err = conn.Read(r.Context())
		}
		ends <- err
	}))
	t.Cleanup(server.Close)
	expectVerdict(t, check(t, checker(t, &WebSocket{URL: "ws://" + server.Listener.Addr().String()}), patience("")), probes.OK, "")
	if err := <-ends; websocket.CloseStatus(err) != websocket.StatusNormalClosure {
		t.Errorf("the server saw the end %v", err)
	}
}

func TestWebSocketOverTLS(t *testing.T) {
	now := time.Now()
	cert, file := certificates(t, now.Add(-time.Hour), now.Add(7*24*time.Hour))
	server := httptest.NewUnstartedServer(liveStudio(t))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // refused handshakes are expected
	server.EnableHTTP2 = true                           // and yet the handshake needs HTTP/1
	server.StartTLS()
	t.Cleanup(server.Close)
	url := "wss://" + server.Listener.Addr().String() + "/echo"
	for _, c := range []struct {
		name    string
		tls     HTTPTLS
		outcome probes.Outcome
		reason  probes.Reason
		detail  string
	}{
		{"a good certificate", HTTPTLS{CAFile: file}, probes.OK, "", ""},
		{"one that ends soon", HTTPTLS{CAFile: file, MinDaysLeft: 14}, probes.Degraded, probes.Certificate, "at least 14 more days"},
		{"an unknown authority", HTTPTLS{}, probes.Failed, probes.Certificate, "unknown authority"},
		{"another name", HTTPTLS{CAFile: file, ServerName: "live.example.com"}, probes.Failed, probes.Certificate, "is not for live.example.com"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := check(t, checker(t, &WebSocket{URL: url, TLS: c.tls}), patience(""))
			expectVerdict(t, r, c.outcome, c.reason, c.detail)
			if m, ok := figureOf(r, "certificate_days_left"); !ok || m.Value < 6.9 || m.Value > 7 || m.Unit != "days" {
				t.Errorf("got %+v, %t", m, ok)
			}
		})
	}
}

func TestWebSocketLeavesNothingBehind(t *testing.T) {
	for _, path := range []string{"/echo", "/news", "/flood", "/once", "/crash", "/deaf", "/pretends", "/guarded", "/page"} {
		t.Run(path, func(t *testing.T) {
			noLeak(t)
			server := httptest.NewServer(liveStudio(t))
			t.Cleanup(server.Close)
			url := "ws://" + server.Listener.Addr().String() + path
			check(t, checker(t, &WebSocket{URL: url}), unanswered)
			check(t, checker(t, &WebSocket{URL: url, Steps: []WebSocketStep{{Expect: "what never comes"}}}), unanswered)
		})
	}
}

func TestWebSocketInterruptedIsUnknown(t *testing.T) {
	server := httptest.NewServer(liveStudio(t))
	t.Cleanup(server.Close)
	for _, path := range []string{"/echo", "/deaf"} {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(50*time.Millisecond, cancel)
		c := checker(t, &WebSocket{URL: "ws://" + server.Listener.Addr().String() + path, Steps: []WebSocketStep{{Expect: "what never comes"}}})
		expectVerdict(t, c.Check(ctx), probes.Unknown, probes.Internal, "interrupted")
	}
}

func TestWebSocketErrorCutsNoSecretInTwo(t *testing.T) {
	for before := 200; before < 320; before += 8 {
		url := "ws://" + listen(t, answering(strings.Repeat("x", before)+"canary-bearer\r\n\r\n"))
		r := check(t, checker(t, &WebSocket{URL: url, Headers: map[string]string{"Authorization": "Bearer canary-bearer"}}), patience(""))
		if r.Outcome != probes.Failed || strings.Contains(r.Detail, "xc") {
			t.Errorf("after %d: %+v", before, r)
		}
	}
}

func TestWebSocketSettings(t *testing.T) {
	const url = "wss://studio.example.com/live?token=hunter2"
	wrongField(t, &WebSocket{URL: url, Headers: map[string]string{"X-Api": "hunter2", "Host": "x"}, Origin: "https://studio.example.com",
		Subprotocols: []string{"mqtt"}, Steps: []WebSocketStep{{Send: "hunter2"}, {Expect: "/x/"}}, MaxMessage: 1 << 20}, "")
	for _, bad := range []string{"", "https://studio.example.com", "ws://", "studio", "ws://x:hunter2@%"} {
		wrongField(t, &WebSocket{URL: bad}, "url")
	}
	wrongField(t, &WebSocket{URL: "ws://studio", TLS: HTTPTLS{MinDaysLeft: 1}}, "tls")
	wrongField(t, &WebSocket{URL: url, TLS: HTTPTLS{CAFile: "/nowhere.pem"}}, "tls.ca_file")
	wrongField(t, &WebSocket{URL: url, Headers: map[string]string{"Upgrade": "h2c"}}, "headers.Upgrade")
	wrongField(t, &WebSocket{URL: url, Headers: map[string]string{"sec-websocket-protocol": "mqtt"}}, "headers.sec-websocket-protocol")
	wrongField(t, &WebSocket{URL: url, Headers: map[string]string{"Origin": "x"}, Origin: "https://studio.example.com"}, "headers.Origin")
	wrongField(t, &WebSocket{URL: url, Headers: map[string]string{"X-Api": "hunter2\n"}}, "headers.X-Api")
	wrongField(t, &WebSocket{URL: url, Origin: "studio"}, "origin")
	wrongField(t, &WebSocket{URL: url, Subprotocols: []string{"mqtt", "a, b"}}, "subprotocols[1]")
	wrongField(t, &WebSocket{URL: url, Status: 100}, "status")
	wrongField(t, &WebSocket{URL: url, Status: 401, Steps: []WebSocketStep{{Send: "x"}}}, "steps")
	wrongField(t, &WebSocket{URL: url, Steps: make([]WebSocketStep, 41)}, "steps")
	wrongField(t, &WebSocket{URL: url, Steps: []WebSocketStep{{}}}, "steps[0].send")
	wrongField(t, &WebSocket{URL: url, Steps: []WebSocketStep{{Send: "x", JSON: 1}}}, "steps[0].json")
	wrongField(t, &WebSocket{URL: url, Steps: []WebSocketStep{{Expect: "x"}, {Expect: "/(/"}}}, "steps[1].expect")
	wrongField(t, &WebSocket{URL: url, MaxMessage: -1}, "max_message")
	wrongField(t, &WebSocket{URL: url, MaxMessage: 1 << 30}, "max_message")
	wrongField(t, &WebSocket{URL: url, Latency: -1}, "latency")
}
