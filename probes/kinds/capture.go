package kinds

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/theory/jsonpath"
)

// maxCapture is how long a captured value may be, in bytes.
const maxCapture = 8 << 10

// capture takes one value out of an answer for later steps.
type capture struct {
	name   string
	source string // as configured, for details
	path   *jsonpath.Path
	header string
	re     *regexp.Regexp
}

func compileCaptures(path string, sources map[string]string) ([]capture, error) {
	var all []capture
	for _, name := range sortedKeys(sources) {
		c := capture{name: name, source: sources[name]}
		if !placeholder.MatchString("{" + name + "}") {
			return nil, &FieldError{key(path, name), fmt.Sprintf("%q is not a name; use letters, digits and _", name)}
		}
		if problem := c.compile(); problem != "" {
			return nil, &FieldError{key(path, name), problem}
		}
		all = append(all, c)
	}
	return all, nil
}

func (c *capture) compile() (problem string) {
	how, what, _ := strings.Cut(c.source, ":")
	var err error
	switch {
	case what == "":
	case how == "json":
		if c.path, err = jsonpath.Parse(what); err != nil {
			return "this is not a JSONPath: " + err.Error()
		}
		return ""
	case how == "header":
		c.header = what
		return ""
	case how == "body":
		pattern, ok := slashed(what)
		if !ok {
			return "write the regular expression between slashes: body:/id=([0-9]+)/"
		}
		if c.re, err = regexp.Compile(pattern); err != nil {
			return "this is not a regular expression: " + err.Error()
		}
		return ""
	}
	return "write json:$.path, header:Name or body:/regular expression/"
}

// from returns the captured value; shortage says in words what the answer lacks, and is empty when all is well.
func (c *capture) from(a *answer) (value, shortage string) {
	switch {
	case c.path != nil:
		value, shortage = c.fromJSON(a)
	case c.header != "":
		if value = a.header.Get(c.header); value == "" {
			shortage = "the answer has no such header"
		}
	default:
		if m := c.re.FindSubmatch(a.body); m == nil {
			shortage = "nothing in the body matches"
		} else {
			value = string(m[min(1, len(m)-1)])
		}
	}
	if shortage == "" && len(value) > maxCapture {
		shortage = fmt.Sprintf("the value is longer than %d bytes", maxCapture)
	}
	return value, shortage
}

func (c *capture) fromJSON(a *answer) (value, shortage string) {
	doc, err := a.json()
	if err != nil {
		return "", "the body is not JSON"
	}
	found := c.path.Select(doc)
	if len(found) == 0 {
		return "", "the path selects nothing"
	}
	switch v := found[0].(type) {
	case string:
		return v, ""
	case json.Number:
		return v.String(), ""
	case bool:
		return fmt.Sprint(v), ""
	}
	return "", "the path selects no text, number or boolean"
}

// placeholder is where a captured value goes.
var placeholder = regexp.MustCompile(`\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// fill replaces the placeholders that have a value and leaves other braces alone.
func fill(s string, values map[string]string, escape func(string) string) string {
	if len(values) == 0 {
		return s
	}
	return placeholder.ReplaceAllStringFunc(s, func(p string) string {
		v, ok := values[p[1:len(p)-1]]
		if !ok {
			return p
		}
		return escape(v)
	})
}

// escapeURL makes a value safe in a path and in a query.
func escapeURL(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

func raw(s string) string { return s }

// mapStrings returns v, a value decoded from YAML or JSON, with f applied to each text in it.
func mapStrings(v any, f func(string) string) any {
	switch v := v.(type) {
	case string:
		return f(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = mapStrings(v[i], f)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k := range v {
			out[k] = mapStrings(v[k], f)
		}
		return out
	}
	return v
}

// captureNames holds every captured name of a probe: true once an earlier step captures it.
type captureNames map[string]bool

func (n captureNames) announce(captures map[string]string) {
	for name := range captures {
		if !n[name] {
			n[name] = false // announced, not known
		}
	}
}

func (n captureNames) know(captures map[string]string) {
	for name := range captures {
		n[name] = true
	}
}

// problem names the first field of a step that uses a value before it is captured.
// Only in a URL is a brace that nobody captures an error: a body may hold braces of its own.
func (n captureNames) problem(s HTTPStep) (field, problem string) {
	for _, m := range placeholder.FindAllStringSubmatch(s.URL, -1) {
		if _, announced := n[m[1]]; !announced {
			return "url", fmt.Sprintf("no step captures %s; capture it in an earlier step, or write the braces as %%7B and %%7D", m[0])
		}
	}
	uses := map[string][]string{"url": {s.URL}, "body": {s.Body}, "bearer": {s.Bearer}}
	for name, value := range s.Headers {
		uses[key("headers", name)] = append(uses[key("headers", name)], value)
	}
	if s.BasicAuth != nil {
		uses["basic_auth"] = []string{s.BasicAuth.User, s.BasicAuth.Password}
	}
	collect := func(field string, v any) {
		mapStrings(v, func(text string) string { uses[field] = append(uses[field], text); return text })
	}
	collect("json", s.JSON)
	for block, e := range map[string]HTTPExpect{"expect": s.Expect, "degraded": s.Degraded} {
		collect(block+".body", e.Body)
		for _, value := range e.JSON {
			collect(block+".json", value)
		}
		for _, value := range e.Header {
			collect(block+".header", value)
		}
	}
	for _, field := range sortedKeys(uses) {
		for _, m := range placeholder.FindAllStringSubmatch(strings.Join(uses[field], "\n"), -1) {
			if known, announced := n[m[1]]; announced && !known {
				return field, m[0] + " is not captured yet; only earlier steps count"
			}
		}
	}
	return "", ""
}

// key is the path of a map's entry, or of the map when the key would need quoting.
func key(path, k string) string {
	if !plainKey.MatchString(k) {
		return path
	}
	return path + "." + k
}

var plainKey = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// slashed returns what stands between two slashes.
func slashed(s string) (string, bool) {
	if len(s) < 3 || s[0] != '/' || s[len(s)-1] != '/' {
		return "", false
	}
	return s[1 : len(s)-1], true
}
