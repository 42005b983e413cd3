package kinds

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"text/tabwriter"
	"time"

	"candor/probes"
)

// maxHead and maxStart are how many bytes of an answer's head and body are kept as evidence.
const maxHead, maxStart = 6 << 10, 4 << 10

// written is a text as evidence.
func written(name, text string) probes.Evidence {
	return probes.Evidence{Name: name, Type: "text/plain", Body: []byte(text)}
}

// httpExchange is a request and what came back, as far as it came.
type httpExchange struct {
	method, url string // of the last request, after redirects
	proto       string // empty without an answer
	answer      *answer
}

func seen(resp *http.Response, a *answer) httpExchange {
	return httpExchange{resp.Request.Method, resp.Request.URL.String(), resp.Proto, a}
}

// evidence tells of the last exchange: which step it belongs to, what was asked, and how the answer begins.
func (r *httpRun) evidence(s *httpStep, result probes.Result) probes.Evidence {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", s.label)
	if r.last.method != "" {
		fmt.Fprintf(&b, "%s %s\n", r.last.method, bare(r.last.url))
	}
	writeSteps(&b, result.Steps)
	if a := r.last.answer; a != nil {
		fmt.Fprintf(&b, "\n%s %d%s\n%s\n", r.last.proto, a.status, spaced(http.StatusText(a.status)), r.head(a.header))
		b.WriteString(r.start(a))
	} else {
		b.WriteString("\nNo answer.\n")
	}
	return written("answer", r.tell.clean(b.String()))
}

// head writes a response's head, a line for each header, without the values that may be secret.
func (r *httpRun) head(header http.Header) string {
	var b strings.Builder
	for _, name := range sortedKeys(header) {
		for _, value := range header[name] {
			fmt.Fprintf(&b, "%s: %s\n", r.tell.clean(name), r.headerValue(name, value))
		}
		if b.Len() > maxHead {
			b.WriteString("…\n")
			break
		}
	}
	return b.String()
}

var secretHeader = regexp.MustCompile(`(?i)cookie|auth|key|session|signature|nonce|` + secretName)

func (r *httpRun) headerValue(name, value string) string {
	switch {
	case secretHeader.MatchString(name):
		return "***"
	case strings.EqualFold(name, "Location"), strings.EqualFold(name, "Content-Location"):
		return r.tell.clean(bare(value))
	}
	const most = 1000
	text := r.tell.cleanStart(value, most)
	if len(value) > most {
		text += "…"
	}
	return namedSecret.ReplaceAllString(text, "${1}***")
}

// start writes the beginning of a body.
func (r *httpRun) start(a *answer) string {
	switch {
	case len(a.body) == 0:
		return "The body is empty.\n"
	case !strings.HasPrefix(http.DetectContentType(a.body), "text/"):
		return fmt.Sprintf("The body is no text: %d bytes.\n", len(a.body))
	}
	text := namedSecret.ReplaceAllString(r.tell.cleanStart(string(a.body), maxStart), "${1}***")
	if len(a.body) > maxStart {
		text += fmt.Sprintf("\n… the first %d of %d bytes", maxStart, len(a.body))
	}
	return text + "\n"
}

// bare is an address without user, query and fragment, which may hold secrets.
func bare(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "(an address that cannot be read)"
	}
	more := ""
	if u.RawQuery != "" || u.Fragment != "" {
		more = "?…"
	}
	u.User, u.RawQuery, u.ForceQuery, u.Fragment, u.RawFragment = nil, "", false, "", ""
	return u.String() + more
}

// numbers is what a run found and measured, and how long its parts took.
func (r *redactor) numbers(name string, found probes.Result) probes.Evidence {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", found.Detail)
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "what\tread\tlimit")
	for _, m := range found.Measurements {
		limit := "-"
		if m.Limit != 0 {
			limit = plainNumber(m.Limit)
		}
		fmt.Fprintf(t, "%s\t%s %s\t%s\n", oneLine(m.Name), plainNumber(m.Value), m.Unit, limit)
	}
	t.Flush() // a builder does not fail
	b.WriteByte('\n')
	writeSteps(&b, found.Steps)
	return written(name, r.clean(b.String()))
}

func writeSteps(b *strings.Builder, steps []probes.Step) {
	for _, s := range steps {
		fmt.Fprintf(b, "%s: %s\n", oneLine(s.Name), s.Took.Round(100*time.Microsecond))
	}
}

// oneLine keeps a name from breaking a table.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
