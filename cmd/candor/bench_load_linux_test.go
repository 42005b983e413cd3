package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// pinned is the core of the program under test; everything else uses the next one.
const pinned = "0"

// pinSelf moves this process to the other core until the benchmark ends.
func pinSelf(b *testing.B) {
	b.Helper()
	if runtime.NumCPU() < 2 {
		b.Fatal("this benchmark needs two cores: one for the program, one for its targets")
	}
	taskset := func(cores string) {
		if out, err := exec.Command("taskset", "-a", "-c", "-p", cores, strconv.Itoa(os.Getpid())).CombinedOutput(); err != nil {
			b.Fatalf("taskset (util-linux): %v\n%s", err, out)
		}
	}
	all := fmt.Sprintf("0-%d", runtime.NumCPU()-1)
	taskset("1")
	b.Cleanup(func() { taskset(all) })
}

// onePinned is the command that runs others on the core of the program under test.
var onePinned = []string{"taskset", "-c", pinned}

// crowd is a configuration with many probes.
type crowd struct {
	probes   int
	interval time.Duration
	kept     bool // connections
}

// config writes the configuration: one component for fifty probes.
func (l crowd) config(s *stub) string {
	const perComponent = 50
	var parts, list strings.Builder
	for i := range l.probes {
		if i%perComponent == 0 {
			fmt.Fprintf(&parts, "  - {key: c%d, name: Part %d}\n", i/perComponent, i/perComponent)
		}
		fmt.Fprintf(&list, "  - key: p%d\n    component: c%d\n    symptom: Part %d fails\n    http:\n      url: %s/%d\n      keep_alive: %t\n",
			i, i/perComponent, i/perComponent, s.url, i, l.kept)
	}
	timeout := min(l.interval, 10*time.Second)
	return write(s, "candor.yaml", fmt.Sprintf("page: {name: Load}\ndefaults: {interval: %s, timeout: %s}\ncomponents:\n%sprobes:\n%s",
		l.interval, timeout, &parts, &list))
}

// run is what a program under load did in a stretch of time.
type run struct {
	*process
	took   time.Duration
	cpu    time.Duration
	visits visits
}

// measure starts the program, lets it settle, and watches it.
func (l crowd) measure(b *testing.B, s *stub) run {
	b.Helper()
	return l.measureFor(b, s, settle, watch)
}

func (l crowd) measureFor(b *testing.B, s *stub, settle, watch time.Duration) run {
	b.Helper()
	p := startAs(b, append(onePinned, binary), l.config(s), "--data", b.TempDir())
	time.Sleep(settle)
	return p.watch(s, watch)
}

func (p *process) watch(s *stub, watch time.Duration) run {
	s.visits()
	began, before := time.Now(), p.cpu()
	time.Sleep(watch)
	return run{p, time.Since(began), p.cpu() - before, s.visits()}
}

// perProbe is the CPU time of one run of a probe.
func (r run) perProbe() float64 {
	return float64(r.cpu.Microseconds()) / float64(max(1, r.visits.count()))
}

// rate is how many probes ran in a second.
func (r run) rate() float64 { return float64(r.visits.count()) / r.took.Seconds() }

// core is how much of its core the program used, in percent: all that the rest of the machine left it, when it is behind.
func (r run) core() float64 { return 100 * r.cpu.Seconds() / r.took.Seconds() }

// skipped is how many runs were skipped since the start.
func (r run) skipped() float64 { return r.metric("candor_probe_skipped_total", "") }

// bad is how many results since the start were not ok.
func (r run) bad() float64 { return r.metric("candor_probe_results_total", `outcome="[^o]`) }

// cpu is what the process used of the machine so far.
func (p *process) cpu() time.Duration {
	p.Helper()
	const tick = 10 * time.Millisecond // USER_HZ is 100 everywhere
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		p.Fatal(err)
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	var sum time.Duration
	for _, f := range fields[11:13] { // utime and stime
		n, err := strconv.Atoi(f)
		if err != nil {
			p.Fatal(err)
		}
		sum += time.Duration(n) * tick
	}
	return sum
}

// resident is the memory that the process holds, in bytes.
func (p *process) resident() int {
	p.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		p.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "VmRSS:")
	n, err := strconv.Atoi(strings.Fields(after)[0])
	if err != nil {
		p.Fatal(err)
	}
	return n << 10
}

// metric is the sum of a metric over those of its labels that fit a pattern.
func (p *process) metric(name, labels string) (sum float64) {
	p.Helper()
	lines := regexp.MustCompile(`(?m)^` + name + `\{.*` + labels + `.*\} (\S+)$`)
	for _, line := range lines.FindAllStringSubmatch(newBrowser(p, p.url).get("/metrics"), -1) {
		n, err := strconv.ParseFloat(line[1], 64)
		if err != nil {
			p.Fatal(err)
		}
		sum += n
	}
	return sum
}

const bareKept = "CANDOR_BARE_KEPT"

// bare is the CPU time of one plain request of net/http, in µs, on the core of the program under test.
func bare(b *testing.B, s *stub, kept bool) float64 {
	b.Helper()
	return alone(b, "TestBareRequests", bareURL+"="+s.url, bareKept+"="+strconv.FormatBool(kept))
}

// bareTimer is how late, in ms, all but one in a hundred ticks come on the core of the program under test in a process
// that does nothing else: what the machine's other work costs.
func bareTimer(b *testing.B) float64 {
	b.Helper()
	return alone(b, "TestBareTimer", bareURL+"=none")
}

// alone runs a test of this file as a process of its own, and returns the number that it prints.
func alone(b *testing.B, test string, env ...string) float64 {
	b.Helper()
	cmd := exec.Command(onePinned[0], append(onePinned[1:], os.Args[0], "-test.run", "^"+test+"$")...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		b.Fatal(err)
	}
	first, _, _ := strings.Cut(string(out), "\n")
	n, err := strconv.ParseFloat(first, 64)
	if err != nil {
		b.Fatalf("%s: %v", out, err)
	}
	return n
}

// TestBareTimer is the process that bareTimer starts: it ticks for three seconds, and prints how late that was.
func TestBareTimer(t *testing.T) {
	if os.Getenv(bareURL) == "" {
		return
	}
	const every = 5 * time.Millisecond
	var late []time.Duration
	began := time.Now()
	for due := began; due.Sub(began) < 3*time.Second; due = due.Add(every) {
		time.Sleep(time.Until(due))
		late = append(late, time.Since(due))
	}
	slices.Sort(late)
	fmt.Println(millis(quantile(late, .99)))
}

// TestBareRequests is the process that bare starts: it asks for three seconds, and prints what one request cost.
func TestBareRequests(t *testing.T) {
	url := os.Getenv(bareURL)
	if url == "" {
		return
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: os.Getenv(bareKept) != "true", MaxIdleConnsPerHost: 8}}
	before, until := ownCPU(t), time.Now().Add(3*time.Second)
	var asking sync.WaitGroup
	counts := make([]int, 8)
	for i := range counts {
		asking.Go(func() {
			for time.Now().Before(until) {
				resp, err := client.Get(fmt.Sprintf("%s/%d", url, i))
				if err != nil {
					t.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				counts[i]++
			}
		})
	}
	asking.Wait()
	n := 0
	for _, c := range counts {
		n += c
	}
	fmt.Printf("%.1f\n", float64((ownCPU(t)-before).Microseconds())/float64(n))
}

// ownCPU is what this process used of the machine so far.
func ownCPU(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
