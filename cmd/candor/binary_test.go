package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// binary is the program under test, as a user would build it.
var binary string

// bareURL is set for the process of BenchmarkCapacity that asks this address for comparison, and needs no program.
const bareURL = "CANDOR_BARE_URL"

func TestMain(m *testing.M) {
	if os.Getenv(bareURL) != "" {
		os.Exit(m.Run())
	}
	dir, err := os.MkdirTemp("", "candor-binary-")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "candor")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build candor: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// process is a running `candor serve`.
type process struct {
	testing.TB
	cmd    *exec.Cmd
	url    string        // of the page
	links  <-chan string // the link that makes the owner's account, if nobody has one
	output *tail
	ended  chan struct{} // closed once the process is gone
	state  error
}

var welcomeLink = regexp.MustCompile(`http://\S+/console/welcome\?token=\S+`)

// start runs the program on a free port and waits until it serves.
func start(t testing.TB, config string, args ...string) *process {
	t.Helper()
	return startAs(t, []string{binary}, config, args...)
}

// startAs is start with what stands before the program's arguments.
func startAs(t testing.TB, command []string, config string, args ...string) *process {
	t.Helper()
	p := &process{TB: t, output: &tail{}, ended: make(chan struct{})}
	command = append(slices.Clone(command), "serve", "--config", config, "--listen", "127.0.0.1:0", "--log", "json")
	p.cmd = exec.Command(command[0], append(command[1:], args...)...)
	dieWithParent(p.cmd)
	pipe, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	said, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	serving, links := make(chan string, 1), make(chan string, 1)
	go func() {
		defer close(p.ended)
		var reading sync.WaitGroup
		reading.Go(func() { p.read(pipe, serving) })
		reading.Go(func() { readLink(said, links) })
		reading.Wait()
		p.state = p.cmd.Wait()
	}()
	p.links = links
	t.Cleanup(p.kill)
	select {
	case address := <-serving:
		p.url = "http://" + address
	case <-p.ended:
		t.Fatalf("candor ended before it served (%v):\n%s", p.state, p.output)
	case <-time.After(time.Minute):
		t.Fatalf("candor does not serve after a minute:\n%s", p.output)
	}
	return p
}

// read keeps the log's end, and sends the address once the log tells it.
func (p *process) read(pipe io.Reader, serving chan<- string) {
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		p.output.add(lines.Text())
		var entry struct{ Msg, Address string }
		if json.Unmarshal(lines.Bytes(), &entry) == nil && entry.Msg == "serving" {
			serving <- entry.Address
		}
	}
}

// readLink sends the first link that makes an account.
func readLink(r io.Reader, links chan<- string) {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if link := welcomeLink.FindString(lines.Text()); link != "" {
			select {
			case links <- link:
			default: // only the first is told
			}
		}
	}
}

// owner makes the owner's account by the printed link, and returns its browser.
func (p *process) owner() *browser {
	p.Helper()
	select {
	case link := <-p.links:
		b := newBrowser(p, p.url)
		_, token, _ := strings.Cut(link, "token=")
		b.get("/console/welcome?token=" + token)
		b.post("/console/welcome", "token", token, "name", "Ada", "email", "ada@example.com", "password", "correct horse")
		return b
	case <-time.After(10 * time.Second):
		p.Fatalf("no link to make an account was printed:\n%s", p.output)
		return nil
	}
}

// kill ends the process as a power cut would.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may be gone already
	<-p.ended
}

// stop asks the process to end and returns how long that took.
func (p *process) stop() time.Duration {
	p.Helper()
	began := time.Now()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		p.Fatal(err)
	}
	<-p.ended
	if p.state != nil {
		p.Errorf("candor ended with %v:\n%s", p.state, p.output)
	}
	return time.Since(began)
}

// tail keeps the last lines of a log.
type tail struct {
	mu    sync.Mutex
	lines []string
}

func (t *tail) add(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines = append(t.lines, line)
	t.lines = t.lines[max(0, len(t.lines)-200):]
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(t.lines, "\n")
}

// browser is somebody at the page, without JavaScript.
type browser struct {
	testing.TB
	http.Client
	base string
}

func newBrowser(t testing.TB, base string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, http.Client{Jar: jar, Timeout: 30 * time.Second}, base}
}

// get returns a page's text.
func (b *browser) get(path string) string {
	b.Helper()
	body, code, _ := b.send(http.MethodGet, path, nil)
	if code != http.StatusOK {
		b.Fatalf("GET %s: %d\n%.1000s", path, code, body)
	}
	return body
}

// post sends a form, follows the redirect, and returns the page it led to and its path.
func (b *browser) post(path string, fields ...string) (body, at string) {
	b.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	body, code, at := b.send(http.MethodPost, path, form)
	if code != http.StatusOK {
		b.Fatalf("POST %s: %d\n%.1000s", path, code, body)
	}
	return body, at
}

func (b *browser) send(method, path string, form url.Values) (body string, code int, at string) {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), method, b.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := b.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	all, err := io.ReadAll(resp.Body)
	if err != nil {
		b.Fatal(err)
	}
	return string(all), resp.StatusCode, resp.Request.URL.Path
}

// until asks again and again until the answer is the wanted one.
func until(t testing.TB, what string, within time.Duration, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(within)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("after %v still not: %s", within, what)
		}
		<-tick.C
	}
}

// write puts a file into a fresh folder and returns its path.
func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
