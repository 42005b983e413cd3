package web

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// repeating returns a connection that is repeated to.
func (w *wire) repeating() *caller {
	w.Helper()
	c := w.dial(true)
	c.say(plain)
	c.repeats(w)
	return c
}

// repeats expects that net/http need not read a plain request.
func (c *caller) repeats(w *wire) {
	w.Helper()
	synctest.Wait()
	before := w.read.Load()
	if answer := c.say(plain); w.read.Load() != before || !strings.HasPrefix(answer, "HTTP/1.1 200 OK\r\n") {
		w.Errorf("net/http read it, or the answer is %q", answer)
	}
}

// open says whether the server has left the connection open.
func (c *caller) open() bool {
	synctest.Wait()
	select {
	case <-c.gone:
		return false
	default:
		return true
	}
}

func TestRepeatsKeepTheTimeouts(t *testing.T) {
	t.Run("between requests", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := newWire(t, true)
			c := w.repeating()
			for range 20 {
				time.Sleep(w.IdleTimeout / 2)
				c.repeats(w)
			}
			time.Sleep(w.IdleTimeout - 2*time.Second)
			if !c.open() {
				t.Error("closed too early")
			}
			if time.Sleep(3 * time.Second); c.open() {
				t.Error("still open")
			}
		})
	})
	t.Run("within a request", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := newWire(t, true)
			c := w.repeating()
			c.say(plain[:20])
			if time.Sleep(w.ReadHeaderTimeout - time.Second); !c.open() {
				t.Error("closed too early")
			}
			if time.Sleep(2 * time.Second); c.open() {
				t.Error("still open")
			}
		})
	})
	for _, late := range []time.Duration{-2 * time.Second, time.Second} {
		t.Run(fmt.Sprint("of who does not read, and ", late), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWire(t, true)
				c, in := w.unread()
				time.Sleep(w.WriteTimeout + late)
				if got := hears(c, in); got != (late < 0) {
					t.Errorf("an answer: %v", got)
				}
			})
		})
	}
}

// unread returns a connection to which an answer is repeated that is not read yet.
func (w *wire) unread() (*caller, *bufio.Reader) {
	w.Helper()
	c := w.dial(false)
	in := bufio.NewReader(c)
	for _, text := range []string{plain, plain, small} { // the last one lifts the limits that repeating set
		c.texts <- text
		if !hears(c, in) {
			w.Fatal("no answer")
		}
		synctest.Wait()
	}
	c.texts <- plain
	synctest.Wait()
	if got := w.read.Load(); got != 2 {
		w.Fatalf("net/http read %d requests", got)
	}
	return c, in
}

// hears says whether a whole answer comes.
func hears(c *caller, in *bufio.Reader) bool {
	c.SetReadDeadline(time.Now().Add(time.Second))
	answer, err := http.ReadResponse(in, nil)
	if err != nil {
		return false
	}
	body, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	return err == nil && len(body) > 0
}

func TestShutdownWithRepeats(t *testing.T) {
	tests := []struct {
		name   string
		answer bool          // is being repeated
		reads  time.Duration // after how long it is read
		heard  bool
		took   time.Duration
	}{
		{"one that waits is closed at once", false, time.Second, false, 0},
		{"an answer is finished", true, time.Second, true, time.Second},
		{"who does not read is not waited for", true, time.Minute, false, lastRepeats},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWire(t, true)
				c, in := w.unread()
				other := w.repeating()
				if !tt.answer && !hears(c, in) {
					t.Error("no answer")
				}
				synctest.Wait()
				began, ended := time.Now(), make(chan time.Duration, 1)
				go func() {
					if err := w.Shutdown(t.Context()); err != nil {
						t.Error(err)
					}
					ended <- time.Since(began).Truncate(time.Second) // it looks now and then
				}()
				if got := other.say(plain); got != "" {
					t.Errorf("while it ends it answers %q", got)
				}
				time.Sleep(tt.reads)
				if got := hears(c, in); got != tt.heard {
					t.Errorf("an answer: %v", got)
				}
				if took := <-ended; took != tt.took {
					t.Errorf("it took %v", took)
				}
			})
		})
	}
}

// What comes between an answer and the moment when net/http waits again is read by net/http, by one byte.
func TestRepeatsAfterWhatWasEarly(t *testing.T) {
	for _, tt := range []struct {
		name, early, later string
		answers            int
	}{
		{"a request", plain, plain, 3},
		{"what makes another request of the next one", "Z", plain, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWire(t, true)
				now, ready := w.server.snapshot.current.Load(), make(chan struct{})
				now.lazy["/slow"] = func() (*answer, error) { <-ready; return now.lazy["/small"]() }
				w.repeating()
				c := w.dial(true)
				if got := c.say("GET /slow HTTP/1.1\r\n"+host+"\r\n") + c.say(tt.early); got != "" {
					t.Errorf("it answers %q", got)
				}
				close(ready)
				synctest.Wait()
				before := w.read.Load()
				c.say(tt.later)
				if got := c.all(); strings.Count(got, "HTTP/1.1 200 OK") != tt.answers {
					t.Errorf("it answers %q", got)
				}
				if repeated := w.read.Load() == before; repeated != (tt.answers == 3) {
					t.Errorf("repeated: %v", repeated)
				}
			})
		})
	}
}

func TestRepeatsEndWithTheirSnapshot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(t, true)
		c := w.repeating()
		w.server.snapshot.current.Store(&rendered{lazy: map[string]lazy{"/": ready(newAnswer(htmlType, publicCache, []byte("Studio is down.")))}})
		if got := c.say(plain); !strings.HasSuffix(got, "Studio is down.") {
			t.Errorf("it answers %q", got)
		}
		c.repeats(w)
	})
}

func TestRepeatsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(t, true)
		c := w.dial(true)
		for n := range maxRepeats + 10 {
			c.say(fmt.Sprintf("GET /small?%d HTTP/1.1\r\n%s\r\n", n, host))
		}
		if got := strings.Count(c.all(), "HTTP/1.1 200 OK"); got != maxRepeats+10 {
			t.Errorf("%d answers", got)
		}
		if got := len(w.server.snapshot.current.Load().repeats.known); got != maxRepeats {
			t.Errorf("%d are remembered", got)
		}
	})
}

func TestAPrivatePageIsNotRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(t, true)
		w.server.Access.Secret = "secret"
		c := w.dial(true)
		for range 3 {
			c.say(plain)
		}
		if got := w.read.Load(); got != 3 || w.server.snapshot.current.Load().repeats.known != nil {
			t.Errorf("net/http read %d of 3 requests", got)
		}
	})
}
