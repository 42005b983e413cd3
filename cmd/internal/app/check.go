package app

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"candor/probes"
	"candor/probes/kinds"
)

// Bounds of a check of all probes.
const (
	checksAtOnce = 8
	maxCell      = 300 // characters of a detail
)

// Check runs each probe once and writes a table of what they found. It returns whether all of them pass that can be run:
// a heartbeat waits for reports, which come to a server.
func Check(ctx context.Context, cfg *Config, out io.Writer) (ok bool) {
	results := runAll(ctx, cfg.Runnable())
	tw := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, " \tprobe\tcomponent\toutcome\treason\ttook\tdetail")
	pass, waiting := 0, 0
	for i, r := range results {
		if kinds.PulseOf(cfg.Probes[i].Checker) != nil {
			waiting++
			fmt.Fprintf(tw, "·\t%s\t%s\twaits\t\t\t%s\n", r.Probe, cfg.Probes[i].Component, r.Detail)
			continue
		}
		if r.Outcome == probes.OK {
			pass++
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", mark(r.Outcome), r.Probe, speaksFor(cfg.Probes[i]),
			r.Outcome, r.Reason, r.Took.Round(time.Millisecond), cell(r.Detail))
	}
	tw.Flush()
	run := len(results) - waiting
	fmt.Fprintf(out, "%d of %d probes pass", pass, run)
	if waiting > 0 {
		fmt.Fprintf(out, ", %d more wait for reports", waiting)
	}
	fmt.Fprintln(out)
	return pass == run
}

// speaksFor names what a probe is about.
func speaksFor(p ProbeConfig) string {
	if p.Witness {
		return "(witness)"
	}
	return p.Component
}

// runAll runs each probe once and returns the results in the probes' order.
func runAll(ctx context.Context, all []probes.Probe) []probes.Result {
	results := make([]probes.Result, len(all))
	slots := make(chan struct{}, checksAtOnce)
	var wg sync.WaitGroup
	for i, p := range all {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			results[i] = probes.Once(ctx, p)
		})
	}
	wg.Wait()
	return results
}

// mark is the sign that a line of the table begins with.
func mark(o probes.Outcome) string {
	switch o {
	case probes.OK:
		return "✓"
	case probes.Degraded:
		return "!"
	case probes.Failed:
		return "✗"
	}
	return "?"
}

// cell returns a detail as it fits into a line of a terminal.
func cell(detail string) string {
	return bounded(strings.Join(strings.Fields(detail), " "), maxCell)
}
