package templates

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// parse reads a page.
func parse(t testing.TB, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// find returns the elements that match a selector of tags, #ids, .classes and [attributes=values] with descendants.
func find(root *html.Node, selector string) []*html.Node {
	found := []*html.Node{root}
	for part := range strings.FieldsSeq(selector) {
		var next []*html.Node
		for _, n := range found {
			for d := range n.Descendants() {
				if matches(d, part) && !slices.Contains(next, d) {
					next = append(next, d)
				}
			}
		}
		found = next
	}
	return found
}

func matches(n *html.Node, part string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	for len(part) > 0 {
		end := strings.IndexAny(part[1:], ".#[") + 1
		if end == 0 {
			end = len(part)
		}
		if !matchesOne(n, part[:end]) {
			return false
		}
		part = part[end:]
	}
	return true
}

func matchesOne(n *html.Node, s string) bool {
	switch s[0] {
	case '#':
		return attr(n, "id") == s[1:]
	case '.':
		return slices.Contains(strings.Fields(attr(n, "class")), s[1:])
	case '[':
		name, value, exact := strings.Cut(strings.Trim(s, "[]"), "=")
		return has(n, name) && (!exact || attr(n, name) == value)
	}
	return n.Data == s
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf returns what a reader reads, with single spaces.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// texts returns the text of every match.
func texts(root *html.Node, selector string) []string {
	var out []string
	for _, n := range find(root, selector) {
		out = append(out, textOf(n))
	}
	return out
}

// one returns the only match.
func one(t testing.TB, root *html.Node, selector string) *html.Node {
	t.Helper()
	found := find(root, selector)
	if len(found) != 1 {
		t.Fatalf("%s: %d matches, want one", selector, len(found))
	}
	return found[0]
}

// houseRules holds for every page: one h1, a language, labelled controls, unique ids, nothing inline, links that lead somewhere.
func houseRules(t *testing.T, page string) {
	doc := parse(t, page)
	if n := len(find(doc, "h1")); n != 1 {
		t.Errorf("%d h1, want one", n)
	}
	if attr(one(t, doc, "html"), "lang") == "" || len(find(doc, "main#main")) != 1 {
		t.Error("the page lacks its language or its main part")
	}
	ids := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" && ids[id] {
			t.Errorf("two elements have the id %q", id)
		}
		ids[attr(n, "id")] = true
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has an inline %s", n.Data, a.Key)
			}
		}
		if n.Data == "style" || n.Data == "script" && !has(n, "src") {
			t.Errorf("inline <%s>", n.Data)
		}
	}
	references(t, doc, ids)
	headingOrder(t, doc)
}

// references checks that what points to an id finds it, and that each control has a name.
func references(t *testing.T, doc *html.Node, ids map[string]bool) {
	labelled := map[string]bool{}
	for _, l := range find(doc, "label") {
		labelled[attr(l, "for")] = true
		for _, input := range find(l, "input") {
			labelled[attr(input, "id")] = true
		}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "form"} {
			for id := range strings.FieldsSeq(attr(n, name)) {
				if !ids[id] {
					t.Errorf("<%s %s=%q> points nowhere", n.Data, name, id)
				}
			}
		}
		if href := attr(n, "href"); n.Data == "a" && strings.HasPrefix(href, "#") && !ids[href[1:]] {
			t.Errorf("a link leads to %q, which is not on the page", href)
		}
		control := n.Data == "textarea" || n.Data == "select" || n.Data == "input" && attr(n, "type") != "hidden" && attr(n, "type") != "radio"
		if control && !labelled[attr(n, "id")] {
			t.Errorf("<%s name=%q> has no label", n.Data, attr(n, "name"))
		}
	}
}

// headingOrder checks that no heading skips a level.
func headingOrder(t *testing.T, doc *html.Node) {
	last := 0
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			level := int(n.Data[1] - '0')
			if level > last+1 && last > 0 {
				t.Errorf("heading %q skips from h%d to h%d", textOf(n), last, level)
			}
			last = level
		}
	}
}
