package kinds

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/theory/jsonpath"

	"candor/probes"
)

// HTTPExpect is what an answer must be. Fields that are not set expect nothing.
type HTTPExpect struct {
	Status      any               `yaml:"status"` // 200, [200, 204] or "2xx"; by default 2xx, and 3xx where redirects are not followed
	Body        string            `yaml:"body"`   // text that occurs
	BodyMatches string            `yaml:"body_matches"`
	NotBody     string            `yaml:"not_body"`     // text that does not occur
	JSON        map[string]any    `yaml:"json"`         // by JSONPath (RFC 9535): all that it selects, at least one value, equals this
	Header      map[string]string `yaml:"header"`       // the value, or a regular expression between slashes
	Latency     time.Duration     `yaml:"latency"`      // of the whole step; over it is degraded, not failed
	VisibleText int               `yaml:"visible_text"` // at least so many characters that a reader of the HTML sees
}

// expectation is an HTTPExpect that has been checked.
type expectation struct {
	statuses   []statusRange
	statusText string
	body       string
	matches    *regexp.Regexp
	notBody    string
	json       []jsonExpectation
	header     []headerExpectation
	latency    time.Duration
	visible    int
}

type statusRange struct{ from, to int }

type jsonExpectation struct {
	path *jsonpath.Path
	text string // the path as configured
	want any    // as encoding/json decodes it, with json.Number
}

type headerExpectation struct {
	name, want string
	re         *regexp.Regexp // nil: the value equals want
}

// shortfall is what an answer lacks. A nil *shortfall means that all expectations hold.
type shortfall struct {
	reason probes.Reason
	detail string
}

// compile checks the expectations; path stands before each field's name in errors.
func (e HTTPExpect) compile(path string, follow bool) (out expectation, err error) {
	out = expectation{body: e.Body, notBody: e.NotBody, latency: e.Latency, visible: e.VisibleText}
	fail := func(field, problem string) (expectation, error) { return out, &FieldError{path + field, problem} }
	switch {
	case e.Status != nil:
		var problem string
		if out.statuses, out.statusText, problem = parseStatuses(e.Status); problem != "" {
			return fail("status", problem)
		}
	case follow:
		out.statuses, out.statusText = []statusRange{{200, 299}}, "2xx"
	default:
		out.statuses, out.statusText = []statusRange{{200, 399}}, "2xx or 3xx"
	}
	if e.BodyMatches != "" {
		if out.matches, err = regexp.Compile(e.BodyMatches); err != nil {
			return fail("body_matches", "this is not a regular expression: "+err.Error())
		}
	}
	for _, text := range sortedKeys(e.JSON) {
		x := jsonExpectation{text: text}
		if x.path, err = jsonpath.Parse(text); err != nil {
			return fail("json", fmt.Sprintf("%q is not a JSONPath: %v", text, err))
		}
		if x.want, err = likeJSON(e.JSON[text]); err != nil {
			return fail("json", fmt.Sprintf("the value for %q cannot be written as JSON", text))
		}
		out.json = append(out.json, x)
	}
	for _, name := range sortedKeys(e.Header) {
		x := headerExpectation{name: name, want: e.Header[name]}
		if pattern, ok := slashed(x.want); ok {
			if x.re, err = regexp.Compile(pattern); err != nil {
				return fail(key("header", name), "this is not a regular expression: "+err.Error())
			}
		}
		out.header = append(out.header, x)
	}
	if e.Latency < 0 {
		return fail("latency", "a duration like 2s")
	}
	if e.VisibleText < 0 {
		return fail("visible_text", "a number of characters, 0 or more")
	}
	return out, nil
}

// parseStatuses reads 200, "2xx" or a list of these.
func parseStatuses(v any) (ranges []statusRange, text, problem string) {
	const help = `write a status from 100 to 599, a class like "2xx", or a list of these`
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var texts []string
	for _, v := range list {
		s := fmt.Sprint(v)
		texts = append(texts, s)
		if len(s) == 3 && s[0] >= '1' && s[0] <= '5' && strings.EqualFold(s[1:], "xx") {
			class := int(s[0]-'0') * 100
			ranges = append(ranges, statusRange{class, class + 99})
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 100 || n > 599 {
			return nil, "", help
		}
		ranges = append(ranges, statusRange{n, n})
	}
	if len(ranges) == 0 {
		return nil, "", help
	}
	return ranges, strings.Join(texts, " or "), ""
}

// likeJSON turns a value decoded from YAML into what decodeJSON would have made of it.
func likeJSON(v any) (any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return decodeJSON(text)
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
	unexpected := func(format string, args ...any) *shortfall {
		return &shortfall{probes.Unexpected, fmt.Sprintf(format, args...)}
	}
	switch {
	case !e.statusHolds(a.status):
		s := unexpected("expected status %s, got %d%s%s", e.statusText, a.status, spaced(http.StatusText(a.status)), t.snippet(a.body))
		if a.status == http.StatusUnauthorized || a.status == http.StatusForbidden {
			s.reason = probes.AuthFailed
		}
		return s
	case a.bodyErr != nil:
		return a.bodyErr
	case a.tooLarge:
		return &shortfall{probes.TooLarge, fmt.Sprintf("expected a body of at most %d bytes, got more", limit)}
	}
	for _, h := range e.header {
		if text := h.shortage(a.header, t); text != "" {
			return unexpected("%s", text)
		}
	}
	switch {
	case e.body != "" && !bytes.Contains(a.body, []byte(t.fill(e.body))):
		return unexpected("expected the body to contain %s, got%s", t.quote(t.fill(e.body)), t.snippet(a.body))
	case e.notBody != "" && bytes.Contains(a.body, []byte(t.fill(e.notBody))):
		return unexpected("expected the body not to contain %s, but it does", t.quote(t.fill(e.notBody)))
	case e.matches != nil && !e.matches.Match(a.body):
		return unexpected("expected the body to match %s, got%s", t.quote(e.matches.String()), t.snippet(a.body))
	}
	for _, j := range e.json {
		if text := j.shortage(a, t); text != "" {
			return unexpected("%s", text)
		}
	}
	if e.visible > 0 {
		if n := visibleText(a.body, e.visible); n < e.visible {
			return unexpected("expected a page with at least %d characters of visible text, got %d", e.visible, n)
		}
	}
	return nil
}

func (e *expectation) statusHolds(status int) bool {
	for _, r := range e.statuses {
		if r.from <= status && status <= r.to {
			return true
		}
	}
	return false
}

func (h headerExpectation) shortage(header http.Header, t *teller) string {
	values := header.Values(h.name)
	want := t.fill(h.want)
	for _, v := range values {
		if h.re != nil && h.re.MatchString(v) || h.re == nil && v == want {
			return ""
		}
	}
	if len(values) == 0 {
		return fmt.Sprintf("expected header %s, got none", h.name)
	}
	return fmt.Sprintf("expected header %s to be %s, got %s", h.name, t.quote(want), t.quote(strings.Join(values, ", ")))
}

func (j jsonExpectation) shortage(a *answer, t *teller) string {
	doc, err := a.json()
	if err != nil {
		return "expected JSON, got" + t.snippet(a.body)
	}
	want := mapStrings(j.want, t.fill)
	found := j.path.Select(doc)
	if len(found) == 0 {
		return fmt.Sprintf("expected %s to be %s, but the answer has no such value", j.text, t.json(want))
	}
	for _, got := range found {
		if !equalJSON(got, want) {
			return fmt.Sprintf("expected %s to be %s, got %s", j.text, t.json(want), t.json(got))
		}
	}
	return ""
}
