package incidents

import (
	"fmt"
	"strings"
	"time"
)

// MaxPostmortem is the longest postmortem accepted, in bytes.
const MaxPostmortem = 100_000

// Postmortem is the report on an incident, written in Markdown as a draft and then published.
type Postmortem struct {
	Incident    string // id
	Draft       string // what responders edit
	Body        string // what customers see; empty until published
	Author      string // name of who changed it last
	UpdatedAt   time.Time
	PublishedAt time.Time // of the first publication; zero until then
	RevisedAt   time.Time // of the last publication; zero until then
	Version     int       // of the stored row; 0 when it was never stored
}

// Published says whether customers see it.
func (p Postmortem) Published() bool { return !p.PublishedAt.IsZero() }

// Edit replaces the draft. It refuses a text that is too long.
func (p *Postmortem) Edit(draft, author string, now time.Time) error {
	if len(draft) > MaxPostmortem {
		return &InvalidError{"draft", fmt.Sprintf("The text has %d bytes; at most %d fit. Shorten it.", len(draft), MaxPostmortem)}
	}
	p.Draft, p.Author, p.UpdatedAt = draft, author, now
	return nil
}

// Publish shows the draft to customers. It refuses an empty one and an incident that is still open or was never public.
func (p *Postmortem) Publish(inc *Incident, author string, now time.Time) error {
	switch {
	case strings.TrimSpace(p.Draft) == "":
		return &InvalidError{"draft", "Write the postmortem before you publish it."}
	case strings.TrimSpace(p.Draft) == strings.TrimSpace(PostmortemTemplate):
		return &InvalidError{"draft", "The postmortem is still the empty template. Fill in its sections before you publish it."}
	case inc.Open():
		return &InvalidError{"", "Resolve the incident before you publish its postmortem."}
	case !inc.Public():
		return &InvalidError{"", "Customers were never told of this incident, so it has no page to publish a postmortem on."}
	}
	p.Body, p.Author, p.UpdatedAt, p.RevisedAt = p.Draft, author, now, now
	if p.PublishedAt.IsZero() {
		p.PublishedAt = now
	}
	return nil
}

// PostmortemTemplate is what a new draft begins with: the sections of the report on 2 May 2024.
const PostmortemTemplate = `## Summary

<!-- What happened, when, and for how long. Two or three sentences that a customer understands. -->

## Impact

<!-- Who was affected, what they could not do, and what was lost. Say so when nothing was. -->

## Root cause

<!-- What made it possible, and what set it off. Systems and conditions, not people. -->

## Mitigation

<!-- What ended it, and when. What was done about work that was stuck. -->

## Recurrence prevention

<!-- What has changed or will change, by when, and how you will know that it holds. -->
`
