package templates

import (
	"slices"
	"strconv"
	"time"

	"candor/incidents"
	"candor/templates/languages"
)

// bar is how a day is drawn. A bar for several components is the greatest of theirs: trouble before what nobody saw,
// and that before what was well. A component that was not there yet hides nothing.
type bar uint8

const (
	absentBar bar = iota
	okBar
	unseenBar
	maintBar
	degradedBar
	partialBar
	majorBar
)

// sights are the states of days in the order of the legend.
var sights = [...]incidents.Sight{incidents.SightOK, incidents.SightMaint, incidents.SightDegraded,
	incidents.SightPartial, incidents.SightMajor, incidents.SightNoData}

// places says which of the sights each bar shows.
var places = [...]int{absentBar: 5, okBar: 0, unseenBar: 5, maintBar: 1, degradedBar: 2, partialBar: 3, majorBar: 4}

// barLines are the heights of the lines whose dashes are the bars of each of the sights, in a strip that is 36 high. The
// worse a day, the taller its bar, so that form tells what colour does; the bars of maintenance are split in two.
var barLines = [len(sights)][]int{{24}, {17, 31}, {22}, {20}, {18}, {30}}

// newBar returns the bar of a day of a component that was created then.
func newBar(d *incidents.Day, created time.Time) bar {
	if !d.Seen {
		if created.Before(d.Date.Add(24 * time.Hour)) {
			return unseenBar
		}
		return absentBar
	}
	switch d.Worst {
	case incidents.UnderMaintenance:
		return maintBar
	case incidents.DegradedPerformance:
		return degradedBar
	case incidents.PartialOutage:
		return partialBar
	case incidents.MajorOutage:
		return majorBar
	}
	return okBar
}

func sightOf(d incidents.Day) incidents.Sight { return sights[places[newBar(&d, time.Time{})]] }

// run is days side by side that have the same bar.
type run struct {
	Bar  bar
	Days int
}

func newRuns(days []incidents.Day, created time.Time) []run {
	runs := make([]run, 0, 8)
	for i := range days { // they are large, and many
		runs = prolong(runs, newBar(&days[i], created))
	}
	return runs
}

// prolong adds a day.
func prolong(runs []run, b bar) []run {
	if last := len(runs) - 1; last >= 0 && runs[last].Bar == b {
		runs[last].Days++
		return runs
	}
	return append(runs, run{b, 1})
}

// worstRuns returns what a folded group shows of its components' days.
func worstRuns(list [][]run) []run {
	all, _ := countDays(list[0])
	worst := make([]bar, all)
	for _, runs := range list {
		rest := worst
		for _, r := range runs {
			for i, b := range rest[:r.Days] {
				if b < r.Bar { // seldom, where a max would write each day
					rest[i] = r.Bar
				}
			}
			rest = rest[r.Days:]
		}
	}
	runs := make([]run, 0, 8)
	for _, b := range worst {
		runs = prolong(runs, b)
	}
	return runs
}

// legend returns the states that are drawn.
func legend(list [][]run) []incidents.Sight {
	var shown [len(sights)]bool
	for _, runs := range list {
		for _, r := range runs {
			shown[places[r.Bar]] = true
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

// stripDays is how many days of a strip are in each of the sights.
type stripDays [len(sights)]int

func countDays(runs []run) (all int, of stripDays) {
	for _, r := range runs {
		of[places[r.Bar]] += r.Days
		all += r.Days
	}
	return all, of
}

// words says what a strip shows to those who do not see it.
func (of stripDays) words(w *languages.Language) string {
	all, parts := 0, make([]string, 0, len(sights))
	for i, n := range of {
		if n > 0 {
			all += n
			parts = append(parts, sightWord(w, sights[i])+" ("+w.Days(n)+")")
		}
	}
	return w.LastDays(w.Days(all), w.Row(parts))
}

// strip draws days as bars, one path for each state. A path's dashes are its bars.
func (m markup) strip(r *rows, runs []run) {
	all, of := countDays(runs)
	m.put(`<svg class="strip" viewBox="0 0 `)
	m.number(max(0, all*10-3))
	m.put(` 36" preserveAspectRatio="none" role="img" aria-label="`, r.said(of), `">`)
	for place, n := range of {
		if n > 0 {
			m.put(`<path data-s="`, string(sights[place]), `" d="`)
			m.Write(appendLines(m.AvailableBuffer(), runs, place))
			m.put(`"></path>`)
		}
	}
	m.put(`</svg>`)
}

// appendLines draws the bars of one of the sights, each 10 wide. Days that nobody saw are one line with those before them
// on which the component was not there.
func appendLines(b []byte, runs []run, place int) []byte {
	for x := 0; len(runs) > 0; {
		from, shown := x, places[runs[0].Bar]
		for len(runs) > 0 && places[runs[0].Bar] == shown {
			x += runs[0].Days * 10
			runs = runs[1:]
		}
		if shown == place {
			for _, y := range barLines[place] {
				b = appendLine(b, from, y, x-from)
			}
		}
	}
	return b
}

// appendLine draws a line of so much from x and y to the right.
func appendLine(b []byte, x, y, length int) []byte {
	b = strconv.AppendInt(append(b, 'M'), int64(x), 10)
	b = strconv.AppendInt(append(b, ' '), int64(y), 10)
	return strconv.AppendInt(append(b, 'h'), int64(length), 10)
}

// worstOf returns the state of a group: that of its worst component.
func worstOf(g incidents.PageGroup) incidents.ComponentStatus {
	worst := incidents.Operational
	for i := range g.Components { // they are large
		worst = worst.Worse(g.Components[i].Status)
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
