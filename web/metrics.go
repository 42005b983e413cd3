package web

import (
	"crypto/subtle"
	"net"
	"net/http"

	"github.com/labstack/echo/v4"
)

// metrics answers to whoever holds the token or, without one, to direct connections from this machine:
// probe names are nobody else's business.
func (s *Server) metrics(c echo.Context) error {
	if s.Metrics == nil || !s.mayMeasure(c.Request()) {
		return echo.ErrNotFound
	}
	s.Metrics.ServeHTTP(c.Response(), c.Request())
	return nil
}

func (s *Server) mayMeasure(r *http.Request) bool {
	if s.Token != "" {
		return subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte("Bearer "+s.Token)) == 1
	}
	for _, proxied := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip"} {
		if r.Header.Get(proxied) != "" {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && net.ParseIP(host).IsLoopback()
}
