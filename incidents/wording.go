package incidents

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Wording holds the texts of automatic updates, in a customer's words. Placeholders stand in braces; see Placeholders.
type Wording struct {
	Title        string // of the incident
	Opened       string // first public update
	Early        string // in place of Opened, Grew, Still and Relapsed, of limits that come near while nothing has failed
	Grew         string // more symptoms
	Shrank       string // some components work again
	Still        string // nothing new, but an update was promised
	Relapsed     string // it is back after it seemed over
	Intermittent string // in place of Grew, Still and Relapsed for what has come back twice or more
	Monitoring   string // every check passes again
	Resolved     string // and went on passing
}

// DefaultWording is used where the configuration gives no text.
var DefaultWording = Wording{
	Title:    "{symptom}",
	Opened:   "Our checks see a problem:\n\n{symptoms}\n\nWe are looking into it and will tell you more by {next_update}.",
	Early:    "We see early signs of trouble:\n\n{symptoms}\n\nNothing has failed yet. We will tell you more by {next_update}.",
	Grew:     "Our checks now also see:\n\n{symptoms}\n\nNext update by {next_update}.",
	Shrank:   "Working again: {components}. We are still looking into the rest. Next update by {next_update}.",
	Still:    "Our checks still see the problem:\n\n{symptoms}\n\nWe are working on it. Next update by {next_update}.",
	Relapsed: "The problem is back:\n\n{symptoms}\n\nWe are looking into it and will tell you more by {next_update}.",
	Intermittent: "The problem comes and goes:\n\n{symptoms}\n\nIt is intermittent: what fails now may work in a minute, and fail again. " +
		"We are working on it. Next update by {next_update}.",
	Monitoring: "All our checks have passed since {since}. We keep watching.",
	Resolved:   "All our checks have passed since {since}. This incident is over.",
}

// Placeholders lists what a text of Wording may contain.
var Placeholders = []string{
	"{symptom}",     // the first symptom
	"{symptoms}",    // the symptoms the update is about, as a Markdown list
	"{components}",  // the components the update is about, in a sentence
	"{next_update}", // the time of the next update, in the page's zone
	"{since}",       // in the page's zone: since when every check passes, else when the first of the symptoms began
}

var placeholder = regexp.MustCompile(`\{[^{}\s]*\}`)

// Check refuses a text with an unknown placeholder.
func (Wording) Check(text string) error {
	for _, p := range placeholder.FindAllString(text, -1) {
		if !slices.Contains(Placeholders, p) {
			return fmt.Errorf("unknown placeholder %s; known are %s", p, strings.Join(Placeholders, ", "))
		}
	}
	return nil
}

// Or returns w with the texts of o where w has none.
func (w Wording) Or(o Wording) Wording {
	fill := func(s *string, d string) {
		if strings.TrimSpace(*s) == "" {
			*s = d
		}
	}
	fill(&w.Title, o.Title)
	fill(&w.Opened, o.Opened)
	fill(&w.Early, o.Early)
	fill(&w.Grew, o.Grew)
	fill(&w.Shrank, o.Shrank)
	fill(&w.Still, o.Still)
	fill(&w.Relapsed, o.Relapsed)
	fill(&w.Intermittent, o.Intermittent)
	fill(&w.Monitoring, o.Monitoring)
	fill(&w.Resolved, o.Resolved)
	return w
}

// words is what the placeholders of one text stand for.
type words struct {
	symptoms   []string
	components []string
	nextUpdate time.Time
	since      time.Time
	zone       *time.Location
}

func (w words) fill(text string) string {
	first := "Something does not work"
	if len(w.symptoms) > 0 {
		first = w.symptoms[0]
	}
	zone := w.zone
	if zone == nil {
		zone = time.UTC
	}
	return strings.NewReplacer(
		"{symptom}", first,
		"{symptoms}", list(w.symptoms),
		"{components}", Join(w.components, 5),
		"{next_update}", w.nextUpdate.In(zone).Format("15:04 MST"),
		"{since}", w.since.In(zone).Format("15:04 MST"),
	).Replace(text)
}

// list returns a Markdown list; of very many it names the first and counts the others.
func list(symptoms []string) string {
	const most = 20
	if n := len(symptoms) - most; n > 1 {
		symptoms = append(slices.Clone(symptoms[:most]), fmt.Sprintf("and %d more", n))
	}
	return "- " + strings.Join(symptoms, "\n- ")
}

// shorten cuts s to at most n bytes at a rune's boundary.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	cut := 0
	for i := range s {
		if i > n-len("…") {
			break
		}
		cut = i
	}
	return s[:cut] + "…"
}
