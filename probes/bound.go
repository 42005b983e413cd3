package probes

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Bounds of a stored result: a target must not be able to fill the database.
const (
	maxDetail       = 2000 // bytes
	maxSteps        = 50
	maxMeasurements = 100
	maxName         = 200 // bytes
	maxEvidence     = 3
	maxText         = 16 << 10  // bytes of a text as evidence
	maxPicture      = 512 << 10 // bytes
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
	r.Evidence = slices.Clone(r.Evidence[:min(len(r.Evidence), maxEvidence)])
	for i, e := range r.Evidence {
		r.Evidence[i] = e.bound()
	}
	return r
}

// bound cuts a text; a picture cannot be cut, so a note takes the place of one that is too large.
func (e Evidence) bound() Evidence {
	e.Name = cut(e.Name, maxName)
	note := ""
	switch {
	case !slices.Contains(EvidenceTypes, e.Type):
		note = fmt.Sprintf("Not kept: evidence cannot be of the type %q.", cut(e.Type, maxName))
	case e.Type == "text/plain":
		e.Body = []byte(cut(string(e.Body), maxText))
	case len(e.Body) > maxPicture:
		note = fmt.Sprintf("Not kept: the picture has %d bytes, and at most %d fit.", len(e.Body), maxPicture)
	}
	if note != "" {
		e.Type, e.Body = "text/plain", []byte(note)
	}
	return e
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
