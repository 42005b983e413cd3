// Package static holds the style sheets and scripts, under names that change with their content.
package static

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

//go:embed *.css *.js *.svg
var embedded embed.FS

// File is an asset ready to be served. What a Path names never changes, so it may be cached for ever.
type File struct {
	Path        string // "/static/page.3f2a9c0d41b7e865.css"
	ContentType string
	Body        []byte
	Gzip        []byte // Body compressed
	Brotli      []byte // likewise
}

// Files returns every asset by its Path. The map and what it holds must not be changed.
func Files() map[string]File { return load().files }

// Path returns where the asset of that name is served: "page.css" → "/static/page.3f2a….css".
// It panics when there is no such asset, which a test of the page that names it will notice.
func Path(name string) string {
	p, ok := load().paths[name]
	if !ok {
		panic("static: no file " + name)
	}
	return p
}

type assets struct {
	files map[string]File
	paths map[string]string // name → path
}

var load = sync.OnceValue(func() assets {
	a := assets{files: map[string]File{}, paths: map[string]string{}}
	entries, err := embedded.ReadDir(".")
	if err != nil {
		panic(err) // the embedded folder cannot be unreadable
	}
	for _, e := range entries {
		body := read(e.Name())
		if first, ok := begins[e.Name()]; ok {
			body = slices.Concat(read(first), body)
		}
		f := New(e.Name(), body)
		a.files[f.Path], a.paths[e.Name()] = f, f.Path
	}
	return a
})

// begins says which script another one begins with: the front page asks for one file instead of two.
var begins = map[string]string{"status.js": "page.js"}

func read(name string) []byte {
	body, err := embedded.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	return body
}

var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".jpeg": "image/jpeg",
	".js":   "text/javascript; charset=utf-8",
	".png":  "image/png",
	".svg":  "image/svg+xml",
}

// New returns an asset that is not among Files. What its name ends in decides the content type.
func New(name string, body []byte) File {
	sum := sha256.Sum256(body)
	hash, ext := hex.EncodeToString(sum[:8]), path.Ext(name)
	return File{
		Path:        "/static/" + strings.TrimSuffix(name, ext) + "." + hash + ext,
		ContentType: contentTypes[ext],
		Body:        body,
		Gzip:        Gzip(body, gzip.BestCompression),
		Brotli:      Brotli(body, 9),
	}
}

// Gzip compresses body at a level of compress/gzip.
func Gzip(body []byte, level int) []byte {
	return compress(body, &gzips[level-gzip.HuffmanOnly], func() packer {
		w, err := gzip.NewWriterLevel(nil, level)
		if err != nil {
			panic(err) // the level is a constant
		}
		return w
	})
}

// Brotli compresses body at a level of 0 to 11.
func Brotli(body []byte, level int) []byte {
	options := brotli.WriterOptions{Quality: level}
	if level >= 9 {
		options.LGWin = 16 // more than most assets have; with a larger window, tables of 36 MB make them no smaller
	}
	return compress(body, &brotlis[level], func() packer { return brotli.NewWriterOptions(nil, options) })
}

// packer compresses one body after another.
type packer interface {
	io.WriteCloser
	Reset(io.Writer)
}

// Packers at rest, by their level: each has tables of a megabyte, which are not to be made anew for each body.
var (
	gzips   [gzip.BestCompression - gzip.HuffmanOnly + 1]sync.Pool
	brotlis [brotli.BestCompression + 1]sync.Pool
)

func compress(body []byte, rest *sync.Pool, fresh func() packer) []byte {
	w, ok := rest.Get().(packer)
	if !ok {
		w = fresh()
	}
	defer rest.Put(w)
	var b bytes.Buffer
	w.Reset(&b)
	_, err := w.Write(body)
	if err = cmp.Or(err, w.Close()); err != nil {
		panic(err) // a buffer takes everything
	}
	w.Reset(nil)
	return b.Bytes()
}
