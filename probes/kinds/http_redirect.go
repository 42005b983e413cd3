package kinds

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// redirect decides about a redirect; configured headers do not go to a host that they were not made for.
func (s *httpStep) redirect(req *http.Request, via []*http.Request) error {
	if !s.follow {
		return http.ErrUseLastResponse
	}
	if len(via) > s.MaxRedirects {
		return fmt.Errorf("expected at most %d redirects, got more, the last to %s", s.MaxRedirects, address(req.URL.String()))
	}
	if sameSite(via[0].URL, req.URL) {
		return nil
	}
	for name := range s.Headers {
		if !plainHeader(name) {
			req.Header.Del(name)
		}
	}
	req.Header.Del("Authorization")
	req.Header.Del("Referer")
	return nil
}

// sameSite says that a redirect stays on the host or below it, and does not leave TLS.
func sameSite(from, to *url.URL) bool {
	if from.Scheme == "https" && to.Scheme != "https" {
		return false
	}
	return from.Host == to.Host || from.Scheme != to.Scheme && from.Hostname() == to.Hostname() ||
		strings.HasSuffix(to.Hostname(), "."+from.Hostname())
}
