package kinds

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"candor/probes"
)

func TestWants(t *testing.T) {
	header := http.Header{"X-Left": {"42"}, "Server": {"nginx/1.27", "edge"}, "X-Path": {"/usr/"}}
	const page = "all is well, Anna"
	for _, c := range []struct{ name, expect, want string }{
		{"a text occurs", "body: is well", ""},
		{"several do", "body: [all, /A.na$/, {not: error}]", ""},
		{"one of several does not", "body: [all, sunshine]", `expected the body to contain "sunshine", got: all is well`},
		{"a text that must not", "body: {not: is well}", `expected the body not to contain "is well", but it does`},
		{"none of several", "body: {not: [error, Anna]}", `not to contain "Anna", but it does`},
		{"a pattern that must not", "body: {not: /w.ll/}", "expected the body not to match /w.ll/, but it does"},
		{"what looks like a comparison is a text in a body", "body: < 5", `to contain "< 5"`},
		{"a header is the whole value", "header: {Server: edge}", ""},
		{"a part of it is not", "header: {Server: nginx}", `expected header Server to be "nginx", got "nginx/1.27, edge"`},
		{"a pattern", "header: {Server: /^nginx/}", ""},
		{"a header that must not be", "header: {Server: {not: edge}}", `expected header Server not to be "edge"`},
		{"an absent header is nothing that it must not be", "header: {X-Powered-By: {not: /./}}", ""},
		{"an absent header is nothing that it must be", "header: {X-Powered-By: /./}", "expected header X-Powered-By, got none"},
		{"a number in a header", "header: {X-Left: \"> 10\"}", ""},
		{"a number in a header is too low", "header: {X-Left: \"> 100\"}", `expected header X-Left to be > 100, got "42"`},
		{"a range in a header", "header: {X-Left: 40..50}", ""},
		{"no number in a header", "header: {Server: < 5}", "to be < 5"},
		{"several demands on a header", "header: {X-Left: [/^4/, {not: \"41\"}]}", ""},
		{"a text that looks like a pattern", "header: {X-Path: = /usr/}", ""},
		{"a class of statuses that is not quoted", "status: 2xx", ""},
		{"a range of statuses", "status: 200..299", ""},
		{"a comparison of statuses", "status: < 400", ""},
		{"any status but one", `status: "!= 200"`, "expected status != 200, got 200 OK"},
		{"visible text within bounds", "visible_text: 5..500", ""},
		{"too much visible text", "visible_text: < 5", "expected < 5 characters of visible text, got"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := httpSettings(t, "url: http://a/\nexpect:\n  "+c.expect).Expect.compile("")
			if err != nil {
				t.Fatal(err)
			}
			got := e.judge(&answer{status: 200, header: header, body: []byte(page)}, &teller{}, 1000)
			if got == nil && c.want != "" || got != nil && (c.want == "" || !strings.Contains(got.detail, c.want)) {
				t.Errorf("got %+v, want %q", got, c.want)
			}
		})
	}
}

func TestWantsKeepSecrets(t *testing.T) {
	server := httptest.NewServer(testTarget())
	t.Cleanup(server.Close)
	for _, c := range []struct{ name, block, expect string }{
		{"a text", "expect", `{body: x canary-token}`},
		{"a text that must not be", "expect", `{body: {not: canary-token}}`},
		{"a pattern", "expect", `{body: /^canary-token$/}`},
		{"a pattern that must not be", "degraded", `{body: {not: /canary-token/}}`},
		{"a header", "degraded", `{header: {Content-Type: canary-token}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := checkHTTP(t, 20*time.Second, "{url: "+server.URL+"/echo, bearer: canary-token, "+c.block+": "+c.expect+"}")
			if r.Outcome == probes.OK || strings.Contains(r.Detail, "canary") || !strings.Contains(r.Detail, "***") {
				t.Errorf("got %s: %q", r.Outcome, r.Detail)
			}
		})
	}
}

func TestWantsThatCannotBe(t *testing.T) {
	for _, c := range []struct{ name, expect, path, problem string }{
		{"a number in a body", "body: 42", "body", `a number stands in quotes: "42"`},
		{"a body of keys", "body: {contains: x}", "body", "{not: either}"},
		{"no body", "body: []", "body", "write a text"},
		{"nothing", "body: \"\"", "body", "write a text"},
		{"a pattern in a list", "body: [a, /(/]", "body", "regular expression"},
		{"a number in a header", "header: {X-A: 42}", "header.X-A", "in quotes"},
		{"a comparison with a word", "header: {X-A: < fast}", "header.X-A", `a text that begins like one is written "= TEXT"`},
		{"a text of JSON that looks like a comparison", "json: {$.html: <p>}", "json", `"$.html": write a comparison with a number`},
		{"a unit where JSON has none", "json: {$.age: < 2s}", "json", "with a number"},
		{"a pattern for JSON", "json: {$.a: /(/}", "json", `"$.a": this is not a regular expression`},
		{"a latency without a unit", "latency: 2", "latency", "< 2s"},
		{"a status out of range", "status: < 4000", "status", "from 100 to 599"},
		{"one status of several", "status: [200, fine]", "status", "from 100 to 599"},
		{"a share of visible text", "visible_text: 20%", "visible_text", "number of characters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, block := range []string{"expect", "degraded"} {
				_, err := httpSettings(t, "url: http://a/\n"+block+":\n  "+c.expect).Checker()
				var field *FieldError
				if !errors.As(err, &field) || field.Path != block+"."+c.path || !strings.Contains(field.Problem, c.problem) {
					t.Errorf("got %v, want %s.%s: …%s…", err, block, c.path, c.problem)
				}
			}
		})
	}
}

// FuzzWants: any value of the configuration is read or refused with words.
func FuzzWants(f *testing.F) {
	for _, seed := range []string{"", "sent", "/^a/", "/(/", "< 100", "< p", "= /a/", "10..20", "//", "!= 0", "{id}", "\x00/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, v := range []any{text, map[string]any{"not": text}, []any{text, map[string]any{"not": []any{text}}}} {
			for _, read := range []func(any) ([]want, string){textWants, headerWants} {
				all, problem := read(v)
				if (len(all) == 0) == (problem == "") {
					t.Errorf("%q is read as %+v with the problem %q", v, all, problem)
				}
				for _, w := range all {
					opposite := w
					opposite.not = !w.not
					tell := &teller{}
					if w.holds(text, tell) == opposite.holds(text, tell) || w.holdsText([]byte(text), tell) == opposite.holdsText([]byte(text), tell) {
						t.Errorf("%q holds as %s, and not so", text, w.says(tell))
					}
				}
			}
		}
	})
}
