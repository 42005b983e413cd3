package app

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxTokens is how many keys, values and signs a file may hold: the parser's time grows with the square of them.
const maxTokens = 200_000

// maxDepth is how deep keys and lists may stand inside each other.
const maxDepth = 40

// parseYAML returns the file's root, nil for an empty file, or reports why there is none.
func parseYAML(r *report, src []byte) (root ast.Node) {
	if len(src) > maxConfig {
		r.add(1, 1, fmt.Sprintf("the file is larger than %d bytes", maxConfig))
		return nil
	}
	if !utf8.Valid(src) {
		r.add(invalidUTF8(src))
		return nil
	}
	defer func() {
		if p := recover(); p != nil {
			r.add(1, 1, "this is not YAML, and the parser cannot say where it goes wrong")
			root = nil
		}
	}()
	tokens := lexer.Tokenize(strings.TrimPrefix(string(src), "\uFEFF"))
	if len(tokens) > maxTokens {
		r.at(tokens[maxTokens], "the file holds too many keys and values to be a configuration")
		return nil
	}
	if refuse(r, tokens); len(r.problems) > 0 {
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.syntax(err)
		return nil
	}
	for _, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case root != nil:
			r.at(first(doc.Body), "a second document begins here; the file may hold only one")
		default:
			root = doc.Body
		}
	}
	if root == nil {
		return nil
	}
	if _, ok := entries(root); !ok {
		r.at(first(root), "the file should hold keys with values, like page, components and probes")
	}
	return root
}

// invalidUTF8 tells where the first byte stands that is not text.
func invalidUTF8(src []byte) (line, column int, text string) {
	good := 0
	for good < len(src) {
		r, n := utf8.DecodeRune(src[good:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		good += n
	}
	before := src[:good]
	line = bytes.Count(before, []byte("\n")) + 1
	return line, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1, "this is not UTF-8 text"
}

// syntax reports what the parser refused.
func (r *report) syntax(err error) {
	var at interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if !errors.As(err, &at) {
		r.add(1, 1, "this is not YAML")
		return
	}
	if tk := at.GetToken(); tk.Type == token.InvalidType && strings.HasPrefix(strings.TrimSpace(tk.Value), ">") {
		r.at(tk, `quote a value that begins with >, like "> 14d": without quotes it begins a text over several lines`)
		return
	}
	r.at(at.GetToken(), "this is not YAML: "+strings.ReplaceAll(at.GetMessage(), "\t", `\t`))
}

// refuse reports YAML that the configuration has no use for: references that can grow without bound, types that
// are given elsewhere, and nesting deep enough to exhaust the parser.
func refuse(r *report, tokens token.Tokens) {
	open, line, nested := 0, 0, 0
	for _, tk := range tokens {
		if tk.Position.Line != line {
			line, nested = tk.Position.Line, 0
		}
		switch tk.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			r.at(tk, "anchors, aliases and << are not supported; what all probes share stands in defaults")
		case token.TagType:
			r.at(tk, "tags are not supported; quote a text that begins with !")
		case token.DirectiveType:
			r.at(tk, "directives are not supported; quote a text that begins with %")
		case token.SequenceStartType, token.MappingStartType:
			open++
		case token.SequenceEndType, token.MappingEndType:
			open--
		case token.SequenceEntryType, token.MappingKeyType:
			nested++
		}
		if open > maxDepth || nested > maxDepth {
			r.at(tk, tooDeep)
			return
		}
	}
}

var tooDeep = fmt.Sprintf("this is nested more than %d levels deep", maxDepth)

// entry is a key with its value.
type entry struct {
	key   string
	at    *token.Token // of the key
	value ast.Node
}

// entries returns the keys and values of a mapping in their order; ok is false for another node.
func entries(n ast.Node) (out []entry, ok bool) {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	case *ast.NullNode:
		return nil, true
	default:
		return nil, false
	}
	for _, v := range values {
		tk := v.Key.GetToken()
		if k, ok := v.Key.(*ast.MappingKeyNode); ok && k.Value != nil {
			tk = k.Value.GetToken()
		}
		out = append(out, entry{tk.Value, tk, v.Value})
	}
	return out, true
}

// elements returns the entries of a list; ok is false for another node.
func elements(n ast.Node) (out []ast.Node, ok bool) {
	switch n := n.(type) {
	case *ast.SequenceNode:
		return n.Values, true
	case *ast.NullNode:
		return nil, true
	}
	return nil, false
}

// scalar returns a single value as it is written, without quotes; ok is false for another node.
func scalar(n ast.Node) (text string, ok bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// first returns the token a reader sees first.
func first(n ast.Node) *token.Token {
	if list, ok := entries(n); ok && len(list) > 0 {
		return list[0].at
	}
	if s, ok := n.(*ast.SequenceNode); ok {
		return s.Start
	}
	return n.GetToken()
}
