package kinds

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
)

// equalJSON compares two values of decodeJSON; numbers are equal by value, so 1 equals 1.0.
func equalJSON(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		return ok && equalNumber(a, b)
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !equalJSON(a[i], b[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for k := range a {
			if v, ok := b[k]; !ok || !equalJSON(a[k], v) {
				return false
			}
		}
		return true
	case string:
		b, ok := b.(string)
		return ok && a == b
	case bool:
		b, ok := b.(bool)
		return ok && a == b
	}
	return a == nil && b == nil
}

// equalNumber compares whole numbers exactly and all others as float64.
func equalNumber(a, b json.Number) bool {
	if a == b {
		return true
	}
	i, errA := strconv.ParseInt(a.String(), 10, 64)
	j, errB := strconv.ParseInt(b.String(), 10, 64)
	if errA == nil && errB == nil {
		return i == j
	}
	x, errA := a.Float64()
	y, errB := b.Float64()
	return errA == nil && errB == nil && x == y
}

// maxShown is how many characters of an answer a detail quotes.
const maxShown = 120

// teller knows the captured values of a run, and how to speak of an answer without telling secrets.
type teller struct {
	values map[string]string
	redactor
}

// fill puts captured values into a text.
func (t *teller) fill(s string) string { return fill(s, t.values, raw) }

// quote puts a text between quotes, at most maxShown characters of it.
func (t *teller) quote(s string) string { return strconv.Quote(short(t.clean(s))) }

// json writes a value as JSON, at most maxShown characters of it.
func (t *teller) json(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return "something else"
	}
	return short(t.clean(string(text)))
}

// snippet shows the beginning of a body, with what stands before it in a sentence.
func (t *teller) snippet(body []byte) string {
	if len(body) == 0 {
		return " with an empty body"
	}
	const window = 16 << 10
	text := t.cleanStart(string(body[:min(len(body), 4*window)]), window)
	return ": " + short(namedSecret.ReplaceAllString(text, "${1}***"))
}

// short puts s on one line, without what cannot be printed, and cuts it to maxShown characters.
func short(s string) string {
	var b strings.Builder
	n, gap := 0, false
	for _, r := range s {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			gap = n > 0
			continue
		}
		if n >= maxShown {
			return b.String() + "…"
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// spaced puts a space before a text that is not empty.
func spaced(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}
