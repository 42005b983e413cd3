package app

import (
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/probes/kinds"
)

const small = `
page:
  name: Studio status
components:
  - {key: studio, name: Studio}
  - {key: queue, name: Queue, internal: true}
probes:
  - key: loads
    component: studio
    symptom: Studio does not load
    http: {url: "http://127.0.0.1:1/"}
  - key: broker
    component: queue
    http: {url: "http://127.0.0.1:1/"}
`

const complete = `
page:
  name: "Studio Health"
  product: Studio
  url: https://status.example.com/
  time_zone: America/New_York
  about: "Costs $$5, or ${PRICE}"
  days: 30
  language: de-at
  languages: [fr, de]
server:
  listen: ":9000"
  trusted_proxies: [10.1.2.3/8, 192.0.2.7, "2001:db8::/32"]
  metrics_token: ${PASSWORD}!
storage:
  database: postgres://candor:${DB_PASSWORD}@db.example.com/candor
  keep_results: 1d12h
detection:
  hold: 0s
  resolve_after: 2m
  promise: 1h
  wording:
    title: "Trouble: {symptom}"
    resolved: |
      It is over.

      Since {since}.
defaults:
  interval: 1m
  failures: 3
  of: 4
components:
  - key: new-studio
    name: New Studio
    group: Products
    description: Where campaigns are made
    depends_on: [queue]
  - key: queue
    name: Queue
    internal: true
    depends_on: [disk]
  - key: disk
    name: Disk
probes:
  - key: loads
    component: new-studio
    symptom: New Studio does not load
    impact: partial_outage
    interval: ${SECONDS}s
    timeout: 3s
    recheck: 500ms
    failures: 1
    of: 1
    recoveries: 6
    http:
      tls: {min_days_left: 7}
      steps:
        - name: sign in
          url: https://studio.example.com/sign-in
          method: POST
          json: {user: candor, password: "${PASSWORD}", tries: [1, 2.5, true, null, {}]}
          basic_auth: {user: 007, password: "${PASSWORD}"}
          headers: {X-Flag: true}
          follow_redirects: false
          expect: {status: [200, "2xx"], latency: 2s, json: {$.ok: "$.x"}}
  - key: mail
    component: queue
    http: {url: "http://127.0.0.1:1/"}
  - key: space
    component: disk
    symptom: Nothing can be saved
    impact: degraded_performance
    http: {url: "http://127.0.0.1:1/"}
`

func environment(pairs ...string) func(string) (string, bool) {
	env := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		env[pairs[i]] = pairs[i+1]
	}
	return func(name string) (string, bool) {
		v, ok := env[name]
		return v, ok
	}
}

func parse(t *testing.T, src string, pairs ...string) *Config {
	t.Helper()
	c, err := Parse("/etc/candor/candor.yaml", []byte(src), environment(pairs...))
	if err != nil {
		t.Fatalf("Parse:\n%v", err)
	}
	return c
}

// plain returns a configuration without its checks, which tests cannot compare.
func plain(c *Config) Config {
	out := *c
	out.Probes = nil
	for _, p := range c.Probes {
		p.Checker = nil
		out.Probes = append(out.Probes, p)
	}
	return out
}

func compare(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

func TestParseFillsInDefaults(t *testing.T) {
	usual := Schedule{Interval: 30 * time.Second, Timeout: 10 * time.Second, Recheck: 5 * time.Second, Failures: 2, Of: 3, Recoveries: 2}
	local := func() kinds.Settings {
		return &kinds.HTTP{HTTPRequest: kinds.HTTPRequest{URL: "http://127.0.0.1:1/"}}
	}
	want := Config{
		Page:      PageConfig{Name: "Studio status", Product: "Studio", TimeZone: "UTC", Days: 90, Language: "en"},
		Server:    ServerConfig{Listen: "127.0.0.1:8080", Viewers: 20_000},
		Storage:   StorageConfig{Database: "/etc/candor/data/candor.db", KeepResults: 14 * 24 * time.Hour},
		Detection: DetectionConfig{Hold: time.Minute, ResolveAfter: 5 * time.Minute, Reopen: 30 * time.Minute, Promise: 30 * time.Minute},
		Parts:     []ComponentConfig{{Key: "studio", Name: "Studio"}, {Key: "queue", Name: "Queue", Internal: true}},
		Probes: []ProbeConfig{
			{Key: "loads", Component: "studio", Symptom: "Studio does not load", Degraded: "Studio works, but not as well as usual", Impact: incidents.MajorOutage, Schedule: usual,
				Kind: "http", Settings: local()},
			{Key: "broker", Component: "queue", Symptom: "Queue: broker fails", Degraded: "Queue works, but not as well as usual", Impact: incidents.MajorOutage, Schedule: usual,
				Kind: "http", Settings: local()},
		},
	}
	c := parse(t, small)
	compare(t, "config", plain(c), want)
	for _, p := range c.Probes {
		if p.Checker == nil {
			t.Errorf("probe %s has no checker", p.Key)
		}
	}
}

func TestParseReadsEveryValue(t *testing.T) {
	c := plain(parse(t, complete, "PASSWORD", "a: b - #c", "DB_PASSWORD", "p", "PRICE", "${PASSWORD}", "SECONDS", "5"))
	no := false
	want := Config{
		Page: PageConfig{Name: "Studio Health", Product: "Studio", URL: "https://status.example.com", TimeZone: "America/New_York", Days: 30,
			About: "Costs $5, or ${PASSWORD}", Language: "de-AT", Languages: []string{"fr", "de"}},
		Server: ServerConfig{Listen: ":9000", Viewers: 20_000, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"),
			netip.MustParsePrefix("192.0.2.7/32"), netip.MustParsePrefix("2001:db8::/32")},
			MetricsToken: "a: b - #c!"},
		Detection: DetectionConfig{ResolveAfter: 2 * time.Minute, Reopen: 30 * time.Minute, Promise: time.Hour,
			Wording: WordingConfig{Title: "Trouble: {symptom}", Resolved: "It is over.\n\nSince {since}.\n"}},
		Defaults: Schedule{Interval: time.Minute, Failures: 3, Of: 4},
		Parts: []ComponentConfig{
			{Key: "new-studio", Name: "New Studio", Group: "Products", Description: "Where campaigns are made", DependsOn: []string{"queue"}},
			{Key: "queue", Name: "Queue", Internal: true, DependsOn: []string{"disk"}},
			{Key: "disk", Name: "Disk"},
		},
	}
	request := kinds.HTTPRequest{URL: "https://studio.example.com/sign-in", Method: "POST",
		Headers:         map[string]string{"X-Flag": "true"},
		BasicAuth:       &kinds.HTTPLogin{User: "007", Password: "a: b - #c"},
		FollowRedirects: &no,
		JSON:            c.Probes[0].Settings.(*kinds.HTTP).Steps[0].JSON,
		Expect: kinds.HTTPExpect{Status: c.Probes[0].Settings.(*kinds.HTTP).Steps[0].Expect.Status, Latency: "2s",
			JSON: map[string]any{"$.ok": "$.x"}}}
	settings := &kinds.HTTP{TLS: kinds.HTTPTLS{MinDaysLeft: 7}, Steps: []kinds.HTTPStep{{Name: "sign in", HTTPRequest: request}}}
	compare(t, "settings", c.Probes[0].Settings, settings)
	compare(t, "schedule", c.Probes[0].Schedule, Schedule{Interval: 5 * time.Second, Timeout: 3 * time.Second,
		Recheck: 500 * time.Millisecond, Failures: 1, Of: 1, Recoveries: 6})
	compare(t, "schedule from defaults", c.Probes[1].Schedule, Schedule{Interval: time.Minute, Timeout: 10 * time.Second,
		Recheck: 5 * time.Second, Failures: 3, Of: 4, Recoveries: 2})
	json := request.JSON.(map[string]any)
	compare(t, "json", json["password"], "a: b - #c")
	compare(t, "json list", len(json["tries"].([]any)), 5)
	c.Probes, c.Storage = nil, StorageConfig{}
	compare(t, "config", c, want)
}

func TestParseStorage(t *testing.T) {
	tests := []struct{ name, value, want string }{
		{"a relative path begins at the configuration", "my.db", "/etc/candor/my.db"},
		{"an absolute path stays", "/var/lib/candor.db", "/var/lib/candor.db"},
		{"a PostgreSQL address stays", "postgres://u:p@h/d", "postgres://u:p@h/d"},
		{"so does one with a socket", "postgresql:///d?host=/run", "postgresql:///d?host=/run"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := parse(t, "page: {name: x}\nstorage: {database: \""+tt.value+"\"}\n")
			compare(t, "database", c.Storage.Database, tt.want)
		})
	}
}

func TestConfigGives(t *testing.T) {
	c := parse(t, complete, "PASSWORD", "p", "DB_PASSWORD", "p", "PRICE", "6", "SECONDS", "5")
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	site := c.Site()
	compare(t, "site", site, incidents.Site{Name: "Studio Health", Product: "Studio", URL: "https://status.example.com", Zone: zone,
		ZoneName: "America/New_York", ID: site.ID, About: "Costs $5, or 6", Days: 30, Language: "de-AT"})
	if got := c.Languages(); len(got) != 2 || got[0].Code != "de" || got[1].Code != "fr" {
		t.Errorf("the languages are %v, want German first", got)
	}
	if got := parse(t, small).Languages(); len(got) != 12 || got[0].Code != "en" {
		t.Errorf("%d languages, the first %s; want all, English first", len(got), got[0].Code)
	}
	if len(site.ID) != 12 || site.ID != c.Site().ID || site.ID == parse(t, small).Site().ID {
		t.Errorf("id %q: want 12 characters, always the same, another for another page", site.ID)
	}
	components := incidents.Reconcile(nil, c.Components(), time.Now())
	ids := map[string]string{}
	for _, comp := range components {
		ids[comp.Key] = comp.ID
	}
	compare(t, "dependency", components[0].DependsOn, []string{ids["queue"]})

	policy := c.Policy(components)
	compare(t, "rule", policy.Rules[0], incidents.Rule{Probe: "loads", Component: ids["new-studio"], Symptom: "New Studio does not load", Degraded: "New Studio works, but not as well as usual",
		Status: incidents.PartialOutage, Failures: 1, Of: 1, Recoveries: 6, Interval: 5 * time.Second})
	compare(t, "wording", []string{policy.Wording.Title, policy.Wording.Opened}, []string{"Trouble: {symptom}", incidents.DefaultWording.Opened})
	compare(t, "times", []any{policy.Hold, policy.ResolveAfter, policy.Promise, policy.Zone, len(policy.Rules)},
		[]any{time.Duration(0), 2 * time.Minute, time.Hour, zone, 3})

	var got []probes.Probe
	for _, p := range c.Runnable() {
		if p.Checker == nil {
			t.Errorf("probe %s has no checker", p.Key)
		}
		p.Checker = nil
		got = append(got, p)
	}
	compare(t, "runnable", got, []probes.Probe{
		{Key: "loads", Interval: 5 * time.Second, Timeout: 3 * time.Second, Recheck: 500 * time.Millisecond, Rechecks: 5, Upstream: []string{"mail", "space"}},
		{Key: "mail", Interval: time.Minute, Timeout: 10 * time.Second, Recheck: 5 * time.Second, Rechecks: 3, Upstream: []string{"space"}},
		{Key: "space", Interval: time.Minute, Timeout: 10 * time.Second, Recheck: 5 * time.Second, Rechecks: 3},
	})
}

func TestPublicURL(t *testing.T) {
	tests := []struct{ name, url, listen, want string }{
		{"the page's own", "https://status.example.com/", "127.0.0.1:1", "https://status.example.com"},
		{"where it listens", "", "127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"every address has one that a browser can open", "", "[::]:8080", "http://localhost:8080"},
		{"of either family", "", "0.0.0.0:8080", "http://localhost:8080"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := "page:\n  name: x\n"
			if tt.url != "" {
				src += "  url: " + tt.url + "\n"
			}
			c := parse(t, src)
			addr, err := net.ResolveTCPAddr("tcp", tt.listen)
			if err != nil {
				t.Fatal(err)
			}
			c.Server.Listen = tt.listen
			compare(t, "addresses", []string{c.PublicURL(addr), c.Site().URL}, []string{tt.want, tt.want})
		})
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "candor.yaml")
	if _, err := Load(missing); err == nil || err.Error() != "no configuration at "+missing+"; write one with `candor init`, or pass --config" {
		t.Errorf("missing file: got %v", err)
	}
	if _, err := Load(dir); err == nil {
		t.Error("a folder: got no error")
	}
	path := filepath.Join(dir, "own.yaml")
	if err := os.WriteFile(path, []byte("page: {name: \"${CANDOR_TEST_NAME}\"}"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CANDOR_TEST_NAME", "Ours")
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "loaded", []string{c.Page.Name, c.Storage.Database}, []string{"Ours", filepath.Join(dir, "data", "candor.db")})
	if err := os.WriteFile(path, []byte(strings.Repeat("#\n", maxConfig)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "own.yaml:1:1: the file is larger than 2097152 bytes") {
		t.Errorf("large file: got %v", err)
	}
}
