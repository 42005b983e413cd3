package app

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // so that a logo may be one
	_ "image/png"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"candor/incidents"
	"candor/web"
)

// Bounds of what a brand may be.
const (
	maxPicture = 256 << 10 // bytes of a logo or an icon
	maxSide    = 4096      // pixels
	maxStyle   = 64 << 10  // bytes of a style sheet
	maxLinks   = 12        // of the head, and of the foot
	maxAddress = 2000      // characters
)

// brand returns what the configuration says of the brand, but for its files.
func (b BrandConfig) brand() incidents.Brand {
	links := func(list []LinkConfig) (out []incidents.Link) {
		for _, l := range list {
			out = append(out, incidents.Link(l))
		}
		return out
	}
	return incidents.Brand{HeadLinks: links(b.HeadLinks), FootLinks: links(b.FootLinks), HeadText: b.HeadText, FootText: b.FootText}
}

// brand checks the brand and reads its files.
func (c *checks) brand() {
	b := &c.config.Page.Brand
	b.look.Logo = c.picture("page.brand.logo", b.Logo, true)
	b.look.LogoDark = c.picture("page.brand.logo_dark", b.LogoDark, true)
	b.look.Icon = c.picture("page.brand.icon", b.Icon, false)
	if b.LogoDark != "" && b.Logo == "" {
		c.problem("page.brand.logo_dark", `"logo_dark" stands in for "logo" on a dark page; give that, too`)
	}
	b.look.Style = append(c.colours(b), c.style(b.CSS)...)
	c.links("page.brand.head_links", b.HeadLinks)
	c.links("page.brand.foot_links", b.FootLinks)
	c.short("page.brand.head_text", b.HeadText, maxText)
	c.short("page.brand.foot_text", b.FootText, maxText)
}

// readFile reads a file of at most so many bytes, named from the configuration's folder.
func (c *checks) readFile(path, name string, most int64) []byte {
	if !c.given(path) || c.failed[path] {
		return nil
	}
	if name == "" {
		c.problem(path, "%s is empty; name a file, or remove the line", label(path))
		return nil
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(filepath.Dir(c.file), name)
	}
	body, err := readBounded(name, most)
	if err != nil {
		c.problem(path, "%s", err)
	}
	return body
}

func readBounded(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		var at *os.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		return nil, fmt.Errorf("%s cannot be read: %w", name, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a file", name)
	}
	body, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read", name)
	case len(body) == 0:
		return nil, fmt.Errorf("%s is empty", name)
	case int64(len(body)) > most:
		return nil, fmt.Errorf("%s is larger than %d KiB; every visitor loads it, so make it smaller", name, most>>10)
	}
	return body, nil
}

// picture reads a picture, whatever its name says that it is.
func (c *checks) picture(path, name string, jpeg bool) web.Picture {
	body := c.readFile(path, name, maxPicture)
	if body == nil {
		return web.Picture{}
	}
	kind := http.DetectContentType(body)
	if isSVG(body) {
		return web.Picture{Type: "image/svg+xml", Body: body}
	}
	if kind != "image/png" && (kind != "image/jpeg" || !jpeg) {
		known := "an SVG or PNG picture"
		if jpeg {
			known = "an SVG, PNG or JPEG picture"
		}
		c.problem(path, "%s is not %s", name, known)
		return web.Picture{}
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		c.problem(path, "%s is a broken picture: %s", name, err)
	} else if size.Width > maxSide || size.Height > maxSide {
		c.problem(path, "%s has %d × %d pixels; at most %d × %[4]d are allowed", name, size.Width, size.Height, maxSide)
	}
	return web.Picture{Type: kind, Body: body}
}

// isSVG says whether a text is one well-formed SVG document.
func isSVG(body []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(body))
	root := ""
	for {
		t, err := d.Token()
		if err != nil {
			return errors.Is(err, io.EOF) && root == "svg"
		}
		if e, ok := t.(xml.StartElement); ok && root == "" {
			root = e.Name.Local
		}
	}
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssURL     = regexp.MustCompile(`(?i)url\(\s*["']?\s*([^)"'\s]*)`)
	cssImport  = regexp.MustCompile(`(?i)@import\b`)
)

// style reads the page's own style sheet. What browsers would refuse to load is refused here, where somebody reads it.
func (c *checks) style(name string) []byte {
	const path = "page.brand.css"
	body := c.readFile(path, name, maxStyle)
	plain := cssComment.ReplaceAll(body, nil)
	if cssImport.Match(plain) {
		c.problem(path, "%s imports another style sheet; the page loads nothing from elsewhere, so put its text here", name)
	}
	for _, m := range cssURL.FindAllSubmatch(plain, -1) {
		if target := strings.ToLower(string(m[1])); !strings.HasPrefix(target, "data:image/") && !strings.HasPrefix(target, "#") {
			c.problem(path, "%s loads %s; the page loads nothing from elsewhere, so write pictures as data:image/… and leave fonts to the system", name, m[1])
		}
	}
	return body
}

func (c *checks) links(path string, list []LinkConfig) {
	if len(list) > maxLinks {
		c.problem(path, "%s has %d links; at most %d are allowed", label(path), len(list), maxLinks)
	}
	for i, l := range list {
		at := fmt.Sprintf("%s[%d]", path, i)
		c.required(at+".name", l.Name, "the words of the link")
		c.line(at+".name", l.Name)
		c.required(at+".url", l.URL, "where the link leads, like https://example.com")
		if l.URL != "" && !linkable(l.URL) {
			c.problem(at+".url", `"url" is an address like https://example.com or mailto:help@example.com, or a path of this page like /history`)
		}
	}
}

// linkable says whether an address may stand in a link.
func linkable(address string) bool {
	u, err := url.Parse(address)
	if err != nil || len(address) > maxAddress || u.User != nil {
		return false
	}
	switch u.Scheme {
	case "https", "http":
		return u.Hostname() != ""
	case "mailto":
		return strings.Contains(u.Opaque, "@")
	case "tel":
		return u.Opaque != ""
	}
	return u.Scheme == "" && u.Host == "" && strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
}
