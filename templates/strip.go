package templates

import (
	"slices"
	"strconv"
	"time"

	"candor/incidents"
	"candor/templates/languages"
)

// stripHeight is the height of a strip of bars in its own units; each day is 10 wide, its bar 7.
const stripHeight = 36

// barHeights says how tall the bar of a day is: the worse the day, the taller, so that form tells what colour does.
var barHeights = map[incidents.Sight]int{
	incidents.SightOK:       24,
	incidents.SightDegraded: 28,
	incidents.SightPartial:  32,
	incidents.SightMajor:    36,
	incidents.SightNoData:   12,
}

// strip is the bars of a component, one path per state. A path's dashes are its bars.
type strip struct {
	Width int
	Words string // for those who do not see it
	Paths []stripPath
}

type stripPath struct {
	Sight incidents.Sight
	D     string
}

func sightOf(d incidents.Day) incidents.Sight {
	if !d.Seen {
		return incidents.SightNoData
	}
	return d.Worst.Sight()
}

func newStrip(w *languages.Language, days []incidents.Day) strip {
	s := strip{Width: max(0, len(days)*10-3)}
	var shapes [len(sights)][]byte
	var counts [len(sights)]int
	for from := 0; from < len(days); {
		sight, to := sightOf(days[from]), from+1
		for to < len(days) && sightOf(days[to]) == sight {
			to++
		}
		i := slices.Index(sights[:], sight)
		for _, y := range barLines(sight) {
			shapes[i] = appendLine(shapes[i], from*10, y, (to-from)*10)
		}
		counts[i] += to - from
		from = to
	}
	for i, sight := range sights {
		if shapes[i] != nil {
			s.Paths = append(s.Paths, stripPath{sight, string(shapes[i])})
		}
	}
	s.Words = stripWords(w, len(days), counts)
	return s
}

// appendLine draws a line of so much from x and y to the right.
func appendLine(b []byte, x, y, length int) []byte {
	b = strconv.AppendInt(append(b, 'M'), int64(x), 10)
	b = strconv.AppendInt(append(b, ' '), int64(y), 10)
	return strconv.AppendInt(append(b, 'h'), int64(length), 10)
}

// barLines returns the heights of the lines whose dashes are the bars; those of maintenance are split in two.
func barLines(sight incidents.Sight) []int {
	if sight == incidents.SightMaint {
		return []int{17, 31}
	}
	return []int{stripHeight - barHeights[sight]/2}
}

var sights = [...]incidents.Sight{incidents.SightOK, incidents.SightMaint, incidents.SightDegraded,
	incidents.SightPartial, incidents.SightMajor, incidents.SightNoData}

func stripWords(w *languages.Language, days int, counts [len(sights)]int) string {
	var parts []string
	for i, sight := range sights {
		if n := counts[i]; n > 0 {
			parts = append(parts, sightWord(w, sight)+" ("+w.Days(n)+")")
		}
	}
	return w.LastDays(w.Days(days), w.Row(parts))
}

// legend returns the states of the days that are shown of each component.
func legend(p incidents.Page, of func(incidents.PageComponent) []incidents.Day) []incidents.Sight {
	var shown [len(sights)]bool
	for _, c := range p.Components() {
		last, days := incidents.Sight(""), of(c)
		for i := range days {
			if s := sightOf(days[i]); s != last {
				shown[slices.Index(sights[:], s)], last = true, s
			}
		}
	}
	var out []incidents.Sight
	for i, s := range sights {
		if shown[i] {
			out = append(out, s)
		}
	}
	return out
}

func (s strip) viewBox() string {
	return "0 0 " + strconv.Itoa(s.Width) + " " + strconv.Itoa(stripHeight)
}

// worstOf returns the state of a group: that of its worst component.
func worstOf(g incidents.PageGroup) incidents.ComponentStatus {
	worst := incidents.Operational
	for _, c := range g.Components {
		worst = worst.Worse(c.Status)
	}
	return worst
}

// groupSight returns how a folded group looks, and groupWord what it says: of unknown components when no other is worse.
func groupSight(g incidents.PageGroup) incidents.Sight {
	if worstOf(g) == incidents.Operational && slices.ContainsFunc(g.Components, incidents.PageComponent.Unknown) {
		return incidents.SightNoData
	}
	return worstOf(g).Sight()
}

func groupWord(w *languages.Language, g incidents.PageGroup) string {
	if groupSight(g) == incidents.SightNoData {
		return w.NotKnown()
	}
	return componentWord(w, worstOf(g))
}

// worstDays returns what a folded group shows of the newest n days: of each the worst that a component had.
// A day on which nothing is known of one that was there is not drawn as well.
func worstDays(g incidents.PageGroup, n int) []incidents.Day {
	out := make([]incidents.Day, len(g.Components[0].Last(n)))
	for i := range out {
		var seen, missed bool
		all := &out[i]
		all.Worst = incidents.Operational
		for k := range g.Components { // they are large
			c := &g.Components[k]
			d := &c.Days[len(c.Days)-len(out)+i]
			all.Date, all.Worst = d.Date, all.Worst.Worse(d.Worst)
			seen = seen || d.Seen
			missed = missed || !d.Seen && c.CreatedAt.Before(d.Date.Add(24*time.Hour))
		}
		all.Seen = seen && (!missed || all.Worst != incidents.Operational)
	}
	return out
}
