package web

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
)

// monthsPerPage is how many months one page of the history shows: the first covers all days of the bars.
const monthsPerPage = 4

// history shows the public incidents by month, all or those of a filter; ?page=2 goes back by monthsPerPage.
// A program that asks for JSON gets that of /history.json.
func (s *Server) history(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept")
	if wantsJSON(c.Request().Header.Get("Accept")) {
		return s.historyJSON(c)
	}
	page, err := pageNumber(c)
	if err != nil {
		return err
	}
	filter, err := historyFilter(c)
	if err != nil {
		return err
	}
	return s.latePage(c, filter.Address(page), func(ctx context.Context, now *rendered, p templates.Page) (templ.Component, error) {
		return s.historyPage(ctx, now, p, filter, page)
	})
}

// wantsJSON says whether JSON is asked for, and HTML is not.
func wantsJSON(accept string) bool {
	return strings.Contains(accept, "application/json") && !strings.Contains(accept, "html")
}

// historyFilter reads ?component=ID&impact=major_outage&postmortem=yes; what is not there narrows nothing.
func historyFilter(c echo.Context) (templates.HistoryFilter, error) {
	f := templates.HistoryFilter{Component: c.QueryParam("component"), Impact: incidents.ComponentStatus(c.QueryParam("impact")),
		Reported: c.QueryParam("postmortem") != ""}
	if len(f.Component) > 50 || f.Impact != "" && !slices.Contains(templates.HistoryImpacts, f.Impact) {
		return f, incidents.ErrNotFound
	}
	return f, nil
}

func (s *Server) historyPage(ctx context.Context, now *rendered, p templates.Page, filter templates.HistoryFilter, page int) (templ.Component, error) {
	zone := s.Site.Zone
	local := now.at.In(zone)
	newest := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, zone).AddDate(0, -monthsPerPage*(page-1), 0)
	oldest := newest.AddDate(0, 1-monthsPerPage, 0)
	list, err := s.Store.IncidentsStarted(ctx, oldest, newest.AddDate(0, 1, 0))
	if err != nil {
		return nil, err
	}
	older, err := s.anythingBefore(ctx, oldest)
	if err != nil {
		return nil, err
	}
	plans, err := s.maintained(ctx, now, oldest, newest.AddDate(0, 1, 0))
	if err != nil {
		return nil, err
	}
	reports, err := s.Store.PublishedPostmortems(ctx, ids(list))
	if err != nil {
		return nil, err
	}
	months := make([]templates.Month, monthsPerPage)
	for i := range months {
		months[i].First = newest.AddDate(0, -i, 0)
	}
	for _, inc := range list {
		i := monthIndex(months, inc.StartedAt.In(zone))
		if !inc.Public() || i < 0 {
			continue
		}
		if seen := now.view(inc, reports); filter.Shows(seen) {
			months[i].Incidents = append(months[i].Incidents, seen)
		}
	}
	for _, m := range plans {
		if i := monthIndex(months, m.From.In(zone)); i >= 0 && filter.Shows(m) {
			months[i].Incidents = append(months[i].Incidents, m)
		}
	}
	for _, m := range months {
		newestFirst(m.Incidents)
	}
	newerPage, olderPage := "", ""
	if page > 1 {
		newerPage = filter.Address(page - 1)
	}
	if older {
		olderPage = filter.Address(page + 1)
	}
	return templates.HistoryPage(p, filter, months, newerPage, olderPage), nil
}

// anythingBefore says whether an incident or a maintenance began before a time.
func (s *Server) anythingBefore(ctx context.Context, t time.Time) (bool, error) {
	list, err := s.Store.Incidents(ctx, t, 1)
	if err != nil || len(list) > 0 {
		return len(list) > 0, err
	}
	plans, err := s.Store.Maintenances(ctx, t, 1)
	return len(plans) > 0, err
}

func monthIndex(months []templates.Month, t time.Time) int {
	for i, m := range months {
		if sameMonth(t, m.First) {
			return i
		}
	}
	return -1
}

func sameMonth(a, b time.Time) bool { return a.Year() == b.Year() && a.Month() == b.Month() }

// pageNumber reads ?page=N, 1 when it is not there.
func pageNumber(c echo.Context) (int, error) {
	text := c.QueryParam("page")
	if text == "" {
		return 1, nil
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= 400 {
		return n, nil
	}
	return 0, incidents.ErrNotFound
}
