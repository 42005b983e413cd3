package templates

import (
	"math"
	"strconv"
	"strings"
	"time"

	"candor/incidents"
	"candor/probes"
)

// Time formats, by the name that page.js knows each of them by.
const (
	asDate  = "date"  // 2 May 2024
	asClock = "clock" // 10:39 EDT
	asExact = "exact" // 10:39:21 EDT
	asStamp = "stamp" // 2 May 2024, 10:39 EDT
	asAuto  = "auto"  // asClock today, else asStamp
	asAgo   = "ago"   // 8 seconds ago
	asUntil = "until" // in 12 minutes
	asFor   = "for"   // for 26 minutes
)

// inZone returns t in the page's zone.
func inZone(site incidents.Site, t time.Time) time.Time {
	if site.Zone == nil {
		return t.UTC()
	}
	return t.In(site.Zone)
}

// zoneName returns the abbreviation of t's zone, or its offset where it has none.
func zoneName(t time.Time) string {
	name, _ := t.Zone()
	if name == "" || name[0] == '+' || name[0] == '-' {
		return t.Format("UTC-07:00")
	}
	return name
}

func date(t time.Time) string  { return t.Format("2 January 2006") }
func clock(t time.Time) string { return t.Format("15:04 ") + zoneName(t) }
func stamp(t time.Time) string { return date(t) + ", " + clock(t) }
func exact(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04:05 UTC") }
func iso(t time.Time) string   { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// written formats t, in the page's zone, for a reader at now.
func written(site incidents.Site, as string, t, now time.Time) string {
	t, now = inZone(site, t), inZone(site, now)
	switch as {
	case asDate:
		return date(t)
	case asExact:
		return t.Format("15:04:05 ") + zoneName(t)
	case asStamp:
		return stamp(t)
	case asAuto:
		if date(t) != date(now) {
			return stamp(t)
		}
	case asAgo:
		if d := now.Sub(t); d >= time.Second {
			return roughly(d) + " ago"
		}
		return "just now"
	case asUntil:
		switch d := t.Sub(now); {
		case d > 0:
			return "in " + roughly(d)
		case d > -time.Minute:
			return "any moment now"
		default:
			return roughly(-d) + " late"
		}
	case asFor:
		return "for " + roughly(now.Sub(t))
	}
	return clock(t)
}

// lasting formats t for a reader at any time, where written would name its distance from now.
func lasting(site incidents.Site, as string, t time.Time) string {
	switch as {
	case asAgo:
		return "at " + written(site, asExact, t, t)
	case asFor:
		return "since " + written(site, asClock, t, t)
	case asUntil:
		return "" // the time itself stands beside it
	}
	return written(site, as, t, t)
}

// roughly writes a duration in its largest unit, as page.js does.
func roughly(d time.Duration) string {
	switch {
	case d < time.Minute:
		return count(int(max(0, d)/time.Second), "second")
	case d < time.Hour:
		return count(int(d/time.Minute), "minute")
	case d < 24*time.Hour:
		return count(int(d/time.Hour), "hour")
	}
	return count(int(d/(24*time.Hour)), "day")
}

// lengthWords writes a duration in its two largest units: "1 hour 12 minutes".
func lengthWords(d time.Duration) string {
	return inUnits(d, [4]string{" day", " hour", " minute", " second"}, true)
}

// length writes a duration in its two largest units: "1 h 12 min".
func length(d time.Duration) string {
	return inUnits(d, [4]string{" d", " h", " min", " s"}, false)
}

func inUnits(d time.Duration, units [4]string, plural bool) string {
	sizes := [4]time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second}
	d = max(0, d).Truncate(time.Second)
	if d >= 10*time.Minute {
		d = d.Truncate(time.Minute)
	}
	var parts []string
	for i, size := range sizes {
		n := int(d / size)
		d %= size
		if n == 0 {
			if len(parts) > 0 {
				break
			}
			continue
		}
		text := strconv.Itoa(n) + units[i]
		if plural && n != 1 {
			text += "s"
		}
		if parts = append(parts, text); len(parts) == 2 {
			break
		}
	}
	if len(parts) == 0 {
		parts = []string{"0" + units[3]}
		if plural {
			parts[0] += "s"
		}
	}
	return strings.Join(parts, " ")
}

// took writes how long a check ran: "48 ms", "1.2 s".
func took(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "< 1 ms"
	case d < time.Second:
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	case d < time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	return length(d)
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

var numbers = []string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

func number(n int) string {
	if n < len(numbers) {
		return numbers[n]
	}
	return strconv.Itoa(n)
}

// uptimeText writes an uptime.
func uptimeText(u incidents.Uptime) string {
	if !u.Known {
		return "no data yet"
	}
	return percent(u.Share, 2) + " uptime"
}

// percent writes a share with so many places. It rounds down: a share below 1 is never 100%.
func percent(share float64, places int) string {
	if share >= 1 {
		return "100%"
	}
	step := math.Pow10(places)
	whole := min(100*step-1, math.Floor(max(0, share)*100*step+1e-7))
	return strconv.FormatFloat(whole/step, 'f', places, 64) + "%"
}

// wellCovered is the share of time seen from which on a page does not speak of it.
const wellCovered = .999

// coverageText says which part of the time was seen when that is not all of it, or nothing.
func coverageText(u incidents.Uptime) string {
	if !u.Known || u.Coverage() >= wellCovered {
		return ""
	}
	return percent(u.Coverage(), 1) + " seen"
}

// reading writes a measurement for a narrow place: "98%", "1.2 M", "4.1 GB".
func reading(m probes.Measurement) string {
	switch m.Unit {
	case "ratio":
		return trimmed(m.Value*100) + "%"
	case "bytes":
		return scaled(m.Value, 1024, " B", " KiB", " MiB", " GiB", " TiB")
	case "s":
		return took(time.Duration(m.Value * float64(time.Second)))
	}
	return scaled(m.Value, 1000, "", " k", " M", " G", " T")
}

// readingUnit writes a measurement with its unit: "1.2 M messages".
func readingUnit(m probes.Measurement) string {
	switch m.Unit {
	case "ratio", "bytes", "s", "":
		return reading(m)
	}
	return reading(m) + " " + m.Unit
}

func scaled(v, step float64, units ...string) string {
	i := 0
	for i < len(units)-1 && math.Abs(v) >= step {
		v /= step
		i++
	}
	return trimmed(v) + units[i]
}

// trimmed writes a number with at most three digits that matter and no zeros that do not.
func trimmed(v float64) string {
	switch abs := math.Abs(v); {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "?"
	case abs >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case abs >= 10:
		return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0")
	}
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
}
