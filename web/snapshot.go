package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"

	"candor/incidents"
	"candor/templates"
	"candor/templates/languages"
	"candor/web/api"
	"candor/web/pictures"
)

// rerender is how old a snapshot grows at most: it says when the checks last looked, and counts down promises.
const rerender = 10 * time.Second

// framePath is what other sites show of the page in a frame.
const framePath = "/embed/frame"

// maxLate is how many pages outside the snapshot are kept with it.
const maxLate = 1000

// snapshot keeps the public pages as finished bytes, so that a request is a map look-up and a write.
type snapshot struct {
	facts   facts
	live    *live      // is told of every snapshot
	mu      sync.Mutex // held while rendering
	current atomic.Pointer[rendered]
}

// rendered is the public pages of one revision. It never changes, but for late.
type rendered struct {
	revision int64
	at       time.Time
	page     incidents.Page
	facts    incidents.PageFacts
	recent   []incidents.PageIncident   // the newest ones
	planned  []incidents.PageIncident   // the newest maintenances
	feed     func() api.Feed            // of both
	offered  []*languages.Language      // first that of whom none suits
	answers  map[string]*answer         // by path
	pages    map[string]map[string]lazy // by path and tongue
	lazy     map[string]lazy            // by path
	late     sync.Map                   // path and query → *answer, of pages that are rendered when first asked for
	lateLen  atomic.Int32
	reading  sync.Mutex // held while the library is read
	reports  []report   // the library; nil until it is asked for
}

// answer is one finished HTTP answer.
type answer struct {
	contentType  string
	cacheControl string
	etag         string
	vary         string // besides Accept-Encoding
	plain, gzip  []byte
	framed       bool // other sites may show it in a frame
}

const (
	htmlType = "text/html; charset=utf-8"
	jsonType = "application/json; charset=utf-8"
	atomType = "application/atom+xml; charset=utf-8"

	// A cache may answer for a few seconds, and with an old page rather than none while the server is away.
	publicCache = "public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=3600"
	apiCache    = "public, max-age=10, s-maxage=10, stale-while-revalidate=20, stale-if-error=3600"
)

func newSnapshot(f facts, l *live) *snapshot { return &snapshot{facts: f, live: l} }

// follow renders again when the revision changed or the snapshot is old.
func (s *snapshot) follow(ctx context.Context, now time.Time) error {
	revision, err := s.facts.Store.Revision(ctx)
	if err != nil {
		return err
	}
	if r := s.current.Load(); r != nil && r.revision == revision && now.Sub(r.at) < rerender {
		return nil
	}
	return s.refresh(ctx, now)
}

// refresh renders everything from what is stored now.
func (s *snapshot) refresh(ctx context.Context, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	revision, err := s.facts.Store.Revision(ctx) // read first: a change that comes while rendering is seen next time
	if err != nil {
		return err
	}
	f, err := s.facts.load(ctx, now)
	if err != nil {
		return err
	}
	r := &rendered{revision: revision, at: now, facts: f, page: incidents.NewPage(f), answers: map[string]*answer{}, offered: s.facts.Languages}
	if err := r.loadRecent(ctx, s.facts); err != nil {
		return err
	}
	if err := r.loadMaintenances(ctx, s.facts); err != nil {
		return err
	}
	if err := r.render(); err != nil {
		return err
	}
	r.prepareMachines(pictures.Own(s.facts.Look.Icon))
	s.current.Store(r)
	s.live.tell(word{templates.Edition(r.page), r.page.CheckedAt})
	return nil
}

func (r *rendered) render() error {
	if err := r.preparePages(); err != nil {
		return err
	}
	summary, err := api.SummaryJSON(r.page)
	if err != nil {
		return fmt.Errorf("render the summary: %w", err)
	}
	status, err := api.StatusJSON(r.page)
	if err != nil {
		return fmt.Errorf("render the status: %w", err)
	}
	r.answers["/api/v2/summary.json"] = newAnswer(jsonType, apiCache, summary)
	r.answers["/api/v2/status.json"] = newAnswer(jsonType, apiCache, status)
	return nil
}

// preparePages renders the front page in the page's own language, and it in each other, and the frame, when first asked for.
func (r *rendered) preparePages() error {
	r.pages = map[string]map[string]lazy{"/": {}, framePath: {}}
	for _, l := range r.offered {
		for _, t := range []tongue{{l, fromBrowser}, {l, fromAddress}} {
			r.pages["/"][t.key()] = r.inTongue(t, templates.StatusPage, false)
			r.pages[framePath][t.key()] = r.inTongue(t, templates.FramePage, true)
		}
	}
	_, err := r.pages["/"][tongue{words: r.offered[0]}.key()]()
	return err
}

// inTongue renders a page in a tongue, when it is first asked for.
func (r *rendered) inTongue(t tongue, show func(templates.Page) templ.Component, framed bool) lazy {
	return sync.OnceValues(func() (*answer, error) {
		var body bytes.Buffer
		if err := show(r.in(t)).Render(context.Background(), &body); err != nil {
			return nil, fmt.Errorf("render the page: %w", err)
		}
		a := newAnswer(htmlType, publicCache, body.Bytes())
		a.framed = framed
		return a, nil
	})
}

// keep remembers a page that was rendered on request, for as long as the snapshot lives.
func (r *rendered) keep(key string, a *answer) {
	if r.lateLen.Add(1) <= maxLate {
		r.late.Store(key, a)
	}
}

func newAnswer(contentType, cacheControl string, body []byte) *answer {
	sum := sha256.Sum256(body)
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is valid
	z.Write(body)                                              // a buffer does not fail
	z.Close()
	return &answer{contentType: contentType, cacheControl: cacheControl, plain: bytes.Clone(body), gzip: packed.Bytes(),
		etag: base64.RawURLEncoding.EncodeToString(sum[:12])}
}

// before answers what the snapshot holds, and leaves the rest to next.
func (s *Server) before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			if now := s.snapshot.current.Load(); now != nil {
				if a, ok := now.answers[r.URL.Path]; ok {
					a.write(w, r)
					return
				}
				if render, ok := now.lazy[r.URL.Path]; ok {
					render.write(w, r)
					return
				}
				if pages, ok := now.pages[r.URL.Path]; ok && !strings.Contains(r.URL.RawQuery, "days=") {
					t := s.tongue(r)
					if a, err := pages[t.key()](); err == nil {
						a.to(t, len(now.offered)).write(w, r)
						return
					}
				}
			}
		}
		next.ServeHTTP(w, r)
	})
}

// write sends the answer, or 304 to a reader that has it.
func (a *answer) write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	body, etag := a.plain, `"`+a.etag+`"`
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		body, etag = a.gzip, `"`+a.etag+`-gz"`
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Type", a.contentType)
	h.Set("Cache-Control", a.cacheControl)
	h.Add("Vary", strings.TrimPrefix(a.vary+", Accept-Encoding", ", "))
	h.Set("Etag", etag)
	h.Set("X-Content-Type-Options", "nosniff")
	if a.contentType == htmlType {
		setPageHeaders(h)
		if a.framed {
			openFrame(h)
		}
	} else {
		h.Set("Access-Control-Allow-Origin", "*")
	}
	if match := r.Header.Get("If-None-Match"); match != "" && strings.Contains(match, a.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}
