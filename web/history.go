package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
)

// monthsPerPage is how many months one page of the history shows: the first covers all days of the bars.
const monthsPerPage = 4

// history shows all public incidents by month; ?page=2 goes back by monthsPerPage.
func (s *Server) history(c echo.Context) error {
	page := 1
	if text := c.QueryParam("page"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 400 {
			return incidents.ErrNotFound
		}
		page = n
	}
	return s.latePage(c, fmt.Sprintf("/history?page=%d", page), func(ctx context.Context, now *rendered) (templ.Component, error) {
		return s.historyPage(ctx, now, page)
	})
}

func (s *Server) historyPage(ctx context.Context, now *rendered, page int) (templ.Component, error) {
	zone := s.Site.Zone
	local := now.at.In(zone)
	newest := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, zone).AddDate(0, -monthsPerPage*(page-1), 0)
	oldest := newest.AddDate(0, 1-monthsPerPage, 0)
	list, err := s.Store.IncidentsStarted(ctx, oldest, newest.AddDate(0, 1, 0))
	if err != nil {
		return nil, err
	}
	more, err := s.Store.Incidents(ctx, oldest, 1)
	if err != nil {
		return nil, err
	}
	facts := now.facts
	if facts.Postmortems, err = s.Store.PublishedPostmortems(ctx, ids(list)); err != nil {
		return nil, err
	}
	months := make([]templates.Month, monthsPerPage)
	for i := range months {
		months[i].First = newest.AddDate(0, -i, 0)
	}
	for _, inc := range list {
		if i := monthIndex(months, inc.StartedAt.In(zone)); inc.Public() && i >= 0 {
			months[i].Incidents = append(months[i].Incidents, incidents.NewPageIncident(facts, inc))
		}
	}
	newer, older := "", ""
	if page > 1 {
		newer = fmt.Sprintf("/history?page=%d", page-1)
	}
	if len(more) > 0 {
		older = fmt.Sprintf("/history?page=%d", page+1)
	}
	return templates.HistoryPage(now.page, months, newer, older), nil
}

func monthIndex(months []templates.Month, t time.Time) int {
	for i, m := range months {
		if t.Year() == m.First.Year() && t.Month() == m.First.Month() {
			return i
		}
	}
	return -1
}

// latePage answers with a public page that is rendered when it is first asked for, once per snapshot.
func (s *Server) latePage(c echo.Context, key string, make func(context.Context, *rendered) (templ.Component, error)) error {
	now := s.snapshot.current.Load()
	if now == nil {
		return echo.NewHTTPError(http.StatusServiceUnavailable)
	}
	if kept, ok := now.late.Load(key); ok {
		kept.(*answer).write(c.Response(), c.Request())
		return nil
	}
	ctx := c.Request().Context()
	page, err := make(ctx, now)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := page.Render(ctx, &body); err != nil {
		return fmt.Errorf("render %s: %w", key, err)
	}
	a := newAnswer(htmlType, publicCache, body.Bytes())
	now.keep(key, a)
	a.write(c.Response(), c.Request())
	return nil
}
