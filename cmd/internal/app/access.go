package app

import (
	"errors"
	"fmt"
	"net/url"
	"time"
	"unicode/utf8"

	"candor/incidents"
	"candor/web"
)

// PagePassword returns what page.access.password takes of a password.
func PagePassword(password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < incidents.MinPassword || len(password) > incidents.MaxPassword {
		return "", fmt.Errorf("the password has at least %d characters, and at most %d bytes", incidents.MinPassword, incidents.MaxPassword)
	}
	return web.HashPassword(password)
}

// maxLink is how long a link may open a page.
const maxLink = 3650 * 24 * time.Hour

// PageLink returns an address that opens a path of a private page for a while.
func PageLink(c *Config, path, expires string, now time.Time) (string, error) {
	life, err := parseDuration(expires)
	if err != nil || life < time.Minute || life > maxLink {
		return "", fmt.Errorf("a link opens the page for at least 1m and at most %s: --expires 30d", duration(maxLink))
	}
	if c.Page.Access.LinkSecret == "" {
		return "", errors.New("the configuration has no page.access.link_secret to sign links with; make one by: openssl rand -hex 32")
	}
	u, err := url.Parse(c.Site().URL + path)
	if err != nil {
		return "", fmt.Errorf("%s is not a path: %w", path, err)
	}
	q := u.Query()
	q.Set("access", c.Access().Link(now.Add(life)))
	u.RawQuery = q.Encode()
	return u.String(), nil
}
