package incidents

import "time"

// PageEvidence is a piece of evidence that a responder chose to show to customers.
type PageEvidence struct {
	ID      string
	At      time.Time // when it was seen
	Caption string
	Alt     string  // of a picture
	Type    string  // media type of a picture, which is asked for by its id; else empty
	Text    string  // empty unless it is a text
	Series  *Series // nil unless it is one
}

// pageEvidence returns what customers see of evidence: nothing of what is not public.
func pageEvidence(list []Evidence) []PageEvidence {
	var out []PageEvidence
	for _, e := range list {
		if !e.Public {
			continue
		}
		seen := PageEvidence{ID: e.ID, At: e.At, Caption: e.Caption}
		if series, ok := e.Series(); ok {
			seen.Series = &series
		} else if e.Picture() {
			seen.Type, seen.Alt = e.Type, e.Alt
		} else {
			seen.Text = string(e.Body)
		}
		out = append(out, seen)
	}
	return out
}
