package app

import (
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"candor/incidents"
	"candor/web"
)

// checks fills in the defaults of a decoded configuration, and reports what its types cannot refuse.
type checks struct {
	*decoder
	config *Config
	file   string // that database paths are relative to
}

// Bounds of what a configuration may ask for.
const (
	maxParts   = 5000
	maxProbes  = 10_000
	maxLine    = 200  // characters of a name or a symptom
	maxText    = 2000 // characters of a description
	maxWording = 5000 // characters of an update's template
	maxWindow  = 50   // results that a rule looks at
	maxViewers = 1_000_000
	maxWait    = 7 * 24 * time.Hour
)

func (c *checks) all() {
	c.page()
	c.server()
	c.storage()
	c.detection()
	c.components()
	c.probes()
	c.charts()
}

// problem reports a mistake about the value at path, unless one has been reported there, or around it, already.
func (c *checks) problem(path, format string, args ...any) {
	for p, ok := path, true; ok; p, ok = parent(p) {
		if c.failed[p] {
			return
		}
	}
	c.wrong(path, format, args...)
}

// given says whether the file has a value at path.
func (c *checks) given(path string) bool {
	_, ok := c.places[path]
	return ok
}

// required reports a text that is missing or empty.
func (c *checks) required(path, value, what string) {
	switch {
	case value != "":
	case c.given(path):
		c.problem(path, "%s is empty; give %s", label(path), what)
	default:
		c.problem(path, "%s is missing: %s", label(path), what)
	}
}

// line reports a text that does not fit on one line.
func (c *checks) line(path, value string) {
	if strings.ContainsFunc(value, unicode.IsControl) {
		c.problem(path, "%s is one line of text", label(path))
	}
	c.short(path, value, maxLine)
}

// short reports a text that is too long.
func (c *checks) short(path, value string, most int) {
	if n := utf8.RuneCountInString(value); n > most {
		c.problem(path, "%s has %d characters; at most %d are allowed", label(path), n, most)
	}
}

// between reports a duration out of range; a missing one becomes the default.
func (c *checks) between(path string, d *time.Duration, least, most, normal time.Duration) {
	if !c.given(path) {
		*d = normal
	}
	if *d < least || *d > most {
		c.problem(path, "%s is from %s to %s", label(path), duration(least), duration(most))
	}
}

func (c *checks) server() {
	s := &c.config.Server
	if !c.given("server.listen") {
		s.Listen = "127.0.0.1:8080"
	}
	c.listen("server.listen", s.Listen, "127.0.0.1:8080 or :8080")
	if !c.given("server.viewers") {
		s.Viewers = web.UsualViewers
	}
	if s.Viewers < 1 || s.Viewers > maxViewers {
		c.problem("server.viewers", `"viewers" is from 1 to %d`, maxViewers)
	}
	if c.given("server.metrics_token") {
		c.required("server.metrics_token", s.MetricsToken, "the token, or remove the line")
	}
	c.line("server.metrics_token", s.MetricsToken)
	c.mail()
	c.publicURL()
}

// listen reports what is no address to listen on.
func (c *checks) listen(path, address, like string) {
	_, port, err := net.SplitHostPort(address)
	if n, e := strconv.ParseUint(port, 10, 16); err != nil || e != nil || strconv.FormatUint(n, 10) != port {
		c.problem(path, "%s is an address and a port, like %s", label(path), like)
	}
}

func (c *checks) storage() {
	s := &c.config.Storage
	if !c.given("storage.database") {
		s.Database = filepath.FromSlash("data/candor.db")
	}
	switch {
	case s.postgres():
		if u, err := url.Parse(s.Database); err != nil || u.Hostname() == "" && u.Query().Get("host") == "" {
			c.problem("storage.database", "this is not an address of a PostgreSQL server; write postgres://USER:PASSWORD@HOST/DATABASE")
		}
	case s.Database == "" || strings.ContainsRune(s.Database, 0) || strings.Contains(s.Database, "://"):
		c.problem("storage.database", `"database" is a file's path, or postgres://USER:PASSWORD@HOST/DATABASE`)
	case !filepath.IsAbs(s.Database):
		s.Database = filepath.Join(filepath.Dir(c.file), s.Database)
	}
	c.between("storage.keep_results", &s.KeepResults, time.Hour, 3650*24*time.Hour, 14*24*time.Hour)
}

func (c *checks) detection() {
	d := &c.config.Detection
	c.between("detection.hold", &d.Hold, 0, maxWait, time.Minute)
	c.between("detection.resolve_after", &d.ResolveAfter, 0, maxWait, 5*time.Minute)
	c.between("detection.min_open", &d.MinOpen, 0, maxWait, 0)
	c.between("detection.reopen", &d.Reopen, 0, maxWait, 30*time.Minute)
	c.between("detection.promise", &d.Promise, time.Minute, maxWait, 30*time.Minute)
	w := d.Wording
	for name, text := range map[string]string{"title": w.Title, "opened": w.Opened, "early": w.Early, "grew": w.Grew, "shrank": w.Shrank,
		"still": w.Still, "relapsed": w.Relapsed, "intermittent": w.Intermittent, "monitoring": w.Monitoring, "resolved": w.Resolved} {
		path := "detection.wording." + name
		c.short(path, text, maxWording)
		if err := (incidents.Wording{}).Check(text); err != nil {
			c.problem(path, "%s", err)
		}
		if c.given(path) {
			c.required(path, strings.TrimSpace(text), "a text, or remove the line for the usual one")
		}
	}
	c.line("detection.wording.title", strings.TrimRight(w.Title, "\n"))
	d.Wording.Title = strings.TrimRight(w.Title, "\n")
}
