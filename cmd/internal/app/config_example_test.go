package app

import (
	"strings"
	"testing"
)

func TestExampleIsValid(t *testing.T) {
	c, err := Parse("candor.yaml", []byte(Example), environment())
	if err != nil {
		t.Fatalf("the example:\n%v", err)
	}
	if len(c.Parts) < 3 || len(c.Probes) < 3 {
		t.Errorf("the example shows %d components and %d probes, want at least 3 of each", len(c.Parts), len(c.Probes))
	}
}

// TestExampleWithoutCommentsIsValid takes the # from each line that offers a setting.
func TestExampleWithoutCommentsIsValid(t *testing.T) {
	var lines []string
	for _, line := range strings.Split(Example, "\n") {
		if at := strings.Index(line, "#- "); at >= 0 && strings.TrimSpace(line[:at]) == "" {
			line = line[:at] + line[at+1:]
		} else if at := strings.Index(line, "#"); at >= 0 && strings.TrimSpace(line[:at]) == "" && !strings.HasPrefix(line[at:], "# ") {
			line = line[:at] + line[at+1:]
		}
		lines = append(lines, line)
	}
	text := strings.Join(lines, "\n")
	if text == Example {
		t.Fatal("the example offers nothing behind a #")
	}
	env := func(string) (string, bool) { return "secret", true }
	if _, err := Parse("candor.yaml", []byte(text), env); err != nil {
		t.Errorf("with every offer taken:\n%v", err)
	}
}
