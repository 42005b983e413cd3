package web

import (
	"context"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
	"candor/web/api"
)

// Bounds of the list of postmortems.
const (
	maxReports = 500 // kept, the newest
	maxFound   = 100 // shown of a search
)

// report is a published postmortem as the search knows it.
type report struct {
	incident incidents.PageIncident
	text     string
	folded   string // with the title
}

// library reads all published postmortems once per snapshot.
func (s *Server) library(ctx context.Context, now *rendered) ([]report, error) {
	now.reading.Lock()
	defer now.reading.Unlock()
	if now.reports != nil {
		return now.reports, nil
	}
	list, err := s.Store.Reported(ctx, maxReports)
	if err != nil {
		return nil, err
	}
	bodies, err := s.Store.PublishedPostmortems(ctx, ids(list))
	if err != nil {
		return nil, err
	}
	out := []report{}
	for _, inc := range list {
		if seen := now.view(inc, bodies); inc.Public() && seen.Postmortem != nil {
			text := templates.PlainText(seen.Postmortem.Body)
			out = append(out, report{seen, text, incidents.Fold(seen.Title + "\n" + text)})
		}
	}
	now.reports = out
	return out, nil
}

// postmortemList answers /postmortems, newest first; ?q=words searches them. Searches are not kept: there is no end to them.
func (s *Server) postmortemList(c echo.Context) error {
	query := incidents.NewQuery(c.QueryParam("q"))
	key := ""
	if query.Empty() {
		key = "/postmortems"
	}
	return s.latePage(c, key, func(ctx context.Context, now *rendered, p templates.Page) (templ.Component, error) {
		all, err := s.library(ctx, now)
		return templates.PostmortemsPage(p, query.Typed, found(all, query)), err
	})
}

// maxFeed is how many postmortems a feed holds, the newest.
const maxFeed = 50

// postmortemFeed answers with the newest postmortems as a feed.
func (s *Server) postmortemFeed(contentType string, write func(api.Feed) ([]byte, error)) echo.HandlerFunc {
	return func(c echo.Context) error {
		return s.late(c, c.Path(), contentType, apiCache, func(ctx context.Context, now *rendered) ([]byte, error) {
			all, err := s.library(ctx, now)
			if err != nil {
				return nil, err
			}
			var list []incidents.PageIncident
			for _, r := range all[:min(len(all), maxFeed)] {
				list = append(list, r.incident)
			}
			return write(api.NewPostmortemFeed(now.page, list, templates.MarkdownHTML))
		})
	}
}

// found returns what the page shows of the postmortems that have all the words, or of all.
func found(all []report, query incidents.Query) []templates.Report {
	var out []templates.Report
	for _, r := range all {
		if len(out) == maxFound && !query.Empty() {
			break
		}
		if query.In(r.folded) {
			out = append(out, templates.Report{Incident: r.incident, Passage: query.Passage(r.text)})
		}
	}
	return out
}
