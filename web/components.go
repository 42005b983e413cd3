package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
)

// front answers / with bars of another length than the snapshot's: ?days=30.
func (s *Server) front(c echo.Context) error {
	return s.latePages(c, "/", func(_ *rendered, p templates.Page, days int) (templ.Component, error) {
		return templates.StatusPage(p.Over(days)), nil
	})
}

// componentPath answers /components/ID with the page for people, and /components/ID.atom and .rss with its feeds.
func (s *Server) componentPath(c echo.Context) error {
	file := c.Param("file")
	if strings.Contains(file, ".") {
		return s.componentFeed(c)
	}
	if c.QueryParam("charts") != "" {
		return s.componentCharts(c, file)
	}
	return s.latePages(c, "/components/"+file, func(now *rendered, p templates.Page, days int) (templ.Component, error) {
		component, err := now.component(file)
		return templates.ComponentPage(p.Over(days), component), err
	})
}

// uptimeExplained answers /components/ID/uptime: what a percentage was computed from.
func (s *Server) uptimeExplained(c echo.Context) error {
	id := c.Param("file")
	return s.latePages(c, "/components/"+id+"/uptime", func(now *rendered, p templates.Page, days int) (templ.Component, error) {
		component, err := now.component(id)
		return templates.ExplainPage(p, component, days), err
	})
}

// componentDay answers /components/ID/days/2024-05-02.
func (s *Server) componentDay(c echo.Context) error {
	id, date := c.Param("file"), c.Param("date")
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return incidents.ErrNotFound
	}
	return s.latePage(c, "/components/"+id+"/days/"+date, func(_ context.Context, now *rendered, p templates.Page) (templ.Component, error) {
		component, err := now.component(id)
		if err != nil {
			return nil, err
		}
		day, ok := templates.DayOf(component, at)
		if !ok {
			return nil, incidents.ErrNotFound
		}
		return templates.DayPage(p, component, day), nil
	})
}

// uptime answers /uptime with this month, and /uptime?month=2024-04 with another of the last year.
func (s *Server) uptime(c echo.Context) error {
	month := c.QueryParam("month")
	return s.latePage(c, "/uptime?month="+month, func(_ context.Context, now *rendered, p templates.Page) (templ.Component, error) {
		newest := firstOf(now.at.UTC())
		oldest := firstOf(now.at.UTC().AddDate(0, 0, 1-incidents.MaxDays))
		first := newest
		if month != "" {
			var err error
			if first, err = time.Parse("2006-01", month); err != nil || first.Before(oldest) || first.After(newest) {
				return nil, incidents.ErrNotFound
			}
		}
		newer, older := "", ""
		if first.Before(newest) {
			newer = "/uptime?month=" + first.AddDate(0, 1, 0).Format("2006-01")
		}
		if first.After(oldest) {
			older = "/uptime?month=" + first.AddDate(0, -1, 0).Format("2006-01")
		}
		return templates.UptimePage(p, first, newer, older), nil
	})
}

func firstOf(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }

// latePages is latePage for a page that takes ?days=N, the page's own number when it is not there.
func (s *Server) latePages(c echo.Context, path string, show func(*rendered, templates.Page, int) (templ.Component, error)) error {
	days := 0
	if text := c.QueryParam("days"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > incidents.MaxDays {
			return incidents.ErrNotFound
		}
		days = n
	}
	return s.latePage(c, fmt.Sprintf("%s?days=%d", path, days), func(_ context.Context, now *rendered, p templates.Page) (templ.Component, error) {
		return show(now, p, cmp.Or(days, p.Days))
	})
}

// component returns a component of the page. One that was on it and is archived is gone; any other was never there.
func (r *rendered) component(id string) (incidents.PageComponent, error) {
	c, err := publicComponent(r.whole(), id)
	if err != nil && slices.ContainsFunc(r.facts.Components, func(c incidents.Component) bool {
		return c.ID == id && !c.Internal && !c.ArchivedAt.IsZero()
	}) {
		return c, echo.NewHTTPError(http.StatusGone)
	}
	return c, err
}
