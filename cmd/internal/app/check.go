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
)

// Bounds of a check of all probes.
const (
	checksAtOnce = 8
	maxCell      = 300 // characters of a detail
)

// Check runs each probe once and writes a table of what they found. It returns whether all of them pass.
func Check(ctx context.Context, cfg *Config, out io.Writer) (ok bool) {
	results := runAll(ctx, cfg.Runnable())
	tw := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, " \tprobe\tcomponent\toutcome\treason\ttook\tdetail")
	pass := 0
	for i, r := range results {
		if r.Outcome == probes.OK {
			pass++
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", mark(r.Outcome), r.Probe, speaksFor(cfg.Probes[i]),
			r.Outcome, r.Reason, r.Took.Round(time.Millisecond), cell(r.Detail))
	}
	tw.Flush()
	fmt.Fprintf(out, "%d of %d probes pass\n", pass, len(results))
	return pass == len(results)
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
