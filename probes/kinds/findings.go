package kinds

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// finding is one thing that a check of a broker found wrong.
type finding struct {
	outcome probes.Outcome
	reason  probes.Reason
	text    string
}

// findings are all that one run found wrong, in any order.
type findings []finding

func (f *findings) add(outcome probes.Outcome, reason probes.Reason, text string) {
	if reason == probes.Internal {
		outcome = probes.Unknown // our own trouble says nothing about the target
	}
	if found := (finding{outcome, reason, text}); !slices.Contains(*f, found) {
		*f = append(*f, found)
	}
}

// outcomes and reasons, the worst and the nearest to a cause first.
var (
	outcomes = []probes.Outcome{probes.Failed, probes.Degraded, probes.Unknown}
	reasons  = []probes.Reason{
		probes.Refused, probes.Unreachable, probes.Certificate, probes.AuthFailed, probes.Blocked, probes.TimedOut,
		probes.Unexpected, probes.TooLarge, probes.NoConsumer, probes.Backlog, probes.NearLimit, probes.Slow,
	}
)

// verdict writes outcome, reason and detail of all findings into r: the worst decides, the detail tells all.
func (f findings) verdict(r *probes.Result) {
	r.Outcome = probes.OK
	if len(f) == 0 {
		return
	}
	sorted := slices.Clone(f)
	slices.SortStableFunc(sorted, func(a, b finding) int {
		return cmp.Or(
			cmp.Compare(slices.Index(outcomes, a.outcome), slices.Index(outcomes, b.outcome)),
			cmp.Compare(slices.Index(reasons, a.reason), slices.Index(reasons, b.reason)))
	})
	texts := make([]string, len(sorted))
	for i, each := range sorted {
		texts[i] = each.text
	}
	r.Outcome, r.Reason, r.Detail = sorted[0].outcome, sorted[0].reason, strings.Join(texts, "; ")
}

// stages times the parts of a run, one after the other.
type stages struct {
	stage string    // what runs, or ran last
	began time.Time // zero when nothing runs
	steps []probes.Step
}

// begin ends the stage that runs and begins another.
func (s *stages) begin(stage string) {
	s.end()
	s.stage, s.began = stage, time.Now()
}

func (s *stages) end() {
	if !s.began.IsZero() {
		s.steps = append(s.steps, probes.Step{Name: s.stage, Took: time.Since(s.began)})
	}
	s.began = time.Time{}
}
