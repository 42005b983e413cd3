package templates

import (
	"time"

	"github.com/a-h/templ"

	"candor/incidents"
)

// entry is a component with what the page says of its newest days. Those are large and many: they are read once.
type entry struct {
	*incidents.PageComponent
	Newest []incidents.Day
	Runs   []run
	Uptime incidents.Uptime
}

func newEntry(c *incidents.PageComponent, days int) entry {
	newest := c.Last(days)
	return entry{c, newest, newRuns(newest, c.CreatedAt), incidents.UptimeOf(newest)}
}

// newEntries returns the components of each group of a page.
func newEntries(p incidents.Page) [][]entry {
	all := make([][]entry, len(p.Groups))
	for i, g := range p.Groups {
		all[i] = make([]entry, len(g.Components))
		for k := range g.Components {
			all[i][k] = newEntry(&g.Components[k], p.Days)
		}
	}
	return all
}

func allRuns(groups ...[]entry) [][]run {
	n := 0
	for _, list := range groups {
		n += len(list)
	}
	all := make([][]run, 0, n)
	for _, list := range groups {
		for i := range list {
			all = append(all, list[i].Runs)
		}
	}
	return all
}

// rows writes the components of a page. What it says of one it mostly says of many, and so puts into words once, with
// what HTML wants escaped.
type rows struct {
	*Page
	today  string
	scale  scale // of the component that was written last
	strips map[stripDays]string
}

// scale names the ends of a strip.
type scale struct {
	days       int
	last       time.Time
	ago, until string
}

func newRows(p *Page) *rows {
	return &rows{Page: p, today: templ.EscapeString(p.Words.Today()), strips: map[stripDays]string{}}
}

func (r *rows) scaleOf(days []incidents.Day) *scale {
	n, last := len(days), days[len(days)-1].Date
	if r.scale.days != n || !r.scale.last.Equal(last) {
		r.scale = scale{n, last, templ.EscapeString(r.Words.DaysAgo(n)), dayID(last)}
	}
	return &r.scale
}

// said is a strip in words.
func (r *rows) said(of stripDays) string {
	text, ok := r.strips[of]
	if !ok {
		text = templ.EscapeString(of.words(r.Words))
		r.strips[of] = text
	}
	return text
}

// component is a row of the front page.
func (r *rows) component(e *entry) templ.Component {
	return byHand(func(m markup) { m.component(r, e) })
}

// history is a component's bars with its uptime. Without JavaScript they lead to its calendar.
func (r *rows) history(e entry) templ.Component {
	return byHand(func(m markup) { m.history(r, &e) })
}

// bars are those of a folded group.
func (r *rows) bars(runs []run) templ.Component {
	return byHand(func(m markup) { m.strip(r, runs) })
}

func (m markup) component(r *rows, e *entry) {
	m.put(`<div class="component" id="`)
	m.text(e.ID)
	m.put(`"><h3`)
	m.attributes(r.own())
	m.put(`><a href="`)
	m.text(string(r.to(componentPath(*e.PageComponent))))
	m.put(`">`)
	m.text(e.Name)
	m.put(`</a></h3>`)
	m.state(e.Sight(), stateWord(r.Words, *e.PageComponent))
	if e.Description != "" {
		m.put(`<p class="about small soft"`)
		m.attributes(r.own())
		m.put(`>`)
		m.text(e.Description)
		m.put(`</p>`)
	}
	m.history(r, e)
	m.put(`</div>`)
}

func (m markup) history(r *rows, e *entry) {
	if len(e.Newest) == 0 {
		return
	}
	scale := r.scaleOf(e.Newest)
	m.put(`<a class="days" href="`)
	m.text(string(r.to(componentPath(*e.PageComponent) + "#calendar")))
	m.put(`" data-days="`)
	m.number(scale.days)
	m.put(`" data-to="`, scale.until, `">`)
	m.strip(r, e.Runs)
	m.put(`</a><p class="scale small soft"><span>`, scale.ago, `</span>`)
	m.uptime(r, e)
	m.put(`<span>`, r.today, `</span></p>`)
}

// uptime is a percentage that leads to what it was computed from, with what the checks did not see.
func (m markup) uptime(r *rows, e *entry) {
	m.put(`<span class="num"><a href="`)
	m.text(string(r.to(uptimePath(*e.PageComponent, len(e.Newest)))))
	m.put(`">`)
	m.text(uptimeText(r.Words, e.Uptime))
	m.put(`</a> `)
	if text := coverageText(r.Words, e.Uptime); text != "" {
		m.put(`· `)
		m.text(text)
	}
	m.put(`</span>`)
}
