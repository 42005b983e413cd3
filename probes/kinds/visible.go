package kinds

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// Elements whose text nobody reads on the page.
var unseen = map[string]bool{"title": true, "script": true, "style": true, "noscript": true,
	"template": true, "iframe": true, "noembed": true, "noframes": true, "datalist": true}

// Elements that have no end tag.
var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true,
	"input": true, "link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true}

// Elements that end where the next one of the same name begins.
var selfEnding = map[string]bool{"p": true, "li": true, "option": true, "tr": true, "td": true, "th": true, "dt": true, "dd": true}

// visibleText counts the characters, without white space, that a reader of an HTML page sees; it stops at enough.
// It knows the hidden attribute and display:none in the style attribute, but neither style sheets nor scripts:
// a page that scripts have yet to fill counts as what it says without them.
func visibleText(page []byte, enough int) int {
	z := html.NewTokenizer(bytes.NewReader(page))
	open := openElements{count: map[string]int{}}
	seen := 0
	for seen < enough {
		switch z.Next() {
		case html.ErrorToken:
			return seen
		case html.TextToken:
			if !open.hidden() {
				seen += letters(z.Text())
			}
		case html.StartTagToken:
			name, attrs := z.TagName()
			open.start(string(name), attrs && concealed(z))
		case html.SelfClosingTagToken: // means nothing in HTML, but ends an element in SVG
			name, attrs := z.TagName()
			if hidden := attrs && concealed(z); unseen[string(name)] {
				open.start(string(name), hidden)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			open.end(string(name))
		}
	}
	return enough
}

// letters counts the characters of a text that are not white space.
func letters(text []byte) int {
	n := 0
	for _, r := range string(text) {
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// concealed reads the attributes of the current tag.
func concealed(z *html.Tokenizer) bool {
	for hidden := false; ; {
		name, value, more := z.TagAttr()
		switch string(name) {
		case "hidden":
			hidden = true
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(string(value)), ""))
			hidden = hidden || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
		}
		if !more {
			return hidden
		}
	}
}

// openElements are the elements around the current place in a page.
type openElements struct {
	names []string
	count map[string]int // how often a name is in names
	from  int            // one more than the place of the outermost unseen element; 0 when there is none
}

func (o *openElements) hidden() bool { return o.from > 0 }

func (o *openElements) start(name string, concealed bool) {
	if void[name] {
		return
	}
	if n := len(o.names); n > 0 && selfEnding[name] && o.names[n-1] == name {
		o.end(name)
	}
	o.names = append(o.names, name)
	o.count[name]++
	if o.from == 0 && (concealed || unseen[name]) {
		o.from = len(o.names)
	}
}

// end closes the innermost element of that name and all within it; an end tag without a start tag does nothing.
func (o *openElements) end(name string) {
	if o.count[name] == 0 {
		return
	}
	for {
		last := len(o.names) - 1
		top := o.names[last]
		o.names = o.names[:last]
		o.count[top]--
		if o.from > last {
			o.from = 0
		}
		if top == name {
			return
		}
	}
}
