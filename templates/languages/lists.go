package languages

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// List writes names one after the other; of more than most it names the first and counts the others.
func (l *Language) List(names []string, most int) string {
	names = l.isolated(names)
	if len(names) > most {
		return l.Others(l.row(names[:most-1]), len(names)-most+1)
	}
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	case 2:
		return join(l.table.two, names[0], names[1])
	default:
		return join(l.table.end, l.row(names[:n-1]), names[n-1])
	}
}

// Row writes names one after the other, and no word before the last.
func (l *Language) Row(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return l.row(l.isolated(names))
}

// isolated keeps names of other scripts from mixing up the order of a sentence that runs from right to left.
func (l *Language) isolated(names []string) []string {
	if !l.Right {
		return names
	}
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = "\u2068" + name + "\u2069"
	}
	return out
}

// Sentences puts sentences together, with a space where the script has one.
func (l *Language) Sentences(list ...string) string {
	text := ""
	for _, s := range list {
		if text != "" && !strings.HasSuffix(text, "。") {
			text += " "
		}
		text += s
	}
	return text
}

func (l *Language) row(names []string) string {
	text := names[0]
	for _, name := range names[1:] {
		text = join(l.table.middle, text, name)
	}
	return text
}

// join fills a pattern of CLDR, which has both places in either order.
func join(pattern, first, second string) string {
	i, j := strings.Index(pattern, "{0}"), strings.Index(pattern, "{1}")
	if j < i {
		i, j, first, second = j, i, second, first
	}
	return pattern[:i] + first + pattern[i+3:j] + second + pattern[j+3:]
}

// Days writes so many days.
func (l *Language) Days(n int) string { return l.table.long[0].of(l.tag, n) }

// Hours writes so many hours.
func (l *Language) Hours(n int) string { return l.table.long[1].of(l.tag, n) }

// Reading writes a number with its unit with the decimal point of the language, and keeps the two in order: "1,2 s".
func (l *Language) Reading(text string) string {
	number, rest, found := strings.Cut(text, ".")
	if found && rest != "" && !strings.ContainsFunc(number+rest[:1], func(r rune) bool { return r != '-' && !unicode.IsDigit(r) }) {
		text = number + l.table.decimal + rest
	}
	if l.Right {
		return "\u2066" + text + "\u2069"
	}
	return text
}

// Length writes a duration in its two largest units: "1 h 12 min".
func (l *Language) Length(d time.Duration) string { return l.length(d, l.table.short) }

// LengthWords writes a duration in its two largest units, in words: "1 hour 12 minutes".
func (l *Language) LengthWords(d time.Duration) string { return l.length(d, l.table.long) }

func (l *Language) length(d time.Duration, units [4]forms) string {
	sizes := [4]time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second}
	if d = max(0, d); d >= 10*time.Minute {
		d = d.Truncate(time.Minute)
	}
	for i, size := range sizes {
		if d < size && i < 3 {
			continue
		}
		text := units[i].of(l.tag, int(d/size))
		if i < 3 && d%size >= sizes[i+1] {
			text = join(l.table.units, text, units[i+1].of(l.tag, int(d%size/sizes[i+1])))
		}
		return text
	}
	return ""
}

// Percent writes a share with so many places. It rounds down: a share below 1 is never 100%.
func (l *Language) Percent(share float64, places int) string {
	text := "100"
	if share < 1 {
		step := math.Pow10(places)
		whole := min(100*step-1, math.Floor(max(0, share)*100*step+1e-7))
		text = strings.Replace(strconv.FormatFloat(whole/step, 'f', places, 64), ".", l.table.decimal, 1)
	}
	return text + l.table.percent
}

// Number writes a number with its thousands apart: "7,776,000".
func (l *Language) Number(n int64) string {
	text := strconv.FormatInt(n, 10)
	if len(text) < 3+l.table.grouped {
		return text
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + l.table.group + text[i:]
	}
	return text
}

// Decimal writes a small number as it is: "0.3".
func (l *Language) Decimal(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'g', -1, 64), ".", l.table.decimal, 1)
}

// Capital begins a sentence or a heading with text.
func Capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}
