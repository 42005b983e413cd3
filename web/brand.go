package web

import (
	"strings"
	"sync"

	"candor/incidents"
	"candor/static"
	"candor/web/pictures"
)

// Look is what the page shows of its owner, as files.
type Look struct {
	Logo, LogoDark, Icon Picture
	Style                []byte // CSS that comes after Candor's
}

// Picture is a picture that browsers know. An SVG is only ever shown as a picture, where it cannot run scripts.
type Picture struct {
	Type string // "image/png", "image/jpeg" or "image/svg+xml"; empty without a picture
	Body []byte
}

// asset returns the picture as something to serve.
func (p Picture) asset(name string) static.File {
	kind, _, _ := strings.Cut(strings.TrimPrefix(p.Type, "image/"), "+")
	return static.New(name+"."+kind, p.Body)
}

// sights are all states that a page can be in.
var sights = []incidents.Sight{incidents.SightOK, incidents.SightDegraded, incidents.SightPartial, incidents.SightMajor,
	incidents.SightMaint, incidents.SightNoData}

// dress gives the brand the addresses of what the look is made of, and returns what stands there.
func dress(b *incidents.Brand, l Look) (files []static.File) {
	add := func(f static.File) string {
		files = append(files, f)
		return f.Path
	}
	if len(l.Logo.Body) > 0 {
		b.Logo = add(l.Logo.asset("logo"))
	}
	if len(l.LogoDark.Body) > 0 {
		b.LogoDark = add(l.LogoDark.asset("logo-dark"))
	}
	if len(l.Style) > 0 {
		b.Style = add(static.New("brand.css", l.Style))
	}
	own, drawn := pictures.Own(l.Icon), plainIcons
	if len(own.Body) > 0 {
		drawn = func() map[incidents.Sight]static.File { return icons(own) }
	}
	b.Icons = map[string]incidents.Icon{}
	for s, f := range drawn() {
		name := "favicon-" + string(s) + ".svg"
		icon := incidents.Icon{SVG: static.Path(name), PNG: add(f)}
		if len(own.Body) > 0 {
			icon.SVG = add(static.New(name, pictures.IconSVG(static.Files()[icon.SVG].Body, own)))
		}
		b.Icons[name] = icon
	}
	return files
}

// plainIcons draws the icons of a page that has none of its own, once.
var plainIcons = sync.OnceValue(func() map[incidents.Sight]static.File { return icons(pictures.Own{}) })

func icons(own pictures.Own) map[incidents.Sight]static.File {
	out := map[incidents.Sight]static.File{}
	for _, s := range sights {
		out[s] = static.New("favicon-"+string(s)+".png", pictures.IconPNG(s, own))
	}
	return out
}
