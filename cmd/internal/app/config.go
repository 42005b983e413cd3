package app

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a bare container has no time zones of its own

	"candor/incidents"
	"candor/probes"
	"candor/probes/kinds"
)

// Example is the commented configuration that `candor init` writes.
//
//go:embed candor.yaml
var Example string

// Config is the configuration file, checked and with its defaults filled in.
type Config struct {
	Page      PageConfig        `yaml:"page"`
	Server    ServerConfig      `yaml:"server"`
	Storage   StorageConfig     `yaml:"storage"`
	Detection DetectionConfig   `yaml:"detection"`
	Defaults  Schedule          `yaml:"defaults"`
	Parts     []ComponentConfig `yaml:"components"`
	Probes    []ProbeConfig     `yaml:"probes"`
}

// ServerConfig says where Candor listens, whose word about a visitor's address it takes, and who may read its metrics.
type ServerConfig struct {
	Listen         string         `yaml:"listen"`
	TrustedProxies []netip.Prefix `yaml:"trusted_proxies"`
	Viewers        int            `yaml:"viewers"`       // open pages that are kept up to date
	MetricsToken   string         `yaml:"metrics_token"` // empty allows direct connections from this machine only
	Mail           *MailConfig    `yaml:"mail"`          // nil takes no reports by mail
}

// MailConfig says where heartbeats' reports come by mail.
type MailConfig struct {
	Listen   string `yaml:"listen"`
	Domain   string `yaml:"domain"`
	CertFile string `yaml:"cert_file"` // with it, clients may use TLS
	KeyFile  string `yaml:"key_file"`
}

// StorageConfig says where the data is, and for how long raw results are kept.
type StorageConfig struct {
	Database    string        `yaml:"database"` // a file's path, or a postgres:// address
	KeepResults time.Duration `yaml:"keep_results"`
}

// DetectionConfig says how incidents proceed by themselves, and in which words.
type DetectionConfig struct {
	Hold         time.Duration `yaml:"hold"`
	ResolveAfter time.Duration `yaml:"resolve_after"`
	MinOpen      time.Duration `yaml:"min_open"`
	Reopen       time.Duration `yaml:"reopen"`
	Promise      time.Duration `yaml:"promise"`
	Wording      WordingConfig `yaml:"wording"`
}

// WordingConfig is incidents.Wording as it stands in the file.
type WordingConfig struct {
	Title        string `yaml:"title"`
	Opened       string `yaml:"opened"`
	Early        string `yaml:"early"`
	Grew         string `yaml:"grew"`
	Shrank       string `yaml:"shrank"`
	Still        string `yaml:"still"`
	Relapsed     string `yaml:"relapsed"`
	Intermittent string `yaml:"intermittent"`
	Monitoring   string `yaml:"monitoring"`
	Resolved     string `yaml:"resolved"`
}

// ComponentConfig is a component of the product.
type ComponentConfig struct {
	Key         string   `yaml:"key"`
	Name        string   `yaml:"name"`
	Group       string   `yaml:"group"`
	Description string   `yaml:"description"`
	Internal    bool     `yaml:"internal"`
	DependsOn   []string `yaml:"depends_on"` // keys
	Publish     string   `yaml:"publish"`    // "at once", "draft" or a duration

	publish incidents.Publish
}

// Schedule says when a probe runs, and how many of its results confirm a failure or a recovery.
type Schedule struct {
	Interval   time.Duration `yaml:"interval"`
	Timeout    time.Duration `yaml:"timeout"`
	Recheck    time.Duration `yaml:"recheck"`
	Failures   int           `yaml:"failures"`
	Of         int           `yaml:"of"`
	Recoveries int           `yaml:"recoveries"`
}

// SlowConfig is incidents.Band as it stands in the file.
type SlowConfig struct {
	Step       string        `yaml:"step"`
	Percentile float64       `yaml:"percentile"`
	Over       time.Duration `yaml:"over"`
	Until      time.Duration `yaml:"until"`
	Window     time.Duration `yaml:"window"`
}

// ProbeConfig is a check on a schedule, and what its failure means for a component. A witness speaks for none.
type ProbeConfig struct {
	Key       string                    `yaml:"key"`
	Witness   bool                      `yaml:"witness"`
	Component string                    `yaml:"component"` // key
	Symptom   string                    `yaml:"symptom"`
	Degraded  string                    `yaml:"symptom_degraded"`
	Warning   string                    `yaml:"warning"`
	Impact    incidents.ComponentStatus `yaml:"impact"`
	Expect    kinds.Expect              `yaml:"expect"`
	Unless    kinds.Expect              `yaml:"degraded"` // the same, but degraded unless it holds
	Schedule  `yaml:",inline"`
	Slow      SlowConfig `yaml:"slow"`
	Places    []string   `yaml:"places"`
	Quorum    int        `yaml:"quorum"`

	Kind     string         `yaml:"-"` // the one key of kinds.All that the probe has
	Settings kinds.Settings `yaml:"-"` // nil after Open
	Checker  probes.Checker `yaml:"-"`
}

// maxConfig is the size of the largest accepted file, in bytes.
const maxConfig = 2 << 20

// Load reads the configuration file. What is wrong inside it comes back as Problems.
func Load(path string) (*Config, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no configuration at %s; write one with `candor init`, or pass --config", path)
	}
	if err != nil {
		return nil, fmt.Errorf("open the configuration: %w", err)
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return nil, fmt.Errorf("read the configuration: %w", err)
	}
	return Parse(path, src, os.LookupEnv)
}

// Parse reads a configuration. The name is the file's, for messages and for paths relative to it; env looks up
// the variables that values refer to. The error is Problems with all that one pass can find.
func Parse(name string, src []byte, env func(string) (string, bool)) (*Config, error) {
	r := newReport(name, src)
	root := parseYAML(r, src)
	if len(r.problems) > 0 {
		return nil, r.result()
	}
	c := &Config{}
	d := newDecoder(r, env)
	d.root(root, c)
	(&checks{decoder: d, config: c, file: name}).all()
	if len(r.problems) > 0 {
		return nil, r.result()
	}
	return c, nil
}

// PublicURL returns the address that customers use: the page's, or that of the listener when the page names none.
func (c *Config) PublicURL(listener net.Addr) string {
	if c.Page.URL != "" {
		return c.Page.URL
	}
	return reachable(listener.String())
}

// reachable returns the address of a browser on this machine for an address to listen on.
func reachable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return "http://" + net.JoinHostPort("localhost", port)
	}
	return "http://" + listen
}

// Site returns what the public page says of itself.
func (c *Config) Site() incidents.Site {
	zone, err := time.LoadLocation(c.Page.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return incidents.Site{Name: c.Page.Name, Product: c.Page.Product, URL: cmp.Or(c.Page.URL, reachable(c.Server.Listen)), Zone: zone,
		ZoneName: zone.String(), ID: incidents.DerivedID(c.Page.Name, c.Page.URL), About: c.Page.About, Days: c.Page.Days,
		Language: c.Page.Language, Brand: c.Page.Brand.brand(), Security: incidents.Security(c.Page.Security)}
}

// Components returns the components for incidents.Reconcile: without ids, DependsOn holding keys.
func (c *Config) Components() []incidents.Component {
	var out []incidents.Component
	for i, p := range c.Parts {
		out = append(out, incidents.Component{Key: p.Key, Name: p.Name, Group: p.Group, Description: p.Description,
			Position: i + 1, Internal: p.Internal, DependsOn: p.DependsOn})
	}
	return out
}

// Policy returns the rules of detection. The components are those that incidents.Reconcile returned, with ids.
func (c *Config) Policy(components []incidents.Component) incidents.Policy {
	ids := map[string]string{}
	for _, comp := range components {
		if comp.Key != "" {
			ids[comp.Key] = comp.ID
		}
	}
	p := incidents.Policy{Components: components, Publish: map[string]incidents.Publish{},
		Hold: c.Detection.Hold, ResolveAfter: c.Detection.ResolveAfter, MinOpen: c.Detection.MinOpen, Reopen: c.Detection.Reopen,
		Promise: c.Detection.Promise, Zone: c.Site().Zone,
		Wording: incidents.Wording(c.Detection.Wording).Or(incidents.DefaultWording)}
	for _, part := range c.Parts {
		if part.publish != (incidents.Publish{}) {
			p.Publish[ids[part.Key]] = part.publish
		}
	}
	for _, probe := range c.Probes {
		if probe.Witness {
			p.Witnesses = append(p.Witnesses, incidents.Witness{Probe: probe.Key, Interval: probe.Interval})
		} else {
			p.Rules = append(p.Rules, probe.rule(ids[probe.Component]))
		}
	}
	return p
}

// Charts returns what customers may see over time. The components are those that incidents.Reconcile returned, with ids.
func (c *Config) Charts(components []incidents.Component) []incidents.Chart {
	var out []incidents.Chart
	for _, ch := range c.Page.Charts {
		part := slices.IndexFunc(components, func(p incidents.Component) bool { return p.Key == ch.Component })
		probe := slices.IndexFunc(c.Probes, func(p ProbeConfig) bool { return p.Key == ch.Probe })
		out = append(out, incidents.Chart{Title: ch.Title, Component: components[part].ID, Probe: ch.Probe, Interval: c.Probes[probe].Interval,
			Quantity: ch.What, Unit: ch.Unit, Percentiles: ch.Percentiles})
	}
	return out
}

// rule returns what the probe's results mean for the component with that id.
func (p ProbeConfig) rule(component string) incidents.Rule {
	return incidents.Rule{Probe: p.Key, Component: component, Symptom: p.Symptom, Degraded: p.Degraded, Warning: p.Warning, Status: p.Impact,
		Failures: p.Failures, Of: p.Of, Recoveries: p.Recoveries, Interval: p.Interval,
		Slow:   incidents.Band(p.Slow),
		Places: p.Places, Quorum: p.Quorum}
}

// Runnable returns the probes for probes.Run. A surprise is looked at again until the rules can decide, and hurries
// the witnesses and the probes of everything that the component depends on.
func (c *Config) Runnable() []probes.Probe {
	var out []probes.Probe
	upstream := map[string][]string{} // by component: its probes share the list
	for _, p := range c.Probes {
		if _, known := upstream[p.Component]; !known {
			upstream[p.Component] = c.upstream(p.Component)
		}
		out = append(out, probes.Probe{Key: p.Key, Interval: p.Interval, Timeout: p.Timeout, Recheck: p.Recheck,
			Rechecks: max(p.Of, p.Recoveries, p.Failures) - 1, Upstream: upstream[p.Component], Checker: p.Checker})
	}
	return out
}

// upstream returns the keys of the probes of all that a component depends on, however indirectly.
func (c *Config) upstream(component string) []string {
	needs := map[string][]string{}
	for _, p := range c.Parts {
		needs[p.Key] = p.DependsOn
	}
	seen := map[string]bool{component: true}
	for queue := []string{component}; len(queue) > 0; queue = queue[1:] {
		for _, k := range needs[queue[0]] {
			if !seen[k] {
				seen[k] = true
				queue = append(queue, k)
			}
		}
	}
	var keys []string
	for _, p := range c.Probes {
		if component != "" && (p.Witness || p.Component != component && seen[p.Component]) {
			keys = append(keys, p.Key)
		}
	}
	return keys
}

// postgres says whether the database is a PostgreSQL address instead of a file.
func (s StorageConfig) postgres() bool {
	return strings.HasPrefix(s.Database, "postgres://") || strings.HasPrefix(s.Database, "postgresql://")
}
