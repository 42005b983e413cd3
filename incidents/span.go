package incidents

import (
	"slices"
	"time"
)

// span is a stretch of time.
type span struct{ from, until time.Time }

// union returns how much time the spans cover together.
func union(spans []span) time.Duration {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b span) int { return a.from.Compare(b.from) })
	var total time.Duration
	var end time.Time
	for _, s := range spans {
		if s.from.Before(end) {
			s.from = end
		}
		if s.until.After(s.from) {
			total += s.until.Sub(s.from)
			end = s.until
		}
	}
	return total
}
