package kinds

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

// textOf returns the only piece of evidence with that name.
func textOf(t *testing.T, r probes.Result, name string) string {
	t.Helper()
	for _, e := range r.Evidence {
		if e.Name == name && e.Type == "text/plain" {
			return string(e.Body)
		}
	}
	t.Fatalf("%s: no text %q among %d pieces of evidence", r.Detail, name, len(r.Evidence))
	return ""
}

func shows(t *testing.T, got string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(got, text) {
			t.Errorf("the evidence does not say %q:\n%s", text, got)
		}
	}
}

func TestHTTPEvidence(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/in":
			w.Header().Set("Location", "/out?code=canary-code#canary-fragment")
			http.SetCookie(w, &http.Cookie{Name: "sid", Value: "canary-cookie"})
			w.Header().Set("X-Session-Id", "canary-session")
			w.WriteHeader(http.StatusFound)
		case "/out":
			w.Header().Set("X-Served-By", "eu-3")
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusBadGateway)
			fmt.Fprint(w, "<h1>Bad gateway</h1>"+strings.Repeat("x", 2*maxStart))
		case "/raw":
			w.WriteHeader(http.StatusBadGateway)
			w.Write([]byte{0, 1, 2, 0xff})
		case "/silent":
			<-r.Context().Done()
		}
	}))
	t.Cleanup(server.Close)
	r := checkHTTP(t, 20*time.Second, "steps: [{name: home, url: '"+server.URL+"/'}, {name: sign in, url: '"+server.URL+"/in?token=canary-token'}]")
	expectResult(t, r, probes.Failed, probes.Unexpected, "got 502")
	got := textOf(t, r, "answer")
	shows(t, got, "step sign in\nGET "+server.URL+"/out?…\nhome: ", "\nsign in: ", "HTTP/1.1 502 Bad Gateway\n", "X-Served-By: eu-3\n", "<h1>Bad gateway</h1>xxx",
		"… the first 4096 of 8212 bytes")
	if strings.Contains(got, "canary") {
		t.Errorf("the evidence tells a secret:\n%s", got)
	}

	r = checkHTTP(t, 20*time.Second, "{url: '"+server.URL+"/in', follow_redirects: false, expect: {status: 200}}")
	got = textOf(t, r, "answer")
	shows(t, got, "HTTP/1.1 302 Found\n", "Location: /out?…\n", "Set-Cookie: ***\n", "X-Session-Id: ***\n", "The body is empty.")
	if strings.Contains(got, "canary") {
		t.Errorf("the evidence tells a secret:\n%s", got)
	}

	shows(t, textOf(t, checkHTTP(t, 20*time.Second, "url: '"+server.URL+"/raw'"), "answer"), "The body is no text: 4 bytes.")
	shows(t, textOf(t, checkHTTP(t, time.Second, "url: '"+server.URL+"/silent'"), "answer"), "GET "+server.URL+"/silent\n", "No answer.")
	shows(t, textOf(t, checkHTTP(t, 20*time.Second, "{url: '"+server.URL+"/', expect: {latency: 1ns}}"), "answer"), "HTTP/1.1 200 OK\n")
	if r := checkHTTP(t, 20*time.Second, "url: '"+server.URL+"/'"); len(r.Evidence) > 0 {
		t.Errorf("a good result carries evidence: %+v", r.Evidence)
	}
}

func TestRabbitMQEvidence(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.EscapedPath() {
		case "/api/health/checks/alarms":
			fmt.Fprint(w, `{"status":"ok"}`)
		case "/api/nodes":
			fmt.Fprint(w, `[{"name":"rabbit@hunter2","running":true,"mem_used":50,"mem_limit":100,"disk_free":1000,"disk_free_limit":100}]`)
		default:
			fmt.Fprint(w, `{"messages_ready":12,"messages_unacknowledged":2,"consumers":0,"state":"running"}`)
		}
	}))
	t.Cleanup(server.Close)
	c := checker(t, &RabbitMQ{Management: strings.Replace(server.URL, "//", "//u:hunter2@", 1), Queues: []RabbitMQQueue{{Name: "q", MaxReady: 10, MinConsumers: 1}}})
	r := check(t, c, 10*time.Second)
	got := textOf(t, r, "the broker's numbers")
	shows(t, got, "at most 10 expected", "what", "memory_used       50 bytes", "q.ready           12 messages", "q.consumers       0 consumers", "management: ")
	if strings.Contains(got, "hunter2") {
		t.Errorf("the evidence tells a password:\n%s", got)
	}
}

func TestTalkEvidence(t *testing.T) {
	const day = 24 * time.Hour
	past, file := certificates(t, time.Now().Add(-9*day), time.Now().Add(-2*day))
	r := check(t, checker(t, &TLS{Address: tlsListener(t, past), HTTPTLS: HTTPTLS{CAFile: file}}), 20*time.Second)
	shows(t, textOf(t, r, "what was found"), "the certificate expired on", "connect: ", "connected to 127.0.0.1:", "\ncertificate 1: ", "for studio.example.com, 127.0.0.1, issued by ",
		" until "+time.Now().Add(-2*day).UTC().Format(time.DateOnly))

	r = check(t, checker(t, &TCP{Address: says(t, "520 token=canary hunter22 is unwelcome\r\n", 1), Send: "hunter22", Expect: "220"}), 20*time.Second)
	got := textOf(t, r, "what was found")
	shows(t, got, `the server began with "520 token=*** *** is unwelcome\r\n"`)
	lacks(t, got, "hunter22", "canary")

	r = check(t, checker(t, &TCP{Address: says(t, "\x00\x01\xff", 1), Expect: "220"}), 20*time.Second)
	lacks(t, textOf(t, r, "what was found"), "the server began")
	if r := check(t, checker(t, &TCP{Address: says(t, "220 ready\r\n", 1), Expect: "220"}), 20*time.Second); len(r.Evidence) != 0 {
		t.Errorf("a good result has evidence: %s", r.Evidence[0].Body)
	}

	demanding, err := Expecting(checker(t, &TCP{Address: says(t, "220 ready\r\n", 1), Expect: "220"}), Expect{Measurements: map[string]string{"latency": "> 1000"}}, Expect{})
	if err != nil {
		t.Fatal(err)
	}
	shows(t, textOf(t, check(t, demanding, 20*time.Second), "what was found"), "latency", "expected")
}

func lacks(t *testing.T, got string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(got, text) {
			t.Errorf("the evidence says %q:\n%s", text, got)
		}
	}
}
