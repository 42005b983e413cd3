package kinds

import (
	"fmt"
	"strings"
	"time"

	"candor/probes"
)

// maxSaid is how much of a report's body a detail shows, in bytes.
const maxSaid = 1500

// story is what the newest reports tell of a job.
type story struct {
	end    probes.Ping   // the newest that is no start: the end of a run, or our own mark; without a signal when there is none
	took   time.Duration // of the run that this ended; 0 when its start is not known
	began  time.Time     // when the job first started after that; zero when it did not
	starts int           // how often it did
}

// storyOf reads reports, the newest first.
func storyOf(pings []probes.Ping) (s story) {
	for i, ping := range pings {
		if ping.Signal == probes.Started {
			s.began = ping.At
			s.starts++
			continue
		}
		s.end = ping
		if rest := pings[i+1:]; ping.Signal != probes.Awaited && len(rest) > 0 && rest[0].Signal == probes.Started {
			s.took = ping.At.Sub(rest[0].At)
		}
		return s
	}
	return s
}

// deadline returns when the next end must have come, and when the one after it, with the reason when it does not.
// Both are zero while nothing is awaited.
func (p *Pulse) deadline(s story) (first, second time.Time, reason probes.Reason) {
	switch {
	case s.end.Signal == probes.Broke:
		return time.Time{}, time.Time{}, ""
	case s.starts > 0 && p.MaxRun > 0:
		return s.began.Add(p.MaxRun), s.began.Add(2 * p.MaxRun), probes.TimedOut
	case s.end.Signal == "":
		return time.Time{}, time.Time{}, ""
	}
	due := p.plan.next(s.end.At)
	return due.Add(p.Grace), p.plan.next(due).Add(p.Grace), probes.Missing
}

// Overdue says that a report which was due by now has not come.
func (p *Pulse) Overdue(pings []probes.Ping, now time.Time) bool {
	first, _, _ := p.deadline(storyOf(pings))
	return !first.IsZero() && now.After(first)
}

// Judge says what the newest reports, newest first, mean at a time.
func (p *Pulse) Judge(pings []probes.Ping, now time.Time) probes.Result {
	s := storyOf(pings)
	r := probes.Result{Outcome: probes.OK}
	if s.took > 0 {
		r.Steps = []probes.Step{{Name: "run", Took: s.took}}
		r.Measurements = append(r.Measurements, probes.Measurement{Name: "run", Value: s.took.Seconds(), Unit: "s", Limit: p.MaxRun.Seconds()})
	}
	first, second, reason := p.deadline(s)
	if s.end.Signal == probes.Succeeded || s.end.Signal == probes.Broke {
		since := probes.Measurement{Name: "since the last report", Value: max(0, now.Sub(s.end.At).Seconds()), Unit: "s"}
		if reason == probes.Missing {
			since.Limit = first.Sub(s.end.At).Seconds()
		}
		r.Measurements = append(r.Measurements, since)
	}
	switch {
	case s.end.Signal == probes.Broke:
		r.Outcome, r.Reason, r.Detail = probes.Failed, probes.Unexpected, "the job reported a failure "+p.moment(s.end.At)+p.words(s.end)
	case s.starts >= probes.KeptPings:
		r.Outcome, r.Reason, r.Detail = probes.Failed, probes.Unexpected, fmt.Sprintf("the job started %d times and none of these runs has ended", s.starts)
	case first.IsZero() && s.starts == 0:
		r.Outcome, r.Reason, r.Detail = probes.Unknown, probes.Missing, "no report has come yet"
	case first.IsZero() || !now.After(first):
		if s.end.Signal == probes.Awaited && s.starts == 0 {
			r.Outcome, r.Reason, r.Detail = probes.Unknown, probes.Missing, "no report has come yet; one is expected by "+p.clock(first)
		}
	default:
		r.Outcome, r.Reason, r.Detail = probes.Outcome(p.Late), reason, p.overdue(s, first, reason)
		if now.After(second) {
			r.Outcome = probes.Failed
		}
	}
	return r
}

// overdue says what was expected and has not come.
func (p *Pulse) overdue(s story, deadline time.Time, reason probes.Reason) string {
	if reason == probes.TimedOut {
		return fmt.Sprintf("expected the run that began %s to end within %s, but nothing came", p.moment(s.began), p.MaxRun)
	}
	last := "no report has come yet"
	if s.end.Signal == probes.Succeeded {
		last = "the last one came " + p.moment(s.end.At)
	}
	if s.starts > 0 {
		last += "; a run began " + p.moment(s.began) + " and has not ended"
	}
	return fmt.Sprintf("expected a report by %s, but %s", p.clock(deadline), last)
}

// words shows the exit status and the body of a report.
func (p *Pulse) words(ping probes.Ping) string {
	text := ""
	if ping.Exit != 0 {
		text = fmt.Sprintf(", with exit status %d", ping.Exit)
	}
	var tell redactor
	tell.hide(p.Secret)
	said := namedSecret.ReplaceAllString(tell.clean(strings.TrimSpace(ping.Body)), "${1}***")
	if len(said) > maxSaid {
		said = strings.ToValidUTF8(said[:maxSaid], "") + "…"
	}
	if said == "" {
		return text
	}
	return text + ": " + said
}

func (p *Pulse) moment(t time.Time) string { return "at " + p.clock(t) }

// clock writes a time in the zone of the job's schedule.
func (p *Pulse) clock(t time.Time) string {
	zone := p.plan.zone
	if zone == nil {
		zone = time.UTC
	}
	return t.In(zone).Format("2006-01-02 15:04:05 MST")
}
