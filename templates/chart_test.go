package templates

import (
	"context"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"candor/incidents"
)

// curve is a value of each of n steps up to now.
func curve(name, unit string, limit float64, n int, step time.Duration, value func(i int) float64) incidents.Course {
	s := incidents.Course{Name: name, Unit: unit, Limit: limit}
	for i := range n {
		s.Samples = append(s.Samples, incidents.Sample{At: now.Add(time.Duration(i-n+1) * step), Value: value(i)})
	}
	return s
}

// lineCharts are those worth a look: a fill, a disk, two response times with a gap, one point, and nothing.
func lineCharts() []Chart {
	wobble := func(i int) float64 { return math.Sin(float64(i)*1.7) + math.Sin(float64(i)*.31) }
	memory := curve("memory_used", "bytes", 4<<30, 240, 30*time.Second, func(i int) float64 {
		return 1e9 + 2e7*wobble(i) + 1.6e7*float64(max(0, i-120))
	})
	disk := curve("disk_free", "bytes", 2<<30, 300, 10*time.Minute, func(i int) float64 { return 3e10 - 8e7*float64(i) + 2e8*wobble(i) })
	disk.Floor = true
	fast := curve("half of all", "s", 0, 288, 5*time.Minute, func(i int) float64 { return .12 + .02*wobble(i) })
	slow := curve("95 of 100", "s", 0, 288, 5*time.Minute, func(i int) float64 { return .4 + .09*wobble(i) + .3*math.Exp(-math.Abs(float64(i-200))/9) })
	fast.Samples, slow.Samples = append(fast.Samples[:100:100], fast.Samples[130:]...), append(slow.Samples[:100:100], slow.Samples[130:]...)
	in := func(d time.Duration) time.Time { return now.Add(d) }
	return []Chart{
		{ID: "memory", Title: "Memory of the broker", Courses: []incidents.Course{memory}, Now: now,
			Outlook: incidents.Outlook{At: in(38 * time.Minute), Earliest: in(30 * time.Minute), Latest: in(55 * time.Minute), Since: in(-time.Hour), Value: 2.9e9, Rate: 5e5}},
		{ID: "disk", Title: "Free disk of the broker", Courses: []incidents.Course{disk}, Now: now,
			Outlook: incidents.Outlook{At: in(8 * time.Hour), Earliest: in(6 * time.Hour), Latest: in(11 * time.Hour), Since: in(-48 * time.Hour), Value: 6e9, Rate: -1e5}},
		{ID: "times", Title: "Response time of New Studio", Courses: []incidents.Course{fast, slow}, Now: now},
		{ID: "one", Title: "A probe that ran once", Courses: []incidents.Course{curve("depth", "messages", 5, 1, time.Minute, func(int) float64 { return 3 })}, Now: now},
		{ID: "none", Title: "A probe that never ran", Now: now},
	}
}

// chartsPage shows them in the console's frame.
func chartsPage() templ.Component {
	list := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, "<h1>Charts</h1>"); err != nil {
			return err
		}
		for _, c := range lineCharts() {
			if err := LineChart(console("").page(), c).Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return consoleLayout(console("/console/probes"), "Charts", "").Render(templ.WithChildren(ctx, list), w)
	})
}

func TestLineChart(t *testing.T) {
	all := lineCharts()
	memory := parse(t, render(t, LineChart(console("").page(), all[0])))
	if got, want := textOf(one(t, memory, "desc")), "2.67 GiB now, limit 4 GiB, limit in about 38 min: 30 min at the earliest, 55 min at the latest."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	svg := find(memory, "svg[role=img]")[0]
	for id := range strings.FieldsSeq(attr(svg, "aria-labelledby")) {
		one(t, memory, "#"+id)
	}
	for selector, want := range map[string]int{".plot .line": 1, ".plot .limit": 1, ".plot .cone": 1, ".plot .way": 1, "tbody tr": 24, ".legend": 0} {
		if got := len(find(memory, selector)); got != want {
			t.Errorf("memory: %d of %s, want %d", got, selector, want)
		}
	}
	if got := texts(memory, "text"); strings.Join(got, " ") != "0 1 GiB 2 GiB 3 GiB limit 4 GiB 09:30 10:00 10:30 11:00 11:30" {
		t.Errorf("the axes say %q", got)
	}
	times := parse(t, render(t, LineChart(console("").page(), all[2])))
	for selector, want := range map[string]int{".plot .line": 2, ".plot .limit": 0, ".plot .cone": 0, ".legend li": 2} {
		if got := len(find(times, selector)); got != want {
			t.Errorf("times: %d of %s, want %d", got, selector, want)
		}
	}
	for _, line := range find(times, ".plot .line") {
		if n := strings.Count(attr(line, "d"), "M"); n != 2 {
			t.Errorf("the line has %d parts, want one before the gap and one after", n)
		}
	}
	for _, c := range all[3:] {
		if page := render(t, LineChart(console("").page(), c)); !strings.Contains(page, "nothing to draw") {
			t.Errorf("%s: %s", c.ID, page)
		}
	}
}

// A chart costs about the same however many points there are.
func TestLineChartIsSmall(t *testing.T) {
	wild := curve("depth", "messages", 3, 50000, time.Second, func(i int) float64 { return 1 + math.Sin(float64(i)*i2(i)) })
	if n := len(render(t, LineChart(console("").page(), Chart{ID: "wild", Title: "Wild", Courses: []incidents.Course{wild}, Now: now}))); n > 12000 {
		t.Errorf("%d bytes, want 12,000 at most", n)
	}
}

func i2(i int) float64 { return float64(i%97) + .1 }

func TestRoundStep(t *testing.T) {
	for _, c := range []struct {
		least float64
		unit  string
		want  float64
	}{
		{1, "messages", 1}, {1.1, "messages", 2}, {30, "messages", 50}, {600, "messages", 1000}, {.03, "s", .05},
		{900, "bytes", 1024}, {3000, "bytes", 5 * 1024}, {1.2 * (1 << 30), "bytes", 2 << 30},
	} {
		if got := roundStep(c.least, c.unit); math.Abs(got-c.want) > c.want/1e9 {
			t.Errorf("of %g %s: got %g, want %g", c.least, c.unit, got, c.want)
		}
	}
}
