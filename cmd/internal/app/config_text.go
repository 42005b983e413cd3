package app

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/probes/kinds"
)

// reference finds what stands for something else in a value: $$ and ${NAME}, and ${ where it is not closed.
var reference = regexp.MustCompile(`\$\$|\$\{[^}]*\}?`)

var variable = regexp.MustCompile(`^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$`)

// maxValue is the longest value that references may grow to, in bytes.
const maxValue = maxConfig

// expand replaces ${NAME} by the environment's value and $$ by $. This comes after parsing, so that no value can
// change what the file says.
func (d *decoder) expand(text, path string) (string, bool) {
	ok, grown := true, 0
	fail := func(format string, args ...any) string {
		d.wrong(path, format, args...)
		ok = false
		return ""
	}
	out := reference.ReplaceAllStringFunc(text, func(ref string) string {
		name := variable.FindStringSubmatch(ref)
		switch {
		case !ok:
			return ""
		case ref == "$$":
			return "$"
		case name == nil:
			return fail("${ begins no reference here; write ${NAME}, or $${ for the characters themselves")
		}
		value, found := d.env(name[1])
		if !found {
			return fail("the environment has no variable %s", name[1])
		}
		if grown += len(value); grown > maxValue {
			return fail("with its variables this value is larger than %d bytes", maxValue)
		}
		if s := (secret{name[1], value}); value != "" && !slices.Contains(d.secrets, s) {
			d.secrets = append(d.secrets, s)
		}
		return value
	})
	return out, ok
}

// parseDuration reads a duration as time.ParseDuration does, with days before it: 14d, 1d12h. It is never negative.
func parseDuration(text string) (time.Duration, error) {
	var days time.Duration
	if before, after, ok := strings.Cut(text, "d"); ok {
		n, err := strconv.ParseUint(before, 10, 64)
		if err != nil || n > 36500 {
			return 0, errors.New("not a number of days")
		}
		if days = time.Duration(n) * 24 * time.Hour; after == "" {
			return days, nil
		}
		text = after
	}
	d, err := time.ParseDuration(text)
	if err == nil && (strings.HasPrefix(text, "-") || days+d < 0) {
		err = errors.New("out of range")
	}
	return days + d, err
}

// duration writes a duration as people do: 14d, 5m, 1m30s.
func duration(d time.Duration) string {
	const day = 24 * time.Hour
	if d >= day && d%day == 0 {
		return fmt.Sprintf("%dd", d/day)
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// parsePrefix reads a network, or an address as the network that holds it alone.
func parsePrefix(text string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(text); err == nil && addr.Zone() == "" {
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	p, err := netip.ParsePrefix(text)
	return p.Masked(), err
}

// kindNames returns the names of the kinds, sorted.
func kindNames(all map[string]func() kinds.Settings) []string {
	return slices.Sorted(maps.Keys(all))
}

// hint says which of the known words was meant, or what they are.
func hint(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(known) == 0 {
		return "nothing is known here"
	}
	return "known here: " + strings.Join(known, ", ")
}

// nearest returns the known word that is a slip of the keyboard away, or nothing.
func nearest(word string, known []string) string {
	best, at := "", 3
	if len(word) > 100 {
		return ""
	}
	for _, k := range known {
		if n := distance(strings.ToLower(word), k); n < at && n < len(k)-1 {
			best, at = k, n
		}
	}
	return best
}

// distance counts the letters to insert, remove, replace or swap with a neighbour that make b of a.
func distance(a, b string) int {
	var before, last []int
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, row = last, row, make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
