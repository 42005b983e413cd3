package kinds

import (
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"candor/probes"
)

const sentJSON = `{"state":"sent","items":[{"n":3},{"n":3.0}],"big":9007199254740993,"none":null,"ok":true,"deep":{"a":[1,"x"]}}`

func TestExpectJSON(t *testing.T) {
	for _, c := range []struct{ name, expect, body, want string }{
		{"a text", `$.state: sent`, sentJSON, ""},
		{"another text", `$.state: delivered`, sentJSON, `expected $.state to be "delivered", got "sent"`},
		{"a number", `"$.items[0].n": 3`, sentJSON, ""},
		{"a number with a point", `"$.items[0].n": 3.0`, sentJSON, ""},
		{"a text is no number", `"$.items[0].n": "3"`, sentJSON, `to be "3", got 3`},
		{"all that is selected", `"$.items[*].n": 3`, sentJSON, ""},
		{"one of all differs", `"$.items[*].n": 4`, sentJSON, "to be 4, got 3"},
		{"a large number is exact", `$.big: 9007199254740993`, sentJSON, ""},
		{"a large number differs", `$.big: 9007199254740992`, sentJSON, "got 9007199254740993"},
		{"null", `$.none: null`, sentJSON, ""},
		{"null is not false", `$.none: false`, sentJSON, "to be false, got null"},
		{"true", `$.ok: true`, sentJSON, ""},
		{"a whole value", `$.deep: {a: [1, x]}`, sentJSON, ""},
		{"not a whole value", `$.deep: {not: {a: [1, y]}}`, sentJSON, ""},
		{"a whole value differs", `$.deep: {a: [1, y]}`, sentJSON, `to be {"a":["1"`},
		{"a filter", `"$.items[?@.n > 2].n": 3`, sentJSON, ""},
		{"a pattern", `$.state: /^(sent|delivered)$/`, sentJSON, ""},
		{"a pattern that does not match", `$.state: /^d/`, sentJSON, `expected $.state to match /^d/, got "sent"`},
		{"a pattern and a number", `"$.items[0].n": /^3/`, sentJSON, ""},
		{"another text than one", `$.state: {not: failed}`, sentJSON, ""},
		{"the text that must not be", `$.state: {not: sent}`, sentJSON, `expected $.state not to be "sent", got "sent"`},
		{"a number below", `"$.items[0].n": < 4`, sentJSON, ""},
		{"a number not below", `"$.items[0].n": < 3`, sentJSON, "expected $.items[0].n to be < 3, got 3"},
		{"a number within", `"$.items[*].n": 1..3`, sentJSON, ""},
		{"another number", `"$.items[*].n": "!= 3"`, sentJSON, "to be != 3, got 3"},
		{"a text is no number to compare", `$.state: < 3`, sentJSON, `to be < 3, got "sent"`},
		{"a text written as it is", `$.state: = sent`, sentJSON, ""},
		{"nothing is selected", `$.gone: 1`, sentJSON, "the answer has no such value"},
		{"no JSON", `$.state: sent`, "<html>", "expected JSON, got: <html>"},
		{"two values", `$.state: sent`, sentJSON + sentJSON, "expected JSON, got: {"},
		{"an empty body", `$.state: sent`, "", "expected JSON, got with an empty body"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := httpSettings(t, "url: http://a/\nexpect:\n  json:\n    "+c.expect)
			e, err := h.Expect.compile("")
			if err != nil {
				t.Fatal(err)
			}
			got := e.judge(&answer{status: 200, body: []byte(c.body)}, &teller{}, 1000)
			if want := strings.ReplaceAll(c.want, `["1"`, `[1`); got == nil && want != "" || got != nil && (want == "" || !strings.Contains(got.detail, want)) {
				t.Errorf("got %+v, want %q", got, want)
			}
		})
	}
}

// FuzzExpectations gives any body to every expectation: the answer is a verdict, and words that can be stored.
func FuzzExpectations(f *testing.F) {
	for _, seed := range []string{"", sentJSON, whitePage, realPage, "\xff\x00", strings.Repeat("[", 20000), `{"state":1e999999}`, `"\ud800"`} {
		f.Add([]byte(seed), 200)
	}
	settings := []HTTPExpect{
		{Body: "sent"}, {Body: map[string]any{"not": "sent"}}, {Body: "/^a+b?$/"}, {VisibleText: "20"}, {Status: 418},
		{JSON: map[string]any{"$.big": "< 3"}}, {JSON: map[string]any{"$.*": map[string]any{"not": "/s/"}}}, {Status: "< 400"},
		{JSON: map[string]any{"$.state": "sent"}}, {JSON: map[string]any{"$..n": 3}}, {JSON: map[string]any{"$[?@.a < 2]": map[string]any{"a": 1}}},
		{Header: map[string]any{"X-A": []any{"/b/", map[string]any{"not": "< 3"}}}},
	}
	var all []expectation
	for _, s := range settings {
		e, err := s.compile("")
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, e)
	}
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		tell := &teller{}
		tell.hide("canary")
		for i := range all {
			a := &answer{status: status, header: http.Header{"X-A": {string(body)}}, body: body}
			short := all[i].judge(a, tell, 1<<20)
			if short == nil {
				continue
			}
			if short.reason == "" || short.reason == probes.Internal || short.detail == "" || len(short.detail) > 2000 || !utf8.ValidString(short.detail) {
				t.Errorf("got %+v", short)
			}
		}
	})
}
