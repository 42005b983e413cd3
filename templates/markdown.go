package templates

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"candor/incidents"
)

// Markdown renders what a responder wrote (GitHub's Markdown) as safe HTML. Raw HTML and images are left out,
// links carry rel="nofollow noopener", and the highest heading is an h3, so that it fits under a page's own.
func Markdown(source string) templ.Component { return templ.Raw(MarkdownHTML(source)) }

// MarkdownHTML is Markdown for a feed. What exceeds the longest text that can be posted is cut off.
func MarkdownHTML(source string) string {
	src := []byte(bounded(source))
	var out bytes.Buffer
	if err := markdown.Convert(src, &out); err != nil {
		return "<p>" + html.EscapeString(string(src)) + "</p>"
	}
	return string(policy.SanitizeBytes(out.Bytes()))
}

// PlainText returns the words of what a responder wrote, without its marks.
func PlainText(source string) string {
	return html.UnescapeString(words.Sanitize(strings.ReplaceAll(MarkdownHTML(source), "<", " <")))
}

// words lets no element through.
var words = bluemonday.StrictPolicy()

// Bounds of a text: what a domain value may hold at most, and nesting that a person could have meant.
const (
	maxMarkdown = incidents.MaxPostmortem
	maxNesting  = 32
	maxBrackets = 400
)

func bounded(source string) string {
	if len(source) > maxMarkdown {
		n := maxMarkdown
		for n > 0 && !utf8.RuneStart(source[n]) {
			n--
		}
		source = source[:n]
	}
	source = deepMarkers.ReplaceAllStringFunc(source, func(line string) string { return line[:maxNesting] })
	return calm(source)
}

// calm escapes the brackets beyond maxBrackets: each that opens a link and does not close it is searched to the end.
func calm(source string) string {
	for i, n := 0, 0; i < len(source); i++ {
		if source[i] != '[' {
			continue
		}
		if n++; n > maxBrackets {
			return source[:i] + strings.ReplaceAll(source[i:], "[", `\[`)
		}
	}
	return source
}

// deepMarkers matches an opening of quotes and lists so deep that parsing it would take quadratic time.
var deepMarkers = regexp.MustCompile(`(?m)^(?:[ \t]*(?:[>*+\-]|[0-9]{1,9}[.)])){32,}`)

var markdown = goldmark.New(
	goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
		extension.Strikethrough, extension.Linkify, extension.TaskList,
	),
	goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(house{}, 1000))),
)

const rel = "nofollow noopener"

// policy is the second layer: whatever the first lets through, only these elements and attributes remain.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "ul", "li", "strong", "em", "del",
		"code", "pre", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowElements("ol")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(center|end)$`)).OnElements("th", "td")
	p.AllowAttrs("tabindex").Matching(regexp.MustCompile(`^0$`)).OnElements("table")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile("^" + rel + "$")).OnElements("a")
	return p
}()

// cellClasses are how the style sheet aligns cells.
var cellClasses = map[extast.Alignment]string{extast.AlignCenter: "center", extast.AlignRight: "end"}

// house makes a text fit the house: heading levels, links, task marks as characters, alternatives instead of images.
type house struct{}

func (house) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	top := 6
	var headings []*ast.Heading
	var images, tasks []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // the function returns no error
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			headings, top = append(headings, n), min(top, n.Level)
		case *ast.Link, *ast.AutoLink:
			n.SetAttributeString("rel", []byte(rel))
		case *ast.Image:
			images = append(images, n)
		case *extast.TaskCheckBox:
			tasks = append(tasks, n)
		case *extast.Table:
			n.SetAttributeString("tabindex", []byte("0")) // a wide one scrolls, and not every browser lets the keyboard do that
		case *extast.TableCell:
			if class := cellClasses[n.Alignment]; class != "" {
				n.SetAttributeString("class", []byte(class))
			}
		}
		return ast.WalkContinue, nil
	})
	for _, h := range headings {
		h.Level = min(h.Level-top+3, 6)
	}
	for _, n := range images {
		for c := n.FirstChild(); c != nil; c = n.FirstChild() {
			n.Parent().InsertBefore(n.Parent(), n, c)
		}
		n.Parent().RemoveChild(n.Parent(), n)
	}
	for _, n := range tasks {
		mark := "☐ "
		if box, ok := n.(*extast.TaskCheckBox); ok && box.IsChecked {
			mark = "☑ "
		}
		n.Parent().ReplaceChild(n.Parent(), n, ast.NewString([]byte(mark)))
	}
}
