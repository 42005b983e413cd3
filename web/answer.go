package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"candor/static"
)

// answer is one finished HTTP answer. Its headers are lists that all requests share: a handler replaces them in its
// header map, or appends to them, and never changes what is in them.
type answer struct {
	contentType, cacheControl, vary []string
	kind                            kind
	framed                          bool // other sites may show it in a frame
	plain, gzip, brotli             coded
}

// kind says who reads an answer.
type kind int

const (
	toPrograms kind = iota // also the scripts of other sites
	toPeople               // with the headers that keep a page to itself
	toPages                // an asset
)

// coded is an answer in one coding of its content.
type coded struct {
	encoding, etag, length []string // encoding is nil of the plain one
	body                   []byte   // nil where there is no such coding
}

// The keys are canonical: they are put into a header as they stand.
var (
	varyEncoding = []string{"Accept-Encoding"}
	varyLanguage = []string{"Accept-Language, Accept-Encoding"}
	anyOrigin    = []string{"*"}
)

const (
	forEver     = "public, max-age=31536000, immutable"
	gzipLevel   = 5 // 6 takes a third longer for a page that is a few bytes smaller
	brotliLevel = 5
)

// newAnswer returns an answer to keep for one snapshot.
func newAnswer(contentType, cacheControl string, body []byte) *answer {
	a := newPlain(contentType, cacheControl, body)
	a.gzip = a.plain.as("gzip", "gz", static.Gzip(body, gzipLevel))
	return a
}

// newFullAnswer returns an answer that many will ask for, in every coding.
func newFullAnswer(contentType, cacheControl string, body []byte) *answer {
	a := newAnswer(contentType, cacheControl, body)
	a.brotli = a.plain.as("br", "br", static.Brotli(body, brotliLevel))
	return a
}

// newAsset returns the answer of an asset, whose name holds its hash.
func newAsset(f static.File) *answer {
	a := newPlain(f.ContentType, forEver, f.Body)
	a.kind = toPages
	a.gzip = a.plain.as("gzip", "gz", f.Gzip)
	a.brotli = a.plain.as("br", "br", f.Brotli)
	return a
}

func newPlain(contentType, cacheControl string, body []byte) *answer {
	body = bytes.Clone(body)
	sum := sha256.Sum256(body)
	a := &answer{contentType: []string{contentType}, cacheControl: []string{cacheControl}, vary: varyEncoding,
		plain: coded{etag: []string{`"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`}, length: lengthOf(body), body: body}}
	if contentType == htmlType {
		a.kind = toPeople
	}
	return a
}

// as returns the content in another coding, unless that is no smaller.
func (c coded) as(encoding, mark string, body []byte) coded {
	if len(body) >= len(c.body) {
		return coded{}
	}
	return coded{[]string{encoding}, []string{strings.TrimSuffix(c.etag[0], `"`) + "-" + mark + `"`}, lengthOf(body), body}
}

func lengthOf(body []byte) []string { return []string{strconv.Itoa(len(body))} }

// write sends the answer, or 304 to a reader that has it, and returns what it sent. Who may read it is decided before.
func (a *answer) write(w http.ResponseWriter, r *http.Request) (code int, body []byte) {
	c := a.choose(r.Header["Accept-Encoding"])
	h := w.Header()
	h["Cache-Control"], h["Etag"] = a.cacheControl, c.etag
	if earlier := h["Vary"]; earlier == nil {
		h["Vary"] = a.vary
	} else {
		h["Vary"] = slices.Concat(earlier, a.vary) // whoever let the reader in has named what it depends on
	}
	if a.kind == toPrograms {
		h["Access-Control-Allow-Origin"] = anyOrigin
	}
	if match := r.Header["If-None-Match"]; len(match) > 0 && matches(match, c.etag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified, nil
	}
	h["Content-Type"], h["Content-Length"], h["X-Content-Type-Options"] = a.contentType, c.length, noSniff
	if c.encoding != nil {
		h["Content-Encoding"] = c.encoding
	}
	a.protect(h)
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		writeWhole(w, r, c.body)
	}
	return http.StatusOK, c.body
}

// protect says what the answer may do in a browser.
func (a *answer) protect(h http.Header) {
	switch {
	case a.kind == toPeople && a.framed:
		setPageHeaders(h)
		openFrame(h)
	case a.kind == toPeople:
		setPageHeaders(h)
	case a.kind == toPages && a.contentType[0] == "image/svg+xml":
		h["Content-Security-Policy"] = pictureOnly // opened by itself, too, it runs nothing
	}
}

// choose returns the coding that the reader likes best, and among several the smallest.
func (a *answer) choose(accept []string) *coded {
	br, gz, plain := weights(accept)
	switch {
	case a.brotli.body != nil && br > 0 && br >= plain && (br >= gz || a.gzip.body == nil):
		return &a.brotli
	case a.gzip.body != nil && gz > 0 && gz >= plain:
		return &a.gzip
	}
	return &a.plain
}

// weights reads Accept-Encoding (RFC 9110, 12.5.3): how much the reader likes each coding, 0 to 1. What is not named is
// weighed as "*", and counts nothing without it.
func weights(lines []string) (br, gz, plain float64) {
	br, gz, plain = -1, -1, -1
	rest := 0.0
	for _, line := range lines {
		for part := range strings.SplitSeq(line, ",") {
			name, parameter, _ := strings.Cut(part, ";")
			switch name = strings.TrimSpace(name); {
			case strings.EqualFold(name, "br"):
				br = weight(parameter)
			case strings.EqualFold(name, "gzip"), strings.EqualFold(name, "x-gzip"):
				gz = weight(parameter)
			case strings.EqualFold(name, "identity"):
				plain = weight(parameter)
			case name == "*":
				rest = weight(parameter)
			}
		}
	}
	said := func(w float64) float64 {
		if w < 0 {
			return rest
		}
		return w
	}
	return said(br), said(gz), said(plain)
}

// weight returns what a parameter weighs: "q=0.5". Without one it is 1, and one that cannot be read is 0.
func weight(parameter string) float64 {
	if parameter == "" {
		return 1
	}
	name, text, _ := strings.Cut(parameter, "=")
	w, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if !strings.EqualFold(strings.TrimSpace(name), "q") || err != nil || !(w >= 0 && w <= 1) {
		return 0
	}
	return w
}

// matches compares If-None-Match with a tag as RFC 9110, 13.1.2 has it: weakly, any of a list, or "*".
func matches(lines []string, etag string) bool {
	for _, line := range lines {
		if line == etag || strings.TrimSpace(line) == "*" {
			return true
		}
		for line = strings.TrimLeft(line, " \t,"); line != ""; line = strings.TrimLeft(line, " \t,") {
			line = strings.TrimPrefix(line, "W/")
			if line == "" || line[0] != '"' {
				break // not a list of tags: what comes after it cannot be told
			}
			end := strings.IndexByte(line[1:], '"')
			if end < 0 {
				break
			}
			if line[:end+2] == etag {
				return true
			}
			line = line[end+2:]
		}
	}
	return false
}
