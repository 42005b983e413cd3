package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"candor/static"
)

// serveFile answers with an asset whose name holds its hash, so it may be kept for ever.
func serveFile(f static.File) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		if f.ContentType == "image/svg+xml" {
			h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox") // opened by itself, too, it runs nothing
		}
		h.Set("Vary", "Accept-Encoding")
		body, etag := f.Body, f.ETag
		if len(f.Gzip) > 0 && strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
			body = f.Gzip
			h.Set("Content-Encoding", "gzip")
		}
		h.Set("Etag", etag)
		if c.Request().Header.Get("If-None-Match") == etag {
			return c.NoContent(http.StatusNotModified)
		}
		return c.Blob(http.StatusOK, f.ContentType, body)
	}
}

// healthz says that the process answers.
func (s *Server) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readyz says whether the database answers and the page is rendered.
func (s *Server) readyz(c echo.Context) error {
	if err := s.Store.Ping(c.Request().Context()); err != nil {
		return c.String(http.StatusServiceUnavailable, "the database does not answer\n")
	}
	if s.snapshot.current.Load() == nil {
		return c.String(http.StatusServiceUnavailable, "the public page is not rendered yet\n")
	}
	return c.String(http.StatusOK, "ok\n")
}
