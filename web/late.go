package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// late answers with what is rendered when it is first asked for, once per snapshot.
func (s *Server) late(c echo.Context, key, contentType, cacheControl string, make func(context.Context, *rendered) ([]byte, error)) error {
	if now := s.snapshot.current.Load(); now != nil {
		if kept, ok := now.late.Load(key); ok {
			kept.(*answer).write(c.Response(), c.Request())
			return nil
		}
	}
	return s.fresh(c, contentType, cacheControl, make, func(now *rendered, a *answer) { now.keep(key, a) })
}

// fresh answers with what is rendered for this request from the snapshot, and hands it to then.
func (s *Server) fresh(c echo.Context, contentType, cacheControl string, make func(context.Context, *rendered) ([]byte, error), then func(*rendered, *answer)) error {
	now := s.snapshot.current.Load()
	if now == nil {
		return echo.NewHTTPError(http.StatusServiceUnavailable)
	}
	body, err := make(c.Request().Context(), now)
	if err != nil {
		return err
	}
	a := newAnswer(contentType, cacheControl, body)
	then(now, a)
	a.write(c.Response(), c.Request())
	return nil
}

// latePage answers with a page for people that is rendered when it is first asked for, once per snapshot.
func (s *Server) latePage(c echo.Context, key string, make func(context.Context, *rendered) (templ.Component, error)) error {
	return s.late(c, key, htmlType, publicCache, func(ctx context.Context, now *rendered) ([]byte, error) {
		page, err := make(ctx, now)
		if err != nil {
			return nil, err
		}
		var body bytes.Buffer
		if err := page.Render(ctx, &body); err != nil {
			return nil, fmt.Errorf("render %s: %w", key, err)
		}
		return body.Bytes(), nil
	})
}
