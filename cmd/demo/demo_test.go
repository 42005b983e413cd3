package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"candor/probes/probetest"
)

// demo is a running demo.
type demo struct {
	*testing.T
	page, controls, console string
	stop                    context.CancelFunc
	ended                   chan error
}

var printed = regexp.MustCompile(`(Status page|Break Studio|Console) +(http://\S+)`)

// start runs the demo and reads from what it prints where everything is.
func start(t *testing.T, args ...string) *demo {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	d := &demo{T: t, stop: stop, ended: make(chan error, 1)}
	r, w := io.Pipe()
	go func() {
		err := run(ctx, append([]string{"--listen", "127.0.0.1:0"}, args...), w)
		w.CloseWithError(err)
		d.ended <- err
	}()
	t.Cleanup(stop)
	found := map[string]string{}
	for lines := bufio.NewScanner(r); len(found) < 3; {
		if !lines.Scan() {
			t.Fatalf("the demo ended before it told where it is: %v", lines.Err())
		}
		if m := printed.FindStringSubmatch(lines.Text()); m != nil {
			found[m[1]] = m[2]
		}
	}
	go io.Copy(io.Discard, r) // what to try
	d.page, d.controls, d.console = found["Status page"], found["Break Studio"], found["Console"]
	return d
}

// end stops the demo as Ctrl-C does.
func (d *demo) end() {
	d.Helper()
	began := time.Now()
	d.stop()
	if err := <-d.ended; err != nil {
		d.Errorf("the demo ended with %v", err)
	}
	if took := time.Since(began); took > 10*time.Second {
		d.Errorf("the demo took %v to end", took)
	}
}

func (d *demo) get(url string) string {
	d.Helper()
	resp, err := http.Get(url)
	if err != nil {
		d.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		d.Fatalf("GET %s: %s, %v", url, resp.Status, err)
	}
	return string(body)
}

func (d *demo) press(lever string) {
	d.Helper()
	resp, err := http.Post(d.controls+lever, "", nil)
	if err != nil {
		d.Fatal(err)
	}
	resp.Body.Close()
}

// shows waits until the page says a text.
func (d *demo) shows(text string) {
	d.Helper()
	deadline := time.After(time.Minute)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !strings.Contains(d.get(d.page), text) {
		select {
		case <-tick.C:
		case <-deadline:
			d.Fatalf("after a minute the page does not say %q", text)
		}
	}
}

// aftercare looks at what came after the oldest incident, once the guard's probe has run.
func (d *demo) aftercare() {
	d.Helper()
	path := regexp.MustCompile(`href="(/incidents/[0-9a-z]+)"[^>]*>Studio cannot send test campaigns`).FindStringSubmatch(d.get(d.page + "/history"))
	if path == nil {
		d.Fatal("the history does not lead to the incident of 2 May")
	}
	d.page += path[1]
	for _, text := range []string{"1 of 2 done", "The queue stays far below its limit", ": holding", "Corrected times", "what it said before"} {
		d.shows(text)
	}
	if strings.Contains(d.get(d.page), "queue-depth") {
		d.Error("the page names the guard's probe")
	}
}

func TestDemoTellsOfWhatIsBroken(t *testing.T) {
	data := t.TempDir()
	d := start(t, "--data", data)
	d.shows("All of Studio")
	d.shows("New routers for the US Platform")
	if !strings.Contains(d.console, "/console/welcome?token=") {
		t.Errorf("the console's link is %s", d.console)
	}
	d.get(d.console)
	d.press("break/white-screen")
	d.shows("Classic Studio shows a white screen")
	if strings.Contains(d.get(d.page), "New Studio does not load") {
		t.Error("a white screen in Classic Studio is blamed on New Studio")
	}
	d.press("mend/white-screen")
	d.shows("works again")
	history := d.get(d.page + "/history")
	for _, title := range []string{"Studio cannot send test campaigns", "Test e-mails arrive late", "Classic Studio shows a white screen", "Database upgrade in the EU"} {
		if !strings.Contains(history, title) {
			t.Errorf("the history lacks %q", title)
		}
	}
	d.aftercare()
	d.end()

	again := start(t, "--data", data)
	if got := strings.Count(again.get(again.page+"/history.atom"), "<entry>"); got != 5 {
		t.Errorf("started again on its data, the feed has %d entries, want the three incidents and two maintenances from before", got)
	}
	again.end()
}

func TestDemoWithRabbitMQ(t *testing.T) {
	broker := probetest.RabbitMQ(t)
	d := start(t, "--amqp", broker.AMQP(), "--management", broker.Management())
	d.shows("All of Studio")
	if err := broker.SetMemoryLimit(1 << 20); err != nil {
		t.Fatal(err)
	}
	d.shows("Test campaigns fail to send")
	d.shows("New Studio does not load")
	if err := broker.SetMemoryLimit(0); err != nil {
		t.Fatal(err)
	}
	d.shows("works again")
	d.end()
}

func TestDemoRefuses(t *testing.T) {
	for _, args := range [][]string{{"--amqp", "amqp://127.0.0.1"}, {"--management", "http://127.0.0.1"}, {"extra"}, {"--listen", "nowhere"}} {
		if err := run(t.Context(), args, io.Discard); err == nil || errors.Is(err, flag.ErrHelp) {
			t.Errorf("%q: %v", args, err)
		}
	}
}
