package kinds

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// want is what one value must be, or with not must not be: equal to a JSON value, within a comparison's bounds,
// matched by a pattern, or a text that holds another one.
type want struct {
	not    bool
	equal  any // as decodeJSON makes it; it counts when none of the others is set
	number *comparison
	re     *regexp.Regexp
	part   string
}

// textWants reads what a text must hold: a part of it, /a pattern/, {not: either}, or a list of these, which all hold.
func textWants(v any) ([]want, string) {
	return wants(v, func(v any) (w want, problem string) {
		s, ok := v.(string)
		if !ok || s == "" {
			return w, `write a text, a regular expression between slashes, {not: either} or a list of these; a number stands in quotes: "42"`
		}
		if ok, problem := w.pattern(s); ok {
			return w, problem
		}
		w.part = s
		return w, ""
	})
}

// headerWants reads what a header must be, as textWants and valueWant do.
func headerWants(v any) ([]want, string) {
	return wants(v, func(v any) (want, string) {
		if _, ok := v.(string); !ok {
			return want{}, `write the whole value, a regular expression between slashes, a comparison like < 100, {not: one of them} ` +
				`or a list of these; a number stands in quotes: "42"`
		}
		return valueWant(v)
	})
}

// wants reads one value or a list of them, each by itself or after not.
func wants(v any, read func(any) (want, string)) (all []want, problem string) {
	v, not := negated(v)
	list, _ := v.([]any)
	if len(list) == 0 {
		list = []any{v}
	}
	for _, v := range list {
		v, notThis := negated(v)
		w, problem := read(v)
		if problem != "" {
			return nil, problem
		}
		w.not = not != notThis
		all = append(all, w)
	}
	return all, ""
}

// valueWant reads what a value of JSON must be: equal to this one; for a text also /a pattern/, a comparison,
// or "= TEXT" for a text that looks like one of these.
func valueWant(v any) (w want, problem string) {
	v, w.not = negated(v)
	if s, ok := v.(string); ok {
		if ok, problem := w.pattern(s); ok {
			return w, problem
		}
		if text, ok := strings.CutPrefix(s, "= "); ok {
			w.equal = text
			return w, ""
		}
		c, problem := plainForm.parse(s)
		compares := operator.MatchString(s) && s[0] != '='
		if problem == "" && (compares || strings.Contains(s, "..")) {
			w.number = &c
			return w, ""
		}
		if compares {
			return w, problem + `; a text that begins like one is written "= TEXT"`
		}
	}
	var err error
	if w.equal, err = likeJSON(v); err != nil {
		return w, "this value cannot be written as JSON"
	}
	return w, ""
}

// negated returns what stands after not.
func negated(v any) (inner any, not bool) {
	if m, ok := v.(map[string]any); ok && len(m) == 1 {
		if inner, not = m["not"]; not {
			return inner, true
		}
	}
	return v, false
}

// pattern reads a regular expression between slashes; ok is false when there are none.
func (w *want) pattern(s string) (ok bool, problem string) {
	inner, ok := slashed(s)
	if !ok {
		return false, ""
	}
	var err error
	if w.re, err = regexp.Compile(inner); err != nil {
		return true, "this is not a regular expression: " + err.Error()
	}
	return true, ""
}

// likeJSON turns a value decoded from YAML into what decodeJSON would have made of it.
func likeJSON(v any) (any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return decodeJSON(text)
}

// holds compares with a value as decodeJSON makes it; a pattern looks at texts and numbers.
func (w want) holds(got any, t *teller) bool {
	number, isNumber := got.(json.Number)
	switch {
	case w.number != nil:
		v, err := number.Float64()
		return (isNumber && err == nil && w.number.holds(v)) != w.not
	case w.re != nil:
		text, isText := got.(string)
		return ((isText || isNumber) && w.re.MatchString(text+number.String())) != w.not
	}
	return equalJSON(got, mapStrings(w.equal, t.fill)) != w.not
}

// heldBy compares with a header: one of its values is as wanted, or with not all of them.
func (w want) heldBy(values []string, t *teller) bool {
	fits := func(value string) bool {
		if w.number != nil {
			return w.holds(json.Number(strings.TrimSpace(value)), t)
		}
		return w.holds(value, t)
	}
	if w.not {
		return !slices.ContainsFunc(values, func(v string) bool { return !fits(v) })
	}
	return slices.ContainsFunc(values, fits)
}

// holdsText compares with a whole text.
func (w want) holdsText(text []byte, t *teller) bool {
	if w.re != nil {
		return w.re.Match(text) != w.not
	}
	return bytes.Contains(text, []byte(t.fill(w.part))) != w.not
}

// says what is wanted, after "expected NAME".
func (w want) says(t *teller) string {
	not := ""
	if w.not {
		not = "not "
	}
	switch {
	case w.number != nil:
		return fmt.Sprintf("%sto be %s", not, w.number)
	case w.re != nil:
		return fmt.Sprintf("%sto match /%s/", not, short(t.clean(w.re.String())))
	case w.part != "":
		return fmt.Sprintf("%sto contain %s", not, t.quote(t.fill(w.part)))
	}
	return fmt.Sprintf("%sto be %s", not, t.json(mapStrings(w.equal, t.fill)))
}
