package kinds

import (
	"strings"
	"time"

	"github.com/hashicorp/cronexpr"
)

// plan says when a report is due.
type plan struct {
	every time.Duration
	cron  *cronexpr.Expression // nil with every
	zone  *time.Location
	fixed bool // at given hours: cron runs it once when the clock goes back an hour
}

// aheadOf is how far the clock of the job's machine may be ahead of ours: a report that comes so much before its time
// is that time's.
const aheadOf = 10 * time.Second

// newPlan reads every, cron and time_zone.
func (s *Heartbeat) newPlan() (plan, error) {
	switch {
	case s.Every == 0 && s.Cron == "":
		return plan{}, &FieldError{"every", "say how often a report comes: every: 1h, or cron with the line of a crontab"}
	case s.Every != 0 && s.Cron != "":
		return plan{}, &FieldError{"cron", "give every or cron, not both"}
	case s.Cron == "" && s.TimeZone != "":
		return plan{}, &FieldError{"time_zone", "it is for cron; every needs none"}
	case s.Cron == "":
		return plan{every: s.Every}, nil
	}
	zone, err := time.LoadLocation(s.TimeZone)
	if err != nil || s.TimeZone == "Local" {
		return plan{}, &FieldError{"time_zone", "there is no such time zone; write it like America/New_York or UTC"}
	}
	fields := strings.Fields(s.Cron)
	expression, err := cronexpr.Parse(s.Cron)
	if err != nil || len(fields) != 5 && !strings.HasPrefix(s.Cron, "@") {
		return plan{}, &FieldError{"cron", "five fields as in a crontab: minute, hour, day, month and weekday, like 0 3 * * *; or @daily"}
	}
	p := plan{cron: expression, zone: zone, fixed: s.Cron != "@hourly" && (len(fields) == 1 || !strings.HasPrefix(fields[1], "*"))}
	if p.next(time.Now()).IsZero() {
		return plan{}, &FieldError{"cron", "there is no such day"}
	}
	return p, nil
}

// next returns when a report is due after one that came at a time.
func (p plan) next(after time.Time) time.Time {
	if p.cron == nil {
		return after.Add(p.every)
	}
	due := p.cron.Next(after.Add(aheadOf).In(p.zone))
	for p.fixed && again(due) {
		due = p.cron.Next(due)
	}
	return due
}

// again says that the clock has shown this time an hour ago already, before it was set back.
func again(t time.Time) bool {
	return !t.IsZero() && t.Add(-time.Hour).Format(time.DateTime) == t.Format(time.DateTime)
}
