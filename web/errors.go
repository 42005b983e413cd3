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
)

// fail answers an error: the domain's become 404, 409 and 422, an unforeseen one a 500 that tells nothing but its request id.
func (s *Server) fail(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	code, title, text := explain(err)
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
			err = templates.ProblemPage(s.Site, code, title, text, id).Render(c.Request().Context(), c.Response())
		}
	}
	if err != nil {
		slog.Debug("send an error page", "request", id, "error", err)
	}
}

// forMachines says whether a program reads what stands at a path.
func forMachines(path string) bool {
	return strings.HasPrefix(path, "/api/") || strings.HasSuffix(path, ".json")
}

// explain says what a visitor may know of an error.
func explain(err error) (code int, title, text string) {
	var invalid *incidents.InvalidError
	var status *echo.HTTPError
	switch {
	case errors.Is(err, incidents.ErrNotFound):
		return explainCode(http.StatusNotFound)
	case errors.Is(err, incidents.ErrConflict):
		return http.StatusConflict, "Somebody was faster", "This was changed while you worked on it. Go back, look at the change, and send yours again."
	case errors.As(err, &invalid):
		return http.StatusUnprocessableEntity, "That cannot be done", invalid.Problem
	case errors.As(err, &status):
		code, title, text = explainCode(status.Code)
		if said, ok := status.Message.(string); ok && code == http.StatusTooManyRequests {
			text = said
		}
		return code, title, text
	}
	return explainCode(http.StatusInternalServerError)
}

func explainCode(code int) (int, string, string) {
	switch code {
	case http.StatusNotFound:
		return code, "There is no such page", "The address may be mistyped, or what stood here is gone."
	case http.StatusGone:
		return code, "This is no longer on the page", "What stood here was taken off the page. Its incidents stay in the history."
	case http.StatusMethodNotAllowed:
		return code, "That is not how this page is used", "Open it from the page that links to it."
	case http.StatusForbidden:
		return code, "Not allowed", "The request came from another site, or your account may not do this."
	case http.StatusRequestEntityTooLarge:
		return code, "Too much at once", "What you sent is larger than " + maxForm + "B. Shorten it and send it again."
	case http.StatusTooManyRequests:
		return code, "Too many requests", "Wait a minute and try again."
	case http.StatusServiceUnavailable:
		return code, "The page is not ready yet", "The server has just started. Try again in a few seconds. This says nothing about what the page watches."
	}
	if code >= 400 && code < 500 {
		return code, "The request could not be understood", "Go back and try again."
	}
	return http.StatusInternalServerError, "Something failed on our side", "It has been logged. This says nothing about what the page watches: the status page itself may still be read."
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
