package app

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestSecretsAreNeverTold(t *testing.T) {
	const hush = "correct\"horse"
	tests := []struct{ name, src, want string }{
		{"as a type that it is not", oneProbe + local + "  interval: ${S}\n", `c.yaml:8:13: "interval" takes a duration with its unit, like 30s, 5m or 14d
   8 |   interval: ${S}
                   ^`},
		{"as a key that nobody has", twoParts + "probes:\n- key: p\n  component: ${S}\n  symptom: s\n" + local, `c.yaml:5:14: no component has the key "${S}"
   5 |   component: ${S}
                    ^`},
		{"in a complaint of the kind", oneProbe + "  http:\n    url: http://127.0.0.1/\n    expect: {body: \"/(${S}/\"}\n",
			"c.yaml:9:20: expect.body: this is not a regular expression: error parsing regexp: missing closing ): `(${S}`\n" +
				"   9 |     expect: {body: \"/(${S}/\"}\n                          ^"},
		{"written out beside a mistake", oneProbe + "  http:\n    pasword: hunter2\n    url: http://127.0.0.1/\n", `c.yaml:8:5: unknown key "pasword"; known here: url, method, headers, body, json, basic_auth, bearer, follow_redirects, max_redirects, max_body, expect, degraded, tls, keep_alive, steps
   8 |     pasword: *******
           ^`},
		{"written out in an address", oneProbe + "  http: {url: \"ftp://me:hunter2@127.0.0.1/\"}\n", `c.yaml:7:15: url: the URL begins with neither http:// nor https://; it should look like https://studio.example.com/new
   7 |   http: {url: "ftp://**********@127.0.0.1/"}
                     ^`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("c.yaml", []byte(tt.src), environment("S", hush))
			if err == nil || err.Error() != tt.want {
				t.Errorf("got\n%v\nwant\n%s", err, tt.want)
			}
		})
	}
}

func TestProblemsAreBounded(t *testing.T) {
	var src strings.Builder
	src.WriteString(pageOnly)
	for i := range 120 {
		fmt.Fprintf(&src, "unknown-%d: 1\n", i)
	}
	_, err := Parse("c.yaml", []byte(src.String()), environment())
	text := err.Error()
	if n := strings.Count(text, "unknown key"); n != maxTold || !strings.HasSuffix(text, "\nand 70 more") {
		t.Errorf("told %d problems and ended with %q, want %d and the number of the others", n, text[len(text)-20:], maxTold)
	}

	if most := maxTold * 4 * (maxProblem + maxSource); len(text) > most {
		t.Errorf("told %d bytes, want at most %d", len(text), most)
	}
}

func TestBombsAreRefused(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"nested lists", strings.Repeat("[", 20_000), "nested more than 40 levels deep"},
		{"nested mappings", strings.Repeat("{a: ", 20_000), "nested more than 40 levels deep"},
		{"nested entries", strings.Repeat("- ", 20_000), "nested more than 40 levels deep"},
		{"nested keys", strings.Repeat("? ", 20_000), "nested more than 40 levels deep"},
		{"keys nested by indentation", oneProbe + "  http:\n    json:\n" + stairs(60), "nested more than 40 levels deep"},
		{"a very long list", strings.Repeat("-\n", maxConfig/2-1), "too many keys and values"},
		{"tags after tags", strings.Repeat("!a ", maxConfig/3-1), "too many keys and values"},
		{"a very large file", strings.Repeat("#", maxConfig+1), "larger than 2097152 bytes"},
		{"a very long line", pageOnly + "x: " + strings.Repeat("é", maxConfig/4), "unknown key"},
		{"a very long key", pageOnly + strings.Repeat("é", maxConfig/4) + ": 1\n", "unknown key"},
		{"billion laughs", "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\npage: *c\n", "anchors, aliases and << are not supported"},
		{"a value that grows by its variables", "page: {about: \"" + strings.Repeat("${S}", 1000) + "\"}\n", "larger than 2097152 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("c.yaml", []byte(tt.src), environment("S", strings.Repeat("s", 10_000)))
			if err == nil || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 10_000 {
				t.Errorf("got %.300v, want a short text with %q", err, tt.want)
			}
		})
	}
}

// stairs returns keys inside each other.
func stairs(n int) string {
	var s strings.Builder
	for i := range n {
		s.WriteString(strings.Repeat(" ", 6+i) + "a:\n")
	}
	return s.String()
}

func FuzzParse(f *testing.F) {
	f.Add(small)
	f.Add(complete)
	f.Add(Example)
	for _, m := range mistakes {
		f.Add(m.src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if strings.Contains(src, "_file") {
			return // names files of this machine
		}
		c, err := Parse("c.yaml", []byte(src), environment("PASSWORD", "swordfish", "PRICE", "6", "SECONDS", "5", "DB_PASSWORD", "p"))
		if (c == nil) == (err == nil) {
			t.Fatalf("got %+v and %v", c, err)
		}
		if err == nil {
			c.Policy(c.Components())
			c.Runnable()
			c.Site()
			return
		}
		var problems Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("got %T without problems", err)
		}
		if !strings.Contains(src, "swordfish") && strings.Contains(err.Error(), "swordfish") {
			t.Errorf("told a secret:\n%s", err)
		}
	})
}
