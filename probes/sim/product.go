package sim

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of what a customer may send.
const (
	maxBody    = 4 << 10 // bytes
	maxSubject = 200     // characters
)

// shown is how many mails the mailbox page lists.
const shown = 50

//go:embed pages
var pages embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"clock": func(t time.Time) string { return t.UTC().Format("15:04:05") },
	"exact": func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
}).ParseFS(pages, "pages/*.html"))

// Handler serves the product. Its links are relative, so it may be mounted below a path with http.StripPrefix.
func (s *Studio) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.getProduct)
	mux.HandleFunc("GET /new-studio/{$}", s.getNewStudio)
	mux.HandleFunc("GET /classic-studio/{$}", s.getClassicStudio)
	mux.HandleFunc("POST /new-studio/test-campaigns", s.postForm)
	mux.HandleFunc("GET /new-studio/test-campaigns/{id}", s.getForm)
	mux.HandleFunc("POST /api/test-campaigns", s.postCampaign)
	mux.HandleFunc("GET /api/test-campaigns/{id}", s.getCampaign)
	mux.HandleFunc("GET /us/health", health)
	mux.HandleFunc("GET /eu/health", health)
	mux.HandleFunc("GET /mailbox", s.getMailbox)
	mux.HandleFunc("GET /api/mailbox", s.getMails)
	mux.HandleFunc("GET /sim.css", css)
	return secured(mux)
}

func (s *Studio) getProduct(w http.ResponseWriter, r *http.Request) {
	render(w, http.StatusOK, "product.html", nil)
}

func (s *Studio) getNewStudio(w http.ResponseWriter, r *http.Request) {
	s.beSlow(r.Context())
	if err := s.openSession(r.Context()); err != nil {
		render(w, http.StatusServiceUnavailable, "new-studio-down.html", nil)
		return
	}
	render(w, http.StatusOK, "new-studio.html", nil)
}

func (s *Studio) getClassicStudio(w http.ResponseWriter, r *http.Request) {
	s.beSlow(r.Context())
	if err := s.openSession(r.Context()); err != nil || s.broken(WhiteScreen) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusOK) // the white screen: nothing in it, and nothing that says so
		return
	}
	render(w, http.StatusOK, "classic-studio.html", nil)
}

func (s *Studio) postForm(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	c, err := s.send(r.Context(), r.PostFormValue("subject"))
	switch {
	case errors.Is(err, errSubject):
		render(w, http.StatusUnprocessableEntity, "new-studio.html", err)
	case err != nil:
		render(w, http.StatusServiceUnavailable, "new-studio.html", errUnavailable)
	default:
		seeOther(w, "test-campaigns/"+c.ID)
	}
}

func (s *Studio) getForm(w http.ResponseWriter, r *http.Request) {
	c, ok := s.post.campaign(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	render(w, http.StatusOK, "campaign.html", c)
}

func (s *Studio) postCampaign(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Subject string `json:"subject"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&asked); err != nil {
		reply(w, http.StatusBadRequest, problem{`expected {"subject": "..."} of at most 4 KiB`})
		return
	}
	c, err := s.send(r.Context(), asked.Subject)
	switch {
	case errors.Is(err, errSubject):
		reply(w, http.StatusUnprocessableEntity, problem{err.Error()})
	case err != nil:
		reply(w, http.StatusServiceUnavailable, problem{errUnavailable.Error()})
	default:
		reply(w, http.StatusAccepted, c)
	}
}

func (s *Studio) getCampaign(w http.ResponseWriter, r *http.Request) {
	c, ok := s.post.campaign(r.PathValue("id"))
	if !ok {
		reply(w, http.StatusNotFound, problem{"no such test campaign"})
		return
	}
	reply(w, http.StatusOK, c)
}

func (s *Studio) getMailbox(w http.ResponseWriter, r *http.Request) {
	mails := s.post.mailbox()
	render(w, http.StatusOK, "mailbox.html", mails[:min(len(mails), shown)])
}

func (s *Studio) getMails(w http.ResponseWriter, r *http.Request) {
	reply(w, http.StatusOK, struct {
		Mails []Mail `json:"mails"` // newest first
	}{append([]Mail{}, s.post.mailbox()...)})
}

func health(w http.ResponseWriter, r *http.Request) {
	reply(w, http.StatusOK, struct {
		Status string `json:"status"`
	}{"ok"})
}

var (
	errSubject     = errors.New("a test campaign needs a subject of at most 200 characters")
	errUnavailable = errors.New("the test campaign could not be sent; please try again later")
)

// send queues a test campaign as the customer sent it.
func (s *Studio) send(ctx context.Context, subject string) (Campaign, error) {
	subject = strings.TrimSpace(strings.ToValidUTF8(subject, "\uFFFD"))
	if subject == "" || utf8.RuneCountInString(subject) > maxSubject {
		return Campaign{}, errSubject
	}
	c := s.post.add(subject)
	if err := s.publish(ctx, message{Kind: forCampaign, ID: c.ID}); err != nil {
		s.post.forget(c.ID)
		return Campaign{}, err
	}
	return c, nil
}

// openSession tells the workers that a customer is here. No session, no Studio.
func (s *Studio) openSession(ctx context.Context) error {
	return s.publish(ctx, message{Kind: forSession, ID: newID()})
}

func (s *Studio) beSlow(ctx context.Context) {
	if s.broken(SlowPages) {
		pause(ctx, s.options.SlowBy)
	}
}

type problem struct {
	Error string `json:"error"`
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client is gone
}

func render(w http.ResponseWriter, status int, name string, data any) {
	var page strings.Builder
	if err := templates.ExecuteTemplate(&page, name, data); err != nil {
		slog.Error("render a page", "page", name, "error", err)
		http.Error(w, "Something failed on our side", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(page.String())) // the client is gone
}

// seeOther redirects to a relative address as it is; http.Redirect would resolve it and lose a prefix that was stripped.
func seeOther(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

func css(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, pages, "pages/sim.css")
}

// secured refuses forms of other origins and keeps pages from doing more than they need.
func secured(h http.Handler) http.Handler {
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "same-origin")
		w.Header().Set("Cache-Control", "no-store")
		h.ServeHTTP(w, r)
	}))
}
