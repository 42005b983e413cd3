// Package web serves the public page, its JSON and feed, and the responders' console over HTTP.
package web

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"candor/incidents"
	"candor/probes"
	"candor/store"
	"candor/templates/languages"
)

// Options is what a Server is made from.
type Options struct {
	Site    incidents.Site
	Store   *store.DB
	Tracker *incidents.Tracker
	Charts  []incidents.Chart
	Probes  []ProbeInfo   // in the order of the configuration
	Stale   time.Duration // without a result for so long, the page says that it cannot see
	Proxies []*net.IPNet  // whose X-Forwarded-For is believed; none: the connection's address counts
	Metrics http.Handler  // of /metrics; nil serves none
	Token   string        // that /metrics asks for as a bearer token; empty allows direct loopback connections only
	Look    Look
	Access  Access // the zero value: everybody
	Viewers int    // how many open pages are kept up to date by /events; 0 means 20,000

	// Languages are those that visitors may read the page in, the page's own first; none means English alone.
	Languages []*languages.Language

	// Ping stores the report of the heartbeat that has the secret; nil when there are no heartbeats.
	// It returns probes.ErrNoHeartbeat for an unknown secret, and probes.ErrTooOften.
	Ping func(ctx context.Context, secret string, p probes.Ping) error
}

// ProbeInfo is what the console tells of a probe besides its results.
type ProbeInfo struct {
	Rule    *incidents.Rule // the policy's, where that has one
	Kind    string
	Witness bool // it speaks for no component
}

// Server answers every request.
type Server struct {
	Options
	sessions *sessions
	live     *live
	snapshot *snapshot
	matcher  *languages.Matcher
	handler  http.Handler
}

const maxForm = "256K" // of a request's body

// polling is how often the store is asked for changes that another process made.
const polling = 50 * time.Millisecond

// New returns a server. Run must be running for its public page to follow what is stored.
func New(o Options) *Server {
	if len(o.Languages) == 0 {
		o.Languages = []*languages.Language{languages.English}
	}
	assets := dress(&o.Site.Brand, o.Look)
	s := &Server{Options: o, matcher: languages.NewMatcher(o.Languages...)}
	s.sessions = newSessions(o.Store, strings.HasPrefix(o.Site.URL, "https://"))
	s.live = newLive(o.Viewers)
	s.snapshot = newSnapshot(newFacts(o), s.live, assets)
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.fail
	e.IPExtractor = echo.ExtractIPDirect()
	if len(o.Proxies) > 0 {
		trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
		for _, n := range o.Proxies {
			trust = append(trust, echo.TrustIPRange(n))
		}
		e.IPExtractor = echo.ExtractIPFromXFFHeader(trust...)
	}
	e.Use(middleware.RequestID(), s.recover, middleware.BodyLimitWithConfig(middleware.BodyLimitConfig{Limit: maxForm, Skipper: fromOutside}), echo.WrapMiddleware(sameOrigin), securityHeaders)
	s.routes(e)
	s.handler = s.guard(s.before(e), e.IPExtractor)
	return s
}

func (s *Server) routes(e *echo.Echo) {
	e.Match(read, "/", s.front)
	e.Match(read, "/history", s.history)
	e.Match(read, "/uptime", s.uptime)
	e.Match(read, "/postmortems", s.postmortemList)
	e.Match(read, "/components/:file", s.componentPath)
	e.Match(read, "/components/:file/uptime", s.uptimeExplained)
	e.Match(read, "/components/:file/days/:date", s.componentDay)
	e.GET("/events", s.live.events)
	e.Match(read, "/incidents/:id", s.incidentPath)
	e.Match(read, "/incidents/:id/evidence/:piece", s.publicPiece)
	e.Match(read, "/maintenance/:id", s.maintenancePath)
	e.Match(read, "/charts/:file", s.chartJSON)
	s.machineRoutes(e)
	e.Match(read, "/healthz", s.healthz)
	e.Match(read, "/readyz", s.readyz)
	e.Match(read, "/metrics", s.metrics)
	if s.Ping != nil {
		ping := s.ping()
		e.Match(reporting, pingPath+":secret", ping)
		e.Match(reporting, pingPath+":secret/:signal", ping)
	}
	if s.Access.Private() {
		e.Match(read, accessPath, s.showAccess)
		e.POST(accessPath, s.giveAccess, fewTries())
	}

	c := e.Group("/console", echo.WrapMiddleware(s.sessions.LoadAndSave), noStore)
	c.Match(read, "/sign-in", s.showSignIn)
	c.POST("/sign-in", s.signIn, fewTries())
	c.Match(read, "/welcome", s.showWelcome)
	c.POST("/welcome", s.welcome, fewTries())
	c.Match(read, "/incidents/:id/evidence/:piece", s.piece)

	r := c.Group("", s.signedIn)
	r.POST("/sign-out", s.signOut)
	r.Match(read, "", s.now)
	r.Match(read, "/incidents", s.incidentList)
	r.Match(read, "/incidents/new", s.showDeclare)
	r.POST("/incidents", s.declare)
	r.Match(read, "/incidents/:id", s.room)
	r.POST("/incidents/:id/updates", s.postUpdate)
	r.POST("/incidents/:id/keep", s.keep)
	r.POST("/incidents/:id/evidence/:piece", s.showPiece)
	r.Match(read, "/incidents/:id/postmortem", s.showPostmortem)
	r.POST("/incidents/:id/postmortem", s.postPostmortem)
	r.Match(read, "/probes", s.probeList)
	r.Match(read, "/probes/:key", s.probe)
}

// read is how a page is asked for.
var read = []string{http.MethodGet, http.MethodHead}

// reporting is how a heartbeat's report is sent: curl, wget and libraries all do it their own way.
var reporting = []string{http.MethodGet, http.MethodHead, http.MethodPost}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Run keeps the public page in step with the store, and open pages with it, until ctx ends.
func (s *Server) Run(ctx context.Context) {
	var telling sync.WaitGroup
	telling.Go(func() { s.live.run(ctx) })
	defer telling.Wait()
	pruning := time.NewTicker(time.Hour)
	defer pruning.Stop()
	looking := time.NewTicker(polling)
	defer looking.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-looking.C:
			if err := s.snapshot.follow(ctx); err != nil && ctx.Err() == nil {
				slog.Error("render the public page", "error", err)
			}
		case <-pruning.C:
			if _, err := s.Store.PruneSessions(ctx, time.Now()); err != nil && ctx.Err() == nil {
				slog.Error("remove old sessions", "error", err)
			}
		}
	}
}

// Refresh brings the public page up to what is stored now, unless it is.
func (s *Server) Refresh(ctx context.Context) error { return s.snapshot.follow(ctx) }

// HTTP returns a net/http server with the limits that Candor runs with. It serves a Listener.
func (s *Server) HTTP() *http.Server {
	h := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelDebug),
	}
	s.attach(h)
	return h
}
