package web

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
)

const (
	host  = "Host: status.example.com\r\n"
	plain = "GET / HTTP/1.1\r\n" + host + "\r\n"
	small = "GET /small HTTP/1.1\r\n" + host + "\r\n"
)

// What is repeated is what net/http would answer, to the byte. Each talk is held twice on a connection of its own, twice,
// between plain requests: what the first taught is used in the second, and what is left over of a talk shows after it.
var talks = []struct {
	name  string
	known bool // what is said first is remembered
	says  []string
}{
	{"a plain request", true, []string{plain}},
	{"a browser's", true, []string{"GET / HTTP/1.1\r\n" + host + "User-Agent: Mozilla/5.0\r\nAccept: text/html,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nCookie: a=b\r\nConnection: keep-alive\r\n\r\n"}},
	{"a small answer", true, []string{"GET /small HTTP/1.1\r\n" + host + "Accept-Encoding: gzip\r\n\r\n"}},
	{"one that has it", true, []string{"GET / HTTP/1.1\r\n" + host + "If-None-Match: *\r\n\r\n"}},
	{"a query", true, []string{"GET /?a=b HTTP/1.1\r\n" + host + "\r\n"}},
	{"a whole address", true, []string{"GET http://elsewhere.example.com/ HTTP/1.1\r\n" + host + "\r\n"}},
	{"odd names and spaces", true, []string{"GET / HTTP/1.1\r\nhOST:\t status.example.com \r\nACCEPT-encoding:gzip\r\naccept-Encoding: \t br;q=0.5\r\nX:\r\n\r\n"}},
	{"two different requests", true, []string{plain, small}},
	{"no body, in so many words", true, []string{"GET / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n"}},
	{"lines without returns", true, []string{"GET / HTTP/1.1\nHost: status.example.com\nX: y\r\n\r\n"}},

	{"HEAD", false, []string{"HEAD / HTTP/1.1\r\n" + host + "\r\n"}},
	{"POST", false, []string{"POST / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n", "\r\n" + plain}},
	{"what is not kept", false, []string{"GET /nothing HTTP/1.1\r\n" + host + "\r\n"}},
	{"HTTP/1.0", false, []string{"GET / HTTP/1.0\r\n" + host + "\r\n"}},
	{"HTTP/1.0 kept alive", false, []string{"GET / HTTP/1.0\r\n" + host + "Connection: keep-alive\r\n\r\n"}},
	{"HTTP/2.0", false, []string{"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"}},
	{"the last one", false, []string{"GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n"}},
	{"an upgrade", true, []string{"GET / HTTP/1.1\r\n" + host + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n"}},
	{"a body after the head", false, []string{"GET / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\n", "12345"}},
	{"a body with the head", false, []string{"GET / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\n12345"}},
	{"a body that looks like a request", false, []string{"GET / HTTP/1.1\r\n" + host + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(plain)), plain}},
	{"half a request as a body", false, []string{"GET / HTTP/1.1\r\n" + host + "Content-Length: 27\r\n\r\n", "GET /small HTTP/1.1\r\nHide: "}},
	{"chunks", false, []string{"GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n", "2\r\nab\r\n0\r\n\r\n"}},
	{"chunks and a length", false, []string{"GET / HTTP/1.1\r\n" + host + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\n\r\n"}},
	{"an unknown coding", false, []string{"GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n"}},
	{"a body to be asked for", false, []string{"GET / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", "12345"}},
	{"another expectation", false, []string{"GET / HTTP/1.1\r\n" + host + "Expect: tea\r\n\r\n"}},
	{"two at once", false, []string{plain + plain}},
	{"two at once, of different lines", false, []string{"GET / HTTP/1.1\nHost: a\n\nGET /small HTTP/1.1\r\n" + host + "\r\n"}},
	{"one and a half", false, []string{plain + plain[:20], plain[20:]}},
	{"one and something", false, []string{plain + "\r\n"}},
	{"lines that end alone", false, []string{"GET / HTTP/1.1\nHost: status.example.com\n\n"}},
	{"an empty line first", false, []string{"\r\n" + plain}},
	{"no host", false, []string{"GET / HTTP/1.1\r\n\r\n"}},
	{"two hosts", false, []string{"GET / HTTP/1.1\r\n" + host + host + "\r\n"}},
	{"no real host", false, []string{"GET / HTTP/1.1\r\nHost: a b\r\n\r\n"}},
	{"a zero byte", false, []string{"GET / HTTP/1.1\r\n" + host + "X: a\x00b\r\n\r\n"}},
	{"a return in a line", false, []string{"GET / HTTP/1.1\r\n" + host + "X: a\rb\r\n\r\n"}},
	{"a folded line", true, []string{"GET / HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n"}},
	{"a line of spaces", false, []string{"GET / HTTP/1.1\r\n" + host + " \r\n\r\n"}},
	{"no colon", false, []string{"GET / HTTP/1.1\r\n" + host + "X\r\n\r\n"}},
	{"a space before the colon", false, []string{"GET / HTTP/1.1\r\n" + host + "Content-Length : 5\r\n\r\n", "12345"}},
	{"two spaces", false, []string{"GET  / HTTP/1.1\r\n" + host + "\r\n"}},
	{"small letters", false, []string{"get / HTTP/1.1\r\n" + host + "\r\n"}},
	{"4 KB", true, []string{"GET / HTTP/1.1\r\n" + host + "X: " + strings.Repeat("x", 4<<10-len(plain)-5) + "\r\n\r\n"}},
	{"more than 4 KB", false, []string{"GET / HTTP/1.1\r\n" + host + "X: " + strings.Repeat("x", 4<<10-len(plain)-4) + "\r\n\r\n"}},
	{"too much", false, []string{"GET / HTTP/1.1\r\n" + host + "X: " + strings.Repeat("x", 80<<10) + "\r\n\r\n"}},
	{"TLS", false, []string{"\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03"}},
	{"nothing", false, []string{""}},
}

func TestRepeatsAreAsNetHTTPAnswers(t *testing.T) {
	for _, talk := range talks {
		t.Run(talk.name, func(t *testing.T) {
			read, known := hold(t, talk.says...)
			if (known[talk.says[0]] != nil) != talk.known || talk.known && read != 1 {
				t.Errorf("net/http read %d requests of the second connection; remembered: %v", read, known[talk.says[0]] != nil)
			}
		})
	}
}

func TestRepeatsOfSplitRequests(t *testing.T) {
	for i := range plain {
		hold(t, plain[:i], plain[i:])
	}
}

func FuzzRepeats(f *testing.F) {
	for _, talk := range talks {
		if len(talk.says) == 1 {
			f.Add(talk.says[0], "")
		} else {
			f.Add(talk.says[0], talk.says[1])
		}
	}
	f.Fuzz(func(t *testing.T, first, second string) { hold(t, first, second) })
}

// hold holds a talk with two servers. It returns how many requests of the second connection net/http read where it need
// not read all, and what was remembered there.
func hold(t *testing.T, says ...string) (read int32, known map[string]*repeated) {
	t.Helper()
	var heard [2]string
	for i, repeating := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := newWire(t, repeating)
			for range 2 {
				read = w.read.Load()
				c := w.dial(true)
				heard[i] += c.say(plain)
				for _, text := range append(says, says...) {
					heard[i] += c.say(text) + "\n---\n"
				}
				heard[i] += c.say(plain)
				c.Close()
				<-c.gone
				synctest.Wait()
				read = w.read.Load() - read
			}
			known = w.server.snapshot.current.Load().repeats.known
		})
	}
	if heard[0] != heard[1] {
		t.Errorf("%q\nnet/http answers\n%q\nwe answer\n%q", says, heard[0], heard[1])
	}
	return read, known
}
