package kinds

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// comparison is what a number must be: written like < 2s, >= 14d, != 0 or 10..20.
type comparison struct {
	text             string  // for people, always with its operator
	not              bool    // the number is not within the bounds
	low, high        float64 // infinite where there is no bound
	aboveLow, toHigh bool    // the bound itself is out
	base             base
}

// base is what a comparison's bounds are counted in; the empty one is plain numbers, which take any unit.
type base string

const (
	plain   base = ""
	seconds base = "s"
	bytes8  base = "bytes"
	ratio   base = "ratio"
)

// units are the ones that comparisons are written in and measurements come in.
var units = map[string]struct {
	base base
	size float64
}{
	"ns": {seconds, 1e-9}, "us": {seconds, 1e-6}, "µs": {seconds, 1e-6}, "ms": {seconds, 1e-3}, "s": {seconds, 1}, "m": {seconds, 60},
	"h": {seconds, 3600}, "d": {seconds, 86400}, "seconds": {seconds, 1}, "minutes": {seconds, 60}, "hours": {seconds, 3600},
	"days": {seconds, 86400}, "bytes": {bytes8, 1}, "B": {bytes8, 1}, "kB": {bytes8, 1e3}, "KB": {bytes8, 1e3}, "MB": {bytes8, 1e6},
	"GB": {bytes8, 1e9}, "TB": {bytes8, 1e12}, "KiB": {bytes8, 1 << 10}, "MiB": {bytes8, 1 << 20}, "GiB": {bytes8, 1 << 30},
	"TiB": {bytes8, 1 << 40}, "ratio": {ratio, 1}, "%": {ratio, 0.01},
}

// numberForm is how the numbers of one field are written.
type numberForm struct {
	bare  string // the operator of a value that has none
	bases []base // what can be compared
	help  string // what to write, for one who wrote something else
}

var (
	latencyForm     = numberForm{"<=", []base{seconds}, "write a duration, or a comparison with one: 2s, < 2s"}
	certificateForm = numberForm{">=", []base{seconds}, `write the time that must be left: 14d, or in quotes ">= 14d"`}
	plainForm       = numberForm{"=", []base{plain}, `write a comparison with a number: < 100, 10..20, or in quotes ">= 100", "!= 0"`}
	lettersForm     = numberForm{">=", []base{plain}, "write a number of characters, 0 or more, or a comparison with one: 20, < 5000"}
	measuredForm    = numberForm{"=", []base{plain, seconds, bytes8, ratio},
		`write a number or a comparison, with a unit where there is one: 0, < 100, < 2s, < 80%, 10..20, or in quotes "> 1GB", "!= 0"`}
)

var (
	operator   = regexp.MustCompile(`^(?:<=|>=|!=|<|>|=)`)
	amountPart = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?) ?([A-Za-zµ%]*) ?`)
)

// parse reads a comparison; problem says what to write instead.
func (f numberForm) parse(text string) (c comparison, problem string) {
	text = strings.TrimSpace(text)
	if from, to, ok := strings.Cut(text, ".."); ok {
		c = comparison{text: strings.TrimSpace(from) + ".." + strings.TrimSpace(to)}
		if !c.between(strings.TrimSpace(from), strings.TrimSpace(to)) {
			return c, f.help
		}
	} else {
		op := operator.FindString(text)
		number := strings.TrimSpace(strings.TrimPrefix(text, op))
		op = cmp.Or(op, f.bare)
		c = comparison{text: op + " " + number}
		if !c.against(op, number) {
			return c, f.help
		}
	}
	for _, b := range f.bases {
		if c.base == b {
			return c, ""
		}
	}
	return c, f.help
}

// optional is parse for a field that may be empty, and then expects nothing.
func (f numberForm) optional(text string) (*comparison, string) {
	if text == "" {
		return nil, ""
	}
	c, problem := f.parse(text)
	return &c, problem
}

// against sets the bounds of an operator and a number.
func (c *comparison) against(op, number string) (ok bool) {
	v, b, ok := amount(number)
	c.low, c.high, c.base = v, v, b
	switch op {
	case "<", "<=":
		c.low, c.toHigh = math.Inf(-1), op == "<"
	case ">", ">=":
		c.high, c.aboveLow = math.Inf(1), op == ">"
	}
	c.not = op == "!="
	return ok
}

// between sets the bounds of a range; one of its ends may be open.
func (c *comparison) between(from, to string) (ok bool) {
	c.low, c.high = math.Inf(-1), math.Inf(1)
	var low, high base
	if from != "" {
		if c.low, low, ok = amount(from); !ok {
			return false
		}
		c.base = low
	}
	if to != "" {
		if c.high, high, ok = amount(to); !ok {
			return false
		}
		c.base = high
	}
	return ok && c.low <= c.high && (from == "" || to == "" || low == high)
}

// amount reads 100, -3, 1h30m, 14d, 1.5GB or 80%, in the unit of its base.
func amount(text string) (sum float64, b base, ok bool) {
	rest, negative := strings.CutPrefix(text, "-")
	for parts := 0; rest != ""; parts++ {
		m := amountPart.FindStringSubmatch(rest)
		if m == nil {
			return 0, "", false
		}
		v, err := strconv.ParseFloat(m[1], 64)
		u, known := units[m[2]]
		if m[2] == "" {
			u.size = 1
		}
		if err != nil || m[2] != "" && !known || parts > 0 && (u.base != seconds || b != seconds) {
			return 0, "", false
		}
		sum, b, rest, ok = sum+v*u.size, u.base, rest[len(m[0]):], true
	}
	if negative {
		return -sum, b, ok && b == plain
	}
	return sum, b, ok && !math.IsInf(sum, 0)
}

// holds says that a number in the comparison's own unit is within its bounds; NaN is in none.
func (c comparison) holds(v float64) bool {
	above := v > c.low || v == c.low && !c.aboveLow
	below := v < c.high || v == c.high && !c.toHigh
	return !math.IsNaN(v) && (above && below) != c.not
}

// scale is how much one of a measurement's unit is in the comparison's; ok is false when they cannot be compared.
func (c comparison) scale(unit string) (size float64, ok bool) {
	if c.base == plain {
		return 1, true
	}
	u, known := units[unit]
	return u.size, known && u.base == c.base
}

// bound is where the numbers begin that do not hold, in the comparison's own unit; 0 when there is no one such place.
func (c comparison) bound() float64 {
	switch {
	case c.not:
		return 0
	case !math.IsInf(c.high, 0):
		return c.high
	}
	return c.low
}

// floor says that the numbers below the bound do not hold.
func (c comparison) floor() bool { return !c.not && math.IsInf(c.high, 0) }

// enough is a count from which on the verdict stays the same.
func (c comparison) enough() int {
	most := 0.0
	for _, bound := range []float64{c.low, c.high} {
		if !math.IsInf(bound, 0) {
			most = max(most, bound)
		}
	}
	return int(min(most, 1e9)) + 1
}

// String is the comparison for people.
func (c comparison) String() string { return c.text }

// shownNumber writes a measured value with its unit.
func shownNumber(v float64, unit string) string {
	switch {
	case unit == "s" && math.Abs(v) < 1e9:
		d := time.Duration(v * float64(time.Second))
		if d < 10*time.Millisecond {
			return d.Round(time.Microsecond).String()
		}
		return d.Round(time.Millisecond).String()
	case unit == "ratio":
		return plainNumber(v*100) + " %"
	case unit == "bytes" && math.Abs(v) >= 1e6:
		return fmt.Sprintf("%.1f MB", v/1e6)
	}
	return strings.TrimSpace(plainNumber(v) + " " + unit)
}
