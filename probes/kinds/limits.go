package kinds

import (
	"fmt"
	"math"
	"strconv"

	"candor/probes"
)

// Limits are where a number begins to be wrong; each may be left out.
type Limits struct {
	Min       *float64 `yaml:"min"`        // failed below
	WarnBelow *float64 `yaml:"warn_below"` // degraded below
	WarnAbove *float64 `yaml:"warn_above"` // degraded above
	Max       *float64 `yaml:"max"`        // failed above
}

// problem is untyped so that no problem is a nil error.
func (l Limits) problem() error {
	var last *float64
	for _, limit := range []struct {
		field string
		value *float64
	}{{"min", l.Min}, {"warn_below", l.WarnBelow}, {"warn_above", l.WarnAbove}, {"max", l.Max}} {
		switch {
		case limit.value == nil:
			continue
		case math.IsNaN(*limit.value) || math.IsInf(*limit.value, 0):
			return &FieldError{limit.field, "a number"}
		case last != nil && *limit.value < *last:
			return &FieldError{limit.field, "the limits grow in this order: min, warn_below, warn_above, max"}
		}
		last = limit.value
	}
	return nil
}

// judge measures a value and adds what is wrong with it; what names it in a sentence.
func (l Limits) judge(t *talk, name, what string, value float64, unit string) {
	limit, floor := l.first()
	t.keep(probes.Measurement{Name: name, Value: value, Unit: unit, Limit: limit, Floor: floor})
	expected := func(outcome probes.Outcome, bound string, limit float64) {
		t.found.add(outcome, probes.Unexpected, fmt.Sprintf("expected %s to be %s %s, got %s", what, bound, plainNumber(limit), plainNumber(value)))
	}
	switch {
	case math.IsNaN(value):
		t.found.add(probes.Failed, probes.Unexpected, fmt.Sprintf("expected %s to be a number, got NaN", what))
	case l.Max != nil && value > *l.Max:
		expected(probes.Failed, "at most", *l.Max)
	case l.Min != nil && value < *l.Min:
		expected(probes.Failed, "at least", *l.Min)
	case l.WarnAbove != nil && value > *l.WarnAbove:
		expected(probes.Degraded, "at most", *l.WarnAbove)
	case l.WarnBelow != nil && value < *l.WarnBelow:
		expected(probes.Degraded, "at least", *l.WarnBelow)
	}
}

// first is the limit that a value which goes wrong usually meets first; floor says that it is wrong below.
func (l Limits) first() (limit float64, floor bool) {
	for i, limit := range []*float64{l.WarnAbove, l.Max, l.WarnBelow, l.Min} {
		if limit != nil {
			return *limit, i > 1
		}
	}
	return 0, false
}

// any says that there is a limit.
func (l Limits) any() bool { return l != Limits{} }

func plainNumber(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
