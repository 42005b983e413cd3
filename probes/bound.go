package probes

import (
	"strings"
	"unicode/utf8"
)

// Bounds of a stored result: a target must not be able to fill the database.
const (
	maxDetail       = 2000 // bytes
	maxSteps        = 50
	maxMeasurements = 100
	maxName         = 200 // bytes
)

// bound returns r with every part cut to its limit.
func bound(r Result) Result {
	r.Detail = cut(r.Detail, maxDetail)
	r.Reason = Reason(cut(string(r.Reason), maxName))
	r.Steps = r.Steps[:min(len(r.Steps), maxSteps)]
	for i := range r.Steps {
		r.Steps[i].Name = cut(r.Steps[i].Name, maxName)
	}
	r.Measurements = r.Measurements[:min(len(r.Measurements), maxMeasurements)]
	for i := range r.Measurements {
		r.Measurements[i].Name = cut(r.Measurements[i].Name, maxName)
	}
	return r
}

// cut shortens s to at most n bytes of valid UTF-8 without control characters.
func cut(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if len(s) <= n {
		return s
	}
	n -= len("…")
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
