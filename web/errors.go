package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/templates"
	"candor/templates/languages"
)

// fail answers an error: the domain's become 404, 409 and 422, an unforeseen one a 500 that tells nothing but its request id.
func (s *Server) fail(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	t := s.tongueOf(c.Request())
	code, title, text := explain(t.words, err)
	id := c.Response().Header().Get(echo.HeaderXRequestID)
	if gone := c.Request().Context().Err() != nil && errors.Is(err, context.Canceled); code >= 500 && !gone {
		slog.Error("request failed", "request", id, "method", c.Request().Method, "route", c.Path(), "error", err)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	if code == http.StatusServiceUnavailable {
		c.Response().Header().Set("Retry-After", "5")
	}
	if forMachines(c.Request().URL.Path) {
		c.Response().Header().Set("Access-Control-Allow-Origin", "*")
		err = c.JSON(code, map[string]any{"code": code, "message": title})
	} else {
		c.Response().Header().Set(echo.HeaderContentType, htmlType)
		c.Response().WriteHeader(code)
		if c.Request().Method != http.MethodHead {
			err = templates.ProblemPage(s.plain(t), code, title, text, id).Render(c.Request().Context(), c.Response())
		}
	}
	if err != nil {
		slog.Debug("send an error page", "request", id, "error", err)
	}
}

// tongueOf is the language of an error: that of the visitor, but English for responders and programs.
func (s *Server) tongueOf(r *http.Request) tongue {
	if strings.HasPrefix(r.URL.Path, "/console") || forMachines(r.URL.Path) {
		return tongue{words: languages.English}
	}
	return s.tongue(r)
}

// plain is a page that tells of nothing.
func (s *Server) plain(t tongue) templates.Page {
	return templates.Page{Page: incidents.Page{Site: s.Site}, Words: t.words, Chosen: t.chosen(), Offered: s.Languages}
}

// forMachines says whether a program reads what stands at a path.
func forMachines(path string) bool {
	return strings.HasPrefix(path, "/api/") || strings.HasSuffix(path, ".json")
}

// explain says what a visitor may know of an error. What only responders meet is said in English.
func explain(words *languages.Language, err error) (code int, title, text string) {
	var invalid *incidents.InvalidError
	var status *echo.HTTPError
	code = http.StatusInternalServerError
	switch {
	case errors.Is(err, incidents.ErrNotFound):
		code = http.StatusNotFound
	case errors.Is(err, incidents.ErrConflict):
		return http.StatusConflict, "Somebody was faster", "This was changed while you worked on it. Go back, look at the change, and send yours again."
	case errors.As(err, &invalid):
		return http.StatusUnprocessableEntity, "That cannot be done", invalid.Problem
	case errors.As(err, &status) && status.Code >= 400:
		code = status.Code
	}
	title, text = templates.Problem(words, code, maxForm+"B")
	if code == http.StatusTooManyRequests && words == languages.English {
		if said, ok := status.Message.(string); ok {
			text = said
		}
	}
	if code > 500 && code != http.StatusServiceUnavailable {
		code = http.StatusInternalServerError
	}
	return code, title, text
}

// recover turns a panic into a 500, so that one bad request cannot end the server.
func (s *Server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if p := recover(); p != nil {
				if cause, ok := p.(error); ok && errors.Is(cause, http.ErrAbortHandler) {
					panic(p)
				}
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
		}()
		return next(c)
	}
}
