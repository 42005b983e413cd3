package heartbeats

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"candor/probes"
)

const (
	backupSecret = "Kn4ry-backup-0123456789"
	mailSecret   = "Kn4ry-mail-0123456789"
	wordsSecret  = "Kn4ry-words-0123456789"
)

// shelf keeps reports, or refuses them.
type shelf struct {
	mu      sync.Mutex
	pings   []probes.Ping
	refuses error
}

func (s *shelf) save(ctx context.Context, p probes.Ping) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := cmp.Or(s.refuses, ctx.Err()); err != nil {
		return err
	}
	s.pings = append(s.pings, p)
	return nil
}

// newest returns the last report, and how many there are.
func (s *shelf) newest() (p probes.Ping, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n = len(s.pings); n > 0 {
		p = s.pings[n-1]
	}
	return p, n
}

func newIntake() (*Intake, *shelf) {
	s := &shelf{}
	return New([]Heartbeat{
		{Probe: "backup", Secret: backupSecret},
		{Probe: "mail", Secret: mailSecret, Mail: &Words{}},
		{Probe: "words", Secret: wordsSecret, Mail: &Words{Fail: []string{"FAILED"}, Start: []string{"begins"}, Success: []string{"done"}}},
	}, s.save), s
}

// asked says whether a run is asked for.
func asked(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestAReportIsStoredAndHurriesItsProbe(t *testing.T) {
	in, s := newIntake()
	ended, cancel := context.WithCancel(t.Context())
	cancel() // the client went away meanwhile
	if err := in.Take(ended, backupSecret, probes.Ping{Signal: probes.Broke, Exit: 3, Body: "see /ping/" + backupSecret + "/3, or " + backupSecret[:9]}); err != nil {
		t.Fatal(err)
	}
	want := probes.Ping{Probe: "backup", Signal: probes.Broke, Exit: 3, Body: "see /ping/***/3, or ***"}
	if got, n := s.newest(); n != 1 || got != want {
		t.Errorf("%d reports, the last is %+v, want %+v", n, got, want)
	}
	if !asked(in.Now("backup")) || asked(in.Now("mail")) || in.Now("other") != nil {
		t.Error("the wrong probes are asked to run")
	}
}

func TestAReportThatCannotBeStored(t *testing.T) {
	in, s := newIntake()
	for _, secret := range []string{"", "backup", backupSecret[:len(backupSecret)-1], backupSecret + "x", strings.ToUpper(backupSecret)} {
		if err := in.Take(t.Context(), secret, probes.Ping{}); !errors.Is(err, probes.ErrNoHeartbeat) {
			t.Errorf("the secret %q: %v", secret, err)
		}
	}
	s.refuses = errors.New("the disk is gone")
	if err := in.Take(t.Context(), backupSecret, probes.Ping{}); !errors.Is(err, s.refuses) {
		t.Errorf("got %v", err)
	}
	if asked(in.Now("backup")) {
		t.Error("a run is asked for without a report")
	}
}

func TestReportsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, s := newIntake()
		refused := 0
		for range burst + 5 {
			if err := in.Take(t.Context(), backupSecret, probes.Ping{}); errors.Is(err, probes.ErrTooOften) {
				refused++
			}
		}
		if _, n := s.newest(); n != burst || refused != 5 {
			t.Errorf("%d stored, %d refused", n, refused)
		}
		if err := in.Take(t.Context(), mailSecret, probes.Ping{}); err != nil {
			t.Errorf("another heartbeat suffers: %v", err)
		}
		time.Sleep(pace)
		if err := in.Take(t.Context(), backupSecret, probes.Ping{}); err != nil {
			t.Errorf("a second later: %v", err)
		}
	})
}
