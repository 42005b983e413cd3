package app

import (
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"candor/incidents"
	"candor/web"
)

// PageConfig is what the public page says of itself.
type PageConfig struct {
	Name      string         `yaml:"name"`
	Product   string         `yaml:"product"`
	URL       string         `yaml:"url"` // without a trailing slash; empty when it is where the server listens
	TimeZone  string         `yaml:"time_zone"`
	About     string         `yaml:"about"`
	Days      int            `yaml:"days"`      // length of the bars
	Language  string         `yaml:"language"`  // BCP 47, of what the operator writes
	Languages []string       `yaml:"languages"` // codes of those that visitors may choose; empty for all
	Brand     BrandConfig    `yaml:"brand"`
	Security  SecurityConfig `yaml:"security"`
	Access    AccessConfig   `yaml:"access"`
	Charts    []ChartConfig  `yaml:"charts"`
}

// ChartConfig is a measurement that customers may see over time.
type ChartConfig struct {
	Title       string             `yaml:"title"`
	Component   string             `yaml:"component"` // key
	Probe       string             `yaml:"probe"`     // key
	What        incidents.Quantity `yaml:"what"`
	Unit        string             `yaml:"unit"`
	Percentiles []int              `yaml:"percentiles"`
}

// BrandConfig is what makes the page look like its owner's. Files are named from the configuration's folder.
type BrandConfig struct {
	Logo       string       `yaml:"logo"`
	LogoDark   string       `yaml:"logo_dark"`
	Icon       string       `yaml:"icon"`
	Colour     string       `yaml:"colour"`
	ColourDark string       `yaml:"colour_dark"`
	CSS        string       `yaml:"css"`
	HeadLinks  []LinkConfig `yaml:"head_links"`
	FootLinks  []LinkConfig `yaml:"foot_links"`
	HeadText   string       `yaml:"head_text"`
	FootText   string       `yaml:"foot_text"`

	look web.Look
}

// SecurityConfig is incidents.Security as it stands in the file.
type SecurityConfig struct {
	Contacts        []string `yaml:"contacts"`
	Policy          string   `yaml:"policy"`
	Encryption      string   `yaml:"encryption"`
	Acknowledgments string   `yaml:"acknowledgments"`
	Languages       string   `yaml:"languages"`
}

// AccessConfig says who may read a private page. Without any of them the page is public.
type AccessConfig struct {
	Password   string         `yaml:"password"`    // its argon2id hash
	LinkSecret string         `yaml:"link_secret"` // that links are signed with
	Networks   []netip.Prefix `yaml:"networks"`
}

// LinkConfig is a link of the page's head or foot.
type LinkConfig struct {
	Name string `yaml:"name"`
	URL  string `yaml:"url"`
}

func (c *checks) page() {
	p := &c.config.Page
	c.required("page.name", p.Name, "what the page is called, like Studio status")
	c.line("page.name", p.Name)
	if p.Product == "" {
		p.Product = p.Name
		if i := len(p.Name) - len(" status"); i > 0 && strings.EqualFold(p.Name[i:], " status") {
			p.Product = p.Name[:i]
		}
	}
	c.line("page.product", p.Product)
	c.line("page.about", p.About)
	c.brand()
	c.security()
	c.access()
	if !c.given("page.days") {
		p.Days = incidents.UsualDays
	}
	if p.Days < 1 || p.Days > incidents.MaxDays {
		c.problem("page.days", `"days" is from 1 to %d`, incidents.MaxDays)
	}
	if p.TimeZone == "" {
		p.TimeZone = "UTC"
	}
	if _, err := time.LoadLocation(p.TimeZone); err != nil || p.TimeZone == "Local" {
		c.problem("page.time_zone", "there is no such time zone; write it like America/New_York or UTC")
	}
	c.languages()
}

// publicURL checks the page's address.
func (c *checks) publicURL() {
	p := &c.config.Page
	if !c.given("page.url") {
		return
	}
	u, err := url.Parse(p.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		c.problem("page.url", `"url" is where customers reach the page, like https://status.example.com`)
		return
	}
	p.URL = strings.TrimRight(p.URL, "/")
}

// security checks where a vulnerability is reported.
func (c *checks) security() {
	s := c.config.Page.Security
	if c.given("page.security") && len(s.Contacts) == 0 {
		c.problem("page.security.contacts", `"contacts" is missing: whom to tell of a vulnerability, like mailto:security@example.com`)
	}
	if len(s.Contacts) > maxLinks {
		c.problem("page.security.contacts", `"contacts" has %d entries; at most %d are allowed`, len(s.Contacts), maxLinks)
	}
	for i, address := range s.Contacts {
		if strings.HasPrefix(address, "http:") || strings.HasPrefix(address, "/") || !linkable(address) {
			c.problem(fmt.Sprintf("page.security.contacts[%d]", i), "a contact is like mailto:security@example.com, https://example.com/report or tel:+1-201-555-0123")
		}
	}
	for name, address := range map[string]string{"policy": s.Policy, "encryption": s.Encryption, "acknowledgments": s.Acknowledgments} {
		if path := "page.security." + name; c.given(path) && (!strings.HasPrefix(address, "https://") || !linkable(address)) {
			c.problem(path, "%s is an address that begins with https://", label(path))
		}
	}
	c.line("page.security.languages", s.Languages)
}

// minSecret is the length of the shortest secret that links are signed with, in characters.
const minSecret = 32

func (c *checks) access() {
	a := c.config.Page.Access
	if c.given("page.access") && !c.broken["page.access"] && !c.config.Access().Private() {
		c.problem("page.access", `"access" names no way to get in; give "password", "link_secret" or "networks", or remove it`)
	}
	if c.given("page.access.password") {
		if err := web.CheckPassword(a.Password); err != nil {
			c.problem("page.access.password", `"password" is not the password itself but what "candor password" prints of it; keep that in the environment (%s)`, err)
		}
	}
	if c.given("page.access.link_secret") && len(a.LinkSecret) < minSecret {
		c.problem("page.access.link_secret", `"link_secret" has at least %d characters; "openssl rand -hex 32" makes one`, minSecret)
	}
}

// Access says who may read the page.
func (c *Config) Access() web.Access {
	a := c.Page.Access
	return web.Access{Password: a.Password, Secret: a.LinkSecret, Networks: a.Networks}
}
