package incidents

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the made series and the table of docs/early-warning.md anew")

// story is a series of testdata/series, whose header says how it came about.
type story struct {
	Course
	made string
}

// meets returns when the measurement first is at its limit, or the zero time.
func (s story) meets() time.Time {
	for _, p := range s.Samples {
		if s.Floor && p.Value <= s.Limit || !s.Floor && p.Value >= s.Limit {
			return p.At
		}
	}
	return time.Time{}
}

func stories(t testing.TB) []story {
	t.Helper()
	paths, err := filepath.Glob("testdata/series/*.csv")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no series: %v", err)
	}
	var all []story
	for _, path := range paths {
		s, err := readStory(path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all = append(all, s)
	}
	return all
}

func readStory(path string) (story, error) {
	file, err := os.Open(path)
	if err != nil {
		return story{}, err
	}
	defer file.Close()
	head := map[string]string{}
	var s story
	var begin time.Time
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if name, text, ok := strings.Cut(strings.TrimPrefix(line, "# "), ": "); ok && line[0] == '#' {
			head[name] = text
			continue
		}
		if line == "seconds,value" {
			if begin, err = time.Parse(time.RFC3339, head["begin"]); err != nil {
				return s, err
			}
			continue
		}
		seconds, value, _ := strings.Cut(line, ",")
		x, err := strconv.ParseFloat(seconds, 64)
		if err != nil {
			return s, err
		}
		y, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return s, err
		}
		s.Samples = append(s.Samples, Sample{begin.Add(time.Duration(x * float64(time.Second))), y})
	}
	s.Name, s.Unit, s.Floor, s.made = head["name"], head["unit"], head["floor"] == "true", head["made"]
	s.Limit, err = strconv.ParseFloat(head["limit"], 64)
	return s, err
}

func (s story) write() error {
	var b strings.Builder
	fmt.Fprintf(&b, "# name: %s\n# unit: %s\n# limit: %g\n", s.Name, s.Unit, s.Limit)
	if s.Floor {
		b.WriteString("# floor: true\n")
	}
	begin := s.Samples[0].At
	fmt.Fprintf(&b, "# begin: %s\n# made: %s\nseconds,value\n", begin.Format(time.RFC3339), s.made)
	for _, p := range s.Samples {
		fmt.Fprintf(&b, "%.0f,%.6g\n", p.At.Sub(begin).Seconds(), p.Value)
	}
	return os.WriteFile(filepath.Join("testdata/series", s.Name+".csv"), []byte(b.String()), 0o644)
}

// seen is a series as the store hands it out at a time: the newest point of each step of each look.
func seen(points []Sample, now time.Time) []Sample {
	var out []Sample // newest first
	n, _ := slices.BinarySearchFunc(points, now, func(p Sample, t time.Time) int {
		if p.At.After(t) {
			return 1
		}
		return -1
	})
	for _, l := range Looks {
		last := int64(-1)
		for ; n > 0 && points[n-1].At.After(now.Add(-l.Back)); n-- {
			step := points[n-1].At.UnixMilli() / l.Step.Milliseconds()
			if step != last {
				out = append(out, points[n-1])
			}
			last = step
		}
	}
	slices.Reverse(out)
	return out
}
