package kinds

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

const userAgent = "candor-probe"

// request makes the step's request, with the captured values in their places.
func (s *httpStep) request(ctx context.Context, values map[string]string) (*http.Request, error) {
	filled := func(text string) string { return fill(text, values, raw) }
	target, err := url.Parse(fill(s.URL, values, escapeURL))
	if err != nil {
		return nil, err
	}
	body := filled(s.Body)
	if s.JSON != nil {
		text, err := json.Marshal(mapStrings(s.JSON, filled))
		if err != nil {
			return nil, err
		}
		body = string(text)
	}
	req, err := http.NewRequestWithContext(ctx, s.Method, "", strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.URL = target
	if s.unzips {
		req.Header.Set("Accept-Encoding", "gzip")
	}
	req.Header.Set("User-Agent", userAgent)
	if s.JSON != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for name, value := range s.Headers {
		if strings.EqualFold(name, "Host") {
			req.Host = filled(value)
			continue
		}
		req.Header.Set(name, filled(value))
	}
	if s.Bearer != "" {
		req.Header.Set("Authorization", "Bearer "+filled(s.Bearer))
	}
	if s.BasicAuth != nil {
		req.SetBasicAuth(filled(s.BasicAuth.User), filled(s.BasicAuth.Password))
	}
	return req, nil
}
