package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestFiles(t *testing.T) {
	shape := regexp.MustCompile(`^/static/[a-z-]+\.[0-9a-f]{16}\.(css|js|svg)$`)
	if len(Files()) < 4 {
		t.Fatalf("%d files, want the style sheets, scripts and icons", len(Files()))
	}
	for path, f := range Files() {
		if path != f.Path || !shape.MatchString(path) {
			t.Errorf("path %q of %q, want one with the hash of its content", path, f.Path)
		}
		if f.ContentType == "" || len(f.Body) == 0 {
			t.Errorf("%s lacks a content type or a body: %q", path, f.ContentType)
		}
		r, err := gzip.NewReader(bytes.NewReader(f.Gzip))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if plain, err := io.ReadAll(r); err != nil || !bytes.Equal(plain, f.Body) {
			t.Errorf("%s: the compressed body is another one (%v)", path, err)
		}
		if plain, err := io.ReadAll(brotli.NewReader(bytes.NewReader(f.Brotli))); err != nil || !bytes.Equal(plain, f.Body) {
			t.Errorf("%s: what brotli made is another body (%v)", path, err)
		}
	}
}

func TestPath(t *testing.T) {
	for _, name := range []string{"page.css", "console.css", "page.js", "console.js", "favicon.svg"} {
		if _, ok := Files()[Path(name)]; !ok {
			t.Errorf("%s is not served", name)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a file that does not exist has a path")
		}
	}()
	Path("nothing.css")
}

// The first view of a page has a budget, and page.js comes with each.
func TestPageScriptIsSmall(t *testing.T) {
	if got := len(Files()[Path("page.js")].Gzip); got > 7<<9 {
		t.Errorf("page.js has %d bytes compressed, want 3.5 KiB at most", got)
	}
}

func TestScriptBeginsWithAnother(t *testing.T) {
	whole, first := Files()[Path("status.js")].Body, Files()[Path("page.js")].Body
	if !bytes.HasPrefix(whole, first) || bytes.Equal(whole, first) {
		t.Error("status.js does not begin with page.js, so the front page lacks it")
	}
}

func TestHashFollowsContent(t *testing.T) {
	if a, b := New("a.css", []byte("a")), New("a.css", []byte("b")); a.Path == b.Path || bytes.Equal(a.Gzip, b.Gzip) {
		t.Errorf("two contents share %s", a.Path)
	}
}

func TestPackersAreUsedAgain(t *testing.T) {
	texts := [][]byte{bytes.Repeat([]byte("Studio works. "), 9000), nil, []byte("Studio is down."), bytes.Repeat([]byte("0123456789 down, "), 4000)}
	pack := func(body []byte) [2][]byte { return [2][]byte{Gzip(body, gzip.DefaultCompression), Brotli(body, 5)} }
	var first [][2][]byte
	for _, text := range texts {
		gzips, brotlis = [len(gzips)]sync.Pool{}, [len(brotlis)]sync.Pool{}
		first = append(first, pack(text))
	}
	for range 3 {
		for i, text := range texts {
			if got := pack(text); !bytes.Equal(got[0], first[i][0]) || !bytes.Equal(got[1], first[i][1]) {
				t.Errorf("text %d was packed otherwise by packers that were used before", i)
			}
		}
	}
}
