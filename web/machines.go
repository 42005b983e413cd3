package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/static"
	"candor/templates"
	"candor/web/api"
	"candor/web/pictures"
)

const (
	rssType     = "application/rss+xml; charset=utf-8"
	feedType    = "application/feed+json; charset=utf-8"
	xmlType     = "application/xml; charset=utf-8"
	scriptType  = "text/javascript; charset=utf-8"
	pngType     = "image/png"
	icoType     = "image/x-icon"
	svgType     = "image/svg+xml; charset=utf-8"
	textType    = "text/plain; charset=utf-8"
	openAPIType = "application/yaml; charset=utf-8"
	icsType     = "text/calendar; charset=utf-8"
)

// historyMonths is how many months a page of /history.json holds, as Statuspage's does.
const historyMonths = 3

// lazy renders an answer when it is first asked for, from the snapshot's memory alone, and remembers it.
type lazy func() (*answer, error)

// prepareMachines lists in r.lazy what programs may read of the snapshot.
func (r *rendered) prepareMachines(own pictures.Own) {
	r.lazy = map[string]lazy{}
	addAs := func(pack func(contentType, cacheControl string, body []byte) *answer, address, contentType string, render func() ([]byte, error)) {
		r.lazy[address] = sync.OnceValues(func() (*answer, error) {
			body, err := render()
			if err != nil {
				return nil, fmt.Errorf("render %s: %w", address, err)
			}
			return pack(contentType, apiCache, body), nil
		})
	}
	add := func(address, contentType string, render func() ([]byte, error)) {
		addAs(newAnswer, address, contentType, render)
	}
	r.feed = sync.OnceValue(func() api.Feed { return api.NewFeed(r.page, r.told(), templates.MarkdownHTML) })
	maintenances := func(states ...incidents.Status) func() ([]byte, error) {
		return func() ([]byte, error) { return api.MaintenancesJSON(r.page, r.planned, states...) }
	}

	addAs(newFullAnswer, "/api/v2/summary.json", jsonType, func() ([]byte, error) { return api.SummaryJSON(r.page) })
	addAs(newFullAnswer, "/api/v2/status.json", jsonType, func() ([]byte, error) { return api.StatusJSON(r.page) })
	add("/api/v2/components.json", jsonType, func() ([]byte, error) { return api.ComponentsJSON(r.page) })
	add("/api/v2/incidents.json", jsonType, func() ([]byte, error) { return api.IncidentsJSON(r.page, r.recent) })
	add("/api/v2/incidents/unresolved.json", jsonType, func() ([]byte, error) { return api.IncidentsJSON(r.page, r.page.Open) })
	add("/api/v2/incidents/resolved.json", jsonType, func() ([]byte, error) { return api.ResolvedJSON(r.page, r.recent) })
	add("/api/v2/scheduled-maintenances.json", jsonType, maintenances())
	add("/api/v2/scheduled-maintenances/upcoming.json", jsonType, maintenances(incidents.Scheduled))
	add("/api/v2/scheduled-maintenances/active.json", jsonType, maintenances(incidents.InProgress, incidents.Verifying))
	add("/history.ics", icsType, func() ([]byte, error) { return api.Calendar(r.page, r.planned), nil })
	add("/charts.json", jsonType, func() ([]byte, error) { return api.ChartsJSON(r.page) })
	add("/history.atom", atomType, func() ([]byte, error) { return r.feed().Atom() })
	add("/history.rss", rssType, func() ([]byte, error) { return r.feed().RSS() })
	add("/feed.json", feedType, func() ([]byte, error) { return r.feed().JSON() })
	script := func(name string) func() ([]byte, error) {
		return func() ([]byte, error) { return static.Files()[static.Path(name)].Body, nil }
	}
	add("/embed/script.js", scriptType, script("embed.js"))
	add("/embed/se-v2.js", scriptType, script("page-api.js"))
	add("/embed/uptime.js", scriptType, func() ([]byte, error) { return api.UptimeScript(r.whole()) })
	add("/share.png", pngType, func() ([]byte, error) { return draw(templates.SharedPage(r.page)) })
	add("/favicon.ico", icoType, func() ([]byte, error) {
		return pictures.ICO(pictures.IconPNG(r.page.Answer.Sight, own)), nil
	})
	add("/badge.svg", svgType, func() ([]byte, error) { return api.Badge(api.BoxBadge).Of(r.page), nil })
	add("/badge-plain.svg", svgType, func() ([]byte, error) { return api.Badge(api.PlainBadge).Of(r.page), nil })
	add("/robots.txt", textType, func() ([]byte, error) { return api.Robots(r.page), nil })
	add("/sitemap.xml", xmlType, func() ([]byte, error) { return api.Sitemap(r.page, r.told()) })
	if len(r.page.Site.Security.Contacts) > 0 {
		add("/.well-known/security.txt", textType, func() ([]byte, error) { return api.SecurityTxt(r.page), nil })
	}
	add("/llms.txt", textType, func() ([]byte, error) { return api.Llms(r.page), nil })
}

// machineRoutes adds what programs may read but the snapshot does not hold.
func (s *Server) machineRoutes(e *echo.Echo) {
	e.Match(read, "/api/v2/incidents/:file", s.apiIncident)
	e.Match(read, "/history.json", s.historyJSON)
	e.Match(read, "/postmortems.atom", s.postmortemFeed(atomType, api.Feed.Atom))
	e.Match(read, "/postmortems.rss", s.postmortemFeed(rssType, api.Feed.RSS))
	e.Match(read, "/postmortems.json", s.postmortemFeed(feedType, api.Feed.JSON))
	e.Match(read, "/share/:file", s.incidentPicture)
	e.Match(read, "/badge/:file", s.componentBadge)
	document := newAnswer(openAPIType, apiCache, api.OpenAPI)
	e.Match(read, "/api/openapi.yaml", func(c echo.Context) error {
		document.write(c.Response(), c.Request())
		return nil
	})
}

// incidentPath answers /incidents/ID with the page for people, and /incidents/ID.json with the incident alone. At
// Statuspage maintenances are there too, so it sends on who asks for one.
func (s *Server) incidentPath(c echo.Context) error {
	id, bare := strings.CutSuffix(c.Param("id"), ".json")
	var err error
	if bare {
		err = s.incidentJSON(c, id, api.BareIncidentJSON)
	} else {
		err = s.incident(c)
	}
	if now := s.snapshot.current.Load(); errors.Is(err, incidents.ErrNotFound) && now != nil {
		if _, missing := s.publicMaintenance(c.Request().Context(), now, id); missing == nil {
			return c.Redirect(http.StatusMovedPermanently, "/maintenance/"+c.Param("id"))
		}
	}
	return err
}

// apiIncident answers /api/v2/incidents/ID.json.
func (s *Server) apiIncident(c echo.Context) error {
	id, ok := strings.CutSuffix(c.Param("file"), ".json")
	if !ok {
		return incidents.ErrNotFound
	}
	return s.incidentJSON(c, id, api.IncidentJSON)
}

func (s *Server) incidentJSON(c echo.Context, id string, render func(incidents.Page, incidents.PageIncident) ([]byte, error)) error {
	return s.late(c, c.Request().URL.Path, jsonType, apiCache, func(ctx context.Context, now *rendered) ([]byte, error) {
		inc, err := s.publicIncident(ctx, now, id)
		if err != nil {
			return nil, err
		}
		return render(now.page, inc)
	})
}

// historyJSON answers /history.json; ?page=2 goes back by historyMonths.
func (s *Server) historyJSON(c echo.Context) error {
	page, err := pageNumber(c)
	if err != nil {
		return err
	}
	return s.late(c, fmt.Sprintf("/history.json?page=%d", page), jsonType, apiCache, func(ctx context.Context, now *rendered) ([]byte, error) {
		local := now.at.In(s.Site.Zone)
		newest := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, s.Site.Zone).AddDate(0, -historyMonths*(page-1), 0)
		oldest, end := newest.AddDate(0, 1-historyMonths, 0), newest.AddDate(0, 1, 0)
		list, err := s.Store.IncidentsStarted(ctx, oldest, end)
		if err != nil {
			return nil, err
		}
		plans, err := s.maintained(ctx, now, oldest, end)
		if err != nil {
			return nil, err
		}
		months := make([]api.HistoryMonth, historyMonths)
		for i := range months {
			months[i].First = newest.AddDate(0, -i, 0)
			for _, inc := range list {
				if inc.Public() && sameMonth(inc.StartedAt.In(s.Site.Zone), months[i].First) {
					months[i].Incidents = append(months[i].Incidents, now.view(inc, nil))
				}
			}
			for _, m := range plans {
				if sameMonth(m.From.In(s.Site.Zone), months[i].First) {
					months[i].Incidents = append(months[i].Incidents, m)
				}
			}
			newestFirst(months[i].Incidents)
		}
		return api.HistoryJSON(now.page, months)
	})
}

// componentFeeds are what is written of one component, by the ending of the address.
var componentFeeds = map[string]struct {
	contentType string
	write       func(*rendered, incidents.PageComponent) ([]byte, error)
}{
	".atom": {atomType, func(r *rendered, c incidents.PageComponent) ([]byte, error) { return r.feed().Of(c).Atom() }},
	".rss":  {rssType, func(r *rendered, c incidents.PageComponent) ([]byte, error) { return r.feed().Of(c).RSS() }},
	".ics": {icsType, func(r *rendered, c incidents.PageComponent) ([]byte, error) {
		return api.Calendar(r.page, api.Touching(r.planned, c.ID)), nil
	}},
}

// componentFeed answers /components/ID.atom, /components/ID.rss and /components/ID.ics.
func (s *Server) componentFeed(c echo.Context) error {
	file := c.Param("file")
	ending := path.Ext(file)
	feed, ok := componentFeeds[ending]
	if !ok {
		return incidents.ErrNotFound
	}
	return s.late(c, "/components/"+file, feed.contentType, apiCache, func(_ context.Context, now *rendered) ([]byte, error) {
		component, err := publicComponent(now.page, strings.TrimSuffix(file, ending))
		if err != nil {
			return nil, err
		}
		return feed.write(now, component)
	})
}

// componentBadge answers /badge/ID.svg and /badge/ID-plain.svg.
func (s *Server) componentBadge(c echo.Context) error {
	id, ok := strings.CutSuffix(c.Param("file"), ".svg")
	if !ok {
		return incidents.ErrNotFound
	}
	draw := api.Badge(api.BoxBadge)
	key := "/badge/" + id + ".svg"
	if plain, ok := strings.CutSuffix(id, "-plain"); ok {
		id, draw = plain, api.PlainBadge
	}
	return s.late(c, key, svgType, apiCache, func(_ context.Context, now *rendered) ([]byte, error) {
		component, err := publicComponent(now.page, id)
		if err != nil {
			return nil, err
		}
		return draw.OfComponent(now.page, component), nil
	})
}
