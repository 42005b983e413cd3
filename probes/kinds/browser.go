package kinds

import (
	"fmt"
	"net/url"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/net/http/httpguts"

	"candor/probes"
)

// Browser opens a page in Chromium, as a customer does, and looks at what shows.
type Browser struct {
	URL      string            `yaml:"url"`
	Steps    []BrowserStep     `yaml:"steps"`  // after url is open
	Expect   BrowserExpect     `yaml:"expect"` // of the page at the end
	Viewport BrowserViewport   `yaml:"viewport"`
	Headers  map[string]string `yaml:"headers"`  // sent only to the hosts of url and of the steps' go
	Chromium string            `yaml:"chromium"` // the program; found on the PATH by default
	Sandbox  *bool             `yaml:"sandbox"`  // true by default, but not for root, who cannot have one

	chromium *chromium // shared by all probes of a configuration
}

// BrowserStep does one thing on the page, when it can be done, and may then expect something of it.
type BrowserStep struct {
	Name   string       `yaml:"name"`
	Go     string       `yaml:"go"`    // an address
	Click  string       `yaml:"click"` // a CSS selector
	Fill   *BrowserFill `yaml:"fill"`
	Wait   string       `yaml:"wait"` // a CSS selector of what must show
	Expect BrowserSight `yaml:"expect"`
}

// BrowserFill puts a text into a field in the place of what it holds, or chooses an option.
type BrowserFill struct {
	Selector string `yaml:"selector"`
	Text     string `yaml:"text"`
}

// BrowserSight is what must show in the viewport. Fields that are not set expect nothing.
type BrowserSight struct {
	VisibleText *int     `yaml:"visible_text"` // at least so many characters
	Painted     *float64 `yaml:"painted"`      // share of the viewport that has another colour than the rest
	Selector    string   `yaml:"selector"`     // an element that shows, anywhere on the page
	Text        string   `yaml:"text"`         // a text that shows, anywhere on the page
}

// BrowserExpect is what the page must be at the end. When neither visible_text nor painted is set, the page must
// show 20 characters, or pictures on a twentieth of the viewport.
type BrowserExpect struct {
	BrowserSight `yaml:",inline"`
	NoErrors     bool          `yaml:"no_errors"`     // no uncaught exception and no script that failed to load
	LargestPaint time.Duration `yaml:"largest_paint"` // until the largest part of the page is painted; degraded above
}

// BrowserViewport is the size of the window in pixels.
type BrowserViewport struct {
	Width  int `yaml:"width"`  // 1280 by default
	Height int `yaml:"height"` // 800 by default
}

// browserCheck is a Browser that has been checked, with its defaults filled in.
type browserCheck struct {
	Browser
	program program
	steps   []browserStep
	origins []string // the hosts that headers go to
	secrets []string
	good    atomic.Int64 // when the last picture of a good page was taken, in unix seconds
}

// browserStep is a step with the words for it.
type browserStep struct {
	BrowserStep
	label string
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (b *Browser) Checker() (probes.Checker, error) {
	c := &browserCheck{Browser: *b, program: program{path: b.Chromium, sandbox: os.Getuid() != 0}}
	if c.chromium == nil {
		c.chromium = newChromium()
	}
	if b.Sandbox != nil {
		c.program.sandbox = *b.Sandbox
	}
	if c.Viewport.Width == 0 {
		c.Viewport.Width = 1280
	}
	if c.Viewport.Height == 0 {
		c.Viewport.Height = 800
	}
	if field, problem := c.problem(); problem != "" {
		return nil, &FieldError{field, problem}
	}
	c.walk()
	return c, nil
}

// problem names the first field that is wrong.
func (c *browserCheck) problem() (field, problem string) {
	if problem := urlProblem(c.URL); problem != "" {
		return "url", problem
	}
	if len(c.Steps) > maxHTTPSteps-2 { // url and the end are steps of a result too
		return "steps", fmt.Sprintf("at most %d steps", maxHTTPSteps-2)
	}
	for i, s := range c.Steps {
		if field, problem := s.problem(); problem != "" {
			return fmt.Sprintf("steps[%d].%s", i, field), problem
		}
	}
	if field, problem := c.Expect.problem(); problem != "" {
		return "expect." + field, problem
	}
	for _, name := range sortedKeys(c.Headers) {
		if !httpguts.ValidHeaderFieldName(name) {
			return key("headers", name), fmt.Sprintf("%q is not a header's name", name)
		}
		if !httpguts.ValidHeaderFieldValue(c.Headers[name]) {
			return key("headers", name), "the value has characters that a header cannot have"
		}
	}
	switch v := c.Viewport; {
	case v.Width < 200 || v.Width > 4000:
		return "viewport.width", "a number of pixels from 200 to 4000"
	case v.Height < 200 || v.Height > 4000:
		return "viewport.height", "a number of pixels from 200 to 4000"
	case c.Expect.LargestPaint < 0:
		return "expect.largest_paint", "a duration like 3s"
	}
	return "", ""
}

func (s BrowserStep) problem() (field, problem string) {
	actions := 0
	for _, given := range []bool{s.Go != "", s.Click != "", s.Fill != nil, s.Wait != ""} {
		if given {
			actions++
		}
	}
	switch {
	case actions > 1:
		return "name", "a step does one thing: go, click, fill or wait; make several steps of it"
	case actions == 0 && s.Expect == BrowserSight{}:
		return "name", "say what to do: go, click, fill, wait or expect"
	case s.Fill != nil && s.Fill.Selector == "":
		return "fill.selector", `say which field, as a CSS selector like "#email"`
	}
	if s.Go != "" {
		if problem := urlProblem(s.Go); problem != "" {
			return "go", problem
		}
	}
	if field, problem := s.Expect.problem(); problem != "" {
		return "expect." + field, problem
	}
	return "", ""
}

func (s BrowserSight) problem() (field, problem string) {
	switch {
	case s.VisibleText != nil && (*s.VisibleText < 0 || *s.VisibleText > maxLetters):
		return "visible_text", fmt.Sprintf("a number of characters from 0 to %d", maxLetters)
	case s.Painted != nil && !(*s.Painted >= 0 && *s.Painted <= 1):
		return "painted", "a share from 0 to 1, like 0.05"
	}
	return "", ""
}

// walk names the steps, and collects where headers go and what must not be shown.
func (c *browserCheck) walk() {
	c.add(BrowserStep{Go: c.URL}, address(c.URL))
	for i, s := range c.Steps {
		label := stepLabel(s.Name, i)
		if s.Name == "" {
			s.Name = s.action()
			label += " (" + s.Name + ")"
		}
		c.add(s, label)
	}
	c.secrets = append(c.secrets, HTTPStep{HTTPRequest: HTTPRequest{Headers: c.Headers}}.secrets()...)
}

func (c *browserCheck) add(s BrowserStep, label string) {
	if s.Name == "" {
		s.Name = label
	}
	if s.Go != "" {
		u, _ := url.Parse(s.Go) // checked before
		c.origins = append(c.origins, u.Scheme+"://"+u.Host)
		c.secrets = append(c.secrets, HTTPStep{HTTPRequest: HTTPRequest{URL: s.Go}}.secrets()...)
	}
	if s.Fill != nil {
		c.secrets = append(c.secrets, s.Fill.Text)
	}
	c.steps = append(c.steps, browserStep{s, label})
}

// action is what a step does, without what it types.
func (s BrowserStep) action() string {
	switch {
	case s.Go != "":
		return "go " + address(s.Go)
	case s.Click != "":
		return "click " + s.Click
	case s.Fill != nil:
		return "fill " + s.Fill.Selector
	case s.Wait != "":
		return "wait " + s.Wait
	}
	return "look"
}
