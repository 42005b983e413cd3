package main

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// canary finds the passwords of these tests, plain and as HTTP sends them.
var canary = regexp.MustCompile(`(?i)Kn4ry\w*|` + regexp.QuoteMeta(base64.StdEncoding.EncodeToString([]byte("ada:Kn4ryBasic"))) + `|` +
	regexp.QuoteMeta(base64.StdEncoding.EncodeToString([]byte("ada:Kn4ryUserinfo"))) + `|` +
	regexp.QuoteMeta(base64.StdEncoding.EncodeToString([]byte("ada:Kn4ryManagement"))))

// secretConfig sends a secret in every way there is. Its argument is an address that repeats what it is sent.
const secretConfig = `
page: {name: Studio status}
server: {metrics_token: "${CANDOR_TEST_METRICS}"}
defaults: {interval: 2s, timeout: 2s}
components: [{key: studio, name: Studio}]
probes:
  - {key: basic, component: studio, symptom: Studio fails, http: {url: "http://%[1]s/1", basic_auth: {user: ada, password: Kn4ryBasic}}}
  - {key: bearer, component: studio, symptom: Studio fails, http: {url: "http://%[1]s/2", bearer: "${CANDOR_TEST_BEARER}"}}
  - {key: header, component: studio, symptom: Studio fails, http: {url: "http://%[1]s/3", headers: {X-Api-Key: Kn4ryHeader}}}
  - {key: userinfo, component: studio, symptom: Studio fails, http: {url: "http://ada:Kn4ryUserinfo@%[1]s/4"}}
  - {key: query, component: studio, symptom: Studio fails, http: {url: "http://%[1]s/5?token=Kn4ryQuery"}}
  - {key: json, component: studio, symptom: Studio fails, http: {url: "http://%[1]s/6", json: {user: ada, password: "${CANDOR_TEST_JSON}"}}}
  - {key: form, component: studio, symptom: Studio fails, http: {url: "http://%[1]s/7", body: "user=ada&password=Kn4ryForm"}}
  - {key: redirect, component: studio, symptom: Studio fails, http: {url: "http://%[1]s/redirect?api_key=Kn4ryRedirect", max_redirects: 1}}
  - {key: amqp, component: studio, symptom: Studio fails, rabbitmq: {url: "amqp://ada:${CANDOR_TEST_AMQP}@%[1]s/"}}
  - {key: management, component: studio, symptom: Studio fails, rabbitmq: {management: "http://ada:Kn4ryManagement@%[1]s"}}
  - {key: nats, component: studio, symptom: Studio fails, nats: {url: "nats://%[1]s", token: Kn4ryNats}}
`

// echo repeats the requests it gets in an answer that no probe expects, and remembers the secrets in them.
type echo struct {
	*httptest.Server
	mu   sync.Mutex
	seen map[string]bool
}

func newEcho(t *testing.T) *echo {
	e := &echo{seen: map[string]bool{}}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		all, err := httputil.DumpRequest(r, true)
		if err != nil {
			t.Error(err)
		}
		e.mu.Lock()
		for _, secret := range canary.FindAllString(string(all), -1) {
			e.seen[secret] = true
		}
		e.mu.Unlock()
		if r.URL.Path == "/redirect" {
			http.Redirect(w, r, r.URL.String(), http.StatusFound)
			return
		}
		w.WriteHeader(http.StatusTeapot)
		w.Write(canary.Find(all)) // where it cannot be cut off
		w.Write(all)
	}))
	t.Cleanup(e.Close)
	return e
}

// secrets counts the secrets that came.
func (e *echo) secrets() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.seen)
}

// TestSecretsStayInside sends secrets to a server that repeats them, and looks for them wherever people look.
func TestSecretsStayInside(t *testing.T) {
	for _, name := range []string{"METRICS", "BEARER", "JSON", "AMQP"} {
		t.Setenv("CANDOR_TEST_"+name, "Kn4ry"+name)
	}
	e := newEcho(t)
	sh := newShell(t)
	sh.write("candor.yaml", fmt.Sprintf(secretConfig, e.Listener.Addr()))
	checked := sh.run("check")
	refuseSecrets(t, "check", checked.stdout+checked.stderr)
	if !strings.Contains(checked.stdout, "0 of 11 probes pass") {
		t.Errorf("check printed\n%s", checked.stdout)
	}

	p := start(t, filepath.Join(sh.dir, "candor.yaml"))
	ada := p.owner()
	hidden := 0
	for _, probe := range regexp.MustCompile(`key: ([a-z]+), component`).FindAllStringSubmatch(secretConfig, -1) {
		until(t, probe[1]+" has a result", 30*time.Second, func() bool {
			reason, detail := ada.newest(probe[1])
			if strings.Contains(detail, "***") {
				hidden++
			}
			return reason != ""
		})
		refuseSecrets(t, probe[1], ada.get("/console/probes/"+probe[1]))
	}
	if seen := e.secrets(); seen < 9 || hidden < 7 {
		t.Errorf("the server got %d secrets, and %d details had one to hide: this test looks for too little", seen, hidden)
	}
	until(t, "an incident is open", 30*time.Second, func() bool { return strings.Contains(ada.get("/"), "Studio fails") })
	incident := regexp.MustCompile(`/incidents/\w+`).FindString(ada.get("/"))
	for _, path := range []string{"/", "/history", "/api/v2/summary.json", "/history.atom", incident, "/console", "/console/probes", "/console" + incident} {
		refuseSecrets(t, path, ada.get(path))
	}
	metrics, code, _ := ask(t, p.url+"/metrics", "Authorization", "Bearer Kn4ryMETRICS")
	if code != http.StatusOK {
		t.Errorf("/metrics: %d", code)
	}
	refuseSecrets(t, "/metrics", metrics)
	p.stop()
	p.checkLog()
	files, err := filepath.Glob(filepath.Join(sh.dir, "data", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("the data folder has %v (%v)", files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		refuseSecrets(t, file, string(content))
	}
}

func refuseSecrets(t *testing.T, where, text string) {
	t.Helper()
	if secret := canary.FindString(text); secret != "" {
		at := strings.Index(text, secret)
		t.Errorf("%s has the secret %s: …%q…", where, secret, text[max(0, at-100):min(len(text), at+100)])
	}
}

// TestErrorsHoldNoSecret makes mistakes in configurations that hold secrets.
func TestErrorsHoldNoSecret(t *testing.T) {
	t.Setenv("CANDOR_TEST_PASSWORD", "Kn4ryEnvironment")
	probe := small + "probes:\n  - {key: p, component: studio, symptom: s, "
	tests := []struct{ name, config, want string }{
		{"a PostgreSQL server that is not there", small + `storage: {database: "postgres://ada:${CANDOR_TEST_PASSWORD}@127.0.0.1:1/candor"}`,
			"candor: PostgreSQL at 127.0.0.1:1 does not answer; start it or correct the address ("},
		{"no PostgreSQL address", small + `storage: {database: "postgres://ada:Kn4ryLiteral@127.0.0.1:port/candor"}`,
			"candor: candor.yaml:3:21: this is not an address of a PostgreSQL server"},
		{"a PostgreSQL setting that is none", small + `storage: {database: "postgres://ada:Kn4ryLiteral@127.0.0.1:1/candor?sslmode=Kn4ry"}`,
			"candor: the PostgreSQL address cannot be read"},
		{"a secret where a number should be", probe + `http: {url: "http://h/", max_redirects: "${CANDOR_TEST_PASSWORD}"}}`,
			`candor: candor.yaml:4:`},
		{"a secret in an address that is none", probe + `http: {url: "http://ada:${CANDOR_TEST_PASSWORD}@h:x/"}}`,
			"candor: candor.yaml:4:"},
		{"a secret in another address that is none", probe + `rabbitmq: {url: "amqp://ada:Kn4ryLiteral@h:x/"}}`,
			"candor: candor.yaml:4:"},
		{"a secret in the address to listen on", small + `server: {listen: "${CANDOR_TEST_PASSWORD}"}`,
			"candor: candor.yaml:3:18:"},
		{"a secret beside a mistake", probe + `http: {url: "http://h/", bearer: Kn4ryLiteral, bodi: x}}`,
			"candor: candor.yaml:4:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sh := newShell(t)
			sh.write("candor.yaml", tt.config+"\n")
			got := sh.run("serve", "--listen", "127.0.0.1:0")
			if got.code != 1 || got.stdout != "" || !strings.HasPrefix(got.stderr, tt.want) {
				t.Errorf("got %+v, want an error %s", got, tt.want)
			}
			refuseSecrets(t, "the error", got.stderr)
		})
	}
}
