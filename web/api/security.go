package api

import (
	"fmt"
	"strings"
	"time"

	"candor/incidents"
)

// securityDays is for how many days an answer of /.well-known/security.txt holds; RFC 9116 wants less than a year.
const securityDays = 180

// SecurityTxt answers /.well-known/security.txt (RFC 9116). It is served as long as it is configured, so its end moves on with the days.
func SecurityTxt(p incidents.Page) []byte {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", name, oneLine(value))
		}
	}
	s := p.Site.Security
	for _, c := range s.Contacts {
		line("Contact", c)
	}
	line("Expires", p.At.UTC().Truncate(24*time.Hour).AddDate(0, 0, securityDays).Format(time.RFC3339))
	line("Encryption", s.Encryption)
	line("Acknowledgments", s.Acknowledgments)
	line("Preferred-Languages", s.Languages)
	line("Canonical", p.Site.URL+"/.well-known/security.txt")
	line("Policy", s.Policy)
	return []byte(b.String())
}
