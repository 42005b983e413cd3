package kinds

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"candor/probes"
)

// HTTP asks a web address, or walks through several in order, and compares what comes with what is expected.
type HTTP struct {
	HTTPRequest `yaml:",inline"`
	TLS         HTTPTLS    `yaml:"tls"`        // for all steps
	KeepAlive   bool       `yaml:"keep_alive"` // the connections, from one run to the next
	Steps       []HTTPStep `yaml:"steps"`      // instead of url and its companions
}

// HTTPRequest is what to ask and what to expect. In a step, {name} stands for a value captured by an earlier step.
type HTTPRequest struct {
	URL             string            `yaml:"url"`
	Method          string            `yaml:"method"` // GET by default, POST with a body
	Headers         map[string]string `yaml:"headers"`
	Body            string            `yaml:"body"`
	JSON            any               `yaml:"json"` // sent as JSON, with its content type
	BasicAuth       *HTTPLogin        `yaml:"basic_auth"`
	Bearer          string            `yaml:"bearer"`
	FollowRedirects *bool             `yaml:"follow_redirects"` // true by default; otherwise the redirect is the answer
	MaxRedirects    int               `yaml:"max_redirects"`    // 10 by default
	MaxBody         int64             `yaml:"max_body"`         // bytes after decompression, 1 MiB by default
	Expect          HTTPExpect        `yaml:"expect"`
	Degraded        HTTPExpect        `yaml:"degraded"` // the same; what does not hold here is degraded, not failed
}

// HTTPLogin is a user and a password, sent with the first request already.
type HTTPLogin struct {
	User     string `yaml:"user"`
	Password string `yaml:"password"`
}

// HTTPStep is one request of several that share cookies and connections.
type HTTPStep struct {
	Name        string `yaml:"name"`
	HTTPRequest `yaml:",inline"`
	Capture     map[string]string `yaml:"capture"` // name to "json:PATH", "header:NAME" or "body:/REGEXP/"
	Until       *HTTPUntil        `yaml:"until"`
}

// HTTPUntil repeats a step until its expectations hold or the probe's timeout ends.
type HTTPUntil struct {
	Every time.Duration `yaml:"every"` // between two tries, 1 s by default
}

const (
	defaultMaxRedirects = 10
	defaultMaxBody      = 1 << 20
	largestMaxBody      = 64 << 20
	maxHTTPSteps        = 50 // a result holds no more
	shortestUntil       = 50 * time.Millisecond
)

// httpStep is a step that has been checked, with its defaults filled in.
type httpStep struct {
	HTTPStep
	label    string        // how a detail names the step
	plain    *http.Request // where nothing is captured yet
	follow   bool
	unzips   bool
	expect   expectation
	degraded expectation
	captures []capture
}

// Checker returns the check these settings describe, or a *FieldError that names the wrong field.
func (h *HTTP) Checker() (probes.Checker, error) {
	var config *tls.Config
	if h.TLS != (HTTPTLS{}) {
		var err error
		if config, err = h.TLS.config(); err != nil {
			return nil, err
		}
	}
	c := &httpCheck{conns: newHTTPConns(config, h.KeepAlive), minDaysLeft: h.TLS.MinDaysLeft}
	steps, paths, err := h.allSteps()
	if err != nil {
		return nil, err
	}
	names := captureNames{}
	for _, s := range steps {
		names.announce(s.Capture)
	}
	for i, s := range steps {
		step, err := s.compile(paths[i], names)
		if err != nil {
			return nil, err
		}
		step.label = stepLabel(step.Name, i)
		if len(h.Steps) == 0 {
			step.Name = address(step.URL)
			step.label = step.Name
		} else if step.Name == "" {
			step.Name = step.label
		}
		names.know(s.Capture)
		c.secrets = append(c.secrets, step.secrets()...)
		c.steps = append(c.steps, step)
	}
	return c, nil
}

// allSteps returns the steps of either form, with the path of each in the configuration.
func (h *HTTP) allSteps() ([]HTTPStep, []string, error) {
	short := !reflect.ValueOf(h.HTTPRequest).IsZero()
	switch {
	case len(h.Steps) > maxHTTPSteps:
		return nil, nil, &FieldError{"steps", fmt.Sprintf("at most %d steps", maxHTTPSteps)}
	case short && len(h.Steps) > 0:
		return nil, nil, &FieldError{"steps", "give either url or steps; with steps, everything but tls and keep_alive stands in a step"}
	case short:
		return []HTTPStep{{HTTPRequest: h.HTTPRequest}}, []string{""}, nil
	case len(h.Steps) == 0:
		return nil, nil, &FieldError{"url", "say which address to ask, for example https://studio.example.com/"}
	}
	paths := make([]string, len(h.Steps))
	for i := range h.Steps {
		paths[i] = fmt.Sprintf("steps[%d].", i)
	}
	return h.Steps, paths, nil
}

func stepLabel(name string, i int) string {
	if name == "" {
		return fmt.Sprintf("step %d", i+1)
	}
	return "step " + name
}

// address is the part of a URL that may be shown.
func address(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "request"
	}
	return u.Host + u.EscapedPath()
}

// compile checks a step and fills in its defaults; path stands before each field's name in errors.
func (s HTTPStep) compile(path string, names captureNames) (step httpStep, err error) {
	fail := func(field, problem string) (httpStep, error) { return step, &FieldError{path + field, problem} }
	if problem := urlProblem(s.URL); problem != "" {
		return fail("url", problem)
	}
	if field, problem := s.requestProblem(); problem != "" {
		return fail(field, problem)
	}
	if field, problem := s.limitProblem(); problem != "" {
		return fail(field, problem)
	}
	if field, problem := names.problem(s); problem != "" {
		return fail(field, problem)
	}
	step.follow = s.FollowRedirects == nil || *s.FollowRedirects
	if step.expect, err = s.Expect.compile(path + "expect."); err != nil {
		return step, err
	}
	if s.Expect.Status == nil {
		step.expect.statuses = usual(step.follow)
	}
	if step.degraded, err = s.Degraded.compile(path + "degraded."); err != nil {
		return step, err
	}
	if step.captures, err = compileCaptures(path+"capture", s.Capture); err != nil {
		return step, err
	}
	step.HTTPStep = s.withDefaults()
	step.unzips = step.takesGzip()
	step.plain, _ = step.request(context.Background(), nil) // a run tells what is wrong with it
	return step, nil
}

func (s HTTPStep) withDefaults() HTTPStep {
	s.Method = strings.ToUpper(s.Method)
	if s.Method == "" {
		s.Method = "GET"
		if s.Body != "" || s.JSON != nil {
			s.Method = "POST"
		}
	}
	if s.MaxRedirects == 0 {
		s.MaxRedirects = defaultMaxRedirects
	}
	if s.MaxBody == 0 {
		s.MaxBody = defaultMaxBody
	}
	if s.Until != nil && s.Until.Every == 0 {
		s.Until = &HTTPUntil{Every: time.Second}
	}
	return s
}

// urlProblem says what is wrong with a URL, without quoting it: it may hold a password.
func urlProblem(raw string) string {
	const example = "it should look like https://studio.example.com/new"
	if raw == "" {
		return "say which address to ask; " + example
	}
	u, err := url.Parse(placeholder.ReplaceAllString(raw, "x"))
	if err != nil {
		return "this is not a URL; " + example
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return "the URL begins with neither http:// nor https://; " + example
	}
	if u.Hostname() == "" {
		return "the URL names no host; " + example
	}
	_, rest, _ := strings.Cut(raw, "://")
	if authority := rest[:len(rest)-len(strings.TrimLeftFunc(rest, func(r rune) bool {
		return !strings.ContainsRune("/?#", r)
	}))]; strings.Contains(authority, "{") {
		return "a captured value cannot be part of the host; write the host out"
	}
	return ""
}

// requestProblem names the first wrong field of what is sent.
func (r HTTPRequest) requestProblem() (field, problem string) {
	if r.Method != "" && !httpguts.ValidHeaderFieldName(r.Method) || strings.EqualFold(r.Method, "CONNECT") {
		return "method", "this is not a method; write GET, HEAD, POST, PUT, PATCH or DELETE"
	}
	for _, name := range sortedKeys(r.Headers) {
		if !httpguts.ValidHeaderFieldName(name) {
			return key("headers", name), fmt.Sprintf("%q is not a header's name", name)
		}
		if !httpguts.ValidHeaderFieldValue(r.Headers[name]) {
			return key("headers", name), "the value has characters that a header cannot have"
		}
		if strings.EqualFold(name, "Authorization") && (r.BasicAuth != nil || r.Bearer != "") {
			return key("headers", name), "give either this header or basic_auth or bearer"
		}
	}
	switch {
	case r.Body != "" && r.JSON != nil:
		return "json", "give either body or json"
	case r.BasicAuth != nil && r.Bearer != "":
		return "bearer", "give either basic_auth or bearer"
	case r.BasicAuth != nil && r.BasicAuth.User == "":
		return "basic_auth.user", "say which user"
	case !httpguts.ValidHeaderFieldValue(r.Bearer):
		return "bearer", "the value has characters that a header cannot have"
	}
	if _, err := json.Marshal(r.JSON); err != nil {
		return "json", "this value cannot be written as JSON"
	}
	return "", ""
}

// limitProblem names the first limit that is out of range.
func (s HTTPStep) limitProblem() (field, problem string) {
	switch {
	case s.MaxRedirects < 0 || s.MaxRedirects > 100:
		return "max_redirects", "a number from 1 to 100; follow_redirects: false follows none"
	case s.MaxBody < 0 || s.MaxBody > largestMaxBody:
		return "max_body", fmt.Sprintf("a number of bytes from 1 to %d", largestMaxBody)
	case s.Until != nil && s.Until.Every != 0 && s.Until.Every < shortestUntil:
		return "until.every", fmt.Sprintf("at least %s", shortestUntil)
	}
	return "", ""
}
