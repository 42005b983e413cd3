package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"golang.org/x/time/rate"
)

// pagePolicy is what a page may load, and who may show it in a frame.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// The values of these headers. All answers share the lists.
var (
	pageOnly    = []string{pagePolicy}
	frameOnly   = []string{strings.Replace(pagePolicy, "frame-ancestors 'none'", "frame-ancestors *", 1)}
	pictureOnly = []string{"default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"}
	referrer    = []string{"strict-origin-when-cross-origin"}
	ownWindow   = []string{"same-origin"}
	noSniff     = []string{"nosniff"}
)

// setPageHeaders keeps a page to itself: no script, style, frame or form from or to anywhere else.
func setPageHeaders(h http.Header) {
	h["Content-Security-Policy"], h["Referrer-Policy"] = pageOnly, referrer
	h["X-Content-Type-Options"], h["Cross-Origin-Opener-Policy"] = noSniff, ownWindow
}

// openFrame lets every site show a page in a frame. Nothing in it changes anything.
func openFrame(h http.Header) {
	h["Content-Security-Policy"] = frameOnly
	h.Del("Cross-Origin-Opener-Policy")
}

func securityHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		setPageHeaders(c.Response().Header())
		return next(c)
	}
}

// sameOrigin refuses forms that another site sends in a responder's name.
func sameOrigin(next http.Handler) http.Handler { return http.NewCrossOriginProtection().Handler(next) }

// noStore keeps the console out of every cache.
func noStore(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Cache-Control", "no-store")
		return next(c)
	}
}

// newTries lets one address try ten times, then once in six seconds.
func newTries() middleware.RateLimiterStore {
	return middleware.NewRateLimiterMemoryStoreWithConfig(middleware.RateLimiterMemoryStoreConfig{
		Rate: rate.Every(6 * time.Second), Burst: 10, ExpiresIn: 10 * time.Minute})
}

// fewTries refuses what newTries does not let pass.
func fewTries() echo.MiddlewareFunc {
	return middleware.RateLimiterWithConfig(middleware.RateLimiterConfig{Store: newTries(),
		DenyHandler: func(c echo.Context, _ string, _ error) error { return tooManyTries(c) }})
}

func tooManyTries(c echo.Context) error {
	c.Response().Header().Set("Retry-After", "6")
	return echo.NewHTTPError(http.StatusTooManyRequests, "Too many tries from your address. Wait a minute and try again.")
}
