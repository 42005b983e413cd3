package kinds

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/theory/jsonpath"

	"candor/probes"
)

// HTTPExpect is what an answer must be. Fields that are not set expect nothing.
type HTTPExpect struct {
	Status      any            `yaml:"status"`       // 200, "2xx", < 400 or a list, one of which holds; by default 2xx, and 3xx where redirects are not followed
	Body        any            `yaml:"body"`         // as textWants reads it
	JSON        map[string]any `yaml:"json"`         // by JSONPath (RFC 9535): all that it selects, at least one value, is as valueWant reads it
	Header      map[string]any `yaml:"header"`       // as headerWants reads it
	Latency     string         `yaml:"latency"`      // of the whole step; degraded, not failed
	VisibleText string         `yaml:"visible_text"` // how many characters a reader of the HTML sees
}

// expectation is an HTTPExpect that has been checked.
type expectation struct {
	statuses []comparison // one of them holds, if there are any
	body     []want
	json     []jsonExpectation
	header   []headerExpectation
	latency  *comparison // in seconds
	visible  *comparison
}

type jsonExpectation struct {
	path *jsonpath.Path
	text string // the path as configured
	want want
}

type headerExpectation struct {
	name  string
	wants []want
}

// shortfall is what an answer lacks. A nil *shortfall means that all expectations hold.
type shortfall struct {
	reason probes.Reason
	detail string
}

// compile checks the expectations; path stands before each field's name in errors.
func (e HTTPExpect) compile(path string) (out expectation, err error) {
	fail := func(field, problem string) (expectation, error) { return out, &FieldError{path + field, problem} }
	var problem string
	if e.Status != nil {
		if out.statuses, problem = parseStatuses(e.Status); problem != "" {
			return fail("status", problem)
		}
	}
	if e.Body != nil {
		if out.body, problem = textWants(e.Body); problem != "" {
			return fail("body", problem)
		}
	}
	for _, text := range sortedKeys(e.JSON) {
		x := jsonExpectation{text: text}
		if x.path, err = jsonpath.Parse(text); err != nil {
			return fail("json", fmt.Sprintf("%q is not a JSONPath: %v", text, err))
		}
		if x.want, problem = valueWant(e.JSON[text]); problem != "" {
			return fail("json", fmt.Sprintf("%q: %s", text, problem))
		}
		out.json = append(out.json, x)
	}
	for _, name := range sortedKeys(e.Header) {
		x := headerExpectation{name: name}
		if x.wants, problem = headerWants(e.Header[name]); problem != "" {
			return fail(key("header", name), problem)
		}
		out.header = append(out.header, x)
	}
	if out.latency, problem = latencyForm.optional(e.Latency); problem != "" {
		return fail("latency", problem)
	}
	if out.visible, problem = lettersForm.optional(e.VisibleText); problem != "" {
		return fail("visible_text", problem)
	}
	if v := out.visible; v != nil && (v.high < 0 || v.low < 0 && !math.IsInf(v.low, 0)) {
		return fail("visible_text", lettersForm.help)
	}
	return out, nil
}

// decodeJSON decodes one JSON text and keeps its numbers exact.
func decodeJSON(text []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more follows after the JSON value")
	}
	return v, nil
}

// answer is what came back, its body cut to the cap.
type answer struct {
	status   int
	header   http.Header
	body     []byte
	tooLarge bool
	bodyErr  *shortfall // why the body is not complete

	decoded *struct {
		doc any
		err error
	}
}

// json decodes the body once.
func (a *answer) json() (any, error) {
	if a.decoded == nil {
		doc, err := decodeJSON(a.body)
		a.decoded = &struct {
			doc any
			err error
		}{doc, err}
	}
	return a.decoded.doc, a.decoded.err
}

// judge returns the first expectation that does not hold, or nil; limit is the cap on the body.
func (e *expectation) judge(a *answer, t *teller, limit int64) *shortfall {
	switch {
	case !e.statusHolds(a.status):
		return e.wrongStatus(a, t)
	case a.bodyErr != nil:
		return a.bodyErr
	case a.tooLarge:
		return &shortfall{probes.TooLarge, fmt.Sprintf("expected a body of at most %d bytes, got more", limit)}
	}
	for _, text := range []func() string{
		func() string { return e.headerShortage(a, t) },
		func() string { return e.bodyShortage(a, t) },
		func() string { return e.jsonShortage(a, t) },
		func() string { return e.visibleShortage(a) },
	} {
		if text := text(); text != "" {
			return &shortfall{probes.Unexpected, text}
		}
	}
	return nil
}

func (e *expectation) headerShortage(a *answer, t *teller) string {
	for _, h := range e.header {
		values := a.header.Values(h.name)
		for _, w := range h.wants {
			switch {
			case w.heldBy(values, t):
			case len(values) == 0:
				return fmt.Sprintf("expected header %s, got none", h.name)
			default:
				return fmt.Sprintf("expected header %s %s, got %s", h.name, w.says(t), t.quote(strings.Join(values, ", ")))
			}
		}
	}
	return ""
}

func (e *expectation) bodyShortage(a *answer, t *teller) string {
	for _, w := range e.body {
		switch {
		case w.holdsText(a.body, t):
		case w.not:
			return fmt.Sprintf("expected the body %s, but it does", w.says(t))
		default:
			return fmt.Sprintf("expected the body %s, got%s", w.says(t), t.snippet(a.body))
		}
	}
	return ""
}

func (e *expectation) jsonShortage(a *answer, t *teller) string {
	for _, j := range e.json {
		doc, err := a.json()
		if err != nil {
			return "expected JSON, got" + t.snippet(a.body)
		}
		found := j.path.Select(doc)
		if len(found) == 0 {
			return fmt.Sprintf("expected %s %s, but the answer has no such value", j.text, j.want.says(t))
		}
		for _, got := range found {
			if !j.want.holds(got, t) {
				return fmt.Sprintf("expected %s %s, got %s", j.text, j.want.says(t), t.json(got))
			}
		}
	}
	return ""
}

func (e *expectation) visibleShortage(a *answer) string {
	if e.visible == nil {
		return ""
	}
	n := visibleText(a.body, e.visible.enough())
	if e.visible.holds(float64(n)) {
		return ""
	}
	return fmt.Sprintf("expected %s characters of visible text, got %d", e.visible, n)
}

// lateness says that a step took another time than expected; it is empty when all is well.
func (e *expectation) lateness(took time.Duration) string {
	if e.latency == nil || e.latency.holds(took.Seconds()) {
		return ""
	}
	return fmt.Sprintf("expected latency %s, got %s", e.latency, shownNumber(took.Seconds(), "s"))
}

// passed notes in what a step is worse than expected, though it did not fail.
func (r *httpRun) passed(s *httpStep, took time.Duration) {
	add := func(reason probes.Reason, text string) {
		r.worse.add(probes.Degraded, reason, r.tell.clean(s.label+": "+text))
	}
	if r.lesser != nil {
		add(r.lesser.reason, r.lesser.detail)
	}
	for _, e := range []*expectation{&s.degraded, &s.expect} {
		if text := e.lateness(took); text != "" {
			add(probes.Slow, text)
		}
	}
}
