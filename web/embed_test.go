package web

import (
	"strings"
	"testing"
)

// Only the frame may be framed: a page with links and forms in a frame of a stranger is a trap.
func TestOnlyTheFrameMayBeFramed(t *testing.T) {
	h := open(t, nil)
	h.fails("new-loads", secret)
	v := h.visitor()
	frame := v.get("/embed/frame?mobile=true&days=7").is(200).says("New Studio does not load", "Major outage").lacks(secret)
	if got := frame.header.Get("Content-Security-Policy"); !strings.HasSuffix(got, "; frame-ancestors *") || !strings.HasPrefix(got, "default-src 'none'; script-src 'self'") {
		t.Errorf("the frame's policy is %s", got)
	}
	for _, path := range []string{"/", "/history", "/nothing", "/embed/frames", "/console/sign-in", "/uptime"} {
		if got := v.get(path).header.Get("Content-Security-Policy"); !strings.HasSuffix(got, "; frame-ancestors 'none'") {
			t.Errorf("the policy of %s is %s", path, got)
		}
	}
}

func TestSecurityTxtIsThereWhenConfigured(t *testing.T) {
	open(t, nil).visitor().get("/.well-known/security.txt").is(404)
	v := open(t, func(o *Options) { o.Site.Security.Contacts = []string{"mailto:security@example.com"} }).visitor()
	a := v.get("/.well-known/security.txt").is(200).says("Contact: mailto:security@example.com", "Expires: ", "Canonical: http://status.example.com/.well-known/security.txt")
	if got := a.header.Get("Content-Type"); got != "text/plain; charset=utf-8" {
		t.Errorf("it is %s", got)
	}
}
