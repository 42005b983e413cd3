package kinds

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// Expect is what the result of a probe must be, of whatever kind. Fields that are not set expect nothing.
type Expect struct {
	Latency      string            `yaml:"latency"`      // of the whole run; degraded, not failed
	Steps        map[string]string `yaml:"steps"`        // by name, how long each takes; degraded, not failed
	Measurements map[string]string `yaml:"measurements"` // by name
	Certificate  string            `yaml:"certificate"`  // how long it is still valid; degraded, not failed
}

// daysLeft names the measurement of a certificate, in days, in each kind that sees one.
const daysLeft = "certificate_days_left"

// Expecting returns c with its results judged: what is not as expected is failed or, in the second block and for times
// and certificates, degraded. The error is a *FieldError.
func Expecting(c probes.Checker, expect, degraded Expect) (probes.Checker, error) {
	failed, err := expect.compile("expect", probes.Failed)
	if err != nil {
		return nil, err
	}
	lesser, err := degraded.compile("degraded", probes.Degraded)
	if err != nil {
		return nil, err
	}
	if len(failed)+len(lesser) == 0 {
		return c, nil
	}
	return &expecting{c, append(failed, lesser...)}, nil
}

// expecting is a check with more expectations than those of its kind.
type expecting struct {
	probes.Checker
	demands demands
}

// Check runs the check of the kind and judges what it found. A bad result that shows nothing else shows its numbers.
func (c *expecting) Check(ctx context.Context) probes.Result {
	began := time.Now()
	r := c.demands.judge(c.Checker.Check(ctx), time.Since(began))
	if r.Outcome.Bad() && len(r.Evidence) == 0 {
		r.Evidence = []probes.Evidence{(&redactor{}).numbers("what was found", r)}
	}
	return r
}

// demand is what one number of a result must be.
type demand struct {
	field, name string // of Expect, and in it of the step or measurement
	must        comparison
	outcome     probes.Outcome // when it is not
	reason      probes.Reason
}

type demands []demand

// compile checks the expectations of a block; what does not hold comes to the outcome, but times and certificates are
// degraded at most.
func (e Expect) compile(block string, outcome probes.Outcome) (all demands, err error) {
	add := func(field, name, text string, form numberForm, outcome probes.Outcome, reason probes.Reason) {
		must, problem := form.parse(text)
		d := demand{field, name, must, outcome, reason}
		if problem != "" && err == nil {
			err = d.wrong(block, problem)
		}
		all = append(all, d)
	}
	for _, name := range sortedKeys(e.Measurements) {
		add("measurements", name, e.Measurements[name], measuredForm, outcome, probes.Unexpected)
	}
	if e.Certificate != "" {
		add("certificate", "", e.Certificate, certificateForm, probes.Degraded, probes.Certificate)
	}
	if e.Latency != "" {
		add("latency", "", e.Latency, latencyForm, probes.Degraded, probes.Slow)
	}
	for _, name := range sortedKeys(e.Steps) {
		add("steps", name, e.Steps[name], latencyForm, probes.Degraded, probes.Slow)
	}
	return all, err
}

// wrong says where in the configuration the demand stands, and what to write there instead.
func (d demand) wrong(block, problem string) error {
	path := block + "." + d.field
	switch full := key(path, d.name); {
	case d.name == "":
	case full == path:
		problem = fmt.Sprintf("%q: %s", d.name, problem)
	default:
		path = full
	}
	return &FieldError{path, problem}
}

// judge returns r with what is not as demanded; took is how long the whole run was. A run that failed or could not
// tell is judged by the numbers it has: what is missing, and how long it took, say nothing then.
func (all demands) judge(r probes.Result, took time.Duration) probes.Result {
	var found findings
	if r.Outcome != probes.OK {
		found.add(r.Outcome, r.Reason, r.Detail)
	}
	whole := r.Outcome == probes.OK || r.Outcome == probes.Degraded
	for _, d := range all {
		if !whole && d.reason == probes.Slow {
			continue
		}
		numbers := d.numbers(r, took)
		if len(numbers) == 0 && whole {
			found.add(probes.Unknown, probes.Internal, d.missing(r))
		}
		for _, n := range numbers {
			d.compare(n, &found)
		}
	}
	r.Measurements = all.limit(r.Measurements)
	found.verdict(&r)
	return r
}

// measurement names the measurement that is demanded, if it is one.
func (d demand) measurement() string {
	switch d.field {
	case "certificate":
		return daysLeft
	case "latency":
		return "latency"
	}
	return d.name
}

// numbers are those of a result that the demand is about, with the words for them.
func (d demand) numbers(r probes.Result, took time.Duration) (all []probes.Measurement) {
	if d.field == "steps" {
		for _, s := range r.Steps {
			if s.Name == d.name {
				all = append(all, probes.Measurement{Name: "step " + s.Name, Value: s.Took.Seconds(), Unit: "s"})
			}
		}
		return all
	}
	for _, m := range r.Measurements {
		if m.Name == d.measurement() {
			all = append(all, m)
		}
	}
	if len(all) == 0 && d.field == "latency" {
		all = []probes.Measurement{{Name: "latency", Value: took.Seconds(), Unit: "s"}}
	}
	return all
}

// compare adds what is wrong with a number.
func (d demand) compare(n probes.Measurement, found *findings) {
	name := n.Name
	if d.field == "certificate" {
		name = "the certificate to last"
	}
	size, ok := d.must.scale(n.Unit)
	switch {
	case !ok:
		found.add(probes.Unknown, probes.Internal, fmt.Sprintf("expected %s %s, but it is measured in %q; compare it with that unit or none",
			name, d.must, n.Unit))
	case !d.must.holds(n.Value * size):
		found.add(d.outcome, d.reason, fmt.Sprintf("expected %s %s, got %s", name, d.must, shownNumber(n.Value, n.Unit)))
	}
}

// missing says that a result has no such number, and what it has instead.
func (d demand) missing(r probes.Result) string {
	if d.field == "certificate" {
		return "expected a certificate, but this probe saw none"
	}
	what, has := "measurement", make([]string, 0, len(r.Measurements))
	for _, m := range r.Measurements {
		has = append(has, m.Name)
	}
	if d.field == "steps" {
		what, has = "step", nil
		for _, s := range r.Steps {
			has = append(has, s.Name)
		}
	}
	if len(has) == 0 {
		return fmt.Sprintf("expected a %s %q, but this probe has none", what, d.name)
	}
	return fmt.Sprintf("expected a %s %q, but this probe has only: %s", what, d.name, short(strings.Join(has, ", ")))
}

// limit returns the measurements with the limits that they lack; where there are two, that of degraded comes first.
func (all demands) limit(measurements []probes.Measurement) []probes.Measurement {
	out := slices.Clone(measurements)
	for _, d := range slices.Backward(all) {
		for i := range out {
			if size, ok := d.must.scale(out[i].Unit); d.field != "steps" && out[i].Name == d.measurement() && out[i].Limit == 0 && ok {
				out[i].Limit, out[i].Floor = d.must.bound()/size, d.must.floor()
			}
		}
	}
	return out
}
