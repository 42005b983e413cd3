package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"candor/templates"
)

// late answers with what is rendered when it is first asked for, once per snapshot.
func (s *Server) late(c echo.Context, key, contentType, cacheControl string, make func(context.Context, *rendered) ([]byte, error)) error {
	a, err := s.lateAnswer(c, key, contentType, cacheControl, make)
	if err != nil {
		return err
	}
	a.write(c.Response(), c.Request())
	return nil
}

// lateAnswer returns what late answers with. Without a key it is rendered each time.
func (s *Server) lateAnswer(c echo.Context, key, contentType, cacheControl string, make func(context.Context, *rendered) ([]byte, error)) (*answer, error) {
	now := s.snapshot.current.Load()
	if now == nil {
		return nil, echo.NewHTTPError(http.StatusServiceUnavailable)
	}
	if kept, ok := now.late.Load(key); ok {
		return kept.(*answer), nil
	}
	body, err := make(c.Request().Context(), now)
	if err != nil {
		return nil, err
	}
	a := newAnswer(contentType, cacheControl, body)
	if key != "" {
		now.keep(key, a)
	}
	return a, nil
}

// latePage answers with a page for people, in their language, that is rendered when it is first asked for, once per
// snapshot; without a key each time.
func (s *Server) latePage(c echo.Context, key string, make func(context.Context, *rendered, templates.Page) (templ.Component, error)) error {
	t := s.tongue(c.Request())
	if key != "" {
		key = t.key() + " " + key
	}
	a, err := s.lateAnswer(c, key, htmlType, publicCache, func(ctx context.Context, now *rendered) ([]byte, error) {
		page, err := make(ctx, now, now.in(t, now.whole()))
		if err != nil {
			return nil, err
		}
		var body bytes.Buffer
		if err := page.Render(ctx, &body); err != nil {
			return nil, fmt.Errorf("render %s: %w", c.Path(), err)
		}
		return body.Bytes(), nil
	})
	if err != nil {
		return err
	}
	a.to(t, len(s.Languages)).write(c.Response(), c.Request())
	return nil
}
