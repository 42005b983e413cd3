package kinds

import (
	"strings"
	"testing"
	"time"
)

func TestVisibleText(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       int
	}{
		{"nothing", "", 0},
		{"a white screen", whitePage, 0},
		{"a real page", realPage, 32},
		{"white space does not count", "<p> a \n&nbsp; b\u200b</p>", 2},
		{"characters, not bytes", "<p>é&eacute;日</p>", 3},
		{"a page without head and body", "<title>Studio</title><p>hello", 5},
		{"a head that does not end", "<head><title>Studio</title><p>hello", 5},
		{"scripts and styles", "<script>if (a<b) x()</script><style>p{}</style><template><p>x</p></template>yes", 3},
		{"a script that does not end", "yes<script>var x = 1", 3},
		{"a script that pretends to end itself", "<script/>var x</script>yes", 3},
		{"a comment", "<!-- hello -->yes", 3},
		{"hidden", "<div hidden>hello<p>you</p></div>yes", 3},
		{"hidden by style", `<div style="color: red; DISPLAY : none">hello</div>yes`, 3},
		{"hidden within hidden", "<div hidden><div hidden>a</div>b</div>yes", 3},
		{"a hidden element without content", "<input hidden>yes<br hidden>", 3},
		{"a hidden paragraph ends with the next", "<p hidden>hello<p>yes", 3},
		{"a hidden paragraph ends with its parent", "<div><p hidden>hello</div>yes", 3},
		{"end tags that nothing began", "</div></p>yes</script>", 3},
		{"a drawing", "<svg><g hidden/><path d='M0'/></svg>yes", 3},
		{"text that is only text", "all is well", 9},
		{"no HTML at all", "\xff\x00<", 2},
	} {
		if got := visibleText([]byte(c.page), 1000); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
	if got := visibleText([]byte(realPage), 5); got != 5 {
		t.Errorf("got %d, want the count to stop at 5", got)
	}
}

func TestVisibleTextOfAHostilePageEnds(t *testing.T) {
	began := time.Now()
	for _, page := range []string{
		strings.Repeat("<b>", 200_000) + strings.Repeat("</i>", 200_000),
		strings.Repeat("<b><i hidden>", 50_000) + strings.Repeat("</b>", 200_000),
		"<p " + strings.Repeat("a=b ", 200_000) + ">",
		strings.Repeat("<!--", 200_000), strings.Repeat("<", 1_000_000), strings.Repeat("<script>", 100_000),
	} {
		visibleText([]byte(page), 1000)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}

func FuzzVisibleText(f *testing.F) {
	for _, seed := range []string{"", whitePage, realPage, "<p hidden>a<p>b", "<script/>", "</p>", "<svg><g hidden/>"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		all := visibleText(page, 1<<30)
		if all < 0 || all > len(page)*2 {
			t.Errorf("got %d characters of %d bytes", all, len(page))
		}
		if some := visibleText(page, 3); some != min(all, 3) {
			t.Errorf("got %d of %d, want the first 3", some, all)
		}
	})
}
