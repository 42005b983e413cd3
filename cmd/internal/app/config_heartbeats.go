package app

import (
	"fmt"
	"regexp"

	"candor/probes/kinds"
)

var domainForm = regexp.MustCompile(`^[A-Za-z0-9.-]{1,200}$`)

// mail checks where reports come by mail.
func (c *checks) mail() {
	m := c.config.Server.Mail
	if m == nil {
		return
	}
	c.listen("server.mail.listen", m.Listen, ":25 or 127.0.0.1:2525")
	if !domainForm.MatchString(m.Domain) {
		c.problem("server.mail.domain", `"domain" is what stands behind the @ of the addresses, like status.example.com`)
	}
	switch {
	case m.CertFile == "" && m.KeyFile == "":
	case m.CertFile == "" || m.KeyFile == "":
		c.problem("server.mail", "give both cert_file and key_file, or neither")
	default:
		if _, err := m.certificate(); err != nil {
			c.problem("server.mail.cert_file", "the certificate and its key cannot be used: %s", err)
		}
	}
}

// heartbeats checks that reports can be told apart, and that those by mail have a way to come.
func (c *checks) heartbeats() {
	seen := map[string]bool{}
	for i, p := range c.config.Probes {
		pulse := kinds.PulseOf(p.Checker)
		if pulse == nil {
			continue
		}
		path := fmt.Sprintf("probes[%d].heartbeat", i)
		if seen[pulse.Secret] {
			c.problem(path+".secret", "another heartbeat has this secret already")
		}
		seen[pulse.Secret] = true
		if pulse.Mail != nil && c.config.Server.Mail == nil {
			c.problem(path+".mail", "nothing takes mail yet: add mail to server, with listen and domain")
		}
	}
}
