package app

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"candor/probes/kinds"
)

var (
	docHeading = regexp.MustCompile("^##+ (.*`.*)$")
	docName    = regexp.MustCompile("`([^`]+)`")
	docRow     = regexp.MustCompile("^\\| `([^`]+)` \\|")
)

// documented returns each key that the page's tables explain, as a path: the names in the heading above are where
// the table's keys stand.
func documented(page string) (paths []string) {
	var under []string
	for _, line := range strings.Split(page, "\n") {
		if m := docHeading.FindStringSubmatch(line); m != nil {
			under = nil
			for _, name := range docName.FindAllStringSubmatch(m[1], -1) {
				under = append(under, name[1])
			}
		} else if strings.HasPrefix(line, "#") {
			under = nil
		}
		if m := docRow.FindStringSubmatch(line); m != nil {
			for _, name := range under {
				paths = append(paths, name+"."+m[1])
			}
		}
	}
	return paths
}

// keys returns each key that a value of type t may hold, as paths that begin with the given one.
func keys(t reflect.Type, path string) (paths []string) {
	switch {
	case t == prefixType:
		return nil
	case t.Kind() == reflect.Pointer:
		return keys(t.Elem(), path)
	case t.Kind() == reflect.Slice:
		return keys(t.Elem(), path+"[]")
	case t.Kind() != reflect.Struct:
		return nil
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, option, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case option == "inline":
			paths = append(paths, keys(f.Type, path)...)
		case name != "" && name != "-":
			paths = append(paths, join(path, name))
			paths = append(paths, keys(f.Type, join(path, name))...)
		}
	}
	return paths
}

func TestDocumentationNamesEveryKeyAndNoOther(t *testing.T) {
	page, err := os.ReadFile("../../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	want := keys(reflect.TypeFor[Config](), "")
	for name, make := range kinds.All() {
		want = append(want, "probes[]."+name)
		want = append(want, keys(reflect.TypeOf(make()), name)...)
	}
	want = slices.DeleteFunc(want, func(path string) bool { return !strings.Contains(path, ".") }) // sections are headings
	got := documented(string(page))
	for _, path := range want {
		if !slices.Contains(got, path) {
			t.Errorf("docs/configuration.md does not explain %s", path)
		}
	}
	for i, path := range got {
		if !slices.Contains(want, path) {
			t.Errorf("docs/configuration.md explains %s, which does not exist", path)
		}
		if slices.Contains(got[:i], path) {
			t.Errorf("docs/configuration.md explains %s twice", path)
		}
	}
	for _, section := range keys(reflect.TypeFor[Config](), "") {
		if !strings.Contains(section, ".") && !strings.Contains(string(page), "`"+section+"`") && !strings.Contains(string(page), "`"+section+"[]`") {
			t.Errorf("docs/configuration.md has no section %s", section)
		}
	}
}

func TestDocumentedExpectationsAreAConfiguration(t *testing.T) {
	page, err := os.ReadFile("../../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## Expectations\n")
	_, example, _ := strings.Cut(section, "```yaml\n")
	example, _, ok := strings.Cut(example, "```")
	if !ok {
		t.Fatal("docs/configuration.md has no example of expectations")
	}
	c := parse(t, "page: {name: x}\ncomponents: [{key: sending, name: S}, {key: queue, name: Q, internal: true}]\nprobes:\n"+example, "DB_PASSWORD", "p")
	if len(c.Probes) != 2 {
		t.Errorf("the example has %d probes, want 2", len(c.Probes))
	}
}
