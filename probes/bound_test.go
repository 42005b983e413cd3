package probes

import (
	"strings"
	"testing"
)

func TestEvidenceIsBounded(t *testing.T) {
	picture := make([]byte, maxPicture)
	for _, tt := range []struct {
		name     string
		evidence Evidence
		kind     string
		body     string // how it begins
		most     int
	}{
		{"a text", Evidence{Type: "text/plain", Body: []byte("hello\x00\r\nyou\xff")}, "text/plain", "hello\nyou\uFFFD", 100},
		{"a long text is cut", Evidence{Type: "text/plain", Body: []byte(strings.Repeat("é", maxText))}, "text/plain", "éé", maxText},
		{"a picture", Evidence{Type: "image/jpeg", Body: picture}, "image/jpeg", "\x00", maxPicture},
		{"a large picture is not cut but left out", Evidence{Type: "image/png", Body: append(picture, 1)}, "text/plain", "Not kept: the picture has 524289 bytes", 200},
		{"a page", Evidence{Type: "text/html", Body: []byte("<script>")}, "text/plain", `Not kept: evidence cannot be of the type "text/html"`, 200},
	} {
		before := string(tt.evidence.Body)
		got := bound(Result{Evidence: []Evidence{tt.evidence}}).Evidence[0]
		if got.Type != tt.kind || !strings.HasPrefix(string(got.Body), tt.body) || len(got.Body) > tt.most {
			t.Errorf("%s: %s of %d bytes: %.60q", tt.name, got.Type, len(got.Body), got.Body)
		}
		if string(tt.evidence.Body) != before {
			t.Errorf("%s: what the check holds was changed", tt.name)
		}
	}
	if n := len(bound(Result{Evidence: make([]Evidence, 9)}).Evidence); n != maxEvidence {
		t.Errorf("%d pieces are kept", n)
	}
}
