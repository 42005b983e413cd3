package languages

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Date writes the day of t in its zone: "2 May 2024".
func (l *Language) Date(t time.Time) string { return l.write(l.table.date, t) }

// Month writes the month of t with its year: "May 2024".
func (l *Language) Month(t time.Time) string { return l.write(l.table.month, t) }

// Day writes the day of t without its year: "2 May".
func (l *Language) Day(t time.Time) string { return l.write(l.table.day, t) }

// MonthAlone writes the name of t's month.
func (l *Language) MonthAlone(t time.Time) string { return l.table.alone[t.Month()-1] }

// Hour writes the time of day without its zone: "10:39".
func (l *Language) Hour(t time.Time) string { return l.write(l.table.clock, t) }

// Clock writes the time of day with its zone: "10:39 EDT".
func (l *Language) Clock(t time.Time) string { return l.Hour(t) + " " + Zone(t) }

// Exact is Clock with seconds.
func (l *Language) Exact(t time.Time) string { return l.write(l.table.exact, t) + " " + Zone(t) }

// Stamp puts a date and a time together.
func (l *Language) Stamp(date, clock string) string { return join(l.table.stamp, clock, date) }

// StampPattern is what Stamp fills in: {1} is the date, {0} the time.
func (l *Language) StampPattern() string { return l.table.stamp }

// FirstDay is the weekday that a week begins with.
func (l *Language) FirstDay() time.Weekday { return l.table.first }

// Weekday returns the name of a weekday, and its letter.
func (l *Language) Weekday(d time.Weekday) (name, letter string) {
	return l.table.weekdays[d], l.table.letters[d]
}

// Zone returns the abbreviation of t's zone, or its offset where it has none.
func Zone(t time.Time) string {
	name, _ := t.Zone()
	if name == "" || name[0] == '+' || name[0] == '-' {
		return t.Format("UTC-07:00")
	}
	return name
}

// write fills in a pattern of CLDR: fields are runs of one letter, and what stands in quotes stands for itself.
func (l *Language) write(pattern string, t time.Time) string {
	var b strings.Builder
	for len(pattern) > 0 {
		if text, rest, ok := strings.Cut(pattern[1:], "'"); pattern[0] == '\'' && ok {
			b.WriteString(text)
			pattern = rest
			continue
		}
		n := 1
		for n < len(pattern) && pattern[n] == pattern[0] {
			n++
		}
		if letter := pattern[0]; letter < utf8.RuneSelf && unicode.IsLetter(rune(letter)) {
			b.WriteString(l.field(pattern[:n], t))
		} else {
			b.WriteString(pattern[:n])
		}
		pattern = pattern[n:]
	}
	return b.String()
}

func (l *Language) field(field string, t time.Time) string {
	digits := func(n int) string {
		if len(field) == 2 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	switch field {
	case "MMMM":
		return l.table.months[t.Month()-1]
	case "MMM":
		return l.table.brief[t.Month()-1]
	case "LLLL":
		return l.MonthAlone(t)
	case "y":
		return strconv.Itoa(t.Year())
	case "M":
		return strconv.Itoa(int(t.Month()))
	case "a":
		if t.Hour() < 12 {
			return l.table.am
		}
		return l.table.pm
	}
	switch field[0] {
	case 'd':
		return digits(t.Day())
	case 'H':
		return digits(t.Hour())
	case 'h':
		return digits((t.Hour()+11)%12 + 1)
	case 'm':
		return digits(t.Minute())
	case 's':
		return digits(t.Second())
	}
	return field
}
