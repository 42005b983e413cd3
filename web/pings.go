package web

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"candor/incidents"
	"candor/probes"
)

const (
	pingPath = "/ping/"
	maxSent  = 10 << 20 // bytes of a report that are read beyond what is kept, so that the answer reaches who sends much
)

// fromOutside says that a request is a heartbeat's report: a long body is cut there instead of refused.
func fromOutside(c echo.Context) bool { return strings.HasPrefix(c.Request().URL.Path, pingPath) }

// ping stores a heartbeat's report, whichever way it is sent. Once the answer is OK, it is stored.
func (s *Server) ping() echo.HandlerFunc {
	guesses := newTries()
	return func(c echo.Context) error {
		signal, exit, ok := probes.ParseSignal(c.Param("signal"))
		err := probes.ErrNoHeartbeat
		if ok {
			err = s.Ping(c.Request().Context(), c.Param("secret"), probes.Ping{At: time.Now().UTC(), Signal: signal, Exit: exit, Body: said(c.Request().Body)})
		}
		h := c.Response().Header()
		h.Set("Cache-Control", "no-store")
		switch {
		case err == nil:
			_, _ = io.CopyN(io.Discard, c.Request().Body, maxSent) // what else comes does not matter
			return c.String(http.StatusOK, "OK\n")
		case errors.Is(err, probes.ErrNoHeartbeat):
			if allowed, _ := guesses.Allow(c.RealIP()); !allowed { // its error is always nil
				return tooManyTries(c)
			}
			return incidents.ErrNotFound
		case errors.Is(err, probes.ErrTooOften):
			h.Set("Retry-After", "1")
			return c.String(http.StatusTooManyRequests, "The reports come too often. Send this one again.\n")
		}
		slog.Error("store a report", "request", h.Get(echo.HeaderXRequestID), "error", err)
		h.Set("Retry-After", "5")
		return c.String(http.StatusServiceUnavailable, "The report could not be stored. Send it again.\n")
	}
}

// said returns the beginning of a report's body. One that breaks off is shorter, not wrong: the address says the rest.
func said(body io.Reader) string {
	text, _ := io.ReadAll(io.LimitReader(body, probes.MaxPingBody))
	return string(text)
}
