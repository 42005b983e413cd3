package kinds

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"
)

// read takes the body in, up to the cap.
func (r *httpRun) read(resp *http.Response, s *httpStep, w *watch) *answer {
	a := &answer{status: resp.StatusCode, header: resp.Header}
	if resp.StatusCode == http.StatusSwitchingProtocols {
		return a // what follows is another protocol, and a read of it would not end with the context
	}
	var content io.Reader = resp.Body
	if s.unzips && strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		content = &unzipped{from: content}
	}
	buf := bodyBuffers.Get().(*bytes.Buffer)
	defer putBodyBuffer(buf)
	_, err := buf.ReadFrom(io.LimitReader(content, s.MaxBody+1))
	a.tooLarge = int64(buf.Len()) > s.MaxBody
	a.body = bytes.Clone(buf.Next(int(s.MaxBody)))
	if err != nil {
		a.bodyErr = r.trouble(err, w)
	}
	return a
}

// bodyBuffers are what bodies are read into; most are small, and their size is not known before.
var bodyBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// putBodyBuffer keeps what a body was read into for another one, unless it was large.
func putBodyBuffer(buf *bytes.Buffer) {
	if buf.Reset(); buf.Cap() <= 64<<10 {
		bodyBuffers.Put(buf)
	}
}

// takesGzip says that an answer may come in gzip, and is judged by what is in it: not where the step names codings
// itself, or asks for a part.
func (r HTTPRequest) takesGzip() bool {
	for name := range r.Headers {
		if strings.EqualFold(name, "Accept-Encoding") || strings.EqualFold(name, "Range") {
			return false
		}
	}
	return r.Method != http.MethodHead
}

// unzipped is what came in gzip, which begins with the first read.
type unzipped struct {
	from io.Reader
	zip  *gzip.Reader
}

func (u *unzipped) Read(p []byte) (n int, err error) {
	if u.zip == nil {
		if u.zip, err = gzip.NewReader(u.from); err != nil {
			return 0, err
		}
	}
	return u.zip.Read(p)
}
