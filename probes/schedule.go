package probes

import "time"

// schedule is when a probe runs next.
type schedule struct {
	due  time.Time
	wait time.Duration // from then until the run after it is due
}

// begin starts the run that is due, and returns how late it is and how many runs it stands for besides: each that the
// next one has overtaken is skipped, so that lost time is never made up for with runs in a row.
func (s *schedule) begin(now time.Time) (late time.Duration, skipped int) {
	late = max(0, now.Sub(s.due))
	if s.wait > 0 {
		skipped = int(late / s.wait)
	}
	missed := time.Duration(skipped) * s.wait
	s.due = s.due.Add(missed)
	return late - missed, skipped
}

// end plans the next run. A check that took longer than until then is the target's doing, and delays nothing else.
func (s *schedule) end(now time.Time, wait time.Duration) {
	s.due, s.wait = s.due.Add(wait), wait
	if s.due.Before(now) {
		s.due = now
	}
}
