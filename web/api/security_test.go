package api

import (
	"testing"

	"candor/incidents"
)

func TestSecurityTxt(t *testing.T) {
	p, _ := fixture()
	p.Site.Security = incidents.Security{Contacts: []string{"mailto:security@example.com", "https://example.com/report"}, Policy: "https://example.com/policy", Languages: "en, de"}
	want := "Contact: mailto:security@example.com\r\nContact: https://example.com/report\r\nExpires: 2026-10-29T00:00:00Z\r\n" +
		"Preferred-Languages: en, de\r\nCanonical: https://status.example.com/.well-known/security.txt\r\nPolicy: https://example.com/policy\r\n"
	if got := string(SecurityTxt(p)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
