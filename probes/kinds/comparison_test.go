package kinds

import (
	"math"
	"strings"
	"testing"
)

func TestComparison(t *testing.T) {
	for _, c := range []struct {
		name, text     string
		form           numberForm
		shown          string
		holds, refuses []float64
	}{
		{"a bare time is the most", "2s", latencyForm, "<= 2s", []float64{0, 2}, []float64{2.001}},
		{"less", "< 2s", latencyForm, "< 2s", []float64{1.999}, []float64{2, 3}},
		{"no space is needed", "<2s", latencyForm, "< 2s", []float64{1.999}, []float64{2}},
		{"a time of several units", "<= 1m30s", latencyForm, "<= 1m30s", []float64{90}, []float64{90.1}},
		{"milliseconds", "< 1.5 ms", latencyForm, "< 1.5 ms", []float64{0.0014}, []float64{0.0015}},
		{"a bare time left is the least", "14d", certificateForm, ">= 14d", []float64{14 * 86400}, []float64{14*86400 - 1, -1}},
		{"more", "> 14 days", certificateForm, "> 14 days", []float64{14*86400 + 1}, []float64{14 * 86400}},
		{"a bare number is that number", "3", measuredForm, "= 3", []float64{3}, []float64{2.9, 3.1}},
		{"equality may be written", "= 3", measuredForm, "= 3", []float64{3}, []float64{4}},
		{"another number", "!= 0", measuredForm, "!= 0", []float64{-1, 0.1}, []float64{0, math.NaN()}},
		{"a range holds its ends", "10..20", measuredForm, "10..20", []float64{10, 15, 20}, []float64{9.99, 20.01}},
		{"a range of times", "1s .. 1m", latencyForm, "1s..1m", []float64{1, 60}, []float64{0.9, 61}},
		{"a range without an end", "5..", measuredForm, "5..", []float64{5, math.Inf(1)}, []float64{4}},
		{"a range without a beginning", "..5", measuredForm, "..5", []float64{math.Inf(-1), 5}, []float64{6}},
		{"below zero", ">= -3", measuredForm, ">= -3", []float64{-3}, []float64{-4}},
		{"a size", "< 1GB", measuredForm, "< 1GB", []float64{999999999}, []float64{1e9}},
		{"a size by the power of two", "<= 1 KiB", measuredForm, "<= 1 KiB", []float64{1024}, []float64{1025}},
		{"a share", "< 80%", measuredForm, "< 80%", []float64{0.79}, []float64{0.81}},
		{"a large number", "< 1e6", measuredForm, "< 1e6", []float64{999999}, []float64{1e6, math.NaN(), math.Inf(1)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problem := c.form.parse(c.text)
			if problem != "" || got.String() != c.shown {
				t.Fatalf("got %q and the problem %q, want %q", got, problem, c.shown)
			}
			for _, v := range c.holds {
				if !got.holds(v) {
					t.Errorf("%g is not %s", v, got)
				}
			}
			for _, v := range c.refuses {
				if got.holds(v) {
					t.Errorf("%g is %s", v, got)
				}
			}
		})
	}
}

func TestComparisonsThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		name, text string
		form       numberForm
	}{
		{"nothing", "", measuredForm}, {"an operator alone", "<", measuredForm}, {"two operators", "< > 3", measuredForm},
		{"a word", "fast", latencyForm}, {"a time without a unit", "< 2", latencyForm}, {"a size for a time", "< 2MB", latencyForm},
		{"a negative time", "-2s", latencyForm}, {"an unknown unit", "< 2 messages", measuredForm}, {"two sizes", "1GB2MB", measuredForm},
		{"a unit of bits", "< 2Mb", measuredForm}, {"a range the wrong way round", "20..10", measuredForm}, {"no ends", "..", measuredForm},
		{"ends of two kinds", "1..2s", measuredForm}, {"an operator and a range", "< 1..2", measuredForm}, {"a number beyond all", "< 1e999", measuredForm},
		{"no number", "NaN", measuredForm}, {"no end of a number", "< inf", measuredForm}, {"days without a unit", "> 14", certificateForm},
		{"a unit where there is none", "< 2s", plainForm}, {"a comma", "< 1,5", measuredForm},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, problem := c.form.parse(c.text); problem != c.form.help {
				t.Errorf("%q is taken for %s, with the problem %q", c.text, got, problem)
			}
		})
	}
}

func TestComparisonFitsTheUnit(t *testing.T) {
	for _, c := range []struct {
		name, text, unit string
		value            float64
		holds, fits      bool
	}{
		{"seconds", "< 2s", "s", 1.9, true, true},
		{"milliseconds", "< 2s", "ms", 2100, false, true},
		{"days", ">= 14d", "days", 14, true, true},
		{"a share", "< 80%", "ratio", 0.9, false, true},
		{"megabytes", "< 1GB", "MB", 999, true, true},
		{"a plain number takes any unit", "< 100", "messages", 99, true, true},
		{"a time is no number of messages", "< 2s", "messages", 1, false, false},
		{"a size is no time", "< 2MB", "s", 1, false, false},
		{"a time needs a unit", "< 2s", "", 1, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, problem := measuredForm.parse(c.text)
			size, fits := got.scale(c.unit)
			if problem != "" || fits != c.fits || fits && got.holds(c.value*size) != c.holds {
				t.Errorf("got %q, fits %t, size %g", problem, fits, size)
			}
		})
	}
}

// FuzzComparison: what is taken is shown in a form that is taken for the same again.
func FuzzComparison(f *testing.F) {
	for _, seed := range []string{"", "< 2s", ">= 14d", "!= 0", "10..20", "..5", "1h30m", "1e-3%", "= -3", "<<", "1 2", "µs", "9e99TiB", "0..0", "1...2", "\xff"} {
		f.Add(seed)
	}
	forms := []numberForm{latencyForm, certificateForm, plainForm, lettersForm, measuredForm}
	f.Fuzz(func(t *testing.T, text string) {
		for _, form := range forms {
			c, problem := form.parse(text)
			if problem != "" {
				if problem != form.help {
					t.Errorf("%q has the problem %q", text, problem)
				}
				continue
			}
			again, problem := form.parse(c.String())
			if problem != "" || again != c {
				t.Errorf("%q is %+v, and then %+v with the problem %q", text, c, again, problem)
			}
			if math.IsNaN(c.low) || math.IsNaN(c.high) || c.low > c.high || strings.TrimSpace(c.text) != c.text || c.enough() < 1 {
				t.Errorf("%q is %+v", text, c)
			}
		}
	})
}
