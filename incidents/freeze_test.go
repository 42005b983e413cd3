package incidents

import (
	"fmt"
	"testing"
	"time"
)

func TestUnfrozen(t *testing.T) {
	now := time.Now()
	moment := func(incident, probe string, n int) Moment {
		return Moment{Incident: incident, Probe: probe, Since: now.Add(time.Duration(n) * time.Minute)}
	}
	of := func(n int, make func(int) Moment) (list []Moment) {
		for i := range n {
			list = append(list, make(i))
		}
		return list
	}
	flaps := func(i int) Moment { return moment("a", "page", i) }
	spreads := func(i int) Moment { return moment("a", fmt.Sprint("probe-", i), 0) }
	for name, c := range map[string]struct {
		all, frozen []Moment
		want        int
	}{
		"none is frozen yet":         {of(2, spreads), nil, 2},
		"all are frozen":             {of(2, spreads), of(2, spreads), 0},
		"a probe fails again":        {[]Moment{flaps(1)}, of(1, flaps), 1},
		"a probe that flaps":         {[]Moment{flaps(9)}, of(MaxProbeMoments, flaps), 0},
		"many at once":               {of(MaxMoments+5, spreads), nil, MaxMoments},
		"one more after many":        {[]Moment{spreads(99)}, of(MaxMoments, spreads), 0},
		"of another incident":        {[]Moment{moment("b", "page", 0)}, of(MaxMoments, spreads), 1},
		"the same at another moment": {[]Moment{moment("b", "page", 0)}, []Moment{moment("a", "page", 0)}, 1},
	} {
		if got := unfrozen(c.all, c.frozen); len(got) != c.want {
			t.Errorf("%s: %d are to be frozen, want %d", name, len(got), c.want)
		}
	}
}
