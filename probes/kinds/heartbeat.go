package kinds

import (
	"context"
	"errors"
	"regexp"
	"time"

	"candor/probes"
)

// Heartbeat waits for reports from outside, like those of a cron job.
type Heartbeat struct {
	Secret   string         `yaml:"secret"`    // at the end of the address where the reports come in; never shown
	Every    time.Duration  `yaml:"every"`     // from one report to the next
	Cron     string         `yaml:"cron"`      // instead: when the job runs
	TimeZone string         `yaml:"time_zone"` // of cron; by default UTC
	Grace    time.Duration  `yaml:"grace"`     // how late a report may be; by default 5 minutes
	MaxRun   time.Duration  `yaml:"max_run"`   // from a start to its end; 0 does not judge it
	Late     string         `yaml:"late"`      // the outcome of the first report that is missing: failed, or degraded
	Mail     *HeartbeatMail `yaml:"mail"`      // reports may come by mail too
}

// HeartbeatMail says what a mail's subject means. Each is a word or a part of a sentence, in upper or lower case.
type HeartbeatMail struct {
	Fail    []string `yaml:"fail"`
	Start   []string `yaml:"start"`
	Success []string `yaml:"success"` // when there are some, a subject without any of the three is no report
}

const (
	defaultGrace  = 5 * time.Minute
	longestPeriod = 366 * 24 * time.Hour
	maxMailSecret = 58 // characters: with +start, a local part has at most 64
	maxWords      = 20 // of each sort
	maxWord       = 100
)

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{16,100}$`)

// Pulse judges what a heartbeat's reports say.
type Pulse struct {
	Heartbeat
	plan plan
	read func(context.Context) ([]probes.Ping, error)
}

// Checker returns a *Pulse, or a *FieldError that names the wrong field.
func (s *Heartbeat) Checker() (probes.Checker, error) {
	p := &Pulse{Heartbeat: *s}
	if !secretForm.MatchString(s.Secret) {
		return nil, &FieldError{"secret", "give 16 to 100 of the characters A-Z, a-z, 0-9, - and _ that nobody can guess, like those of: openssl rand -hex 16"}
	}
	if p.Grace == 0 {
		p.Grace = defaultGrace
	}
	if p.Late == "" {
		p.Late = string(probes.Failed)
	}
	for _, d := range []struct {
		field string
		value time.Duration
	}{{"every", s.Every}, {"grace", s.Grace}, {"max_run", s.MaxRun}} {
		if d.value != 0 && d.value < time.Second || d.value > longestPeriod {
			return nil, &FieldError{d.field, "this is from 1s to 366d"}
		}
	}
	if p.Late != string(probes.Failed) && p.Late != string(probes.Degraded) {
		return nil, &FieldError{"late", "it is failed, or degraded"}
	}
	if err := s.mailProblem(); err != nil {
		return nil, err
	}
	var err error
	p.plan, err = s.newPlan()
	return p, err
}

// mailProblem is untyped so that no problem is a nil error.
func (s *Heartbeat) mailProblem() error {
	if s.Mail == nil {
		return nil
	}
	if len(s.Secret) > maxMailSecret {
		return &FieldError{"secret", "with mail it is a part of an address, and has at most 58 characters"}
	}
	for _, w := range []struct {
		field string
		words []string
	}{{"mail.fail", s.Mail.Fail}, {"mail.start", s.Mail.Start}, {"mail.success", s.Mail.Success}} {
		if len(w.words) > maxWords {
			return &FieldError{w.field, "at most 20 words are compared"}
		}
		for _, word := range w.words {
			if word == "" || len(word) > maxWord {
				return &FieldError{w.field, "a word has 1 to 100 characters"}
			}
		}
	}
	return nil
}

// Reading returns the check of what read returns: the newest reports, newest first, at most probes.KeptPings.
func (p *Pulse) Reading(read func(context.Context) ([]probes.Ping, error)) *Pulse {
	reading := *p
	reading.read = read
	return &reading
}

// PulseOf returns what a check waits for reports by, also when it has expectations besides; nil when it waits for none.
func PulseOf(c probes.Checker) *Pulse {
	if e, ok := c.(*expecting); ok {
		c = e.Checker
	}
	p, _ := c.(*Pulse)
	return p
}

// Reading returns a check for which PulseOf is not nil, with its reports read by read and its expectations kept.
func Reading(c probes.Checker, read func(context.Context) ([]probes.Ping, error)) probes.Checker {
	reading := PulseOf(c).Reading(read)
	if e, ok := c.(*expecting); ok {
		return &expecting{reading, e.demands}
	}
	return reading
}

// Check judges the reports that are stored now.
func (p *Pulse) Check(ctx context.Context) probes.Result {
	if p.read == nil {
		return probes.Result{Outcome: probes.Unknown, Reason: probes.Internal, Detail: "its reports come to candor serve, at /ping/ with the secret"}
	}
	pings, err := p.read(ctx)
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return probes.Result{Outcome: probes.Unknown, Reason: probes.Internal, Detail: "interrupted"}
	case err != nil:
		return probes.Result{Outcome: probes.Unknown, Reason: probes.Internal, Detail: "the stored reports cannot be read: " + innermost(err)}
	}
	return p.Judge(pings, time.Now())
}
