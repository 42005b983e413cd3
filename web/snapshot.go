package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"

	"candor/incidents"
	"candor/static"
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
	facts   *facts             // read while rendering
	live    *live              // is told of every snapshot
	assets  map[string]*answer // by path
	most    time.Duration      // rerender, but in tests
	mu      sync.Mutex         // held while rendering
	current atomic.Pointer[rendered]
}

// rendered is the public pages of one revision. It never changes, but for late.
type rendered struct {
	revision int64
	number   int // of how many snapshots it is the last
	at       time.Time
	page     incidents.Page        // its components have the days that the front page draws
	whole    func() incidents.Page // the same, and its components have all days
	facts    incidents.PageFacts
	recent   []incidents.PageIncident   // the newest ones
	planned  []incidents.PageIncident   // the newest maintenances
	feed     func() api.Feed            // of both
	offered  []*languages.Language      // first that of whom none suits
	pages    map[string]map[string]lazy // by path and tongue
	lazy     map[string]lazy            // by path
	late     sync.Map                   // path and query → *answer, of pages that are rendered when first asked for
	lateLen  atomic.Int32
	reading  sync.Mutex // held while the library is read
	reports  []report   // the library; nil until it is asked for
	repeats  repeats
}

const (
	htmlType = "text/html; charset=utf-8"
	jsonType = "application/json; charset=utf-8"
	atomType = "application/atom+xml; charset=utf-8"

	// A cache may answer for a few seconds, and with an old page rather than none while the server is away.
	publicCache = "public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=3600"
	apiCache    = "public, max-age=10, s-maxage=10, stale-while-revalidate=20, stale-if-error=3600"
)

func newSnapshot(f *facts, l *live, own []static.File) *snapshot {
	s := &snapshot{facts: f, live: l, assets: map[string]*answer{}, most: rerender}
	for _, f := range slices.AppendSeq(own, maps.Values(static.Files())) {
		s.assets[f.Path] = newAsset(f)
	}
	return s
}

// follow renders again when the revision changed or the snapshot is old. Of those who wait for each other the first
// renders what all of them changed.
func (s *snapshot) follow(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	revision, err := s.facts.Store.Revision(ctx) // read first: a change that comes while rendering is seen next time
	if err != nil {
		return err
	}
	now := time.Now()
	if r := s.current.Load(); r != nil && r.revision == revision && now.Sub(r.at) < s.most {
		return nil
	}
	return s.refresh(ctx, revision, now)
}

// refresh renders everything from what is stored now.
func (s *snapshot) refresh(ctx context.Context, revision int64, now time.Time) error {
	f, err := s.facts.load(ctx, revision, now)
	if err != nil {
		return err
	}
	r := &rendered{revision: revision, number: 1, at: now, facts: f, offered: s.facts.Languages}
	r.whole = sync.OnceValue(func() incidents.Page { return incidents.NewPage(r.facts) })
	f.Days = cmp.Or(f.Site.Days, incidents.UsualDays)
	r.page = incidents.NewPage(f)
	if last := s.current.Load(); last != nil {
		r.number = last.number + 1
	}
	if err := r.loadRecent(ctx, s.facts); err != nil {
		return err
	}
	if err := r.loadMaintenances(ctx, s.facts); err != nil {
		return err
	}
	if err := r.preparePages(); err != nil {
		return err
	}
	r.prepareMachines(pictures.Own(s.facts.Look.Icon))
	s.current.Store(r)
	s.live.tell(word{templates.Edition(r.page), r.page.CheckedAt})
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
		if err := show(r.in(t, r.page)).Render(context.Background(), &body); err != nil {
			return nil, fmt.Errorf("render the page: %w", err)
		}
		a := newFullAnswer(htmlType, publicCache, body.Bytes())
		a.framed = framed
		return a.to(t, len(r.offered)), nil
	})
}

// keep remembers a page that was rendered on request, for as long as the snapshot lives.
func (r *rendered) keep(key string, a *answer) {
	if r.lateLen.Add(1) <= maxLate {
		r.late.Store(key, a)
	}
}

// before answers what is kept, and leaves the rest to next.
func (s *Server) before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		now := s.snapshot.current.Load()
		switch a, err := s.kept(now, r); {
		case err != nil:
			slog.Error("render what is kept", "path", r.URL.Path, "error", err)
			http.Error(w, "Something failed on our side.", http.StatusInternalServerError)
		case a != nil:
			code, body := a.write(w, r)
			s.told(r, sent{now, w.Header(), code, body})
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// kept returns the finished answer to a request: that of the snapshot, if there is one, or an asset. It is nil when there
// is none.
func (s *Server) kept(now *rendered, r *http.Request) (*answer, error) {
	path := r.URL.Path
	if now != nil {
		if path == "/" && strings.Contains(r.URL.RawQuery, "days=") {
			return nil, nil
		}
		if pages, ok := now.pages[path]; ok {
			t := s.tongue(r)
			a, err := pages[t.key()]()
			if err == nil && t.from == fromCookie {
				a = a.to(t, len(now.offered))
			}
			return a, err
		}
		if render, ok := now.lazy[path]; ok {
			return render()
		}
	}
	return s.snapshot.assets[path], nil
}
