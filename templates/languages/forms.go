package languages

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// table is what CLDR says of a language. In patterns {0} and {1} stand for what is put together.
type table struct {
	date, month, day        string     // patterns of dates
	clock, exact            string     // and of times
	stamp                   string     // a date {1} with a time {0}
	months, alone, brief    [12]string // in a date, by themselves, and in a short date
	weekdays, letters       [7]string  // from Sunday
	am, pm                  string
	first                   time.Weekday // of a week
	decimal, group          string
	grouped                 int    // so many digits before the first group at least
	percent                 string // after the number
	two, start, middle, end string // lists
	units                   string // two units of one length
	long, short             [4]forms
}

// forms is a pattern for each of CLDR's plural categories; a language has those it needs.
type forms struct{ Zero, One, Two, Few, Many, Other string }

// of returns the pattern for a number.
func (f forms) of(tag language.Tag, n int) string {
	pattern := ""
	switch plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0) {
	case plural.Zero:
		pattern = f.Zero
	case plural.One:
		pattern = f.One
	case plural.Two:
		pattern = f.Two
	case plural.Few:
		pattern = f.Few
	case plural.Many:
		pattern = f.Many
	}
	if pattern == "" {
		pattern = f.Other
	}
	before, after, counted := strings.Cut(pattern, "{0}")
	if !counted {
		return pattern
	}
	return before + strconv.Itoa(n) + after
}

// two, three and six are the languages by how many forms a counted noun has: English has two, Polish three, Arabic six.
type two struct{ tag language.Tag }

func (t two) count(n int, one, other string) string {
	return forms{One: one, Other: other}.of(t.tag, n)
}

type three struct{}

func (three) count(n int, one, few, many string) string {
	return forms{One: one, Few: few, Other: many}.of(language.Polish, n)
}

type six struct{}

func (six) count(n int, zero, one, two, few, many, other string) string {
	return forms{zero, one, two, few, many, other}.of(language.Arabic, n)
}

// percentile writes a percentile, which has a name where it is the middle or the end.
func percentile(p int, median, maximum, other string) string {
	switch p {
	case 50:
		return median
	case 100:
		return maximum
	}
	return strings.Replace(other, "{0}", strconv.Itoa(p), 1)
}
