package app

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/probes/kinds"
)

// impacts are what a probe's failure can make of its component.
var impacts = []incidents.ComponentStatus{incidents.DegradedPerformance, incidents.PartialOutage, incidents.MajorOutage}

func (c *checks) probes() {
	if n := len(c.config.Probes); n > maxProbes {
		c.problem("probes", "there are %d probes; at most %d are allowed", n, maxProbes)
		return
	}
	c.defaults()
	lines := map[string]int{}
	for i := range c.config.Probes {
		p, path := &c.config.Probes[i], fmt.Sprintf("probes[%d]", i)
		c.key(path+".key", p.Key, "probe", lines)
		if p.Witness {
			c.witness(path)
		} else {
			c.speaksFor(path, p)
			c.impact(path+".impact", p)
		}
		c.schedule(path, &p.Schedule)
		c.slow(path+".slow", p)
		c.where(path, p)
		c.checker(path, p)
	}
	c.heartbeats()
}

// witness refuses what a probe that speaks for no component has no use for.
func (c *checks) witness(path string) {
	for _, key := range []string{"component", "symptom", "symptom_degraded", "warning", "impact", "slow", "quorum"} {
		if at := path + "." + key; c.given(at) {
			c.problem(at, "a witness speaks for no component, so it has no %s", label(at))
		}
	}
}

// slow checks a probe's band of late answers and fills in what it leaves out.
func (c *checks) slow(path string, p *ProbeConfig) {
	if !c.given(path) {
		return
	}
	s := &p.Slow
	if !c.given(path + ".over") {
		c.problem(path+".over", `"over" is missing: how late answers must be, like 2s`)
		return
	}
	c.between(path+".over", &s.Over, time.Millisecond, 24*time.Hour, 0)
	c.between(path+".until", &s.Until, 0, s.Over, s.Over*4/5)
	c.between(path+".window", &s.Window, time.Minute, 24*time.Hour, 10*time.Minute)
	if !c.given(path + ".percentile") {
		s.Percentile = 95
	}
	if s.Percentile <= 0 || s.Percentile > 100 {
		c.problem(path+".percentile", `"percentile" is over 0 and at most 100, like 95`)
	}
	if least := 10 * p.Interval; s.Window < least && p.Interval > 0 {
		if c.given(path + ".window") {
			c.problem(path+".window", `"window" holds too few results: at an interval of %s it is at least %s`, duration(p.Interval), duration(least))
		}
		s.Window = least
	}
	c.line(path+".step", s.Step)
}

// here is the only place that runs checks.
const here = "local"

// where checks where a probe's results must come from, and how many of those places must agree.
func (c *checks) where(path string, p *ProbeConfig) {
	for i, name := range p.Places {
		if at := fmt.Sprintf("%s.places[%d]", path, i); name != here {
			c.problem(at, "there is no place %q; today every check runs at %q", name, here)
		}
	}
	if most := max(len(p.Places), 1); c.given(path+".quorum") && (p.Quorum < 1 || p.Quorum > most) {
		c.problem(path+".quorum", `"quorum" is how many of the places must agree, from 1 to %d`, most)
	}
}

// speaksFor checks the component that a probe speaks for, and the sentence it says.
func (c *checks) speaksFor(path string, p *ProbeConfig) {
	at := path + ".component"
	c.required(at, p.Component, "the key of the component that this probe speaks for")
	if p.Component != "" {
		c.known(at, p.Component, c.config.Parts)
	}
	c.line(path+".symptom", p.Symptom)
	c.line(path+".symptom_degraded", p.Degraded)
	c.line(path+".warning", p.Warning)
	for _, part := range c.config.Parts {
		if part.Key != p.Component {
			continue
		}
		if part.Internal && !c.given(path+".symptom") {
			p.Symptom = part.Name + ": " + p.Key + " fails"
		}
		if !c.given(path + ".symptom_degraded") {
			p.Degraded = part.Name + " works, but not as well as usual"
		}
	}
	c.required(path+".symptom", p.Symptom, "the sentence a customer reads while it fails, like New Studio does not load")
}

func (c *checks) impact(path string, p *ProbeConfig) {
	if !c.given(path) {
		p.Impact = incidents.MajorOutage
	}
	for _, known := range impacts {
		if p.Impact == known {
			return
		}
	}
	c.problem(path, `"impact" is one of %s, %s or %s`, impacts[0], impacts[1], impacts[2])
}

// checker makes the check of a probe from the settings of its kind.
func (c *checks) checker(path string, p *ProbeConfig) {
	if p.Kind == "" {
		if !c.broken[path+" keys"] {
			c.wrong(path, "this probe checks nothing: add one of %s", strings.Join(kindNames(c.kinds), ", "))
		}
		return
	}
	at := join(path, p.Kind)
	var checker probes.Checker
	var err error
	if !c.broken[at] {
		checker, err = p.Settings.Checker()
		c.refused(at, err)
	}
	p.Checker, err = kinds.Expecting(checker, p.Expect, p.Unless)
	c.refused(path, err)
}

// refused reports why the settings at path make no check.
func (c *checks) refused(path string, err error) {
	var field *kinds.FieldError
	switch {
	case errors.As(err, &field):
		c.problem(join(path, field.Path), "%s: %s", field.Path, field.Problem)
	case err != nil:
		c.problem(path, "%s", err)
	}
}

// pace is one duration of a schedule, with what it may be and is when nobody says.
type pace struct {
	key                 string
	of                  func(*Schedule) *time.Duration
	least, most, normal time.Duration
}

// number is one count of a schedule, with what it is when nobody says.
type number struct {
	key    string
	of     func(*Schedule) *int
	normal int
}

var paces = []pace{
	{"interval", func(s *Schedule) *time.Duration { return &s.Interval }, time.Second, 24 * time.Hour, 30 * time.Second},
	{"timeout", func(s *Schedule) *time.Duration { return &s.Timeout }, 10 * time.Millisecond, 24 * time.Hour, 10 * time.Second},
	{"recheck", func(s *Schedule) *time.Duration { return &s.Recheck }, 100 * time.Millisecond, 24 * time.Hour, 5 * time.Second},
}

var numbers = []number{
	{"failures", func(s *Schedule) *int { return &s.Failures }, 2},
	{"of", func(s *Schedule) *int { return &s.Of }, 3},
	{"recoveries", func(s *Schedule) *int { return &s.Recoveries }, 2},
}

// defaults checks what the file says for all probes. What it leaves out stays zero.
func (c *checks) defaults() {
	s := &c.config.Defaults
	for _, p := range paces {
		if at := "defaults." + p.key; c.given(at) {
			c.between(at, p.of(s), p.least, p.most, 0)
			if s.Interval > 0 {
				c.within("defaults", p.key, p.of(s), s.Interval)
			}
		}
	}
	for _, n := range numbers {
		if at := "defaults." + n.key; c.given(at) {
			c.count(at, *n.of(s))
		}
	}
	if s.Of > 0 && s.Failures > s.Of {
		c.never("defaults", s)
	}
}

// schedule checks a probe's schedule and fills in what it leaves out: from the file's defaults, then from Candor's.
// A default gives way to what the probe says itself; two things that the probe says must agree.
func (c *checks) schedule(path string, s *Schedule) {
	defaults := c.config.Defaults
	for _, p := range paces {
		normal := p.normal
		if d := *p.of(&defaults); d > 0 {
			normal = d
		}
		c.between(path+"."+p.key, p.of(s), p.least, p.most, normal)
		c.within(path, p.key, p.of(s), s.Interval)
	}
	for _, n := range numbers {
		if at := path + "." + n.key; c.given(at) {
			c.count(at, *n.of(s))
		} else if *n.of(s) = *n.of(&defaults); *n.of(s) == 0 {
			*n.of(s) = n.normal
		}
	}
	failures, of := c.given(path+".failures"), c.given(path+".of")
	switch {
	case s.Failures <= s.Of:
	case failures && of:
		c.never(path, s)
	case of || !failures && defaults.Of > 0:
		s.Failures = s.Of
	default:
		s.Of = s.Failures
	}
}

func (c *checks) count(path string, n int) {
	if n < 1 || n > maxWindow {
		c.problem(path, "%s is from 1 to %d", label(path), maxWindow)
	}
}

func (c *checks) never(path string, s *Schedule) {
	c.problem(path+".failures", "%d failures among %d results can never be; lower failures or raise of", s.Failures, s.Of)
}

// within keeps a duration that was not given at most as long as the interval, and reports one that was.
func (c *checks) within(path, key string, d *time.Duration, interval time.Duration) {
	switch at := path + "." + key; {
	case *d <= interval:
	case c.given(at):
		c.problem(at, "%s is longer than the interval of %s", label(at), duration(interval))
	default:
		*d = interval
	}
}
