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
	frame := v.get("/embed/frame?mobile=true").is(200).says("New Studio does not load", "Major outage").lacks(secret)
	if got := frame.header.Get("Content-Security-Policy"); !strings.HasSuffix(got, "; frame-ancestors *") || !strings.HasPrefix(got, "default-src 'none'; script-src 'self'") {
		t.Errorf("the frame's policy is %s", got)
	}
	for _, path := range []string{"/", "/history", "/nothing", "/embed/frames", "/console/sign-in", "/uptime"} {
		if got := v.get(path).header.Get("Content-Security-Policy"); !strings.HasSuffix(got, "; frame-ancestors 'none'") {
			t.Errorf("the policy of %s is %s", path, got)
		}
	}
}
