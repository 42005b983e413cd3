package kinds

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/gofrs/flock"
)

// maxRuns is how many pages one Chromium opens before it is started anew, because it grows.
const maxRuns = 200

// startLimit is how long Chromium may take to start and to open an empty page.
const startLimit = 30 * time.Second

// chromium is the one browser of all probes. It is started when it is needed first, opens one page at a time, and ends
// with this program: the kernel or the closed pipe to it sees to that, even when this program is killed.
type chromium struct {
	busy    chan struct{} // holds a value while a page is open
	process *chromiumProcess
}

func newChromium() *chromium { return &chromium{busy: make(chan struct{}, 1)} }

// program says which Chromium to start, and how.
type program struct {
	path    string // empty: the first one on the PATH
	sandbox bool
}

var chromiumNames = []string{"chromium", "chromium-browser", "google-chrome"}

var (
	errBrowserBusy = errors.New("the browser opens one page at a time, and others came first; give browser probes longer intervals")
	errBrowserSlow = errors.New("chromium is slow to start; give the probe a longer timeout")
)

// open waits until the browser is free and opens an empty page, which the caller closes; ctx is for the waiting only.
// A browser that is slow to start goes on starting for those who come later.
func (c *chromium) open(ctx context.Context, p program, w *pageWatch) (*tab, error) {
	select {
	case c.busy <- struct{}{}:
	case <-ctx.Done():
		return nil, errBrowserBusy
	}
	type opened struct {
		t   *tab
		err error
	}
	done := make(chan opened, 1)
	go func() {
		t, err := c.page(p, w)
		if err != nil {
			c.end()
			<-c.busy
		}
		done <- opened{t, err}
	}()
	select {
	case o := <-done:
		return o.t, o.err
	case <-ctx.Done():
	}
	go func() {
		if o := <-done; o.err == nil {
			o.t.close()
		}
	}()
	return nil, errBrowserSlow
}

// page starts Chromium if need be and opens a page. The caller holds busy, here and for end.
func (c *chromium) page(p program, w *pageWatch) (*tab, error) {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	if c.process != nil && (c.process.program != p || c.process.ctx.Err() != nil) {
		c.end()
	}
	if c.process == nil {
		process, err := startChromium(ctx, p)
		if err != nil {
			return nil, err
		}
		c.process = process
	}
	t, err := openTab(ctx, c.process, w)
	if err != nil {
		return nil, err
	}
	t.release = func(broken bool) {
		if c.process.runs++; broken || c.process.runs >= maxRuns {
			c.end()
		}
		<-c.busy
	}
	return t, nil
}

func (c *chromium) end() {
	if c.process != nil {
		c.process.end()
		c.process = nil
	}
}

// chromiumProcess is a Chromium that runs, with a profile of its own.
type chromiumProcess struct {
	program program
	ctx     context.Context // chromedp keeps the browser in it; it ends with the process
	kill    context.CancelFunc
	profile *profile
	pid     int
	runs    int
}

// startChromium returns when Chromium answers; an error says what to do.
func startChromium(ctx context.Context, p program) (*chromiumProcess, error) {
	path, err := p.find()
	if err != nil {
		return nil, err
	}
	dir, err := newProfile()
	if err != nil {
		return nil, fmt.Errorf("chromium needs a folder for its profile: %w", err)
	}
	said := &printed{}
	process := &chromiumProcess{program: p, profile: dir}
	options := append(chromiumOptions(path, dir.path, p.sandbox), chromedp.CombinedOutput(said),
		chromedp.ModifyCmdFunc(endTogether))
	allocator, kill := chromedp.NewExecAllocator(context.Background(), options...)
	quiet := chromedp.WithErrorf(func(string, ...any) {})  // what matters comes back from calls
	process.ctx, _ = chromedp.NewContext(allocator, quiet) // ends with the allocator
	process.kill = kill
	started := make(chan error, 1)
	go func() { started <- chromedp.Do(process.ctx) }()
	select {
	case err = <-started:
	case <-ctx.Done():
		err = errors.New("no answer in time")
	}
	if err != nil {
		process.end()
		return nil, fmt.Errorf("chromium does not start: %s%s", short(err.Error()), said.last())
	}
	process.pid = chromedp.FromContext(process.ctx).Browser.Process().Pid
	return process, nil
}

// end kills Chromium with its children and removes its profile.
func (p *chromiumProcess) end() {
	p.kill() // returns when the process is gone
	p.profile.remove()
}

// find returns the path of the program.
func (p program) find() (string, error) {
	const help = "install it (on Debian and Ubuntu: apt-get install chromium), or name it in browser.chromium"
	if p.path != "" {
		path, err := exec.LookPath(p.path)
		if err != nil {
			return "", fmt.Errorf("there is no Chromium at %s: %s", p.path, help)
		}
		return path, nil
	}
	for _, name := range chromiumNames {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("there is no Chromium on this machine: %s", help)
}

// chromiumOptions are for a browser that does what it is told and nothing else.
func chromiumOptions(path, profile string, sandbox bool) []chromedp.ExecAllocatorOption {
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.Headless, chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck, chromedp.DisableGPU, chromedp.Flag("no-sandbox", !sandbox),
		chromedp.NoInheritEnv, chromedp.Env("TMPDIR="+profile, "XDG_CONFIG_HOME="+profile, "XDG_CACHE_HOME="+profile),
		chromedp.Flag("disable-features", "Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,InterestFeedContentSuggestions"),
		chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("password-store", "basic"),
	}
	for _, flag := range []string{"disable-background-networking", "disable-background-timer-throttling",
		"disable-backgrounding-occluded-windows", "disable-breakpad", "disable-client-side-phishing-detection",
		"disable-component-update", "disable-default-apps", "disable-dev-shm-usage", "disable-domain-reliability",
		"disable-extensions", "disable-field-trial-config", "disable-hang-monitor", "disable-prompt-on-repost",
		"disable-quic", "disable-renderer-backgrounding", "disable-sync", "metrics-recording-only", "no-pings",
		"no-proxy-server", "use-mock-keychain"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	for _, name := range []string{"PATH", "HOME", "LANG", "LC_ALL", "TZ", "FONTCONFIG_PATH", "SYSTEMROOT"} {
		if value, ok := os.LookupEnv(name); ok { // and nothing else: the environment may hold passwords
			options = append(options, chromedp.Env(name+"="+value))
		}
	}
	return options
}

const profilePrefix, profileLock = "candor-chromium-", "candor.lock"

// profile is the folder of one Chromium. Its lock says that the program it belongs to runs.
type profile struct {
	path string
	lock *flock.Flock
}

// newProfile makes a folder, and removes those of programs that were killed.
func newProfile() (*profile, error) {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), profilePrefix+"*"))
	for _, dir := range left {
		lock := filepath.Join(dir, profileLock)
		info, err := os.Lstat(lock)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		old := &profile{dir, flock.New(lock, flock.SetFlag(os.O_RDONLY))}
		if free, err := old.lock.TryLock(); err == nil && free {
			old.remove()
		}
	}
	dir, err := os.MkdirTemp("", profilePrefix)
	if err != nil {
		return nil, err
	}
	p := &profile{dir, flock.New(filepath.Join(dir, profileLock))}
	if held, err := p.lock.TryLock(); err != nil || !held {
		p.remove()
		return nil, fmt.Errorf("%s cannot be locked: %w", dir, err)
	}
	return p, nil
}

// remove tries for a while, because a child of Chromium may still write.
func (p *profile) remove() {
	for range 20 {
		if os.RemoveAll(p.path) == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.lock.Close()
}

// printed keeps the end of what a program prints.
type printed struct {
	mu   sync.Mutex
	text []byte
}

func (l *printed) Write(p []byte) (int, error) {
	const enough = 4 << 10
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.text = append(l.text, p...); len(l.text) > enough {
		l.text = append([]byte(nil), l.text[len(l.text)-enough:]...)
	}
	return len(p), nil
}

// last is the line that tells most, as a part of a sentence.
func (l *printed) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	lines := strings.Split(strings.TrimSpace(string(l.text)), "\n")
	best := ""
	for _, line := range lines {
		if !strings.Contains(line, "dbus") { // which a server does without
			best = line
		}
		if strings.Contains(line, "FATAL") || strings.Contains(line, "sandbox") {
			best = line
			break
		}
	}
	if best == "" {
		return ""
	}
	return "; it says " + short(best)
}
