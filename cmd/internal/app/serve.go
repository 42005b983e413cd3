package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"candor/incidents"
	"candor/probes"
	"candor/probes/heartbeats"
	"candor/store"
	"candor/web"
)

// App is a configured Candor with its database open.
type App struct {
	Config  *Config
	DB      *store.DB
	Policy  incidents.Policy
	Charts  []incidents.Chart
	release func()
}

// patience is how long open requests may take once the server was asked to stop. With what the probes and the
// last results need, it stays under the ten seconds that supervisors wait.
const patience = 4 * time.Second

// Open opens the database that the configuration names, claims it for this process, and stores the components.
func Open(ctx context.Context, c *Config) (*App, error) {
	db, err := OpenStore(ctx, c)
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, DB: db}
	if a.release, err = db.Claim(ctx); err != nil {
		db.Close()
		return nil, err
	}
	if err := a.reconcile(ctx); err != nil {
		a.Close()
		return nil, err
	}
	for i := range c.Probes {
		c.Probes[i].Settings = nil // the checkers have what they need of them
	}
	return a, nil
}

// OpenStore opens the database that the configuration names, and makes its folder when it is a file.
func OpenStore(ctx context.Context, c *Config) (*store.DB, error) {
	if !c.Storage.postgres() {
		folder := filepath.Dir(c.Storage.Database)
		if err := os.MkdirAll(folder, 0o750); err != nil {
			return nil, fmt.Errorf("the data folder %s cannot be made; name another one (%w)", folder, err)
		}
	}
	return store.Open(ctx, c.Storage.Database)
}

// reconcile stores the configuration's components and derives the policy from their ids.
func (a *App) reconcile(ctx context.Context) error {
	stored, err := a.DB.Components(ctx)
	if err != nil {
		return err
	}
	components := incidents.Reconcile(stored, a.Config.Components(), time.Now().UTC())
	if err := a.DB.SaveComponents(ctx, components); err != nil {
		return err
	}
	a.Policy, a.Charts = a.Config.Policy(components), a.Config.Charts(components)
	return a.DB.Chart(ctx, a.Charts)
}

// Close gives the database back.
func (a *App) Close() {
	a.release()
	if err := a.DB.Close(); err != nil {
		slog.Error("close the database", "error", err)
	}
}

// Listen opens the address to serve on. The error says what to do about a port in use.
func Listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("another program uses %s: stop it, or choose another address with --listen", address)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", address, err)
	}
	return l, nil
}

// Serve runs the probes, the detection and the web until ctx ends, and then stops within ten seconds.
// ready is called once the page can be opened.
func (a *App) Serve(ctx context.Context, l net.Listener, ready func()) error {
	tune()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	m := newMetrics()
	intake, running, err := a.heartbeats(ctx)
	if err != nil {
		return err
	}
	var server *web.Server
	refresh := func() {
		if err := server.Refresh(context.WithoutCancel(ctx)); err != nil {
			slog.Error("render the public page", "error", err)
		}
	}
	tracker := incidents.NewTracker(a.DB, a.Policy, refresh)
	server = web.New(a.webOptions(tracker, m, intake))
	if err := server.Refresh(ctx); err != nil {
		return fmt.Errorf("render the public page: %w", err)
	}
	mail, err := a.listenMail()
	if err != nil {
		return err
	}
	var work sync.WaitGroup
	observed := make(chan struct{})
	var lag lag
	work.Go(func() {
		giveWay()
		tracker.Run(ctx, observed)
	})
	work.Go(func() {
		defer close(observed)
		probes.Run(ctx, running, func(ctx context.Context, r probes.Result) error {
			m.observe(r)
			lag.observe(r, time.Now())
			return tracker.Observe(ctx, r)
		})
	})
	work.Go(func() { server.Run(ctx) })
	work.Go(func() { incidents.KeepTime(ctx, a.DB, refresh) })
	work.Go(func() { incidents.FreezeCharts(ctx, a.DB, a.Charts, a.Config.Storage.KeepResults) })
	work.Go(func() { a.prune(ctx) })
	if mail != nil {
		work.Go(func() { a.takeMail(ctx, intake, mail) })
	}
	err = serveHTTP(ctx, server.HTTP(), web.Listener(l), ready)
	stop()
	work.Wait()
	return err
}

func (a *App) webOptions(tracker *incidents.Tracker, m *metrics, intake *heartbeats.Intake) web.Options {
	o := web.Options{Site: a.Config.Site(), Languages: a.Config.Languages(), Store: a.DB, Tracker: tracker, Charts: a.Charts, Metrics: m.handler(),
		Token: a.Config.Server.MetricsToken, Look: a.Config.Page.Brand.look, Viewers: a.Config.Server.Viewers, Access: a.Config.Access()}
	for _, prefix := range a.Config.Server.TrustedProxies {
		o.Proxies = append(o.Proxies, &net.IPNet{IP: prefix.Addr().AsSlice(), Mask: net.CIDRMask(prefix.Bits(), prefix.Addr().BitLen())})
	}
	rules := map[string]*incidents.Rule{}
	for i := range a.Policy.Rules {
		rules[a.Policy.Rules[i].Probe] = &a.Policy.Rules[i]
	}
	for _, p := range a.Config.Probes {
		if intake.Now(p.Key) != nil {
			o.Ping = intake.Take
		}
		rule := rules[p.Key]
		if rule == nil {
			rule = &incidents.Rule{Probe: p.Key, Interval: p.Interval}
		}
		o.Probes = append(o.Probes, web.ProbeInfo{Rule: rule, Kind: p.Kind, Witness: p.Witness})
		if age := 3*p.Interval + p.Timeout + time.Minute; o.Stale == 0 || age < o.Stale {
			o.Stale = age
		}
	}
	return o
}

// serveHTTP answers requests until ctx ends, then lets the open ones finish.
func serveHTTP(ctx context.Context, server *http.Server, l net.Listener, ready func()) error {
	open := &requests{Handler: server.Handler}
	server.Handler = open
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	ready()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := server.Shutdown(late); err != nil {
		server.Close()
		open.wait()
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	}
	return nil
}

// requests counts those that are being answered, which http.Server.Close does not wait for.
type requests struct {
	http.Handler
	open   sync.WaitGroup
	mu     sync.Mutex
	closed bool // no more begin
}

func (q *requests) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !q.begin() {
		panic(http.ErrAbortHandler) // its connection is closed already
	}
	defer q.open.Done()
	q.Handler.ServeHTTP(w, r)
}

func (q *requests) begin() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.open.Add(1)
	}
	return !q.closed
}

// wait returns when no request is being answered any more, so that the database can be closed; it gives up in time.
func (q *requests) wait() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	none := make(chan struct{})
	go func() {
		q.open.Wait()
		close(none)
	}()
	select {
	case <-none:
	case <-time.After(patience / 2):
		slog.Warn("requests do not end although their connections are closed")
	}
}

// prune deletes raw results that are older than the configuration keeps them, and old sums for charts, once an hour.
func (a *App) prune(ctx context.Context) {
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	for {
		n, err := a.DB.PruneResults(ctx, time.Now().Add(-a.Config.Storage.KeepResults))
		switch {
		case err != nil && ctx.Err() == nil:
			slog.Error("remove old probe results", "error", err)
		case n > 0:
			slog.Info("old probe results removed", "results", n)
		}
		if err := a.DB.PruneBuckets(ctx, time.Now().Add(-incidents.ChartKept)); err != nil && ctx.Err() == nil {
			slog.Error("remove old sums for charts", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// FirstLink returns a one-time link that makes the owner's account, or an empty text when somebody has an account.
func (a *App) FirstLink(ctx context.Context, base string) (string, error) {
	people, err := a.DB.People(ctx)
	if err != nil || len(people) > 0 {
		return "", err
	}
	return Invite(ctx, a.DB, incidents.Owner, base)
}

// invitationLife is how long a link that makes an account works.
const invitationLife = 72 * time.Hour

// Invite returns a one-time link that makes an account with the role.
func Invite(ctx context.Context, db *store.DB, role incidents.Role, base string) (string, error) {
	secret, hash := web.NewInvitation()
	if err := db.SaveInvitation(ctx, hash, role, time.Now().Add(invitationLife)); err != nil {
		return "", fmt.Errorf("save an invitation: %w", err)
	}
	return strings.TrimSuffix(base, "/") + "/console/welcome?token=" + secret, nil
}

// AddPerson makes an account. Without a role, the first person is the owner and everybody else a responder.
// It returns an InvalidError, in its own words alone, when there cannot be such an account.
func AddPerson(ctx context.Context, db *store.DB, name, email, password, role string) (incidents.Person, error) {
	if role == "" {
		role = string(incidents.Responder)
		people, err := db.People(ctx)
		if err != nil {
			return incidents.Person{}, err
		}
		if len(people) == 0 {
			role = string(incidents.Owner)
		}
	}
	p, err := incidents.NewPerson(name, email, password, incidents.Role(role), time.Now().UTC(), web.HashPassword)
	if err == nil {
		err = db.SavePerson(ctx, p)
	}
	var invalid *incidents.InvalidError
	if errors.As(err, &invalid) {
		return incidents.Person{}, invalid
	}
	return p, err
}
