package app

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"candor/probes/kinds"
)

// decoder fills structs from YAML by their yaml tags. It goes on after a mistake, and remembers where each value
// stands, so that later checks can point there.
type decoder struct {
	*report
	env    func(string) (string, bool)
	kinds  map[string]func() kinds.Settings
	places map[string]place // by path: "probes[0].http.url"
	failed map[string]bool  // paths with a mistake
	broken map[string]bool  // these, and all that they are part of
}

// place is where a value stands in the file.
type place struct {
	at    *token.Token // of the value if it is a single one, otherwise where a reader sees its beginning
	key   *token.Token // nil in a list
	value ast.Node
}

func newDecoder(r *report, env func(string) (string, bool)) *decoder {
	return &decoder{report: r, env: env, kinds: kinds.All(), places: map[string]place{},
		failed: map[string]bool{}, broken: map[string]bool{}}
}

// root fills c from the file; an empty file is an empty mapping.
func (d *decoder) root(n ast.Node, c *Config) {
	if n == nil {
		return
	}
	d.places[""] = place{at: first(n), value: n}
	d.structure(n, reflect.ValueOf(c).Elem(), "")
}

// wrong reports a mistake about the value at path.
func (d *decoder) wrong(path, format string, args ...any) {
	d.at(d.find(path).at, fmt.Sprintf(format, args...))
	d.mark(path)
}

// mark remembers that there is a mistake at path.
func (d *decoder) mark(path string) {
	d.failed[path] = true
	for p, ok := path, true; ok; p, ok = parent(p) {
		d.broken[p] = true
	}
}

// find returns where the value at path stands; for one that is not there, where it should.
func (d *decoder) find(path string) place {
	if at, ok := d.places[path]; ok {
		return at
	}
	for up, ok := parent(path); ok; up, ok = parent(up) {
		if p, found := d.places[up]; found {
			if p.key != nil {
				p.at = p.key
			}
			return p
		}
	}
	return place{}
}

// parent returns the path of what the value at path is part of; ok is false for the root.
func parent(path string) (up string, ok bool) {
	if path == "" {
		return "", false
	}
	return path[:max(strings.LastIndexAny(path, ".["), 0)], true
}

// join returns the path of a key inside path.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// label names the value at path in a message.
func label(path string) string {
	if strings.HasSuffix(path, "]") {
		return fmt.Sprintf("an entry of %q", lastKey(path[:strings.LastIndexByte(path, '[')]))
	}
	return strconv.Quote(lastKey(path))
}

func lastKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// value fills v from a node.
func (d *decoder) value(n ast.Node, v reflect.Value, path string) {
	if strings.Count(path, ".")+strings.Count(path, "[") > maxDepth {
		d.wrong(path, "%s", tooDeep)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), path)
		return
	case reflect.Interface:
		if x := d.anything(n, path); x != nil {
			v.Set(reflect.ValueOf(x))
		}
		return
	case reflect.Slice:
		d.list(n, v, path)
		return
	case reflect.Map:
		d.mapping(n, v, path)
		return
	case reflect.Struct:
		if v.Type() != prefixType {
			d.structure(n, v, path)
			return
		}
	}
	d.single(n, v, path)
}

// single fills v from a scalar.
func (d *decoder) single(n ast.Node, v reflect.Value, path string) {
	text, ok := scalar(n)
	if _, null := n.(*ast.NullNode); null {
		d.wrong(path, "%s has no value; give it one or remove the line", label(path))
		return
	}
	if !ok {
		d.wrong(path, "%s takes %s", label(path), takes(v.Type()))
		return
	}
	text, ok = d.expand(text, path)
	if ok && !set(v, text) {
		d.wrong(path, "%s takes %s", label(path), takes(v.Type()))
	}
}

func (d *decoder) list(n ast.Node, v reflect.Value, path string) {
	items, ok := elements(n)
	if !ok {
		d.wrong(path, "%s takes a list", label(path))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", path, i)
		d.places[at] = place{at: first(item), value: item}
		if _, null := item.(*ast.NullNode); null && v.Type().Elem().Kind() == reflect.Struct {
			d.wrong(at, "%s has no value; give it one or remove the line", label(at))
			continue
		}
		d.value(item, v.Index(i), at)
	}
}

func (d *decoder) mapping(n ast.Node, v reflect.Value, path string) {
	list, ok := entries(n)
	if !ok {
		d.wrong(path, "%s takes keys with values", label(path))
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for _, e := range d.distinct(list, path) {
		value := reflect.New(v.Type().Elem()).Elem()
		d.value(e.value, value, join(path, e.key))
		v.SetMapIndex(reflect.ValueOf(e.key).Convert(v.Type().Key()), value)
	}
}

// structure fills the fields of a struct, and a probe's settings of its kind.
func (d *decoder) structure(n ast.Node, v reflect.Value, path string) {
	list, ok := entries(n)
	if !ok {
		d.wrong(path, "%s takes keys with values", label(path))
		return
	}
	fields, names := fieldsOf(v)
	probe, _ := v.Addr().Interface().(*ProbeConfig)
	if probe != nil {
		names = append(names, kindNames(d.kinds)...)
	}
	for _, e := range d.distinct(list, path) {
		at := join(path, e.key)
		if field, ok := fields[e.key]; ok {
			d.value(e.value, field, at)
		} else if probe != nil && d.kinds[e.key] != nil {
			d.kind(probe, e, at)
		} else {
			d.at(e.at, fmt.Sprintf("unknown key %q; %s", e.key, hint(e.key, names)))
			d.mark(at)
			if near := nearest(e.key, names); near != "" {
				d.mark(join(path, near)) // it is not missing, but misspelt
			}
			d.broken[path+" keys"] = true
		}
	}
}

// kind fills a probe's settings of one kind.
func (d *decoder) kind(p *ProbeConfig, e entry, path string) {
	if p.Kind != "" {
		d.at(e.at, fmt.Sprintf("a probe has one kind, and this one has %q already", p.Kind))
		d.mark(path)
		return
	}
	p.Kind, p.Settings = e.key, d.kinds[e.key]()
	d.value(e.value, reflect.ValueOf(p.Settings).Elem(), path)
}

// distinct notes where each key stands, and reports and leaves out those that came before.
func (d *decoder) distinct(list []entry, path string) (out []entry) {
	seen := map[string]int{}
	for _, e := range list {
		if line, ok := seen[e.key]; ok {
			d.at(e.at, fmt.Sprintf("%q stands on line %d already", e.key, line))
			continue
		}
		seen[e.key] = e.at.Position.Line
		at := place{at: e.at, key: e.at, value: e.value}
		if _, ok := scalar(e.value); ok {
			at.at = e.value.GetToken()
		}
		d.places[join(path, e.key)] = at
		out = append(out, e)
	}
	return out
}

// anything returns a node as nil, bool, int64, float64, string, []any or map[string]any.
func (d *decoder) anything(n ast.Node, path string) any {
	switch n := n.(type) {
	case *ast.NullNode:
		return nil
	case *ast.BoolNode:
		return n.Value
	case *ast.IntegerNode:
		return n.Value
	case *ast.FloatNode:
		return n.Value
	case *ast.SequenceNode:
		var list []any
		d.list(n, reflect.ValueOf(&list).Elem(), path)
		return list
	case *ast.MappingNode, *ast.MappingValueNode:
		var m map[string]any
		d.mapping(n, reflect.ValueOf(&m).Elem(), path)
		return m
	}
	text, ok := scalar(n)
	if !ok {
		d.wrong(path, "%s takes a value", label(path))
		return nil
	}
	text, _ = d.expand(text, path)
	return text
}
