// Package heartbeats takes the reports of jobs that say from outside that they are alive.
package heartbeats

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"candor/probes"
)

// Heartbeat is a probe that waits for reports.
type Heartbeat struct {
	Probe  string // key
	Secret string // by which its reports are known
	Mail   *Words // nil when they do not come by mail
}

// Words say what a mail's subject means, each in upper or lower case.
type Words struct {
	Fail    []string
	Start   []string
	Success []string // when there are some, a subject without any word is no report
}

// Bounds of what is stored. A job that reports more often has its reports refused with ErrTooOften.
const (
	burst    = 30
	pace     = time.Second     // between two reports of a heartbeat, after a burst
	patience = 5 * time.Second // with the store
)

// Intake stores reports. It is safe for concurrent use.
type Intake struct {
	beats []*beat
	save  func(context.Context, probes.Ping) error
}

type beat struct {
	Heartbeat
	hash  [sha256.Size]byte // of the secret
	pace  *rate.Limiter
	hurry chan struct{}
}

// New returns an intake for the heartbeats; save stores a report.
func New(list []Heartbeat, save func(context.Context, probes.Ping) error) *Intake {
	in := &Intake{save: save}
	for _, h := range list {
		in.beats = append(in.beats, &beat{h, sha256.Sum256([]byte(h.Secret)), rate.NewLimiter(rate.Every(pace), burst), make(chan struct{}, 1)})
	}
	return in
}

// Now returns what asks for a run of a probe, after each stored report; nil for a probe that waits for none.
func (in *Intake) Now(probe string) <-chan struct{} {
	for _, b := range in.beats {
		if b.Probe == probe {
			return b.hurry
		}
	}
	return nil
}

// Take stores a report for the heartbeat with the secret, also when ctx ends meanwhile, and asks for a run of its probe.
// It returns ErrNoHeartbeat, ErrTooOften or what the store returns; then the report is to be sent again.
func (in *Intake) Take(ctx context.Context, secret string, p probes.Ping) error {
	b := in.find(secret)
	switch {
	case b == nil:
		return probes.ErrNoHeartbeat
	case !b.pace.Allow():
		return probes.ErrTooOften
	}
	p.Probe, p.Body = b.Probe, b.clean(p.Body)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := in.save(ctx, p); err != nil {
		return err
	}
	select {
	case b.hurry <- struct{}{}:
	default: // asked already
	}
	return nil
}

// find compares hashes, and each of them, so that the time it takes tells nothing about a secret.
func (in *Intake) find(secret string) (found *beat) {
	hash := sha256.Sum256([]byte(secret))
	for _, b := range in.beats {
		if subtle.ConstantTimeCompare(hash[:], b.hash[:]) == 1 {
			found = b
		}
	}
	return found
}

// clean takes the secret out of what a job says, also its beginning where the text was cut.
func (b *beat) clean(body string) string {
	const least = 4 // characters that give something away
	body = strings.ReplaceAll(body, b.Secret, "***")
	for n := len(b.Secret) - 1; n >= least; n-- {
		if before, ok := strings.CutSuffix(body, b.Secret[:n]); ok {
			return before + "***"
		}
	}
	return body
}
