package incidents

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"candor/probes"
)

// Sighting says what a piece of evidence shows.
type Sighting string

const (
	AtFailure Sighting = "failure" // what the first bad result saw
	LastGood  Sighting = "good"    // what the probe saw while all was well
	Around    Sighting = "series"  // the probe's numbers from before to after, as JSON of a Series
)

// Moment is when a symptom joined an incident.
type Moment struct {
	Incident string // id
	Probe    string // key
	Since    time.Time
}

func (m Moment) same(o Moment) bool {
	return m.Incident == o.Incident && m.Probe == o.Probe && m.Since.Equal(o.Since)
}

// Evidence is something that was seen around the moment of a failure, kept with the incident for as long as that is.
// It is for responders, unless one of them shows it to customers.
type Evidence struct {
	ID string
	Moment
	Sighting Sighting
	At       time.Time // when it was seen
	Name     string    // what it is: "screenshot"
	Type     string    // one of probes.EvidenceTypes, or JSON of a Series
	Size     int       // bytes of the body
	Body     []byte    // empty in lists, when it is a picture
	Public   bool
	Caption  string // for customers
	Alt      string // what the picture shows, for those who do not see it
	Author   string // name of who decided last whether it is public; empty while nobody did
	Decided  time.Time
}

// SeriesType is the media type of a Series.
const SeriesType = "application/json"

// Bounds of what is frozen, and the longest accepted texts, in bytes.
const (
	MaxMoments      = 20 // of an incident
	MaxProbeMoments = 3  // of one probe in an incident
	MaxCaption      = 300
	MaxShown        = 10 // pieces of an incident that are public
)

// Series returns what a piece that is one shows, and whether it is one.
func (e Evidence) Series() (Series, bool) {
	if e.Sighting != Around {
		return Series{}, false
	}
	s, err := ReadSeries(e.Body)
	return s, err == nil
}

// Picture says whether the piece is an image.
func (e Evidence) Picture() bool { return strings.HasPrefix(e.Type, "image/") }

// Showing is what a responder writes to show a piece to customers.
type Showing struct {
	Caption, Alt string
	Author       string
	At           time.Time
}

// Publish shows the piece to customers, who see so many others of the incident already. It refuses when they know
// nothing of the incident, too many pieces, and texts that are empty or too long.
func (e *Evidence) Publish(inc *Incident, others int, s Showing) error {
	s.Caption, s.Alt = strings.TrimSpace(s.Caption), strings.TrimSpace(s.Alt)
	switch {
	case !inc.Public():
		return &InvalidError{"", "Customers do not know of this incident yet. Tell them first, then show the evidence."}
	case others >= MaxShown:
		return &InvalidError{"", fmt.Sprintf("Customers see %d pieces of evidence already. Withdraw one first.", others)}
	case s.Caption == "" || len(s.Caption) > MaxCaption:
		return &InvalidError{"caption", fmt.Sprintf("Write a caption of at most %d letters: customers read it.", MaxCaption)}
	case e.Picture() && s.Alt == "" || len(s.Alt) > MaxCaption:
		return &InvalidError{"alt", fmt.Sprintf("Describe the picture in at most %d letters, for those who do not see it.", MaxCaption)}
	}
	e.Public, e.Caption, e.Alt, e.Author, e.Decided = true, s.Caption, s.Alt, s.Author, s.At
	return nil
}

// Withdraw takes the piece from customers' view.
func (e *Evidence) Withdraw(author string, now time.Time) {
	e.Public, e.Author, e.Decided = false, author, now
}

// Kept is the evidence of one result.
type Kept struct {
	Probe, Place string
	At           time.Time
	Good         bool // the result was
	Evidence     []probes.Evidence
}

// KeptBad is how many of a probe's newest bad results keep their evidence; of the good ones, the newest does.
const KeptBad = 3

// keep returns the evidence of results that is worth storing: no more of a probe than is kept anyway.
func keep(results []probes.Result) []Kept {
	var out []Kept
	bad, good := map[string]int{}, map[string]bool{}
	for _, r := range slices.Backward(results) {
		well := r.Outcome == probes.OK
		switch {
		case len(r.Evidence) == 0 || !well && !r.Outcome.Bad():
			continue
		case well && good[r.Probe], !well && bad[r.Probe] >= KeptBad:
			continue
		case well:
			good[r.Probe] = true
		default:
			bad[r.Probe]++
		}
		out = append(out, Kept{r.Probe, r.Place, r.At, well, r.Evidence})
	}
	return out
}

// lighten drops the evidence that keep would not store, so that results which wait for the store stay small.
func lighten(results []probes.Result) []probes.Result {
	kept := keep(results)
	for i, r := range results {
		if !slices.ContainsFunc(kept, func(k Kept) bool { return k.Probe == r.Probe && k.Place == r.Place && k.At.Equal(r.At) }) {
			results[i].Evidence = nil
		}
	}
	return results
}

// evidenceOf returns what to freeze of a moment: what the first bad result since then saw, what the last good one saw
// before, and the numbers around. It always has the numbers.
func evidenceOf(m Moment, kept []Kept, results []probes.Result) []Evidence {
	var failure, good *Kept
	for i := range kept {
		k := &kept[i]
		switch {
		case !k.Good && !k.At.Before(m.Since) && (failure == nil || k.At.Before(failure.At)):
			failure = k
		case k.Good && k.At.Before(m.Since) && (good == nil || k.At.After(good.At)):
			good = k
		}
	}
	var out []Evidence
	for _, part := range []struct {
		sighting Sighting
		kept     *Kept
	}{{AtFailure, failure}, {LastGood, good}} {
		if part.kept == nil {
			continue
		}
		for _, e := range part.kept.Evidence {
			out = append(out, Evidence{ID: NewID(), Moment: m, Sighting: part.sighting, At: part.kept.At, Name: e.Name, Type: e.Type,
				Size: len(e.Body), Body: e.Body})
		}
	}
	series := NewSeries(results).JSON()
	return append(out, Evidence{ID: NewID(), Moment: m, Sighting: Around, At: m.Since, Name: "numbers", Type: SeriesType,
		Size: len(series), Body: series})
}
