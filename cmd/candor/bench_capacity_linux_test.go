package main

import (
	"fmt"
	"maps"
	"os"
	"testing"
	"text/tabwriter"
	"time"
)

// Bounds of a stretch that is measured: long enough for some thousand runs, short enough to repeat.
const (
	settle = 6 * time.Second
	watch  = 12 * time.Second
)

// BenchmarkCapacity runs the program on one core and its targets on another, and prints a table with what is known of
// others beside it. Each part runs alone: BENCH=Capacity/Rate.
func BenchmarkCapacity(b *testing.B) {
	pinSelf(b)
	t := &table{}
	for _, part := range []struct {
		name string
		do   func(*testing.B, *table)
	}{
		{"Cost", benchCost},
		{"Rate", benchRate},
		{"Hanging", benchHanging},
		{"Limit", benchLimit},
		{"Hour", benchHour},
		{"Fault", benchFault},
	} {
		b.Run(part.name, func(b *testing.B) {
			for done := false; b.Loop(); done = true {
				if !done { // once, however long the benchmark is asked to last
					part.do(b, t)
				}
			}
			b.ReportMetric(0, "ns/op")
		})
	}
	t.print()
}

// table collects what was measured.
type table struct{ lines [][3]string }

func (t *table) add(what, anchor, format string, args ...any) {
	t.lines = append(t.lines, [3]string{what, fmt.Sprintf(format, args...), anchor})
	fmt.Fprintf(os.Stderr, "%s: "+format+"\n", append([]any{what}, args...)...) // it takes minutes until all is known
}

func (t *table) print() {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\non one core\tmeasured\taims and others")
	for _, l := range t.lines {
		fmt.Fprintf(w, "%s\t%s\t%s\n", l[0], l[1], l[2])
	}
	w.Flush()
}

// benchCost measures the CPU time of one run of a probe, beside that of a plain request.
func benchCost(b *testing.B, t *table) {
	s := newStub(b, nil)
	fresh, kept := bare(b, s, false), bare(b, s, true)
	t.add("a plain GET of net/http", "80 (24) µs", "%.0f µs on a fresh connection, %.0f µs on a kept one", fresh, kept)
	for _, part := range []struct {
		how, unit, aim string
		kept           bool
		plain          float64
	}{
		{"on a fresh connection", "µs/probe", "aim 110 µs; cloudprober 126 and blackbox_exporter 390 without storing, gatus 600", false, fresh},
		{"on a kept connection", "µs/kept-probe", "aim 45 µs", true, kept},
	} {
		r := crowd{2000, time.Second, part.kept}.measure(b, s)
		b.ReportMetric(r.perProbe(), part.unit)
		t.add("an HTTP probe, stored and judged, "+part.how, part.aim,
			"%.0f µs, %.2f times the plain GET (%.0f probes/s, %.0f not ok)", r.perProbe(), r.perProbe()/part.plain, r.rate(), r.bad())
		r.kill()
	}
}

// benchRate raises the number of probes up to what one core can do, and beyond.
func benchRate(b *testing.B, t *table) {
	s := newStub(b, nil)
	t.add("a plain timer", "", "late by p99 %.1f ms: the rest of the machine", bareTimer(b))
	best := 0.0
	for _, n := range []int{500, 1000, 2000, 4000, 8000} {
		r := crowd{n, time.Second, false}.measure(b, s)
		if late := t.rate(r, r.visits, fmt.Sprintf("%d probes a second", n)); late < 100*time.Millisecond && r.skipped() == 0 {
			best = max(best, 10*r.rate())
		}
		r.kill()
	}
	b.ReportMetric(best, "10s-probes")
	t.add("probes each 10 s kept on time (p99 < 100 ms, none skipped)", "", "%.0f", best)
}

// rate adds a line for a run of probes each second, and returns the lateness of all but one in a hundred of some visits.
func (t *table) rate(r run, of visits, what string) time.Duration {
	late := of.lateness(time.Second)
	p99 := quantile(late, .99)
	t.add(what, "aim p99 6 ms at 4,000/s; cloudprober falls from 8,000/s to 250/s",
		"%.0f/s, late by %s (p99 %s, most %s) ms, %.0f µs each, %.0f %% of the core, %.0f skipped, %.0f not ok",
		r.rate(), millis(quantile(late, .5)), millis(p99), millis(quantile(late, 1)), r.perProbe(), r.core(), r.skipped(), r.bad())
	return p99
}

// benchHanging lets a quarter of the targets accept and say nothing.
func benchHanging(b *testing.B, t *table) {
	s := newStub(b, func(target int) fate {
		if target%4 == 0 {
			return hangs
		}
		return answers
	})
	r := crowd{4000, time.Second, false}.measure(b, s)
	others := maps.Clone(r.visits)
	maps.DeleteFunc(others, func(target int, _ []time.Time) bool { return target%4 == 0 })
	t.rate(r, others, "4,000 probes a second, a quarter hangs; late are the others")
	r.kill()
}

// benchLimit runs as many probes as a configuration may have, each 10 s, and one alone for comparison.
func benchLimit(b *testing.B, t *table) {
	s := newStub(b, nil)
	one := crowd{1, 10 * time.Second, false}.measure(b, s)
	few := one.resident()
	one.kill()
	const n = 10000
	r := crowd{n, 10 * time.Second, false}.measureFor(b, s, 25*time.Second, 30*time.Second)
	perThousand := float64(r.resident()-few) / (n / 1000) / 1e6
	late := r.visits.lateness(10 * time.Second)
	t.add("10,000 probes each 10 s", "", "%.0f/s, late by %s (p99 %s, most %s) ms, %.0f %% of the core, %.0f skipped",
		r.rate(), millis(quantile(late, .5)), millis(quantile(late, .99)), millis(quantile(late, 1)), r.core(), r.skipped())
	b.ReportMetric(perThousand, "MB/1000-probes")
	t.add("memory", "", "%.1f MB for each 1,000 probes, and %.0f MB without any", perThousand, float64(few)/1e6)
	r.kill()
}
