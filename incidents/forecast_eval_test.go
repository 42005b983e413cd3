package incidents

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"
)

// score is how a way of warning did on one series.
type score struct {
	lead        time.Duration // from the opening of the warning that was open at the limit; zero when there was none
	told, right int           // outlooks of that warning, and those that had the truth in their range
	early       int           // warnings in the first day that were lifted before the limit, or never met it
	late        int           // the same, of later days
	days        float64       // after the first
}

func (sc *score) add(o score) {
	sc.told, sc.right, sc.early, sc.late, sc.days = sc.told+o.told, sc.right+o.right, sc.early+o.early, sc.late+o.late, sc.days+o.days
}

// A watcher warns as Warning does.
type watcher func(s Course, opened, now time.Time) (Outlook, Move)

// replay lets a series pass point by point, until its limit is met, before several watchers.
func replay(s story, watchers ...watcher) []score {
	truth, begin, end := s.meets(), s.Samples[0].At, s.Samples[0].At
	runs := make([]run, len(watchers))
	for _, p := range s.Samples {
		if end = p.At; !truth.IsZero() && !end.Before(truth) {
			break
		}
		view := s.Course
		view.Samples = seen(s.Samples, p.At)
		for i, watch := range watchers {
			runs[i].look(watch, view, begin, p.At, truth)
		}
	}
	var scores []score
	for _, r := range runs {
		r.days = max(0, end.Sub(begin).Hours()/24-1)
		switch {
		case r.opened.IsZero():
			r.told, r.right = 0, 0
		case truth.IsZero():
			r.lift(begin)
		default:
			r.lead = truth.Sub(r.opened)
		}
		scores = append(scores, r.score)
	}
	return scores
}

// run is one watcher before one series.
type run struct {
	score
	opened time.Time // of the warning that is open
}

func (r *run) look(watch watcher, view Course, begin, now, truth time.Time) {
	o, move := watch(view, r.opened, now)
	switch move {
	case Warn:
		r.opened, r.told, r.right = now, 0, 0
	case Lift:
		r.lift(begin)
	}
	if o.At.IsZero() {
		return
	}
	r.told++
	if !truth.Before(o.Earliest) && !truth.After(o.Latest) {
		r.right++
	}
}

func (r *run) lift(begin time.Time) {
	if r.opened.Sub(begin) < 24*time.Hour {
		r.early++
	} else {
		r.late++
	}
	r.opened, r.told, r.right = time.Time{}, 0, 0
}

// leastSquares warns as the line of least squares through the points of a time does, when it meets the limit within
// ahead, and has for a while. Prometheus' predict_linear is that line: https://prometheus.io/docs/prometheus/latest/querying/functions/.
func leastSquares(back, ahead, lasting time.Duration) watcher {
	var since time.Time // when it began to meet the limit
	return func(s Course, opened, now time.Time) (Outlook, Move) {
		soon := false
		if eta, ok := lineMeets(s, now.Add(-back), now); ok && eta <= ahead {
			soon = true
		}
		switch {
		case !soon && opened.IsZero():
			since = time.Time{}
			return Outlook{}, NoMove
		case !soon:
			since = time.Time{}
			return Outlook{}, Lift
		case !opened.IsZero():
			return Outlook{}, Keep
		}
		if since.IsZero() {
			since = now
		}
		if now.Sub(since) < lasting {
			return Outlook{}, NoMove
		}
		return Outlook{}, Warn
	}
}

// lineMeets returns when the line of least squares through the points since from meets the limit; a line that is past
// it meets it now.
func lineMeets(s Course, from, now time.Time) (time.Duration, bool) {
	var n, sx, sy, sxx, sxy float64
	for _, p := range s.Samples {
		if p.At.Before(from) {
			continue
		}
		x, y := p.At.Sub(now).Seconds(), p.Value
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	if n < 2 {
		return 0, false
	}
	slope := (n*sxy - sx*sy) / (n*sxx - sx*sx)
	left := s.Limit - (sy-slope*sx)/n
	if s.Floor {
		slope, left = -slope, -left
	}
	if left <= 0 {
		return 0, true
	}
	eta := left / slope
	if math.IsNaN(eta) || slope <= 0 || eta > (10*24*time.Hour).Seconds() {
		return 0, false
	}
	return time.Duration(eta * float64(time.Second)), true
}

// rivals are the ways that are compared, by the head of their columns.
func rivals() []watcher {
	return []watcher{Warning, leastSquares(time.Hour, 4*time.Hour, 5*time.Minute), leastSquares(6*time.Hour, 24*time.Hour, 0)}
}

// TestForecastOfStories holds the floors of docs/early-warning.md, and its tables to what happens.
func TestForecastOfStories(t *testing.T) {
	t.Parallel()
	leads := map[string]time.Duration{ // at least so early
		"slow-leak": 3 * time.Hour, "may-2-memory": 40 * time.Minute, "restarts": 6 * time.Hour, "disk-rotation": 8 * time.Hour,
		"certificate": 5 * 24 * time.Hour, "rabbitmq-fill": 2 * time.Minute, "redis-leak": 5 * time.Minute, "go-leak": 0, "rabbitmq-pages": 0, // not: see the page
	}
	var meets, never strings.Builder
	sums := make([]score, len(rivals()))
	for _, s := range stories(t) {
		scores := replay(s, rivals()...)
		for i := range scores {
			sums[i].add(scores[i])
		}
		own := scores[0]
		if own.lead < leads[s.Name] {
			t.Errorf("%s: warned %v before the limit, want %v", s.Name, own.lead, leads[s.Name])
		}
		if s.meets().IsZero() {
			fmt.Fprintf(&never, "| %s |%s\n", s.Name, alarmCells(scores))
			if calm := s.Name != "campaign-bursts"; calm && own.late > 0 {
				t.Errorf("%s: %d false warnings after the first day, want none", s.Name, own.late)
			}
			continue
		}
		if _, named := leads[s.Name]; !named {
			t.Errorf("%s meets its limit: say here how early it has to be warned of", s.Name)
		}
		fmt.Fprintf(&meets, "| %s |%s %s |%s\n", s.Name, leadCells(scores), share(own), alarmCells(scores))
	}
	if sums[0].right*10 < sums[0].told*7 {
		t.Errorf("the range held the truth in %s, want 70 %%", share(sums[0]))
	}
	fmt.Fprintf(&meets, "| all | | | | %s |%s\n", share(sums[0]), alarmCells(sums))
	compare(t, "meets", "| series | warned before the limit | 1 h line | 6 h line | range held the truth | false warnings | 1 h line | 6 h line |\n|---|---|---|---|---|---|---|---|\n"+meets.String())
	compare(t, "never", "| series | false warnings | 1 h line | 6 h line |\n|---|---|---|---|\n"+never.String())
}

func leadCells(scores []score) (cells string) {
	for _, sc := range scores {
		text := "not"
		if sc.lead > 0 {
			text = roughLength(sc.lead)
		}
		cells += " " + text + " |"
	}
	return cells
}

func roughLength(d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return fmt.Sprintf("%.0f min", d.Minutes())
	case d < 48*time.Hour:
		return fmt.Sprintf("%.1f h", d.Hours())
	}
	return fmt.Sprintf("%.1f d", d.Hours()/24)
}

func alarmCells(scores []score) (cells string) {
	for _, sc := range scores {
		text := fmt.Sprint(sc.early + sc.late)
		if sc.early > 0 && sc.late > 0 {
			text += fmt.Sprintf(" (%d on the first day)", sc.early)
		} else if sc.early > 0 {
			text += " (on the first day)"
		}
		cells += " " + text + " |"
	}
	return cells
}

func share(sc score) string {
	if sc.told == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f %% of %d", 100*float64(sc.right)/float64(sc.told), sc.told)
}

// compare holds a table of docs/early-warning.md, between two comments with its name, to what was measured.
func compare(t *testing.T, name, want string) {
	t.Helper()
	const path = "../docs/early-warning.md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), "<!-- "+name+" -->\n")
	got, after, ends := strings.Cut(rest, "<!-- end -->")
	switch {
	case !found || !ends:
		t.Errorf("%s has no table %q", path, name)
	case *update:
		if err := os.WriteFile(path, []byte(before+"<!-- "+name+" -->\n"+want+"<!-- end -->"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	case got != want:
		t.Errorf("%s tells of %q what is no longer so (go test ./incidents -run Stories -update):\n%s", path, name, want)
	}
}
