package sim

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

// Controls serves the page on which people break and mend Studio. Its links are relative, as those of Handler.
func (s *Studio) Controls() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.getControls)
	mux.HandleFunc("POST /break/{fault}", s.postFault(s.Break))
	mux.HandleFunc("POST /mend/{fault}", s.postFault(s.Mend))
	mux.HandleFunc("POST /mend-all", s.postMendAll)
	mux.HandleFunc("POST /purge", s.postPurge)
	mux.HandleFunc("GET /sim.css", css)
	return secured(mux)
}

func (s *Studio) getControls(w http.ResponseWriter, r *http.Request) {
	render(w, http.StatusOK, "controls.html", s.panel(r.Context(), time.Now()))
}

func (s *Studio) postFault(change func(Fault)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f := Fault(r.PathValue("fault"))
		if !known(f) {
			http.NotFound(w, r)
			return
		}
		change(f)
		slog.Info("studio changed on purpose", "fault", f, "broken", s.broken(f))
		seeOther(w, "../#"+string(f))
	}
}

func (s *Studio) postMendAll(w http.ResponseWriter, r *http.Request) {
	s.MendAll()
	seeOther(w, "./")
}

func (s *Studio) postPurge(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 10*time.Second)
	defer cancel()
	if err := s.queue.Purge(ctx); err != nil {
		slog.Error("purge the queue", "error", err)
		render(w, http.StatusBadGateway, "purge-failed.html", nil)
		return
	}
	seeOther(w, "./")
}

// panel is what the control page shows.
type panel struct {
	Options  Options
	Depth    Depth
	Reads    bool // whether Depth could be read
	Refusing bool // whether the latest message was refused
	Mails    int  // delivered in the last minute
	Faults   []lever
	Broken   int
}

// lever is a fault and whether it is pulled.
type lever struct {
	card
	Since time.Time // zero while mended
	Ago   string
}

func (s *Studio) panel(ctx context.Context, now time.Time) panel {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	p := panel{Options: s.options, Mails: s.post.deliveredSince(now.Add(-time.Minute)), Refusing: s.refused.Load()}
	depth, err := s.queue.Depth(ctx)
	p.Depth, p.Reads = depth, err == nil
	for _, c := range cards {
		since, _ := s.faults.state(c.Fault)
		l := lever{card: c, Since: since}
		if !since.IsZero() {
			l.Ago = ago(now.Sub(since))
			p.Broken++
		}
		p.Faults = append(p.Faults, l)
	}
	return p
}

// Worker is the lever of the campaign worker.
func (p panel) Worker() lever { return p.Faults[0] }

// Percent is how full the queue is, from 0 to 100, rounded up.
func (p panel) Percent() int {
	if p.Depth.Limit <= 0 {
		return 0
	}
	return int(min(100, max(0, (100*p.Depth.Used+p.Depth.Limit-1)/p.Depth.Limit)))
}

// Tone is the look of the queue's bar.
func (p panel) Tone() string {
	switch {
	case !p.Reads || p.Depth.Limit <= 0:
		return "nodata"
	case p.Refusing || p.Percent() >= 95:
		return "major"
	case p.Percent() >= 50:
		return "degraded"
	}
	return "ok"
}

// Size is how full the queue is, in words.
func (p panel) Size() string {
	return fmt.Sprintf("%s of %s", mebibytes(p.Depth.Used), mebibytes(p.Depth.Limit))
}

func mebibytes(n int64) string { return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20)) }

func ago(d time.Duration) string {
	switch {
	case d < 2*time.Second:
		return "just now"
	case d < 2*time.Minute:
		return fmt.Sprintf("%d seconds ago", int(d.Seconds()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d minutes ago", int(d.Minutes()))
	}
	return fmt.Sprintf("%d hours ago", int(d.Hours()))
}
