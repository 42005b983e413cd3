package app

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"candor/incidents"
	"candor/static"
)

func drawn(t *testing.T, width int) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, 1))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// branded reads a configuration whose page.brand is as given, beside files.
func branded(t *testing.T, brand string, files map[string]string) (*Config, error) {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	src := "page:\n  name: x\n  brand:\n    " + strings.ReplaceAll(strings.TrimSpace(brand), "\n", "\n    ") + "\n"
	return Parse(filepath.Join(dir, "c.yaml"), []byte(src), environment())
}

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>alert(1)</script></svg>`

func TestABrandIsRead(t *testing.T) {
	c, err := branded(t, `
logo: logo.svg
logo_dark: dark.png
icon: icon.svg
colour: "#7A1FA2"
colour_dark: "#d9a3f0"
css: own.css
head_links: [{name: Studio, url: https://studio.example.com/?a=b}]
foot_links: [{name: Help, url: mailto:help@example.com}, {name: Past, url: /history}]
head_text: "**Welcome.**"
foot_text: Example Ltd.`,
		map[string]string{"logo.svg": svg, "icon.svg": svg, "dark.png": drawn(t, 3), "own.css": `/* @import "x" */ h1 { background: url("data:image/png;base64,AA") }`})
	if err != nil {
		t.Fatal(err)
	}
	look := c.Page.Brand.look
	if look.Logo.Type != "image/svg+xml" || look.LogoDark.Type != "image/png" || look.Icon.Type != "image/svg+xml" {
		t.Errorf("the pictures are %q, %q and %q", look.Logo.Type, look.LogoDark.Type, look.Icon.Type)
	}
	if got := string(look.Style); !strings.HasPrefix(got, ":root { --link: light-dark(#7A1FA2, #d9a3f0); }\n") || !strings.HasSuffix(got, "AA\") }") {
		t.Errorf("the style sheet is %q", got)
	}
	b := c.Site().Brand
	if !slices.Equal(b.HeadLinks, []incidents.Link{{Name: "Studio", URL: "https://studio.example.com/?a=b"}}) || len(b.FootLinks) != 2 ||
		b.HeadText != "**Welcome.**" || b.FootText != "Example Ltd." {
		t.Errorf("the brand is %+v", b)
	}
}

func TestMistakesOfABrand(t *testing.T) {
	big := strings.Repeat("x", maxPicture+1)
	files := map[string]string{"text.png": "no picture", "cut.png": drawn(t, 3)[:20], "wide.png": drawn(t, maxSide+1), "big.png": big, "empty.png": "",
		"two.svg": svg + "<", "page.svg": "<html></html>", "ok.svg": svg, "jpeg.jpg": "\xff\xd8\xff\xe0", "import.css": `@IMPORT "https://example.com/x.css";`,
		"font.css": `@font-face { src: url( https://example.com/f.woff2) }`, "big.css": big}
	tests := []struct{ name, brand, want string }{
		{"a logo that is not there", "logo: no.png", "no.png cannot be read: no such file or directory"},
		{"a logo that is a folder", "logo: .", "is not a file"},
		{"a logo without a name", `logo: ""`, `"logo" is empty; name a file`},
		{"a text that calls itself a picture", "logo: text.png", "text.png is not an SVG, PNG or JPEG picture"},
		{"half a picture", "logo: cut.png", "cut.png is a broken picture"},
		{"an SVG that does not end", "logo: two.svg", "two.svg is not an SVG, PNG or JPEG picture"},
		{"another XML document", "logo: page.svg", "page.svg is not an SVG, PNG or JPEG picture"},
		{"a picture too wide", "logo: wide.png", "wide.png has 4097 × 1 pixels; at most 4096 × 4096 are allowed"},
		{"a picture too large", "logo: big.png", "larger than 256 KiB"},
		{"an empty picture", "logo: empty.png", "empty.png is empty"},
		{"a JPEG icon, which has no clear ground", "icon: jpeg.jpg", "jpeg.jpg is not an SVG or PNG picture"},
		{"a dark logo alone", "logo_dark: ok.svg", `give that, too`},
		{"a colour by name", "colour: red", `"colour" is a colour like "#1f4fbf", in quotes`},
		{"a colour too light for light pages", `colour: "#8fb4ff"`, "#8fb4ff on the page of the light page (#fbfaf7) has a contrast of 1.98:1; text needs 4.5:1 (WCAG 2.2), so choose a darker one"},
		{"a colour too dark for dark pages", `colour: "#1f4fbf"`, `#1f4fbf on the page of the dark page (#14161a) has a contrast of 2.52:1; text needs 4.5:1 (WCAG 2.2), so choose a lighter one for it as "colour_dark"`},
		{"a dark colour that does not do", "colour: \"#1f4fbf\"\ncolour_dark: \"#777a80\"", "#777a80 on the page of the dark page (#14161a) has a contrast of 4.20:1; text needs 4.5:1 (WCAG 2.2), so choose a lighter one"},
		{"a dark colour alone", `colour_dark: "#ffffff"`, "give that, too"},
		{"a style sheet that loads another", "css: import.css", "import.css imports another style sheet"},
		{"a font from elsewhere", "css: font.css", "font.css loads https://example.com/f.woff2;"},
		{"a style sheet too large", "css: big.css", "larger than 64 KiB"},
		{"a link that runs a script", "head_links: [{name: x, url: 'javascript:alert(1)'}]", `"url" is an address like`},
		{"a link without a scheme", "foot_links: [{name: x, url: //example.com}]", `"url" is an address like`},
		{"a link without a name", "foot_links: [{url: /x}]", `"name" is missing: the words of the link`},
		{"too many links", "foot_links: [" + strings.Repeat("{name: x, url: /x}, ", 13) + "]", `"foot_links" has 13 links; at most 12 are allowed`},
		{"a text too long", "head_text: " + strings.Repeat("x", 2001), `"head_text" has 2001 characters`},
	}
	for _, tt := range tests {
		_, err := branded(t, tt.brand, files)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.want)
		}
	}
}

func TestSecurityAndViewers(t *testing.T) {
	c := parse(t, "page:\n  name: x\n  security: {contacts: ['mailto:a@example.com'], policy: https://example.com/p, languages: en}\nserver: {viewers: 5}\n")
	if got := c.Site().Security; !slices.Equal(got.Contacts, []string{"mailto:a@example.com"}) || got.Policy != "https://example.com/p" || c.Server.Viewers != 5 {
		t.Errorf("got %+v and %d viewers", got, c.Server.Viewers)
	}
	if got := parse(t, "page: {name: x}\n").Server.Viewers; got != 20000 {
		t.Errorf("%d viewers without a word of them", got)
	}
	for src, want := range map[string]string{
		"security: {policy: https://example.com}":                         `"contacts" is missing`,
		"security: {contacts: [security@example.com]}":                    "a contact is like mailto:",
		"security: {contacts: ['http://example.com/']}":                   "a contact is like mailto:",
		"security: {contacts: ['https://x.com'], encryption: /key.asc}":   `"encryption" is an address that begins with https://`,
		"security: {contacts: ['https://x.com'], languages: \"en\\nde\"}": `"languages" is one line of text`,
	} {
		_, err := Parse("c.yaml", []byte("page:\n  name: x\n  "+src+"\n"), environment())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", src, err, want)
		}
	}
	if _, err := Parse("c.yaml", []byte("page: {name: x}\nserver: {viewers: 0}\n"), environment()); err == nil || !strings.Contains(err.Error(), `"viewers" is from 1 to 1000000`) {
		t.Errorf("no viewers: %v", err)
	}
}

// The grounds that colours are compared with are those of the style sheet.
func TestGroundsAreThoseOfThePage(t *testing.T) {
	css := string(static.Files()[static.Path("page.css")].Body)
	for i, name := range []string{"paper", "raised"} {
		m := regexp.MustCompile(`--` + name + `: light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)`).FindStringSubmatch(css)
		if m == nil {
			t.Fatalf("page.css has no --%s", name)
		}
		long := func(c string) string {
			if len(c) == 4 {
				return "#" + strings.Repeat(c[1:2], 2) + strings.Repeat(c[2:3], 2) + strings.Repeat(c[3:4], 2)
			}
			return c
		}
		if long(m[1]) != lightGrounds[i].colour || long(m[2]) != darkGrounds[i].colour {
			t.Errorf("--%s is %s and %s, compared with are %s and %s", name, m[1], m[2], lightGrounds[i].colour, darkGrounds[i].colour)
		}
	}
}
