package app

import (
	"fmt"
	"slices"
	"strings"

	"candor/templates/languages"
)

// Languages returns those that visitors may read the page in. The first is for whom none suits: the operator's own
// when it is among them, else English.
func (c *Config) Languages() []*languages.Language {
	offered := languages.All
	if len(c.Page.Languages) > 0 {
		offered = nil
		for _, code := range c.Page.Languages {
			offered = append(offered, languages.Find(code))
		}
	}
	usual := languages.NewMatcher(append([]*languages.Language{languages.English}, offered...)...).Accept(c.Page.Language)
	first := func(a, b *languages.Language) int {
		switch usual {
		case a:
			return -1
		case b:
			return 1
		}
		return 0
	}
	return slices.SortedStableFunc(slices.Values(offered), first)
}

func (c *checks) languages() {
	p := &c.config.Page
	if p.Language == "" {
		p.Language = languages.English.Code
	}
	if code, ok := languages.Canonical(p.Language); ok {
		p.Language = code
	} else {
		c.problem("page.language", "%q is not the code of a language; write it like en, de or pt-BR", p.Language)
	}
	for i, code := range p.Languages {
		path := fmt.Sprintf("page.languages[%d]", i)
		if languages.Find(code) == nil {
			c.problem(path, "the page is not translated into %q; there are %s", code, strings.Join(languages.Codes(), ", "))
		} else if slices.Contains(p.Languages[:i], code) {
			c.problem(path, "%q stands here twice", code)
		}
	}
}
