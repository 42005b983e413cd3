package templates

import (
	"math"
	"strconv"
	"strings"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/templates/languages"
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

func iso(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// written formats t in the console, in the page's zone, for a reader at now.
func written(site incidents.Site, as string, t, now time.Time) string {
	switch as {
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
	return In(incidents.Page{Site: site, At: now}, languages.English).written(as, t)
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

// length writes a duration in the console: "1 h 12 min".
func length(d time.Duration) string { return languages.English.Length(d) }

// lengthWords writes a duration in the console, in words: "1 hour 12 minutes".
func lengthWords(d time.Duration) string { return languages.English.LengthWords(d) }

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

// readingIn is readingUnit for customers: "1,2 s".
func readingIn(w *languages.Language, v float64, unit string) string {
	if unit == "s" && v >= 60 {
		return w.Length(time.Duration(v * float64(time.Second)))
	}
	return w.Reading(readingUnit(probes.Measurement{Value: v, Unit: unit}))
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
