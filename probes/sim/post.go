package sim

import (
	"crypto/rand"
	"slices"
	"strings"
	"sync"
	"time"
)

// kept is how many campaigns and how many mails are remembered.
const kept = 500

// State is how far a test campaign has come.
type State string

const (
	Queued    State = "queued"    // the queue has it
	Sent      State = "sent"      // the worker has sent its mail
	Delivered State = "delivered" // the mail is in the mailbox
	Failed    State = "failed"    // the worker could not process it
)

// Campaign is a test campaign that somebody sent.
type Campaign struct {
	ID      string `json:"id"`
	Subject string `json:"subject"`
	State   State  `json:"state"`
}

// Mail is a delivered test campaign.
type Mail struct {
	Campaign string    `json:"campaign"`
	Subject  string    `json:"subject"`
	At       time.Time `json:"delivered_at"`
}

// post remembers the latest campaigns and the mailbox. The zero value is empty.
type post struct {
	mu        sync.Mutex
	campaigns []Campaign // oldest first
	mails     []Mail     // oldest first
}

// add remembers a new campaign and returns it.
func (p *post) add(subject string) Campaign {
	c := Campaign{ID: newID(), Subject: subject, State: Queued}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.campaigns = latest(append(p.campaigns, c))
	return c
}

// forget drops a campaign that the queue did not accept.
func (p *post) forget(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.campaigns = slices.DeleteFunc(p.campaigns, func(c Campaign) bool { return c.ID == id })
}

func (p *post) campaign(id string) (Campaign, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.find(id); c != nil {
		return *c, true
	}
	return Campaign{}, false
}

// move notes how far a campaign has come; one that is no longer remembered is passed over.
func (p *post) move(id string, to State) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.find(id); c != nil {
		c.State = to
	}
}

// deliver puts the mail of a campaign into the mailbox, once.
func (p *post) deliver(id string, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.find(id)
	if c == nil || c.State == Delivered {
		return
	}
	c.State = Delivered
	p.mails = latest(append(p.mails, Mail{Campaign: id, Subject: c.Subject, At: at.UTC()}))
}

// mailbox returns the mails, newest first.
func (p *post) mailbox() []Mail {
	p.mu.Lock()
	defer p.mu.Unlock()
	mails := slices.Clone(p.mails)
	slices.Reverse(mails)
	return mails
}

// deliveredSince counts the mails that arrived after t.
func (p *post) deliveredSince(t time.Time) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, m := range p.mails {
		if m.At.After(t) {
			n++
		}
	}
	return n
}

func (p *post) find(id string) *Campaign {
	i := slices.IndexFunc(p.campaigns, func(c Campaign) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return &p.campaigns[i]
}

// latest drops the oldest so that no more than kept remain.
func latest[T any](list []T) []T {
	return slices.Delete(list, 0, max(0, len(list)-kept))
}

func newID() string { return strings.ToLower(rand.Text()[:12]) }
