package incidents

import (
	"time"
)

// Move is what to do about the warning of a limit.
type Move string

const (
	NoMove Move = ""     // there is nothing to warn of
	Warn   Move = "warn" // open a warning
	Keep   Move = "keep" // it stays open
	Lift   Move = "lift" // close it: the trend is over
)

// Warning decides about the warning of one measurement: opened is when the present one was, zero without one.
// The outlook is zero where there is none now, which alone does not close a warning.
//
// It keeps nothing between calls: whether a trend lasts is seen by looking again from some time ago. A warning
// opens when the points up to the third newest showed the limit too. It stays open while no fresh points come and
// past the limit, and is lifted once there was no trend for a third of its age, 5 minutes to an hour.
func Warning(s Course, opened, now time.Time) (Outlook, Move) {
	if opened.IsZero() {
		o, ok := Forecast(s, now)
		if !ok {
			return Outlook{}, NoMove
		}
		if _, ok := Forecast(s, s.Samples[len(s.Samples)-3].At); !ok {
			return Outlook{}, NoMove
		}
		return o, Warn
	}
	if o, ok := forecast(s, now, toKeep); ok {
		return o, Keep
	}
	if _, ok := newSight(s, now); ok && quiet(s, opened, now) {
		return Outlook{}, Lift
	}
	return Outlook{}, Keep
}

// quiet says that there was no trend for a while either.
func quiet(s Course, opened, now time.Time) bool {
	const looks = 3
	rest := min(time.Hour, max(5*time.Minute, now.Sub(opened)/3))
	for i := 1; i <= looks; i++ {
		at := now.Add(-rest * time.Duration(i) / looks)
		if _, ok := forecast(s, at, toKeep); ok || at.Before(opened) {
			return false
		}
	}
	return true
}
