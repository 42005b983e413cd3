// Command demo runs Candor beside a small Studio that can be broken on purpose: product, queue, mailbox and
// status page in one process, with a history that makes the page look like one in use.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"candor/cmd/internal/app"
	"candor/probes/sim"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return
		}
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// options is what the flags say.
type options struct {
	listen, data     string
	amqp, management string
}

func parse(args []string) (options, error) {
	var o options
	f := flag.NewFlagSet("demo", flag.ContinueOnError)
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "serve the status page on `HOST:PORT`; Studio takes the port after it when that is free")
	f.StringVar(&o.data, "data", "", "keep everything in this `folder`; without one it is gone afterwards")
	f.StringVar(&o.amqp, "amqp", "", "use the RabbitMQ broker at this `URL` instead of the embedded queue")
	f.StringVar(&o.management, "management", "", "that broker's management API, a `URL` with user and password")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	switch {
	case f.NArg() > 0:
		return o, fmt.Errorf("unexpected argument %q; see --help", f.Arg(0))
	case (o.amqp == "") != (o.management == ""):
		return o, errors.New("--amqp and --management go together: a broker's address and that of its management API")
	}
	return o, nil
}

// run starts everything, in the order of what needs what, and ends it in the opposite one.
func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	if err := app.SetLog(os.Stderr, "text"); err != nil {
		return err
	}
	if o.data == "" {
		if o.data, err = os.MkdirTemp("", "candor-demo-"); err != nil {
			return fmt.Errorf("make a folder for the demo: %w", err)
		}
		defer os.RemoveAll(o.data)
	}
	page, err := app.Listen(o.listen)
	if err != nil {
		return err
	}
	defer page.Close()
	side, err := listenBeside(page.Addr())
	if err != nil {
		return err
	}
	defer side.Close()
	queue, watch, err := openQueue(o)
	if err != nil {
		return err
	}
	defer queue.Close()
	config, err := configure(o, watch, page.Addr(), side.Addr())
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, config)
	if err != nil {
		return err
	}
	defer a.Close()
	if err := seed(ctx, a, time.Now().UTC()); err != nil {
		return fmt.Errorf("make up a history: %w", err)
	}
	studio := sim.New(queue, sim.Options{StatusPage: "http://" + page.Addr().String(), Product: "studio/", SlowBy: 3 * time.Second})
	return serve(ctx, a, page, side, studio, out)
}

// serve runs Studio and Candor until ctx ends or one of them fails.
func serve(ctx context.Context, a *app.App, page, side net.Listener, studio *sim.Studio, out io.Writer) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	link, err := a.FirstLink(ctx, "http://"+page.Addr().String())
	if err != nil {
		return err
	}
	product := &http.Server{Handler: sideHandler(studio), ReadHeaderTimeout: 5 * time.Second}
	var work sync.WaitGroup
	var productErr error
	work.Go(func() { studio.Run(ctx) })
	work.Go(func() {
		defer stop()
		if err := product.Serve(side); !errors.Is(err, http.ErrServerClosed) {
			productErr = fmt.Errorf("serve Studio: %w", err)
		}
	})
	err = a.Serve(ctx, page, func() { greet(out, page.Addr(), side.Addr(), link) })
	stop()
	product.Close()
	work.Wait()
	return errors.Join(err, productErr)
}

// sideHandler serves the control page, and Studio below it.
func sideHandler(studio *sim.Studio) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/studio/", http.StripPrefix("/studio", studio.Handler()))
	mux.Handle("/", studio.Controls())
	return mux
}

// listenBeside takes the port after the page's, or any other when that is in use.
func listenBeside(page net.Addr) (net.Listener, error) {
	host, port, err := net.SplitHostPort(page.String())
	if err != nil {
		return nil, err
	}
	if n, err := strconv.Atoi(port); err == nil && n < 65535 {
		if l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(n+1))); err == nil {
			return l, nil
		}
	}
	return app.Listen(net.JoinHostPort(host, "0"))
}

// watch is how Candor watches a queue: the probe as YAML, and the address it goes to.
type watch struct{ probe, url string }

// openQueue returns Studio's queue, and how to watch it.
func openQueue(o options) (sim.Queue, watch, error) {
	if o.amqp != "" {
		q, err := sim.NewAMQP(sim.AMQPOptions{URL: o.amqp, Management: o.management})
		return q, watch{rabbitMQProbe, o.amqp}, err
	}
	dir := filepath.Join(o.data, "queue")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, watch{}, fmt.Errorf("make the queue's folder: %w", err)
	}
	q, err := sim.NewNATS(sim.NATSOptions{Dir: dir})
	if err != nil {
		return nil, watch{}, err
	}
	return q, watch{natsProbe, q.URL()}, nil
}

// configure reads the demo's own configuration, with the addresses that this run has.
func configure(o options, w watch, page, side net.Addr) (*app.Config, error) {
	values := map[string]string{
		"PAGE": "http://" + page.String(), "STUDIO": "http://" + side.String() + "/studio", "LISTEN": page.String(),
		"DATABASE": filepath.Join(o.data, "candor.db"), "QUEUE": w.url, "MANAGEMENT": o.management,
	}
	return app.Parse("demo.yaml", []byte(demoYAML+w.probe), func(name string) (string, bool) {
		v, ok := values[name]
		return v, ok
	})
}

// greet says where everything is and what to try.
func greet(out io.Writer, page, side net.Addr, link string) {
	console := link
	if console == "" {
		console = "http://" + page.String() + "/console"
	}
	fmt.Fprint(out, strings.NewReplacer("PAGE", "http://"+page.String(), "CONTROL", "http://"+side.String()+"/", "CONSOLE", console).Replace(`
  Status page    PAGE
  Break Studio   CONTROL
  Console        CONSOLE

Try this: open the status page, then press "Stop the campaign worker" on the control page. The queue
fills up; in about a minute it refuses messages, Studio stops working, and the status page says so
within seconds. Sign in to the console to tell customers more, or mend Studio and watch the incident
end by itself. Ctrl-C ends everything.

`))
}
