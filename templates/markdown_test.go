package templates

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"a paragraph", "We *look* into **it**.", "<p>We <em>look</em> into <strong>it</strong>.</p>\n"},
		{"the highest heading is an h3", "# A\n\n## B", "<h3>A</h3>\n<h4>B</h4>\n"},
		{"a text that begins lower keeps its steps", "## A\n\n### B\n\n## C", "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n"},
		{"no heading is below an h6", "# A\n\n###### B", "<h3>A</h3>\n<h6>B</h6>\n"},
		{"a link", "[x](https://example.com/a?b=c&d)", `<p><a href="https://example.com/a?b=c&amp;d" rel="nofollow noopener">x</a></p>` + "\n"},
		{"a bare address", "see https://example.com", `<p>see <a href="https://example.com" rel="nofollow noopener">https://example.com</a></p>` + "\n"},
		{"a mail address", "<a@example.com>", `<p><a href="mailto:a@example.com" rel="nofollow noopener">a@example.com</a></p>` + "\n"},
		{"a path of ours", "[x](/history)", `<p><a href="/history" rel="nofollow noopener">x</a></p>` + "\n"},
		{"a script link", "[x](javascript:alert(1))", "<p><a rel=\"nofollow noopener\">x</a></p>\n"},
		{"a script link in disguise", "[x](&#106;ava&#10;script:alert(1))", "<p><a rel=\"nofollow noopener\">x</a></p>\n"},
		{"a data link", "[x](data:text/html,x)", "<p><a rel=\"nofollow noopener\">x</a></p>\n"},
		{"an image is its alternative", "![a *queue*](https://example.com/x.png)", "<p>a <em>queue</em></p>\n"},
		{"an image in a link", "[![a](b.png)](https://example.com)", `<p><a href="https://example.com" rel="nofollow noopener">a</a></p>` + "\n"},
		{"raw blocks go", "<script>alert(1)</script>\n\nafter", "\n<p>after</p>\n"},
		{"raw inline HTML goes", "a <b onclick=x>b</b> <img src=x onerror=y>", "<p>a b </p>\n"},
		{"comments go", "<!-- what happened -->\n\n## A", "\n<h3>A</h3>\n"},
		{"task marks are characters", "- [x] done\n- [ ] open", "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>\n"},
		{"struck out", "~~no~~", "<p><del>no</del></p>\n"},
		{"code is text", "`<script>`", "<p><code>&lt;script&gt;</code></p>\n"},
		{"a table", "|a|\n|-:|\n|1|", "<table tabindex=\"0\">\n<thead>\n<tr>\n<th class=\"end\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"end\">1</td>\n</tr>\n</tbody>\n</table>\n"},
		{"an indented line of code keeps its indent", "```\n" + strings.Repeat(" ", 50) + "x\n```", "<pre><code>" + strings.Repeat(" ", 50) + "x\n</code></pre>\n"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := MarkdownHTML(c.source); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// Text on which the parser alone would take quadratic time: minutes, or memory without end.
func TestMarkdownIsBounded(t *testing.T) {
	for _, piece := range []string{">", "> ", "- ", "* ", "[", "![", "[a](", "*a _a ", "**", "`", "<", "<!--", "~~", "|a", "a|\n", "# ", "&#0;", "((", "1. ", "1) ", "> 1. - ", "\t", "http://a", "www.", "a@", "[a]: b\n", "[a]"} {
		source := strings.Repeat(piece, 4*maxMarkdown/len(piece))
		began := time.Now()
		got := MarkdownHTML(source)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%q repeated took %s", piece, took)
		}
		if len(got) > 40*maxMarkdown {
			t.Errorf("%q repeated became %d bytes", piece, len(got))
		}
	}
}

func TestMarkdownKeepsWhatFits(t *testing.T) {
	got := MarkdownHTML(strings.Repeat("ä", maxMarkdown))
	if strings.ContainsRune(got, '\uFFFD') || !strings.HasPrefix(got, "<p>ä") {
		t.Errorf("a text that is too long was cut in the middle of a letter: %q", got[len(got)-20:])
	}
}

var (
	allowedElements = map[string]bool{"h3": true, "h4": true, "h5": true, "h6": true, "p": true, "br": true, "hr": true,
		"blockquote": true, "ul": true, "ol": true, "li": true, "strong": true, "em": true, "del": true, "code": true, "pre": true,
		"table": true, "thead": true, "tbody": true, "tr": true, "th": true, "td": true, "a": true}
	allowedAttributes = map[string]bool{"href": true, "rel": true, "class": true, "tabindex": true, "start": true}
	allowedAddress    = regexp.MustCompile(`^(?i)(https?:|mailto:|[^:]*$|[^:]*[/?#])`)
)

func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{report, "<script>alert(1)</script>", "[x](javascript:alert(1))", "<a href=\"java\tscript:x\">", "![x](x \"\" onerror=\"y\")",
		"[x]: javascript:x\n[x]", "<svg/onload=x>", "```\"><img src=x onerror=y>\n```", "|a|\n|:-|", "- [x] a", "<https://a\" onclick=x>", "&lt;script&gt;", "<!--><script>-->", "\x00<b>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		tokens := html.NewTokenizer(strings.NewReader(MarkdownHTML(source)))
		for {
			switch tokens.Next() {
			case html.ErrorToken:
				return
			case html.CommentToken, html.DoctypeToken:
				t.Fatalf("%q lets %s through", source, tokens.Token())
			case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
				checkToken(t, source, tokens.Token())
			}
		}
	})
}

func checkToken(t *testing.T, source string, token html.Token) {
	if !allowedElements[token.Data] {
		t.Fatalf("%q lets <%s> through", source, token.Data)
	}
	for _, a := range token.Attr {
		if !allowedAttributes[a.Key] {
			t.Fatalf("%q lets the attribute %s through", source, a.Key)
		}
		if a.Key == "href" && !allowedAddress.MatchString(a.Val) {
			t.Fatalf("%q lets the address %q through", source, a.Val)
		}
		if a.Key == "rel" && a.Val != rel {
			t.Fatalf("%q has rel=%q", source, a.Val)
		}
	}
}
