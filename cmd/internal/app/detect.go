package app

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"candor/incidents"
	"candor/probes"
)

// Detect replays the stored results of from until until under the configuration's policy, and writes which incidents
// would have opened, ended and been missed, beside those that were. It stores nothing, and may run beside a server.
func Detect(ctx context.Context, c *Config, from, until time.Time, out io.Writer) error {
	db, err := OpenStore(ctx, c)
	if err != nil {
		return err
	}
	defer db.Close()
	stored, err := db.Components(ctx)
	if err != nil {
		return err
	}
	policy := c.Policy(incidents.Reconcile(stored, c.Components(), until))
	replay, seen := incidents.NewReplay(policy), map[string]int{}
	var first time.Time
	err = db.EachResult(ctx, from, until, func(r probes.Result) error {
		if first.IsZero() {
			first = r.At
		}
		seen[r.Probe]++
		replay.See(r)
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if first.IsZero() {
		return fmt.Errorf("no results are stored from %s to %s; single results are kept for %s (storage.keep_results)",
			minute(from, c), minute(until, c), duration(c.Storage.KeepResults))
	}
	was, err := db.IncidentsSince(ctx, first)
	if err != nil {
		return err
	}
	was = slices.DeleteFunc(was, func(inc *incidents.Incident) bool { return inc.StartedAt.After(until) })
	b := backtest{out: out, config: c, until: until}
	b.head(first, seen)
	b.table(incidents.Compare(was, replay.End(until)))
	return nil
}

// Stretch returns the times that two ages mean, like 14d and 0s.
func Stretch(since, until string, now time.Time) (from, to time.Time, err error) {
	start, err := parseDuration(since)
	if err != nil {
		return from, to, fmt.Errorf("--since takes how long ago, like 14d or 36h, not %q", since)
	}
	end, err := parseDuration(until)
	if err != nil {
		return from, to, fmt.Errorf("--until takes how long ago, like 1d or 0s, not %q", until)
	}
	if end >= start {
		return from, to, fmt.Errorf("--until %s is not after --since %s", until, since)
	}
	return now.Add(-start), now.Add(-end), nil
}

// backtest writes what a replay came to.
type backtest struct {
	out    io.Writer
	config *Config
	until  time.Time
}

func (b backtest) head(first time.Time, seen map[string]int) {
	total := 0
	var unseen []string
	for _, n := range seen {
		total += n
	}
	for _, p := range b.config.Probes {
		if seen[p.Key] == 0 {
			unseen = append(unseen, p.Key)
		}
	}
	fmt.Fprintf(b.out, "%d results of %d probes, from %s to %s\n", total, len(seen), minute(first, b.config), minute(b.until, b.config))
	if len(unseen) > 0 {
		fmt.Fprintf(b.out, "no results are stored of %s\n", incidents.Join(unseen, 10))
	}
	fmt.Fprintln(b.out)
}

func (b backtest) table(list []incidents.Difference) {
	tw := tabwriter.NewWriter(b.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "began\tpublic after\tlasted\ttitle\tagainst what was")
	alike, opened, missed := 0, 0, 0
	for _, d := range list {
		switch {
		case d.Was == nil:
			opened++
		case d.Would == nil:
			missed++
		default:
			alike++
		}
		shown := d.Would
		if shown == nil {
			shown = d.Was
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", second(shown.StartedAt, b.config), told(shown), b.lasted(shown), cell(shown.Title), b.verdict(d))
	}
	tw.Flush()
	if len(list) == 0 {
		fmt.Fprintln(b.out, "no incident was, and none would have been")
	}
	fmt.Fprintf(b.out, "\n%d as before or nearly, %d more, %d missed\n", alike, opened, missed)
}

// verdict says in words how what would have been differs from what was.
func (b backtest) verdict(d incidents.Difference) string {
	switch {
	case d.Was == nil:
		return "would have opened as well"
	case d.Would == nil && !d.Was.Automatic():
		return "a person declared it; would have been missed"
	case d.Would == nil:
		return "would have been missed"
	}
	var words []string
	shift := func(what string, was, would time.Time) {
		switch apart := would.Sub(was).Round(time.Second); {
		case was.IsZero() && would.IsZero():
		case was.IsZero():
			words = append(words, what+" at all")
		case would.IsZero():
			words = append(words, "never "+what)
		case apart >= 2*time.Second:
			words = append(words, fmt.Sprintf("%s %s later", what, duration(apart)))
		case apart <= -2*time.Second:
			words = append(words, fmt.Sprintf("%s %s earlier", what, duration(-apart)))
		}
	}
	shift("noticed", d.Was.NoticedAt(), d.Would.NoticedAt())
	shift("public", d.Was.ToldAt(), d.Would.ToldAt())
	shift("over", d.Was.ResolvedAt(), d.Would.ResolvedAt())
	if !d.Was.Untouched() {
		words = append(words, "a person led it")
	}
	if len(words) == 0 {
		return "as it was"
	}
	return strings.Join(words, ", ")
}

// told says how long after it began an incident was public.
func told(inc *incidents.Incident) string {
	if !inc.Public() {
		return "team only"
	}
	return duration(max(0, inc.ToldAt().Sub(inc.StartedAt)).Round(time.Second))
}

func (b backtest) lasted(inc *incidents.Incident) string {
	if inc.Open() {
		return "still open"
	}
	return duration(inc.ResolvedAt().Sub(inc.StartedAt).Round(time.Second))
}

func minute(t time.Time, c *Config) string { return t.In(c.Site().Zone).Format("2006-01-02 15:04 MST") }
func second(t time.Time, c *Config) string { return t.In(c.Site().Zone).Format("2006-01-02 15:04:05") }
