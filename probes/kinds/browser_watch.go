package kinds

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"candor/probes"
)

// maxWatched is how many requests of one page are followed at the same time, and how many troubles are told.
const maxWatched, maxTold = 10_000, 3

// How many troubles of a page are kept as evidence, and how many bytes of each: shown, and before secrets are hidden.
const maxNotes, maxNote, maxRawNote = 50, 500, 16 << 10

// pageWatch notes what happens in a page. Its methods run on the goroutine that reads from the browser.
type pageWatch struct {
	mu     sync.Mutex
	frame  string                 // of the page itself, as the browser calls it
	open   map[string]pageRequest // requests without an end, by id
	active time.Time              // of the last traffic
	loaded bool
	status int // of the document, 0 until it comes

	failed     int
	exceptions int
	scripts    int      // that failed to load
	told       []string // the first exceptions and failed scripts
	notes      []string // the first of all troubles
	unnoted    int      // troubles after those
}

// pageRequest is one request of a page.
type pageRequest struct {
	address string
	kind    string // as the browser calls it: Document, Script, Fetch
	frame   string
}

// main says that a request is for the page itself. The caller holds mu.
func (w *pageWatch) main(r pageRequest) bool { return r.kind == "Document" && r.frame == w.frame }

// begin says which frame is the page itself.
func (w *pageWatch) begin(frame string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.frame = frame
}

func newPageWatch() *pageWatch { return &pageWatch{open: map[string]pageRequest{}, active: time.Now()} }

// endless are requests that last as long as the page, or that nobody waits for.
var endless = map[string]bool{"EventSource": true, "WebSocket": true, "Ping": true, "Media": true, "Prefetch": true,
	"CSPViolationReport": true, "Manifest": true}

// sent notes a request; a new document of the page itself begins everything anew.
func (w *pageWatch) sent(id string, r pageRequest) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.active = time.Now()
	if w.main(r) {
		w.open, w.loaded, w.status = map[string]pageRequest{}, false, 0
	}
	if !endless[r.kind] && len(w.open) < maxWatched {
		w.open[id] = r
	}
}

// answered notes the status of an answer.
func (w *pageWatch) answered(id string, r pageRequest, status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.active = time.Now()
	if w.main(r) {
		w.status = status
	}
	if status >= 400 && !strings.HasSuffix(r.address, "/favicon.ico") { // which the browser asks for unbidden
		w.failed++
		w.jot(fmt.Sprintf("%s: status %d", r.address, status))
		if r.kind == "Script" {
			w.brokenScript(r.address, fmt.Sprintf("status %d", status))
		}
	}
	if endless[r.kind] { // what it is may be known only now
		delete(w.open, id)
	}
}

// ended notes the end of a request; trouble is empty when it was a good one.
func (w *pageWatch) ended(id, kind, trouble string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.active = time.Now()
	r := w.open[id]
	delete(w.open, id)
	if trouble == "" {
		return
	}
	w.failed++
	w.jot(r.address + ": " + trouble)
	if kind == "Script" {
		w.brokenScript(r.address, trouble)
	}
}

func (w *pageWatch) brokenScript(address, trouble string) {
	w.scripts++
	w.tell("script " + short(address) + " did not load: " + trouble)
}

// threw notes an exception that nobody caught.
func (w *pageWatch) threw(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.exceptions++
	line, _, _ := strings.Cut(text, "\n")
	w.tell("uncaught exception: " + line)
	w.jot("uncaught exception: " + text)
}

// note keeps a trouble as evidence.
func (w *pageWatch) note(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.jot(text)
}

// jot is note for a caller that holds mu.
func (w *pageWatch) jot(text string) {
	if len(w.notes) >= maxNotes {
		w.unnoted++
		return
	}
	w.notes = append(w.notes, text[:min(len(text), maxRawNote)])
}

// report is all trouble that the page had, without secrets.
func (w *pageWatch) report(tell *teller) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var lines []string
	for _, note := range w.notes {
		lines = append(lines, namedSecret.ReplaceAllString(tell.cleanStart(note, maxNote), "${1}***"))
	}
	if w.unnoted > 0 {
		lines = append(lines, fmt.Sprintf("… and %d more", w.unnoted))
	}
	return strings.Join(lines, "\n")
}

func (w *pageWatch) tell(text string) {
	if len(w.told) < maxTold {
		w.told = append(w.told, text)
	}
}

// complete notes that everything the document asked for has come.
func (w *pageWatch) complete() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.active, w.loaded = time.Now(), true
}

// calm returns for how long the page has been complete and quiet.
func (w *pageWatch) calm() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.loaded || len(w.open) > 0 {
		return 0
	}
	return time.Since(w.active)
}

// refusal says that the document came with an error status, or is nil.
func (w *pageWatch) refusal() *shortfall {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.status == 401 || w.status == 403:
		return &shortfall{probes.AuthFailed, fmt.Sprintf("expected a page, got status %d", w.status)}
	case w.status >= 400:
		return &shortfall{probes.Unexpected, fmt.Sprintf("expected a page, got status %d", w.status)}
	}
	return nil
}

// pending names what the page still waits for, or is empty.
func (w *pageWatch) pending() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.open {
		return fmt.Sprintf("%s without an answer, one of them to %s", counted(len(w.open), "request"), short(r.address))
	}
	if !w.loaded {
		return "the page has not finished loading"
	}
	return ""
}

// errors says what went wrong in the page's scripts, or is empty.
func (w *pageWatch) errors() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(w.told, "; ")
}

// measurements are the numbers of a whole run.
func (w *pageWatch) measurements() []probes.Measurement {
	w.mu.Lock()
	defer w.mu.Unlock()
	return []probes.Measurement{
		{Name: "failed_requests", Value: float64(w.failed), Unit: "requests"},
		{Name: "javascript_errors", Value: float64(w.exceptions), Unit: "errors"},
	}
}
